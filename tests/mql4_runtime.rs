//! Proves the MQL4 runtime by running it: MQL4 text through the front end, the C++ it prints through
//! a compiler, commands in, answers out.
//!
//! `vectors.jsonl` holds the hard cases, each with its answer or error; more numbers and strings are
//! generated here, Rust's own parsing and printing saying what is right. `mutants.json` holds small
//! faults: each, put into the runtime, must give at least one wrong answer.
#![allow(
    clippy::disallowed_methods,
    reason = "a test driver meets the disk and starts programs"
)]

mod mql4_runtime {
    pub(crate) mod bench;
    pub(crate) mod generated;
    pub(crate) mod validator;
}

use std::collections::BTreeMap;

use mql4_runtime::bench::{Bench, runtime_files, vectors};
use mql4_runtime::{generated, validator};
use rayon::prelude::*;
use serde::Deserialize;

const SANITIZED: &[&str] = &[
    "-O1",
    "-Wall",
    "-Wextra",
    "-Wconversion",
    "-Werror",
    "-fsanitize=address,undefined",
];
const QUICK: &[&str] = &["-O0"];

#[test]
fn the_runtime_answers_every_vector() {
    let Some(bench) = Bench::set_up(SANITIZED) else {
        return;
    };
    let mut commands = vectors();
    commands.extend(generated::commands());
    let wrong = bench
        .wrong_answers(&runtime_files(), &commands)
        .expect("the runtime compiles and runs");
    assert!(
        wrong.is_empty(),
        "{} of {} answers:\n{}",
        wrong.len(),
        commands.len(),
        wrong.join("\n")
    );
}

#[test]
fn the_vectors_say_what_the_validator_says() {
    let wrong: Vec<String> = vectors()
        .iter()
        .filter_map(validator::disagreement)
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// A fault to put into the runtime: `find`, which must stand once in `file`, becomes `replace`.
#[derive(Deserialize)]
struct Mutant {
    name: String,
    file: String,
    find: String,
    replace: String,
}

#[test]
fn no_mutant_of_the_runtime_survives() {
    let Some(bench) = Bench::set_up(QUICK) else {
        return;
    };
    let text = include_str!("mql4_runtime/mutants.json");
    let mutants: Vec<Mutant> =
        serde_json::from_str(text).expect("mutants.json is a list of mutants");
    let (files, commands) = (runtime_files(), vectors());
    let faults: Vec<String> = mutants
        .par_iter()
        .filter_map(|mutant| {
            let fault = match mutated(&files, mutant)
                .and_then(|files| bench.wrong_answers(&files, &commands))
            {
                Ok(wrong) if wrong.is_empty() => "survived".to_owned(),
                Ok(_) => return None,
                Err(fault) => fault,
            };
            Some(format!("{}: {fault}", mutant.name))
        })
        .collect();
    assert!(
        faults.is_empty(),
        "{} of {} mutants:\n{}",
        faults.len(),
        mutants.len(),
        faults.join("\n")
    );
}

fn mutated(
    files: &BTreeMap<String, String>,
    mutant: &Mutant,
) -> Result<BTreeMap<String, String>, String> {
    let path = format!("Include/Contracts/{}", mutant.file);
    let text = files
        .get(&path)
        .ok_or_else(|| format!("`{}` is not a file of the runtime", mutant.file))?;
    match text.matches(&mutant.find).count() {
        1 => {}
        count => {
            return Err(format!(
                "`{}` stands {count} times in `{}`",
                mutant.find, mutant.file
            ));
        }
    }
    let mut files = files.clone();
    files.insert(path, text.replace(&mutant.find, &mutant.replace));
    Ok(files)
}
