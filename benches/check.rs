//! What a check costs: a small pair, a large one, a workspace of others, and one contract as its versions grow
//! in number. `cargo bench --bench check`, and `cargo bench --bench check -- growth` for a part.
//!
//! The workspace is `iglu-central` below the folder that `CONTRACTS_CORPORA` names; without it that part is
//! skipped, and says so.

#![allow(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    clippy::print_stdout,
    missing_docs,
    reason = "a benchmark may fail, and macros make its entry"
)]

use std::collections::BTreeMap;
use std::path::Path;

use contracts::catalog::{self, Catalog};
use contracts::compat;
use contracts::config::Config;
use contracts::diagnostic::Diagnostics;
use contracts::pipeline::{self, Silent};
use contracts::report::Report;
use contracts::source::{Folder, ReadError, Sources};
use criterion::{BenchmarkId, Criterion, criterion_group, criterion_main};
use serde_json::{Value, json};

/// Files that are nowhere.
struct Kept(BTreeMap<String, String>);

impl Folder for Kept {
    fn list(&self) -> (Vec<String>, Vec<(String, String)>) {
        (self.0.keys().cloned().collect(), Vec::new())
    }

    fn read(&self, path: &str) -> Result<String, ReadError> {
        let missing = || ReadError::Io(std::io::ErrorKind::NotFound.into());
        self.0.get(path).cloned().ok_or_else(missing)
    }

    fn is_file(&self, path: &str) -> bool {
        self.0.contains_key(path)
    }
}

/// The versions 1.0, 1.1, … of a contract.
fn lineage(promise: &str, versions: &[Value]) -> (Catalog, Config) {
    let files = (0..).zip(versions);
    let files =
        files.map(|(minor, schema)| (format!("events/Order@1.{minor}.json"), schema.to_string()));
    let mut config = Config::default();
    let promise = promise.parse().expect("a promise");
    config.promises.insert("**".to_owned(), promise);
    let (mut sources, mut found) = (Sources::default(), Diagnostics::default());
    let folder = Kept(files.collect());
    let catalog = catalog::load(&folder, "", &config, None, &mut sources, &mut found);
    assert!(!found.has_errors());
    (catalog, config)
}

/// Checks a lineage; every pair is proven.
fn check(catalog: &Catalog, config: &Config) -> usize {
    let mut found = Diagnostics::default();
    let pairs = compat::check(catalog, config, &mut found);
    assert!(!found.has_errors());
    pairs.len()
}

fn order(properties: usize, longest: usize) -> Value {
    let fields = (0..properties).map(|at| {
        let field = match at % 4 {
            0 => json!({ "type": "string", "maxLength": longest }),
            1 => json!({ "type": "integer", "minimum": 0, "maximum": 1_000_000 }),
            2 => json!({ "enum": ["buy", "sell", "short"] }),
            _ => json!({ "type": "array", "items": { "type": "number" }, "maxItems": 8 }),
        };
        (format!("field{at}"), field)
    });
    let fields: serde_json::Map<String, Value> = fields.collect();
    json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "type": "object",
        "properties": fields,
        "required": ["field0"],
    })
}

fn pairs(criterion: &mut Criterion) {
    let small = lineage("backward", &[order(4, 10), order(5, 11)]);
    criterion.bench_function("pair/small", |it| it.iter(|| check(&small.0, &small.1)));

    let text = std::fs::read_to_string("contracts/toolchain/Model@1.0.json").unwrap();
    let old: Value = serde_json::from_str(&text).unwrap();
    let mut new = old.clone();
    new.pointer_mut("/properties").unwrap()["added"] = json!({ "type": "string" });
    let large = lineage("backward", &[old, new]);
    let mut group = criterion.benchmark_group("pair");
    group.sample_size(20);
    group.bench_function("large", |it| it.iter(|| check(&large.0, &large.1)));
    group.finish();
}

fn iglu(criterion: &mut Criterion) {
    let corpora = std::env::var_os("CONTRACTS_CORPORA");
    let root = corpora.map(|it| Path::new(&it).join("workspaces/iglu"));
    let Some(root) = root.filter(|it| it.is_dir()) else {
        println!("iglu: skipped, CONTRACTS_CORPORA names no folder with workspaces/iglu");
        return;
    };
    let (mut sources, mut report) = (Sources::default(), Report::default());
    let show = |path: &Path| path.display().to_string();
    let config = Path::new("tests/iglu/contracts.toml");
    let found = &mut report.diagnostics;
    let workspace = pipeline::open(config, Some(&root), &show, &mut sources, found);
    let workspace = workspace.unwrap().expect("the settings are valid");
    let catalog = pipeline::load(&workspace, &mut sources, &mut report, &Silent);
    let catalog = catalog.expect("no schema has an error");
    let mut group = criterion.benchmark_group("workspace");
    group.sample_size(10);
    group.bench_function("iglu", |it| {
        it.iter(|| compat::check(&catalog, &workspace.config, &mut Diagnostics::default()).len());
    });
    group.finish();
}

/// One contract with more and more versions, each of the same size.
fn growth(criterion: &mut Criterion) {
    for promise in ["backward-transitive", "full-transitive"] {
        let mut group = criterion.benchmark_group(format!("growth/{promise}"));
        group.sample_size(10);
        for count in [2, 5, 10, 20, 50, 100, 200] {
            let versions: Vec<Value> = (0..count)
                .map(|at| match promise {
                    "backward-transitive" => order(20, 10 + at),
                    // Readers tolerate what they do not know: properties come and go.
                    _ => order(16 + at % 4, 10),
                })
                .collect();
            let (catalog, config) = lineage(promise, &versions);
            let id = BenchmarkId::from_parameter(count);
            group.bench_function(id, |it| it.iter(|| check(&catalog, &config)));
        }
        group.finish();
    }
}

criterion_group!(benches, pairs, iglu, growth);
criterion_main!(benches);
