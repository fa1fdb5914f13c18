//! What we write as SARIF is what the standard's own schema (`sarif/sarif-2.1.0.json`, OASIS) accepts.

#![allow(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    reason = "a test may fail, and its fixtures are files"
)]

use std::process::Command;

use contracts::schema::{Draft, Formats, Validator};
use serde_json::Value;

#[test]
fn logs_follow_the_standard() {
    let schema = std::fs::read_to_string("tests/sarif/sarif-2.1.0.json").unwrap();
    // One of its patterns is no ECMA-262 expression: a bracket that nothing opens.
    let schema = schema.replace("]?$\"", "?$\"");
    let schema: Value = serde_json::from_str(&schema).unwrap();
    let validator = Validator::of(&schema, Draft::Draft4, Formats::Annotate).unwrap();
    for case in [
        "promise_broken",
        "promise_kept",
        "broken_json",
        "version_gap",
        "accept",
    ] {
        let output = Command::new(env!("CARGO_BIN_EXE_contracts"))
            .args(["check", "--format", "sarif", "--config"])
            .arg(format!("tests/cmd/{case}.in/contracts.toml"))
            .output()
            .unwrap();
        let log: Value = serde_json::from_slice(&output.stdout).unwrap();
        assert_eq!(validator.refusal(&log), None, "{case}");
    }
}
