//! Input that would hang or crash a careless program: each ends in a finding, none in a panic.

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

use std::fs;
use std::path::Path;

use contracts::catalog::{self, Catalog};
use contracts::config::Config;
use contracts::diagnostic::Diagnostics;
use contracts::model;
use contracts::schema::Formats;
use contracts::source::Sources;
use proptest::prelude::*;

fn load(folder: &Path) -> (Catalog, Vec<&'static str>) {
    let config = Config {
        layout: "{name}.json".to_owned(),
        ..Config::default()
    };
    let mut diagnostics = Diagnostics::default();
    let mut sources = Sources::default();
    let catalog = catalog::load(folder, "", &config, None, &mut sources, &mut diagnostics);
    let codes = diagnostics
        .iter()
        .map(|diagnostic| diagnostic.code.name)
        .collect();
    (catalog, codes)
}

fn codes_of(name: &str, bytes: &[u8]) -> Vec<&'static str> {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join(name), bytes).unwrap();
    load(folder.path()).1
}

#[test]
fn ten_thousand_levels() {
    let json = format!("{}{}", "[".repeat(10_000), "]".repeat(10_000));
    assert_eq!(codes_of("a.json", json.as_bytes()), ["nesting-too-deep"]);
    let objects = "{\"a\":".repeat(10_000);
    assert_eq!(codes_of("a.json", objects.as_bytes()), ["nesting-too-deep"]);
    let yaml: String = (0..10_000).fold(String::new(), |text, _| text + "[");
    let codes = codes_of("a.yaml", yaml.as_bytes());
    assert!(
        matches!(&*codes, ["nesting-too-deep" | "syntax-invalid"]),
        "{codes:?}"
    );
}

#[test]
fn fifty_megabytes() {
    assert_eq!(
        codes_of("a.json", &vec![b' '; 50 << 20]),
        ["file-unreadable"]
    );
}

#[test]
fn not_utf8() {
    assert_eq!(
        codes_of("a.json", b"{\"a\": \"\xff\"}"),
        ["file-unreadable"]
    );
}

#[test]
fn aliases_that_unfold_without_end() {
    let mut yaml = String::from("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
    for level in 1..12 {
        let before = format!("*a{}", level - 1);
        let items = [before.as_str(); 10].join(", ");
        yaml.push_str(&format!("a{level}: &a{level} [{items}]\n"));
    }
    assert_eq!(codes_of("a.yaml", yaml.as_bytes()), ["syntax-invalid"]);
}

#[cfg(unix)]
#[test]
fn a_folder_that_links_to_itself() {
    let folder = tempfile::tempdir().unwrap();
    std::os::unix::fs::symlink(folder.path(), folder.path().join("again")).unwrap();
    fs::write(folder.path().join("a.json"), "true").unwrap();
    assert_eq!(load(folder.path()).1, ["folder-unreadable"]);
}

#[test]
fn a_long_chain_of_references() {
    let mut definitions: Vec<String> = (0..5_000)
        .map(|index| format!("\"d{index}\": {{\"$ref\": \"#/$defs/d{}\"}}", index + 1))
        .collect();
    definitions.push("\"d5000\": {\"type\": \"string\"}".to_owned());
    let json = format!(
        "{{\"$ref\": \"#/$defs/d0\", \"$defs\": {{{}}}}}",
        definitions.join(",")
    );
    survive(&json, "true");
}

/// Text that is nearly a schema: keywords with values of any kind, references to anywhere.
fn schema_text() -> impl Strategy<Value = String> {
    let leaf = prop_oneof![
        Just("true".to_owned()),
        Just("{}".to_owned()),
        Just("7".to_owned()),
        Just("null".to_owned()),
        Just("\"string\"".to_owned()),
        Just("\"object\"".to_owned()),
        Just("[\"a\", \"b\"]".to_owned()),
        "#(/(\\$defs|a|properties|0|~1))*".prop_map(|it| format!("{it:?}")),
        "(b.json|\\.\\./b|#a|http://x/y)".prop_map(|it| format!("{it:?}")),
        any::<f64>().prop_map(|it| it.to_string()),
        any::<String>().prop_map(|it| format!("{it:?}")),
    ];
    let keyword = prop::sample::select(vec![
        "$ref",
        "$id",
        "$anchor",
        "$dynamicRef",
        "$schema",
        "type",
        "enum",
        "const",
        "properties",
        "items",
        "prefixItems",
        "required",
        "allOf",
        "anyOf",
        "oneOf",
        "not",
        "if",
        "then",
        "additionalProperties",
        "patternProperties",
        "$defs",
        "minimum",
        "pattern",
        "maxLength",
        "dependencies",
        "unevaluatedProperties",
        "a",
        "definitions",
        "contains",
        "uniqueItems",
    ]);
    leaf.prop_recursive(5, 40, 5, move |inner| {
        prop_oneof![
            prop::collection::vec((keyword.clone(), inner.clone()), 0..5).prop_map(|members| {
                let members = members
                    .iter()
                    .map(|(name, value)| format!("{name:?}: {value}"));
                format!("{{{}}}", members.collect::<Vec<_>>().join(", "))
            }),
            prop::collection::vec(inner, 0..4).prop_map(|items| format!("[{}]", items.join(", "))),
        ]
    })
}

/// Loads two files that may refer to each other; lowers what has no errors.
fn survive(a: &str, b: &str) {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("a.json"), a).unwrap();
    fs::write(folder.path().join("b.json"), b).unwrap();
    let (catalog, _) = load(folder.path());
    for (contract, release) in catalog.releases() {
        let mut found = Diagnostics::default();
        model::lower(
            &catalog.schemas,
            contract,
            release,
            Formats::Annotate,
            None,
            &mut found,
        );
    }
}

proptest! {
    // More by hand: PROPTEST_CASES=1000000 cargo test --release --test hostile.
    #[test]
    fn nearly_schemas(a in schema_text(), b in schema_text()) {
        survive(&a, &b);
    }

    #[test]
    fn cut_and_changed(text in schema_text(), at in any::<prop::sample::Index>(), byte in any::<u8>()) {
        let mut bytes = text.into_bytes();
        if !bytes.is_empty() {
            let at = at.index(bytes.len());
            bytes[at] = byte;
        }
        let text = String::from_utf8_lossy(&bytes).into_owned();
        survive(&text, "true");
    }
}
