//! Values that schemas mention: their bounds and the neighbours of those, lengths, patterns and names.

use std::collections::BTreeSet;

use indexmap::IndexSet;
use serde_json::{Map, Value, json};

use super::Said;
use crate::compat::shape;
use crate::number::{self, Decimal};
use crate::schema::instance::text_of_length;

/// The longest text and array that is built to pass a bound.
const LONGEST: u64 = 70_000;

/// Where values go, one by one, until no more are wanted.
pub(super) struct Offers<'f> {
    take: &'f mut dyn FnMut(Value) -> bool,
    open: bool,
}

impl<'f> Offers<'f> {
    /// Offers values to `take` until it says no.
    pub(super) fn new(take: &'f mut dyn FnMut(Value) -> bool) -> Self {
        Self { take, open: true }
    }

    pub(super) fn extend(&mut self, values: impl IntoIterator<Item = Value>) {
        if !self.open {
            return;
        }
        for value in values {
            if !(self.take)(value) {
                self.open = false;
                return;
            }
        }
    }

    /// Whether more is wanted.
    pub(super) fn are_open(&self) -> bool {
        self.open
    }
}

/// Names to add: those either side mentions, those its patterns and name schemas are about, and strange ones.
pub(super) fn names(said: &Said<'_>) -> IndexSet<String> {
    let maps = || {
        said.iter()
            .flatten()
            .filter_map(|schema| schema.as_object())
    };
    let mut names: IndexSet<String> = maps()
        .flat_map(|map| shape::keys(map, "properties").chain(required(map)))
        .map(ToOwned::to_owned)
        .collect();
    for pattern in maps().flat_map(|map| shape::keys(map, "patternProperties")) {
        names.extend(text_of_length(pattern, 0, usize::MAX, true));
    }
    let of_names = said.each_ref().map(|side| {
        side.iter()
            .filter_map(|schema| schema.get("propertyNames"))
            .collect()
    });
    let mut take = |text: Value| {
        names.extend(text.as_str().map(ToOwned::to_owned));
        true
    };
    texts(&of_names, &mut Offers::new(&mut take));
    names.extend(["undeclared", "A", "x-a", "0", ""].map(ToOwned::to_owned));
    names
}

pub(super) fn required(map: &Map<String, Value>) -> impl Iterator<Item = &str> {
    let names = map.get("required").and_then(Value::as_array);
    names.into_iter().flatten().filter_map(Value::as_str)
}

/// The counts that either side mentions, and their neighbours.
pub(super) fn bounds(said: &Said<'_>, keywords: &[&str]) -> BTreeSet<u64> {
    let mentioned = said
        .iter()
        .flatten()
        .filter_map(|schema| schema.as_object())
        .flat_map(|map| {
            keywords
                .iter()
                .filter_map(|keyword| map.get(*keyword)?.as_u64())
        });
    mentioned
        .flat_map(|bound| [bound.saturating_sub(1), bound, bound.saturating_add(1)])
        .filter(|bound| *bound <= LONGEST)
        .collect()
}

/// One element less, one more, twice the same; as many as a bound says.
pub(super) fn arrays(items: &[Value], said: &Said<'_>, out: &mut Offers<'_>) {
    let first = items.first().cloned().unwrap_or(json!(null));
    if let Some((_, rest)) = items.split_first() {
        out.extend([json!(rest)]);
    }
    if let Some((_, rest)) = items.split_last() {
        out.extend([json!(rest)]);
    }
    for another in [first.clone(), json!(null), json!(0), json!("a")] {
        let mut more = items.to_vec();
        more.push(another);
        out.extend([json!(more)]);
    }
    for bound in bounds(
        said,
        &["minItems", "maxItems", "minContains", "maxContains"],
    ) {
        let Ok(count) = usize::try_from(bound.min(1_000)) else {
            continue;
        };
        let mut same = items.to_vec();
        same.resize(count, first.clone());
        let mut counted = items.to_vec();
        counted.truncate(count);
        let numbers = matches!(first, Value::Number(_));
        for index in counted.len()..count {
            counted.push(if numbers {
                json!(1000 + index)
            } else {
                json!(format!("n{index}"))
            });
        }
        out.extend([json!(same), json!(counted)]);
    }
}

/// The numbers of a schema and their neighbours.
pub(super) fn numbers(map: &Map<String, Value>, out: &mut Offers<'_>) {
    let keywords = [
        "minimum",
        "maximum",
        "exclusiveMinimum",
        "exclusiveMaximum",
        "multipleOf",
    ];
    for keyword in keywords {
        let Some(Value::Number(number)) = map.get(keyword) else {
            continue;
        };
        let decimal = Decimal::of(number);
        let places = decimal.places() + 1;
        out.extend([Value::Number(number.clone())]);
        let Some(scaled) = 10_i128
            .checked_pow(places)
            .and_then(|unit| Some((decimal.scaled(places)?, unit)))
        else {
            continue;
        };
        let (value, unit) = scaled;
        let step = unit / 10_i128.pow(places - 1);
        for other in [
            value + unit,
            value - unit,
            value + step / 2,
            value - step / 2,
            value * 2,
            value * 3,
        ] {
            out.extend([Value::Number(number::from_scaled(other, places))]);
        }
    }
}

/// Texts of each length that is mentioned, of the writer's patterns and of the reader's.
pub(super) fn texts(said: &Said<'_>, out: &mut Offers<'_>) {
    let patterns: BTreeSet<&str> = said
        .iter()
        .flatten()
        .filter_map(|schema| schema.get("pattern")?.as_str())
        .collect();
    for pattern in &patterns {
        for full in [false, true] {
            out.extend(text_of_length(pattern, 0, usize::MAX, full).map(Value::String));
        }
    }
    for bound in bounds(said, &["minLength", "maxLength"]) {
        let Ok(count) = usize::try_from(bound) else {
            continue;
        };
        for pattern in &patterns {
            out.extend(text_of_length(pattern, count, count, true).map(Value::String));
        }
        out.extend(["a", "0", "A"].map(|letter| Value::String(letter.repeat(count))));
    }
}
