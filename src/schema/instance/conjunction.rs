//! What several schemas demand of one value together, with one choice made where they leave several.

use std::collections::BTreeSet;

use serde_json::{Map, Value};

use crate::number::{self, Decimal};
use crate::schema::Kinds;

/// The keywords of all schemas that judge one value, references and combinators followed.
#[derive(Clone, Debug)]
pub struct Conjunction<'a> {
    root: &'a Value,
    maps: Vec<&'a Map<String, Value>>,
    refused: Vec<&'a Map<String, Value>>,
    /// How many more schemas may be followed.
    work: u32,
}

impl<'a> Conjunction<'a> {
    /// Follows `schemas`, looking at no more than `work`; `turn` says which alternatives are taken.
    /// `None` where one is `false` or there is too much to follow; and the work that is left.
    pub fn of(
        root: &'a Value,
        schemas: &[&'a Value],
        turn: usize,
        work: u32,
    ) -> (Option<Self>, u32) {
        let mut all = Self {
            root,
            maps: Vec::new(),
            refused: Vec::new(),
            work,
        };
        let joined = schemas.iter().all(|schema| all.add(schema, turn));
        let left = all.work;
        (joined.then_some(all), left)
    }

    /// Adds one more schema to the demands.
    pub fn add(&mut self, schema: &'a Value, turn: usize) -> bool {
        let map = match schema {
            Value::Bool(all) => return *all,
            Value::Object(map) => map,
            Value::Null | Value::Number(_) | Value::String(_) | Value::Array(_) => return true,
        };
        let Some(work) = self.work.checked_sub(1) else {
            return false;
        };
        self.work = work;
        if self.maps.iter().any(|seen| std::ptr::eq(*seen, map)) {
            return true;
        }
        self.maps.push(map);
        let target = map
            .get("$ref")
            .and_then(Value::as_str)
            .and_then(|text| self.root.pointer(text.trim_start_matches('#')));
        if let Some(target) = target
            && !self.add(target, turn)
        {
            return false;
        }
        let list = |keyword: &str| map.get(keyword).and_then(Value::as_array);
        if !list("allOf")
            .into_iter()
            .flatten()
            .all(|it| self.add(it, turn))
        {
            return false;
        }
        for members in ["anyOf", "oneOf"].into_iter().filter_map(list) {
            let count = members.len().max(1);
            // The first of the members, from the turn's on, that can be joined with the rest.
            let mut work = self.work;
            let joined = (0..count).find_map(|step| {
                let mut trial = self.clone();
                trial.work = work;
                let member = members.get((turn + step) % count)?;
                let fits = trial.add(member, turn / count) && !trial.kinds().is_empty();
                work = trial.work;
                fits.then_some(trial)
            });
            self.work = work;
            match joined {
                Some(joined) => *self = joined,
                None => return false,
            }
        }
        if let Some(Value::Object(refused)) = map.get("not") {
            self.refused.push(refused);
        }
        self.condition(map, turn)
    }

    fn condition(&mut self, map: &'a Map<String, Value>, turn: usize) -> bool {
        let Some(condition) = map.get("if") else {
            return true;
        };
        let before = self.clone();
        let met = |all: &mut Self| {
            all.add(condition, turn) && map.get("then").is_none_or(|then| all.add(then, turn))
        };
        if turn.is_multiple_of(2) {
            let mut trial = before.clone();
            if met(&mut trial) && !trial.kinds().is_empty() {
                *self = trial;
                return true;
            }
            self.work = trial.work;
        }
        if let Value::Object(refused) = condition {
            self.refused.push(refused);
        }
        let otherwise = map.get("else");
        if otherwise.is_none_or(|otherwise| self.add(otherwise, turn)) {
            return true;
        }
        *self = Self {
            work: self.work,
            ..before
        };
        met(self)
    }

    /// Every schema that was followed, in the order met.
    pub fn schemas(&self) -> &[&'a Map<String, Value>] {
        &self.maps
    }

    /// The values of a keyword in each schema that has it.
    pub fn each(&self, keyword: &str) -> impl Iterator<Item = &'a Value> + use<'a> {
        let values: Vec<&Value> = self
            .maps
            .iter()
            .filter_map(|map| map.get(keyword))
            .collect();
        values.into_iter()
    }

    /// The types that all allow.
    pub fn kinds(&self) -> Kinds {
        self.maps
            .iter()
            .map(|map| match map.get("type") {
                Some(Value::String(name)) => Kinds::from_name(name).unwrap_or(Kinds::ALL),
                Some(Value::Array(names)) => names
                    .iter()
                    .filter_map(|name| Kinds::from_name(name.as_str()?))
                    .fold(Kinds::NONE, Kinds::union),
                _ => Kinds::ALL,
            })
            .fold(Kinds::ALL, Kinds::intersection)
    }

    /// The types that the keywords speak of.
    pub(super) fn meant(&self) -> Kinds {
        let speaks = |keywords: &[&str]| {
            self.maps
                .iter()
                .any(|map| keywords.iter().any(|keyword| map.contains_key(*keyword)))
        };
        let mut meant = Kinds::NONE;
        if speaks(&[
            "properties",
            "required",
            "patternProperties",
            "additionalProperties",
        ]) {
            meant = meant.union(Kinds::OBJECT);
        }
        if speaks(&[
            "items",
            "prefixItems",
            "contains",
            "minItems",
            "uniqueItems",
        ]) {
            meant = meant.union(Kinds::ARRAY);
        }
        if speaks(&["pattern", "minLength", "maxLength", "format"]) {
            meant = meant.union(Kinds::STRING);
        }
        if speaks(&["minimum", "maximum", "multipleOf", "exclusiveMinimum"]) {
            meant = meant.union(Kinds::NUMBER);
        }
        meant
    }

    /// The values that `enum` and `const` leave, where there are any such keywords.
    pub fn values(&self) -> Option<Vec<&'a Value>> {
        let constants = self.each("const").map(|constant| vec![constant]);
        let lists = self
            .each("enum")
            .filter_map(|list| Some(list.as_array()?.iter().collect::<Vec<_>>()));
        let kinds = self.kinds();
        let left = constants.chain(lists).reduce(|kept, list| {
            kept.into_iter()
                .filter(|value| list.iter().any(|other| number::same(value, other)))
                .collect()
        })?;
        Some(
            left.into_iter()
                .filter(|value| kinds.contains(Kinds::of(value)) && !self.excludes(value))
                .collect(),
        )
    }

    /// Whether a `not` plainly refuses the value.
    pub(super) fn excludes(&self, value: &Value) -> bool {
        self.refused.iter().any(|map| {
            let constant = map.get("const").is_some_and(|it| number::same(it, value));
            let listed = map
                .get("enum")
                .and_then(Value::as_array)
                .is_some_and(|list| list.iter().any(|it| number::same(it, value)));
            let only_type = map.len() == 1 && map.contains_key("type");
            let of_kind = only_type && {
                let kinds = match map.get("type") {
                    Some(Value::String(name)) => Kinds::from_name(name),
                    _ => None,
                };
                kinds.is_some_and(|kinds| kinds.contains(Kinds::of(value)))
            };
            constant || listed || of_kind
        })
    }

    /// The names a `not: { required: [one] }` refuses.
    pub(super) fn refused_names(&self) -> BTreeSet<&'a str> {
        self.refused
            .iter()
            .filter_map(|map| match map.get("required")?.as_array()?.as_slice() {
                [only] => only.as_str(),
                _ => None,
            })
            .collect()
    }

    /// The largest of a keyword's counts.
    pub fn at_least(&self, keyword: &str) -> usize {
        self.each(keyword)
            .filter_map(|it| usize::try_from(it.as_u64()?).ok())
            .max()
            .unwrap_or(0)
    }

    /// The smallest of a keyword's counts.
    pub fn at_most(&self, keyword: &str) -> Option<usize> {
        self.each(keyword)
            .filter_map(|it| usize::try_from(it.as_u64()?).ok())
            .min()
    }

    /// The numbers of a keyword.
    pub fn numbers(&self, keyword: &str) -> impl Iterator<Item = Decimal> + use<'a> {
        self.each(keyword)
            .filter_map(|value| value.as_number().map(Decimal::of))
    }

    /// The texts of a keyword, those in its list where it is one.
    pub fn texts(&self, keyword: &str) -> Vec<&'a str> {
        self.each(keyword)
            .flat_map(|value| match value {
                Value::Array(list) => list.iter().filter_map(Value::as_str).collect(),
                Value::String(text) => vec![text.as_str()],
                Value::Null | Value::Bool(_) | Value::Number(_) | Value::Object(_) => Vec::new(),
            })
            .collect()
    }

    /// The names that the map of a keyword has.
    pub fn names(&self, keyword: &str) -> Vec<&'a str> {
        self.each(keyword)
            .filter_map(Value::as_object)
            .flat_map(|map| map.keys().map(String::as_str))
            .collect()
    }

    /// Every schema that judges the member `name`.
    pub fn member(&self, name: &str) -> Vec<&'a Value> {
        let mut schemas = Vec::new();
        let mut declared = false;
        for map in &self.maps {
            let mut known = false;
            if let Some(schema) = map.get("properties").and_then(|it| it.get(name)) {
                known = true;
                schemas.push(schema);
            }
            if let Some(Value::Object(patterns)) = map.get("patternProperties") {
                for (pattern, schema) in patterns {
                    if super::text::matches(pattern, name) {
                        known = true;
                        schemas.push(schema);
                    }
                }
            }
            if !known {
                schemas.extend(map.get("additionalProperties"));
            }
            declared |= known || map.contains_key("additionalProperties");
        }
        if !declared {
            schemas.extend(self.each("unevaluatedProperties"));
        }
        schemas
    }

    /// Every schema that judges the element at `index`.
    pub fn element(&self, index: usize) -> Vec<&'a Value> {
        let schemas: Vec<&Value> = self
            .maps
            .iter()
            .filter_map(|map| {
                let prefix = map.get("prefixItems").and_then(Value::as_array);
                prefix
                    .and_then(|prefix| prefix.get(index))
                    .or_else(|| map.get("items"))
            })
            .collect();
        if schemas.is_empty() {
            self.each("unevaluatedItems").collect()
        } else {
            schemas
        }
    }
}
