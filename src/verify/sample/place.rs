//! Every place of a document in turn: a bundle and a full document in; documents with one place
//! changed out.

use std::collections::BTreeSet;

use serde_json::{Map, Value};

use super::Draft;
use super::edits::{Place, edits};
use crate::pointer::Pointer;
use crate::schema::instance::{Builder, Conjunction, Size};

/// Deeper places are left as they are.
const MOST_DEPTH: usize = 8;
/// More documents than these are not made.
const MOST_DRAFTS: usize = 5000;
/// So many turns are looked at for ways through the alternatives of a schema, and so many more after
/// the last that was new.
const MOST_TURNS: usize = 64;
const PATIENCE: usize = 8;
/// The most schemas that are joined on one way.
const MOST_SCHEMAS: u32 = 20_000;

/// Adds to `drafts` the documents that differ from `document` in one place.
pub(super) fn walk(bundle: &Value, document: &Value, drafts: &mut Vec<Draft>) {
    let seen = BTreeSet::new();
    let mut walker = Walker {
        bundle,
        seen,
        drafts,
    };
    walker.place(&[bundle], &Pointer::root(), document, 0);
}

struct Walker<'a, 'b> {
    bundle: &'a Value,
    /// What was looked at: the schemas that judge a place, one way through their alternatives.
    seen: BTreeSet<Vec<usize>>,
    drafts: &'b mut Vec<Draft>,
}

impl<'a> Walker<'a, '_> {
    fn place(&mut self, schemas: &[&'a Value], at: &Pointer, document: &Value, depth: usize) {
        if schemas.is_empty() || depth > MOST_DEPTH || self.drafts.len() > MOST_DRAFTS {
            return;
        }
        let ways = ways(self.bundle, schemas);
        if let [(turn, demands)] = &ways[..] {
            if self.seen.insert(addresses(demands, |_| true)) {
                let place = Place {
                    bundle: self.bundle,
                    schemas,
                    demands,
                    turn: *turn,
                };
                self.vary(&place, at, document, depth, 0);
            }
            return;
        }
        let mut round = 0;
        for (number, (turn, demands)) in ways.iter().enumerate() {
            let build = |size| Builder::new(self.bundle, size, *turn).build(schemas);
            let Some(value) = build(Size::Fullest) else {
                continue;
            };
            let document = with(document, at, &value);
            let shows = format!("alternative {}", number + 1);
            self.draft(round, at, &shows, &document);
            // An alternative is varied once, wherever it is referred to.
            if !self
                .seen
                .insert(addresses(demands, |schema| !is_reference(schema)))
            {
                continue;
            }
            if let Some(least) = build(Size::Smallest) {
                let document = with(&document, at, &least);
                self.draft(round + 1, at, &format!("{shows}, smallest"), &document);
            }
            let place = Place {
                bundle: self.bundle,
                schemas,
                demands,
                turn: *turn,
            };
            round = self.vary(&place, at, &document, depth, round);
        }
    }

    /// The documents that differ at or below a place; how many rounds there were.
    fn vary(
        &mut self,
        place: &Place<'_, 'a>,
        at: &Pointer,
        document: &Value,
        depth: usize,
        mut round: usize,
    ) -> usize {
        let Some(value) = at.find(document) else {
            return round;
        };
        for (shows, value) in edits(place, value) {
            round += 1;
            self.draft(round, at, &shows, &with(document, at, &value));
        }
        self.below(place.demands, at, document, depth);
        round
    }

    fn below(&mut self, demands: &Conjunction<'a>, at: &Pointer, document: &Value, depth: usize) {
        match at.find(document) {
            Some(Value::Object(members)) => {
                for name in members.keys() {
                    self.place(&demands.member(name), &at.join(name), document, depth + 1);
                }
            }
            Some(Value::Array(items)) => {
                for index in 0..items.len() {
                    self.place(
                        &demands.element(index),
                        &at.index(index),
                        document,
                        depth + 1,
                    );
                }
            }
            _ => {}
        }
    }

    fn draft(&mut self, round: usize, at: &Pointer, shows: &str, document: &Value) {
        let shows = if at.is_root() {
            shows.to_owned()
        } else {
            format!("{at}: {shows}")
        };
        let text = document.to_string();
        self.drafts.push(Draft { round, shows, text });
    }
}

/// The ways through the alternatives of `schemas`, each with the first turn that takes it.
fn ways<'a>(bundle: &'a Value, schemas: &[&'a Value]) -> Vec<(usize, Conjunction<'a>)> {
    let mut ways: Vec<(usize, Conjunction<'a>)> = Vec::new();
    let mut known = BTreeSet::new();
    let mut last = 0;
    for turn in 0..MOST_TURNS {
        if turn > last + PATIENCE {
            break;
        }
        let (demands, _) = Conjunction::of(bundle, schemas, turn, MOST_SCHEMAS);
        let Some(demands) = demands else {
            continue;
        };
        if known.insert(addresses(&demands, |_| true)) {
            ways.push((turn, demands));
            last = turn;
        }
    }
    ways
}

/// What tells one way from another: where those of its schemas that `count` stand in memory.
fn addresses(demands: &Conjunction<'_>, count: impl Fn(&Map<String, Value>) -> bool) -> Vec<usize> {
    let schemas = demands.schemas().iter().filter(|it| count(it));
    let mut all: Vec<usize> = schemas.map(|it| std::ptr::from_ref(*it).addr()).collect();
    all.sort_unstable();
    all
}

/// Whether a schema only refers to another.
fn is_reference(schema: &Map<String, Value>) -> bool {
    schema.len() == 1 && schema.contains_key("$ref")
}

/// The document with another value at a place it has.
fn with(document: &Value, at: &Pointer, value: &Value) -> Value {
    let mut document = document.clone();
    if let Some(place) = document.pointer_mut(at.as_str()) {
        *place = value.clone();
    }
    document
}
