//! A workspace that others wrote: the public schemas of Snowplow's Iglu Central, adopted by
//! `iglu/contracts.toml`. `CONTRACTS_IGLU` names a checkout; without it this is skipped, visibly.

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

use std::collections::BTreeMap;
use std::path::Path;

use contracts::mql4;
use contracts::pipeline::{self, Against, Silent};
use contracts::report::Report;
use contracts::source::Sources;

#[test]
fn iglu_is_checked_and_generated() {
    let Some(root) = std::env::var_os("CONTRACTS_IGLU") else {
        println!("skipped: CONTRACTS_IGLU names no checkout of iglu-central");
        return;
    };
    let mut sources = Sources::default();
    let mut report = Report::default();
    let config = Path::new("tests/iglu/contracts.toml");
    let show = |path: &Path| path.display().to_string();
    let root = Some(Path::new(&root));
    let workspace = pipeline::open(config, root, &show, &mut sources, &mut report.diagnostics);
    let workspace = workspace.unwrap().expect("the settings are valid");
    let catalog = pipeline::load(&workspace, &mut sources, &mut report, &Silent);
    let catalog = catalog.expect("no schema has an error");
    pipeline::check(
        &workspace,
        &catalog,
        &Against::Previous,
        &mut report,
        &Silent,
    );

    let versions: usize = catalog
        .contracts
        .iter()
        .map(|contract| contract.releases.len().saturating_sub(1))
        .sum();
    assert!(
        report.pairs.len() >= versions,
        "a verdict for every pair of neighbours"
    );

    let mut generated = Report::default();
    let outputs = pipeline::generate(
        &workspace,
        &catalog,
        &[],
        &mut sources,
        &mut generated,
        &Silent,
    );
    assert_eq!(outputs.len(), 3);
    let errors = generated
        .diagnostics
        .iter()
        .map(|it| &it.message)
        .collect::<Vec<_>>();
    assert!(!generated.diagnostics.has_errors(), "{errors:?}");
    let mut unheld: BTreeMap<&str, usize> = BTreeMap::new();
    for diagnostic in &generated.diagnostics {
        *unheld.entry(diagnostic.code.name).or_default() += 1;
    }

    let mql4_output = outputs
        .iter()
        .find(|output| output.target == "mql4")
        .unwrap();
    let files = mql4_output.files.files();
    let entries: Vec<&str> = files.keys().map(String::as_str).collect();
    let faults = mql4::check(files, &entries);
    assert!(
        faults.is_empty(),
        "{} faults, the first: {:?}",
        faults.len(),
        faults.first()
    );

    println!(
        "{:?}, {} pairs, {:?}, files {:?}, {unheld:?}",
        report.loaded,
        report.pairs.len(),
        report.promises(),
        outputs
            .iter()
            .map(|it| (&it.target, it.files.len()))
            .collect::<Vec<_>>(),
    );
}
