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
