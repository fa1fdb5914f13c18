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
use fault::{Faults, Position};
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
    let mut program = Program::new(files);
    let number = program.enter(entry);
    if !program.faults.is_empty() {
        return Err(program.faults);
    }
    let unit = number.and_then(|number| program.units.get(number));
    let start = unit.filter(|unit| cpp::starts(&unit.file));
    let Some(unit) = start else {
        let mut faults = Faults::new(entry);
        let help = "add `void OnStart(void)`";
        let place = Position { line: 1, column: 1 };
        faults.add("start-missing", place, "nothing to run", help);
        return Err(faults.sorted());
    };
    Ok(cpp::print(
        unit.visible
            .iter()
            .filter_map(|number| program.units.get(*number)),
    ))
}
