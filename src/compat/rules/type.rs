//! The types a value may have.

use super::{Rule, code};
use crate::compat::alternatives::Matching;
use crate::compat::changes::Changes;
use crate::compat::walk::Pair;
use crate::schema::Kinds;

pub(super) static RULE: Rule = Rule {
    subject: "type",
    kinds: Kinds::ALL,
    help: [
        "keep the old type among the types, or add the value under a new name",
        "keep the old type, or add the value under a new name",
    ],
    codes: [
        None,
        code(
            "type-narrowed",
            "\
A value may no longer have a type that it could have. Documents with such a value are refused now.

    old { \"type\": [\"string\", \"null\"] }
    new { \"type\": \"string\" }

`integer` is part of `number`, and `number` with a whole `multipleOf` is `integer`. The types that
`enum`, `const` and alternatives leave count too.
",
        ),
        code(
            "type-widened",
            "\
A value may have a type that it could not have before. Programs that read only the old types meet
values they do not know.

    old { \"type\": \"integer\" }
    new { \"type\": \"number\" }
",
        ),
        code(
            "type-replaced",
            "\
A type was given up and another one taken: old documents are refused by the new schema, new documents
by the old one.

    old { \"type\": \"integer\" }
    new { \"type\": \"string\" }
",
        ),
    ],
    compare,
};

fn compare(pair: &Pair<'_>, changes: &mut Changes<'_>) {
    let (old, new) = (pair.old.kinds(), pair.new.kinds());
    // What alternatives bring or take is told by `alternatives`.
    let both = pair.matching.as_ref().is_some_and(Matching::on_both_sides);
    if old == new || both && pair.old.own_kinds() == pair.new.own_kinds() {
        return;
    }
    let spot = pair.at(&["type", "enum", "const", "anyOf", "oneOf", "$ref"]);
    let message = format!("the type is {} now", words(new));
    let was = format!("was {}", words(old));
    if old.contains(new) {
        changes.narrows(spot, message, &was);
    } else if new.contains(old) {
        changes.widens(spot, message, &was);
    } else {
        changes.replaces(spot, message, &was);
    }
}

fn words(kinds: Kinds) -> String {
    if kinds == Kinds::ALL {
        return "any".to_owned();
    }
    let names: Vec<String> = kinds
        .names()
        .iter()
        .map(|name| format!("`{name}`"))
        .collect();
    match names.as_slice() {
        [] => "none".to_owned(),
        [only] => only.clone(),
        [first @ .., last] => format!("{} or {last}", first.join(", ")),
    }
}
