//! What kind of text it is: `format`.

use super::{Rule, code, source_code};
use crate::compat::changes::{self, Changes};
use crate::compat::walk::Pair;
use crate::schema::{Formats, Kinds};

pub(super) static RULE: Rule = Rule {
    subject: "format",
    kinds: Kinds::ALL,
    help: [
        "keep the old format, or add the value under a new name",
        "keep the format",
    ],
    codes: [
        source_code(
            "format-preserved",
            "\
A text has another `format`, which refuses nothing here: the policy is `formats = \"annotate\"`. Programs
that are generated from it may read the text as another type, so it takes a minor version.

    old { \"type\": \"string\" }
    new { \"type\": \"string\", \"format\": \"uuid\" }
",
        ),
        code(
            "format-narrowed",
            "\
A text must be of a `format` that it did not have: the policy is `formats = \"assert\"`.

    old { \"type\": \"string\" }
    new { \"type\": \"string\", \"format\": \"date-time\" }
",
        ),
        code(
            "format-widened",
            "\
A text no longer has a `format` that refused some, under the policy `formats = \"assert\"`.

    old { \"type\": \"string\", \"format\": \"date-time\" }
    new { \"type\": \"string\" }
",
        ),
        code(
            "format-replaced",
            "\
A text has another `format`, which refuses others, under the policy `formats = \"assert\"`.

    old { \"type\": \"string\", \"format\": \"date\" }
    new { \"type\": \"string\", \"format\": \"date-time\" }
",
        ),
    ],
    compare,
};

fn compare(pair: &Pair<'_>, changes: &mut Changes<'_>) {
    let old = pair.old.texts(|it| it.format.as_ref());
    let new = pair.new.texts(|it| it.format.as_ref());
    let spot = pair.at(&["format"]);
    if pair.policy.formats == Formats::Assert {
        changes.assertions(spot, &old, &new, "be of the format");
    } else if old != new {
        let message = if new.is_empty() {
            "no format any more".to_owned()
        } else {
            format!("the format is {} now", changes::words(&new))
        };
        let was = if old.is_empty() {
            "had none".to_owned()
        } else {
            format!("was {}", changes::words(&old))
        };
        changes.renames(spot, message, &was);
    }
}
