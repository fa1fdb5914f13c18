//! Which member of an old `anyOf` or `oneOf` became which member of the new one.
//!
//! Two sides of a pair in; pairs and leftovers out. Members are known by what they say, then by the
//! constant that tags them, then by their types, then by their order.

use serde_json::Value;

use super::facts::Facts;
use crate::schema::{Keywords, SchemaId, Schemas, bundle};

/// What became of alternatives.
#[derive(Clone, Debug, Default)]
pub(super) struct Matching {
    /// Old and new of one alternative.
    pub(super) pairs: Vec<(SchemaId, SchemaId)>,
    /// Only in old.
    pub(super) removed: Vec<SchemaId>,
    /// Only in new.
    pub(super) added: Vec<SchemaId>,
    /// Whether one side is a plain schema that the other has as one alternative.
    pub(super) wrapped: bool,
}

impl Matching {
    /// Pairs those that are left and have the same key.
    fn claim<K: PartialEq>(
        &mut self,
        [before, after]: [&Schemas; 2],
        key: impl Fn(&Schemas, SchemaId) -> Option<K>,
    ) {
        if self.removed.is_empty() || self.added.is_empty() {
            return;
        }
        let mut news: Vec<(SchemaId, Option<K>)> = std::mem::take(&mut self.added)
            .into_iter()
            .map(|id| (id, key(after, id)))
            .collect();
        for old in std::mem::take(&mut self.removed) {
            let wanted = key(before, old);
            let place = news
                .iter()
                .position(|(_, key)| key.is_some() && *key == wanted);
            match place {
                Some(place) => self.pairs.push((old, news.remove(place).0)),
                None => self.removed.push(old),
            }
        }
        self.added = news.into_iter().map(|(id, _)| id).collect();
    }

    /// Whether old and new both have alternatives.
    pub(super) fn on_both_sides(&self) -> bool {
        let paired = !self.pairs.is_empty() && !self.wrapped;
        paired || !self.removed.is_empty() && !self.added.is_empty()
    }
}

/// Pairs the alternatives of two sides; `None` where neither has any.
pub(super) fn matching(old: &Facts<'_>, new: &Facts<'_>) -> Option<Matching> {
    let schemas = [old.schemas, new.schemas];
    let (olds, news) = (members(old), members(new));
    match (olds.is_empty(), news.is_empty()) {
        (true, true) => None,
        (false, false) => Some(pair_up(schemas, olds, news)),
        (true, false) if only_alternatives(new) => {
            Some(wrap(pair_up(schemas, vec![old.root()], news)))
        }
        (false, true) if only_alternatives(old) => {
            Some(wrap(pair_up(schemas, olds, vec![new.root()])))
        }
        (true, false) | (false, true) => Some(Matching {
            removed: olds,
            added: news,
            ..Matching::default()
        }),
    }
}

fn wrap(mut matching: Matching) -> Matching {
    matching.wrapped = !matching.pairs.is_empty();
    matching
}

fn members(facts: &Facts<'_>) -> Vec<SchemaId> {
    facts
        .keywords()
        .flat_map(|it| it.any_of.iter().chain(&it.one_of).copied())
        .collect()
}

fn only_alternatives(facts: &Facts<'_>) -> bool {
    let lists =
        |it: &Keywords| usize::from(!it.any_of.is_empty()) + usize::from(!it.one_of.is_empty());
    facts.keywords().map(lists).sum::<usize>() == 1
        && facts.nodes.iter().all(|id| {
            let value = facts.schemas.value(*id);
            value.as_object().is_none_or(|map| {
                map.keys().all(|key| {
                    matches!(
                        key.as_str(),
                        "anyOf"
                            | "oneOf"
                            | "$ref"
                            | "$defs"
                            | "definitions"
                            | "title"
                            | "description"
                            | "default"
                            | "examples"
                            | "$schema"
                            | "$id"
                            | "$comment"
                    )
                })
            })
        })
}

fn pair_up(schemas: [&Schemas; 2], olds: Vec<SchemaId>, news: Vec<SchemaId>) -> Matching {
    let mut matching = Matching {
        removed: olds,
        added: news,
        ..Matching::default()
    };
    matching.claim(schemas, |schemas, id| Some(bundle(schemas, id)));
    matching.claim(schemas, |schemas, id| {
        let tag = tag(schemas, id);
        (!tag.is_empty()).then_some(tag)
    });
    matching.claim(schemas, target);
    matching.claim(schemas, |schemas, id| {
        let untagged = tag(schemas, id).is_empty();
        untagged.then(|| Facts::of(schemas, &[id]).map(|facts| facts.kinds()))
    });
    matching
}

/// The constants of the properties that have one: what tells the alternative from its neighbours.
fn tag(schemas: &Schemas, id: SchemaId) -> Vec<(String, Value)> {
    let Some(facts) = Facts::of(schemas, &[id]) else {
        return Vec::new();
    };
    facts
        .declared()
        .into_iter()
        .filter_map(|name| {
            let property = Facts::of(schemas, &facts.property(name))?;
            match property.values()?.as_slice() {
                [only] => Some((name.to_owned(), (*only).clone())),
                _ => None,
            }
        })
        .collect()
}

/// The last word of what the alternative references: a name both versions are likely to keep.
fn target(schemas: &Schemas, id: SchemaId) -> Option<String> {
    let target = schemas.keywords(id)?.reference.as_ref()?.target?;
    schemas.node(target).pointer.last()
}
