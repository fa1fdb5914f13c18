//! Versions against a baseline, by files: `against/<case>/{was,now}/` → `report.txt`. Every case is asked with the
//! past as a folder and as a revision, from the ways a repository can lie; all must say the same.
//!
//! Update with `SNAPSHOTS=overwrite cargo test --test against`.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::disallowed_methods,
    clippy::format_push_string,
    clippy::needless_pass_by_value,
    clippy::needless_raw_string_hashes,
    clippy::print_stdout,
    unreachable_pub,
    reason = "a test may fail, and its fixtures are files"
)]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use snapbox::{Data, assert_data_eq};

fn cases() -> Vec<PathBuf> {
    let entries = fs::read_dir("tests/against").unwrap();
    let mut cases: Vec<PathBuf> = entries.map(|entry| entry.unwrap().path()).collect();
    cases.sort();
    cases
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

/// Runs git with nobody's settings.
fn git(folder: &Path, arguments: &[&str]) {
    let mut command = Command::new("git");
    command.current_dir(folder).args(["-c", "user.name=x"]);
    command
        .args(["-c", "user.email=x@example.com"])
        .args(arguments);
    command
        .env("GIT_CONFIG_GLOBAL", "/dev/null")
        .env("GIT_CONFIG_NOSYSTEM", "1");
    for name in ["GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE"] {
        command.env_remove(name);
    }
    let output = command.output().unwrap();
    let error = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "git {arguments:?}: {error}");
}

fn has_git() -> bool {
    let there = Command::new("git").arg("--version").output().is_ok();
    if !there {
        println!("skipped: git is not on this machine");
    }
    there
}

/// What `contracts check --against <what>` says in `folder`, both streams.
fn check(folder: &Path, what: &str) -> String {
    let mut command = Command::new(env!("CARGO_BIN_EXE_contracts"));
    command
        .current_dir(folder)
        .args(["check", "--against", what]);
    let output = command.output().unwrap();
    let streams = [output.stdout, output.stderr].concat();
    String::from_utf8(streams).unwrap()
}

/// A repository whose last commit holds `was` in `below`, and whose work tree holds `now` there.
fn repository(case: &Path, repository: &Path, below: &str) {
    fs::create_dir_all(repository).unwrap();
    git(repository, &["init", "--quiet", "--initial-branch=main"]);
    let folder = repository.join(below);
    copy(&case.join("was"), &folder);
    git(repository, &["add", "."]);
    git(repository, &["commit", "--quiet", "--message=was"]);
    replace(case, &folder);
}

fn replace(case: &Path, folder: &Path) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() && path.file_name().unwrap() != ".git" {
            fs::remove_dir_all(path).unwrap();
        } else if path.is_file() && path.file_name().unwrap() != ".git" {
            fs::remove_file(path).unwrap();
        }
    }
    copy(&case.join("now"), folder);
}

#[test]
fn folders_and_revisions_say_the_same() {
    for case in cases() {
        let scratch = tempfile::tempdir().unwrap();
        copy(&case.join("was"), &scratch.path().join("past"));
        copy(&case.join("now"), &scratch.path().join("here"));
        let told = check(&scratch.path().join("here"), "folder:../past");
        let absolute = scratch.path().canonicalize().unwrap();
        let told = told.replace(&format!("{}/here/../past", absolute.display()), "../past");
        assert_data_eq!(
            told.clone(),
            Data::read_from(&case.join("report.txt"), None).raw()
        );
        if !has_git() {
            continue;
        }
        let whole = scratch.path().join("whole");
        repository(&case, &whole, "");
        let renamed = told.replace("../past/", "HEAD:").replace("../past", "HEAD");
        assert_eq!(check(&whole, "HEAD"), renamed, "{case:?}");

        let part = scratch.path().join("part");
        repository(&case, &part, "a/b");
        let renamed = told
            .replace("../past/", "main:a/b/")
            .replace("../past", "main");
        assert_eq!(check(&part.join("a/b"), "git:main"), renamed, "{case:?}");

        // A work tree beside a bare clone; what is compared with is a remote's branch and a tag there.
        let bare = scratch.path().join("bare.git");
        let (from, to) = (part.to_str().unwrap(), bare.to_str().unwrap());
        git(scratch.path(), &["clone", "--quiet", "--bare", from, to]);
        git(&bare, &["tag", "v1"]);
        git(&bare, &["gc", "--quiet"]);
        git(&bare, &["worktree", "add", "--quiet", "../beside"]);
        let beside = scratch.path().join("beside");
        replace(&case, &beside.join("a/b"));
        let renamed = told.replace("../past/", "v1:a/b/").replace("../past", "v1");
        assert_eq!(check(&beside.join("a/b"), "v1"), renamed, "{case:?}");
    }
}

#[test]
fn a_revision_that_is_not_here_says_how_to_get_it() {
    if !has_git() {
        return;
    }
    let scratch = tempfile::tempdir().unwrap();
    let case = Path::new("tests/against/edited");
    let origin = scratch.path().join("origin");
    repository(case, &origin, "");
    git(&origin, &["commit", "--quiet", "--all", "--message=now"]);
    let url = format!("file://{}", origin.canonicalize().unwrap().display());
    git(
        scratch.path(),
        &["clone", "--quiet", "--depth=1", &url, "shallow"],
    );
    let shallow = scratch.path().join("shallow");
    let said = |what: &str| check(&shallow, what);
    assert_data_eq!(
        [
            "HEAD~1",
            "git:0123456789",
            "origin/next",
            "origin/mian",
            "HEAD:events",
            "1.7"
        ]
        .map(said)
        .concat(),
        snapbox::str![[r#"
error: `HEAD~1` is no version, no folder and no git revision
help: history was cut off when it was cloned: `git fetch --unshallow` brings the rest
error: no revision is called `0123456789`
help: history was cut off when it was cloned: `git fetch --unshallow` brings the rest
error: `origin/next` is no version, no folder and no git revision
help: bring it here with `git fetch origin next:refs/remotes/origin/next`, or clone all of history (`fetch-depth: 0`)
error: `origin/mian` is no version, no folder and no git revision
help: did you mean `origin/main`?
error: `HEAD:events` is no version, no folder and no git revision
help: history was cut off when it was cloned: `git fetch --unshallow` brings the rest
error: no contract has a version 1.7

"#]]
    );
    fs::create_dir_all(shallow.join("main")).unwrap();
    fs::create_dir_all(shallow.join("1.0")).unwrap();
    assert_data_eq!(
        ["main", "1.0"].map(said).concat(),
        snapbox::str![[r#"
error: `main` is a folder and a git revision
help: say `folder:main` or `git:main`
error: `1.0` is a version and a folder
help: say `version:1.0` or `folder:1.0`

"#]]
    );
}
