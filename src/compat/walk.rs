//! Pairs the places of two schemas that judge the same part of a document, and asks the rules about each.
//!
//! Two roots in; changes out. Pairs by meaning, not by pointer: properties by name, items by position,
//! alternatives by what they are. Knows no promise and no verdict.

use std::collections::BTreeSet;

use super::alternatives::{self, Matching};
use super::changes::{Change, Changes, Spot};
use super::facts::{Additional, Facts};
use super::rules;
use crate::config::Policy;
use crate::diagnostic::{At, Place};
use crate::pointer::Pointer;
use crate::schema::{Keywords, Kinds, SchemaId, Schemas};

/// The places of two schemas that judge the same part of a document.
pub(super) struct Pair<'a> {
    pub(super) old: Facts<'a>,
    pub(super) new: Facts<'a>,
    pub(super) policy: Policy,
    /// Which alternatives became which; where either side has some.
    pub(super) matching: Option<Matching>,
}

impl Pair<'_> {
    /// Where one of the keywords stands in either.
    pub(super) fn at(&self, keywords: &[&str]) -> Spot {
        Spot {
            old: self.old.place(keywords),
            new: self.new.place(keywords),
        }
    }

    /// Where a property is declared in either; its object where it is not.
    pub(super) fn at_property(&self, name: &str) -> Spot {
        let place = |facts: &Facts<'_>| match facts.property(name).first() {
            Some(id) => match facts.schemas.place(*id) {
                Place {
                    source,
                    at: At::Value(pointer),
                } => Place::key(source, pointer),
                place => place,
            },
            None => facts.place(&["properties"]),
        };
        Spot {
            old: place(&self.old),
            new: place(&self.new),
        }
    }

    /// The types both sides allow.
    pub(super) fn shared_kinds(&self) -> Kinds {
        self.old.kinds().intersection(self.new.kinds())
    }
}

/// Everything the rules see between `old` and `new`, in the order of the new schema.
pub(super) fn changes(
    old: (&Schemas, SchemaId),
    new: (&Schemas, SchemaId),
    policy: Policy,
) -> Vec<Change> {
    let mut walk = Walk {
        schemas: [old.0, new.0],
        policy,
        seen: BTreeSet::new(),
        found: Vec::new(),
    };
    walk.visit(&[old.1], &[new.1], &Pointer::root(), false);
    once(walk.found)
}

/// Each edit once: a place that is reached by two ways is still one place.
fn once(found: Vec<Change>) -> Vec<Change> {
    let mut kept: Vec<Change> = Vec::new();
    for change in found {
        let told = |it: &Change| {
            it.code == change.code && it.spot == change.spot && it.message == change.message
        };
        if !kept.iter().any(told) {
            kept.push(change);
        }
    }
    kept
}

type Seen = BTreeSet<(Vec<SchemaId>, Vec<SchemaId>, bool)>;

struct Walk<'a> {
    /// Those of old, those of new; often the same.
    schemas: [&'a Schemas; 2],
    policy: Policy,
    seen: Seen,
    found: Vec<Change>,
}

impl<'a> Walk<'a> {
    fn visit(&mut self, old: &[SchemaId], new: &[SchemaId], at: &Pointer, negated: bool) {
        let [before, after] = self.schemas;
        let (Some(old), Some(new)) = (Facts::of(before, old), Facts::of(after, new)) else {
            return;
        };
        // Recursion ends here: a pair of places is judged once.
        if !self
            .seen
            .insert((old.nodes.clone(), new.nodes.clone(), negated))
        {
            return;
        }
        let matching = alternatives::matching(&old, &new);
        let pair = Pair {
            old,
            new,
            policy: self.policy,
            matching,
        };
        let wrapped = pair.matching.as_ref().is_some_and(|it| it.wrapped);
        for rule in rules::RULES {
            let applies = rule.kinds == Kinds::ALL || pair.shared_kinds().meets(rule.kinds);
            // A schema put beside an alternative changed in its types only; the rest is told one level down.
            if applies && (!wrapped || rule.subject == "type") {
                let mut changes = Changes::new(&mut self.found, rule, at, negated);
                (rule.compare)(&pair, &mut changes);
            }
        }
        for (old, new) in pair.matching.iter().flat_map(|it| &it.pairs) {
            self.visit(&[*old], &[*new], at, negated);
        }
        if !wrapped && !pair.shared_kinds().is_empty() {
            self.members(&pair, at, negated);
            self.elements(&pair, at, negated);
            self.complements(&pair, at, negated);
        }
    }

    /// Properties by name; a declared one meets what held for undeclared ones on the other side.
    fn members(&mut self, pair: &Pair<'a>, at: &Pointer, negated: bool) {
        let (old, new) = (&pair.old, &pair.new);
        let (old_names, new_names) = (old.declared(), new.declared());
        let (old_rest, new_rest) = (old.additional(), new.additional());
        for name in &new_names {
            let below = at.join(name);
            if old_names.contains(name) {
                self.visit(&old.property(name), &new.property(name), &below, negated);
            } else if let Additional::Typed(rest) = &old_rest {
                self.visit(rest, &new.property(name), &below, negated);
            }
        }
        if let Additional::Typed(rest) = &new_rest {
            for name in old_names.difference(&new_names) {
                self.visit(&old.property(name), rest, &at.join(name), negated);
            }
            if let Additional::Typed(old_rest) = &old_rest {
                self.visit(old_rest, rest, &at.join("*"), negated);
            }
        }
        let (old_patterns, new_patterns) = (old.patterns(), new.patterns());
        for (pattern, ids) in &new_patterns {
            if let Some(old_ids) = old_patterns.get(pattern) {
                self.visit(old_ids, ids, &at.join(pattern), negated);
            }
        }
        self.single(pair, |it| it.property_names, at, negated);
        for (name, ids) in dependents(new) {
            let old_ids: Vec<SchemaId> = dependents(old)
                .into_iter()
                .filter(|(other, _)| *other == name)
                .map(|(_, id)| id)
                .collect();
            if !old_ids.is_empty() {
                self.visit(&old_ids, &[ids], at, negated);
            }
        }
    }

    /// Items by position; one beyond the other side's prefix meets the other side's `items`.
    fn elements(&mut self, pair: &Pair<'a>, at: &Pointer, negated: bool) {
        let prefix = |facts: &Facts<'_>| {
            facts
                .keywords()
                .map(|it| it.prefix_items.len())
                .max()
                .unwrap_or(0)
        };
        let element = |facts: &Facts<'_>, index: usize| {
            facts
                .keywords()
                .filter_map(|it| it.prefix_items.get(index).copied().or(it.items))
                .collect::<Vec<_>>()
        };
        for index in 0..prefix(&pair.old).max(prefix(&pair.new)) {
            let (old, new) = (element(&pair.old, index), element(&pair.new, index));
            self.visit(&old, &new, &at.index(index), negated);
        }
        self.single(pair, |it| it.items, &at.join("*"), negated);
        self.single(pair, |it| it.contains, &at.join("*"), negated);
    }

    /// `not`, and the branches of a condition that stayed the same.
    fn complements(&mut self, pair: &Pair<'a>, at: &Pointer, negated: bool) {
        if let ([old], [new]) = (
            pair.old.all(|it| it.not).as_slice(),
            pair.new.all(|it| it.not).as_slice(),
        ) {
            self.visit(&[*old], &[*new], at, !negated);
        }
        if rules::same_condition(pair) {
            self.single(pair, |it| it.condition.and(it.then), at, negated);
            self.single(pair, |it| it.condition.and(it.otherwise), at, negated);
        }
    }

    fn single(
        &mut self,
        pair: &Pair<'a>,
        child: fn(&Keywords) -> Option<SchemaId>,
        at: &Pointer,
        negated: bool,
    ) {
        let (old, new) = (pair.old.all(child), pair.new.all(child));
        self.visit(&old, &new, at, negated);
    }
}

fn dependents<'a>(facts: &Facts<'a>) -> Vec<(&'a str, SchemaId)> {
    facts
        .keywords()
        .flat_map(|it| &it.dependent_schemas)
        .map(|(name, id)| (name.as_str(), *id))
        .collect()
}
