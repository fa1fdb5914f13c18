//! What several schemas say of one value, together: a node, what its `$ref` names, and its `allOf`.

use std::collections::BTreeSet;

use serde_json::Value;

use crate::number::same;
use crate::schema::{Keywords, Kind, Kinds, SchemaId, Schemas};

/// A schema that judges the value, perhaps without its `oneOf` and `anyOf` (they were dealt with).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Part {
    pub(super) id: SchemaId,
    pub(super) without_choice: bool,
}

impl Part {
    pub(super) fn whole(id: SchemaId) -> Self {
        Self {
            id,
            without_choice: false,
        }
    }
}

/// All that judges one value.
pub(super) struct View<'a> {
    /// The schemas, the nearest first; every one holds.
    pub(super) parts: Vec<(Part, &'a Keywords)>,
    /// The schema that the view began with: where it is said to be.
    pub(super) origin: SchemaId,
    /// The types all agree on.
    pub(super) kinds: Kinds,
    /// Whether any says `type`, `enum` or `const`.
    pub(super) typed: bool,
    /// The values all agree on, where any lists them.
    pub(super) values: Option<Vec<Value>>,
}

impl<'a> View<'a> {
    pub(super) fn of(schemas: &'a Schemas, parts: &[Part]) -> Self {
        let origin = parts.first().expect("a view is of something").id;
        let mut view = Self {
            parts: Vec::new(),
            origin,
            kinds: Kinds::ALL,
            typed: false,
            values: None,
        };
        // Where a part comes again through a reference, its alternatives are still dealt with.
        let bare: BTreeSet<SchemaId> = parts
            .iter()
            .filter(|part| part.without_choice)
            .map(|part| part.id)
            .collect();
        let mut seen = BTreeSet::new();
        let mut queue: Vec<Part> = parts.iter().rev().copied().collect();
        while let Some(part) = queue.pop() {
            let again = !part.without_choice && bare.contains(&part.id);
            if again || !seen.insert(part.id) {
                continue;
            }
            match &schemas.node(part.id).kind {
                Kind::Anything => {}
                Kind::Nothing => {
                    view.kinds = Kinds::NONE;
                    view.typed = true;
                }
                Kind::Keywords(keywords) => {
                    view.take(part, keywords);
                    queue.extend(keywords.all_of.iter().rev().map(|id| Part::whole(*id)));
                    let references = [&keywords.dynamic_reference, &keywords.reference];
                    let targets = references.into_iter().filter_map(|it| it.as_ref()?.target);
                    queue.extend(targets.map(Part::whole));
                }
            }
        }
        view
    }

    fn take(&mut self, part: Part, keywords: &'a Keywords) {
        if let Some(kinds) = keywords.types {
            self.kinds = self.kinds.intersection(kinds);
            self.typed = true;
        }
        let constant = keywords.constant.as_ref().map(std::slice::from_ref);
        for values in [keywords.values.as_deref(), constant].into_iter().flatten() {
            self.typed = true;
            self.values = Some(match self.values.take() {
                None => values.to_vec(),
                Some(known) => known
                    .into_iter()
                    .filter(|known| values.iter().any(|value| same(known, value)))
                    .collect(),
            });
        }
        self.parts.push((part, keywords));
    }

    /// Each schema's keywords with its id.
    pub(super) fn keywords(&self) -> impl Iterator<Item = (SchemaId, &'a Keywords)> + '_ {
        self.parts
            .iter()
            .map(|(part, keywords)| (part.id, *keywords))
    }

    /// The `oneOf`s and `anyOf`s that are still to be dealt with: schema, whether exactly one, alternatives.
    pub(super) fn choices(&self) -> Vec<(SchemaId, bool, &'a [SchemaId])> {
        self.parts
            .iter()
            .filter(|(part, _)| !part.without_choice)
            .flat_map(|(part, keywords)| {
                [
                    (part.id, true, &*keywords.one_of),
                    (part.id, false, &*keywords.any_of),
                ]
            })
            .filter(|(_, _, alternatives)| !alternatives.is_empty())
            .collect()
    }
}

/// Whether a node judges by `type`, `enum` and `const` alone.
pub(super) fn judges_by_value_only(k: &Keywords) -> bool {
    k.reference.is_none()
        && k.dynamic_reference.is_none()
        && k.all_of.is_empty()
        && says_nothing_else(k)
}

/// Whether a node says nothing about the value beside `$ref` and `allOf`.
pub(super) fn says_nothing_beside(k: &Keywords) -> bool {
    k.types.is_none() && k.values.is_none() && k.constant.is_none() && says_nothing_else(k)
}

fn says_nothing_else(k: &Keywords) -> bool {
    k.any_of.is_empty()
        && k.one_of.is_empty()
        && [k.not, k.condition, k.contains, k.items, k.unevaluated_items]
            .iter()
            .all(Option::is_none)
        && [
            k.additional_properties,
            k.property_names,
            k.unevaluated_properties,
        ]
        .iter()
        .all(Option::is_none)
        && k.properties.is_empty()
        && k.pattern_properties.is_empty()
        && k.required.is_empty()
        && k.dependent_required.is_empty()
        && k.dependent_schemas.is_empty()
        && k.prefix_items.is_empty()
        && !k.unique_items
        && [
            k.min_length,
            k.max_length,
            k.min_items,
            k.max_items,
            k.min_properties,
            k.max_properties,
        ]
        .iter()
        .all(Option::is_none)
        && [
            &k.minimum,
            &k.maximum,
            &k.exclusive_minimum,
            &k.exclusive_maximum,
            &k.multiple_of,
        ]
        .iter()
        .all(|bound| bound.is_none())
        && [&k.pattern, &k.format].iter().all(|text| text.is_none())
}
