//! What kind of text it is: `format`.

use super::{Rule, code};
use crate::compat::changes::Changes;
use crate::compat::walk::Pair;
use crate::schema::Kinds;

pub(super) static RULE: Rule = Rule {
    subject: "format",
    kinds: Kinds::ALL,
    help: "keep the old format, or add the value under a new name",
    codes: [
        code(
            "format-preserved",
            "\
A text has another `format`, which refuses nothing here: the workspace says `formats = \"annotate\"`.
Programs that are generated from it may read the text as another type.

    old { \"type\": \"string\" }
    new { \"type\": \"string\", \"format\": \"uuid\" }
",
        ),
        code(
            "format-narrowed",
            "\
A text has a `format` that it did not have. It refuses texts only where the workspace says
`formats = \"assert\"`; everywhere it tells programs how to read the text.

    old { \"type\": \"string\" }
    new { \"type\": \"string\", \"format\": \"date-time\" }
",
        ),
        code(
            "format-widened",
            "\
A text no longer has a `format`.

    old { \"type\": \"string\", \"format\": \"date-time\" }
    new { \"type\": \"string\" }
",
        ),
        code(
            "format-replaced",
            "\
A text has another `format`.

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
    changes.assertions(pair.at(&["format"]), &old, &new, "be of the format");
}
