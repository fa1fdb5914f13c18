//! The first phases, by files: what is said of broken schemas, and what models come of good ones.
//!
//! `parse/<case>.json` → `<case>.txt`, `resolve/<case>/` → `report.txt`, `lower/<case>.json` →
//! `<case>.model.json`. Update with `SNAPSHOTS=overwrite cargo test`.

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
use std::path::{Path, PathBuf};

use contracts::catalog::{self, Catalog};
use contracts::config::Config;
use contracts::model;
use contracts::render;
use contracts::report::Report;
use contracts::source::Sources;
use snapbox::{Data, assert_data_eq};

fn load(folder: &Path, layout: &str) -> (Catalog, Sources, Report) {
    let config = Config {
        layout: layout.to_owned(),
        ..Config::default()
    };
    let mut sources = Sources::default();
    let mut report = Report::default();
    let diagnostics = &mut report.diagnostics;
    let catalog = catalog::load(folder, "", &config, None, &mut sources, diagnostics);
    (catalog, sources, report)
}

fn cases(folder: &str, wanted: fn(&Path) -> bool) -> Vec<PathBuf> {
    let entries = fs::read_dir(Path::new("tests").join(folder)).unwrap();
    let mut cases: Vec<PathBuf> = entries.map(|entry| entry.unwrap().path()).collect();
    cases.retain(|path| wanted(path));
    cases.sort();
    assert!(!cases.is_empty(), "no cases in {folder}");
    cases
}

fn is_schema(path: &Path) -> bool {
    let name = path.to_string_lossy();
    !name.ends_with(".txt") && !name.ends_with(".model.json")
}

fn golden(path: PathBuf, text: String) {
    assert_data_eq!(text, Data::read_from(&path, None).raw());
}

#[test]
fn parse() {
    let (_, sources, report) = load(Path::new("tests/parse"), "{name}.json");
    for case in cases("parse", is_schema) {
        let name = case.file_name().unwrap().to_str().unwrap();
        let of_case = report.diagnostics.iter().filter(|it| {
            it.labels
                .iter()
                .any(|label| sources.get(label.place.source).name == name)
        });
        let mut shown = Report::default();
        of_case.for_each(|diagnostic| shown.diagnostics.push(diagnostic.clone()));
        golden(
            case.with_extension("txt"),
            render::text(&shown, &sources, false),
        );
    }
}

#[test]
fn resolve() {
    for case in cases("resolve", Path::is_dir) {
        let (_, sources, report) = load(&case, "{name}@{version}.json");
        golden(
            case.join("report.txt"),
            render::text(&report, &sources, false),
        );
    }
}

#[test]
fn lower() {
    for case in cases("lower", is_schema) {
        let stem = case.file_stem().unwrap().to_str().unwrap();
        let (catalog, sources, mut report) = load(case.parent().unwrap(), "{name}.json");
        let text = render::text(&report, &sources, false);
        assert!(!report.diagnostics.has_errors(), "{text}");
        let (contract, release) = catalog
            .releases()
            .find(|(contract, _)| contract.name == stem)
            .expect("the layout finds every case");
        let formats = contracts::schema::Formats::Annotate;
        let found = &mut report.diagnostics;
        let model = model::lower(&catalog.schemas, contract, release, formats, None, found);
        let mut text = serde_json::to_string_pretty(&model).unwrap();
        text.push('\n');
        golden(case.with_extension("model.json"), text);
    }
}
