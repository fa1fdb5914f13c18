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
mod split;
mod texts;
mod unevaluated;

use serde_json::Value;

use super::side::Side;
use crate::schema::Formats;
use formulas::Formulas;
use read::Reader;
use search::Search;

/// The most work that one question may take.
const WORK: u64 = 3_000_000;

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

/// The stack of a search in bytes: it recurses into documents and alternatives.
const STACK: usize = 256 << 20;

/// A document that `writer` sends and `reader` refuses.
pub(super) fn difference(writer: &Side, reader: &Side) -> Difference {
    let (smaller, larger): (&Value, &Value) = (&writer.value, &reader.value);
    let formats = writer.formats();
    if smaller == larger {
        return Difference::Empty;
    }
    std::thread::scope(|scope| {
        std::thread::Builder::new()
            .stack_size(STACK)
            .spawn_scoped(scope, || searched(smaller, larger, formats))
            .map_err(|error| format!("no thread to search in: {error}"))
            .and_then(|search| search.join().map_err(|_| "the search stopped".to_owned()))
            .unwrap_or_else(Difference::Unknown)
    })
}

fn searched(smaller: &Value, larger: &Value, formats: Formats) -> Difference {
    let mut formulas = Formulas::new();
    let accepted = Reader::new(&mut formulas, smaller, formats).schema(smaller);
    let refused = Reader::new(&mut formulas, larger, formats)
        .schema(larger)
        .not();
    let mut search = Search::new(&mut formulas, WORK);
    let found = search.solve(vec![accepted, refused], 1);
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
