//! What a value must not be: `not`.

use super::{Rule, code};
use crate::compat::changes::Changes;
use crate::compat::walk::Pair;
use crate::schema::Kinds;

pub(super) static RULE: Rule = Rule {
    subject: "negation",
    kinds: Kinds::ALL,
    help: [
        "refuse only what was refused before",
        "keep refusing what was refused",
    ],
    codes: [
        None,
        code(
            "negation-narrowed",
            "\
Values of a schema are refused now.

    old { \"type\": \"string\" }
    new { \"type\": \"string\", \"not\": { \"const\": \"\" } }
",
        ),
        code(
            "negation-widened",
            "\
Values of a schema are no longer refused.

    old { \"type\": \"string\", \"not\": { \"const\": \"\" } }
    new { \"type\": \"string\" }
",
        ),
        None,
    ],
    compare,
};

fn compare(pair: &Pair<'_>, changes: &mut Changes<'_>) {
    let (old, new) = (
        pair.old.all(|it| it.not).len(),
        pair.new.all(|it| it.not).len(),
    );
    let spot = pair.at(&["not"]);
    if new > old {
        changes.narrows(spot, "values of a schema are refused now", "were not");
    } else if old > new {
        changes.widens(
            spot,
            "values of a schema are no longer refused",
            "were refused",
        );
    }
}
