//! Numbers worth trying: bounds and steps in; spelled numbers, each with what it shows, out.
//!
//! Arithmetic is decimal and exact; bounds too long for it are passed over.

use serde_json::Value;

use crate::number::{Decimal, from_scaled};
use crate::schema::instance::Conjunction;

/// Spelled numbers with what each shows.
pub(super) type Shown = Vec<(&'static str, String)>;

/// What stands at and around each bound: the keyword, the bound itself, a step below, a step above.
const AROUND: [(&str, [&str; 3]); 4] = [
    (
        "minimum",
        ["the minimum", "below the minimum", "above the minimum"],
    ),
    (
        "maximum",
        ["the maximum", "below the maximum", "above the maximum"],
    ),
    (
        "exclusiveMinimum",
        [
            "the exclusive minimum",
            "below the exclusive minimum",
            "above the exclusive minimum",
        ],
    ),
    (
        "exclusiveMaximum",
        [
            "the exclusive maximum",
            "below the exclusive maximum",
            "above the exclusive maximum",
        ],
    ),
];

/// Numbers at and around what the demands bound.
pub(super) fn edges(demands: &Conjunction<'_>, whole: bool) -> Shown {
    let keywords = AROUND
        .iter()
        .map(|(keyword, _)| *keyword)
        .chain(["multipleOf"]);
    let all = keywords.flat_map(|keyword| demands.numbers(keyword));
    let mut places = all.map(|number| number.places()).max().unwrap_or(0);
    let steps: Vec<Decimal> = demands.numbers("multipleOf").collect();
    // One place more than any bound has, so that a step is as small as can be, and half a step is too.
    places += u32::from(!whole || !steps.is_empty());
    let Some(one) = 10_i128.checked_pow(places).filter(|_| places < 25) else {
        return Shown::new();
    };
    let declared = steps.iter().filter_map(|step| step.scaled(places)).max();
    let step = declared.unwrap_or(if whole { one } else { 1 });
    let mut out = Shown::new();
    let mut show = |what, value: Option<i128>| {
        out.extend(value.map(|value| (what, from_scaled(value, places).to_string())));
    };
    for (keyword, [at, below, above]) in AROUND {
        for bound in demands
            .numbers(keyword)
            .filter_map(|bound| bound.scaled(places))
        {
            show(at, Some(bound));
            show(below, bound.checked_sub(step));
            show(above, bound.checked_add(step));
        }
    }
    if let Some(step) = declared {
        let least = demands
            .numbers("minimum")
            .chain(demands.numbers("exclusiveMinimum"));
        let least = least
            .filter_map(|bound| bound.scaled(places))
            .max()
            .unwrap_or(0);
        let base = least.checked_sub(least.rem_euclid(step.max(1)));
        show(
            "three steps",
            base.and_then(|base| base.checked_add(step.checked_mul(3)?)),
        );
        show(
            "half a step off",
            base.and_then(|base| base.checked_add(step.checked_mul(3)? / 2)),
        );
    }
    out
}

/// A whole number in other spellings of the same value.
pub(super) fn respelled(value: &Value) -> Shown {
    let Some(number) = value.as_i64() else {
        return Shown::new();
    };
    vec![
        ("spelled with a fraction of zero", format!("{number}.0")),
        ("spelled with an exponent", format!("{number}0e-1")),
    ]
}

/// Integers that programs get wrong.
pub(super) const INTEGERS: &[(&str, &str)] = &[
    ("an integer with a fraction of zero", "5.0"),
    ("an integer with an exponent", "5e2"),
    ("a fraction", "1.5"),
    ("the greatest of 64 bits", "9223372036854775807"),
    ("the least of 64 bits", "-9223372036854775808"),
    ("zero", "0"),
    ("a negative number", "-1"),
    ("more than a double holds", "9007199254740993"),
];

/// Numbers that programs get wrong.
pub(super) const NUMBERS: &[(&str, &str)] = &[
    ("a number without a fraction", "1"),
    ("a fraction of zero", "2.0"),
    ("a fraction no double holds", "0.1"),
    ("an exponent", "1.25e-7"),
    ("zero", "0"),
    ("a negative number", "-1.5"),
    ("seventeen digits", "0.30000000000000004"),
    ("the greatest double", "1.7976931348623157e308"),
    ("the least double", "5e-324"),
];
