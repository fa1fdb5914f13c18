//! A step's matrix written out: lists of values by name in; every combination, and the label that tells it apart, out.

use indexmap::IndexMap;
use serde_json::{Map, Value};

use crate::workflow::expression::{self, to_word};
use crate::workflow::templated::Templated;

/// An axis that is no list: its name, and why.
pub(super) type NoList = (String, String);

/// Every combination; one without values where there is no matrix. `inputs` are those known before the run.
pub(super) fn combinations(
    matrix: &IndexMap<String, Templated<Vec<Value>>>,
    inputs: &Map<String, Value>,
) -> Result<Vec<Map<String, Value>>, NoList> {
    let mut rows = vec![Map::new()];
    if matrix.is_empty() {
        return Ok(rows);
    }
    let (mut include, mut exclude) = (Vec::new(), Vec::new());
    for (name, values) in matrix {
        let values = axis(values, inputs).map_err(|why| (name.clone(), why))?;
        match name.as_str() {
            "include" => include = values,
            "exclude" => exclude = values,
            _ => {
                let each = rows.iter().flat_map(|row| {
                    values.iter().map(move |value| {
                        let mut row = row.clone();
                        row.insert(name.clone(), value.clone());
                        row
                    })
                });
                rows = each.collect();
            }
        }
    }
    rows.retain(|row| !row.is_empty());
    let excluded = |row: &Map<String, Value>| {
        exclude
            .iter()
            .filter_map(Value::as_object)
            .any(|out| out.iter().all(|(name, value)| row.get(name) == Some(value)))
    };
    rows.retain(|row| !excluded(row));
    rows.extend(include.iter().filter_map(Value::as_object).cloned());
    Ok(rows)
}

fn axis(values: &Templated<Vec<Value>>, inputs: &Map<String, Value>) -> Result<Vec<Value>, String> {
    let text = match values {
        Templated::Is(values) => return Ok(values.clone()),
        Templated::Text(text) => text,
    };
    let inputs = Value::Object(inputs.clone());
    let names = expression::object([("inputs", to_word(&inputs))]);
    let value = expression::fill(text, &names)?;
    if let Value::Array(values) = value {
        return Ok(values);
    }
    Err(format!("a matrix needs a list, and this is {value}"))
}

/// `[python=3.12, os=linux]`
pub(super) fn label(matrix: &Map<String, Value>) -> String {
    if matrix.is_empty() {
        return String::new();
    }
    let parts = matrix.iter();
    let parts = parts.map(|(name, value)| format!("{name}={}", expression::plain(value.clone())));
    format!("[{}]", parts.collect::<Vec<_>>().join(", "))
}
