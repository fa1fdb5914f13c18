//! The values that `enum` and `const` list.

use serde_json::Value;

use super::{Rule, code, source_code};
use crate::compat::changes::{Changes, Spot};
use crate::compat::effect::Effect;
use crate::compat::facts::Facts;
use crate::compat::walk::Pair;
use crate::config::Enums;
use crate::number;
use crate::schema::Kinds;

pub(super) static RULE: Rule = Rule {
    subject: "enum",
    kinds: Kinds::ALL,
    help: [
        "keep accepting the old values, or map them to new ones in a migration",
        "send the new value only when every reader knows it, or set `enums = \"open\"` where readers tolerate constants they do not know",
    ],
    codes: [
        source_code(
            "enum-preserved",
            "\
The same values are listed in another order, or the list changed and readers tolerate values they do not
know, the policy `enums = \"open\"`. No document is refused, but generated types list other values, or
list them in another order.

    old { \"enum\": [\"buy\", \"sell\"] }
    new { \"enum\": [\"sell\", \"buy\"] }
",
        ),
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
    let spot = pair.at(&["enum", "const"]);
    let (effect, message, was) = match (pair.old.values(), pair.new.values()) {
        (None, None) => return,
        (Some(old), None) => (
            Effect::Widens,
            "any value of the type is accepted now".to_owned(),
            format!("was one of {}", words(&old)),
        ),
        (None, Some(new)) => (
            Effect::Narrows,
            format!("only {} is accepted now", words(&new)),
            "any value of the type was accepted".to_owned(),
        ),
        (Some(old), Some(new)) => {
            // Values of a type that came or went are told by `type`.
            let kinds = pair.shared_kinds();
            let (gone, come) = (beyond(&old, &new, kinds), beyond(&new, &old, kinds));
            let was = format!("was {}", words(&old));
            let (gone_words, come_words) = (words(&gone), words(&come));
            match (gone.is_empty(), come.is_empty()) {
                (true, true) => return reordered(&old, &new, spot, changes),
                (false, true) => {
                    let message = format!("{gone_words} is no longer accepted");
                    (Effect::Narrows, message, was)
                }
                (true, false) => (Effect::Widens, format!("{come_words} is accepted now"), was),
                (false, false) => {
                    let message = format!("{come_words} is accepted now, {gone_words} no longer");
                    (Effect::Replaces, message, was)
                }
            }
        }
    };
    // Readers tolerate what an open list lacks; a single constant is no list.
    let lists = |facts: &Facts<'_>| facts.keywords().any(|it| it.values.is_some());
    let open = pair.policy.enums == Enums::Open && (lists(&pair.old) || lists(&pair.new));
    let effect = if open { Effect::Preserves } else { effect };
    changes.tell(effect, spot, message, &was);
}

/// The values of `these` that `those` have not.
fn beyond<'a>(these: &[&'a Value], those: &[&Value], kinds: Kinds) -> Vec<&'a Value> {
    these
        .iter()
        .filter(|value| kinds.contains(Kinds::of(value)))
        .filter(|value| !those.iter().any(|other| number::same(value, other)))
        .copied()
        .collect()
}

/// The same values, perhaps in another order: generated types list them so.
fn reordered(old: &[&Value], new: &[&Value], spot: Spot, changes: &mut Changes<'_>) {
    let alike = old.iter().zip(new).all(|(old, new)| number::same(old, new));
    if old.len() == new.len() && !alike {
        let message = format!("the order is {} now", words(new));
        changes.renames(spot, message, &format!("was {}", words(old)));
    }
}

fn words(values: &[&Value]) -> String {
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
