//! Workflows as their users run them: `workflows/<case>/` is a project, `case.toml` what is run and expected.
//!
//! A case without a contracts.toml gets an empty one; `it.yaml` beside `case.toml` is the workflow `it`.

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

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use rayon::prelude::*;
use serde::Deserialize;

/// A case: one command, or several in turn.
#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct Case {
    /// Commands that go before, whatever becomes of them.
    #[serde(default)]
    before: Vec<Vec<String>>,
    #[serde(default)]
    steps: Vec<Step>,
    #[serde(flatten)]
    only: Option<Step>,
}

#[derive(Default, Deserialize)]
#[serde(rename_all = "kebab-case")]
struct Step {
    run: Vec<String>,
    #[serde(default)]
    status: i32,
    #[serde(default)]
    env: BTreeMap<String, String>,
    /// Files written before the command.
    #[serde(default)]
    write: BTreeMap<String, String>,
    #[serde(default)]
    remove: Vec<String>,
    #[serde(default)]
    stdout_has: Vec<String>,
    #[serde(default)]
    stdout_lacks: Vec<String>,
    #[serde(default)]
    stderr_has: Vec<String>,
    #[serde(default)]
    stderr_lacks: Vec<String>,
    #[serde(default)]
    files_have: BTreeMap<String, String>,
    #[serde(default)]
    files_are: BTreeMap<String, String>,
    #[serde(default)]
    files_gone: Vec<String>,
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let path = entry.unwrap().path();
        let target = to.join(path.file_name().unwrap());
        if path.is_dir() {
            copy(&path, &target);
        } else {
            fs::copy(&path, &target).unwrap();
        }
    }
}

/// A project of its own for a case.
fn project(case: &Path) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    copy(case, folder.path());
    let contracts = folder.path().join("contracts");
    fs::create_dir_all(contracts.join("workflows")).unwrap();
    if !contracts.join("contracts.toml").exists() {
        fs::write(contracts.join("contracts.toml"), "").unwrap();
    }
    let it = folder.path().join("it.yaml");
    if it.exists() {
        fs::rename(it, contracts.join("workflows/it.yaml")).unwrap();
    }
    fs::remove_file(folder.path().join("case.toml")).unwrap();
    folder
}

fn command(folder: &Path, step: &Step) -> (i32, String, String) {
    for (path, text) in &step.write {
        let path = folder.join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    for path in &step.remove {
        let path = folder.join(path);
        if path.is_dir() {
            fs::remove_dir_all(path).unwrap();
        } else {
            fs::remove_file(path).unwrap();
        }
    }
    let done = Command::new(env!("CARGO_BIN_EXE_contracts"))
        .args(&step.run)
        .current_dir(folder)
        .env_remove("GITHUB_ACTIONS")
        .env_remove("CONTRACTS_CACHE_REMOTE")
        .env("NO_COLOR", "1")
        .envs(
            step.env
                .iter()
                .map(|(name, value)| (name, value.replace("{project}", folder.to_str().unwrap()))),
        )
        .output()
        .unwrap();
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    (
        done.status.code().unwrap_or(-1),
        text(&done.stdout),
        text(&done.stderr),
    )
}

/// What went another way than a case expects.
fn wrong(case: &Path) -> Vec<String> {
    let text = fs::read_to_string(case.join("case.toml")).unwrap();
    let read: Case =
        toml::from_str(&text).unwrap_or_else(|error| panic!("{}: {error}", case.display()));
    let project = project(case);
    let folder = project.path();
    let steps: Vec<Step> = read.only.into_iter().chain(read.steps).collect();
    for arguments in read.before {
        let step = Step {
            run: arguments,
            ..Step::default()
        };
        command(folder, &step);
    }
    let mut wrong = Vec::new();
    for (index, step) in steps.iter().enumerate() {
        let (status, stdout, stderr) = command(folder, step);
        let mut say = |what: String| {
            wrong.push(format!(
                "{} (command {}: {}): {what}\n--- stdout\n{stdout}--- stderr\n{stderr}",
                case.display(),
                index + 1,
                step.run.join(" ")
            ));
        };
        if status != step.status {
            say(format!("exit code {status}, not {}", step.status));
        }
        let has = [
            (&stdout, &step.stdout_has, "stdout"),
            (&stderr, &step.stderr_has, "stderr"),
        ];
        for (text, wanted, name) in has {
            for wanted in wanted.iter().filter(|it| !text.contains(it.as_str())) {
                say(format!("{name} lacks {wanted:?}"));
            }
        }
        let lacks = [
            (&stdout, &step.stdout_lacks, "stdout"),
            (&stderr, &step.stderr_lacks, "stderr"),
        ];
        for (text, unwanted, name) in lacks {
            for unwanted in unwanted.iter().filter(|it| text.contains(it.as_str())) {
                say(format!("{name} has {unwanted:?}"));
            }
        }
        let read = |path: &str| fs::read_to_string(folder.join(path));
        for (path, wanted) in &step.files_have {
            if !read(path).is_ok_and(|text| text.contains(wanted)) {
                say(format!("`{path}` lacks {wanted:?}: {:?}", read(path)));
            }
        }
        for (path, wanted) in &step.files_are {
            if !read(path).is_ok_and(|text| text == *wanted) {
                say(format!("`{path}` is not {wanted:?}: {:?}", read(path)));
            }
        }
        for path in step.files_gone.iter().filter(|it| folder.join(it).exists()) {
            say(format!("`{path}` is there"));
        }
    }
    wrong
}

#[test]
fn cases() {
    let mut cases: Vec<PathBuf> = fs::read_dir("tests/workflows")
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.join("case.toml").exists())
        .collect();
    cases.sort();
    assert!(!cases.is_empty());
    let wrong: Vec<String> = cases.par_iter().flat_map(|case| wrong(case)).collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
}

#[test]
fn a_profile_holds_programs_to_its_paths_and_ports() {
    let project = project(Path::new("tests/workflows/confined"));
    let folder = project.path();
    let step = Step {
        run: vec!["run".to_owned(), "it".to_owned()],
        ..Step::default()
    };
    let (status, _, stderr) = command(folder, &step);
    assert_eq!(status, 0, "{stderr}");
    for (what, shown) in [
        ("writable paths", "failed    may_not"),
        ("TCP access", "PermissionError"),
    ] {
        if stderr.contains(&format!("{what} could")) {
            println!("skipped: this kernel does not enforce {what}");
        } else {
            assert!(stderr.contains(shown), "{stderr}");
        }
    }
    if !stderr.contains("writable paths could") {
        assert!(!folder.join("elsewhere").exists());
    }
}
