//! The values that keywords take, read from JSON.

use std::sync::LazyLock;

use serde_json::{Map, Number, Value};

use super::super::{Draft, Keywords, Kinds, Reference};

/// Draft 4's boolean `exclusiveMinimum`; counts without `contains` mean nothing.
pub(super) fn adapt_old_drafts(k: &mut Keywords, members: &Map<String, Value>, draft: Draft) {
    if draft == Draft::Draft4 {
        if members.get("exclusiveMinimum") == Some(&Value::Bool(true)) {
            k.exclusive_minimum = k.minimum.take();
        }
        if members.get("exclusiveMaximum") == Some(&Value::Bool(true)) {
            k.exclusive_maximum = k.maximum.take();
        }
    }
    if k.contains.is_none() {
        k.min_contains = None;
        k.max_contains = None;
    }
}

static NO_MEMBERS: LazyLock<Map<String, Value>> = LazyLock::new(Map::new);

pub(super) fn members(value: &Value) -> serde_json::map::Iter<'_> {
    value.as_object().unwrap_or(&NO_MEMBERS).iter()
}

pub(super) fn names(value: &Value) -> Vec<String> {
    let items = value.as_array().map(Vec::as_slice).unwrap_or_default();
    items
        .iter()
        .filter_map(Value::as_str)
        .map(str::to_owned)
        .collect()
}

pub(super) fn reference(keyword: &'static str, value: &Value) -> Option<Reference> {
    Some(Reference {
        keyword,
        text: value.as_str()?.to_owned(),
        target: None,
    })
}

/// `$recursiveAnchor` as a dynamic anchor without a name: `$recursiveRef` names none.
pub(super) fn nameless(value: &Value) -> Option<String> {
    (value == &Value::Bool(true)).then(String::new)
}

pub(super) fn kinds(value: &Value) -> Option<Kinds> {
    match value {
        Value::String(name) => Kinds::from_name(name),
        Value::Array(names) => names
            .iter()
            .filter_map(|name| Kinds::from_name(name.as_str()?))
            .reduce(Kinds::union),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::Object(_) => None,
    }
}

/// A count, `2.0` for 2 too (draft 6 on).
pub(super) fn count(value: &Value) -> Option<u64> {
    value.as_number().and_then(whole)
}

fn whole(number: &Number) -> Option<u64> {
    crate::number::Decimal::of(number)
        .to_i128()
        .and_then(|value| u64::try_from(value).ok())
}
