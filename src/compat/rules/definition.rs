//! The names of definitions, which generated types are called by.

use super::{Rule, source_code};
use crate::compat::changes::{Changes, Spot};
use crate::compat::facts::Facts;
use crate::compat::walk::Pair;
use crate::diagnostic::Place;
use crate::schema::{Kinds, SchemaId};

pub(super) static RULE: Rule = Rule {
    subject: "definition",
    kinds: Kinds::ALL,
    help: ["keep the definition's old name"; 2],
    codes: [
        source_code(
            "definition-preserved",
            "\
A definition has another name under `$defs`. The JSON stays as it is, but the generated type is called
after it, so programs that use the type have to change: it takes a minor version.

    old { \"items\": { \"$ref\": \"#/$defs/Leg\" }, \"$defs\": { \"Leg\": { \"type\": \"object\" } } }
    new { \"items\": { \"$ref\": \"#/$defs/Part\" }, \"$defs\": { \"Part\": { \"type\": \"object\" } } }
",
        ),
        None,
        None,
        None,
    ],
    compare,
};

fn compare(pair: &Pair<'_>, changes: &mut Changes<'_>) {
    if let (Some(old), Some(new)) = (name(&pair.old), name(&pair.new))
        && old != new
    {
        // The definition is one, wherever it is referred to.
        let spot = Spot {
            old: place(&pair.old),
            new: place(&pair.new),
        };
        changes.renames(
            spot,
            format!("the definition is `{new}` now"),
            &format!("was `{old}`"),
        );
    }
}

/// What the schema's own reference calls it: a definition, whatever its file.
fn name(facts: &Facts<'_>) -> Option<String> {
    facts.schemas.node(target(facts)?).pointer.last()
}

fn target(facts: &Facts<'_>) -> Option<SchemaId> {
    let keywords = facts.schemas.keywords(facts.root())?;
    keywords.reference.as_ref()?.target
}

fn place(facts: &Facts<'_>) -> Place {
    let node = target(facts).unwrap_or(facts.root());
    let source = facts.schemas.schema(node).source;
    Place::key(source, facts.schemas.node(node).pointer.clone())
}
