//! A version as its readers use it: a bundle with defaults in; the bundle of what is really accepted out.
//!
//! Under `defaults = "fill"` a reader puts a property's `default` where the property is missing, so such
//! a property is not required here. Under `enums = "open"` it tolerates constants that an `enum` does not
//! list. What comes out accepts every document the bundle accepts: `required` is shortened and lists are
//! opened only where that lets more through, never below `not`, `if` or `oneOf`.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

use super::shape;
use crate::config::{DefaultPolicy, Enums, Policy};
use crate::schema::{Draft, Kinds, Validator};

/// Whether readers accept more than their schema says.
pub(super) fn is_lenient(policy: Policy) -> bool {
    policy.defaults == DefaultPolicy::Fill || policy.enums == Enums::Open
}

/// The bundle as lenient readers take it; `None` if they take it as it is.
pub(super) fn reader(bundle: &Value, policy: Policy) -> Option<Value> {
    let mut filler = Filler {
        root: bundle,
        policy,
        filled: BTreeMap::new(),
        queue: Vec::new(),
        changed: false,
    };
    let mut document = filler.place(bundle);
    while let Some(name) = filler.queue.pop() {
        let value = shape::definition(bundle, &name).map(|value| filler.place(value));
        filler.filled.insert(name, value);
    }
    if !filler.changed {
        return None;
    }
    if let Some(definitions) = document.get_mut("$defs").and_then(Value::as_object_mut) {
        for (name, value) in filler.filled {
            definitions.extend(value.map(|value| (filled_name(&name), value)));
        }
    }
    Some(document)
}

struct Filler<'a> {
    root: &'a Value,
    policy: Policy,
    filled: BTreeMap<String, Option<Value>>,
    queue: Vec<String>,
    changed: bool,
}

impl<'a> Filler<'a> {
    fn place(&mut self, schema: &'a Value) -> Value {
        let Some(map) = schema.as_object() else {
            return schema.clone();
        };
        let mut out = map.clone();
        for (keyword, value) in map {
            let replaced = match (keyword.as_str(), value) {
                ("$ref", _) => match shape::reference(map) {
                    Some(name) => {
                        if !self.filled.contains_key(name) {
                            self.filled.insert(name.to_owned(), None);
                            self.queue.push(name.to_owned());
                        }
                        json!(format!("#/$defs/{}", filled_name(name)))
                    }
                    None => continue,
                },
                ("properties" | "patternProperties" | "dependentSchemas", Value::Object(map)) => {
                    Value::Object(
                        map.iter()
                            .map(|(name, schema)| (name.clone(), self.place(schema)))
                            .collect(),
                    )
                }
                ("allOf" | "anyOf" | "prefixItems", Value::Array(list)) => {
                    list.iter().map(|schema| self.place(schema)).collect()
                }
                ("additionalProperties" | "items" | "then" | "else", schema) => self.place(schema),
                ("enum", Value::Array(values)) if self.policy.enums == Enums::Open => {
                    self.changed = true;
                    out.shift_remove("enum");
                    out.entry("type").or_insert_with(|| types(values));
                    continue;
                }
                ("required", Value::Array(names))
                    if self.policy.defaults == DefaultPolicy::Fill =>
                {
                    let kept: Vec<Value> = names
                        .iter()
                        .filter(|name| !name.as_str().is_some_and(|name| self.fills(map, name)))
                        .cloned()
                        .collect();
                    self.changed |= kept.len() < names.len();
                    Value::Array(kept)
                }
                _ => continue,
            };
            out.insert(keyword.clone(), replaced);
        }
        Value::Object(out)
    }

    /// Whether the property has a default that its own schema accepts.
    fn fills(&self, map: &Map<String, Value>, name: &str) -> bool {
        let Some(property) = map.get("properties").and_then(|it| it.get(name)) else {
            return false;
        };
        let behind = shape::resolved(self.root, property);
        let Some(default) = property.get("default").or_else(|| behind.get("default")) else {
            return false;
        };
        let mut alone = json!({ "allOf": [property] });
        if let (Some(definitions), Some(map)) = (self.root.get("$defs"), alone.as_object_mut()) {
            map.insert("$defs".to_owned(), definitions.clone());
        }
        Validator::of(&alone, Draft::Draft202012, self.policy.formats)
            .is_ok_and(|validator| validator.accepts(default))
    }
}

/// The types of listed constants, as `type` lists them.
fn types(values: &[Value]) -> Value {
    let kinds = values.iter().map(Kinds::of);
    json!(kinds.fold(Kinds::NONE, Kinds::union).names())
}

fn filled_name(name: &str) -> String {
    format!("{name}_read")
}
