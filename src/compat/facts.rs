//! What all schemas that judge one value say together: nodes in; one merged view out.
//!
//! `$ref` and `allOf` are looked through, so an inlined reference, a move into `$defs` or a keyword put
//! into an `allOf` member reads the same. Knows nothing of a second version.

use std::collections::BTreeSet;

use indexmap::{IndexMap, IndexSet};
use serde_json::{Number, Value};

use crate::diagnostic::Place;
use crate::number::{self, Decimal};
use crate::schema::{Keywords, Kind, Kinds, SchemaId, Schemas};

/// The conjunction of the schemas that judge one value.
pub(super) struct Facts<'a> {
    pub(super) schemas: &'a Schemas,
    /// Every node with keywords, references and `allOf` followed; the value's own first.
    pub(super) nodes: Vec<SchemaId>,
    /// The node the value was reached by.
    root: SchemaId,
    /// Whether one of them is `false`.
    nothing: bool,
}

/// How objects treat names they do not declare.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Additional {
    /// Anything goes.
    Open,
    /// Their values must be of these schemas.
    Typed(Vec<SchemaId>),
    /// Refused.
    Closed,
}

impl<'a> Facts<'a> {
    /// The facts of the schemas `ids`, of which there is at least one.
    pub(super) fn of(schemas: &'a Schemas, ids: &[SchemaId]) -> Option<Self> {
        let mut facts = Self {
            schemas,
            nodes: Vec::new(),
            root: *ids.first()?,
            nothing: false,
        };
        let mut seen = BTreeSet::new();
        let mut queue: Vec<SchemaId> = ids.iter().rev().copied().collect();
        while let Some(id) = queue.pop() {
            if !seen.insert(id) {
                continue;
            }
            match &schemas.node(id).kind {
                Kind::Anything => {}
                Kind::Nothing => facts.nothing = true,
                Kind::Keywords(keywords) => {
                    facts.nodes.push(id);
                    let references = [&keywords.reference, &keywords.dynamic_reference];
                    let targets = references
                        .into_iter()
                        .filter_map(|reference| reference.as_ref()?.target);
                    let next: Vec<SchemaId> =
                        targets.chain(keywords.all_of.iter().copied()).collect();
                    queue.extend(next.into_iter().rev());
                }
            }
        }
        Some(facts)
    }

    /// The keywords of each node.
    pub(super) fn keywords(&self) -> impl Iterator<Item = &'a Keywords> + '_ {
        self.nodes
            .iter()
            .filter_map(|id| self.schemas.keywords(*id))
    }

    /// Whether every value is accepted; seen only where nothing but remarks is said.
    pub(super) fn is_anything(&self) -> bool {
        let says = |it: &Keywords| {
            it.types.is_some() || !it.properties.is_empty() || !it.any_of.is_empty()
        };
        !self.nothing
            && !self.keywords().any(says)
            && self.nodes.iter().all(|id| {
                let printed = crate::schema::bundle(self.schemas, *id);
                printed
                    .as_object()
                    .is_some_and(|map| map.keys().all(|key| key == "$schema"))
            })
    }

    /// Whether no value is accepted, as far as can be seen at once.
    pub(super) fn is_nothing(&self) -> bool {
        self.nothing || self.kinds().is_empty()
    }

    /// The types that remain: `type`, the types of `enum` and `const`, and those of the alternatives.
    pub(super) fn kinds(&self) -> Kinds {
        self.kinds_within(8)
    }

    /// The types that remain without looking into alternatives.
    pub(super) fn own_kinds(&self) -> Kinds {
        self.kinds_within(0)
    }

    fn kinds_within(&self, depth: u8) -> Kinds {
        if self.nothing {
            return Kinds::NONE;
        }
        let mut kinds = self
            .keywords()
            .filter_map(|keywords| keywords.types)
            .fold(Kinds::ALL, Kinds::intersection);
        let whole = |multiple: &Number| number::is_integer(multiple);
        if self
            .keywords()
            .any(|it| it.multiple_of.as_ref().is_some_and(whole))
        {
            // `integer`, and `number` in whole steps, accept the same values.
            kinds = kinds.without(Kinds::NUMBER.without(Kinds::INTEGER));
        }
        if let Some(values) = self.listed() {
            let listed = values
                .iter()
                .map(|value| Kinds::of(value))
                .fold(Kinds::NONE, Kinds::union);
            kinds = kinds.intersection(listed);
        }
        if depth == 0 {
            return kinds;
        }
        for alternatives in self
            .keywords()
            .flat_map(|it| [&it.any_of, &it.one_of])
            .filter(|list| !list.is_empty())
        {
            let together = alternatives
                .iter()
                .filter_map(|id| Facts::of(self.schemas, &[*id]))
                .map(|facts| facts.kinds_within(depth - 1))
                .fold(Kinds::NONE, Kinds::union);
            kinds = kinds.intersection(together);
        }
        kinds
    }

    /// The values that `enum` and `const` leave.
    fn listed(&self) -> Option<Vec<&'a Value>> {
        let mut lists = self.keywords().flat_map(|it| {
            let constant = it.constant.as_ref().map(|value| vec![value]);
            let values = it.values.as_ref().map(|values| values.iter().collect());
            [constant, values].into_iter().flatten()
        });
        let first: Vec<&Value> = lists.next()?;
        Some(lists.fold(first, |kept, list| {
            kept.into_iter()
                .filter(|value| list.iter().any(|other| number::same(value, other)))
                .collect()
        }))
    }

    /// The values that `enum` and `const` leave, of the types that are allowed.
    pub(super) fn values(&self) -> Option<Vec<&'a Value>> {
        let kinds = self.kinds();
        let mut values = self.listed()?;
        values.retain(|value| kinds.contains(Kinds::of(value)));
        Some(values)
    }

    /// The tightest lower (or upper) bound: the number, and whether it is itself refused.
    pub(super) fn bound(&self, upper: bool) -> Option<(&'a Number, bool)> {
        self.keywords()
            .flat_map(|it| {
                let [inclusive, exclusive] = if upper {
                    [&it.maximum, &it.exclusive_maximum]
                } else {
                    [&it.minimum, &it.exclusive_minimum]
                };
                let inclusive = inclusive.as_ref().map(|bound| (bound, false));
                let exclusive = exclusive.as_ref().map(|bound| (bound, true));
                inclusive.into_iter().chain(exclusive)
            })
            .reduce(|a, b| {
                let order = Decimal::of(a.0).cmp(&Decimal::of(b.0));
                let order = if upper { order.reverse() } else { order };
                if order.then(a.1.cmp(&b.1)).is_ge() {
                    a
                } else {
                    b
                }
            })
    }

    /// The largest of a count that must be reached, 0 where none is said.
    pub(super) fn at_least(&self, count: fn(&Keywords) -> Option<u64>) -> u64 {
        self.keywords().filter_map(count).max().unwrap_or(0)
    }

    /// The smallest of a count that must not be passed.
    pub(super) fn at_most(&self, count: fn(&Keywords) -> Option<u64>) -> Option<u64> {
        self.keywords().filter_map(count).min()
    }

    /// Everything a keyword with one text says, in order, each once.
    pub(super) fn texts(&self, text: fn(&Keywords) -> Option<&String>) -> BTreeSet<&'a str> {
        self.keywords()
            .filter_map(text)
            .map(String::as_str)
            .collect()
    }

    /// The names that must be there.
    pub(super) fn required(&self) -> BTreeSet<&'a str> {
        self.keywords()
            .flat_map(|it| &it.required)
            .map(String::as_str)
            .collect()
    }

    /// The names that `properties` declares, in order.
    pub(super) fn declared(&self) -> IndexSet<&'a str> {
        self.keywords()
            .flat_map(|it| it.properties.keys())
            .map(String::as_str)
            .collect()
    }

    /// The schemas of a declared property.
    pub(super) fn property(&self, name: &str) -> Vec<SchemaId> {
        self.keywords()
            .filter_map(|it| it.properties.get(name).copied())
            .collect()
    }

    /// The schemas by pattern of `patternProperties`.
    pub(super) fn patterns(&self) -> IndexMap<&'a str, Vec<SchemaId>> {
        let mut patterns: IndexMap<&str, Vec<SchemaId>> = IndexMap::new();
        for (pattern, id) in self.keywords().flat_map(|it| &it.pattern_properties) {
            patterns.entry(pattern).or_default().push(*id);
        }
        patterns
    }

    /// What holds for names that are not declared.
    pub(super) fn additional(&self) -> Additional {
        let ids: Vec<SchemaId> = self.all(|it| it.additional_properties);
        let facts = Facts::of(self.schemas, &ids);
        match facts {
            None => Additional::Open,
            Some(facts) if facts.is_nothing() => Additional::Closed,
            Some(facts) if facts.is_anything() => Additional::Open,
            Some(_) => Additional::Typed(ids),
        }
    }

    /// Every schema that a keyword with one schema holds.
    pub(super) fn all(&self, child: fn(&Keywords) -> Option<SchemaId>) -> Vec<SchemaId> {
        self.keywords().filter_map(child).collect()
    }

    /// The `default` of the value, where there is one.
    pub(super) fn default(&self) -> Option<&'a Value> {
        self.keywords().find_map(|it| it.default.as_ref())
    }

    /// Where one of the keywords stands: its key; the node's own where none is said.
    pub(super) fn place(&self, keywords: &[&str]) -> Place {
        for id in &self.nodes {
            let value = self.schemas.value(*id);
            if let Some(keyword) = keywords.iter().find(|keyword| value.get(keyword).is_some()) {
                return self.schemas.keyword_place(*id, keyword);
            }
        }
        self.own_place()
    }

    /// Where the node itself stands.
    pub(super) fn own_place(&self) -> Place {
        let schema = self.schemas.schema(self.root);
        let pointer = self.schemas.node(self.root).pointer.clone();
        if pointer.is_root() {
            Place::file(schema.source)
        } else {
            Place::key(schema.source, pointer)
        }
    }

    /// The node by which the value was reached.
    pub(super) fn root(&self) -> SchemaId {
        self.root
    }
}
