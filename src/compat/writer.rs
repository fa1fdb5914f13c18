//! A version as its writers use it: a bundle in; the bundle of what is really sent out.
//!
//! Under `undeclared = "writers-omit"` a writer sends only the properties its version declares, so
//! objects are closed here. What comes out accepts only documents the bundle accepts: constraints are
//! added to places that judge alone, and never below `not`, `if` or an overlapping `oneOf`.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value, json};

use super::shape::{self, IN_PLACE};

/// The bundle with objects that declare properties closed to all others.
pub(super) fn writer(bundle: &Value) -> Value {
    let mut closer = Closer {
        root: bundle,
        closed: BTreeMap::new(),
        queue: Vec::new(),
        changed: false,
    };
    let mut document = closer.place(bundle);
    while let Some(name) = closer.queue.pop() {
        let value = shape::definition(bundle, &name).map(|value| closer.place(value));
        closer.closed.insert(name, value);
    }
    if !closer.changed {
        return bundle.clone();
    }
    if let Some(definitions) = document.get_mut("$defs").and_then(Value::as_object_mut) {
        for (name, value) in closer.closed {
            definitions.extend(value.map(|value| (closed_name(&name), value)));
        }
    }
    document
}

/// What other schemas judge too, so that closing it here could refuse what they declare.
#[derive(Default)]
struct Shared<'a> {
    names: BTreeSet<&'a str>,
    elements: bool,
    rest: bool,
}

struct Closer<'a> {
    root: &'a Value,
    closed: BTreeMap<String, Option<Value>>,
    queue: Vec<String>,
    changed: bool,
}

impl<'a> Closer<'a> {
    /// A schema that alone judges a value.
    fn place(&mut self, schema: &'a Value) -> Value {
        let Some(map) = schema.as_object() else {
            return schema.clone();
        };
        let in_place: Vec<&str> = IN_PLACE
            .into_iter()
            .filter(|keyword| map.contains_key(*keyword))
            .collect();
        match in_place.as_slice() {
            [] => Value::Object(self.plain(map)),
            ["$ref"] if !shape::speaks_of_objects(map) => self.reference(map),
            [list @ ("anyOf" | "oneOf")] if !shape::speaks_of_objects(map) => self.union(map, list),
            _ => self.composite(map),
        }
    }

    /// No other schema speaks of the same value.
    fn plain(&mut self, map: &'a Map<String, Value>) -> Map<String, Value> {
        let mut out = self.below(map, &Shared::default());
        let declares = map.get("properties").is_some();
        let open = map
            .get("additionalProperties")
            .is_none_or(shape::is_anything);
        if declares && open && !map.contains_key("unevaluatedProperties") {
            self.changed = true;
            out.insert("additionalProperties".to_owned(), Value::Bool(false));
        }
        out
    }

    /// The schemas of members and elements, except those that others judge too.
    fn below(&mut self, map: &'a Map<String, Value>, shared: &Shared<'_>) -> Map<String, Value> {
        let overlapping = map.contains_key("patternProperties");
        let elements = !shared.elements && !map.contains_key("contains");
        let mut out = map.clone();
        for (keyword, value) in map {
            let replaced = match (keyword.as_str(), value) {
                ("properties", Value::Object(members)) if !overlapping => Value::Object(
                    members
                        .iter()
                        .map(|(name, schema)| {
                            let schema = if shared.names.contains(name.as_str()) {
                                schema.clone()
                            } else {
                                self.place(schema)
                            };
                            (name.clone(), schema)
                        })
                        .collect(),
                ),
                ("prefixItems", Value::Array(items)) if elements => {
                    items.iter().map(|item| self.place(item)).collect()
                }
                ("items", schema) if elements => self.place(schema),
                ("additionalProperties", schema) if !shared.rest && !overlapping => {
                    self.place(schema)
                }
                _ => continue,
            };
            out.insert(keyword.clone(), replaced);
        }
        out
    }

    fn reference(&mut self, map: &'a Map<String, Value>) -> Value {
        let mut out = map.clone();
        if let Some(name) = shape::reference(map) {
            if !self.closed.contains_key(name) {
                self.closed.insert(name.to_owned(), None);
                self.queue.push(name.to_owned());
            }
            let closed = format!("#/$defs/{}", closed_name(name));
            out.insert("$ref".to_owned(), Value::String(closed));
        }
        Value::Object(out)
    }

    /// Nothing but alternatives: each is closed by itself, unless closing one could let a value through
    /// that two of a `oneOf` accepted.
    fn union(&mut self, map: &'a Map<String, Value>, keyword: &str) -> Value {
        let Some(members) = map.get(keyword).and_then(Value::as_array) else {
            return Value::Object(map.clone());
        };
        if keyword == "oneOf" && !shape::disjoint(self.root, members) {
            return self.composite(map);
        }
        let closed = members.iter().map(|member| self.place(member)).collect();
        let mut out = self.below(map, &Shared::default());
        out.insert(keyword.to_owned(), Value::Array(closed));
        Value::Object(out)
    }

    /// Several schemas speak of the value: the names of all of them are declared.
    fn composite(&mut self, map: &'a Map<String, Value>) -> Value {
        let mut participants = Vec::new();
        shape::participants(self.root, map, &mut participants);
        let mut names: BTreeMap<&str, usize> = BTreeMap::new();
        let mut patterns: BTreeSet<&str> = BTreeSet::new();
        let mut open = true;
        for participant in &participants {
            for name in shape::keys(participant, "properties") {
                *names.entry(name).or_default() += 1;
            }
            patterns.extend(shape::keys(participant, "patternProperties"));
            open &= participant
                .get("additionalProperties")
                .is_none_or(shape::is_anything)
                && !participant.contains_key("unevaluatedProperties");
        }
        let others = |keywords: &[&str]| {
            participants.iter().skip(1).any(|it| {
                keywords
                    .iter()
                    .any(|keyword| it.get(*keyword).is_some_and(|it| !shape::is_anything(it)))
            })
        };
        let rest = !patterns.is_empty() || others(&["additionalProperties"]);
        let shared = Shared {
            names: names
                .iter()
                .filter(|(_, count)| **count > 1 || rest)
                .map(|(name, _)| *name)
                .collect(),
            elements: others(&["items", "prefixItems", "contains"]),
            rest: rest || others(&["properties"]),
        };
        let mut out = self.below(map, &shared);
        if open && !names.is_empty() {
            self.changed = true;
            let anything = |names: &mut dyn Iterator<Item = &&str>| -> Map<String, Value> {
                names
                    .map(|name| ((*name).to_owned(), Value::Bool(true)))
                    .collect()
            };
            let closed = json!({
                "properties": anything(&mut names.keys()),
                "patternProperties": anything(&mut patterns.iter()),
                "additionalProperties": false,
            });
            let conjunction = out
                .entry("allOf")
                .or_insert_with(|| Value::Array(Vec::new()));
            if let Value::Array(members) = conjunction {
                members.push(closed);
            }
        }
        Value::Object(out)
    }
}

fn closed_name(name: &str) -> String {
    format!("{name}_sent")
}
