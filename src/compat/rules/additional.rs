//! Properties an object does not declare: `additionalProperties`.

use super::{Rule, code};
use crate::compat::changes::Changes;
use crate::compat::facts::{Additional, Facts};
use crate::compat::walk::Pair;
use crate::config::Undeclared;
use crate::schema::Kinds;

pub(super) static RULE: Rule = Rule {
    subject: "additional",
    kinds: Kinds::OBJECT,
    help: [
        "keep accepting undeclared properties",
        "keep refusing undeclared properties",
    ],
    codes: [
        code(
            "additional-preserved",
            "\
An object accepts other undeclared properties than before, and nobody sends any: writers send only
what their version declares, the policy `undeclared = \"writers-omit\"`.

    old { \"properties\": { \"a\": {} } }
    new { \"properties\": { \"a\": {} }, \"additionalProperties\": false }
",
        ),
        code(
            "additional-narrowed",
            "\
An object refuses undeclared properties that it accepted, or their values must be of a schema.

    old { \"additionalProperties\": { \"type\": \"string\" } }
    new { \"additionalProperties\": false }
",
        ),
        code(
            "additional-widened",
            "\
An object accepts undeclared properties that it refused, or their values may be anything.

    old { \"additionalProperties\": false }
    new { \"additionalProperties\": { \"type\": \"string\" } }
",
        ),
        None,
    ],
    compare,
};

fn compare(pair: &Pair<'_>, changes: &mut Changes<'_>) {
    let (old, new) = (pair.old.additional(), pair.new.additional());
    let omits = |facts: &Facts<'_>| {
        pair.policy.undeclared == Undeclared::WritersOmit && !facts.declared().is_empty()
    };
    let spot = || pair.at(&["additionalProperties"]);
    let message = format!("undeclared properties are {} now", words(&new));
    let was = format!("were {}", words(&old));
    match (&old, &new) {
        (Additional::Open, Additional::Open)
        | (Additional::Closed, Additional::Closed)
        | (Additional::Typed(_), Additional::Typed(_)) => {}
        (Additional::Open, Additional::Closed | Additional::Typed(_)) if omits(&pair.old) => {
            changes.preserves(spot(), message, &was);
        }
        (Additional::Closed | Additional::Typed(_), Additional::Open) if omits(&pair.new) => {
            changes.preserves(spot(), message, &was);
        }
        (Additional::Open | Additional::Typed(_), Additional::Closed)
        | (Additional::Open, Additional::Typed(_)) => changes.narrows(spot(), message, &was),
        (Additional::Closed | Additional::Typed(_), Additional::Open)
        | (Additional::Closed, Additional::Typed(_)) => changes.widens(spot(), message, &was),
    }
}

fn words(additional: &Additional) -> &'static str {
    match additional {
        Additional::Open => "accepted",
        Additional::Typed(_) => "accepted if they are of the schema",
        Additional::Closed => "refused",
    }
}
