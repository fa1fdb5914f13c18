//! Values to put in one place of a document: what the schemas say of the place in; values with what
//! each shows out. Says nothing of whether they are accepted.

use serde_json::{Map, Value, json};

use super::build::{Builder, Size};
use super::facts::Facts;
use super::{numbers, text};
use crate::schema::Kinds;

/// Values with what each shows, the most telling first.
pub(super) type Edits = Vec<(String, Value)>;

/// Larger lists and maps than this are not made.
const MOST: u64 = 300;

/// Every value worth trying where `facts` hold and `value` stands.
pub(super) fn edits(builder: &Builder<'_>, facts: &Facts<'_>, value: &Value) -> Edits {
    let own = match value {
        Value::Object(members) => objects(builder, facts, members),
        Value::Array(items) => arrays(builder, facts, items),
        Value::String(_) if facts.values().is_some() => Edits::new(),
        Value::String(_) => words(facts),
        Value::Number(_) if facts.kinds().contains(Kinds::NUMBER) => spelled(facts, false),
        Value::Number(_) => spelled(facts, true),
        Value::Bool(_) => vec![
            ("false".to_owned(), json!(false)),
            ("true".to_owned(), json!(true)),
        ],
        Value::Null => Edits::new(),
    };
    weave(
        choices(facts),
        weave(own, weave(respelled(value), wrong(value))),
    )
}

/// A whole number in other spellings of the same value.
fn respelled(value: &Value) -> Edits {
    let Some(number) = value.as_i64() else {
        return Edits::new();
    };
    vec![
        (
            "spelled with a fraction of zero".to_owned(),
            spell(&format!("{number}.0")),
        ),
        (
            "spelled with an exponent".to_owned(),
            spell(&format!("{number}0e-1")),
        ),
    ]
}

/// The members of an `enum`, and what is almost one.
fn choices(facts: &Facts<'_>) -> Edits {
    let Some(values) = facts.values() else {
        return Vec::new();
    };
    let mut out = Edits::new();
    let mut near = Edits::new();
    for value in values.iter().take(50) {
        out.push((format!("the value {value}"), value.clone()));
        if let Some(text) = value.as_str() {
            let flipped = if text == text.to_lowercase() {
                text.to_uppercase()
            } else {
                text.to_lowercase()
            };
            near.push(("a value in another case".to_owned(), json!(flipped)));
            near.push(("a value with a space".to_owned(), json!(format!("{text} "))));
        }
        if let Some(number) = value.as_i64() {
            near.push((
                "a value with a fraction of zero".to_owned(),
                spell(&format!("{number}.0")),
            ));
            near.push((
                "a number that is no value".to_owned(),
                json!(number.wrapping_add(1)),
            ));
        }
    }
    near.insert(0, ("an unknown value".to_owned(), json!("unknown")));
    weave(out, near)
}

fn words(facts: &Facts<'_>) -> Edits {
    text::edges(facts)
        .into_iter()
        .map(|(what, text)| (what.to_owned(), json!(text)))
        .collect()
}

fn spelled(facts: &Facts<'_>, whole: bool) -> Edits {
    let traps = if whole {
        numbers::INTEGERS
    } else {
        numbers::NUMBERS
    };
    let traps = traps.iter().map(|(what, text)| (*what, (*text).to_owned()));
    let all = numbers::edges(facts, whole).into_iter().chain(traps);
    // Beyond 64 bits integers are a documented limit, not a sample.
    let fits = |text: &str| {
        !whole
            || text.contains(['.', 'e'])
            || text.parse::<i64>().is_ok()
            || text.parse::<u64>().is_ok()
    };
    all.filter(|(_, text)| fits(text))
        .map(|(what, text)| (what.to_owned(), spell(&text)))
        .collect()
}

fn spell(text: &str) -> Value {
    text.parse().map(Value::Number).unwrap_or_default()
}

fn objects(builder: &Builder<'_>, facts: &Facts<'_>, members: &Map<String, Value>) -> Edits {
    let mut out = Edits::new();
    let mut absent = Edits::new();
    let least = builder.value(&facts.nodes, Size::Smallest);
    let required = facts.required();
    for name in members.keys() {
        let mut fewer = members.clone();
        fewer.shift_remove(name);
        let word = if required.contains(&name.as_str()) {
            "is missing"
        } else {
            "is absent"
        };
        absent.push((format!("`{name}` {word}"), Value::Object(fewer)));
    }
    let mut alone = Edits::new();
    if let Some(Value::Object(least)) = &least {
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
    out.push((
        "an unknown property".to_owned(),
        with("unknown_property", json!("kept?")),
    ));
    out.push((
        "an unknown property of every kind".to_owned(),
        with("unknown_kinds", anything()),
    ));
    if builder.is_map(facts) {
        out.extend(maps(builder, facts, members));
    }
    let most = facts
        .most(|it| it.max_properties)
        .filter(|most| *most <= MOST);
    if let Some(most) = most {
        out.push((
            "the most properties".to_owned(),
            counted(builder, facts, members, most),
        ));
        out.push((
            "one property too many".to_owned(),
            counted(builder, facts, members, most + 1),
        ));
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

fn maps(builder: &Builder<'_>, facts: &Facts<'_>, members: &Map<String, Value>) -> Edits {
    let mut out = Edits::new();
    let Some(value) = members.values().next() else {
        return out;
    };
    let empty = members
        .iter()
        .filter(|(name, _)| facts.required().contains(&name.as_str()));
    let empty = empty
        .map(|(name, value)| (name.clone(), value.clone()))
        .collect();
    out.push(("an empty map".to_owned(), Value::Object(empty)));
    let mut odd = Map::new();
    let most = facts.most(|it| it.max_properties).unwrap_or(MOST);
    let most = usize::try_from(most).unwrap_or(usize::MAX);
    for name in ODD_NAMES.iter().take(most) {
        let ids = facts.property(name, |pattern, name| builder.matches(pattern, name));
        let value = builder
            .value(&ids, Size::Fullest)
            .unwrap_or_else(|| value.clone());
        odd.insert((*name).to_owned(), value);
    }
    out.push(("odd names".to_owned(), Value::Object(odd)));
    let least = facts
        .least(|it| it.min_properties)
        .filter(|least| *least > 0);
    if let Some(least) = least {
        out.push((
            "the fewest properties".to_owned(),
            counted(builder, facts, members, least),
        ));
        out.push((
            "one property too few".to_owned(),
            counted(builder, facts, members, least - 1),
        ));
    }
    out
}

/// The members cut or filled to `count`.
fn counted(
    builder: &Builder<'_>,
    facts: &Facts<'_>,
    members: &Map<String, Value>,
    count: u64,
) -> Value {
    let count = usize::try_from(count.min(MOST)).unwrap_or_default();
    let mut out: Map<String, Value> = members
        .iter()
        .take(count)
        .map(|(name, value)| (name.clone(), value.clone()))
        .collect();
    for name in builder.names(facts).take(2 * count + 10) {
        if out.len() >= count {
            break;
        }
        let ids = facts.property(&name, |pattern, name| builder.matches(pattern, name));
        if let Some(value) = builder.value(&ids, Size::Smallest) {
            out.entry(name).or_insert(value);
        }
    }
    Value::Object(out)
}

fn arrays(builder: &Builder<'_>, facts: &Facts<'_>, items: &[Value]) -> Edits {
    let mut out = Edits::new();
    let sized = |count: u64| {
        let mut grown = items.to_vec();
        let distinct = facts.keywords.iter().any(|it| it.unique_items);
        grown.truncate(usize::try_from(count).unwrap_or(usize::MAX));
        while (grown.len() as u64) < count {
            let ids = facts.element(grown.len());
            let first = builder
                .value(&ids, Size::Fullest)
                .or_else(|| items.first().cloned());
            let first = first.unwrap_or_else(|| json!("one more"));
            let mut different = text::numbered(&first, grown.len()).into_iter();
            let next = if distinct && grown.contains(&first) {
                let fits = |value: &Value| !grown.contains(value) && builder.accepts(&ids, value);
                different.find(fits).unwrap_or_else(|| json!(grown.len()))
            } else {
                first
            };
            grown.push(next);
        }
        Value::Array(grown)
    };
    out.push(("an empty array".to_owned(), json!([])));
    if let Some(most) = facts.most(|it| it.max_items).filter(|most| *most <= MOST) {
        out.push(("the most elements".to_owned(), sized(most)));
        out.push(("one element too many".to_owned(), sized(most + 1)));
    }
    if let Some(least) = facts
        .least(|it| it.min_items)
        .filter(|it| (1..=MOST).contains(it))
    {
        out.push(("the fewest elements".to_owned(), sized(least)));
        out.push(("one element too few".to_owned(), sized(least - 1)));
    }
    if let Some(first) = items.first() {
        out.push(("one element".to_owned(), json!([first])));
        let mut twice = items.to_vec();
        twice.truncate(1);
        twice.push(first.clone());
        out.push(("the same element twice".to_owned(), Value::Array(twice)));
        let mut hole = items.to_vec();
        hole.push(Value::Null);
        out.push(("null among the elements".to_owned(), Value::Array(hole)));
    }
    out.push((
        "one element more than the places".to_owned(),
        sized(items.len() as u64 + 1),
    ));
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
