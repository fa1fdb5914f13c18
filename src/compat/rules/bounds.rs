//! The range of a number: `minimum`, `maximum` and their exclusive forms.

use std::cmp::Ordering;

use serde_json::Number;

use super::{Rule, code};
use crate::compat::changes::Changes;
use crate::compat::walk::Pair;
use crate::number::Decimal;
use crate::schema::Kinds;

pub(super) static RULE: Rule = Rule {
    subject: "bounds",
    kinds: Kinds::NUMBER,
    help: [
        "keep the old bound, or clamp old values in a migration",
        "keep the old bound",
    ],
    codes: [
        None,
        code(
            "bounds-narrowed",
            "\
The range of a number became smaller: a bound moved inwards, appeared, or refuses itself now.

    old { \"type\": \"integer\", \"maximum\": 100 }
    new { \"type\": \"integer\", \"maximum\": 99 }
",
        ),
        code(
            "bounds-widened",
            "\
The range of a number became larger: a bound moved outwards, went away, or accepts itself now.

    old { \"type\": \"integer\", \"maximum\": 100 }
    new { \"type\": \"integer\", \"maximum\": 1000 }
",
        ),
        None,
    ],
    compare,
};

type Bound<'a> = Option<(&'a Number, bool)>;

fn compare(pair: &Pair<'_>, changes: &mut Changes<'_>) {
    for upper in [false, true] {
        let (old, new) = (pair.old.bound(upper), pair.new.bound(upper));
        let keywords = if upper {
            ["maximum", "exclusiveMaximum"]
        } else {
            ["minimum", "exclusiveMinimum"]
        };
        let message = format!("{} now", words(new, upper));
        let was = format!("was {}", words(old, upper));
        match tightness(new, upper, old) {
            Ordering::Greater => changes.narrows(pair.at(&keywords), message, &was),
            Ordering::Less => changes.widens(pair.at(&keywords), message, &was),
            Ordering::Equal => {}
        }
    }
}

/// How much `a` refuses beside `b`.
fn tightness(a: Bound<'_>, upper: bool, b: Bound<'_>) -> Ordering {
    match (a, b) {
        (None, None) => Ordering::Equal,
        (Some(_), None) => Ordering::Greater,
        (None, Some(_)) => Ordering::Less,
        (Some((a, a_exclusive)), Some((b, b_exclusive))) => {
            let order = Decimal::of(a).cmp(&Decimal::of(b));
            let order = if upper { order.reverse() } else { order };
            order.then(a_exclusive.cmp(&b_exclusive))
        }
    }
}

fn words(bound: Bound<'_>, upper: bool) -> String {
    match (bound, upper) {
        (None, false) => "unbounded below".to_owned(),
        (None, true) => "unbounded above".to_owned(),
        (Some((number, false)), false) => format!("at least {number}"),
        (Some((number, true)), false) => format!("more than {number}"),
        (Some((number, false)), true) => format!("at most {number}"),
        (Some((number, true)), true) => format!("less than {number}"),
    }
}
