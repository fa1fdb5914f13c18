//! What a schema asks of values without parts, and of listed ones.

use std::cmp::Ordering;

use serde_json::Value;

use super::given::Given;
use crate::number::{self, Decimal};
use crate::schema::Kinds;

/// Whether a keyword about types, listed values, numbers or texts follows from what is given.
pub(super) fn follows(given: &Given<'_>, keyword: &str, value: &Value) -> bool {
    let kinds = given.kinds();
    let holds = |about: Kinds, follows: bool| {
        follows || !kinds.meets(about) || listed(given, keyword, value)
    };
    match (keyword, value) {
        ("type", Value::String(name)) => {
            Kinds::from_name(name).is_some_and(|asked| asked.contains(kinds))
        }
        ("type", Value::Array(names)) => names
            .iter()
            .filter_map(|name| Kinds::from_name(name.as_str()?))
            .fold(Kinds::NONE, Kinds::union)
            .contains(kinds),
        ("const", constant) => among(given, &[constant]),
        ("enum", Value::Array(values)) => among(given, &values.iter().collect::<Vec<_>>()),
        ("minimum" | "exclusiveMinimum", Value::Number(bound)) => {
            let asked = (Decimal::of(bound), keyword == "exclusiveMinimum");
            holds(
                Kinds::NUMBER,
                bounded(
                    given,
                    ["minimum", "exclusiveMinimum"],
                    &asked,
                    Ordering::Greater,
                ),
            )
        }
        ("maximum" | "exclusiveMaximum", Value::Number(bound)) => {
            let asked = (Decimal::of(bound), keyword == "exclusiveMaximum");
            holds(
                Kinds::NUMBER,
                bounded(
                    given,
                    ["maximum", "exclusiveMaximum"],
                    &asked,
                    Ordering::Less,
                ),
            )
        }
        ("multipleOf", Value::Number(step)) => {
            let step = Decimal::of(step);
            let whole = !kinds.contains(Kinds::NUMBER);
            let ones = whole.then(|| Decimal::of(&1.into()));
            let steps = given
                .all("multipleOf")
                .filter_map(|it| it.as_number().map(Decimal::of));
            let follows = steps
                .chain(ones)
                .any(|it| it.is_multiple_of(&step) == Some(true));
            holds(Kinds::NUMBER, follows)
        }
        ("minLength", _) => {
            let follows = value
                .as_u64()
                .is_some_and(|it| given.at_least(keyword) >= it);
            holds(Kinds::STRING, follows)
        }
        ("maxLength", _) => {
            let most = given.at_most(keyword);
            let follows = value
                .as_u64()
                .is_some_and(|it| most.is_some_and(|most| most <= it));
            holds(Kinds::STRING, follows)
        }
        ("pattern" | "format", Value::String(_)) => holds(
            Kinds::STRING,
            given.all(keyword).any(|other| other == value),
        ),
        _ => false,
    }
}

fn among(given: &Given<'_>, asked: &[&Value]) -> bool {
    let same = |value: &Value| asked.iter().any(|other| number::same(value, other));
    if let Some(values) = given.values() {
        return values.into_iter().all(same);
    }
    let few = Kinds::NULL.union(Kinds::BOOLEAN);
    let kinds = given.kinds();
    few.contains(kinds)
        && (!kinds.meets(Kinds::NULL) || same(&Value::Null))
        && (!kinds.meets(Kinds::BOOLEAN) || (same(&true.into()) && same(&false.into())))
}

/// Whether a bound that is given lies at or beyond the one that is asked.
fn bounded(
    given: &Given<'_>,
    [inclusive, exclusive]: [&str; 2],
    (asked, asked_exclusive): &(Decimal, bool),
    beyond: Ordering,
) -> bool {
    [(inclusive, false), (exclusive, true)]
        .into_iter()
        .any(|(keyword, is_exclusive)| {
            given
                .all(keyword)
                .filter_map(Value::as_number)
                .any(|bound| {
                    let order = Decimal::of(bound).cmp(asked);
                    order == beyond
                        || (order == Ordering::Equal && (is_exclusive || !asked_exclusive))
                })
        })
}

/// Whether each of the listed values obeys the keyword by itself.
fn listed(given: &Given<'_>, keyword: &str, asked: &Value) -> bool {
    let Some(values) = given.values() else {
        return false;
    };
    values.into_iter().all(|value| match (value, asked) {
        (Value::String(text), _) => {
            let length = text.chars().count() as u64;
            match keyword {
                "minLength" => asked.as_u64().is_some_and(|least| least <= length),
                "maxLength" => asked.as_u64().is_some_and(|most| length <= most),
                "pattern" | "format" => false,
                _ => true,
            }
        }
        (Value::Number(number), Value::Number(bound)) => {
            let order = Decimal::of(number).cmp(&Decimal::of(bound));
            match keyword {
                "minimum" => order.is_ge(),
                "maximum" => order.is_le(),
                "exclusiveMinimum" => order.is_gt(),
                "exclusiveMaximum" => order.is_lt(),
                "multipleOf" => {
                    Decimal::of(number).is_multiple_of(&Decimal::of(bound)) == Some(true)
                }
                _ => true,
            }
        }
        _ => true,
    })
}
