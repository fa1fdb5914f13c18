//! The length of a text, in code points.

use super::{Rule, code};
use crate::compat::changes::Changes;
use crate::compat::walk::Pair;
use crate::schema::Kinds;

pub(super) static RULE: Rule = Rule {
    subject: "length",
    kinds: Kinds::STRING,
    help: [
        "keep the old length, or shorten old texts in a migration",
        "keep the old length",
    ],
    codes: [
        None,
        code(
            "length-narrowed",
            "\
Texts of some length are refused now: `minLength` rose or `maxLength` fell.

    old { \"type\": \"string\", \"maxLength\": 64 }
    new { \"type\": \"string\", \"maxLength\": 32 }
",
        ),
        code(
            "length-widened",
            "\
Texts of more lengths are accepted now: `minLength` fell or `maxLength` rose. A reader with a column
of the old size cannot hold them.

    old { \"type\": \"string\", \"maxLength\": 32 }
    new { \"type\": \"string\", \"maxLength\": 64 }
",
        ),
        None,
    ],
    compare,
};

fn compare(pair: &Pair<'_>, changes: &mut Changes<'_>) {
    changes.window(
        [pair.at(&["minLength"]), pair.at(&["maxLength"])],
        [
            (
                pair.old.at_least(|it| it.min_length),
                pair.old.at_most(|it| it.max_length),
            ),
            (
                pair.new.at_least(|it| it.min_length),
                pair.new.at_most(|it| it.max_length),
            ),
        ],
        "characters",
    );
}
