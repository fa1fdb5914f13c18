//! What a schema asks of objects: their members, names and counts.

use std::collections::BTreeSet;

use serde_json::{Map, Value};

use super::given::Given;
use super::{Level, Proof};
use crate::compat::shape;

impl<'a> Proof<'a> {
    /// `properties`, `patternProperties` or `additionalProperties` of `map`.
    pub(super) fn members(
        &mut self,
        given: &Given<'a>,
        map: &'a Map<String, Value>,
        keyword: &str,
        level: Level,
    ) -> bool {
        let names = declared(given);
        let patterns: BTreeSet<&str> = given
            .maps()
            .flat_map(|map| shape::keys(map, "patternProperties"))
            .collect();
        match (keyword, map.get(keyword)) {
            ("properties", Some(Value::Object(asked))) => asked
                .iter()
                .all(|(name, schema)| self.follows(&given.member(name), schema, level.below())),
            ("patternProperties", Some(Value::Object(asked))) => {
                asked.iter().all(|(pattern, schema)| {
                    // Whether a pattern matches a name is not asked here: it may match any.
                    names
                        .iter()
                        .all(|name| self.follows(&given.member(name), schema, level.below()))
                        && self.follows(&given.matched(pattern), schema, level.below())
                })
            }
            ("additionalProperties", Some(rest)) => {
                let asked: BTreeSet<&str> = shape::keys(map, "properties").collect();
                let matched: BTreeSet<&str> = shape::keys(map, "patternProperties").collect();
                names
                    .difference(&asked)
                    .all(|name| self.follows(&given.member(name), rest, level.below()))
                    && patterns
                        .difference(&matched)
                        .all(|it| self.follows(&given.matched(it), rest, level.below()))
                    && self.follows(&given.rest(), rest, level.below())
            }
            _ => false,
        }
    }

    /// The other keywords about objects.
    pub(super) fn object(
        &mut self,
        given: &Given<'a>,
        (keyword, value): (&str, &'a Value),
        level: Level,
    ) -> bool {
        let required = required(given);
        let absent = |name: &str| given.member(name).is_nothing();
        match (keyword, value) {
            ("required", Value::Array(asked)) => asked
                .iter()
                .all(|name| name.as_str().is_some_and(|name| required.contains(name))),
            ("minProperties", _) => value.as_u64().is_some_and(|least| {
                given.at_least("minProperties").max(required.len() as u64) >= least
            }),
            ("maxProperties", _) => value
                .as_u64()
                .is_some_and(|most| most_members(given).is_some_and(|it| it <= most)),
            ("propertyNames", _) => {
                let names: Vec<&Value> = given.all("propertyNames").collect();
                !names.is_empty() && self.follows(&given.together(&names), value, level.below())
            }
            ("dependentRequired", Value::Object(asked)) => asked.iter().all(|(name, demanded)| {
                let same = given
                    .all("dependentRequired")
                    .any(|other| other.get(name) == Some(demanded));
                let there = || {
                    let mut demanded = demanded.as_array().into_iter().flatten();
                    demanded.all(|it| it.as_str().is_some_and(|it| required.contains(it)))
                };
                same || absent(name) || there()
            }),
            ("dependentSchemas", Value::Object(asked)) => asked.iter().all(|(name, schema)| {
                let demanded = given
                    .all("dependentSchemas")
                    .filter_map(|other| other.get(name))
                    .fold(given.clone(), |given, schema| given.with(schema));
                absent(name) || self.follows(&demanded, schema, level.beside())
            }),
            _ => false,
        }
    }
}

fn declared<'a>(given: &Given<'a>) -> BTreeSet<&'a str> {
    given
        .maps()
        .flat_map(|map| shape::keys(map, "properties"))
        .collect()
}

fn required<'a>(given: &Given<'a>) -> BTreeSet<&'a str> {
    given
        .all("required")
        .filter_map(Value::as_array)
        .flatten()
        .filter_map(Value::as_str)
        .collect()
}

/// The most members an object can have: as said, or as many as a closed object declares.
fn most_members(given: &Given<'_>) -> Option<u64> {
    let closed = given
        .maps()
        .filter(|map| {
            map.get("additionalProperties") == Some(&Value::Bool(false))
                && !map.contains_key("patternProperties")
        })
        .map(|map| shape::keys(map, "properties").count() as u64);
    closed.chain(given.at_most("maxProperties")).min()
}
