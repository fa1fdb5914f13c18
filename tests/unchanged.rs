//! `gen` a second time: it says what it said, and nothing that differs goes unseen.

#![expect(
    clippy::disallowed_methods,
    clippy::unwrap_used,
    reason = "a test writes files, and may fail"
)]

use std::fs;
use std::path::Path;

use snapbox::cmd::{Command, cargo_bin};

/// A workspace with a warning, and a reference to a file that is not there.
fn workspace() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let write = |path: &str, text: &str| {
        let path = folder.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    };
    write(
        "contracts.toml",
        "layout = \"schemas/{name}@{version}.json\"\n[targets.pydantic]\nout = \"out\"\n",
    );
    let schema =
        |properties: &str| format!("{{\"type\": \"object\", \"properties\": {{{properties}}}}}");
    write(
        "schemas/Order@1.0.json",
        &schema("\"size\": {\"minimum\": 1, \"properties\": {\"a\": {}}}"),
    );
    write(
        "schemas/Trade@1.0.json",
        &schema("\"part\": {\"$ref\": \"../parts/part.json\"}"),
    );
    folder
}

/// What `gen` says, without the counts of files.
fn generate(folder: &Path) -> (String, String) {
    let output = Command::new(cargo_bin!("contracts"))
        .arg("gen")
        .current_dir(folder)
        .output()
        .unwrap();
    let said = String::from_utf8(output.stdout).unwrap();
    let (counts, rest) = said.lines().partition(|line| line.contains(" written, "));
    let joined = |lines: Vec<&str>| lines.join("\n");
    (joined(counts), joined(rest))
}

fn module(folder: &Path) -> String {
    fs::read_to_string(folder.join("out/contracts_models/trade/v1.py")).unwrap()
}

#[test]
fn the_same_is_said_again_and_every_change_is_seen() {
    let workspace = workspace();
    let folder = workspace.path();
    let (first, findings) = generate(folder);
    assert!(first.contains("0 unchanged"), "{first}");
    assert!(findings.contains("type-missing") && findings.contains("parts/part.json"));
    assert!(folder.join("target/contracts/gen.json").is_file());
    let before = module(folder);

    let (again, same) = generate(folder);
    assert!(again.contains(" 0 written"), "{again}");
    assert_eq!(same, findings);

    let file = folder.join("out/contracts_models/trade/v1.py");
    fs::write(&file, format!("{before}# mine\n")).unwrap();
    assert!(generate(folder).0.contains(" 1 written"));
    assert_eq!(module(folder), before);

    fs::remove_file(&file).unwrap();
    assert!(generate(folder).0.contains(" 1 written"));
    assert_eq!(module(folder), before);

    let stray = folder.join("out/contracts_models/stray.py");
    fs::write(&stray, before.lines().next().unwrap()).unwrap();
    generate(folder);
    assert!(!stray.exists());

    fs::create_dir(folder.join("parts")).unwrap();
    fs::write(folder.join("parts/part.json"), "{\"type\": \"string\"}").unwrap();
    assert!(!generate(folder).1.contains("parts/part.json"));
    assert_ne!(module(folder), before);

    let schema = folder.join("schemas/Order@1.0.json");
    fs::write(&schema, "{\"type\": \"string\"}").unwrap();
    let (counts, rest) = generate(folder);
    assert!(!counts.contains(" 0 written"), "{counts}");
    assert!(!rest.contains("type-missing"), "{rest}");
}
