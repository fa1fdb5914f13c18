//! Other values for each place of a document: those that either of two schemas mentions there.
//!
//! Goes in: two bundles, a document. Comes out: places, each with values to try. Judges nothing.

use std::collections::BTreeSet;

use indexmap::IndexSet;
use serde_json::{Map, Value, json};

use super::shape;
use crate::number::{self, Decimal};
use crate::pointer::Pointer;
use crate::schema::instance::{Builder, Size, text_of_length};

/// The most values for one place.
const MOST: usize = 160;
/// The longest text and array that is built to pass a bound.
const LONGEST: u64 = 70_000;

/// What two schemas say of the same place.
pub(super) struct Variants<'a> {
    sides: [&'a Value; 2],
}

/// The schemas of either side that may judge one place.
type Said<'a> = [Vec<&'a Value>; 2];

impl<'a> Variants<'a> {
    pub(super) fn new(writer: &'a Value, reader: &'a Value) -> Self {
        Self {
            sides: [writer, reader],
        }
    }

    /// Each place of the document, outermost first, with values to put there.
    pub(super) fn of(&self, document: &Value) -> Vec<(Pointer, Vec<Value>)> {
        let mut out = Vec::new();
        let roots = self.sides.map(|root| self.expanded(root, vec![root]));
        let mut queue = std::collections::VecDeque::from([(Pointer::root(), document, roots)]);
        while let Some((place, value, said)) = queue.pop_front() {
            out.push((place.clone(), self.values(value, &said)));
            match value {
                Value::Object(members) => {
                    for (name, member) in members {
                        let below = self.step(&said, |map| member_schemas(map, name));
                        queue.push_back((place.join(name), member, below));
                    }
                }
                Value::Array(items) => {
                    for (index, item) in items.iter().enumerate() {
                        let below = self.step(&said, |map| element_schemas(map, index));
                        queue.push_back((place.index(index), item, below));
                    }
                }
                Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
            }
        }
        out
    }

    fn step(
        &self,
        said: &Said<'a>,
        next: impl Fn(&'a Map<String, Value>) -> Vec<&'a Value>,
    ) -> Said<'a> {
        let [writer, reader] = said;
        let [sent, read] = self.sides;
        let below = |said: &[&'a Value]| -> Vec<&'a Value> {
            said.iter()
                .filter_map(|schema| schema.as_object())
                .flat_map(&next)
                .collect()
        };
        [
            self.expanded(sent, below(writer)),
            self.expanded(read, below(reader)),
        ]
    }

    /// The schemas with all that judge the same value in their place, `not` included.
    fn expanded(&self, root: &'a Value, schemas: Vec<&'a Value>) -> Vec<&'a Value> {
        let mut seen: Vec<&Value> = Vec::new();
        let mut queue = schemas;
        while let Some(schema) = queue.pop() {
            if seen.len() > 200 || seen.iter().any(|other| std::ptr::eq(*other, schema)) {
                continue;
            }
            seen.push(schema);
            let Some(map) = schema.as_object() else {
                continue;
            };
            queue.extend(shape::reference(map).and_then(|name| shape::definition(root, name)));
            for keyword in ["allOf", "anyOf", "oneOf"] {
                queue.extend(
                    map.get(keyword)
                        .and_then(Value::as_array)
                        .into_iter()
                        .flatten(),
                );
            }
            for keyword in ["not", "if", "then", "else"] {
                queue.extend(map.get(keyword));
            }
            let dependents = map.get("dependentSchemas").and_then(Value::as_object);
            queue.extend(dependents.into_iter().flat_map(Map::values));
        }
        seen
    }

    fn values(&self, value: &Value, said: &Said<'a>) -> Vec<Value> {
        let mut out = Collected::default();
        let maps = || {
            said.iter()
                .flatten()
                .filter_map(|schema| schema.as_object())
        };
        for map in maps() {
            out.extend(map.get("const").cloned());
            out.extend(
                map.get("enum")
                    .and_then(Value::as_array)
                    .into_iter()
                    .flatten()
                    .cloned(),
            );
        }
        match value {
            Value::Object(members) => self.objects(members, said, &mut out),
            Value::Array(items) => arrays(items, said, &mut out),
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
        }
        maps().for_each(|map| numbers(map, &mut out));
        texts(said, &mut out);
        for (root, schemas) in self.sides.iter().zip(said) {
            for schema in schemas {
                for size in [Size::Smallest, Size::Fullest] {
                    out.extend(Builder::new(root, size, 0).build(&[schema]));
                }
            }
        }
        out.extend([
            json!(null),
            json!(false),
            json!(true),
            json!(0),
            json!(1),
            json!(-1),
            json!(0.5),
            json!(""),
            json!("a"),
            json!("0"),
            json!([]),
            json!([null]),
            json!({}),
            json!({ "a": null }),
        ]);
        out.values
    }

    /// One member less, one more: declared by either side, or by none.
    fn objects(&self, members: &Map<String, Value>, said: &Said<'a>, out: &mut Collected) {
        for name in members.keys() {
            let mut fewer = members.clone();
            fewer.shift_remove(name);
            out.extend([Value::Object(fewer)]);
        }
        let mut more = |name: &str, value: Value| {
            let mut more = members.clone();
            more.insert(name.to_owned(), value);
            out.extend([Value::Object(more)]);
        };
        for name in names(said) {
            if members.contains_key(&name) {
                continue;
            }
            let below = self.step(said, |map| member_schemas(map, &name));
            for (root, schemas) in self.sides.iter().zip(&below) {
                for schema in schemas {
                    let built = Builder::new(root, Size::Smallest, 0).build(&[schema]);
                    built.into_iter().for_each(|value| more(&name, value));
                }
            }
            for value in [json!(null), json!(""), json!(0)] {
                more(&name, value);
            }
        }
        for bound in bounds(said, &["minProperties", "maxProperties"]) {
            let mut many = members.clone();
            let mut count = 0;
            while (many.len() as u64) < bound {
                many.insert(format!("n{count}"), json!(null));
                count += 1;
            }
            let fewer: Map<String, Value> = members
                .iter()
                .take(usize::try_from(bound).unwrap_or(usize::MAX))
                .map(|(name, value)| (name.clone(), value.clone()))
                .collect();
            out.extend([Value::Object(many), Value::Object(fewer)]);
        }
    }
}

/// Values in the order they were found, each once.
#[derive(Default)]
struct Collected {
    values: Vec<Value>,
}

impl Collected {
    fn extend(&mut self, values: impl IntoIterator<Item = Value>) {
        for value in values {
            if self.values.len() < MOST && !self.values.contains(&value) {
                self.values.push(value);
            }
        }
    }
}

fn member_schemas<'a>(map: &'a Map<String, Value>, name: &str) -> Vec<&'a Value> {
    let declared = map.get("properties").and_then(|it| it.get(name));
    let patterns = map.get("patternProperties").and_then(Value::as_object);
    declared
        .into_iter()
        .chain(patterns.into_iter().flat_map(Map::values))
        .chain(map.get("additionalProperties"))
        .chain(map.get("unevaluatedProperties"))
        .collect()
}

fn element_schemas(map: &Map<String, Value>, index: usize) -> Vec<&Value> {
    let prefix = map.get("prefixItems").and_then(Value::as_array);
    prefix
        .and_then(|prefix| prefix.get(index))
        .into_iter()
        .chain(map.get("items"))
        .chain(map.get("contains"))
        .chain(map.get("unevaluatedItems"))
        .collect()
}

/// Names to add: those either side mentions, those its patterns and name schemas are about, and strange ones.
fn names(said: &Said<'_>) -> IndexSet<String> {
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
    let mut texts_of_names = Collected::default();
    texts(&of_names, &mut texts_of_names);
    let found = texts_of_names.values.iter().filter_map(Value::as_str);
    names.extend(found.map(ToOwned::to_owned));
    names.extend(["undeclared", "A", "x-a", "0", ""].map(ToOwned::to_owned));
    names
}

fn required(map: &Map<String, Value>) -> impl Iterator<Item = &str> {
    let names = map.get("required").and_then(Value::as_array);
    names.into_iter().flatten().filter_map(Value::as_str)
}

/// The counts that either side mentions, and their neighbours.
fn bounds(said: &Said<'_>, keywords: &[&str]) -> BTreeSet<u64> {
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
fn arrays(items: &[Value], said: &Said<'_>, out: &mut Collected) {
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
fn numbers(map: &Map<String, Value>, out: &mut Collected) {
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
fn texts(said: &Said<'_>, out: &mut Collected) {
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
