//! The MQL4 front end, by files: `refused` says which rule is broken where, `accepted` is legal,
//! and the C++ of `accepted/program.mq4` is `program.cpp`.

#![expect(
    clippy::disallowed_methods,
    clippy::indexing_slicing,
    clippy::unwrap_used,
    reason = "fixtures are files, and a test may fail"
)]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use contracts::mql4::{Fault, check, translate};
use proptest::prelude::*;

const FOLDER: &str = "tests/mql4";

fn is_of(path: &str, extension: &str) -> bool {
    Path::new(path)
        .extension()
        .is_some_and(|found| found == extension)
}

/// The texts of a folder and what all folders share, as if under `Include`.
fn texts(folder: &str) -> BTreeMap<String, String> {
    let mut texts = BTreeMap::new();
    for path in [Path::new(FOLDER).join(folder), PathBuf::from(FOLDER)] {
        for entry in fs::read_dir(path).unwrap() {
            let path = entry.unwrap().path();
            let name = path.file_name().unwrap().to_str().unwrap();
            if path.is_file() && !is_of(name, "cpp") {
                texts.insert(
                    format!("Include/{name}"),
                    fs::read_to_string(&path).unwrap(),
                );
            }
        }
    }
    texts
}

fn faults(texts: &BTreeMap<String, String>, path: &str) -> Vec<Fault> {
    if is_of(path, "mq4") {
        translate(texts, path).err().unwrap_or_default()
    } else {
        check(texts, &[path])
    }
}

#[test]
fn every_refused_text_breaks_its_rule_at_its_place() {
    let texts = texts("refused");
    for (path, text) in &texts {
        let Some((_, wanted)) = text.trim_end().rsplit_once("// refused: ") else {
            continue;
        };
        let found: Vec<String> = faults(&texts, path)
            .iter()
            .map(|fault| format!("{} at {}:{}", fault.rule, fault.line, fault.column))
            .collect();
        assert_eq!(found, [wanted], "{path}");
        let rule = wanted.split(' ').next().unwrap();
        assert!(
            path.starts_with(&format!("Include/{rule}")),
            "{path} is named after its rule"
        );
    }
}

#[test]
fn accepted_texts_have_no_fault() {
    let texts = texts("accepted");
    let entries: Vec<&str> = texts.keys().map(String::as_str).collect();
    assert_eq!(check(&texts, &entries), []);
}

#[test]
fn a_program_prints_as_cpp() {
    let printed = translate(&texts("accepted"), "Include/program.mq4").unwrap();
    let golden = Path::new(FOLDER).join("accepted/program.cpp");
    snapbox::assert_data_eq!(
        snapbox::Data::text(printed).raw(),
        snapbox::Data::read_from(&golden, None).raw()
    );
}

#[test]
fn a_shared_file_is_judged_once() {
    let mut texts = texts("refused");
    for number in 0..500 {
        let text = format!(
            "#ifndef N{number}_MQH\n#define N{number}_MQH\n#include <narrowing.mqh>\n#endif\n"
        );
        texts.insert(format!("Include/n{number}.mqh"), text);
    }
    let entries: Vec<&str> = texts
        .keys()
        .map(String::as_str)
        .filter(|path| path.starts_with("Include/n"))
        .collect();
    let narrowing = check(&texts, &entries);
    let count = narrowing
        .iter()
        .filter(|fault| fault.path == "Include/narrowing.mqh")
        .count();
    assert_eq!(count, 1);
}

#[test]
fn deep_nesting_is_a_fault() {
    for (open, close) in [
        ("(", ")"),
        ("-", ""),
        ("!", ""),
        ("a[", "]"),
        ("a.b", ""),
        ("{", "}"),
        ("if(a)", ""),
        ("1?", ":1"),
        ("(int)", ""),
    ] {
        let text = format!(
            "void F(void)\n{{\n int a={}1{};\n{}{}\n}}\n",
            open.repeat(50_000),
            close.repeat(50_000),
            open.repeat(50_000),
            close.repeat(50_000)
        );
        let texts = BTreeMap::from([("Include/deep.mqh".to_owned(), text)]);
        assert!(!check(&texts, &["Include/deep.mqh"]).is_empty());
    }
}

/// A legal text with a part cut out, doubled, or replaced by something else.
fn mutated() -> impl Strategy<Value = String> {
    let seeds: Vec<String> = texts("accepted")
        .into_values()
        .chain(texts("refused").into_values())
        .collect();
    let piece = prop_oneof![
        "[-(){};,<>=&*.!?:'\"\\\\#a-z0-9 \n]{0,6}",
        prop::sample::select(vec![
            "class ",
            "/*",
            "'",
            "\"",
            "#define X",
            "é",
            "case",
            "::",
            "\\x"
        ])
        .prop_map(str::to_owned),
    ];
    (
        prop::sample::select(seeds),
        any::<prop::sample::Index>(),
        0..40usize,
        piece,
    )
        .prop_map(|(text, start, length, piece)| {
            let characters: Vec<char> = text.chars().collect();
            let start = start.index(characters.len());
            let end = (start + length).min(characters.len());
            let (before, after) = (&characters[..start], &characters[end..]);
            before
                .iter()
                .copied()
                .chain(piece.chars())
                .chain(after.iter().copied())
                .collect()
        })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_text_panics(text in prop_oneof![mutated(), "\\PC{0,200}"]) {
        let mut texts = texts("accepted");
        texts.insert("Include/any.mq4".to_owned(), text);
        let _ = translate(&texts, "Include/any.mq4");
    }
}
