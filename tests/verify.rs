//! The documents that are tried on generated readers, and what is said of the readers.
//!
//! `verify/sample/<case>.json` holds a schema, `<case>.txt` the documents sampled from it, each with what
//! the validator says and what it shows.
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

use std::path::{Path, PathBuf};
use std::process::Command;

use contracts::catalog;
use contracts::config::Config;
use contracts::diagnostic::Diagnostics;
use contracts::schema::{Formats, Validator};
use contracts::source::Sources;
use contracts::verify::sample::{Sample, samples};
use serde_json::Value;
use snapbox::{Data, assert_data_eq};
use tempfile::TempDir;

#[test]
fn each_schema_gives_the_documents_beside_it() {
    for case in ["map", "record", "recursive", "union"] {
        let lines: String = of(case, 500).iter().map(line).collect();
        let path = folder().join(format!("{case}.txt"));
        assert_data_eq!(lines, Data::read_from(&path, None).raw());
    }
}

#[test]
fn a_limit_takes_from_every_place() {
    let all = of("record", 500);
    let some = of("record", 20);
    assert_eq!(some.len(), 20);
    assert!(some.iter().all(|sample| all.contains(sample)));
    for place in ["/id:", "/note:"] {
        assert!(
            some.iter().any(|sample| sample.shows.starts_with(place)),
            "{place}"
        );
    }
}

#[test]
fn our_own_contracts_come_back_from_every_language() {
    let report = verify(Path::new("contracts/contracts.toml"), &[], |_| {});
    for skipped in report["verified"]["skipped"].as_array().unwrap() {
        eprintln!("skipped: {skipped}");
    }
    let findings = report["findings"].as_array().unwrap().iter();
    let wrong: Vec<_> = findings.filter(|it| it["code"] != "tool-missing").collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
    for (target, counts) in report["summary"]["targets"].as_object().unwrap() {
        let (valid, invalid) = (&counts["valid"], &counts["invalid"]);
        assert_eq!(valid["documents"], valid["equal"], "{target}");
        assert_eq!(invalid["documents"], invalid["refused"], "{target}");
        assert_eq!(counts["schemas"], counts["perfect"], "{target}");
    }
}

#[test]
fn languages_without_their_tools_are_skipped_where_people_see_it() {
    let (_folder, config) = workspace();
    let without_tools = |command: &mut Command| {
        command.env("PATH", "");
    };
    let report = verify(&config, &["--samples", "0"], without_tools);
    assert_eq!(codes(&report), vec![("tool-missing", "warning"); 3]);
    assert_eq!(report["verified"]["skipped"].as_array().unwrap().len(), 3);
    let report = verify(&config, &["--samples", "0", "--require-all"], without_tools);
    assert_eq!(codes(&report), vec![("tool-missing", "error"); 3]);
}

#[test]
fn a_module_that_does_not_compile_is_a_finding_of_its_version() {
    let (_folder, config) = workspace();
    let own = config.with_file_name("generators").join("mql4");
    std::fs::create_dir_all(&own).unwrap();
    std::fs::write(own.join("module.mqh.j2"), "class {{ module.root }};\n").unwrap();
    let text = std::fs::read_to_string(&config).unwrap();
    std::fs::write(&config, format!("generators = \"generators\"\n{text}")).unwrap();
    let report = verify(&config, &["--target", "mql4"], |_| {});
    if codes(&report) == [("tool-missing", "warning")] {
        eprintln!("skipped: there is no C++ compiler");
        return;
    }
    assert_eq!(codes(&report), vec![("module-broken", "error"); 2]);
    assert_eq!(report["summary"]["targets"]["mql4"]["compiled"], 0);
    assert_eq!(report["summary"]["targets"]["mql4"]["perfect"], 0);
}

#[test]
fn types_of_others_read_and_write_what_the_schema_means() {
    // What is built there stays for the next run.
    let workspace = Path::new(env!("CARGO_TARGET_TMPDIR")).join("verify-custom");
    let fixture = Path::new("tests/verify/custom");
    for file in contracts::tree::Tree::read(fixture).iter() {
        let place = workspace.join(file.0);
        std::fs::create_dir_all(place.parent().unwrap()).unwrap();
        std::fs::write(place, file.1).unwrap();
    }
    let config = workspace.join("contracts.toml");
    let report = verify(&config, &["--samples", "60"], |_| {});
    let findings = report["findings"].as_array().unwrap();
    let lacks = findings.iter().any(|it| {
        let text = it.to_string();
        it["code"] == "tool-missing" || text.contains("failed to get") || text.contains("download")
    });
    if lacks {
        eprintln!("skipped: a tool or a package is not there: {findings:#?}");
        return;
    }
    // What is lost is said by name, in either language; nothing else is wrong.
    let mut said = codes(&report);
    said.dedup();
    let loss = [("text-respelled", "note"), ("type-holds-less", "note")];
    let disagree = [("languages-disagree", "note")];
    assert_eq!(
        said,
        [&loss[..], &loss[..], &disagree[..]].concat(),
        "{findings:#?}"
    );
    for (target, counts) in report["summary"]["targets"].as_object().unwrap() {
        let invalid = &counts["invalid"];
        assert_eq!(invalid["documents"], invalid["refused"], "{target}");
    }
    let kept = "/price";
    assert!(
        !findings
            .iter()
            .any(|it| it.to_string().contains(&format!("`{kept}` was")))
    );
}

/// The report of `contracts verify`.
fn verify(config: &Path, arguments: &[&str], change: impl Fn(&mut Command)) -> Value {
    let mut command = Command::new(env!("CARGO_BIN_EXE_contracts"));
    command
        .args(["verify", "--format", "json", "--config"])
        .arg(config)
        .args(arguments);
    change(&mut command);
    let output = command
        .output()
        .expect("the binary was built for this test");
    serde_json::from_slice(&output.stdout).expect("the report is JSON")
}

/// A new workspace as `contracts init` writes it.
fn workspace() -> (TempDir, PathBuf) {
    let folder = TempDir::new().expect("a temporary folder can be made");
    let home = folder.path().join("contracts");
    let mut command = Command::new(env!("CARGO_BIN_EXE_contracts"));
    assert!(
        command
            .arg("init")
            .arg(folder.path())
            .output()
            .unwrap()
            .status
            .success()
    );
    let config = if home.is_dir() {
        home
    } else {
        folder.path().to_owned()
    };
    (folder, config.join("contracts.toml"))
}

fn codes(report: &Value) -> Vec<(&str, &str)> {
    let findings = report["findings"].as_array().unwrap().iter();
    findings
        .map(|it| {
            (
                it["code"].as_str().unwrap(),
                it["severity"].as_str().unwrap(),
            )
        })
        .collect()
}

fn line(sample: &Sample) -> String {
    let verdict = if sample.accepted {
        "accepted"
    } else {
        "refused "
    };
    format!(
        "{verdict}  {}  -- {}\n",
        sample.text.replace('\r', "␍").replace('\n', "␊"),
        sample.shows
    )
}

/// The documents sampled from `verify/sample/<case>.json`.
fn of(case: &str, limit: usize) -> Vec<Sample> {
    let config = Config {
        layout: "{name}.json".to_owned(),
        ..Config::default()
    };
    let (mut sources, mut diagnostics) = (Sources::default(), Diagnostics::default());
    let catalog = catalog::load(
        folder().as_path(),
        "",
        &config,
        None,
        &mut sources,
        &mut diagnostics,
    );
    assert!(diagnostics.is_empty(), "{diagnostics:?}");
    let contract = catalog
        .contracts
        .iter()
        .find(|contract| contract.name == case);
    let root = contract.expect("the case is a file").releases[0].root;
    let validator =
        Validator::new(&catalog.schemas, root, Formats::Annotate).expect("the case compiles");
    samples(&catalog.schemas, root, &validator, limit)
}

fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/verify/sample")
}
