//! Pages stand on their own: of every workspace under `tests/cmd`, the page nests its tags, leads to places it
//! has, and asks for nothing from elsewhere.

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

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::Command;

fn workspaces() -> Vec<PathBuf> {
    let entries = std::fs::read_dir("tests/cmd").unwrap();
    let mut folders: Vec<PathBuf> = entries.map(|entry| entry.unwrap().path()).collect();
    folders.retain(|it| it.join("contracts.toml").is_file());
    folders.sort();
    folders
}

fn page(folder: &Path) -> String {
    let mut command = Command::new(env!("CARGO_BIN_EXE_contracts"));
    // Our own workspace has targets; what it would generate is on the page.
    let what = if folder == Path::new(".") {
        &["gen", "--check"][..]
    } else {
        &["check"][..]
    };
    command.args(what);
    command.args(["--format", "html", "--today", "2026-11-21"]);
    let output = command.current_dir(folder).output().unwrap();
    String::from_utf8(output.stdout).unwrap()
}

/// The tags of a page in order, each without its brackets.
fn tags(page: &str) -> Vec<&str> {
    let body = page.split("</style>").last().unwrap();
    let tags = body.split('<').skip(1);
    tags.map(|rest| rest.split_once('>').expect("a tag ends").0)
        .collect()
}

/// Every value of an attribute.
fn attributes<'a>(tags: &[&'a str], name: &str) -> Vec<&'a str> {
    let start = format!(" {name}=\"");
    let found = tags.iter().filter_map(|tag| tag.split_once(&start));
    found
        .map(|(_, rest)| rest.split('"').next().unwrap())
        .collect()
}

#[test]
fn pages_stand_on_their_own() {
    for folder in workspaces().into_iter().chain([PathBuf::from(".")]) {
        let page = page(&folder);
        let what = folder.display();
        assert!(page.starts_with("<!doctype html>"), "{what}");
        for absent in [
            "<script", "<link", "<img", "http:", "https:", "url(", "@import",
        ] {
            let own = page.split("<section").next().unwrap();
            assert!(!own.contains(absent), "{what}: {absent}");
        }
        let tags = tags(&page);
        let mut open = vec!["html", "head"];
        for tag in &tags {
            let name = tag.split([' ', '\n']).next().unwrap();
            match name.strip_prefix('/') {
                Some(name) => assert_eq!(open.pop(), Some(name), "{what}"),
                None => open.push(name),
            }
        }
        assert!(open.is_empty(), "{what}: {open:?} stay open");
        assert!(!tags.iter().any(|it| it.starts_with("script")), "{what}");
        let ids = attributes(&tags, "id");
        let known: BTreeSet<&str> = ids.iter().copied().collect();
        assert_eq!(known.len(), ids.len(), "{what}: an id stands twice");
        for link in attributes(&tags, "href") {
            let id = link.strip_prefix('#').expect("links stay on the page");
            assert!(known.contains(id), "{what}: nothing is called {id}");
        }
    }
}
