//! A cheap proof that one schema accepts all that another does: keyword by keyword, place by place.
//!
//! Two bundles in; "proven" or "not proven this way" out, never "no". Sound and incomplete: a keyword of
//! the larger schema must follow from what the smaller one says of the same place, and whatever is not
//! understood does not follow. Recursion is proven by assuming what is to be shown for smaller
//! documents, and taking the assumption back where it fails.

mod given;
mod objects;
mod scalars;

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value};

use super::shape;
use crate::schema::{Formats, Kinds};
use given::Given;

/// The most steps of one proof.
const STEPS: u32 = 60_000;
/// The deepest chain of steps.
const DEEPEST: usize = 120;

/// Keywords whose meaning depends on those beside them.
const LEANING: [&str; 11] = [
    "$ref",
    "additionalProperties",
    "items",
    "contains",
    "minContains",
    "maxContains",
    "if",
    "then",
    "else",
    "unevaluatedProperties",
    "unevaluatedItems",
];

/// Whether it is shown that `larger` accepts every document that `smaller` accepts.
pub(super) fn proves(smaller: &Value, larger: &Value, formats: Formats) -> bool {
    let mut proof = Proof {
        smaller,
        larger,
        formats,
        steps: STEPS,
        known: BTreeMap::new(),
        trail: Vec::new(),
        failed: BTreeSet::new(),
    };
    let given = Given::of(smaller, &[smaller]);
    proof.follows(&given, larger, Level::default())
}

/// How far the proof has come: how deep in the document, and how many steps.
#[derive(Clone, Copy, Debug, Default)]
struct Level {
    /// Members and elements stepped into.
    document: usize,
    steps: usize,
}

impl Level {
    /// The next step at the same place.
    fn beside(self) -> Self {
        Self {
            steps: self.steps + 1,
            ..self
        }
    }

    /// The next step one place deeper.
    fn below(self) -> Self {
        Self {
            document: self.document + 1,
            steps: self.steps + 1,
        }
    }
}

/// What is said of the smaller side, and the schema that is to follow from it.
type Claim = (given::Key, usize);

/// How far a claim is proven.
#[derive(Clone, Copy, Debug)]
struct Standing {
    /// The depth of the document it was made at.
    made_at: usize,
    proven: bool,
}

struct Proof<'a> {
    smaller: &'a Value,
    larger: &'a Value,
    formats: Formats,
    steps: u32,
    /// Claims that hold if those before them in the trail do.
    known: BTreeMap<Claim, Standing>,
    trail: Vec<Claim>,
    failed: BTreeSet<Claim>,
}

impl<'a> Proof<'a> {
    /// Whether every value of `given` is accepted by `asked`.
    fn follows(&mut self, given: &Given<'a>, asked: &'a Value, level: Level) -> bool {
        if *asked == Value::Bool(true) || given.is_nothing() {
            return true;
        }
        let Some(steps) = self.steps.checked_sub(1) else {
            return false;
        };
        self.steps = steps;
        if level.steps > DEEPEST {
            return false;
        }
        let Value::Object(map) = asked else {
            return self.by_cases(given, asked, level);
        };
        let claim = (given.key(), std::ptr::from_ref(map).addr());
        if self.failed.contains(&claim) {
            return false;
        }
        match self.known.get(&claim) {
            Some(known) if known.proven && known.made_at <= level.document => return true,
            // At the same place the claim would rest on itself; of a smaller document it may be used.
            Some(known) if !known.proven => return known.made_at < level.document,
            Some(_) | None => {}
        }
        let before = self.trail.len();
        self.trail.push(claim.clone());
        let mut standing = Standing {
            made_at: level.document,
            proven: false,
        };
        self.known.insert(claim.clone(), standing);
        if self.keywords(given, map, level) || self.by_cases(given, asked, level) {
            standing.proven = true;
            self.known.insert(claim, standing);
            return true;
        }
        // What was proven meanwhile may rest on this claim.
        for taken_back in self.trail.drain(before..) {
            self.known.remove(&taken_back);
        }
        self.failed.insert(claim);
        false
    }

    fn keywords(&mut self, given: &Given<'a>, map: &'a Map<String, Value>, level: Level) -> bool {
        map.iter()
            .all(|(keyword, value)| self.keyword(given, map, (keyword, value), level))
    }

    #[expect(clippy::match_same_arms, reason = "a row a keyword, in their order")]
    fn keyword(
        &mut self,
        given: &Given<'a>,
        map: &'a Map<String, Value>,
        (keyword, value): (&'a str, &'a Value),
        level: Level,
    ) -> bool {
        // The same words say the same, unless they lean on a neighbour.
        let leans = LEANING.contains(&keyword);
        if !leans && given.all(keyword).any(|it| it == value) && shape::stands_alone(value) {
            return true;
        }
        match (keyword, value) {
            ("$schema" | "$defs" | "default", _) => true,
            ("$ref", _) => shape::reference(map)
                .and_then(|name| shape::definition(self.larger, name))
                .is_some_and(|target| self.follows(given, target, level.beside())),
            ("allOf", Value::Array(members)) => members
                .iter()
                .all(|member| self.follows(given, member, level.beside())),
            ("anyOf", Value::Array(members)) => self.one_of_them(given, members, level),
            ("oneOf", Value::Array(members)) => {
                shape::disjoint(self.larger, members) && self.one_of_them(given, members, level)
            }
            ("not", refused) => self.refuses(given, refused),
            ("if", condition) => self.condition(given, map, condition, level),
            // Told with `if` and `contains`.
            ("then" | "else", _) if map.contains_key("if") => true,
            ("minContains" | "maxContains", _) if map.contains_key("contains") => true,
            ("then" | "else" | "minContains" | "maxContains", _) => true,
            ("format", _) if self.formats == Formats::Annotate => true,
            ("properties" | "patternProperties" | "additionalProperties", _) => {
                !given.kinds().meets(Kinds::OBJECT) || self.members(given, map, keyword, level)
            }
            (
                "required" | "minProperties" | "maxProperties" | "propertyNames"
                | "dependentRequired" | "dependentSchemas",
                _,
            ) => !given.kinds().meets(Kinds::OBJECT) || self.object(given, (keyword, value), level),
            ("prefixItems" | "items" | "contains" | "uniqueItems" | "minItems" | "maxItems", _) => {
                !given.kinds().meets(Kinds::ARRAY)
                    || self.array(given, map, (keyword, value), level)
            }
            _ => scalars::follows(given, keyword, value),
        }
    }

    /// Whether one of the alternatives accepts everything, or each type has one that does.
    fn one_of_them(&mut self, given: &Given<'a>, members: &'a [Value], level: Level) -> bool {
        let some = |proof: &mut Self, given: &Given<'a>| {
            members
                .iter()
                .any(|member| proof.follows(given, member, level.beside()))
        };
        if some(self, given) {
            return true;
        }
        let kinds = given.each_kind();
        kinds.len() > 1
            && kinds
                .into_iter()
                .all(|kind| some(self, &given.limited(kind)))
    }

    /// Whether no value of `given` is of the schema.
    fn refuses(&self, given: &Given<'a>, refused: &'a Value) -> bool {
        let Some(map) = refused.as_object() else {
            return *refused == Value::Bool(false);
        };
        if !shape::kinds(map).meets(given.kinds()) {
            return true;
        }
        // What the smaller side refuses is at least that.
        given.all("not").any(|other| {
            let mut turned = Proof {
                smaller: self.larger,
                larger: self.smaller,
                formats: self.formats,
                steps: self.steps / 4,
                known: BTreeMap::new(),
                trail: Vec::new(),
                failed: BTreeSet::new(),
            };
            let refused = Given::of(self.larger, &[refused]);
            turned.follows(&refused, other, Level::default())
        })
    }

    fn condition(
        &mut self,
        given: &Given<'a>,
        map: &'a Map<String, Value>,
        condition: &'a Value,
        level: Level,
    ) -> bool {
        let branch = |name: &str| map.get(name);
        let demanded = |proof: &mut Self, given: &Given<'a>, name: &str| {
            branch(name).is_none_or(|schema| proof.follows(given, schema, level.beside()))
        };
        // The same condition on both sides: its branches are compared one by one.
        let same = given
            .maps()
            .find(|other| other.get("if") == Some(condition) && shape::stands_alone(condition));
        if let Some(other) = same {
            let met = |name: &str| {
                let branch = other.get(name);
                branch.map_or_else(|| given.clone(), |schema| given.with(schema))
            };
            let (then, otherwise) = (met("then"), met("else"));
            return demanded(self, &then, "then") && demanded(self, &otherwise, "else");
        }
        demanded(self, given, "then") && demanded(self, given, "else")
    }

    /// Splits what is given into the alternatives it has, each of which must do.
    fn by_cases(&mut self, given: &Given<'a>, asked: &'a Value, level: Level) -> bool {
        given.cases().is_some_and(|cases| {
            cases
                .iter()
                .all(|case| self.follows(case, asked, level.beside()))
        })
    }

    fn array(
        &mut self,
        given: &Given<'a>,
        map: &'a Map<String, Value>,
        (keyword, value): (&'a str, &'a Value),
        level: Level,
    ) -> bool {
        let most = given.at_most("maxItems").unwrap_or(u64::MAX);
        let length = |list: &Value| list.as_array().map_or(0, Vec::len);
        let prefix = map.get("prefixItems").map_or(0, length);
        let reachable = |index: usize| (index as u64) < most;
        match (keyword, value) {
            ("minItems", _) => value
                .as_u64()
                .is_some_and(|it| given.at_least("minItems") >= it),
            ("maxItems", _) => value.as_u64().is_some_and(|it| most <= it),
            ("uniqueItems", _) => {
                *value == Value::Bool(false)
                    || most <= 1
                    || given.all("uniqueItems").any(|it| *it == Value::Bool(true))
            }
            ("prefixItems", Value::Array(members)) => {
                let mut members = members.iter().enumerate();
                members.all(|(index, member)| {
                    !reachable(index) || self.follows(&given.element(index), member, level.below())
                })
            }
            ("items", rest) => {
                let given_prefix = given.all("prefixItems").map(length).max().unwrap_or(0);
                (prefix..=given_prefix.max(prefix)).all(|index| {
                    !reachable(index) || self.follows(&given.element(index), rest, level.below())
                })
            }
            ("contains", _) => {
                let counts = ["contains", "minContains", "maxContains"];
                shape::stands_alone(value)
                    && given
                        .maps()
                        .any(|other| counts.iter().all(|it| other.get(*it) == map.get(*it)))
            }
            _ => false,
        }
    }
}
