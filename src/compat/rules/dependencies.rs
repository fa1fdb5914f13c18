//! What one property demands of the others: `dependentRequired` and `dependentSchemas`.

use std::collections::BTreeSet;

use super::{Rule, code};
use crate::compat::changes::Changes;
use crate::compat::facts::Facts;
use crate::compat::walk::Pair;
use crate::schema::Kinds;

pub(super) static RULE: Rule = Rule {
    subject: "dependencies",
    kinds: Kinds::OBJECT,
    help: ["leave the properties independent", "keep the dependency"],
    codes: [
        None,
        code(
            "dependencies-narrowed",
            "\
A property demands something of the object that it did not demand.

    old { \"type\": \"object\" }
    new { \"type\": \"object\", \"dependentRequired\": { \"price\": [\"currency\"] } }
",
        ),
        code(
            "dependencies-widened",
            "\
A property no longer demands something of the object.

    old { \"type\": \"object\", \"dependentRequired\": { \"price\": [\"currency\"] } }
    new { \"type\": \"object\" }
",
        ),
        None,
    ],
    compare,
};

fn compare(pair: &Pair<'_>, changes: &mut Changes<'_>) {
    let (old, new) = (demands(&pair.old), demands(&pair.new));
    let spot = || pair.at(&["dependentRequired", "dependentSchemas", "dependencies"]);
    for (name, demand) in new.difference(&old) {
        let was = format!("`{name}` did not demand it");
        changes.narrows(spot(), format!("`{name}` demands {demand} now"), &was);
    }
    for (name, demand) in old.difference(&new) {
        let was = format!("`{name}` demanded it");
        changes.widens(spot(), format!("`{name}` no longer demands {demand}"), &was);
    }
}

fn demands(facts: &Facts<'_>) -> BTreeSet<(String, String)> {
    let names = facts
        .keywords()
        .flat_map(|it| &it.dependent_required)
        .flat_map(|(name, demanded)| {
            demanded
                .iter()
                .map(move |other| (name.clone(), format!("`{other}`")))
        });
    let schemas = facts
        .keywords()
        .flat_map(|it| it.dependent_schemas.keys())
        .map(|name| (name.clone(), "a schema".to_owned()));
    names.chain(schemas).collect()
}
