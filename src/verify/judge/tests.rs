//! One version, two languages, and what they make of a few documents.

use serde_json::Value;

use super::*;
use crate::source::Sources;

/// A document, whether the schema accepts it, and the answers of `rust` and `pydantic`.
type Case = (&'static str, bool, Answer, Answer);

fn written(text: &str) -> Answer {
    Answer::Written(text.to_owned())
}

fn refused() -> Answer {
    Answer::Refused("it will not do".to_owned())
}

fn judged(cases: Vec<Case>) -> (Outcomes, Vec<(&'static str, String)>) {
    let source = Sources::default().add("Order@1.0.json", "{}");
    let mut trials = Vec::new();
    let mut runs = [Ran::default(), Ran::default()];
    for (text, expected, rust, pydantic) in cases {
        let value: Option<Value> = serde_json::from_str(text).ok();
        trials.push(Trial {
            document: text.to_owned(),
            text: text.to_owned(),
            limit: value.as_ref().and_then(crate::verify::trial::beyond),
            value,
            expected,
            source: None,
        });
        for (run, answer) in runs.iter_mut().zip([rust, pydantic]) {
            run.answers.push(answer);
        }
    }
    let label = "Order@1.0".to_owned();
    let versions = [Version {
        label,
        source,
        trials,
    }];
    let targets = ["rust", "pydantic"].map(|name| Target::builtin(name).unwrap());
    let targets: Vec<&Target> = targets.iter().collect();
    let mut diagnostics = Diagnostics::default();
    let results = runs.into_iter().map(Ok).collect();
    let outcomes = judge(&versions, &[], &targets, results, false, &mut diagnostics);
    let found = diagnostics
        .iter()
        .map(|it| (it.code.name, it.message.clone()));
    (outcomes, found.collect())
}

#[test]
fn languages_that_do_what_the_schema_says_give_no_finding() {
    let (outcomes, found) = judged(vec![
        (
            r#"{"a":5.0}"#,
            true,
            written(r#"{"a":5}"#),
            written(r#"{"a":5.0}"#),
        ),
        ("1", false, refused(), refused()),
    ]);
    assert_eq!(found, []);
    let exact = outcomes.targets.values().map(|counts| counts.valid.exact);
    assert_eq!(exact.collect::<Vec<_>>(), [0, 1]);
    assert!(
        outcomes
            .targets
            .values()
            .all(|counts| counts.valid.equal == 1)
    );
    assert!(
        outcomes
            .targets
            .values()
            .all(|counts| counts.invalid.refused == 1)
    );
}

#[test]
fn each_way_to_go_wrong_has_its_finding() {
    let (outcomes, found) = judged(vec![
        ("[1]", true, refused(), written("[1]")),
        ("[2]", false, written("[2]"), refused()),
        ("[3]", true, written("[4]"), written("[3]")),
        (
            "[5]",
            true,
            Answer::Died("aborted".to_owned()),
            written("[5]"),
        ),
    ]);
    let codes: Vec<&str> = found.iter().map(|(code, _)| *code).collect();
    assert_eq!(
        codes,
        [
            "reader-too-strict",
            "reader-too-lax",
            "round-trip-different",
            "runner-failed",
            "languages-disagree"
        ]
    );
    let strict = "`rust` refuses what the schema accepts: 1 document of `Order@1.0`";
    assert_eq!(found[0].1, strict);
    let documents = outcomes.disagreements.iter().map(|it| it.document.as_str());
    assert_eq!(documents.collect::<Vec<_>>(), ["[1]", "[2]", "[3]"]);
    let perfect = outcomes.targets.values().map(|counts| counts.perfect);
    assert_eq!(perfect.collect::<Vec<_>>(), [0, 1]);
}

#[test]
fn a_documented_limit_is_no_fault_if_all_keep_to_it() {
    let big = "36893488147419103232";
    let (outcomes, found) = judged(vec![(big, true, refused(), refused())]);
    assert_eq!(found, []);
    let tried = &outcomes.versions[0].targets["rust"].documents[0];
    assert_eq!(
        tried.unsupported.as_deref(),
        Some("a whole number is beyond 64 bits")
    );
    assert_eq!(outcomes.targets["rust"].valid.accepted, 0);

    let (_, found) = judged(vec![(big, true, refused(), written(big))]);
    let codes: Vec<&str> = found.iter().map(|(code, _)| *code).collect();
    assert_eq!(codes, ["reader-too-strict", "languages-disagree"]);
}
