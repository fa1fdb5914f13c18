//! Values to put in one place of a document: what the schemas demand of the place in; values with what
//! each shows out. Says nothing of whether they are accepted.

use serde_json::{Map, Value, json};

use super::{numbers, text};
use crate::schema::Kinds;
use crate::schema::instance::{Builder, Conjunction, Size};

/// Values with what each shows, the most telling first.
pub(super) type Edits = Vec<(String, Value)>;

/// Larger lists and maps than this are not made.
const MOST: usize = 300;

/// A place of a document, as its schemas see it.
#[derive(Clone, Copy)]
pub(super) struct Place<'p, 'a> {
    pub(super) bundle: &'a Value,
    /// The schemas that judge the place.
    pub(super) schemas: &'p [&'a Value],
    /// What they demand together, on one way through their alternatives.
    pub(super) demands: &'p Conjunction<'a>,
    /// The builder's turn that takes this way.
    pub(super) turn: usize,
}

impl Place<'_, '_> {
    /// A value that satisfies one more schema than the place's own.
    fn value(&self, size: Size, more: &Value) -> Option<Value> {
        let schemas: Vec<&Value> = self.schemas.iter().copied().chain([more]).collect();
        Builder::new(self.bundle, size, self.turn).build(&schemas)
    }

    /// A value for what stands below the place.
    fn inner(&self, schemas: &[&Value], turn: usize) -> Option<Value> {
        Builder::new(self.bundle, Size::Fullest, turn).build(schemas)
    }
}

/// Every value worth trying in `place`, where `value` stands.
pub(super) fn edits(place: &Place<'_, '_>, value: &Value) -> Edits {
    let demands = place.demands;
    let chosen = demands.values().is_some();
    let own = match value {
        Value::Object(members) => objects(place, members),
        Value::Array(items) => arrays(place, items),
        Value::String(_) if chosen => Edits::new(),
        Value::String(_) => words(place),
        Value::Number(_) if demands.kinds().contains(Kinds::NUMBER) => {
            spelled(numbers::edges(demands, false), numbers::NUMBERS)
        }
        Value::Number(_) => spelled(numbers::edges(demands, true), numbers::INTEGERS),
        Value::Bool(_) => vec![
            ("false".to_owned(), json!(false)),
            ("true".to_owned(), json!(true)),
        ],
        Value::Null => Edits::new(),
    };
    let respelled = spelled(numbers::respelled(value), &[]);
    weave(choices(demands), weave(own, weave(respelled, wrong(value))))
}

/// The members of an `enum`, and what is almost one.
fn choices(demands: &Conjunction<'_>) -> Edits {
    let Some(values) = demands.values() else {
        return Edits::new();
    };
    let mut out = Edits::new();
    let mut near = vec![("an unknown value".to_owned(), json!("unknown"))];
    for value in values.into_iter().take(50) {
        out.push((format!("the value {value}"), value.clone()));
        if let Some(text) = value.as_str() {
            let lower = text.to_lowercase();
            let flipped = if text == lower {
                text.to_uppercase()
            } else {
                lower
            };
            near.push(("a value in another case".to_owned(), json!(flipped)));
            near.push(("a value with a space".to_owned(), json!(format!("{text} "))));
        }
        if let Some(number) = value.as_i64() {
            let next = json!(number.wrapping_add(1));
            near.push(("a number that is no value".to_owned(), next));
        }
    }
    weave(out, near)
}

fn words(place: &Place<'_, '_>) -> Edits {
    let edges = text::edges(place.demands).into_iter();
    let mut out: Edits = edges
        .map(|(what, text)| (what.to_owned(), json!(text)))
        .collect();
    // Where there is a pattern too, the longest text of it.
    let most = place
        .demands
        .at_most("maxLength")
        .filter(|most| *most <= MOST);
    if let Some(most) = most.filter(|_| !place.demands.texts("pattern").is_empty()) {
        let longest = place.value(
            Size::Fullest,
            &json!({ "type": "string", "minLength": most }),
        );
        out.extend(longest.map(|text| ("the longest of the pattern".to_owned(), text)));
    }
    out
}

/// Numbers that fit 64 bits if they are whole: those beyond are a documented limit, not a sample.
fn spelled(edges: numbers::Shown, traps: &[(&'static str, &str)]) -> Edits {
    let traps = traps.iter().map(|(what, text)| (*what, (*text).to_owned()));
    let fits = |text: &str| {
        text.contains(['.', 'e']) || text.parse::<i64>().is_ok() || text.parse::<u64>().is_ok()
    };
    let all = edges
        .into_iter()
        .chain(traps)
        .filter(|(_, text)| fits(text));
    all.map(|(what, text)| (what.to_owned(), spell(&text)))
        .collect()
}

fn spell(text: &str) -> Value {
    text.parse().map(Value::Number).unwrap_or_default()
}

fn objects(place: &Place<'_, '_>, members: &Map<String, Value>) -> Edits {
    let demands = place.demands;
    let required = demands.texts("required");
    let mut absent = Edits::new();
    for name in members.keys() {
        let mut fewer = members.clone();
        fewer.shift_remove(name);
        let is_required = required.contains(&name.as_str());
        let word = if is_required {
            "is missing"
        } else {
            "is absent"
        };
        absent.push((format!("`{name}` {word}"), Value::Object(fewer)));
    }
    let mut alone = Edits::new();
    if let Some(Value::Object(least)) = place.value(Size::Smallest, &json!({ "type": "object" })) {
        for (name, value) in members
            .iter()
            .filter(|(name, _)| !least.contains_key(*name))
        {
            let mut more = least.clone();
            more.insert(name.clone(), value.clone());
            alone.push((
                format!("`{name}` is the only optional"),
                Value::Object(more),
            ));
        }
    }
    let with = |name: &str, value: Value| {
        let mut more = members.clone();
        more.insert(name.to_owned(), value);
        Value::Object(more)
    };
    let mut out = vec![
        (
            "an unknown property".to_owned(),
            with("unknown_property", json!("kept?")),
        ),
        (
            "an unknown property of every kind".to_owned(),
            with("unknown_kinds", anything()),
        ),
    ];
    if demands.names("properties").is_empty() {
        out.extend(maps(place, members));
    }
    let least = demands.at_least("minProperties");
    if (1..=MOST).contains(&least) {
        let fewest = place.value(Size::Smallest, &json!({ "type": "object" }));
        if let Some(Value::Object(fewest)) = fewest {
            let fewer = fewest.iter().take(least - 1);
            let fewer = fewer
                .map(|(name, value)| (name.clone(), value.clone()))
                .collect();
            out.push(("the fewest properties".to_owned(), Value::Object(fewest)));
            out.push(("one property too few".to_owned(), Value::Object(fewer)));
        }
    }
    if let Some(most) = demands
        .at_most("maxProperties")
        .filter(|most| *most <= MOST)
    {
        let full = json!({ "type": "object", "minProperties": most });
        if let Some(Value::Object(full)) = place.value(Size::Smallest, &full) {
            let mut over = full.clone();
            let value = place
                .inner(&demands.member("one_more"), 0)
                .unwrap_or_default();
            over.insert("one_more".to_owned(), value);
            out.push(("the most properties".to_owned(), Value::Object(full)));
            out.push(("one property too many".to_owned(), Value::Object(over)));
        }
    }
    weave(absent, weave(out, alone))
}

/// A value with everything that is easily lost: spellings, order, nesting, big numbers.
fn anything() -> Value {
    let mut inner = Map::new();
    inner.insert("z\"\\".to_owned(), Value::Null);
    inner.insert("a".to_owned(), json!([true, "😀\n", {}, []]));
    inner.insert("decimal".to_owned(), spell("1.10"));
    inner.insert("exponent".to_owned(), spell("1e5"));
    inner.insert("big".to_owned(), spell("123456789012345678901234567890"));
    Value::Object(inner)
}

/// Property names that programs get wrong.
const ODD_NAMES: &[&str] = &[
    "",
    "é円😀",
    "\"\\\n\t",
    "a b",
    "class",
    "A",
    "a",
    "$ref",
    "__proto__",
];

fn maps(place: &Place<'_, '_>, members: &Map<String, Value>) -> Edits {
    let Some(value) = members.values().next() else {
        return Edits::new();
    };
    let most = place.demands.at_most("maxProperties").unwrap_or(MOST);
    let entry = |name: &str| {
        let own = place.inner(&place.demands.member(name), 0);
        (name.to_owned(), own.unwrap_or_else(|| value.clone()))
    };
    let odd = ODD_NAMES
        .iter()
        .take(most)
        .map(|name| entry(name))
        .collect();
    let mut out = vec![
        ("an empty map".to_owned(), json!({})),
        ("odd names".to_owned(), Value::Object(odd)),
    ];
    for name in ODD_NAMES {
        let alone = Value::Object([entry(name)].into_iter().collect());
        out.push((format!("the name {}", json!(name)), alone));
    }
    out
}

fn arrays(place: &Place<'_, '_>, items: &[Value]) -> Edits {
    let demands = place.demands;
    let mut out = vec![("an empty array".to_owned(), json!([]))];
    let longer = |items: &[Value]| {
        let schemas = demands.element(items.len());
        let built = (0..8).filter_map(|turn| place.inner(&schemas, turn));
        let mut built = built.chain(items.first().cloned());
        let next = built
            .find(|item| !items.contains(item))
            .or_else(|| items.first().cloned());
        let one_more = next.unwrap_or_else(|| json!("one more"));
        items.iter().cloned().chain([one_more]).collect::<Value>()
    };
    if let Some(most) = demands.at_most("maxItems").filter(|most| *most <= MOST) {
        let full = json!({ "type": "array", "minItems": most });
        if let Some(Value::Array(full)) = place.value(Size::Smallest, &full) {
            out.push(("one element too many".to_owned(), longer(&full)));
            out.push(("the most elements".to_owned(), Value::Array(full)));
        }
    }
    let least = demands.at_least("minItems");
    if (1..=MOST).contains(&least)
        && let Some(Value::Array(fewest)) = place.value(Size::Smallest, &json!({ "type": "array" }))
    {
        let fewer = fewest.iter().take(least - 1).cloned().collect();
        out.push(("the fewest elements".to_owned(), Value::Array(fewest)));
        out.push(("one element too few".to_owned(), fewer));
    }
    if let Some(first) = items.first() {
        out.push(("one element".to_owned(), json!([first])));
        out.push(("the same element twice".to_owned(), json!([first, first])));
        let hole = items.iter().cloned().chain([Value::Null]).collect();
        out.push(("null among the elements".to_owned(), hole));
    }
    out.push(("one element more".to_owned(), longer(items)));
    out
}

/// Values of other types, among them what lax readers take for this one.
fn wrong(value: &Value) -> Edits {
    let all = match value {
        Value::Object(_) => vec![json!(null), json!([]), json!("{}"), json!(0)],
        Value::Array(_) => vec![json!(null), json!({}), json!("[]"), json!("a")],
        Value::String(_) => vec![json!(null), json!(5), json!(true), json!(["a"]), json!({})],
        Value::Number(_) => vec![json!(null), json!("5"), json!(true), json!([5]), json!({})],
        Value::Bool(_) => vec![json!(null), json!(1), json!("true"), json!(0), json!([])],
        Value::Null => vec![json!(0), json!(""), json!(false), json!([]), json!({})],
    };
    let kind = |it: &Value| Kinds::of(it).names().concat();
    all.into_iter()
        .map(|it| {
            (
                format!("{} {} in place of {}", article(&it), kind(&it), kind(value)),
                it,
            )
        })
        .collect()
}

fn article(value: &Value) -> &'static str {
    match value {
        Value::Null => "the value",
        Value::Array(_) | Value::Object(_) => "an",
        Value::Number(_) if Kinds::of(value) == Kinds::INTEGER => "an",
        Value::Bool(_) | Value::Number(_) | Value::String(_) => "a",
    }
}

/// Two lists as one, taking turns.
fn weave(first: Edits, second: Edits) -> Edits {
    let mut out = Edits::new();
    let (mut first, mut second) = (first.into_iter(), second.into_iter());
    loop {
        let pair = (first.next(), second.next());
        if pair.0.is_none() && pair.1.is_none() {
            return out;
        }
        out.extend(pair.0);
        out.extend(pair.1);
    }
}
