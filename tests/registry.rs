//! Where our verdict and a registry's differ, as a table. `CONTRACTS_REGISTRY` names a file of lines
//! `{id, old, new, backward, forward}`; without it this is skipped, visibly.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::disallowed_methods,
    clippy::print_stdout,
    unreachable_pub,
    dead_code,
    reason = "a test may fail, and its fixtures are files"
)]

use contracts::compat::{Direction, Outcome, judge};
use contracts::config::{DefaultPolicy, Policy, Undeclared};
use contracts::schema::Formats;
use serde_json::Value;

mod pairs;

#[test]
fn differences_from_a_registry() {
    let Some(path) = std::env::var_os("CONTRACTS_REGISTRY") else {
        println!("skipped: CONTRACTS_REGISTRY names no file of verdicts");
        return;
    };
    let policy = Policy {
        undeclared: Undeclared::WritersMaySend,
        defaults: DefaultPolicy::Ignore,
        formats: Formats::Assert,
        ..Policy::default()
    };
    let (mut same, mut differ) = (0, 0);
    for line in std::fs::read_to_string(path).unwrap().lines() {
        let row: Value = serde_json::from_str(line).unwrap();
        let (schemas, old, new) = pairs::pair(&row["old"], &row["new"]);
        let judgement = judge(&schemas, old, new, policy);
        for (direction, word) in [
            (Direction::Backward, "backward"),
            (Direction::Forward, "forward"),
        ] {
            let (ours, shown) = match judgement.outcome(direction) {
                Outcome::Kept => (Some(true), "kept: proven".to_owned()),
                Outcome::Refused(witness) => (Some(false), format!("refused: {witness}")),
                Outcome::Unknown(reason) => (None, format!("unproven: {reason}")),
            };
            if ours == row[word].as_bool() {
                same += 1;
                continue;
            }
            differ += 1;
            println!("| {} | {word} | {} | {shown} |", row["id"], row[word]);
        }
    }
    println!("{same} same, {differ} differ");
}
