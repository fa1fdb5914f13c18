//! Schemas, edits and documents at random: a seed in; the same values on every machine out.

use contracts::schema::instance::{Builder, Size};
use serde_json::{Map, Value, json};

/// Numbers at random (`SplitMix64`): what a seed gives is the same everywhere.
pub struct Random(u64);

impl Random {
    pub fn new(seed: u64) -> Self {
        Self(seed)
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    /// A number below `end`.
    pub fn below(&mut self, end: usize) -> usize {
        usize::try_from(self.next() % end as u64).unwrap()
    }

    /// Once in `times`.
    pub fn once_in(&mut self, times: usize) -> bool {
        self.below(times) == 0
    }

    fn pick<'a, T>(&mut self, from: &'a [T]) -> &'a T {
        &from[self.below(from.len())]
    }
}

const NAMES: [&str; 5] = ["a", "b", "ab", "c", "x-y"];
const PATTERNS: [&str; 8] = [
    "^a", "b$", "^[a-c]*$", "^x-", "^\\d+$", "a|b", "^(ab)+$", ".{2}",
];
const TYPES: [&str; 7] = [
    "null", "boolean", "integer", "number", "string", "array", "object",
];

/// A schema with a definition that may name itself.
pub fn schema(random: &mut Random) -> Value {
    let depth = if random.once_in(8) { 3 } else { 2 };
    let mut root = part(random, depth);
    define(random, &mut root, &Value::Null);
    root
}

/// Gives a schema the definition that its references name, and now and then without one.
fn define(random: &mut Random, root: &mut Value, like: &Value) {
    let named = root.to_string().contains("#/$defs/d");
    if let Value::Object(map) = root
        && (named || random.once_in(20))
        && !map.contains_key("$defs")
    {
        let known = like.get("$defs").cloned();
        let made = known.unwrap_or_else(|| json!({ "d": part(random, 2) }));
        map.insert("$defs".to_owned(), made);
    }
}

fn part(random: &mut Random, depth: usize) -> Value {
    if depth == 0 {
        return leaf(random);
    }
    let mut made = match random.below(10) {
        0..=2 => object(random, depth - 1),
        3 | 4 => array(random, depth - 1),
        5 | 6 => combined(random, depth - 1),
        _ => leaf(random),
    };
    // Keywords of several kinds in one schema.
    if random.once_in(6) {
        let more = part(random, depth - 1);
        if let (Value::Object(map), Value::Object(more)) = (&mut made, more) {
            for (key, value) in more {
                map.entry(key).or_insert(value);
            }
        }
    }
    made
}

fn leaf(random: &mut Random) -> Value {
    match random.below(9) {
        0 => json!({}),
        1 => json!(!random.once_in(3)),
        2 => types(random),
        3 => json!({ "const": constant(random) }),
        4 => {
            let mut values: Vec<Value> = (0..=random.below(4)).map(|_| constant(random)).collect();
            values.dedup();
            json!({ "enum": values })
        }
        5 | 6 => number(random),
        _ => text(random),
    }
}

fn types(random: &mut Random) -> Value {
    if random.once_in(2) {
        return json!({ "type": random.pick(&TYPES) });
    }
    let mut several: Vec<&str> = (0..2).map(|_| *random.pick(&TYPES)).collect();
    several.dedup();
    json!({ "type": several })
}

fn constant(random: &mut Random) -> Value {
    random
        .pick(&[
            json!(null),
            json!(true),
            json!(0),
            json!(1),
            json!(2),
            json!(1.5),
            json!(-3),
            json!(""),
            json!("a"),
            json!("ab"),
            json!([]),
            json!([1]),
            json!({}),
            json!({ "a": 1 }),
        ])
        .clone()
}

/// Some of the keywords given, each with a chance of one in two.
fn some(random: &mut Random, keywords: Vec<(&str, Value)>) -> Map<String, Value> {
    let all = keywords.into_iter();
    all.filter(|_| random.once_in(2))
        .map(|(key, value)| (key.to_owned(), value))
        .collect()
}

fn number(random: &mut Random) -> Value {
    const BOUNDS: [f64; 8] = [-2.0, 0.0, 0.5, 1.0, 2.0, 3.0, 7.0, 10.0];
    let bound = |random: &mut Random| {
        let bound = *random.pick(&BOUNDS);
        if bound.fract() == 0.0 {
            json!(bound as i64)
        } else {
            json!(bound)
        }
    };
    let steps = [json!(1), json!(2), json!(3), json!(0.5), json!(0.1)];
    let keywords = vec![
        ("type", json!(random.pick(&["integer", "number"]))),
        ("minimum", bound(random)),
        ("exclusiveMaximum", bound(random)),
        ("multipleOf", random.pick(&steps).clone()),
    ];
    let mut made = some(random, keywords);
    if random.once_in(4) {
        made.insert("maximum".to_owned(), bound(random));
    }
    Value::Object(made)
}

fn text(random: &mut Random) -> Value {
    let keywords = vec![
        ("type", json!("string")),
        ("minLength", json!(random.below(3))),
        ("maxLength", json!(random.below(5))),
        ("pattern", json!(random.pick(&PATTERNS))),
    ];
    Value::Object(some(random, keywords))
}

/// A schema in a place where a reference ends.
fn inner(random: &mut Random, depth: usize) -> Value {
    if random.once_in(8) {
        json!({ "$ref": "#/$defs/d" })
    } else {
        part(random, depth)
    }
}

fn array(random: &mut Random, depth: usize) -> Value {
    let prefix: Vec<Value> = (0..=random.below(2))
        .map(|_| inner(random, depth))
        .collect();
    let keywords = vec![
        ("type", json!("array")),
        ("prefixItems", json!(prefix)),
        ("items", inner(random, depth)),
        ("minItems", json!(random.below(3))),
        ("maxItems", json!(random.below(4))),
    ];
    let mut made = some(random, keywords);
    if random.once_in(4) {
        made.insert("uniqueItems".to_owned(), json!(true));
    }
    if random.once_in(4) {
        made.insert("contains".to_owned(), inner(random, depth));
        made.extend(some(
            random,
            vec![
                ("minContains", json!(random.0 % 3)),
                ("maxContains", json!(2)),
            ],
        ));
    }
    if random.once_in(10) {
        made.insert("unevaluatedItems".to_owned(), inner(random, depth));
    }
    Value::Object(made)
}

fn object(random: &mut Random, depth: usize) -> Value {
    let members: Map<String, Value> = (0..random.below(4))
        .map(|_| ((*random.pick(&NAMES)).to_owned(), inner(random, depth)))
        .collect();
    let mut required = vec![*random.pick(&NAMES), *random.pick(&NAMES)];
    required.dedup();
    let keywords = vec![
        ("type", json!("object")),
        ("properties", Value::Object(members)),
        ("required", json!(required)),
        ("additionalProperties", inner(random, depth)),
    ];
    let mut made = some(random, keywords);
    let name = *random.pick(&NAMES);
    let (extra, value) = match random.below(16) {
        0 => (
            "patternProperties",
            json!({ (*random.pick(&PATTERNS)): inner(random, depth) }),
        ),
        1 => ("propertyNames", text(random)),
        2 => ("minProperties", json!(random.below(3))),
        3 => ("maxProperties", json!(random.below(4))),
        4 => ("dependentRequired", json!({ name: [random.pick(&NAMES)] })),
        5 => ("dependentSchemas", json!({ name: part(random, depth) })),
        6 => ("unevaluatedProperties", inner(random, depth)),
        _ => return Value::Object(made),
    };
    made.insert(extra.to_owned(), value);
    Value::Object(made)
}

fn combined(random: &mut Random, depth: usize) -> Value {
    match random.below(6) {
        0 => json!({ "not": part(random, depth) }),
        1 => json!({
            "if": part(random, depth),
            "then": part(random, depth),
            "else": part(random, depth),
        }),
        kind => {
            let keyword = ["anyOf", "anyOf", "allOf", "oneOf"][kind - 2];
            let list: Vec<Value> = (0..2 + random.below(2))
                .map(|_| part(random, depth))
                .collect();
            json!({ keyword: list })
        }
    }
}

/// A schema as its next version might be: one place of it edited, or all of it put beside another.
pub fn edited(random: &mut Random, old: &Value) -> Value {
    let mut new = match random.below(12) {
        0 => return schema(random),
        1 => json!({ "anyOf": [old.clone(), leaf(random)] }),
        2 => json!({ "allOf": [old.clone(), part(random, 1)] }),
        _ => {
            let mut new = old.clone();
            let places = super::shrink::places(&new);
            let place = random.pick(&places).clone();
            if let Some(value) = new.pointer_mut(&place) {
                tweak(random, value);
            }
            new
        }
    };
    define(random, &mut new, old);
    new
}

fn tweak(random: &mut Random, value: &mut Value) {
    match value {
        Value::Number(number) => {
            let step = [-1.0, 1.0, 2.0][random.below(3)];
            let moved = (number.as_f64().unwrap() + step).abs().max(0.5);
            *value = if moved.fract() == 0.0 {
                json!(moved as i64)
            } else if number.is_f64() {
                json!(moved)
            } else {
                json!(1)
            };
        }
        Value::Array(list) if list.len() > 1 => {
            let at = random.below(list.len());
            list.remove(at);
        }
        Value::String(text) if TYPES.contains(&text.as_str()) => {
            *value = json!(random.pick(&TYPES));
        }
        Value::String(text) if PATTERNS.contains(&text.as_str()) => {
            *value = json!(random.pick(&PATTERNS));
        }
        Value::Object(map) if !map.is_empty() && random.once_in(2) => {
            let at = random.below(map.len());
            let key = map.keys().nth(at).unwrap().clone();
            map.shift_remove(&key);
        }
        Value::Object(map) => {
            if let Value::Object(more) = part(random, 1) {
                map.extend(more);
            }
        }
        Value::Bool(all) => *all = !*all,
        Value::Array(_) | Value::String(_) | Value::Null => {}
    }
}

/// Documents near two schemas, with one place of each changed, and some that belong to none.
pub fn documents(random: &mut Random, old: &Value, new: &Value) -> Vec<Value> {
    let mut made = Vec::new();
    for schema in [old, new] {
        for turn in 0..6 {
            for size in [Size::Smallest, Size::Fullest] {
                made.extend(Builder::new(schema, size, turn).build(&[schema]));
            }
        }
    }
    made.extend((0..8).map(|_| constant(random)));
    let near: Vec<Value> = made
        .iter()
        .map(|document| {
            let mut document = document.clone();
            let places = super::shrink::places(&document);
            let place = random.pick(&places).clone();
            if let Some(value) = document.pointer_mut(&place) {
                tweak_document(random, value);
            }
            document
        })
        .collect();
    made.extend(near);
    made
}

fn tweak_document(random: &mut Random, value: &mut Value) {
    match value {
        Value::Object(map) => {
            let name = (*random.pick(&NAMES)).to_owned();
            if map.shift_remove(&name).is_none() {
                map.insert(name, constant(random));
            }
        }
        Value::Array(list) => {
            if random.once_in(2) && list.pop().is_some() {
                return;
            }
            list.push(constant(random));
        }
        Value::String(text) => text.push(['a', 'b', '1', '-'][random.below(4)]),
        Value::Number(_) => *value = json!(random.below(9)),
        Value::Null | Value::Bool(_) => *value = constant(random),
    }
}
