//! The properties an object declares.

use super::{Rule, code};
use crate::compat::changes::Changes;
use crate::compat::facts::{Additional, Facts};
use crate::compat::walk::Pair;
use crate::config::Undeclared;
use crate::schema::Kinds;

pub(super) static RULE: Rule = Rule {
    subject: "properties",
    kinds: Kinds::OBJECT,
    help: [
        "keep the property, or let the object accept undeclared ones",
        "let the object accept undeclared properties a version before one is sent",
    ],
    codes: [
        code(
            "properties-preserved",
            "\
A property was declared, or is no longer declared, in an object that accepts undeclared properties.
Nothing that is sent is refused: writers send only what their version declares, the policy
`undeclared = \"writers-omit\"`.

    old { \"properties\": { \"side\": {} } }
    new { \"properties\": { \"side\": {}, \"note\": { \"type\": \"string\" } } }
",
        ),
        code(
            "properties-narrowed",
            "\
A declared property is refused now, or one that could be anything must be of a schema.

    old { \"properties\": { \"a\": {}, \"b\": {} }, \"additionalProperties\": false }
    new { \"properties\": { \"a\": {} }, \"additionalProperties\": false }
",
        ),
        code(
            "properties-widened",
            "\
A property that was refused can be sent now. Readers of the old version refuse documents that have it.

    old { \"properties\": { \"a\": {} }, \"additionalProperties\": false }
    new { \"properties\": { \"a\": {}, \"b\": {} }, \"additionalProperties\": false }
",
        ),
        None,
    ],
    compare,
};

fn compare(pair: &Pair<'_>, changes: &mut Changes<'_>) {
    let (old, new) = (pair.old.declared(), pair.new.declared());
    let omits = |facts: &Facts<'_>| {
        pair.policy.undeclared == Undeclared::WritersOmit && !facts.declared().is_empty()
    };
    for name in new.difference(&old) {
        let was = format!("`{name}` was not declared");
        let spot = pair.at_property(name);
        let message = format!("`{name}` is declared now");
        match pair.old.additional() {
            Additional::Typed(_) => {}
            Additional::Closed => changes.widens(spot, message, &was),
            Additional::Open if omits(&pair.old) || accepts_anything(&pair.new, name) => {
                changes.preserves(spot, message, &was);
            }
            Additional::Open => changes.narrows(spot, message, &was),
        }
    }
    for name in old.difference(&new) {
        let was = format!("`{name}` was declared");
        let spot = pair.at_property(name);
        let message = format!("`{name}` is no longer declared");
        match pair.new.additional() {
            Additional::Typed(_) => {}
            Additional::Closed => changes.narrows(spot, message, &was),
            Additional::Open if omits(&pair.new) || accepts_anything(&pair.old, name) => {
                changes.preserves(spot, message, &was);
            }
            Additional::Open => changes.widens(spot, message, &was),
        }
    }
}

fn accepts_anything(facts: &Facts<'_>, name: &str) -> bool {
    Facts::of(facts.schemas, &facts.property(name)).is_some_and(|property| property.is_anything())
}
