//! Every place of a document in turn: a schema and a full document in; documents with one place changed out.

use std::collections::BTreeSet;

use serde_json::Value;

use super::Draft;
use super::build::{Builder, Size};
use super::edits::edits;
use super::facts::{Facts, ways};
use crate::pointer::Pointer;
use crate::schema::SchemaId;

/// Deeper places are left as they are.
const MOST_DEPTH: usize = 8;
/// More documents than these are not made.
const MOST_DRAFTS: usize = 5000;

/// Adds to `drafts` the documents that differ from `document` in one place.
pub(super) fn walk(
    builder: &Builder<'_>,
    root: &[SchemaId],
    document: &Value,
    drafts: &mut Vec<Draft>,
) {
    let mut walker = Walker {
        builder,
        seen: BTreeSet::new(),
        drafts,
    };
    walker.place(root, &Pointer::root(), document, 0);
}

struct Walker<'a, 'b> {
    builder: &'a Builder<'a>,
    /// What was looked at: the schemas of a place and the way through them.
    seen: BTreeSet<Vec<SchemaId>>,
    drafts: &'b mut Vec<Draft>,
}

impl Walker<'_, '_> {
    fn place(&mut self, ids: &[SchemaId], at: &Pointer, document: &Value, depth: usize) {
        if ids.is_empty() || depth > MOST_DEPTH || self.drafts.len() > MOST_DRAFTS {
            return;
        }
        let Some(here) = at.find(document).cloned() else {
            return;
        };
        let ways = ways(self.builder.schemas, ids);
        let mut round = 0;
        for (index, facts) in ways.iter().enumerate().filter(|(_, facts)| !facts.nothing) {
            let mut key = facts.nodes.clone();
            key.sort_unstable();
            if !self.seen.insert(key) {
                continue;
            }
            let alone = ways.len() == 1;
            let built = || self.builder.on_way(ids, facts, Size::Fullest);
            let Some(value) = (if alone { Some(here.clone()) } else { built() }) else {
                continue;
            };
            let document = with(document, at, &value);
            if !alone {
                self.draft(round, at, &format!("alternative {}", index + 1), &document);
                if let Some(least) = self.builder.on_way(ids, facts, Size::Smallest) {
                    let shows = format!("alternative {}, smallest", index + 1);
                    self.draft(round + 1, at, &shows, &with(&document, at, &least));
                }
            }
            for (shows, value) in edits(self.builder, facts, &value) {
                round += 1;
                self.draft(round, at, &shows, &with(&document, at, &value));
            }
            self.below(facts, at, &document, depth);
        }
    }

    fn below(&mut self, facts: &Facts<'_>, at: &Pointer, document: &Value, depth: usize) {
        match at.find(document) {
            Some(Value::Object(members)) => {
                for name in members.keys() {
                    let matches = |pattern: &str, name: &str| self.builder.matches(pattern, name);
                    let ids = facts.property(name, matches);
                    self.place(&ids, &at.join(name), document, depth + 1);
                }
            }
            Some(Value::Array(items)) => {
                for index in 0..items.len() {
                    self.place(&facts.element(index), &at.index(index), document, depth + 1);
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
        self.drafts.push(Draft {
            round,
            shows,
            text: document.to_string(),
        });
    }
}

/// The document with another value at a place it has.
fn with(document: &Value, at: &Pointer, value: &Value) -> Value {
    let mut document = document.clone();
    if let Some(place) = document.pointer_mut(at.as_str()) {
        *place = value.clone();
    }
    document
}
