//! Other values for each place of a document: those that either of two schemas mentions there.
//!
//! Goes in: two bundles, a document. Comes out: places, each with values to try. Judges nothing.

mod values;

use std::collections::VecDeque;

use serde_json::{Map, Value, json};

use super::shape;
use crate::pointer::Pointer;
use crate::schema::instance::{Builder, Size};
use values::{Collected, arrays, bounds, names, numbers, texts};

/// What two schemas say of the same place.
pub(super) struct Variants<'a> {
    sides: [&'a Value; 2],
    thorough: bool,
}

/// The schemas of either side that may judge one place.
type Said<'a> = [Vec<&'a Value>; 2];

impl<'a> Variants<'a> {
    /// Looks only where the two differ.
    pub(super) fn of_differences(writer: &'a Value, reader: &'a Value) -> Self {
        Self {
            sides: [writer, reader],
            thorough: false,
        }
    }

    /// Looks everywhere: what differs in one place may show in another.
    pub(super) fn of_everything(writer: &'a Value, reader: &'a Value) -> Self {
        Self {
            sides: [writer, reader],
            thorough: true,
        }
    }

    /// Each place of the document, outermost first, with values to put there, to be visited one by one.
    pub(super) fn visit<T>(
        &self,
        document: &Value,
        mut try_at: impl FnMut(&Pointer, Vec<Value>) -> Option<T>,
    ) -> Option<T> {
        let roots = self.sides.map(|root| expanded(root, vec![root]));
        let mut queue = VecDeque::from([(Pointer::root(), document, roots)]);
        while let Some((place, value, said)) = queue.pop_front() {
            // Where both sides say the same, no value tells them apart.
            if !self.thorough && says_the_same(&said) {
                continue;
            }
            if let Some(found) = try_at(&place, self.values(value, &said)) {
                return Some(found);
            }
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
        None
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
        [expanded(sent, below(writer)), expanded(read, below(reader))]
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
            if !self.thorough && below.iter().all(|said| !said.is_empty()) && says_the_same(&below)
            {
                continue;
            }
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

/// The schemas with all that judge the same value in their place, `not` included.
fn expanded<'a>(root: &'a Value, schemas: Vec<&'a Value>) -> Vec<&'a Value> {
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

/// Whether both sides say the same of a place, in the same words, and of all below it.
fn says_the_same([writer, reader]: &Said<'_>) -> bool {
    writer.len() == reader.len()
        && writer
            .iter()
            .zip(reader)
            .all(|(a, b)| a == b && shape::stands_alone(a))
}
