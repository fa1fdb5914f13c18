//! The front end of the MQL4 subset our generator emits: texts in; faults, or one C++ text, out.
//!
//! It reads the emitted text, never the generator's tree, so what it approves is what a terminal
//! would be given. Everything outside the subset is a fault with a rule and a place. Knows nothing
//! of schemas and models, and meets no disk and no process.

mod builtins;
mod checks;
mod cpp;
mod fault;
mod flow;
mod kind;
mod lexer;
mod literal;
mod names;
mod parser;
mod preprocessor;
mod program;
mod symbols;
mod syntax;
mod words;

use std::collections::BTreeMap;

pub use fault::Fault;
use program::Program;

/// Checks every file reachable from the entries; each once, its faults in order of place, the
/// files in the order a compiler meets their declarations.
///
/// `files` maps paths to texts; `#include <X\Y.mqh>` means `Include/X/Y.mqh`.
pub fn check(files: &BTreeMap<String, String>, entries: &[&str]) -> Vec<Fault> {
    let mut program = Program::new(files);
    for entry in entries {
        program.enter(entry);
    }
    program.faults
}

/// Checks, then prints one C++17 translation unit for `entry`, an `.mq4` with `OnStart`.
///
/// The unit includes `mql4.hpp`, which models the built-ins, and ends in a `main`.
pub fn translate(files: &BTreeMap<String, String>, entry: &str) -> Result<String, Vec<Fault>> {
    let mut units = translate_all(files, &[entry]);
    units.pop().expect("an entry gives a unit or its faults")
}

/// What [`translate`] says of each entry; files that several include are read once.
pub fn translate_all(
    files: &BTreeMap<String, String>,
    entries: &[&str],
) -> Vec<Result<String, Vec<Fault>>> {
    let mut program = Program::new(files);
    let numbers: Vec<_> = entries.iter().map(|entry| program.enter(entry)).collect();
    let pairs = entries.iter().zip(numbers);
    pairs
        .map(|(entry, number)| program.print(entry, number))
        .collect()
}
