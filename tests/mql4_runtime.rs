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
    pub(crate) mod seams;
    pub(crate) mod validator;
}

use std::collections::BTreeMap;

use mql4_runtime::bench::{Bench, runtime_files, translated, vectors};
use mql4_runtime::seams::{Seams, Variants};
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
fn the_runtime_answers_every_command() {
    let Some(bench) = Bench::set_up(SANITIZED) else {
        return;
    };
    let program = translated(&runtime_files()).and_then(|unit| bench.program(&unit));
    let mut commands = vectors();
    commands.extend(generated::commands());
    let wrong = bench.wrong_answers(&program.expect("the runtime compiles"), None, &commands);
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

/// A mutant the compiler or the front end refuses is not killed: it is a fault of the list.
#[test]
fn no_mutant_of_the_runtime_survives() {
    let Some(bench) = Bench::set_up(QUICK) else {
        return;
    };
    let text = include_str!("mql4_runtime/mutants.json");
    let mutants: Vec<Mutant> =
        serde_json::from_str(text).expect("mutants.json is a list of mutants");
    let (files, commands) = (runtime_files(), vectors());
    let sound = Seams::of(&translated(&files).expect("the runtime is sound"));
    let units: Result<Vec<String>, String> = mutants
        .par_iter()
        .map(|mutant| translated(&mutated(&files, mutant)?))
        .collect();
    let units = units.expect("every mutant is MQL4");

    // most mutants differ in one function: those share one program
    let mut together = Variants::new();
    let mut alone = Vec::new();
    for ((number, mutant), unit) in mutants.iter().enumerate().zip(&units) {
        match sound.difference(&Seams::of(unit)) {
            Some((header, body)) => {
                together
                    .entry(header)
                    .or_default()
                    .push((number, mutant.name.clone(), body));
            }
            None => alone.push((number, unit)),
        }
    }
    let shared = bench
        .program(&sound.with(&together))
        .expect("the mutants compile together");
    let wrong = bench.wrong_answers(&shared, None, &commands);
    assert!(
        wrong.is_empty(),
        "without a fault there are wrong answers:\n{}",
        wrong.join("\n")
    );

    let survives_alone = |&(number, unit): &(usize, &String)| {
        let program = bench.program(unit).expect("the mutant compiles");
        bench
            .wrong_answers(&program, Some(number), &commands)
            .is_empty()
            .then_some(number)
    };
    let survives = |number: usize| {
        bench
            .wrong_answers(&shared, Some(number), &commands)
            .is_empty()
    };
    let mut survivors: Vec<usize> = alone.par_iter().filter_map(survives_alone).collect();
    let numbers = together.values().flatten().map(|(number, ..)| *number);
    survivors.par_extend(
        numbers
            .collect::<Vec<_>>()
            .into_par_iter()
            .filter(|number| survives(*number)),
    );
    let names: Vec<&str> = survivors
        .iter()
        .map(|number| mutants[*number].name.as_str())
        .collect();
    assert!(
        names.is_empty(),
        "{} of {} survive:\n{}",
        names.len(),
        mutants.len(),
        names.join("\n")
    );
}

/// The files with the fault in them.
fn mutated(
    files: &BTreeMap<String, String>,
    mutant: &Mutant,
) -> Result<BTreeMap<String, String>, String> {
    let path = format!("Include/Contracts/{}", mutant.file);
    let text = files
        .get(&path)
        .ok_or_else(|| format!("`{path}` is not a file of the runtime"))?;
    let count = text.matches(&mutant.find).count();
    if count != 1 {
        return Err(format!(
            "{}: `{}` stands {count} times in `{path}`",
            mutant.name, mutant.find
        ));
    }
    let mut files = files.clone();
    files.insert(path, text.replace(&mutant.find, &mutant.replace));
    Ok(files)
}
