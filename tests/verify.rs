//! The documents that are tried on generated readers: `verify/sample/<case>.json` holds a schema,
//! `<case>.txt` the documents sampled from it, each with what the validator says and what it shows.

use contracts::diagnostic::Diagnostics;
use contracts::schema::{self, Defaults, Files, Formats, Schemas, Validator};
use contracts::source::{self, Document, Source, Sources};
use contracts::verify::sample::{Sample, samples};
use snapbox::{Data, assert_data_eq};

#[test]
fn each_schema_gives_the_documents_beside_it() {
    for (case, text) in [
        ("map", include_str!("verify/sample/map.json")),
        ("record", include_str!("verify/sample/record.json")),
        ("recursive", include_str!("verify/sample/recursive.json")),
        ("union", include_str!("verify/sample/union.json")),
    ] {
        let lines: String = of(text, 500).iter().map(line).collect();
        let path = format!(
            "{}/tests/verify/sample/{case}.txt",
            env!("CARGO_MANIFEST_DIR")
        );
        assert_data_eq!(
            lines,
            Data::read_from(std::path::Path::new(&path), None).raw()
        );
    }
}

#[test]
fn a_limit_takes_from_every_place() {
    let all = of(include_str!("verify/sample/record.json"), 500);
    let some = of(include_str!("verify/sample/record.json"), 20);
    assert_eq!(some.len(), 20);
    assert!(some.iter().all(|sample| all.contains(sample)));
    for place in ["/id:", "/note:", "`note`"] {
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

fn of(text: &str, limit: usize) -> Vec<Sample> {
    let source = Source::new("case.json", text);
    let value = source::parse(&source).0.expect("the case is JSON");
    let document = Document {
        source: Sources::default().push(source),
        value,
    };
    let mut diagnostics = Diagnostics::default();
    let schema = schema::parse(
        document,
        "case.json".to_owned(),
        0,
        &Defaults::default(),
        &mut diagnostics,
    );
    let mut schemas = Schemas::default();
    let root = schemas.add(schema);
    let files = Files {
        by_path: [("case.json".to_owned(), root)].into(),
        versions: &|_| None,
    };
    schema::resolve(&mut schemas, &files, &mut diagnostics);
    assert!(diagnostics.is_empty(), "{diagnostics:?}");
    let validator = Validator::new(&schemas, root, Formats::Annotate).expect("the case compiles");
    samples(&schemas, root, Formats::Annotate, &validator, limit)
}
