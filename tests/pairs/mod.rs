//! Two schemas made ready to be judged.

use std::collections::{BTreeMap, BTreeSet};

use contracts::diagnostic::Diagnostics;
use contracts::schema::{self, Defaults, Files, SchemaId, Schemas};
use contracts::source::{Document, Sources};
use serde_json::Value;

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
