//! Values as JSON Schema compares them: numbers by what they are worth, members in any order.

use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use crate::number::{self, Decimal};
use crate::schema::Kinds;

/// So many values are compared one by one.
const FEW: usize = 8;

/// A value that is listed, compared as JSON Schema compares values.
#[derive(Clone, Debug)]
pub(super) struct Constant {
    text: String,
    pub(super) value: Value,
}

impl Constant {
    pub(super) fn new(value: &Value) -> Self {
        Self {
            text: text(value),
            value: spelled(value),
        }
    }
}

impl PartialEq for Constant {
    fn eq(&self, other: &Self) -> bool {
        self.text == other.text
    }
}

impl Eq for Constant {}

impl PartialOrd for Constant {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Constant {
    fn cmp(&self, other: &Self) -> Ordering {
        let length = self.text.len().cmp(&other.text.len());
        length.then_with(|| self.text.cmp(&other.text))
    }
}

/// The value with whole numbers spelled without a fraction: draft 4 knows no other integers.
fn spelled(value: &Value) -> Value {
    match value {
        Value::Number(whole) => {
            Value::Number(number::plain(whole).unwrap_or_else(|| whole.clone()))
        }
        Value::Array(items) => items.iter().map(spelled).collect(),
        Value::Object(members) => members
            .iter()
            .map(|(name, member)| (name.clone(), spelled(member)))
            .collect(),
        Value::Null | Value::Bool(_) | Value::String(_) => value.clone(),
    }
}

/// Whether a value is one of these.
pub(super) fn listed(values: &BTreeSet<Constant>, value: &Value) -> bool {
    if values.len() > FEW {
        return values.contains(&Constant::new(value));
    }
    values
        .iter()
        .any(|constant| number::same(&constant.value, value))
}

/// A text that equal values share.
fn text(value: &Value) -> String {
    match value {
        Value::Number(number) => Decimal::of(number).to_string(),
        Value::Array(items) => {
            let items: Vec<String> = items.iter().map(text).collect();
            format!("[{}]", items.join(","))
        }
        Value::Object(members) => {
            let members: BTreeMap<&String, String> = members
                .iter()
                .map(|(name, member)| (name, text(member)))
                .collect();
            let members: Vec<String> = members
                .into_iter()
                .map(|(name, member)| format!("{name:?}:{member}"))
                .collect();
            format!("{{{}}}", members.join(","))
        }
        Value::Null | Value::Bool(_) | Value::String(_) => value.to_string(),
    }
}

/// The type of a value; numbers are one.
pub(super) fn kind(value: &Value) -> Kinds {
    if value.is_number() {
        Kinds::NUMBER
    } else {
        Kinds::of(value)
    }
}
