//! How many items an array and how many properties an object may have.

use super::{Rule, code};
use crate::compat::changes::Changes;
use crate::compat::walk::Pair;
use crate::schema::Kinds;

pub(super) static RULE: Rule = Rule {
    subject: "counts",
    kinds: Kinds::ARRAY.union(Kinds::OBJECT),
    help: [
        "keep the old count, or add the value under a new name",
        "keep the old count",
    ],
    codes: [
        None,
        code(
            "counts-narrowed",
            "\
Arrays or objects of some size are refused now: `minItems` or `minProperties` rose, `maxItems` or
`maxProperties` fell.

    old { \"type\": \"array\" }
    new { \"type\": \"array\", \"minItems\": 1 }
",
        ),
        code(
            "counts-widened",
            "\
Arrays or objects of more sizes are accepted now.

    old { \"type\": \"array\", \"maxItems\": 5 }
    new { \"type\": \"array\", \"maxItems\": 10 }
",
        ),
        None,
    ],
    compare,
};

fn compare(pair: &Pair<'_>, changes: &mut Changes<'_>) {
    let kinds = pair.shared_kinds();
    if kinds.meets(Kinds::ARRAY) {
        changes.window(
            [pair.at(&["minItems"]), pair.at(&["maxItems"])],
            [
                (
                    pair.old.at_least(|it| it.min_items),
                    pair.old.at_most(|it| it.max_items),
                ),
                (
                    pair.new.at_least(|it| it.min_items),
                    pair.new.at_most(|it| it.max_items),
                ),
            ],
            "items",
        );
    }
    if kinds.meets(Kinds::OBJECT) {
        changes.window(
            [pair.at(&["minProperties"]), pair.at(&["maxProperties"])],
            [
                (
                    pair.old.at_least(|it| it.min_properties),
                    pair.old.at_most(|it| it.max_properties),
                ),
                (
                    pair.new.at_least(|it| it.min_properties),
                    pair.new.at_most(|it| it.max_properties),
                ),
            ],
            "properties",
        );
    }
}
