//! The meaning of a file: declarations become symbols in the order they stand, bodies are typed.
//!
//! One pass, so that whatever is used before it is declared is unknown at that point.

mod call;
mod class;
mod declare;
mod expression;
mod function;
mod operator;
mod statement;

use std::collections::BTreeSet;

use super::fault::{Faults, Position};
use super::kind::{Kind, Misfit, Operand};
use super::names;
use super::symbols::{FileId, Global, Meaning, Symbols};
use super::syntax::{File, Item, Name};

/// Checks a file whose includes are checked, and adds its declarations to the symbols.
pub(super) fn check<'a>(
    file: &File<'a>,
    number: FileId,
    visible: &BTreeSet<FileId>,
    symbols: &mut Symbols<'a>,
    faults: &mut Faults,
) {
    let declared = file
        .items
        .iter()
        .flat_map(declare::declared_names)
        .collect();
    let mut scope = Scope {
        number,
        visible,
        symbols,
        faults,
        declared,
    };
    scope.check_clashes(file);
    if let Some(guard) = file.guard {
        scope.declare(guard, Meaning::Guard);
    }
    for item in &file.items {
        scope.item(item);
    }
    scope.check_finished(file);
}

/// What the checks of one file share.
struct Scope<'s, 'a> {
    number: FileId,
    visible: &'s BTreeSet<FileId>,
    symbols: &'s mut Symbols<'a>,
    faults: &'s mut Faults,
    /// Every global the file declares anywhere, to tell "too early" from "nowhere".
    declared: BTreeSet<&'a str>,
}

impl<'a> Scope<'_, 'a> {
    fn item(&mut self, item: &Item<'a>) {
        match item {
            Item::Define(define) => self.define(define),
            Item::Enum(item) => self.enumeration(item),
            Item::Forward(name) => self.forward(*name),
            Item::Class(class) => self.class(class),
            Item::Function(function) => self.function(function),
            Item::Constant(declaration) => self.constants(declaration),
        }
    }

    fn check_clashes(&mut self, file: &File<'a>) {
        for name in self.symbols.clashes(self.visible) {
            if let Some(include) = file.includes.last() {
                let message = format!("two included files declare `{name}`");
                self.faults
                    .add("defined-twice", include.at, message, "prefix one of them");
            }
        }
    }

    /// What was promised and never came: classes, and the bodies of methods.
    fn check_finished(&mut self, file: &File<'a>) {
        for item in &file.items {
            let (Item::Forward(name) | Item::Class(super::syntax::Class { name, .. })) = item
            else {
                continue;
            };
            let Some(id) = self.class_named(name.text) else {
                continue;
            };
            let class = self.symbols.class(id);
            if !class.complete {
                let message = format!("class `{}` is never defined", name.text);
                self.faults.add(
                    "undefined-class",
                    name.at,
                    message,
                    "define it in this file",
                );
            }
            for (method, overloads) in &class.methods {
                for overload in overloads.iter().filter(|overload| !overload.defined) {
                    let message = format!("method `{method}` has no body");
                    let help = "define it in this file";
                    self.faults
                        .add("undefined-method", overload.at, message, help);
                }
            }
        }
    }

    /// Adds a global; refuses names that are taken. Overloads and forward classes pass by here
    /// only once.
    fn declare(&mut self, name: Name<'a>, meaning: Meaning) {
        if let Some(taken) = names::taken_global(name.text) {
            let message = format!("`{}` collides with `{taken}`", name.text);
            self.faults.add(
                "reserved-name",
                name.at,
                message,
                "prefix it with the contract",
            );
        }
        let earlier = self.symbols.meanings(name.text, self.visible).next();
        if let Some(earlier) = earlier {
            let message = if earlier.file == self.number {
                format!(
                    "`{}` is already declared on line {}",
                    name.text, earlier.at.line
                )
            } else {
                format!("`{}` is already declared by an included file", name.text)
            };
            self.faults
                .add("defined-twice", name.at, message, "rename one of them");
        }
        self.add(name, meaning);
    }

    fn add(&mut self, name: Name<'a>, meaning: Meaning) {
        let global = Global {
            file: self.number,
            at: name.at,
            meaning,
        };
        self.symbols.add(name.text, global);
    }

    /// Refuses a name of a smaller scope that is taken everywhere.
    fn check_taken(&mut self, name: Name<'a>) {
        if names::taken(name.text).is_some() {
            let message = format!("`{}` is a name of MQL4 or C++", name.text);
            self.faults
                .add("reserved-name", name.at, message, "append `_`");
        }
    }

    fn is_global(&self, name: Name<'a>) -> bool {
        self.symbols
            .meanings(name.text, self.visible)
            .next()
            .is_some()
    }

    fn class_named(&self, name: &str) -> Option<usize> {
        self.symbols
            .meanings(name, self.visible)
            .find_map(|global| match global.meaning {
                Meaning::Class(id) => Some(id),
                Meaning::Enum(_) | Meaning::Function(_) | Meaning::Constant(_) | Meaning::Guard => {
                    None
                }
            })
    }

    /// The type a word names; reported and unknown when it names none.
    fn kind(&mut self, name: Name<'a>) -> Kind {
        if let Some(kind) = Kind::scalar(name.text) {
            return kind;
        }
        let meaning = self.symbols.meanings(name.text, self.visible).next();
        match meaning.map(|global| global.meaning) {
            Some(Meaning::Class(id)) => Kind::Class(id),
            Some(Meaning::Enum(id)) => Kind::Enum(id),
            Some(Meaning::Function(_) | Meaning::Constant(_) | Meaning::Guard) => {
                let message = format!("`{}` is not a type", name.text);
                self.faults.add("unknown-type", name.at, message, "");
                Kind::Unknown
            }
            None => {
                self.unknown(name, "unknown-type", "type");
                Kind::Unknown
            }
        }
    }

    /// A name nothing visible here declares.
    fn unknown(&mut self, name: Name<'a>, rule: &'static str, what: &str) {
        if self.declared.contains(name.text) {
            let message = format!("`{}` is used before it is declared", name.text);
            self.faults.add(
                "used-before-definition",
                name.at,
                message,
                "declare it above",
            );
        } else {
            let message = format!("there is no {what} `{}`", name.text);
            self.faults.add(
                rule,
                name.at,
                message,
                "declare it, or include its file here",
            );
        }
    }

    /// Reports an operand that does not become `target`.
    fn misfit(&mut self, at: Position, target: Kind, operand: &Operand, misfit: Misfit) {
        let (from, to) = (self.symbols.describe(operand), self.symbols.word(target));
        let message = match operand.known {
            Some(value) => format!("{value} of `{from}` does not become `{to}` by itself"),
            None => format!("`{from}` does not become `{to}` by itself"),
        };
        self.faults.add(misfit.rule, at, message, misfit.help);
    }
}
