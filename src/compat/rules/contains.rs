//! What an array must contain, and how often: `contains`, `minContains`, `maxContains`.

use super::{Rule, code};
use crate::compat::changes::Changes;
use crate::compat::facts::Facts;
use crate::compat::walk::Pair;
use crate::schema::Kinds;

pub(super) static RULE: Rule = Rule {
    subject: "contains",
    kinds: Kinds::ARRAY,
    help: [
        "keep accepting arrays without such an item",
        "keep demanding the item",
    ],
    codes: [
        None,
        code(
            "contains-narrowed",
            "\
An array must contain something that it need not have contained, or more or fewer of it.

    old { \"type\": \"array\" }
    new { \"type\": \"array\", \"contains\": { \"const\": \"total\" } }
",
        ),
        code(
            "contains-widened",
            "\
An array need no longer contain something, or not as exactly often.

    old { \"type\": \"array\", \"contains\": { \"const\": \"total\" } }
    new { \"type\": \"array\" }
",
        ),
        None,
    ],
    compare,
};

fn compare(pair: &Pair<'_>, changes: &mut Changes<'_>) {
    let demands = |facts: &Facts<'_>| !facts.all(|it| it.contains).is_empty();
    let spot = pair.at(&["contains"]);
    match (demands(&pair.old), demands(&pair.new)) {
        (false, true) => changes.narrows(spot, "a certain item must be there now", "need not be"),
        (true, false) => {
            changes.widens(spot, "a certain item can be missing now", "had to be there");
        }
        (true, true) => {
            let window = |facts: &Facts<'_>| {
                let least = facts
                    .keywords()
                    .filter_map(|it| it.contains.and(it.min_contains));
                (
                    least.max().unwrap_or(1),
                    facts.at_most(|it| it.max_contains),
                )
            };
            changes.window(
                [pair.at(&["minContains"]), pair.at(&["maxContains"])],
                [window(&pair.old), window(&pair.new)],
                "such items",
            );
        }
        (false, false) => {}
    }
}
