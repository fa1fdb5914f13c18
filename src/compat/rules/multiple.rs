//! The steps of a number: `multipleOf`.

use std::collections::BTreeSet;

use super::{Rule, code};
use crate::compat::changes::Changes;
use crate::compat::walk::Pair;
use crate::number::Decimal;
use crate::schema::Kinds;

pub(super) static RULE: Rule = Rule {
    subject: "multiple",
    kinds: Kinds::NUMBER,
    help: [
        "keep the old step, or round old values in a migration",
        "keep the old step",
    ],
    codes: [
        None,
        code(
            "multiple-narrowed",
            "\
A number must now be a multiple of something it need not have been a multiple of.

    old { \"type\": \"number\", \"multipleOf\": 0.01 }
    new { \"type\": \"number\", \"multipleOf\": 0.1 }
",
        ),
        code(
            "multiple-widened",
            "\
A number need no longer be a multiple of something, or only of a smaller part of it.

    old { \"type\": \"integer\", \"multipleOf\": 10 }
    new { \"type\": \"integer\", \"multipleOf\": 5 }
",
        ),
        code(
            "multiple-replaced",
            "\
A number must be a multiple of another number, and neither divides the other.

    old { \"type\": \"integer\", \"multipleOf\": 4 }
    new { \"type\": \"integer\", \"multipleOf\": 6 }
",
        ),
    ],
    compare,
};

fn compare(pair: &Pair<'_>, changes: &mut Changes<'_>) {
    let steps = |facts: &crate::compat::facts::Facts<'_>| -> BTreeSet<Decimal> {
        let whole = !facts.kinds().contains(Kinds::NUMBER);
        facts
            .keywords()
            .filter_map(|it| it.multiple_of.as_ref().map(Decimal::of))
            // Every integer is a multiple of 1 already.
            .filter(|step| !(whole && *step == Decimal::of(&1.into())))
            .collect()
    };
    let (old, new) = (steps(&pair.old), steps(&pair.new));
    let spot = || pair.at(&["multipleOf"]);
    let words = |steps: &BTreeSet<Decimal>| {
        let steps: Vec<String> = steps.iter().map(|step| format!("`{step}`")).collect();
        if steps.is_empty() {
            "any number".to_owned()
        } else {
            format!("a multiple of {}", steps.join(" and "))
        }
    };
    let implied = |by: &BTreeSet<Decimal>, step: &Decimal| {
        by.iter()
            .any(|other| other.is_multiple_of(step) == Some(true))
    };
    let narrows = new.iter().any(|step| !implied(&old, step));
    let widens = old.iter().any(|step| !implied(&new, step));
    let message = format!("must be {} now", words(&new));
    let was = format!("was {}", words(&old));
    match (narrows, widens) {
        (false, false) => {}
        (true, false) => changes.narrows(spot(), message, &was),
        (false, true) => changes.widens(spot(), message, &was),
        (true, true) => changes.replaces(spot(), message, &was),
    }
}
