//! What the smaller side says of one place: a conjunction of schemas, read generously.
//!
//! Leaving something out makes more values possible here, so a proof that rests on it still holds.

use serde_json::{Map, Value};

use crate::compat::shape;
use crate::number;
use crate::schema::Kinds;

/// What tells one conjunction from another: its schemas and the types it is limited to.
pub(super) type Key = (Vec<usize>, Vec<usize>, Kinds);

/// All that is known of the values at one place.
#[derive(Clone, Debug)]
pub(super) struct Given<'a> {
    root: &'a Value,
    maps: Vec<&'a Map<String, Value>>,
    limit: Kinds,
    nothing: bool,
    /// Lists of alternatives that have been split, by address.
    split: Vec<usize>,
}

impl<'a> Given<'a> {
    /// The conjunction of `schemas`, references and `allOf` followed.
    pub(super) fn of(root: &'a Value, schemas: &[&'a Value]) -> Self {
        let mut given = Self {
            root,
            maps: Vec::new(),
            limit: Kinds::ALL,
            nothing: false,
            split: Vec::new(),
        };
        for schema in schemas {
            given.add(schema);
        }
        given
    }

    /// The same with one more schema.
    pub(super) fn with(&self, schema: &'a Value) -> Self {
        let mut more = self.clone();
        more.add(schema);
        more
    }

    /// The same, limited to types.
    pub(super) fn limited(&self, kinds: Kinds) -> Self {
        Self {
            limit: self.limit.intersection(kinds),
            ..self.clone()
        }
    }

    fn add(&mut self, schema: &'a Value) {
        let mut queue = vec![schema];
        while let Some(schema) = queue.pop() {
            match schema {
                Value::Bool(false) => self.nothing = true,
                Value::Object(map) if !self.maps.iter().any(|seen| std::ptr::eq(*seen, map)) => {
                    self.maps.push(map);
                    let name = shape::reference(map);
                    queue.extend(name.and_then(|name| shape::definition(self.root, name)));
                    queue.extend(
                        map.get("allOf")
                            .and_then(Value::as_array)
                            .into_iter()
                            .flatten(),
                    );
                }
                Value::Null
                | Value::Number(_)
                | Value::String(_)
                | Value::Array(_)
                | Value::Object(_)
                | Value::Bool(_) => {}
            }
        }
    }

    pub(super) fn key(&self) -> Key {
        let maps = self.maps.iter();
        let mut maps: Vec<usize> = maps.map(|map| std::ptr::from_ref(*map).addr()).collect();
        maps.sort_unstable();
        (maps, self.split.clone(), self.limit)
    }

    /// Whether no value is left.
    pub(super) fn is_nothing(&self) -> bool {
        self.nothing || self.kinds().is_empty()
    }

    pub(super) fn maps(&self) -> impl Iterator<Item = &'a Map<String, Value>> + '_ {
        self.maps.iter().copied()
    }

    /// The values of a keyword.
    pub(super) fn all<'k>(
        &'k self,
        keyword: &'k str,
    ) -> impl Iterator<Item = &'a Value> + use<'a, 'k> {
        self.maps.iter().filter_map(move |map| map.get(keyword))
    }

    pub(super) fn at_least(&self, keyword: &str) -> u64 {
        self.all(keyword)
            .filter_map(Value::as_u64)
            .max()
            .unwrap_or(0)
    }

    pub(super) fn at_most(&self, keyword: &str) -> Option<u64> {
        self.all(keyword).filter_map(Value::as_u64).min()
    }

    /// The types that are left.
    pub(super) fn kinds(&self) -> Kinds {
        let types = self.maps.iter().map(|map| shape::kinds(map));
        let mut kinds = types.fold(self.limit, Kinds::intersection);
        let whole = |step: &Value| matches!(step, Value::Number(it) if number::is_integer(it));
        if self.all("multipleOf").any(whole) {
            kinds = kinds.without(Kinds::NUMBER.without(Kinds::INTEGER));
        }
        match self.listed() {
            Some(values) => values
                .iter()
                .map(|value| Kinds::of(value))
                .filter(|kind| kinds.contains(*kind))
                .fold(Kinds::NONE, Kinds::union),
            None => kinds,
        }
    }

    /// The types that are left, one by one; numbers are one.
    pub(super) fn each_kind(&self) -> Vec<Kinds> {
        let kinds = self.kinds();
        let each = [
            Kinds::NULL,
            Kinds::BOOLEAN,
            Kinds::NUMBER,
            Kinds::STRING,
            Kinds::ARRAY,
            Kinds::OBJECT,
        ];
        let left = each.into_iter().map(|kind| kinds.intersection(kind));
        left.filter(|kind| !kind.is_empty()).collect()
    }

    fn listed(&self) -> Option<Vec<&'a Value>> {
        let constants = self.all("const").map(|constant| vec![constant]);
        let lists = self
            .all("enum")
            .filter_map(|list| Some(list.as_array()?.iter().collect::<Vec<_>>()));
        constants.chain(lists).reduce(|kept, list| {
            kept.into_iter()
                .filter(|value| list.iter().any(|other| number::same(value, other)))
                .collect()
        })
    }

    /// The only values there can be, where they are listed.
    pub(super) fn values(&self) -> Option<Vec<&'a Value>> {
        let kinds = self.kinds();
        let mut values = self.listed()?;
        values.retain(|value| kinds.contains(Kinds::of(value)));
        Some(values)
    }

    /// The conjunction split by the first list of alternatives that was not split yet.
    pub(super) fn cases(&self) -> Option<Vec<Self>> {
        let lists = self.maps.iter().flat_map(|map| {
            let lists = ["anyOf", "oneOf"].into_iter();
            lists.filter_map(|keyword| map.get(keyword)?.as_array())
        });
        let mut open = lists.filter(|list| {
            let address = std::ptr::from_ref(*list).addr();
            !self.split.contains(&address)
        });
        let members = open.next()?;
        let mut rest = self.clone();
        rest.split.push(std::ptr::from_ref(members).addr());
        Some(members.iter().map(|member| rest.with(member)).collect())
    }

    /// What is said of the member `name`. Where patterns could match the name, what holds for the rest may not.
    pub(super) fn member(&self, name: &str) -> Self {
        let schemas: Vec<&Value> = self
            .maps
            .iter()
            .filter_map(|map| {
                let declared = map.get("properties").and_then(|it| it.get(name));
                declared.or_else(|| {
                    map.get("additionalProperties")
                        .filter(|_| !map.contains_key("patternProperties"))
                })
            })
            .collect();
        Self::of(self.root, &schemas)
    }

    /// What is said of members that nobody declares and no pattern matches.
    pub(super) fn rest(&self) -> Self {
        Self::of(
            self.root,
            &self.all("additionalProperties").collect::<Vec<_>>(),
        )
    }

    /// What is said of members that nobody declares and this pattern matches.
    pub(super) fn matched(&self, pattern: &str) -> Self {
        let schemas: Vec<&Value> = self
            .maps
            .iter()
            .filter_map(|map| match map.get("patternProperties") {
                Some(patterns) => patterns.get(pattern),
                None => map.get("additionalProperties"),
            })
            .collect();
        Self::of(self.root, &schemas)
    }

    /// What is said of the element at `index`.
    pub(super) fn element(&self, index: usize) -> Self {
        let schemas: Vec<&Value> = self
            .maps
            .iter()
            .filter_map(|map| {
                let prefix = map.get("prefixItems").and_then(Value::as_array);
                prefix
                    .and_then(|prefix| prefix.get(index))
                    .or_else(|| map.get("items"))
            })
            .collect();
        Self::of(self.root, &schemas)
    }

    /// The conjunction of schemas of the same side.
    pub(super) fn together(&self, schemas: &[&'a Value]) -> Self {
        Self::of(self.root, schemas)
    }
}
