//! Small questions about a bundle, asked on its JSON.
//!
//! A bundle is self-contained, in draft 2020-12's words, and references only `#/$defs/…`.

use serde_json::{Map, Value};

use crate::number;
use crate::schema::Kinds;

/// The keywords whose schemas judge the same value.
pub(super) const IN_PLACE: [&str; 8] = [
    "$ref",
    "allOf",
    "anyOf",
    "oneOf",
    "if",
    "then",
    "else",
    "dependentSchemas",
];

/// How many values a document is made of.
pub(super) fn values(document: &Value) -> usize {
    match document {
        Value::Array(items) => 1 + items.iter().map(values).sum::<usize>(),
        Value::Object(members) => 1 + members.values().map(values).sum::<usize>(),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => 1,
    }
}

/// The schema of a name under `$defs`.
pub(super) fn definition<'a>(root: &'a Value, name: &str) -> Option<&'a Value> {
    root.get("$defs")?.get(name)
}

/// The name under `$defs` that a schema references.
pub(super) fn reference(map: &Map<String, Value>) -> Option<&str> {
    map.get("$ref")?.as_str()?.strip_prefix("#/$defs/")
}

/// Whether the schema is `true` or `{}`.
pub(super) fn is_anything(schema: &Value) -> bool {
    match schema {
        Value::Bool(all) => *all,
        Value::Object(map) => map.keys().all(|key| key == "default"),
        Value::Null | Value::Number(_) | Value::String(_) | Value::Array(_) => false,
    }
}

/// Whether a schema references nothing, so that the same text says the same in another bundle.
pub(super) fn stands_alone(schema: &Value) -> bool {
    match schema {
        Value::Object(map) => !map.contains_key("$ref") && map.values().all(stands_alone),
        Value::Array(list) => list.iter().all(stands_alone),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => true,
    }
}

/// Whether the schema itself has keywords about members.
pub(super) fn speaks_of_objects(map: &Map<String, Value>) -> bool {
    [
        "properties",
        "patternProperties",
        "additionalProperties",
        "unevaluatedProperties",
    ]
    .iter()
    .any(|keyword| map.contains_key(*keyword))
}

/// The names that a keyword with a map of schemas holds.
pub(super) fn keys<'a>(
    map: &'a Map<String, Value>,
    keyword: &str,
) -> impl Iterator<Item = &'a str> + use<'a> {
    map.get(keyword)
        .and_then(Value::as_object)
        .into_iter()
        .flat_map(|members| members.keys().map(String::as_str))
}

/// The schema and all that judge the same value in its place; what is below `not` does not declare.
pub(super) fn participants<'a>(
    root: &'a Value,
    map: &'a Map<String, Value>,
    out: &mut Vec<&'a Map<String, Value>>,
) {
    if out.iter().any(|seen| std::ptr::eq(*seen, map)) {
        return;
    }
    out.push(map);
    let refused = map.get("not");
    for schema in in_place(root, map) {
        if refused.is_some_and(|refused| std::ptr::eq(refused, schema)) {
            continue;
        }
        if let Some(map) = schema.as_object() {
            participants(root, map, out);
        }
    }
}

/// The schemas that judge the same value as part of this one, `not` among them.
pub(super) fn in_place<'a>(root: &'a Value, map: &'a Map<String, Value>) -> Vec<&'a Value> {
    let target = reference(map).and_then(|name| definition(root, name));
    let lists = ["allOf", "anyOf", "oneOf"]
        .into_iter()
        .filter_map(|keyword| map.get(keyword)?.as_array())
        .flatten();
    let single = ["not", "if", "then", "else"]
        .into_iter()
        .filter_map(|keyword| map.get(keyword));
    let dependents = map
        .get("dependentSchemas")
        .and_then(Value::as_object)
        .into_iter()
        .flat_map(Map::values);
    target
        .into_iter()
        .chain(lists)
        .chain(single)
        .chain(dependents)
        .collect()
}

/// The schema behind a chain of references that say nothing else.
pub(super) fn resolved<'a>(root: &'a Value, schema: &'a Value) -> &'a Value {
    let mut schema = schema;
    for _ in 0..16 {
        let next = schema
            .as_object()
            .filter(|map| map.keys().all(|key| key == "$ref" || key == "default"))
            .and_then(reference)
            .and_then(|name| definition(root, name));
        match next {
            Some(next) => schema = next,
            None => break,
        }
    }
    schema
}

/// Whether no value is accepted by two of the schemas, as far as types and tags show.
pub(super) fn disjoint(root: &Value, members: &[Value]) -> bool {
    members.iter().enumerate().all(|(index, a)| {
        members
            .iter()
            .skip(index + 1)
            .all(|b| apart(resolved(root, a), resolved(root, b), root))
    })
}

fn apart(a: &Value, b: &Value, root: &Value) -> bool {
    let (Some(a), Some(b)) = (a.as_object(), b.as_object()) else {
        return false;
    };
    let (a_kinds, b_kinds) = (kinds(a), kinds(b));
    if !a_kinds.meets(b_kinds) {
        return true;
    }
    if let (Some(a), Some(b)) = (constants(a), constants(b)) {
        return differ(&a, &b);
    }
    // Objects that must carry a tag are told apart by it.
    let objects = a_kinds.intersection(b_kinds) == Kinds::OBJECT;
    objects
        && keys(a, "properties").any(|name| {
            let tag = |map: &Map<String, Value>| {
                let required = map.get("required")?.as_array()?;
                required.iter().find(|other| other.as_str() == Some(name))?;
                let property = map.get("properties")?.get(name)?;
                constants(resolved(root, property).as_object()?)
                    .map(|values| values.into_iter().cloned().collect::<Vec<_>>())
            };
            match (tag(a), tag(b)) {
                (Some(a), Some(b)) => {
                    differ(&a.iter().collect::<Vec<_>>(), &b.iter().collect::<Vec<_>>())
                }
                _ => false,
            }
        })
}

/// The types that `type` allows.
pub(super) fn kinds(map: &Map<String, Value>) -> Kinds {
    match map.get("type") {
        Some(Value::String(name)) => Kinds::from_name(name).unwrap_or(Kinds::ALL),
        Some(Value::Array(names)) => names
            .iter()
            .filter_map(|name| Kinds::from_name(name.as_str()?))
            .fold(Kinds::NONE, Kinds::union),
        _ => Kinds::ALL,
    }
}

fn constants(map: &Map<String, Value>) -> Option<Vec<&Value>> {
    if let Some(constant) = map.get("const") {
        return Some(vec![constant]);
    }
    Some(map.get("enum")?.as_array()?.iter().collect())
}

fn differ(a: &[&Value], b: &[&Value]) -> bool {
    a.iter()
        .all(|value| !b.iter().any(|other| number::same(value, other)))
}
