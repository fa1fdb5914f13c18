//! Questions of inclusion and their answers: each line of `inclusion/` through the prover, its witness
//! through both validators.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::disallowed_methods,
    reason = "a test may fail, and its fixtures are files"
)]

use contracts::config::Policy;
use contracts::pipeline::batch;
use contracts::schema::{Draft, Formats, Validator};
use serde_json::Value;

fn accepts(schema: &Value, draft: &str, document: &Value) -> bool {
    let draft: Draft = serde_json::from_value(Value::from(draft)).unwrap();
    let validator = Validator::of(schema, draft, Formats::Annotate).unwrap();
    validator.accepts(document)
}

#[test]
fn questions_are_answered() {
    let mut wrong = Vec::new();
    let mut asked = 0;
    for file in std::fs::read_dir("tests/inclusion").unwrap() {
        let text = std::fs::read_to_string(file.unwrap().path()).unwrap();
        for line in text.lines() {
            let case: Value = serde_json::from_str(line).unwrap();
            let answer = batch::answer(line, Policy::strict(Formats::Annotate));
            let answer: Value = serde_json::from_str(&answer).unwrap();
            let given = &answer["old_in_new"];
            asked += 1;
            if *given != case["old_in_new"] {
                wrong.push(format!("{}: {answer}", case["id"]));
            } else if given == "no" {
                let draft = case["draft"].as_str().unwrap_or("2020-12");
                let document = &answer["witness"]["value"];
                assert!(accepts(&case["old"], draft, document), "{answer}");
                assert!(!accepts(&case["new"], draft, document), "{answer}");
                if let Some(expected) = case.get("witness") {
                    assert_eq!(document, expected, "{answer}");
                }
            } else if given == "unknown" {
                assert!(answer["reason"].is_string(), "{answer}");
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(asked > 40);
}
