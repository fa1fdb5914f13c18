//! The properties that must be there: `required`.

use super::{Rule, code};
use crate::compat::changes::Changes;
use crate::compat::facts::Facts;
use crate::compat::walk::Pair;
use crate::config::DefaultPolicy;
use crate::schema::{Formats, Kinds, Validator};

pub(super) static RULE: Rule = Rule {
    subject: "required",
    kinds: Kinds::OBJECT,
    help: [
        "leave the property optional, give it a `default`, or add it in a migration",
        "keep it required",
    ],
    codes: [
        code(
            "required-preserved",
            "\
A property became required, but readers fill in its `default` where it is missing, so no document is
refused. This is the policy `defaults = \"fill\"`.

    old { \"properties\": { \"side\": {} } }
    new { \"properties\": { \"side\": { \"default\": \"buy\" } }, \"required\": [\"side\"] }
",
        ),
        code(
            "required-narrowed",
            "\
A property that could be left out must be there. Documents without it are refused now.

    old { \"properties\": { \"side\": {} } }
    new { \"properties\": { \"side\": {} }, \"required\": [\"side\"] }

Leave it optional, give it a default that readers fill in, or release a new major version with a
migration that adds it.
",
        ),
        code(
            "required-widened",
            "\
A property that had to be there can be left out. Programs that rely on it meet documents without it.

    old { \"properties\": { \"side\": {} }, \"required\": [\"side\"] }
    new { \"properties\": { \"side\": {} } }
",
        ),
        None,
    ],
    compare,
};

fn compare(pair: &Pair<'_>, changes: &mut Changes<'_>) {
    let (old, new) = (pair.old.required(), pair.new.required());
    let spot = || pair.at(&["required"]);
    for name in new.difference(&old) {
        let was = format!("`{name}` could be left out");
        if pair.policy.defaults == DefaultPolicy::Fill && has_default(&pair.new, name) {
            let message = format!("`{name}` became required, with a default");
            changes.preserves(spot(), message, &was);
        } else {
            changes.narrows(spot(), format!("`{name}` became required"), &was);
        }
    }
    for name in old.difference(&new) {
        let was = format!("`{name}` was required");
        if pair.policy.defaults == DefaultPolicy::Fill && has_default(&pair.old, name) {
            let message = format!("`{name}` became optional, and had a default");
            changes.preserves(spot(), message, &was);
        } else if pair.new.declared().contains(name) || !pair.old.declared().contains(name) {
            changes.widens(spot(), format!("`{name}` became optional"), &was);
        } else {
            changes.widens(spot(), format!("`{name}` is gone, and was required"), &was);
        }
    }
}

/// Whether readers can fill the property in: it has a default that its own schema accepts.
fn has_default(facts: &Facts<'_>, name: &str) -> bool {
    let property = facts.property(name);
    let default = Facts::of(facts.schemas, &property).and_then(|it| it.default());
    default.is_some_and(|default| {
        property.iter().all(|id| {
            Validator::new(facts.schemas, *id, Formats::Annotate)
                .is_ok_and(|validator| validator.accepts(default))
        })
    })
}
