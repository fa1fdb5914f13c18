//! What the items of an array are: `items` and `prefixItems`.

use super::{Rule, code};
use crate::compat::changes::Changes;
use crate::compat::facts::Facts;
use crate::compat::walk::Pair;
use crate::schema::Kinds;

pub(super) static RULE: Rule = Rule {
    subject: "items",
    kinds: Kinds::ARRAY,
    help: [
        "keep accepting the old items",
        "keep refusing the new items",
    ],
    codes: [
        None,
        code(
            "items-narrowed",
            "\
Items that could be anything must be of a schema, or more of them must.

    old { \"type\": \"array\" }
    new { \"type\": \"array\", \"items\": { \"type\": \"string\" } }
",
        ),
        code(
            "items-widened",
            "\
Items that had to be of a schema can be anything.

    old { \"type\": \"array\", \"items\": { \"type\": \"string\" } }
    new { \"type\": \"array\" }
",
        ),
        None,
    ],
    compare,
};

fn compare(pair: &Pair<'_>, changes: &mut Changes<'_>) {
    let spot = pair.at(&["items", "additionalItems"]);
    match (ruled(&pair.old), ruled(&pair.new)) {
        (false, true) => changes.narrows(spot, "items must be of a schema now", "were free"),
        (true, false) => changes.widens(spot, "items are free now", "had to be of a schema"),
        (true, true) | (false, false) => {}
    }
    let (old, new) = (prefix(&pair.old), prefix(&pair.new));
    let spot = pair.at(&["prefixItems", "items"]);
    // Beyond the other side's prefix its `items` holds; where it has none, the item was free.
    if new > old && !ruled(&pair.old) {
        let was = format!("{old} were");
        changes.narrows(
            spot,
            format!("the first {new} items have a schema each"),
            &was,
        );
    } else if old > new && !ruled(&pair.new) {
        let was = format!("{old} had");
        changes.widens(
            spot,
            format!("the first {new} items have a schema each"),
            &was,
        );
    }
}

fn ruled(facts: &Facts<'_>) -> bool {
    Facts::of(facts.schemas, &facts.all(|it| it.items)).is_some_and(|items| !items.is_anything())
}

fn prefix(facts: &Facts<'_>) -> usize {
    facts
        .keywords()
        .map(|it| it.prefix_items.len())
        .max()
        .unwrap_or(0)
}
