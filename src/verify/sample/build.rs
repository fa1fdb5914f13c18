//! Values a schema accepts: schemas in; the smallest or the fullest value found, out.
//!
//! Proposes by what the keywords say and lets the validator decide; finds nothing rather than something wrong.

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

use super::facts::{Facts, ways};
use super::{numbers, text};
use crate::schema::{Draft, Formats, Kinds, SchemaId, Schemas, Validator};

/// How much of what is optional a value has.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Size {
    /// Nothing.
    Smallest,
    /// Everything, once more in itself where a schema is recursive.
    Fullest,
}

/// After so many steps nothing more is built: a bound for schemas that fan out without end.
const MOST_STEPS: usize = 20_000;
/// Lists and maps are filled up to here at most.
const MOST_ITEMS: u64 = 300;

/// Builds values for the schemas of one workspace.
pub(super) struct Builder<'a> {
    pub(super) schemas: &'a Schemas,
    formats: Formats,
    validators: RefCell<BTreeMap<SchemaId, Option<Validator>>>,
    patterns: RefCell<BTreeMap<String, Option<Validator>>>,
    smallest: RefCell<BTreeMap<Vec<SchemaId>, Value>>,
    steps: Cell<usize>,
}

impl<'a> Builder<'a> {
    pub(super) fn new(schemas: &'a Schemas, formats: Formats) -> Self {
        Self {
            schemas,
            formats,
            validators: RefCell::default(),
            patterns: RefCell::default(),
            smallest: RefCell::default(),
            steps: Cell::new(0),
        }
    }

    /// Whether all the schemas accept the value.
    pub(super) fn accepts(&self, ids: &[SchemaId], value: &Value) -> bool {
        let mut validators = self.validators.borrow_mut();
        ids.iter().all(|id| {
            let make = || Validator::new(self.schemas, *id, self.formats).ok();
            let validator = validators.entry(*id).or_insert_with(make);
            validator.as_ref().is_some_and(|it| it.accepts(value))
        })
    }

    /// Whether the pattern is found in the text.
    pub(super) fn matches(&self, pattern: &str, text: &str) -> bool {
        let mut patterns = self.patterns.borrow_mut();
        let validator = patterns.entry(pattern.to_owned()).or_insert_with(|| {
            let schema = json!({ "pattern": pattern });
            Validator::of(&schema, Draft::Draft202012, Formats::Annotate).ok()
        });
        validator
            .as_ref()
            .is_some_and(|it| it.accepts(&json!(text)))
    }

    /// A value that all of `ids` accept.
    pub(super) fn value(&self, ids: &[SchemaId], size: Size) -> Option<Value> {
        self.build(ids, size, &mut Vec::new())
    }

    /// A value on one way through the alternatives of `ids`.
    pub(super) fn on_way(&self, ids: &[SchemaId], facts: &Facts<'_>, size: Size) -> Option<Value> {
        let mut trail = vec![(ids.to_vec(), size)];
        self.proposals(facts, size, &mut trail)
            .into_iter()
            .find(|value| self.accepts(ids, value))
    }

    fn build(&self, ids: &[SchemaId], size: Size, trail: &mut Trail) -> Option<Value> {
        self.steps.set(self.steps.get() + 1);
        if self.steps.get() > MOST_STEPS {
            return None;
        }
        let step = (ids.to_vec(), size);
        if trail.contains(&step) {
            // Once more in itself, but as small as can be; the smallest value never holds its own schema again.
            return match size {
                Size::Smallest => None,
                Size::Fullest => self.build(ids, Size::Smallest, trail),
            };
        }
        if size == Size::Smallest
            && let Some(value) = self.smallest.borrow().get(ids)
        {
            return Some(value.clone());
        }
        trail.push(step);
        let found = ways(self.schemas, ids)
            .iter()
            .filter(|facts| !facts.nothing)
            .find_map(|facts| {
                let proposals = self.proposals(facts, size, trail);
                proposals.into_iter().find(|value| self.accepts(ids, value))
            });
        trail.pop();
        match (found, size) {
            (Some(value), Size::Smallest) => {
                self.smallest
                    .borrow_mut()
                    .insert(ids.to_vec(), value.clone());
                Some(value)
            }
            (Some(value), Size::Fullest) => Some(value),
            (None, Size::Smallest) => None,
            (None, Size::Fullest) => self.build(ids, Size::Smallest, trail),
        }
    }

    /// Values the facts suggest, the best first.
    fn proposals(&self, facts: &Facts<'_>, size: Size, trail: &mut Trail) -> Vec<Value> {
        if let Some(values) = facts.values() {
            return values;
        }
        let mut out = Vec::new();
        for kind in kinds(facts) {
            match kind {
                Kinds::NULL => out.push(Value::Null),
                Kinds::BOOLEAN => out.push(Value::Bool(true)),
                Kinds::STRING => {
                    out.extend(text::plain(facts, size).into_iter().map(Value::String));
                }
                Kinds::ARRAY => out.extend(self.array(facts, size, trail)),
                Kinds::OBJECT => out.extend(self.objects(facts, size, trail)),
                kind => {
                    let plain = numbers::plain(facts, kind == Kinds::INTEGER);
                    out.extend(plain.into_iter().map(Value::Number));
                }
            }
        }
        out
    }

    fn array(&self, facts: &Facts<'_>, size: Size, trail: &mut Trail) -> Option<Value> {
        let least = facts.least(|it| it.min_items).unwrap_or(0);
        let most = facts.most(|it| it.max_items).unwrap_or(u64::MAX);
        let prefix = facts
            .keywords
            .iter()
            .map(|it| it.prefix_items.len())
            .max()
            .unwrap_or(0);
        let wanted = match size {
            Size::Smallest => least,
            Size::Fullest => least.max(prefix.max(2) as u64).min(most),
        };
        let mut items: Vec<Value> = Vec::new();
        for keywords in &facts.keywords {
            let Some(contains) = keywords.contains else {
                continue;
            };
            for _ in 0..keywords.min_contains.unwrap_or(1).min(MOST_ITEMS) {
                let mut ids = facts.element(items.len());
                ids.push(contains);
                let unique = facts.keywords.iter().any(|it| it.unique_items);
                items.push(self.another(&ids, size, if unique { &items } else { &[] }, trail)?);
            }
        }
        let unique = facts.keywords.iter().any(|it| it.unique_items);
        while (items.len() as u64) < wanted.min(MOST_ITEMS) {
            let ids = facts.element(items.len());
            let others: &[Value] = if unique { &items } else { &[] };
            match self.another(&ids, size, others, trail) {
                Some(item) => items.push(item),
                None if items.len() as u64 >= least => break,
                None => return None,
            }
        }
        Some(Value::Array(items))
    }

    /// A value that differs from `others`.
    fn another(
        &self,
        ids: &[SchemaId],
        size: Size,
        others: &[Value],
        trail: &mut Trail,
    ) -> Option<Value> {
        let first = self.build(ids, size, trail)?;
        if !others.contains(&first) {
            return Some(first);
        }
        let number = others.len();
        let small = self.build(ids, Size::Smallest, trail);
        let chosen = ways(self.schemas, ids).into_iter().flat_map(|facts| {
            let texts = text::numbered(&first, number);
            facts.values().unwrap_or_default().into_iter().chain(texts)
        });
        let numbers = (0..=number).map(|it| json!(it));
        let words = [json!(true), json!(false), Value::Null];
        let mut all = small.into_iter().chain(chosen).chain(numbers).chain(words);
        all.find(|value| !others.contains(value) && self.accepts(ids, value))
    }

    fn objects(&self, facts: &Facts<'_>, size: Size, trail: &mut Trail) -> Vec<Value> {
        let Some(least) = self.object(facts, &[], trail, Size::Smallest) else {
            return Vec::new();
        };
        if size == Size::Smallest {
            return vec![least];
        }
        let declared = facts.declared();
        let Some(full) = self.object(facts, &declared, trail, size) else {
            return vec![least];
        };
        // Where not everything goes together, as much as goes in the schema's order.
        let mut some = least.clone();
        for name in declared {
            let Some(value) = full.get(name) else {
                continue;
            };
            let mut more = some.clone();
            if let Value::Object(members) = &mut more
                && members.insert(name.to_owned(), value.clone()).is_none()
                && self.accepts(&facts.nodes, &more)
            {
                some = more;
            }
        }
        vec![full, some, least]
    }

    /// An object with the required properties and those of `wanted` that can be had.
    fn object(
        &self,
        facts: &Facts<'_>,
        wanted: &[&str],
        trail: &mut Trail,
        size: Size,
    ) -> Option<Value> {
        let most = facts.most(|it| it.max_properties).unwrap_or(u64::MAX);
        let least = facts.least(|it| it.min_properties).unwrap_or(0);
        let mut required: Vec<String> = facts.required().into_iter().map(str::to_owned).collect();
        let mut next = 0;
        while let Some(name) = required.get(next).cloned() {
            for keywords in &facts.keywords {
                let more = keywords.dependent_required.get(&name).into_iter().flatten();
                let more: Vec<String> = more.filter(|it| !required.contains(it)).cloned().collect();
                required.extend(more);
            }
            next += 1;
        }
        let mut members = Map::new();
        let order = facts
            .declared()
            .into_iter()
            .chain(required.iter().map(String::as_str));
        for name in order {
            let is_required = required.iter().any(|it| it == name);
            let may = wanted.contains(&name) && (members.len() as u64) < most;
            if members.contains_key(name) || !(is_required || may) {
                continue;
            }
            let ids = facts.property(name, |pattern, name| self.matches(pattern, name));
            match self.build(&ids, size, trail) {
                Some(value) => drop(members.insert(name.to_owned(), value)),
                None if is_required => return None,
                None => {}
            }
        }
        let open = facts.declared().is_empty() && self.is_map(facts);
        let floor = if size == Size::Fullest && open {
            least.max(2)
        } else {
            least
        };
        self.fill(
            facts,
            &mut members,
            floor.min(most).min(MOST_ITEMS),
            size,
            trail,
        );
        (members.len() as u64 >= least).then_some(Value::Object(members))
    }

    /// Adds properties until there are `floor` of them: declared ones first, then names of our own.
    fn fill(
        &self,
        facts: &Facts<'_>,
        members: &mut Map<String, Value>,
        floor: u64,
        size: Size,
        trail: &mut Trail,
    ) {
        let declared = facts.declared().into_iter().map(str::to_owned);
        let names = declared.chain(self.names(facts));
        for name in names.take(1000) {
            if members.len() as u64 >= floor {
                return;
            }
            if members.contains_key(&name) {
                continue;
            }
            let ids = facts.property(&name, |pattern, name| self.matches(pattern, name));
            if let Some(value) = self.build(&ids, size, trail) {
                members.insert(name, value);
            }
        }
    }

    /// Whether property names are data: the rest is typed, or named by patterns.
    pub(super) fn is_map(&self, facts: &Facts<'_>) -> bool {
        facts.keywords.iter().any(|it| {
            let rest = it.additional_properties;
            !it.pattern_properties.is_empty()
                || rest.is_some_and(|id| self.schemas.keywords(id).is_some())
        })
    }

    /// Names for properties that no schema declares.
    pub(super) fn names(&self, facts: &Facts<'_>) -> impl Iterator<Item = String> + use<> {
        let patterns = facts
            .keywords
            .iter()
            .flat_map(|it| it.pattern_properties.keys());
        let mut names: Vec<String> = patterns.flat_map(|it| super::pattern::texts(it)).collect();
        for id in facts.keywords.iter().filter_map(|it| it.property_names) {
            for way in ways(self.schemas, &[id]) {
                let chosen = way.values().unwrap_or_default().into_iter();
                names.extend(chosen.filter_map(|it| it.as_str().map(str::to_owned)));
                names.extend(text::plain(&way, Size::Fullest));
            }
        }
        names
            .into_iter()
            .chain((1..).map(|number| format!("key{number}")))
    }
}

type Trail = Vec<(Vec<SchemaId>, Size)>;

/// The kinds to try, those the schemas speak of first.
fn kinds(facts: &Facts<'_>) -> Vec<Kinds> {
    let allowed = facts.kinds();
    let order = [
        Kinds::OBJECT,
        Kinds::ARRAY,
        Kinds::STRING,
        Kinds::NUMBER,
        Kinds::INTEGER,
        Kinds::BOOLEAN,
        Kinds::NULL,
    ];
    let (mut first, rest): (Vec<Kinds>, Vec<Kinds>) = order
        .into_iter()
        .filter(|kind| allowed.contains(*kind))
        .partition(|kind| facts.speaks_of(*kind));
    let simple = |kind: &Kinds| ![Kinds::OBJECT, Kinds::ARRAY].contains(kind);
    let (simple, nested): (Vec<Kinds>, Vec<Kinds>) = rest.into_iter().partition(simple);
    if allowed == Kinds::ALL || !first.is_empty() {
        first.extend(simple);
        first.extend(nested);
    } else {
        first.extend(nested);
        first.extend(simple);
    }
    first
}
