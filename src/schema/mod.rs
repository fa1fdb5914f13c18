//! JSON Schema understood: documents in; nodes with typed keywords and bound references out.
//!
//! All drafts from 4 to 2020-12 become one vocabulary here (2020-12's): `definitions`, array-valued
//! `items`, boolean `exclusiveMinimum`, `dependencies` and `id` are met in `parse` and nowhere else.
//! Knows nothing of contracts, versions or languages.

mod bundle;
mod draft;
pub mod instance;
mod keywords;
mod parse;
mod resolve;
mod spelling;
mod validator;

pub use bundle::{bundle, bundle_with_defaults};
pub use draft::Draft;
pub use keywords::{Keywords, Kind, Kinds, Node, Reference};
pub use parse::{Defaults, parse};
pub use resolve::{Files, Versions, resolve, resolve_circular};
pub(crate) use resolve::{file_reference, published};
pub use spelling::closest;
pub use validator::{Formats, Validator};

use std::collections::BTreeMap;

use serde_json::Value;

use crate::diagnostic::{Code, Place};
use crate::pointer::Pointer;
use crate::source::SourceId;

/// Every code this room can report.
pub const CODES: &[&Code] = &[
    &parse::DRAFT_UNKNOWN,
    &parse::KEYWORD_INVALID,
    &parse::KEYWORD_UNKNOWN,
    &parse::PATTERN_INVALID,
    &resolve::REFERENCE_UNKNOWN,
    &resolve::REFERENCE_REMOTE,
    &resolve::REFERENCE_ENDLESS,
    &resolve::VERSION_UNKNOWN,
    &resolve::IDENTIFIER_REPEATED,
];

/// Errors that leave the rest of a schema as it is: what is wrong says nothing.
pub const LEFT_OUT: &[&str] = &[
    parse::KEYWORD_INVALID.name,
    parse::PATTERN_INVALID.name,
    resolve::REFERENCE_UNKNOWN.name,
    resolve::REFERENCE_REMOTE.name,
    resolve::REFERENCE_ENDLESS.name,
    resolve::VERSION_UNKNOWN.name,
    resolve::IDENTIFIER_REPEATED.name,
];

/// The code of references in a circle, and of schemas that only an infinite document could satisfy.
pub const ENDLESS: &str = resolve::REFERENCE_ENDLESS.name;

/// Names a schema node: the document's index in [`Schemas`] and the node's in that document.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SchemaId {
    /// Index of the document.
    pub document: u32,
    /// Index of the node; 0 is the document's root.
    pub node: u32,
}

/// One document's nodes.
#[derive(Clone, Debug)]
pub struct Schema {
    /// Where it was read from.
    pub source: SourceId,
    /// Its path below the workspace's root, `/` between folders.
    pub path: String,
    /// What was read.
    pub value: Value,
    /// Its declared (or default) draft.
    pub draft: Draft,
    /// All nodes, the root first.
    pub nodes: Vec<Node>,
    /// The node at a pointer.
    pub by_pointer: BTreeMap<Pointer, u32>,
}

/// Every document of a run: the arena that [`SchemaId`] points into.
#[derive(Clone, Debug, Default)]
pub struct Schemas(Vec<Schema>);

impl Schemas {
    /// Adds a document and returns its root.
    pub fn add(&mut self, schema: Schema) -> SchemaId {
        let document = u32::try_from(self.0.len()).expect("fewer than 2^32 documents");
        self.0.push(schema);
        SchemaId { document, node: 0 }
    }

    /// The node of an id.
    pub fn node(&self, id: SchemaId) -> &Node {
        self.schema(id)
            .nodes
            .get(id.node as usize)
            .expect("an id comes from this arena")
    }

    /// The document a node stands in.
    pub fn schema(&self, id: SchemaId) -> &Schema {
        self.0
            .get(id.document as usize)
            .expect("an id comes from this arena")
    }

    /// The keywords of a node that is no boolean.
    pub fn keywords(&self, id: SchemaId) -> Option<&Keywords> {
        match &self.node(id).kind {
            Kind::Keywords(keywords) => Some(keywords),
            Kind::Anything | Kind::Nothing => None,
        }
    }

    /// Where a node stands: its value.
    pub fn place(&self, id: SchemaId) -> Place {
        Place::value(self.schema(id).source, self.node(id).pointer.clone())
    }

    /// Where a keyword of a node stands: its key.
    pub fn keyword_place(&self, id: SchemaId, keyword: &str) -> Place {
        Place::key(self.schema(id).source, self.node(id).pointer.join(keyword))
    }

    /// The raw JSON of a node.
    pub fn value(&self, id: SchemaId) -> &Value {
        self.node(id)
            .pointer
            .find(&self.schema(id).value)
            .expect("every node's pointer was found when it was parsed")
    }

    /// All documents in order.
    pub fn iter(&self) -> impl Iterator<Item = (SchemaId, &Schema)> {
        (0..)
            .map(|document| SchemaId { document, node: 0 })
            .zip(&self.0)
    }

    pub(crate) fn schema_mut(&mut self, id: SchemaId) -> &mut Schema {
        self.0
            .get_mut(id.document as usize)
            .expect("an id comes from this arena")
    }
}
