//! The floors of `src`: imports run downhill, every room has a floor, no file holds two ideas.

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
use std::path::{Path, PathBuf};

/// Room and floor. A file imports only from lower floors, or from its own room.
const FLOORS: &[(&str, u8)] = &[
    ("pointer", 1),
    ("number", 1),
    ("source", 2),
    ("diagnostic", 3),
    ("tree", 3),
    ("schema", 4),
    ("config", 5),
    ("catalog", 6),
    ("model", 7),
    ("compat", 8),
    ("target", 8),
    ("mql4", 8),
    ("verify", 9),
    ("report", 10),
    ("render", 11),
    ("pipeline", 12),
    ("workflow", 13),
    ("cli", 14),
    ("main", 15),
    ("lib", 15),
];

const MOST_LINES: usize = 400;

fn files(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            found.push(path);
        }
    }
}

fn sources() -> Vec<(String, String)> {
    let mut found = Vec::new();
    files(Path::new("src"), &mut found);
    found.sort();
    found
        .into_iter()
        .map(|path| {
            let name = path.to_str().unwrap().replace('\\', "/");
            let text = fs::read_to_string(&path).unwrap();
            (name, text)
        })
        .collect()
}

/// The room of `src/room.rs` and of `src/room/…`.
fn room(path: &str) -> &str {
    path.trim_start_matches("src/")
        .split(['/', '.'])
        .next()
        .unwrap()
}

fn floor(room: &str) -> Option<u8> {
    FLOORS
        .iter()
        .find(|(name, _)| *name == room)
        .map(|(_, floor)| *floor)
}

#[test]
fn every_room_has_a_floor_and_every_floor_a_room() {
    let sources = sources();
    for (path, _) in &sources {
        assert!(
            floor(room(path)).is_some(),
            "{path}: no floor names its room"
        );
    }
    for (name, _) in FLOORS {
        assert!(
            sources.iter().any(|(path, _)| room(path) == *name),
            "no room `{name}`"
        );
    }
}

#[test]
fn imports_run_downhill() {
    for (path, text) in sources() {
        let own = room(&path);
        for (number, line) in text.lines().enumerate() {
            // What stands in a string is code for others.
            let code: String = line.split('"').step_by(2).collect();
            let uses = code.split("crate::").skip(1);
            for used in uses.filter(|_| !line.trim_start().starts_with("//")) {
                let names = used.trim_start_matches('{');
                let other = names
                    .split(|c: char| !c.is_alphanumeric() && c != '_')
                    .next()
                    .unwrap();
                let place = format!("{path}:{}", number + 1);
                let Some(theirs) = floor(other) else {
                    panic!("{place}: `crate::{other}` is no room; nobody imports from lib.rs");
                };
                let downhill = other == own || theirs < floor(own).unwrap();
                assert!(downhill, "{place}: `{own}` may not import from `{other}`");
            }
        }
    }
}

#[test]
fn files_hold_one_idea() {
    for (path, text) in sources() {
        let lines = text.lines().count();
        assert!(lines <= MOST_LINES, "{path} has {lines} lines: two ideas");
    }
}
