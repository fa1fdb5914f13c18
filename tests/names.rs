//! Which identifiers JSON names get, and that a schema which grows renames nothing.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::disallowed_methods,
    clippy::format_push_string,
    clippy::needless_pass_by_value,
    clippy::print_stdout,
    unreachable_pub,
    reason = "a test may fail, and its fixtures are files"
)]

use std::fs;
use std::path::Path;

use contracts::diagnostic::Diagnostics;
use contracts::model::Model;
use contracts::pipeline::{self, Silent};
use contracts::report::Report;
use contracts::source::Sources;
use contracts::target::{self, Naming, Target};
use proptest::prelude::*;
use proptest::sample::Index;
use serde_json::{Map, Value, json};

/// The models of every version in a folder, as `gen` lowers them.
fn models(folder: &Path) -> Vec<Model> {
    let (mut sources, mut report) = (Sources::default(), Report::default());
    let config = folder.join("contracts.toml");
    fs::write(&config, "layout = \"{name}@{version}.json\"\n").unwrap();
    let shown = |path: &Path| path.display().to_string();
    let found = &mut report.diagnostics;
    let workspace = pipeline::open(&config, None, &shown, &mut sources, found);
    let workspace = workspace.unwrap().unwrap();
    let catalog = pipeline::load(&workspace, &mut sources, &mut report, &Silent).unwrap();
    pipeline::lower(&workspace, &catalog, &mut report.diagnostics)
}

/// The types of one version in `names.json`.
fn types(target: &Target, model: &Model) -> Value {
    let (mut sources, mut found) = (Sources::default(), Diagnostics::default());
    let tree = target::generate(target, &[model], Naming::Major, &mut sources, &mut found);
    let map: Value = serde_json::from_str(tree.get("names.json").unwrap()).unwrap();
    map[model.label()]["types"].clone()
}

/// Everything in `old` is in `new`, under the same names.
fn assert_kept(old: &Value, new: &Value, context: &str) {
    for (type_, names) in old.as_object().unwrap() {
        for part in ["properties", "values"] {
            for (json_name, identifier) in names[part].as_object().into_iter().flatten() {
                let now = &new[type_][part][json_name];
                assert_eq!(now, identifier, "{context}: `{json_name}` of `{type_}`");
            }
        }
        let path = |names: &Value| {
            let schema = names["schema"].as_str().unwrap();
            schema.split_once('#').unwrap().1.to_owned()
        };
        assert_eq!(path(&new[type_]), path(names), "{context}: `{type_}`");
    }
}

/// Names that languages hardly tell apart.
fn name() -> impl Strategy<Value = String> {
    "[abAB_ 1-]{1,3}|type|Type|TYPE|from|self|model_dump|Reset|extra"
}

fn property() -> impl Strategy<Value = Value> {
    prop_oneof![
        Just(json!({ "type": "integer" })),
        Just(json!({ "type": "string", "maxLength": 3 })),
        Just(json!({ "type": ["array", "null"], "items": { "type": "string", "minLength": 1 } })),
        proptest::collection::vec(name(), 1..4).prop_map(|values| json!({ "enum": values })),
        name().prop_map(|name| object([(name, json!({ "type": "integer", "minimum": 1 }))])),
        name().prop_map(|name| json!({ "$ref": format!("#/$defs/{}", name.replace(' ', "_")) })),
    ]
}

fn object(properties: impl IntoIterator<Item = (String, Value)>) -> Value {
    let properties: Map<String, Value> = properties.into_iter().collect();
    json!({ "type": "object", "properties": properties })
}

/// A schema of these properties with what they refer to.
fn schema(properties: &[(String, Value)]) -> Value {
    let mut schema = object(properties.iter().cloned());
    let references = properties.iter().filter_map(|(_, it)| it["$ref"].as_str());
    let names = references.map(|it| it.rsplit('/').next().unwrap().to_owned());
    let defs = names.map(|name| (name, json!({ "type": "string", "minLength": 2 })));
    schema["$defs"] = Value::Object(defs.collect());
    schema
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(60))]
    #[test]
    fn adding_a_property_renames_nothing(
        old in proptest::collection::btree_map(name(), property(), 1..5),
        added in proptest::collection::vec((name(), property(), any::<Index>()), 1..4),
    ) {
        let folder = tempfile::tempdir().unwrap();
        let old: Vec<(String, Value)> = old.into_iter().collect();
        let mut new = old.clone();
        for (name, property, at) in added {
            if new.iter().all(|(known, _)| *known != name) {
                new.insert(at.index(new.len() + 1), (name, property));
            }
        }
        for (version, properties) in [("1.0", &old), ("1.1", &new)] {
            let path = folder.path().join(format!("Order@{version}.json"));
            fs::write(path, schema(properties).to_string()).unwrap();
        }
        let models = models(folder.path());
        for name in ["rust", "pydantic", "mql4"] {
            let target = Target::builtin(name).unwrap();
            let old = types(&target, &models[0]);
            assert_kept(&old, &types(&target, &models[1]), name);
        }
    }
}
