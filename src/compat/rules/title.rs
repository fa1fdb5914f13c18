//! The names people gave to schemas: `title`.

use super::{Rule, source_code};
use crate::compat::changes::Changes;
use crate::compat::walk::Pair;
use crate::schema::Kinds;

pub(super) static RULE: Rule = Rule {
    subject: "title",
    kinds: Kinds::ALL,
    help: ["keep the old title"; 2],
    codes: [
        source_code(
            "title-preserved",
            "\
A `title` changed. The JSON stays as it is, but generated types are named and documented after titles,
so programs that use them may have to change: it takes a minor version.

    old { \"title\": \"Order\" }
    new { \"title\": \"Purchase\" }
",
        ),
        None,
        None,
        None,
    ],
    compare,
};

fn compare(pair: &Pair<'_>, changes: &mut Changes<'_>) {
    let (old, new) = (
        pair.old.texts(|it| it.title.as_ref()),
        pair.new.texts(|it| it.title.as_ref()),
    );
    if let (Some(old), Some(new)) = (old.first(), new.first())
        && old != new
    {
        let spot = pair.at(&["title"]);
        changes.renames(
            spot,
            format!("the title is `{new}` now"),
            &format!("was `{old}`"),
        );
    }
}
