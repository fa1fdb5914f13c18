//! The front end's C++ unit cut at its functions, so that one program can hold many faults at once:
//! each function gets a body for every fault in it, and the program is told which fault to have.

use std::collections::BTreeMap;
use std::fmt::Write as _;

/// What says at run time which fault the program has.
pub(crate) const CHOICE: &str = "CONTRACTS_MUTANT";

/// What a unit declares, and the functions it defines, header and body.
pub(crate) struct Seams {
    declarations: String,
    functions: Vec<(String, String)>,
}

/// Other bodies for functions: by the header, the number of the fault, its name and the body.
pub(crate) type Variants = BTreeMap<String, Vec<(usize, String, String)>>;

impl Seams {
    /// Cuts a unit whose functions begin at the start of a line and are `static` if they are free.
    pub(crate) fn of(unit: &str) -> Self {
        let mut seams = Self {
            declarations: String::new(),
            functions: Vec::new(),
        };
        let mut depth = 0;
        let mut inside = false;
        for line in unit.lines().filter(|line| !line.starts_with("#line")) {
            let line = line.replace("[[maybe_unused]] static ", "");
            let deeper = depth + nesting(&line);
            if inside {
                let (_, body) = seams
                    .functions
                    .last_mut()
                    .expect("we are inside a function");
                let _ = writeln!(body, "{line}");
            } else if let Some((header, rest)) = line
                .split_once('{')
                .filter(|_| begins_function(&line, depth))
            {
                if !header.contains("::") {
                    let _ = writeln!(seams.declarations, "{header};");
                }
                seams
                    .functions
                    .push((header.to_owned(), format!("{rest}\n")));
                inside = true;
            } else {
                let _ = writeln!(seams.declarations, "{line}");
            }
            depth = deeper;
            inside = inside && depth > 0;
        }
        seams
    }

    /// The one function in which `other` differs; `None` if that is not all.
    pub(crate) fn difference(&self, other: &Self) -> Option<(String, String)> {
        if self.declarations != other.declarations || self.functions.len() != other.functions.len()
        {
            return None;
        }
        let pairs = self.functions.iter().zip(&other.functions);
        let mut different = pairs
            .filter(|(ours, theirs)| ours != theirs)
            .map(|(_, theirs)| theirs);
        let only = different.next()?;
        different.next().is_none().then(|| only.clone())
    }

    /// The unit with all variants in it.
    pub(crate) fn with(&self, variants: &Variants) -> String {
        let mut unit = self.declarations.clone();
        let _ = writeln!(
            unit,
            "static const char* const choice = std::getenv(\"{CHOICE}\");"
        );
        let _ = writeln!(
            unit,
            "static const int mutant = choice != nullptr ? std::atoi(choice) : -1;"
        );
        for (header, body) in &self.functions {
            let _ = writeln!(unit, "{header}{{");
            for (number, name, variant) in variants.get(header).into_iter().flatten() {
                let leave = if returns_nothing(header) {
                    "return;"
                } else {
                    ""
                };
                let _ = writeln!(
                    unit,
                    "if(mutant=={number}){{\n#line 1 {name:?}\n{{{variant}{leave}}}"
                );
            }
            let _ = write!(unit, "{body}");
        }
        unit
    }
}

fn begins_function(line: &str, depth: i32) -> bool {
    let header = line
        .split_once('{')
        .map_or("", |(header, _)| header)
        .trim_end();
    depth == 0 && header.contains('(') && (header.ends_with(')') || header.ends_with(" const"))
}

fn returns_nothing(header: &str) -> bool {
    let name = header.split('(').next().unwrap_or_default();
    name.starts_with("void ") || !name.contains(' ')
}

/// Braces opened less braces closed, those in strings left out.
fn nesting(line: &str) -> i32 {
    let mut depth = 0;
    let mut quoted = false;
    let mut characters = line.chars();
    while let Some(character) = characters.next() {
        match character {
            '"' => quoted = !quoted,
            '\\' if quoted => drop(characters.next()),
            '{' if !quoted => depth += 1,
            '}' if !quoted => depth -= 1,
            _ => {}
        }
    }
    depth
}
