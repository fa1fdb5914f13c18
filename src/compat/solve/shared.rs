//! Definitions that two bundles have in common, with all that they reference.
//!
//! Two bundles in, names out. What is common is read once, so that nothing has to be shown of it.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value};

use crate::compat::shape;

/// Names that stand for the same in both bundles.
pub(super) fn shared<'a>(smaller: &'a Value, larger: &Value) -> BTreeSet<&'a str> {
    let definitions = smaller.get("$defs").and_then(Value::as_object);
    let mut shared: BTreeSet<&str> = definitions
        .into_iter()
        .flat_map(Map::iter)
        .filter(|(name, value)| shape::definition(larger, name) == Some(*value))
        .map(|(name, _)| name.as_str())
        .collect();
    let references: BTreeMap<&str, BTreeSet<&str>> = shared
        .iter()
        .map(|name| (*name, references(smaller, name)))
        .collect();
    // What references something that differs differs itself.
    loop {
        let before = shared.len();
        let common = shared.clone();
        shared.retain(|name| {
            let mut needed = references.get(name).into_iter().flatten();
            needed.all(|other| common.contains(other))
        });
        if shared.len() == before {
            return shared;
        }
    }
}

/// The names that a definition references itself.
fn references<'a>(bundle: &'a Value, name: &str) -> BTreeSet<&'a str> {
    let mut names = BTreeSet::new();
    let mut queue: Vec<&Value> = shape::definition(bundle, name).into_iter().collect();
    while let Some(value) = queue.pop() {
        match value {
            Value::Object(map) => {
                names.extend(shape::reference(map));
                queue.extend(map.values());
            }
            Value::Array(items) => queue.extend(items),
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
        }
    }
    names
}
