//! A document that shows a break: two sides in; one that the writer sends and the reader refuses out.
//!
//! Guided by the difference: whole documents of the writer first, then each place of them varied with
//! values that either schema mentions there. Deterministic, and bounded by the work that is put before the validators. Nothing
//! leaves that both validators have not judged.

use std::cell::Cell;

use serde_json::Value;

use super::shape;
use super::side::Side;
use super::variants::Variants;
use crate::pointer::Pointer;
use crate::schema::instance::{Builder, Size};

/// How much is put before the validators where the two sides differ, in values of the documents.
const NEAR: usize = 20_000;
/// The same, everywhere.
const FAR: usize = 250_000;
/// The same, to make a witness smaller.
const SHRINKING: usize = 20_000;
/// The most whole documents that are varied.
const BASES: usize = 24;
/// How many ways alternatives are chosen in whole documents.
const TURNS: usize = 6;

/// A document that `writer` sends and `reader` refuses, looked for where the two differ.
pub(super) fn find(writer: &Side, reader: &Side) -> Option<Value> {
    let hunt = Hunt::new(writer, reader, NEAR);
    let found = hunt.search(&Variants::of_differences(&writer.value, &reader.value))?;
    Some(hunt.shrink(found))
}

/// The document made small, where both validators say that it is a witness.
pub(super) fn confirmed(writer: &Side, reader: &Side, document: Value) -> Option<Value> {
    let hunt = Hunt::new(writer, reader, usize::MAX);
    hunt.shows(&document).then(|| hunt.shrink(document))
}

/// The same with more patience, then everywhere.
pub(super) fn find_anywhere(writer: &Side, reader: &Side) -> Option<Value> {
    [Variants::of_differences, Variants::of_everything]
        .into_iter()
        .find_map(|variants| {
            let hunt = Hunt::new(writer, reader, FAR);
            let found = hunt.search(&variants(&writer.value, &reader.value))?;
            Some(hunt.shrink(found))
        })
}

/// Such a document among those of a schema that is known to describe them.
pub(super) fn among(writer: &Side, reader: &Side, remainder: &Value) -> Option<Value> {
    let hunt = Hunt::new(writer, reader, FAR);
    let mut documents = (0..TURNS).flat_map(|turn| whole(remainder, turn));
    let found = documents.find(|document| hunt.shows(document))?;
    Some(hunt.shrink(found))
}

/// A small and a full document of a schema; `turn` chooses among its alternatives.
fn whole(schema: &Value, turn: usize) -> impl Iterator<Item = Value> {
    [Size::Smallest, Size::Fullest]
        .into_iter()
        .filter_map(move |size| Builder::new(schema, size, turn).build(&[schema]))
}

struct Hunt<'a> {
    writer: &'a Side,
    reader: &'a Side,
    work: Cell<usize>,
}

impl<'a> Hunt<'a> {
    fn new(writer: &'a Side, reader: &'a Side, work: usize) -> Self {
        Self {
            writer,
            reader,
            work: Cell::new(work),
        }
    }

    /// Whether the document is a witness; the budget is spent here.
    fn shows(&self, document: &Value) -> bool {
        let Some(left) = self.work.get().checked_sub(shape::values(document)) else {
            self.work.set(0);
            return false;
        };
        self.work.set(left);
        self.reader.accepts(document) == Some(false) && self.writer.accepts(document) == Some(true)
    }

    fn is_spent(&self) -> bool {
        self.work.get() == 0
    }

    fn search(&self, variants: &Variants<'_>) -> Option<Value> {
        let mut bases: Vec<Value> = Vec::new();
        let mut next = 0;
        for turn in 0..TURNS {
            for document in whole(&self.writer.value, turn) {
                if self.shows(&document) {
                    return Some(document);
                }
                if !bases.contains(&document) && self.writer.accepts(&document) == Some(true) {
                    bases.push(document);
                }
            }
            while let Some(base) = bases.get(next).cloned() {
                next += 1;
                if let Some(found) = self.vary(variants, &base, &mut bases) {
                    return Some(found);
                }
                if self.is_spent() {
                    return None;
                }
            }
        }
        None
    }

    /// Puts every other value at every place of a document; new whole documents become bases.
    fn vary(&self, variants: &Variants<'_>, base: &Value, bases: &mut Vec<Value>) -> Option<Value> {
        let mut found = None;
        variants.visit(base, |place, value| {
            let mut document = base.clone();
            let Some(part) = document.pointer_mut(place.as_str()) else {
                return true;
            };
            *part = value;
            if self.shows(&document) {
                found = Some(document);
            } else if bases.len() < BASES
                && shape_differs(&document, base, place)
                && self.writer.accepts(&document) == Some(true)
                && !bases.contains(&document)
            {
                bases.push(document);
            }
            found.is_none() && !self.is_spent()
        });
        found
    }

    /// Leaves out whatever the document shows the break without.
    fn shrink(&self, document: Value) -> Value {
        self.work.set(SHRINKING);
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
                        if self.is_spent() {
                            return None;
                        }
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
                        if self.is_spent() {
                            return None;
                        }
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
