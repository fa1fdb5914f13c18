//! Other values for each place of a document: those that either of two schemas mentions there.
//!
//! Goes in: two bundles, a document. Comes out: places, each with values to try. Judges nothing.

mod values;

use std::collections::{BTreeSet, VecDeque};

use serde_json::{Map, Value, json};

use super::shape;
use crate::pointer::Pointer;
use crate::schema::instance::{Builder, Size};
use values::{Offers, arrays, bounds, names, numbers, required, texts};

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

    /// Offers values for each place of the document, outermost first, until `try_at` says no.
    pub(super) fn visit(&self, document: &Value, mut try_at: impl FnMut(&Pointer, Value) -> bool) {
        let roots = self.sides.map(|root| expanded(root, vec![root]));
        let mut queue = VecDeque::from([(Pointer::root(), document, roots)]);
        while let Some((place, value, said)) = queue.pop_front() {
            // Where both sides say the same, no value tells them apart.
            if !self.thorough && says_the_same(&said) {
                continue;
            }
            let mut take = |value: Value| try_at(&place, value);
            let mut offers = Offers::new(&mut take);
            self.offer(value, &said, &mut offers);
            if !offers.are_open() {
                return;
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

    /// What either side mentions of the place, in place of `value`.
    fn offer(&self, value: &Value, said: &Said<'a>, out: &mut Offers<'_>) {
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
            Value::Object(members) => self.objects(members, said, out),
            Value::Array(items) => arrays(items, said, out),
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
        }
        maps().for_each(|map| numbers(map, out));
        texts(said, out);
        for (root, schemas) in self.sides.iter().zip(said) {
            for schema in schemas {
                let built = [Size::Smallest, Size::Fullest]
                    .into_iter()
                    .filter_map(|size| Builder::new(root, size, 0).build(&[schema]));
                out.extend(built);
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
    }

    /// One member less, one more: declared by either side, or by none.
    fn objects(&self, members: &Map<String, Value>, said: &Said<'a>, out: &mut Offers<'_>) {
        let [sent, read] = said.each_ref().map(|schemas| {
            let maps = schemas.iter().filter_map(|schema| schema.as_object());
            maps.flat_map(required).collect::<BTreeSet<&str>>()
        });
        for name in members.keys() {
            // A member that both sides need, or neither, tells them apart only by way of another.
            if self.thorough || sent.contains(name.as_str()) != read.contains(name.as_str()) {
                let mut fewer = members.clone();
                fewer.shift_remove(name);
                out.extend([Value::Object(fewer)]);
            }
        }
        for name in names(said) {
            if members.contains_key(&name) || !out.are_open() {
                continue;
            }
            let mut more = |value: Value| {
                let mut more = members.clone();
                more.insert(name.clone(), value);
                out.extend([Value::Object(more)]);
            };
            let below = self.step(said, |map| member_schemas(map, &name));
            if !self.thorough && below.iter().all(|said| !said.is_empty()) && says_the_same(&below)
            {
                continue;
            }
            for (root, schemas) in self.sides.iter().zip(&below) {
                for schema in schemas {
                    let built = Builder::new(root, Size::Smallest, 0).build(&[schema]);
                    built.into_iter().for_each(&mut more);
                }
            }
            [json!(null), json!(""), json!(0)]
                .into_iter()
                .for_each(more);
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
