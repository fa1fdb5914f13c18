//! Our own formats are contracts of this repository: what schemars makes of the code is what is committed.
//! Update with `SNAPSHOTS=overwrite cargo test --test own`.

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

use std::process::Command;

use contracts::catalog;
use contracts::config::Config;
use contracts::diagnostic::Diagnostics;
use contracts::schema::{Formats, Validator};
use contracts::source::Sources;
use snapbox::{Data, assert_data_eq};

fn contracts(arguments: &[&str]) -> String {
    let mut command = Command::new(env!("CARGO_BIN_EXE_contracts"));
    let output = command
        .args(arguments)
        .output()
        .expect("the binary was built for this test");
    String::from_utf8(output.stdout).unwrap()
}

#[test]
fn formats_are_committed_as_contracts() {
    for (format, name) in [
        ("config", "Config"),
        ("report", "Report"),
        ("model", "Model"),
        ("workflow", "Workflow"),
    ] {
        let path = format!("contracts/toolchain/{name}@1.0.json");
        assert_data_eq!(
            contracts(&["schema", format]),
            Data::read_from(path.as_ref(), None).raw()
        );
    }
}

#[test]
fn reports_follow_their_contract() {
    let mut sources = Sources::default();
    let mut found = Diagnostics::default();
    let folder = std::path::Path::new("contracts");
    let catalog = catalog::load(
        folder,
        "",
        &Config::default(),
        None,
        &mut sources,
        &mut found,
    );
    let (_, release) = catalog
        .releases()
        .find(|(contract, _)| contract.full_name() == "toolchain/Report")
        .unwrap();
    let validator = Validator::new(&catalog.schemas, release.root, Formats::Assert).unwrap();
    let broken = "tests/cmd/promise_broken.in/contracts.toml";
    for arguments in [
        &["check"][..],
        &["gen", "--check"],
        &["check", "--config", broken],
        &["verify", "--samples", "0"],
    ] {
        let text = contracts(&[arguments, &["--format", "json"]].concat());
        let report = serde_json::from_str(&text).unwrap();
        let refusal = validator
            .refusal(&report)
            .map(|it| it.chars().take(200).collect::<String>());
        assert_eq!(refusal, None, "{arguments:?}");
    }
}
