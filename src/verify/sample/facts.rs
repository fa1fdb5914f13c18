//! What all schemas that judge one value say together, once for each way through their alternatives.
//!
//! Schemas in; facts out. `$ref` and `allOf` are looked through; each `anyOf`, `oneOf`, `if` and
//! `dependentSchemas` is a fork. One fork at a time takes another way than its first, so the number
//! of ways is a sum and no product.

use std::collections::VecDeque;

use serde_json::{Number, Value};

use crate::number::Decimal;
use crate::schema::{Keywords, Kind, Kinds, Reference, SchemaId, Schemas};

/// More ways than these are not tried.
const MOST_WAYS: usize = 48;

/// The conjunction of the schemas on one way.
#[derive(Clone, Debug, Default)]
pub(super) struct Facts<'a> {
    /// Every node on the way, in the order met.
    pub(super) nodes: Vec<SchemaId>,
    /// What those say that are no booleans.
    pub(super) keywords: Vec<&'a Keywords>,
    /// Whether one of them is `false`.
    pub(super) nothing: bool,
    forks: VecDeque<Fork>,
}

/// A place where a value may satisfy one of several lists of schemas.
#[derive(Clone, Debug)]
struct Fork {
    ways: Vec<Vec<SchemaId>>,
    /// Whether ways beside the first are tried.
    free: bool,
}

/// The ways to satisfy all of `ids`; the first takes every fork's first way.
pub(super) fn ways<'a>(schemas: &'a Schemas, ids: &[SchemaId]) -> Vec<Facts<'a>> {
    let mut facts = Facts::default();
    facts.take_in(schemas, ids);
    let mut out = Vec::new();
    facts.walk(schemas, &mut out);
    out
}

impl<'a> Facts<'a> {
    fn walk(mut self, schemas: &'a Schemas, out: &mut Vec<Self>) {
        let Some(fork) = self.forks.pop_front() else {
            out.push(self);
            return;
        };
        for (index, way) in fork.ways.iter().enumerate() {
            if out.len() >= MOST_WAYS || (index > 0 && !fork.free) {
                return;
            }
            let mut facts = self.clone();
            if index > 0 {
                facts.forks.iter_mut().for_each(|fork| fork.free = false);
            }
            facts.take_in(schemas, way);
            facts.walk(schemas, out);
        }
    }

    fn take_in(&mut self, schemas: &'a Schemas, ids: &[SchemaId]) {
        let mut queue: VecDeque<SchemaId> = ids.iter().copied().collect();
        while let Some(id) = queue.pop_front() {
            if self.nodes.contains(&id) {
                continue;
            }
            self.nodes.push(id);
            match &schemas.node(id).kind {
                Kind::Anything => {}
                Kind::Nothing => self.nothing = true,
                Kind::Keywords(keywords) => {
                    let target = |it: &Option<Reference>| it.as_ref().and_then(|it| it.target);
                    queue.extend(target(&keywords.reference));
                    queue.extend(target(&keywords.dynamic_reference));
                    queue.extend(&keywords.all_of);
                    self.forks.extend(forks(keywords));
                    self.keywords.push(keywords);
                }
            }
        }
    }

    /// The types a value may have.
    pub(super) fn kinds(&self) -> Kinds {
        let types = self.keywords.iter().filter_map(|it| it.types);
        types.fold(Kinds::ALL, Kinds::intersection)
    }

    /// The values it is limited to by `const` or `enum`, if it is; the shortest list.
    pub(super) fn values(&self) -> Option<Vec<Value>> {
        let constants = self.keywords.iter().filter_map(|it| it.constant.clone());
        let choices = self.keywords.iter().filter_map(|it| it.values.clone());
        let lists = constants.map(|value| vec![value]).chain(choices);
        lists.min_by_key(Vec::len)
    }

    /// The greatest of a keyword that sets a least count.
    pub(super) fn least(&self, of: impl Fn(&Keywords) -> Option<u64>) -> Option<u64> {
        self.keywords.iter().filter_map(|it| of(it)).max()
    }

    /// The least of a keyword that sets a greatest count.
    pub(super) fn most(&self, of: impl Fn(&Keywords) -> Option<u64>) -> Option<u64> {
        self.keywords.iter().filter_map(|it| of(it)).min()
    }

    /// The numbers a keyword sets, in order of value.
    pub(super) fn numbers(&self, of: impl Fn(&Keywords) -> Option<&Number>) -> Vec<&'a Number> {
        let mut numbers: Vec<&Number> = self.keywords.iter().filter_map(|it| of(it)).collect();
        numbers.sort_by_key(|number| Decimal::of(number));
        numbers
    }

    /// The texts a keyword sets.
    pub(super) fn texts(&self, of: impl Fn(&Keywords) -> Option<&String>) -> Vec<&'a str> {
        let texts = self.keywords.iter().filter_map(|it| of(it));
        texts.map(String::as_str).collect()
    }

    /// The declared property names, each once.
    pub(super) fn declared(&self) -> Vec<&'a str> {
        let names = self.keywords.iter().flat_map(|it| it.properties.keys());
        once(names.map(String::as_str))
    }

    /// The required property names, each once.
    pub(super) fn required(&self) -> Vec<&'a str> {
        let names = self.keywords.iter().flat_map(|it| &it.required);
        once(names.map(String::as_str))
    }

    /// The schemas that judge the property `name`; `matches` says whether a pattern is found in it.
    pub(super) fn property(
        &self,
        name: &str,
        matches: impl Fn(&str, &str) -> bool,
    ) -> Vec<SchemaId> {
        let mut ids = Vec::new();
        for keywords in &self.keywords {
            let before = ids.len();
            ids.extend(keywords.properties.get(name));
            let patterns = keywords.pattern_properties.iter();
            ids.extend(
                patterns
                    .filter(|(pattern, _)| matches(pattern, name))
                    .map(|(_, id)| *id),
            );
            if ids.len() == before {
                ids.extend(keywords.additional_properties);
            }
        }
        if ids.is_empty() {
            ids.extend(
                self.keywords
                    .iter()
                    .filter_map(|it| it.unevaluated_properties),
            );
        }
        once(ids.into_iter())
    }

    /// The schemas that judge the element at `index`.
    pub(super) fn element(&self, index: usize) -> Vec<SchemaId> {
        let of = |it: &&Keywords| it.prefix_items.get(index).copied().or(it.items);
        let mut ids: Vec<SchemaId> = self.keywords.iter().filter_map(of).collect();
        if ids.is_empty() {
            ids.extend(self.keywords.iter().filter_map(|it| it.unevaluated_items));
        }
        once(ids.into_iter())
    }

    /// Whether any of the schemas says something about the kind.
    pub(super) fn speaks_of(&self, kind: Kinds) -> bool {
        self.keywords.iter().any(|it| match kind {
            Kinds::OBJECT => {
                !it.properties.is_empty()
                    || !it.required.is_empty()
                    || !it.pattern_properties.is_empty()
                    || it.additional_properties.is_some()
                    || it.min_properties.is_some()
                    || it.max_properties.is_some()
                    || it.property_names.is_some()
            }
            Kinds::ARRAY => {
                !it.prefix_items.is_empty()
                    || it.items.is_some()
                    || it.min_items.is_some()
                    || it.max_items.is_some()
                    || it.unique_items
                    || it.contains.is_some()
            }
            Kinds::STRING => {
                it.min_length.is_some() || it.max_length.is_some() || it.pattern.is_some()
            }
            Kinds::NUMBER => {
                it.minimum.is_some()
                    || it.maximum.is_some()
                    || it.exclusive_minimum.is_some()
                    || it.exclusive_maximum.is_some()
                    || it.multiple_of.is_some()
            }
            _ => false,
        })
    }
}

fn forks(keywords: &Keywords) -> Vec<Fork> {
    let each = |ids: &[SchemaId]| ids.iter().map(|id| vec![*id]).collect::<Vec<_>>();
    let mut lists = vec![each(&keywords.any_of), each(&keywords.one_of)];
    if let Some(condition) = keywords.condition {
        let held = [Some(condition), keywords.then]
            .into_iter()
            .flatten()
            .collect();
        lists.push(vec![held, keywords.otherwise.into_iter().collect()]);
    }
    lists.extend(
        keywords
            .dependent_schemas
            .values()
            .map(|id| vec![vec![*id], Vec::new()]),
    );
    let free = true;
    let forks = lists.into_iter().filter(|ways| !ways.is_empty());
    forks.map(|ways| Fork { ways, free }).collect()
}

fn once<T: PartialEq>(items: impl Iterator<Item = T>) -> Vec<T> {
    let mut out = Vec::new();
    for item in items {
        if !out.contains(&item) {
            out.push(item);
        }
    }
    out
}
