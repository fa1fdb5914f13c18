//! The regular expressions of a model, numbered, with the automaton of each that has one.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use serde::{Serialize, Serializer};

use super::manifest;
use super::pattern::{Dialect, translate};
use crate::model::pattern::{Automaton, Unheld, compile};
use crate::model::{Body, Check, Extra, Model, Shape, Type};

/// The automata made so far, for all models of a run: schemas share their patterns.
#[derive(Default)]
pub(super) struct Compiled(Mutex<BTreeMap<String, Result<Arc<Automaton>, Unheld>>>);

impl Compiled {
    fn of(&self, pattern: &str) -> Result<Arc<Automaton>, Unheld> {
        let known = || self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(made) = known().get(pattern) {
            return made.clone();
        }
        let made = compile(pattern).map(Arc::new);
        known().insert(pattern.to_owned(), made.clone());
        made
    }
}

/// A pattern with its automaton.
#[derive(Clone, Debug, Serialize)]
pub(super) struct Pattern {
    /// Its place in the list.
    number: usize,
    /// As the schema has it.
    #[serde(rename = "pattern")]
    text: String,
    #[serde(serialize_with = "shared")]
    automaton: Arc<Automaton>,
}

fn shared<S: Serializer>(automaton: &Arc<Automaton>, serializer: S) -> Result<S::Ok, S::Error> {
    automaton.as_ref().serialize(serializer)
}

/// A pattern without an automaton.
pub(super) struct Missing {
    pub(super) pattern: String,
    /// The declaration it is met in first.
    pub(super) origin: String,
    pub(super) why: String,
}

/// The patterns of one model.
#[derive(Default)]
pub(super) struct Patterns {
    wanted: manifest::Patterns,
    list: Vec<Pattern>,
    numbers: BTreeMap<String, Option<usize>>,
    /// Those that no automaton holds.
    pub(super) missing: Vec<Missing>,
}

impl Patterns {
    /// Those of `model`, as a target wants them.
    pub(super) fn of(model: &Model, wanted: manifest::Patterns, compiled: &Compiled) -> Self {
        let mut patterns = Self {
            wanted,
            ..Self::default()
        };
        for declaration in &model.declarations {
            let mut take = |pattern: &str| patterns.take(pattern, &declaration.origin, compiled);
            match &declaration.body {
                Body::Choice(_) => {}
                Body::Alias { type_ } => in_type(type_, &mut take),
                Body::Union(union) => {
                    for variant in &union.variants {
                        in_type(&variant.type_, &mut take);
                    }
                }
                Body::Record(record) => {
                    for field in &record.fields {
                        in_type(&field.type_, &mut take);
                    }
                    if let Extra::Typed { type_ } = &record.extra {
                        in_type(type_, &mut take);
                    }
                }
            }
            if let Some(check) = &declaration.residue {
                in_check(check, &mut take);
            }
        }
        let root = model.declarations.get(model.root);
        let origin = root.map_or_else(String::new, |root| root.origin.clone());
        for check in &model.checks {
            in_check(check, &mut |pattern| {
                patterns.take(pattern, &origin, compiled);
            });
        }
        patterns
    }

    fn take(&mut self, pattern: &str, origin: &str, compiled: &Compiled) {
        if self.numbers.contains_key(pattern) {
            return;
        }
        let automaton = match self.wanted {
            manifest::Patterns::Text => Ok(None),
            manifest::Patterns::Automaton => match compiled.of(pattern) {
                Ok(automaton) => Ok(Some(automaton)),
                Err(why) => Err(why.to_string()),
            },
            manifest::Patterns::Python => {
                let said = [Dialect::Rust, Dialect::Python].map(|it| translate(pattern, it));
                let why =
                    "it looks behind at texts of several lengths, or asks for a property unknown";
                said.iter()
                    .any(Option::is_some)
                    .then_some(None)
                    .ok_or(why.to_owned())
            }
        };
        let number = match automaton {
            Ok(None) => None,
            Ok(Some(automaton)) => {
                let number = self.list.len();
                self.list.push(Pattern {
                    number,
                    text: pattern.to_owned(),
                    automaton,
                });
                Some(number)
            }
            Err(why) => {
                self.missing.push(Missing {
                    pattern: pattern.to_owned(),
                    origin: origin.to_owned(),
                    why,
                });
                None
            }
        };
        self.numbers.insert(pattern.to_owned(), number);
    }

    /// The number of a pattern that has an automaton.
    pub(super) fn number(&self, pattern: &str) -> Option<usize> {
        self.numbers.get(pattern).copied().flatten()
    }

    /// Those that have an automaton.
    pub(super) fn into_list(self) -> Vec<Pattern> {
        self.list
    }
}

fn in_type(type_: &Type, take: &mut dyn FnMut(&str)) {
    match &type_.shape {
        Shape::Text(text) => {
            if let Some(pattern) = &text.pattern {
                take(pattern);
            }
        }
        Shape::List(list) => in_type(&list.item, take),
        Shape::Map(map) => in_type(&map.value, take),
        Shape::Tuple(tuple) => {
            for item in &tuple.items {
                in_type(item, take);
            }
        }
        Shape::Anything
        | Shape::Null
        | Shape::Boolean
        | Shape::Integer(_)
        | Shape::Number(_)
        | Shape::Named { .. } => {}
    }
}

fn in_check(check: &Check, take: &mut dyn FnMut(&str)) {
    if let Check::Pattern { pattern } = check {
        take(pattern);
    }
    if let Check::Properties { patterns, .. } = check {
        for pattern in patterns.keys() {
            take(pattern);
        }
    }
    for part in check.parts() {
        in_check(part, take);
    }
}
