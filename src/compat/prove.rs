//! Whether every document a writer sends is one a reader accepts, by the algebra of sets of documents.
//!
//! Two sides in; `Proven`, or what is known of the remainder, out. The only file that names the
//! `canonical` module of the `jsonschema` crate. Says "no" never by itself: that takes a witness.

use jsonschema::canonical::{
    self, CanonicalKind, CanonicalSchema, CanonicalView, Containment, RawReason,
};
use serde_json::Value;

use super::side::Side;
use crate::schema::Formats;

/// More schemas than this in one bundle are not reduced: the work could outgrow any patience.
const MOST_NODES: usize = 6_000;
/// Deeper bundles are not reduced: the reduction recurses.
const DEEPEST: usize = 80;

/// The normal form of a schema.
pub(super) type Normal = CanonicalSchema;

/// What the algebra knows.
#[derive(Debug)]
pub(super) enum Inclusion {
    /// Every document of the writer is accepted by the reader.
    Proven,
    /// Some document is not; the schema of those, where it can be written down.
    Refuted(Option<Value>),
    /// Not known; the schema of those documents there may be.
    Unknown(Option<Value>),
}

/// Whether the reader accepts all that the writer sends.
pub(super) fn by_algebra(writer: &Side, reader: &Side) -> Inclusion {
    let (Ok(sent), Ok(read)) = (writer.normal(), reader.normal()) else {
        return Inclusion::Unknown(None);
    };
    let remainder = || {
        let rest = sent.subtract(read).ok()?;
        (rest.kind() != CanonicalKind::Raw).then(|| rest.to_json_schema())
    };
    match read.covers(sent) {
        Ok(Containment::Yes) => Inclusion::Proven,
        Ok(Containment::No) => Inclusion::Refuted(remainder()),
        Ok(_) => Inclusion::Unknown(remainder()),
        Err(_) => Inclusion::Unknown(None),
    }
}

/// The normal form of a self-contained schema.
///
/// # Errors
/// In words, why there is none.
pub(super) fn normal(schema: &Value, formats: Formats) -> Result<Normal, String> {
    let (nodes, depth) = size(schema);
    if nodes > MOST_NODES {
        return Err(format!("the schema is too large to reduce: {nodes} values"));
    }
    if depth > DEEPEST {
        return Err(format!("the schema is too deep to reduce: {depth} levels"));
    }
    let normal = canonical::options()
        .with_draft(jsonschema::Draft::Draft202012)
        .should_validate_formats(formats == Formats::Assert)
        .offline()
        .canonicalize(schema)
        .map_err(|error| format!("the schema cannot be reduced: {error}"))?;
    if let CanonicalView::Raw(raw) = normal.view() {
        let place = raw.pointer.unwrap_or_default();
        let words = match raw.reason {
            RawReason::UnknownDialect | RawReason::Unmodeled => "the algebra does not model it",
            RawReason::OutgrewIntersections | RawReason::OutgrewCases => {
                "it takes more work than is allowed"
            }
            RawReason::InexactIntersection => "it has no exact normal form",
        };
        return Err(if place.is_empty() {
            format!("the schema cannot be reduced: {words}")
        } else {
            format!("the schema cannot be reduced at `{place}`: {words}")
        });
    }
    Ok(normal)
}

/// How many values a document has and how deep they go.
fn size(value: &Value) -> (usize, usize) {
    let (mut nodes, mut deepest) = (0, 0);
    let mut queue = vec![(value, 1)];
    while let Some((value, depth)) = queue.pop() {
        nodes += 1;
        deepest = deepest.max(depth);
        match value {
            Value::Array(items) => queue.extend(items.iter().map(|item| (item, depth + 1))),
            Value::Object(members) => {
                queue.extend(members.values().map(|member| (member, depth + 1)));
            }
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
        }
    }
    (nodes, deepest)
}
