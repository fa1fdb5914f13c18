//! A document that shows a break: two sides in; one that the writer sends and the reader refuses out.
//!
//! Guided by the difference: whole documents of the writer first, then each place of them varied with
//! values that either schema mentions there. Deterministic, and bounded by a number of tries. Nothing
//! leaves that both validators have not judged.

use std::cell::Cell;

use serde_json::Value;

use super::side::Side;
use super::variants::Variants;
use crate::pointer::Pointer;
use crate::schema::instance::{Builder, Size};

/// The most documents put before the validators for one pair.
const TRIES: u32 = 6_000;
/// The most whole documents that are varied.
const BASES: usize = 24;
/// How many ways alternatives are chosen in whole documents.
const TURNS: usize = 6;

/// A document that `writer` sends and `reader` refuses, looked for where the two differ.
pub(super) fn find(writer: &Side, reader: &Side) -> Option<Value> {
    let hunt = Hunt::new(writer, reader);
    let found = hunt.search(&Variants::of_differences(&writer.value, &reader.value))?;
    Some(hunt.shrink(found))
}

/// The same, looked for everywhere.
pub(super) fn find_anywhere(writer: &Side, reader: &Side) -> Option<Value> {
    let hunt = Hunt::new(writer, reader);
    let found = hunt.search(&Variants::of_everything(&writer.value, &reader.value))?;
    Some(hunt.shrink(found))
}

/// Such a document among those of a schema that is known to describe them.
pub(super) fn among(writer: &Side, reader: &Side, remainder: &Value) -> Option<Value> {
    let hunt = Hunt::new(writer, reader);
    let mut documents = whole(remainder).into_iter();
    let found = documents.find(|document| hunt.shows(document))?;
    Some(hunt.shrink(found))
}

/// Documents of a schema, small and full, with its alternatives chosen in several ways.
fn whole(schema: &Value) -> Vec<Value> {
    (0..TURNS)
        .flat_map(|turn| [(Size::Smallest, turn), (Size::Fullest, turn)])
        .filter_map(|(size, turn)| Builder::new(schema, size, turn).build(&[schema]))
        .collect()
}

struct Hunt<'a> {
    writer: &'a Side,
    reader: &'a Side,
    tries: Cell<u32>,
}

impl<'a> Hunt<'a> {
    fn new(writer: &'a Side, reader: &'a Side) -> Self {
        Self {
            writer,
            reader,
            tries: Cell::new(TRIES),
        }
    }

    /// Whether the document is a witness; the budget is spent here.
    fn shows(&self, document: &Value) -> bool {
        let Some(left) = self.tries.get().checked_sub(1) else {
            return false;
        };
        self.tries.set(left);
        self.reader.accepts(document) == Some(false) && self.writer.accepts(document) == Some(true)
    }

    fn search(&self, variants: &Variants<'_>) -> Option<Value> {
        let mut bases: Vec<Value> = Vec::new();
        for document in whole(&self.writer.value) {
            if self.shows(&document) {
                return Some(document);
            }
            if !bases.contains(&document) && self.writer.accepts(&document) == Some(true) {
                bases.push(document);
            }
        }
        let mut next = 0;
        while let Some(base) = bases.get(next).cloned() {
            next += 1;
            if let Some(found) = self.vary(variants, &base, &mut bases) {
                return Some(found);
            }
            if self.tries.get() == 0 {
                return None;
            }
        }
        None
    }

    /// Puts every other value at every place of a document; new whole documents become bases.
    fn vary(&self, variants: &Variants<'_>, base: &Value, bases: &mut Vec<Value>) -> Option<Value> {
        let found = variants.visit(base, |place, values| {
            for value in values {
                let mut document = base.clone();
                *document.pointer_mut(place.as_str())? = value;
                if self.shows(&document) {
                    return Some(Some(document));
                }
                if self.tries.get() == 0 {
                    return Some(None);
                }
                if bases.len() < BASES
                    && shape_differs(&document, base, place)
                    && self.writer.accepts(&document) == Some(true)
                    && !bases.contains(&document)
                {
                    bases.push(document);
                }
            }
            None
        });
        found.flatten()
    }

    /// Leaves out whatever the document shows the break without.
    fn shrink(&self, document: Value) -> Value {
        self.tries.set(400);
        let mut smallest = document;
        while let Some(smaller) = self.smaller(&smallest) {
            smallest = smaller;
        }
        smallest
    }

    fn smaller(&self, document: &Value) -> Option<Value> {
        let mut places = vec![Pointer::root()];
        while let Some(place) = places.pop() {
            match place.find(document)? {
                Value::Object(members) => {
                    for name in members.keys() {
                        let mut trial = document.clone();
                        let object = trial.pointer_mut(place.as_str())?.as_object_mut()?;
                        object.shift_remove(name);
                        if self.shows(&trial) {
                            return Some(trial);
                        }
                        places.push(place.join(name));
                    }
                }
                Value::Array(items) => {
                    for index in (0..items.len()).rev() {
                        let mut trial = document.clone();
                        trial
                            .pointer_mut(place.as_str())?
                            .as_array_mut()?
                            .remove(index);
                        if self.shows(&trial) {
                            return Some(trial);
                        }
                        places.push(place.index(index));
                    }
                }
                Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
            }
        }
        None
    }
}

/// Whether a variant opens places that the base does not have.
fn shape_differs(document: &Value, base: &Value, place: &Pointer) -> bool {
    match (place.find(document), place.find(base)) {
        (Some(Value::Object(new)), Some(Value::Object(old))) => {
            new.keys().any(|name| !old.contains_key(name))
        }
        (Some(Value::Array(new)), Some(Value::Array(old))) => old.is_empty() && !new.is_empty(),
        (Some(Value::Object(_) | Value::Array(_)), _) => true,
        _ => false,
    }
}
