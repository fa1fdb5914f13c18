//! Whether one schema accepts all that another does, by looking for a document that says no.
//!
//! Two bundles in; a proof that there is none, a document, or what stands in the way, out. Both become
//! formulas, and what is asked is whether a value can be what the one says and not what the other says.
//! The work is counted, not timed: the same answer everywhere.

mod arrays;
mod case;
mod constant;
mod elements;
mod formula;
mod formulas;
mod holds;
mod matching;
mod names;
mod numbers;
mod objects;
mod read;
mod search;
mod shared;
mod split;
mod texts;
mod unevaluated;

use serde_json::Value;

use super::side::Side;
use formulas::Formulas;
use read::Reader;
use search::Search;

/// The most work that one question may take.
const WORK: u64 = 3_000_000;
/// Larger arrays are written only where it is not known without them.
const LARGE: usize = 20_000;
/// Larger arrays are never written.
const LARGEST: usize = 1_500_000;

/// The stack in bytes that has to be left before a search goes deeper, and that it takes otherwise.
const STACK: [usize; 2] = [128 << 10, 4 << 20];

/// What a search found out.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Difference {
    /// Every document of the smaller one is one of the larger: proven.
    Empty,
    /// This one is not, as far as the formulas say.
    Holds(Value),
    /// Not known, and why.
    Unknown(String),
}

/// Goes deeper with enough stack: documents and alternatives nest.
fn deeper<R>(search: impl FnOnce() -> R) -> R {
    let [left, more] = STACK;
    stacker::maybe_grow(left, more, search)
}

/// A document that `writer` sends and `reader` refuses.
pub(super) fn difference(writer: &Side, reader: &Side) -> Difference {
    let (smaller, larger): (&Value, &Value) = (&writer.value, &reader.value);
    let formats = writer.formats();
    if smaller == larger {
        return Difference::Empty;
    }
    let mut formulas = Formulas::new();
    let mut reader = Reader::new(&mut formulas, smaller, formats);
    let accepted = reader.schema(smaller);
    let common = reader.read(&shared::shared(smaller, larger));
    let mut reader = Reader::new(&mut formulas, larger, formats);
    reader.know(&common);
    let refused = reader.schema(larger).not();
    let goal = [accepted, refused];
    let mut search = Search::new(&mut formulas, WORK, LARGE);
    let mut found = search.solve(goal.to_vec(), 1);
    if found.values.is_empty() && !found.all && search.is_cut {
        found = Search::new(&mut formulas, WORK, LARGEST).solve(goal.to_vec(), 1);
    }
    match found.values.into_iter().next() {
        Some(value) => Difference::Holds(value),
        None if found.all => Difference::Empty,
        None => Difference::Unknown(
            found
                .doubt
                .unwrap_or_else(|| "no document was found, and none excluded".to_owned()),
        ),
    }
}
