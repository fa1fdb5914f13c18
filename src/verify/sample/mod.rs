//! Documents to try on generated readers: a schema in; texts, each with what it shows and whether the
//! schema accepts it, out.
//!
//! A full document is built, and one place of it at a time gets another value: edges of bounds,
//! other types, absent and unknown properties, each way of a union. The validator says what is
//! accepted, never the sampler. Same schema, same documents in the same order.
//!
//! Lone surrogates, U+0000, −0.0 and integers beyond 64 bits are left out: the documented limits.

mod build;
mod edits;
mod facts;
mod numbers;
mod pattern;
mod place;
mod spelling;
mod text;

use std::collections::BTreeSet;

use serde_json::Value;

use crate::schema::{Formats, SchemaId, Schemas, Validator};
use build::{Builder, Size};

/// A generated document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sample {
    /// What it shows: a pointer and a phrase.
    pub shows: String,
    /// The document.
    pub text: String,
    /// Whether the schema accepts it.
    pub accepted: bool,
}

/// At most `limit` documents for the schema at `root`, each judged by `validator`.
///
/// Where there are more, every place of the document gives its first, then its second, and so on.
pub fn samples(
    schemas: &Schemas,
    root: SchemaId,
    formats: Formats,
    validator: &Validator,
    limit: usize,
) -> Vec<Sample> {
    let builder = Builder::new(schemas, formats);
    let ids = [root];
    let mut drafts: Vec<Draft> = Vec::new();
    for (shows, size) in [("smallest", Size::Smallest), ("fullest", Size::Fullest)] {
        let Some(value) = builder.value(&ids, size) else {
            continue;
        };
        let spelled = spelling::variants(&value).into_iter();
        drafts.push(Draft {
            round: 0,
            shows: shows.to_owned(),
            text: value.to_string(),
        });
        drafts.extend(spelled.map(|(how, text)| Draft {
            round: 0,
            shows: format!("{shows}, {how}"),
            text,
        }));
    }
    if let Some(value) = builder
        .value(&ids, Size::Fullest)
        .or_else(|| Some(Value::Null))
    {
        place::walk(&builder, &ids, &value, &mut drafts);
    }
    let mut seen = BTreeSet::new();
    drafts.retain(|draft| seen.insert(draft.text.clone()));
    let mut order: Vec<(usize, usize)> = drafts.iter().map(|it| it.round).zip(0..).collect();
    order.sort_unstable();
    let kept: BTreeSet<usize> = order
        .into_iter()
        .take(limit)
        .map(|(_, index)| index)
        .collect();
    let chosen = drafts
        .into_iter()
        .enumerate()
        .filter(|(index, _)| kept.contains(index));
    let judged = chosen.filter_map(|(_, draft)| {
        let value: Value = serde_json::from_str(&draft.text).ok()?;
        Some(Sample {
            accepted: validator.accepts(&value),
            shows: draft.shows,
            text: draft.text,
        })
    });
    judged.collect()
}

/// A document before it is chosen and judged.
struct Draft {
    /// The how-manieth of its place it is.
    round: usize,
    shows: String,
    text: String,
}
