//! Arrays: enough elements, each of its schema, distinct where they must be.

use serde_json::{Value, json};

use super::{Builder, Conjunction, Size};
use crate::number;

/// Longer arrays are not built.
const LONGEST: usize = 300;

pub(super) fn build<'a>(
    builder: &Builder<'a>,
    demands: &Conjunction<'a>,
    full: bool,
    depth: usize,
) -> Option<Value> {
    let least = demands.at_least("minItems");
    let most = demands.at_most("maxItems").unwrap_or(usize::MAX);
    let contained: Vec<&Value> = demands.each("contains").collect();
    let demanded = if contained.is_empty() {
        0
    } else {
        demands
            .at_least("minContains")
            .max(usize::from(demands.each("minContains").next().is_none()))
    };
    let prefix = demands
        .each("prefixItems")
        .filter_map(|it| it.as_array().map(Vec::len))
        .max()
        .unwrap_or(0);
    let wanted = if full { prefix.max(2) } else { 0 };
    let count = least.max(wanted.max(demanded)).min(most);
    if least > LONGEST || least > most || demanded > most {
        return None;
    }
    let distinct = demands.each("uniqueItems").any(|it| *it == json!(true));
    let mut items: Vec<Value> = Vec::new();
    for index in 0..count {
        let mut schemas = demands.element(index);
        // What must be contained goes to the end, beyond the prefix.
        if index + demanded >= count {
            schemas.extend(&contained);
        }
        let repeats = |value: &Value, items: &[Value]| {
            distinct && items.iter().any(|item| number::same(item, value))
        };
        let item = builder
            .value(&schemas, depth + 1)
            .filter(|value| !repeats(value, &items))
            .or_else(|| {
                // Another turn builds another value; numbers and texts are counted up.
                (0..8).find_map(|turn| {
                    builder
                        .turned(Size::Fullest, turn, &schemas, depth + 1)
                        .filter(|value| !repeats(value, &items))
                })
            })
            .or_else(|| {
                let like = items.first()?;
                (1..=i64::try_from(LONGEST).ok()?).find_map(|count| {
                    let value = counted(like, count)?;
                    (!repeats(&value, &items)).then_some(value)
                })
            });
        match item {
            Some(item) => items.push(item),
            None if index >= least && index >= demanded => break,
            None => return None,
        }
    }
    Some(Value::Array(items))
}

fn counted(like: &Value, count: i64) -> Option<Value> {
    match like {
        Value::Number(number) => Some(json!(number.as_i64()?.checked_add(count)?)),
        Value::String(text) => Some(json!(format!("{text}{count}"))),
        Value::Null | Value::Bool(_) | Value::Array(_) | Value::Object(_) => None,
    }
}
