//! Whether an array's items must differ: `uniqueItems`.

use super::{Rule, code};
use crate::compat::changes::Changes;
use crate::compat::facts::Facts;
use crate::compat::walk::Pair;
use crate::schema::Kinds;

pub(super) static RULE: Rule = Rule {
    subject: "unique",
    kinds: Kinds::ARRAY,
    help: [
        "let items repeat, or drop repeated ones in a migration",
        "keep demanding unique items",
    ],
    codes: [
        None,
        code(
            "unique-narrowed",
            "\
Items that could repeat must differ.

    old { \"type\": \"array\" }
    new { \"type\": \"array\", \"uniqueItems\": true }
",
        ),
        code(
            "unique-widened",
            "\
Items that had to differ can repeat.

    old { \"type\": \"array\", \"uniqueItems\": true }
    new { \"type\": \"array\" }
",
        ),
        None,
    ],
    compare,
};

fn compare(pair: &Pair<'_>, changes: &mut Changes<'_>) {
    let unique = |facts: &Facts<'_>| facts.keywords().any(|it| it.unique_items);
    let spot = pair.at(&["uniqueItems"]);
    match (unique(&pair.old), unique(&pair.new)) {
        (false, true) => changes.narrows(spot, "items must differ now", "could repeat"),
        (true, false) => changes.widens(spot, "items can repeat now", "had to differ"),
        (true, true) | (false, false) => {}
    }
}
