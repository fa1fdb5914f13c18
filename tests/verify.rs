//! The documents that are tried on generated readers: `verify/sample/<case>.json` holds a schema,
//! `<case>.txt` the documents sampled from it, each with what the validator says and what it shows.

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

use std::path::PathBuf;

use contracts::catalog;
use contracts::config::Config;
use contracts::diagnostic::Diagnostics;
use contracts::schema::{Formats, Validator};
use contracts::source::Sources;
use contracts::verify::sample::{Sample, samples};
use snapbox::{Data, assert_data_eq};

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
    let catalog = catalog::load(&folder(), "", &config, None, &mut sources, &mut diagnostics);
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
