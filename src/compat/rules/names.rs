//! The names of properties: `propertyNames` and the patterns of `patternProperties`.

use std::collections::BTreeSet;

use super::{Rule, code};
use crate::compat::changes::Changes;
use crate::compat::walk::Pair;
use crate::schema::Kinds;

pub(super) static RULE: Rule = Rule {
    subject: "names",
    kinds: Kinds::OBJECT,
    help: [
        "keep accepting the old names",
        "keep refusing the new names",
    ],
    codes: [
        None,
        code(
            "names-narrowed",
            "\
Names of properties must be of a schema they need not have been of, or values under names of a pattern
must.

    old { \"type\": \"object\" }
    new { \"type\": \"object\", \"propertyNames\": { \"pattern\": \"^[a-z]+$\" } }
",
        ),
        code(
            "names-widened",
            "\
Names of properties, or values under names of a pattern, need no longer be of a schema.

    old { \"type\": \"object\", \"propertyNames\": { \"maxLength\": 8 } }
    new { \"type\": \"object\" }
",
        ),
        code(
            "names-replaced",
            "\
Values under names of other patterns are of a schema now.

    old { \"patternProperties\": { \"^x-\": { \"type\": \"string\" } } }
    new { \"patternProperties\": { \"^y-\": { \"type\": \"string\" } } }
",
        ),
    ],
    compare,
};

fn compare(pair: &Pair<'_>, changes: &mut Changes<'_>) {
    let ruled =
        |facts: &crate::compat::facts::Facts<'_>| !facts.all(|it| it.property_names).is_empty();
    let spot = pair.at(&["propertyNames"]);
    match (ruled(&pair.old), ruled(&pair.new)) {
        (false, true) => changes.narrows(spot, "names must be of a schema now", "were free"),
        (true, false) => changes.widens(spot, "names are free now", "had to be of a schema"),
        (true, true) | (false, false) => {}
    }
    let patterns = |facts: &crate::compat::facts::Facts<'_>| -> BTreeSet<String> {
        facts.patterns().keys().map(|it| (*it).to_owned()).collect()
    };
    let (old, new) = (patterns(&pair.old), patterns(&pair.new));
    let old: BTreeSet<&str> = old.iter().map(String::as_str).collect();
    let new: BTreeSet<&str> = new.iter().map(String::as_str).collect();
    // In a closed object a pattern lets names in; elsewhere it binds their values. The proof tells.
    if old != new {
        let words = |patterns: &BTreeSet<&str>| {
            let words: Vec<String> = patterns.iter().map(|it| format!("`{it}`")).collect();
            if words.is_empty() {
                "none".to_owned()
            } else {
                words.join(", ")
            }
        };
        changes.replaces(
            pair.at(&["patternProperties"]),
            format!("patterns of names are {} now", words(&new)),
            &format!("were {}", words(&old)),
        );
    }
}
