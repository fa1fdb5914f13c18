//! Two schemas made ready to be judged, and what is asked of every judgement.

#![allow(dead_code, reason = "each test takes what it needs")]

use std::collections::{BTreeMap, BTreeSet};

use contracts::compat::{Direction, Judgement, Outcome};
use contracts::diagnostic::Diagnostics;
use contracts::schema::instance::{Builder, Size};
use contracts::schema::{self, Defaults, Draft, Files, Formats, SchemaId, Schemas, Validator};
use contracts::source::{Document, Sources};
use serde_json::{Value, json};

/// Reads two schemas as documents of draft 2020-12.
pub fn pair(old: &Value, new: &Value) -> (Schemas, SchemaId, SchemaId) {
    let (mut schemas, mut sources) = (Schemas::default(), Sources::default());
    let mut diagnostics = Diagnostics::default();
    let mut roots = Vec::new();
    for (index, (name, value)) in [("old", old), ("new", new)].into_iter().enumerate() {
        let document = Document {
            source: sources.add(name, value.to_string()),
            value: value.clone(),
        };
        let index = u32::try_from(index).unwrap();
        let defaults = Defaults::default();
        let path = format!("{name}.json");
        let schema = schema::parse(document, path, index, &defaults, &mut diagnostics);
        roots.push(schemas.add(schema));
    }
    let files = Files {
        by_path: BTreeMap::new(),
        references: &BTreeMap::new(),
        broken: BTreeSet::new(),
        versions: &|_| None,
    };
    schema::resolve(&mut schemas, &files, &mut diagnostics);
    (schemas, roots[0], roots[1])
}

/// Every case below `tests/compat`, `<subject>/<case>`, with its two schemas.
#[expect(clippy::disallowed_methods, reason = "cases are files")]
pub fn cases() -> Vec<(String, Value, Value)> {
    let mut cases = Vec::new();
    let below = |folder: &str| -> Vec<String> {
        let entries = std::fs::read_dir(folder).unwrap();
        let mut names: Vec<String> = entries
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .collect();
        names.sort();
        names
    };
    for subject in below("tests/compat") {
        for case in below(&format!("tests/compat/{subject}")) {
            let read = |side: &str| -> Value {
                let path = format!("tests/compat/{subject}/{case}/{side}.json");
                let text = std::fs::read_to_string(&path).unwrap();
                serde_json::from_str(&text).unwrap()
            };
            cases.push((format!("{subject}/{case}"), read("old"), read("new")));
        }
    }
    cases
}

fn validator(schema: &Value) -> Validator {
    Validator::of(schema, Draft::Draft202012, Formats::Annotate).unwrap()
}

/// No proof stands against a document, and no refusal without one.
pub fn consistent(old: &Value, new: &Value, judgement: &Judgement, strict: bool) {
    for direction in Direction::ALL {
        let (writer, reader) = match direction {
            Direction::Backward => (old, new),
            Direction::Forward => (new, old),
        };
        let (sends, reads) = (validator(writer), validator(reader));
        match judgement.outcome(direction) {
            Outcome::Kept if strict => {
                for document in documents(old).chain(documents(new)) {
                    let refused = sends.accepts(&document) && !reads.accepts(&document);
                    assert!(!refused, "{writer} in {reader}: `{document}` says no");
                }
            }
            Outcome::Refused(document) => {
                let shown = sends.accepts(document) && !reads.accepts(document);
                assert!(shown, "{writer} in {reader}: `{document}` shows nothing");
            }
            Outcome::Kept | Outcome::Unknown(_) => {}
        }
    }
}

/// Documents near a schema, and a handful that belong to none.
pub fn documents(schema: &Value) -> impl Iterator<Item = Value> + '_ {
    let sizes = [Size::Smallest, Size::Fullest];
    let built = (0..8)
        .flat_map(move |turn| sizes.map(|size| Builder::new(schema, size, turn).build(&[schema])));
    let others = [
        json!(null),
        json!(true),
        json!(0),
        json!(3),
        json!(-1),
        json!(1.5),
        json!(12),
        json!(""),
        json!("a"),
        json!("abc"),
        json!([]),
        json!([1]),
        json!([1, 1]),
        json!(["a", null]),
        json!({}),
        json!({ "a": 1 }),
        json!({ "a": "x", "b": null }),
        json!({ "c": [] }),
    ];
    built.flatten().chain(others)
}
