//! What is said of two schemas, by files: `compat/<subject>/<case>/{old,new}.json` → `report.txt`.
//!
//! Every rule runs over every pair. Update with `SNAPSHOTS=overwrite cargo test`.

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

use std::fmt::Write as _;

use contracts::compat::{Judgement, Outcome, Policy, bump, judge};
use contracts::config::{Enums, Undeclared};
use contracts::pipeline::codes;
use contracts::schema::Formats;
use snapbox::{Data, assert_data_eq};

mod pairs;

fn words(outcome: &Outcome) -> String {
    match outcome {
        Outcome::Kept => "kept".to_owned(),
        Outcome::Refused(witness) => format!("broken by {witness}"),
        Outcome::Unknown(reason) => format!("unproven, {reason}"),
    }
}

fn report(judgement: &Judgement) -> String {
    let mut text = String::new();
    for change in &judgement.changes {
        let (code, at) = (change.code.name, change.at.as_str());
        let (message, was) = (&change.message, &change.was);
        writeln!(text, "{code} at `{at}`: {message} ({was})").unwrap();
    }
    writeln!(text, "backward {}", words(&judgement.backward)).unwrap();
    writeln!(text, "forward {}", words(&judgement.forward)).unwrap();
    let full = "full".parse().unwrap();
    writeln!(text, "bump {:?}", bump(judgement, full)).unwrap();
    text
}

#[test]
fn every_case_is_told_as_recorded() {
    for (name, old, new) in pairs::cases() {
        let (schemas, old, new) = pairs::pair(&old, &new);
        let told = report(&judge(&schemas, old, new, Policy::default()));
        let strict = Policy::strict(Formats::Annotate);
        let strict = report(&judge(&schemas, old, new, strict));
        let mut text = told.clone();
        if strict != told {
            write!(
                text,
                "\nwriters may send anything, defaults are remarks:\n{strict}"
            )
            .unwrap();
        }
        let path = format!("tests/compat/{name}/report.txt");
        assert_data_eq!(text, Data::read_from(path.as_ref(), None).raw());
    }
}

/// The policy that an explanation speaks of.
fn policy(explain: &str) -> Policy {
    let mut policy = Policy::default();
    if explain.contains("policy `undeclared = \"writers-may-send\"`") {
        policy.undeclared = Undeclared::WritersMaySend;
    }
    if explain.contains("policy is `formats = \"assert\"`")
        || explain.contains("policy `formats = \"assert\"`")
    {
        policy.formats = Formats::Assert;
    }
    policy
}

#[test]
fn every_explanation_shows_what_it_explains() {
    let (mut told, mut lies) = (0, Vec::new());
    for code in codes() {
        let mut lines = code.explain.lines();
        let mut side = |name: &str| {
            let line = lines.find_map(|line| line.strip_prefix(&format!("    {name} ")));
            line.map(|text| serde_json::from_str(text).expect(code.name))
        };
        let (Some(old), Some(new)) = (side("old"), side("new")) else {
            continue;
        };
        let (schemas, old, new) = pairs::pair(&old, &new);
        let judgement = judge(&schemas, old, new, policy(code.explain));
        let seen: Vec<&str> = judgement.changes.iter().map(|it| it.code.name).collect();
        told += 1;
        if seen != [code.name] {
            lies.push(format!("{} shows {seen:?}", code.name));
        }
    }
    assert!(lies.is_empty(), "{lies:#?}");
    assert!(told > 50, "{told} examples");
}

#[test]
fn open_lists_grow_and_shrink() {
    for case in ["enum/member_added", "enum/member_removed"] {
        let (_, old, new) = pairs::cases().into_iter().find(|it| it.0 == case).unwrap();
        let (schemas, old, new) = pairs::pair(&old, &new);
        let policy = Policy {
            enums: Enums::Open,
            ..Policy::default()
        };
        let judgement = judge(&schemas, old, new, policy);
        let outcomes = [&judgement.backward, &judgement.forward];
        assert_eq!(outcomes, [&Outcome::Kept, &Outcome::Kept], "{case}");
        let seen: Vec<&str> = judgement.changes.iter().map(|it| it.code.name).collect();
        assert_eq!(seen, ["enum-preserved"], "{case}");
    }
}
