//! The files of a program: each read and checked once, those it includes before it.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use super::checks;
use super::cpp;
use super::fault::{Fault, Faults, Position};
use super::lexer;
use super::parser::{self, Role};
use super::preprocessor;
use super::symbols::{FileId, Symbols};
use super::syntax::{File, Include};

/// How deep includes may nest.
const INCLUDE_LIMIT: usize = 32;

/// A file that has been read.
#[derive(Debug)]
pub(super) struct Unit<'a> {
    pub(super) path: &'a str,
    pub(super) file: File<'a>,
    /// Itself and what it includes, directly or not.
    pub(super) visible: BTreeSet<FileId>,
    /// Whether it and all it includes could be read whole.
    sound: bool,
}

/// All files read so far, in the order a compiler would meet their declarations.
#[derive(Debug)]
pub(super) struct Program<'a> {
    texts: &'a BTreeMap<String, String>,
    pub(super) units: Vec<Unit<'a>>,
    pub(super) symbols: Symbols<'a>,
    pub(super) faults: Vec<Fault>,
    /// None while the file's own includes are being read.
    numbers: BTreeMap<&'a str, Option<FileId>>,
}

impl<'a> Program<'a> {
    pub(super) fn new(texts: &'a BTreeMap<String, String>) -> Self {
        let (units, faults) = (Vec::new(), Vec::new());
        Self {
            texts,
            units,
            symbols: Symbols::default(),
            faults,
            numbers: BTreeMap::new(),
        }
    }

    /// Reads and checks a file that nothing includes.
    pub(super) fn enter(&mut self, path: &str) -> Option<FileId> {
        let Some((path, text)) = self.texts.get_key_value(path) else {
            let mut faults = Faults::new(path);
            let start = Position { line: 1, column: 1 };
            faults.add(
                "include-missing",
                start,
                format!("there is no file `{path}`"),
                "",
            );
            self.faults.extend(faults.sorted());
            return None;
        };
        match self.numbers.get(path.as_str()) {
            Some(known) => *known,
            None => Some(self.read(path, text, 0)),
        }
    }

    /// The C++ of an entry and all it includes, or the faults of those files.
    pub(super) fn print(&self, entry: &str, number: Option<FileId>) -> Result<String, Vec<Fault>> {
        let unit = number.and_then(|number| self.units.get(number));
        let visible = unit.into_iter().flat_map(|unit| &unit.visible);
        let units: Vec<&Unit<'_>> = visible
            .filter_map(|number| self.units.get(*number))
            .collect();
        let own = |fault: &&Fault| {
            fault.path == entry || units.iter().any(|unit| unit.path == fault.path)
        };
        let faults: Vec<Fault> = self.faults.iter().filter(own).cloned().collect();
        if !faults.is_empty() {
            return Err(faults);
        }
        if !unit.is_some_and(|unit| cpp::starts(&unit.file)) {
            let mut faults = Faults::new(entry);
            let help = "add `void OnStart(void)`";
            let place = Position { line: 1, column: 1 };
            faults.add("start-missing", place, "nothing to run", help);
            return Err(faults.sorted());
        }
        Ok(cpp::print(units.into_iter()))
    }

    fn read(&mut self, path: &'a str, text: &'a str, depth: usize) -> FileId {
        self.numbers.insert(path, None);
        let mut faults = Faults::new(path);
        let extension = Path::new(path).extension();
        let is_program = extension.is_some_and(|extension| extension == "mq4");
        let role = if is_program {
            Role::Program
        } else {
            Role::Header
        };
        let (file, mut sound) = match lexer::tokens(text, &mut faults) {
            Some(tokens) => parser::parse(&tokens, role, &mut faults),
            None => (File::default(), false),
        };
        let mut visible = BTreeSet::new();
        for include in &file.includes {
            match self.include(path, include, depth, &mut faults) {
                Some(unit) => {
                    sound &= unit.sound;
                    visible.extend(unit.visible.iter().copied());
                }
                None => sound = false,
            }
        }
        let number = self.units.len();
        visible.insert(number);
        // A file that is not whole would only be blamed for what was given up.
        if sound {
            checks::check(&file, number, &visible, &mut self.symbols, &mut faults);
        }
        self.faults.extend(faults.sorted());
        self.units.push(Unit {
            path,
            file,
            visible,
            sound,
        });
        self.numbers.insert(path, Some(number));
        number
    }

    fn include(
        &mut self,
        from: &str,
        include: &Include<'a>,
        depth: usize,
        faults: &mut Faults,
    ) -> Option<&Unit<'a>> {
        let path = preprocessor::resolve(include.target, include.beside, from);
        let Some((path, text)) = self.texts.get_key_value(&path) else {
            let message = format!("there is no file `{path}`");
            faults.add(
                "include-missing",
                include.at,
                message,
                "its case must match, too",
            );
            return None;
        };
        let number = match self.numbers.get(path.as_str()) {
            Some(Some(number)) => *number,
            Some(None) => {
                let message = format!("`{path}` includes itself through this");
                let help = "move what both need into a third file";
                faults.add("include-cycle", include.at, message, help);
                return None;
            }
            None if depth >= INCLUDE_LIMIT => {
                let message = format!("includes nest more than {INCLUDE_LIMIT} levels");
                faults.add(
                    "nesting-depth",
                    include.at,
                    message,
                    "include it further up",
                );
                return None;
            }
            None => self.read(path, text, depth + 1),
        };
        self.units.get(number)
    }
}
