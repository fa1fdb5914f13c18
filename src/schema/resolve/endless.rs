//! Cycles that can never end: references that lead back to themselves without stepping into a value,
//! and schemas that only an infinite document could satisfy.

use std::collections::{BTreeMap, BTreeSet};

use super::super::{Keywords, Kind, Kinds, SchemaId, Schemas};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Severity};

pub(in super::super) static REFERENCE_ENDLESS: Code = Code {
    name: "reference-endless",
    severity: Severity::Error,
    explain: "\
A reference leads back to where it started without ever stepping into a property or an element, so a
validator would follow it for ever; or a schema requires a value of itself inside every value, so no
finite document satisfies it. Make the inner one optional, allow `null`, or allow an empty list.
",
};

/// Reports both kinds of cycle. A reference that closes the first kind names nothing from then on.
pub(super) fn check(schemas: &Schemas, diagnostics: &mut Diagnostics) -> Vec<Steps> {
    let ids: Vec<SchemaId> = schemas
        .iter()
        .flat_map(|(root, schema)| {
            (0..).take(schema.nodes.len()).map(move |node| SchemaId {
                document: root.document,
                node,
            })
        })
        .collect();
    let circles = circles(schemas, &ids, diagnostics);
    if circles.is_empty() {
        infinite(schemas, &ids, diagnostics);
    }
    circles
}

/// Unbinds the references of circles: what is wrong says nothing.
pub(super) fn cut_all(schemas: &mut Schemas, circles: Vec<Steps>) {
    for (from, to) in circles.into_iter().flatten() {
        cut(schemas, from, to);
    }
}

/// Unbinds the references of `from` to `to`.
fn cut(schemas: &mut Schemas, from: SchemaId, to: SchemaId) {
    let nodes = &mut schemas.schema_mut(from).nodes;
    let Some(Kind::Keywords(keywords)) =
        nodes.get_mut(from.node as usize).map(|node| &mut node.kind)
    else {
        return;
    };
    let references = [&mut keywords.reference, &mut keywords.dynamic_reference];
    for reference in references.into_iter().flatten() {
        reference.target = reference.target.filter(|target| *target != to);
    }
}

/// The steps of a circle, each from where to where.
pub(super) type Steps = Vec<(SchemaId, SchemaId)>;

/// Depth-first over the edges that stay on the same value; iterative, since a chain may be long.
fn circles(schemas: &Schemas, ids: &[SchemaId], diagnostics: &mut Diagnostics) -> Vec<Steps> {
    let mut done: BTreeSet<SchemaId> = BTreeSet::new();
    let mut found = Vec::new();
    for start in ids {
        let mut path: Vec<(SchemaId, Vec<SchemaId>)> = Vec::new();
        let mut on_path: BTreeSet<SchemaId> = BTreeSet::new();
        let mut enter = Some(*start);
        loop {
            if let Some(id) = enter.take() {
                if on_path.contains(&id) {
                    found.push(report_circle(schemas, &path, id, diagnostics));
                } else if done.insert(id) {
                    on_path.insert(id);
                    let next = schemas
                        .keywords(id)
                        .map(|k| k.in_place().collect())
                        .unwrap_or_default();
                    path.push((id, next));
                }
            }
            let Some((id, next)) = path.last_mut() else {
                break;
            };
            match next.pop() {
                Some(step) => enter = Some(step),
                None => {
                    on_path.remove(id);
                    path.pop();
                }
            }
        }
    }
    found
}

fn report_circle(
    schemas: &Schemas,
    path: &[(SchemaId, Vec<SchemaId>)],
    back_to: SchemaId,
    diagnostics: &mut Diagnostics,
) -> Steps {
    let from = path.iter().position(|(id, _)| *id == back_to).unwrap_or(0);
    let steps: Vec<SchemaId> = path.iter().skip(from).map(|(id, _)| *id).collect();
    let name = |id: SchemaId| {
        let schema = schemas.schema(id);
        format!("{}#{}", schema.path, schemas.node(id).pointer)
    };
    let mut diagnostic = Diagnostic::new(&REFERENCE_ENDLESS, "this reference leads back to itself");
    for (index, id) in steps.iter().enumerate() {
        let next = steps.get(index + 1).copied().unwrap_or(back_to);
        let keyword = if schemas.keywords(*id).is_some_and(|k| k.reference.is_some()) {
            "$ref"
        } else {
            ""
        };
        let place = if keyword.is_empty() {
            schemas.place(*id)
        } else {
            schemas.keyword_place(*id, keyword)
        };
        diagnostic = diagnostic.at(place, format!("goes to `{}`", name(next)));
    }
    diagnostics.push(diagnostic.help("step into a property or an element somewhere on the way"));
    let next = steps.iter().skip(1).copied().chain([back_to]);
    steps.iter().copied().zip(next).collect()
}

/// Least fixpoint of "some finite value satisfies this, as far as the shape tells".
fn infinite(schemas: &Schemas, ids: &[SchemaId], diagnostics: &mut Diagnostics) {
    let mut wait: BTreeMap<SchemaId, Vec<SchemaId>> = BTreeMap::new();
    for id in ids {
        let Some(keywords) = schemas.keywords(*id) else {
            continue;
        };
        for needed in keywords.in_place().chain(keywords.children()) {
            wait.entry(needed).or_default().push(*id);
        }
    }
    let mut finite: BTreeSet<SchemaId> = BTreeSet::new();
    let mut queue: Vec<SchemaId> = ids.to_vec();
    while let Some(id) = queue.pop() {
        if !finite.contains(&id) && is_finite(schemas, id, &finite) {
            finite.insert(id);
            queue.extend(wait.get(&id).into_iter().flatten());
        }
    }
    for id in ids.iter().filter(|id| !finite.contains(id)) {
        let Some(keywords) = schemas.keywords(*id) else {
            continue;
        };
        let culprit = keywords.required.iter().find(|name| {
            keywords
                .properties
                .get(*name)
                .is_some_and(|child| !finite.contains(child))
        });
        let Some(name) = culprit else { continue };
        let place = schemas.keyword_place(*id, "required");
        diagnostics.push(
            Diagnostic::new(
                &REFERENCE_ENDLESS,
                "only an infinite document could satisfy this",
            )
            .at(
                place,
                format!("`{name}` is required, and holds the same again"),
            )
            .help(format!("make `{name}` optional, or let it be null")),
        );
    }
}

fn is_finite(schemas: &Schemas, id: SchemaId, finite: &BTreeSet<SchemaId>) -> bool {
    match &schemas.node(id).kind {
        Kind::Anything | Kind::Nothing => true,
        Kind::Keywords(keywords) => {
            let has = |id: &SchemaId| finite.contains(id);
            let references = [&keywords.reference, &keywords.dynamic_reference];
            references
                .into_iter()
                .flatten()
                .all(|it| it.target.is_none_or(|target| has(&target)))
                && keywords.all_of.iter().all(has)
                && (keywords.any_of.is_empty() || keywords.any_of.iter().any(has))
                && (keywords.one_of.is_empty() || keywords.one_of.iter().any(has))
                && contents_are_finite(keywords, finite)
        }
    }
}

fn contents_are_finite(keywords: &Keywords, finite: &BTreeSet<SchemaId>) -> bool {
    let types = keywords.types.unwrap_or(Kinds::ALL);
    let scalar = types.meets(Kinds::ALL.without(Kinds::OBJECT.union(Kinds::ARRAY)));
    let object = types.contains(Kinds::OBJECT)
        && keywords
            .required
            .iter()
            .filter_map(|name| keywords.properties.get(name))
            .all(|child| finite.contains(child));
    let needed = usize::try_from(keywords.min_items.unwrap_or(0)).unwrap_or(usize::MAX);
    let array = types.contains(Kinds::ARRAY)
        && keywords
            .prefix_items
            .iter()
            .take(needed)
            .all(|child| finite.contains(child))
        && (needed <= keywords.prefix_items.len()
            || keywords.items.is_none_or(|items| finite.contains(&items)));
    scalar || object || array
}
