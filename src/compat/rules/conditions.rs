//! What holds if something else does: `if`, `then`, `else`.

use serde_json::Value;

use super::{Rule, code};
use crate::compat::changes::Changes;
use crate::compat::facts::Facts;
use crate::compat::walk::Pair;
use crate::schema::{Kinds, bundle};

pub(super) static RULE: Rule = Rule {
    subject: "conditions",
    kinds: Kinds::ALL,
    help: ["keep the old condition", "keep the old condition"],
    codes: [
        None,
        code(
            "conditions-narrowed",
            "\
There is a condition where there was none, or one more of its branches demands something.

    old { \"type\": \"object\" }
    new { \"type\": \"object\", \"if\": { \"required\": [\"price\"] }, \"then\": { \"required\": [\"currency\"] } }
",
        ),
        code(
            "conditions-widened",
            "\
The condition, or a branch of it, is gone.

    old { \"type\": \"object\", \"if\": { \"required\": [\"price\"] }, \"then\": { \"required\": [\"currency\"] } }
    new { \"type\": \"object\" }
",
        ),
        code(
            "conditions-replaced",
            "\
The condition asks something else, so other values fall under its branches. The rule does not say
which; the proof does.

    old { \"type\": \"object\", \"if\": { \"required\": [\"price\"] }, \"then\": { \"required\": [\"currency\"] } }
    new { \"type\": \"object\", \"if\": { \"required\": [\"cost\"] }, \"then\": { \"required\": [\"currency\"] } }
",
        ),
    ],
    compare,
};

fn compare(pair: &Pair<'_>, changes: &mut Changes<'_>) {
    let (old, new) = (conditions(&pair.old), conditions(&pair.new));
    let spot = pair.at(&["if"]);
    if old != new {
        match (old.is_empty(), new.is_empty()) {
            (true, _) => changes.narrows(spot, "there is a condition now", "there was none"),
            (_, true) => changes.widens(spot, "the condition is gone", "was here"),
            _ => changes.replaces(spot, "the condition asks something else", "was here"),
        }
        return;
    }
    let branches = |facts: &Facts<'_>| {
        facts.all(|it| it.condition.and(it.then)).len()
            + facts.all(|it| it.condition.and(it.otherwise)).len()
    };
    let (old, new) = (branches(&pair.old), branches(&pair.new));
    if new > old {
        changes.narrows(
            spot,
            "another branch demands something now",
            "demanded nothing",
        );
    } else if old > new {
        changes.widens(
            spot,
            "a branch no longer demands anything",
            "demanded something",
        );
    }
}

/// Whether both sides ask the same, so that their branches can be compared.
pub(in crate::compat) fn same_condition(pair: &Pair<'_>) -> bool {
    conditions(&pair.old) == conditions(&pair.new)
}

fn conditions(facts: &Facts<'_>) -> Vec<Value> {
    facts
        .keywords()
        .filter(|it| it.then.is_some() || it.otherwise.is_some())
        .filter_map(|it| it.condition)
        .map(|id| bundle(facts.schemas, id))
        .collect()
}
