//! What no other keyword has looked at: `unevaluatedProperties` and `unevaluatedItems`.

use serde_json::Value;

use super::{Rule, code};
use crate::compat::changes::Changes;
use crate::compat::facts::Facts;
use crate::compat::walk::Pair;
use crate::schema::{Kinds, bundle};

pub(super) static RULE: Rule = Rule {
    subject: "unevaluated",
    kinds: Kinds::OBJECT.union(Kinds::ARRAY),
    help: ["leave it as it was", "leave it as it was"],
    codes: [
        None,
        code(
            "unevaluated-narrowed",
            "\
Properties or items that no keyword looks at are refused, or must be of a schema.

    old { \"type\": \"object\" }
    new { \"type\": \"object\", \"unevaluatedProperties\": false }
",
        ),
        code(
            "unevaluated-widened",
            "\
Properties or items that no keyword looks at can be anything.

    old { \"type\": \"object\", \"unevaluatedProperties\": false }
    new { \"type\": \"object\" }
",
        ),
        code(
            "unevaluated-replaced",
            "\
Properties or items that no keyword looks at must be of another schema.

    old { \"unevaluatedProperties\": { \"type\": \"string\" } }
    new { \"unevaluatedProperties\": { \"type\": \"integer\" } }
",
        ),
    ],
    compare,
};

fn compare(pair: &Pair<'_>, changes: &mut Changes<'_>) {
    for keyword in ["unevaluatedProperties", "unevaluatedItems"] {
        let said = |facts: &Facts<'_>| -> Vec<Value> {
            facts
                .keywords()
                .filter_map(|it| match keyword {
                    "unevaluatedProperties" => it.unevaluated_properties,
                    _ => it.unevaluated_items,
                })
                .map(|id| bundle(facts.schemas, id))
                .collect()
        };
        let (old, new) = (said(&pair.old), said(&pair.new));
        let spot = pair.at(&[keyword]);
        match (old.is_empty(), new.is_empty()) {
            _ if old == new => {}
            (true, _) => changes.narrows(spot, format!("`{keyword}` is new"), "was not said"),
            (_, true) => changes.widens(spot, format!("`{keyword}` is gone"), "was said"),
            (false, false) => {
                changes.replaces(spot, format!("`{keyword}` says something else"), "was here");
            }
        }
    }
}
