//! The form of a text: `pattern`.

use super::{Rule, code};
use crate::compat::changes::Changes;
use crate::compat::walk::Pair;
use crate::schema::Kinds;

pub(super) static RULE: Rule = Rule {
    subject: "pattern",
    kinds: Kinds::STRING,
    help: [
        "accept the old form too: `^(?:old|new)$`",
        "keep the old pattern",
    ],
    codes: [
        None,
        code(
            "pattern-narrowed",
            "\
A text must match a pattern that it need not have matched.

    old { \"type\": \"string\" }
    new { \"type\": \"string\", \"pattern\": \"^[A-Z]{3}$\" }
",
        ),
        code(
            "pattern-widened",
            "\
A text need no longer match a pattern.

    old { \"type\": \"string\", \"pattern\": \"^[A-Z]{3}$\" }
    new { \"type\": \"string\" }
",
        ),
        code(
            "pattern-replaced",
            "\
A text must match another pattern. The rule does not say which pattern accepts more; the proof does.

    old { \"type\": \"string\", \"pattern\": \"^[a-z]+$\" }
    new { \"type\": \"string\", \"pattern\": \"^[A-Z]+$\" }
",
        ),
    ],
    compare,
};

fn compare(pair: &Pair<'_>, changes: &mut Changes<'_>) {
    let old = pair.old.texts(|it| it.pattern.as_ref());
    let new = pair.new.texts(|it| it.pattern.as_ref());
    changes.assertions(pair.at(&["pattern"]), &old, &new, "match");
}
