//! The members of `anyOf` and `oneOf`.

use super::{Rule, code};
use crate::compat::changes::Changes;
use crate::compat::walk::Pair;
use crate::schema::{Kinds, SchemaId};

pub(super) static RULE: Rule = Rule {
    subject: "alternatives",
    kinds: Kinds::ALL,
    help: [
        "keep the old alternative",
        "send the new alternative only when every reader knows it",
    ],
    codes: [
        None,
        code(
            "alternatives-narrowed",
            "\
An alternative is gone, or alternatives were put where there were none.

    old { \"oneOf\": [{ \"type\": \"string\" }, { \"type\": \"integer\" }] }
    new { \"oneOf\": [{ \"type\": \"string\" }] }
",
        ),
        code(
            "alternatives-widened",
            "\
There is one more alternative, or the alternatives are gone. Readers of the old version do not know
what it says.

    old { \"oneOf\": [{ \"type\": \"string\" }] }
    new { \"oneOf\": [{ \"type\": \"string\" }, { \"type\": \"integer\" }] }
",
        ),
        code(
            "alternatives-replaced",
            "\
Some alternatives are gone and others are new.

    old { \"anyOf\": [{ \"type\": \"string\" }, { \"type\": \"integer\" }] }
    new { \"anyOf\": [{ \"type\": \"string\" }, { \"type\": \"boolean\" }] }
",
        ),
    ],
    compare,
};

fn compare(pair: &Pair<'_>, changes: &mut Changes<'_>) {
    let Some(matching) = &pair.matching else {
        return;
    };
    let some = |list: &[SchemaId]| match list.len() {
        1 => "an alternative".to_owned(),
        many => format!("{many} alternatives"),
    };
    let spot = || {
        let mut spot = pair.at(&["anyOf", "oneOf"]);
        if let Some(gone) = matching.removed.first() {
            spot.old = pair.old.schemas.place(*gone);
        }
        if let Some(come) = matching.added.first() {
            spot.new = pair.new.schemas.place(*come);
        }
        spot
    };
    let had = matching.removed.len() + matching.pairs.len();
    let has = matching.added.len() + matching.pairs.len();
    match (had, has) {
        (0, _) => changes.narrows(
            spot(),
            "only alternatives are accepted now",
            "there were none",
        ),
        (_, 0) => changes.widens(spot(), "the alternatives are gone", "were here"),
        _ => match (matching.removed.as_slice(), matching.added.as_slice()) {
            ([], []) => {}
            (gone, []) => changes.narrows(spot(), format!("{} is gone", some(gone)), "was here"),
            ([], come) => {
                changes.widens(spot(), format!("{} is new", some(come)), "had none of it");
            }
            (gone, come) => {
                let message = format!("{} gone, {} new", some(gone), some(come));
                changes.replaces(spot(), message, "was here");
            }
        },
    }
}
