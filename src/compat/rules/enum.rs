//! The values that `enum` and `const` list.

use serde_json::Value;

use super::{Rule, code};
use crate::compat::changes::Changes;
use crate::compat::walk::Pair;
use crate::number;
use crate::schema::Kinds;

pub(super) static RULE: Rule = Rule {
    subject: "enum",
    kinds: Kinds::ALL,
    help: "keep accepting the old values, or map them to new ones in a migration",
    codes: [
        None,
        code(
            "enum-narrowed",
            "\
A value that could be sent is refused now: it left the `enum`, or a list was put where there was none.

    old { \"enum\": [\"buy\", \"sell\", \"short\"] }
    new { \"enum\": [\"buy\", \"sell\"] }
",
        ),
        code(
            "enum-widened",
            "\
A value that could not be sent is accepted now: it joined the `enum`, or the list is gone. Programs
that know only the old values meet one they do not know.

    old { \"enum\": [\"buy\", \"sell\"] }
    new { \"enum\": [\"buy\", \"sell\", \"short\"] }
",
        ),
        code(
            "enum-replaced",
            "\
Some values left the list and others joined it.

    old { \"const\": \"1.0\" }
    new { \"const\": \"1.1\" }
",
        ),
    ],
    compare,
};

fn compare(pair: &Pair<'_>, changes: &mut Changes<'_>) {
    let spot = || pair.at(&["enum", "const"]);
    match (pair.old.values(), pair.new.values()) {
        (None, None) => {}
        (Some(old), None) => {
            let was = format!("was one of {}", listed(&old));
            changes.widens(spot(), "any value of the type is accepted now", &was);
        }
        (None, Some(new)) => {
            let message = format!("only {} is accepted now", listed(&new));
            changes.narrows(spot(), message, "any value of the type was accepted");
        }
        (Some(old), Some(new)) => {
            // Values of a type that came or went are told by `type`.
            let kinds = pair.shared_kinds();
            let beyond = |these: &[&Value], those: &[&Value]| -> Vec<Value> {
                these
                    .iter()
                    .filter(|value| kinds.contains(Kinds::of(value)))
                    .filter(|value| !those.iter().any(|other| number::same(value, other)))
                    .map(|value| (*value).clone())
                    .collect()
            };
            let (gone, come) = (beyond(&old, &new), beyond(&new, &old));
            let (gone_words, come_words) = (words(&gone), words(&come));
            let was = format!("was {}", listed(&old));
            match (gone.is_empty(), come.is_empty()) {
                (true, true) => {}
                (false, true) => {
                    changes.narrows(spot(), format!("{gone_words} is no longer accepted"), &was);
                }
                (true, false) => {
                    changes.widens(spot(), format!("{come_words} is accepted now"), &was);
                }
                (false, false) => {
                    let message = format!("{come_words} is accepted now, {gone_words} no longer");
                    changes.replaces(spot(), message, &was);
                }
            }
        }
    }
}

fn listed(values: &[&Value]) -> String {
    let values: Vec<Value> = values.iter().map(|value| (*value).clone()).collect();
    words(&values)
}

fn words(values: &[Value]) -> String {
    const SHOWN: usize = 5;
    let mut words: Vec<String> = values
        .iter()
        .take(SHOWN)
        .map(|value| format!("`{value}`"))
        .collect();
    if values.len() > SHOWN {
        words.push(format!("{} more", values.len() - SHOWN));
    }
    words.join(", ")
}
