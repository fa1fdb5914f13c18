//! Texts and where things stand in them: files in; documents, byte ranges, lines and columns out.
//!
//! `Sources::read` is the door through which the disk is read, `revision` the one to the objects of a git
//! repository. Nothing here knows what a schema is.

mod folder;
mod json;
#[cfg(feature = "cli")]
mod revision;
mod sites;
mod sources;
mod yaml;

pub use folder::Folder;
#[cfg(feature = "cli")]
pub use revision::{Repository, Revision, RevisionError};
pub use sites::{Site, Sites};
pub use sources::{MAX_BYTES, ReadError, Source, SourceId, Sources, Touched};

use serde_json::Value;

use crate::pointer::Pointer;

/// A byte range in a source.
pub type Span = std::ops::Range<usize>;

/// The deepest nesting of arrays and objects that is read; deeper is a fault, not a crash.
pub const MAX_DEPTH: usize = 256;

/// One parsed file: the value, and the text it came from.
#[derive(Clone, Debug)]
pub struct Document {
    /// Where it was read from.
    pub source: SourceId,
    /// What it says. Repeated keys keep the last value, as most parsers do.
    pub value: Value,
}

/// What is wrong with a text before anybody asks what it means.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fault {
    /// The text breaks the grammar here; nothing after it was read.
    Syntax {
        /// The offending bytes.
        span: Span,
        /// What was met and what was expected.
        message: String,
        /// The way out, where one is known.
        help: Option<String>,
    },
    /// A property name stands twice in one object.
    RepeatedKey {
        /// The object's address.
        object: Pointer,
        /// The name.
        key: String,
        /// The first key.
        first: Span,
        /// The repeated key.
        again: Span,
    },
    /// More than [`MAX_DEPTH`] levels.
    TooDeep {
        /// The bracket that is one too many.
        span: Span,
    },
}

/// Reads `source` as JSON, or as YAML where its name ends in `.yaml` or `.yml`.
///
/// The value is `None` where the text breaks the grammar.
pub fn parse(source: &Source) -> (Option<Value>, Vec<Fault>) {
    if source.is_yaml() {
        yaml::parse(&source.text, None)
    } else {
        json::parse(&source.text, None)
    }
}
