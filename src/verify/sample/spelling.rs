//! One document spelled in other ways: whitespace, order and escapes that must make no difference.

use std::fmt::Write as _;

use serde::Serialize as _;
use serde_json::Value;

/// The spellings, each with how it is.
pub(super) fn variants(value: &Value) -> Vec<(&'static str, String)> {
    vec![
        ("every character escaped", escaped(value)),
        (
            "in another order, with line ends and tabs",
            spaced(&turned(value)),
        ),
    ]
}

fn spaced(value: &Value) -> String {
    let mut out = Vec::new();
    let formatter = serde_json::ser::PrettyFormatter::with_indent(b" \t\r\n");
    let mut printer = serde_json::Serializer::with_formatter(&mut out, formatter);
    value
        .serialize(&mut printer)
        .expect("a value prints as text");
    String::from_utf8(out).expect("JSON is printed in UTF-8")
}

/// With every character of every string as `\uXXXX`.
fn escaped(value: &Value) -> String {
    match value {
        Value::String(text) => quoted(text),
        Value::Array(items) => format!(
            "[{}]",
            items.iter().map(escaped).collect::<Vec<_>>().join(",")
        ),
        Value::Object(members) => {
            let members = members
                .iter()
                .map(|(name, value)| format!("{}:{}", quoted(name), escaped(value)));
            format!("{{{}}}", members.collect::<Vec<_>>().join(","))
        }
        Value::Null | Value::Bool(_) | Value::Number(_) => value.to_string(),
    }
}

fn quoted(text: &str) -> String {
    let mut out = String::from("\"");
    for unit in text.encode_utf16() {
        write!(out, "\\u{unit:04X}").expect("a string takes any text");
    }
    out.push('"');
    out
}

/// With the properties of every object the other way round.
fn turned(value: &Value) -> Value {
    match value {
        Value::Array(items) => items.iter().map(turned).collect(),
        Value::Object(members) => {
            let members = members
                .iter()
                .rev()
                .map(|(name, value)| (name.clone(), turned(value)));
            Value::Object(members.collect())
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => value.clone(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_spelling_is_the_same_value() {
        let value = serde_json::json!({ "a b": ["😀\"", 1, null], "c": { "d": true } });
        for (_, text) in variants(&value) {
            assert_eq!(serde_json::from_str::<Value>(&text).unwrap(), value);
        }
        assert!(variants(&value)[0].1.contains("\\uD83D\\uDE00"));
    }
}
