//! What each target prints, by files: `generate/<case>/schema.json` → `model.py`. Update with
//! `SNAPSHOTS=overwrite cargo test --test generate`.

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

use std::collections::BTreeSet;
use std::path::Path;

use contracts::catalog;
use contracts::config::Config;
use contracts::diagnostic::Diagnostics;
use contracts::model::{self, Model};
use contracts::schema::Formats;
use contracts::source::Sources;
use contracts::target::{self, Naming, Target};
use contracts::tree::Tree;
use serde_json::Value;
use snapbox::{Data, assert_data_eq};

/// A target and the name of its golden file.
const GOLDEN: &[(&str, &str)] = &[("pydantic", "model.py"), ("mql4", "model.mqh")];

fn models() -> Vec<Model> {
    let config = Config {
        layout: "{name}/schema.json".to_owned(),
        ..Config::default()
    };
    let mut sources = Sources::default();
    let mut found = Diagnostics::default();
    let folder = Path::new("tests/generate");
    let catalog = catalog::load(folder, "", &config, None, &mut sources, &mut found);
    let releases = catalog.releases();
    releases
        .map(|(contract, release)| {
            let formats = Formats::Annotate;
            model::lower(
                &catalog.schemas,
                contract,
                release,
                formats,
                None,
                &mut found,
            )
        })
        .collect()
}

fn generated(target: &Target, models: &[Model]) -> (Tree, Diagnostics) {
    let models: Vec<&Model> = models.iter().collect();
    let mut found = Diagnostics::default();
    let sources = &mut Sources::default();
    let tree = target::generate(target, &models, Naming::Major, sources, &mut found);
    (tree, found)
}

#[test]
fn modules_are_as_committed() {
    let models = models();
    assert!(!models.is_empty());
    for (name, file) in GOLDEN {
        let target = Target::builtin(name).unwrap();
        let (tree, found) = generated(&target, &models);
        assert!(found.is_empty(), "{found:?}");
        let all: Vec<&Model> = models.iter().collect();
        let located = target::locate(&target, &all, Naming::Major);
        for (model, located) in models.iter().zip(located) {
            let path = Path::new("tests/generate").join(&model.name).join(file);
            let text = tree.get(&located.files[0]).unwrap();
            assert_data_eq!(text.to_owned(), Data::read_from(&path, None).raw());
        }
    }
}

#[test]
fn same_input_same_bytes() {
    let models = models();
    for target in Target::all(None, &mut Sources::default(), &mut Diagnostics::default()) {
        assert_eq!(generated(&target, &models).0, generated(&target, &models).0);
    }
}

#[test]
fn the_map_of_names_says_what_modules_say() {
    let models = models();
    for target in Target::all(None, &mut Sources::default(), &mut Diagnostics::default()) {
        let (tree, _) = generated(&target, &models);
        let map: Value = serde_json::from_str(tree.get("names.json").unwrap()).unwrap();
        for model in &models {
            let module = &map[model.label()];
            let text = tree.get(module["file"].as_str().unwrap()).unwrap();
            let word = |it: char| it.is_alphanumeric() || it == '_';
            let words: BTreeSet<&str> = text.split(|it| !word(it)).collect();
            let types = module["types"].as_object().unwrap();
            assert!(types.contains_key(module["root"].as_str().unwrap()));
            for (type_, names) in types {
                let of = ["properties", "values"].map(|part| names[part].as_object());
                let members = of.into_iter().flatten().flat_map(|it| it.values());
                let members = members.map(|it| it.as_str().unwrap());
                for name in members.chain([type_.as_str()]) {
                    assert!(words.contains(name), "{}: {name} of {type_}", target.name);
                }
            }
        }
    }
}

#[test]
fn a_template_of_the_workspace_stands_in_for_one_file() {
    let mut overrides = Tree::default();
    overrides.insert("pydantic/contract.py.j2", "# {{ contract.full_name }}\n");
    let (mut sources, mut found) = (Sources::default(), Diagnostics::default());
    let targets = Target::all(Some(&overrides), &mut sources, &mut found);
    let target = targets.iter().find(|it| it.name == "pydantic").unwrap();
    let (own, found) = generated(target, &models());
    assert!(found.is_empty(), "{found:?}");
    let (builtin, _) = generated(&Target::builtin("pydantic").unwrap(), &models());
    for (path, text) in builtin.iter() {
        let contract = path.strip_suffix("/__init__.py");
        let contract = contract.and_then(|it| it.strip_prefix("contracts_models/"));
        match contract {
            Some(name) => assert_eq!(own.get(path).unwrap(), format!("# {name}\n")),
            None => assert_eq!(own.get(path).unwrap(), text),
        }
    }
}

#[test]
fn a_fault_of_a_template_is_said_once() {
    let mut overrides = Tree::default();
    overrides.insert(
        "pydantic/module.py.j2",
        "first\n  {{ module.nothing.here }}\n",
    );
    let (mut sources, mut found) = (Sources::default(), Diagnostics::default());
    let targets = Target::all(Some(&overrides), &mut sources, &mut found);
    let target = targets.iter().find(|it| it.name == "pydantic").unwrap();
    let (_, found) = generated(target, &models());
    let codes: Vec<&str> = found.iter().map(|it| it.code.name).collect();
    assert_eq!(codes, ["template-invalid"]);
}
