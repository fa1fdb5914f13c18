//! Documents made from a schema: a bundle in; the smallest or the fullest document it accepts out.
//!
//! Deterministic and bounded: the same schema gives the same document on every machine. The search is
//! by construction, not complete: `None` does not say that the schema accepts nothing. Everything that
//! comes out of [`smallest`] and [`fullest`] has been accepted by the validator.

mod array;
mod conjunction;
mod number;
mod object;
mod text;

use std::cell::Cell;

use serde_json::{Value, json};

use super::{Kinds, Validator};
pub use conjunction::Conjunction;

/// How often the choices among alternatives are varied before giving up.
const TURNS: usize = 12;
/// Deeper than this only what is required is built.
const FULL_DEPTH: usize = 6;
/// Deeper than this the first alternative is taken: one that holds itself would have no end.
const TURN_DEPTH: usize = 3;
/// Deeper than this nothing is built.
const DEEPEST: usize = 40;
/// The most values and schemas that are looked at for one document.
const WORK: u32 = 20_000;
/// After so many, only what is required is built: a schema that holds itself in many ways fans out.
const FULL_WORK: u32 = 600;

/// What a document is meant to be like.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Size {
    /// Only what is required, each value as small as can be.
    Smallest,
    /// Everything that is declared, each value as large as is handy.
    Fullest,
}

/// The smallest document that `validator`, compiled from `bundle`, accepts.
pub fn smallest(bundle: &Value, validator: &Validator) -> Option<Value> {
    first(bundle, Size::Smallest, validator)
}

/// The fullest document that `validator`, compiled from `bundle`, accepts.
pub fn fullest(bundle: &Value, validator: &Validator) -> Option<Value> {
    first(bundle, Size::Fullest, validator)
}

fn first(bundle: &Value, size: Size, validator: &Validator) -> Option<Value> {
    (0..TURNS)
        .filter_map(|turn| Builder::new(bundle, size, turn).build(&[bundle]))
        .find(|document| validator.accepts(document))
}

/// Builds values from schemas of one bundle. What it builds is meant to be accepted, not known to be.
#[derive(Debug)]
pub struct Builder<'a> {
    root: &'a Value,
    size: Size,
    /// Which of several choices is taken: varied to reach other alternatives.
    turn: usize,
    work: Cell<u32>,
    /// With less patience left than this, only what is required is built.
    full_above: u32,
}

impl<'a> Builder<'a> {
    /// A builder for the schemas in `root`, a bundle.
    pub fn new(root: &'a Value, size: Size, turn: usize) -> Self {
        Self {
            root,
            size,
            turn,
            work: Cell::new(WORK),
            full_above: WORK - FULL_WORK,
        }
    }

    /// The same builder with less patience: at most `work` values and schemas are looked at.
    #[must_use]
    pub fn limited(self, work: u32) -> Self {
        let work = work.min(WORK);
        Self {
            work: Cell::new(work),
            full_above: work.saturating_sub(FULL_WORK),
            ..self
        }
    }

    /// How much of its patience is left.
    pub fn work_left(&self) -> u32 {
        self.work.get()
    }

    /// A value for all of `schemas` together.
    pub fn build(&self, schemas: &[&'a Value]) -> Option<Value> {
        self.value(schemas, 0)
    }

    /// Which alternatives are taken at a depth.
    fn choice(&self, depth: usize) -> usize {
        if depth < TURN_DEPTH { self.turn } else { 0 }
    }

    fn value(&self, schemas: &[&'a Value], depth: usize) -> Option<Value> {
        let left = self.work.get().checked_sub(1)?;
        self.work.set(left);
        if depth > DEEPEST {
            return None;
        }
        let (demands, left) = Conjunction::of(self.root, schemas, self.choice(depth), left);
        self.work.set(left);
        let demands = demands?;
        if let Some(values) = demands.values() {
            return self.one_of(&values);
        }
        let kinds = demands.kinds();
        let order = self.order(kinds, &demands);
        order
            .into_iter()
            .filter_map(|kind| self.of_kind(kind, &demands, depth))
            .find(|value| !demands.excludes(value))
    }

    /// What a builder of another size or turn would build, from the same patience.
    fn turned(
        &self,
        size: Size,
        turn: usize,
        schemas: &[&'a Value],
        depth: usize,
    ) -> Option<Value> {
        let other = Self {
            root: self.root,
            size,
            turn,
            work: self.work.clone(),
            full_above: self.full_above,
        };
        let value = other.value(schemas, depth);
        self.work.set(other.work.get());
        value
    }

    fn one_of(&self, values: &[&Value]) -> Option<Value> {
        let last = values.len().checked_sub(1)?;
        let index = match self.size {
            Size::Smallest => self.turn % values.len(),
            Size::Fullest => last - self.turn % values.len(),
        };
        values.get(index).map(|value| (*value).clone())
    }

    /// The types in the order they are tried.
    fn order(&self, kinds: Kinds, demands: &Conjunction<'_>) -> Vec<Kinds> {
        let mut order = vec![
            Kinds::NULL,
            Kinds::BOOLEAN,
            Kinds::INTEGER,
            Kinds::NUMBER,
            Kinds::STRING,
            Kinds::ARRAY,
            Kinds::OBJECT,
        ];
        order.retain(|kind| kinds.contains(*kind));
        if self.size == Size::Fullest {
            order.reverse();
        }
        // Where no type is said, the type that the other keywords speak of is meant.
        let meant = demands.meant();
        order.sort_by_key(|kind| !meant.meets(*kind));
        if !order.is_empty() && self.turn > 0 {
            let shift = self.turn % order.len();
            order.rotate_left(shift);
        }
        order
    }

    fn of_kind(&self, kind: Kinds, demands: &Conjunction<'a>, depth: usize) -> Option<Value> {
        let few = self.work.get() > self.full_above;
        let full = self.size == Size::Fullest && depth < FULL_DEPTH && few;
        match kind {
            Kinds::NULL => Some(Value::Null),
            Kinds::BOOLEAN => Some(json!(full)),
            Kinds::INTEGER => number::build(demands, true, full, self.turn),
            Kinds::NUMBER => number::build(demands, false, full, self.turn),
            Kinds::STRING => text::build(demands, full, self.turn),
            Kinds::ARRAY => array::build(self, demands, full, depth),
            _ => object::build(self, demands, full, depth),
        }
    }
}

pub use text::{from_pattern as text_of_pattern, of_length as text_of_length, sample};

#[cfg(test)]
mod tests {
    use super::*;
    use crate::schema::{Draft, Formats};

    fn both(schema: &Value) -> (Option<Value>, Option<Value>) {
        let validator = Validator::of(schema, Draft::Draft202012, Formats::Assert).unwrap();
        (smallest(schema, &validator), fullest(schema, &validator))
    }

    #[test]
    fn documents_are_found_for_every_kind_of_demand() {
        for schema in [
            json!({}),
            json!({ "type": "integer", "minimum": 3, "multipleOf": 7 }),
            json!({ "type": "number", "exclusiveMinimum": 0, "exclusiveMaximum": 0.5 }),
            json!({ "type": "number", "multipleOf": 0.01, "minimum": 0.015 }),
            json!({ "type": "string", "pattern": "^[A-Z]{3}-\\d+$", "minLength": 9 }),
            json!({ "type": "string", "format": "date-time" }),
            json!({ "type": "array", "items": { "type": "integer" }, "minItems": 3, "uniqueItems": true }),
            json!({ "type": "array", "contains": { "const": 7 }, "minContains": 2 }),
            json!({ "type": "object", "minProperties": 3, "propertyNames": { "maxLength": 2 } }),
            json!({ "required": ["a", "b"], "properties": { "a": { "enum": [1, 2] } } }),
            json!({ "type": "object", "required": ["a"], "dependentRequired": { "a": ["b"] } }),
            json!({ "allOf": [{ "required": ["a"] }, { "properties": { "a": { "type": "null" } } }] }),
            json!({ "oneOf": [{ "type": "string", "maxLength": 0 }, { "type": "string" }] }),
            json!({ "type": "string", "not": { "const": "" } }),
            json!({ "if": { "type": "null" }, "then": false, "else": { "type": "string" } }),
            json!({
                "$defs": { "node": {
                    "type": "object", "required": ["next"],
                    "properties": { "next": { "anyOf": [{ "$ref": "#/$defs/node" }, { "type": "null" }] } }
                } },
                "$ref": "#/$defs/node"
            }),
        ] {
            let (smallest, fullest) = both(&schema);
            assert!(smallest.is_some(), "nothing small for {schema}");
            assert!(fullest.is_some(), "nothing full for {schema}");
        }
    }

    #[test]
    fn small_is_small_and_full_is_full() {
        let schema = json!({
            "type": "object",
            "required": ["a"],
            "properties": { "a": { "type": ["string", "null"] }, "b": { "type": "boolean" } }
        });
        let (smallest, fullest) = both(&schema);
        assert_eq!(smallest, Some(json!({ "a": null })));
        assert_eq!(fullest, Some(json!({ "a": "text", "b": true })));
    }
}
