//! Documents to try on generated readers: a schema in; texts, each with what it shows and whether the
//! schema accepts it, out.
//!
//! A full document is built, and one place of it at a time gets another value: edges of bounds,
//! other types, absent and unknown properties, each way of a union. The validator says what is
//! accepted, never the sampler. Same schema, same documents in the same order.
//!
//! Lone surrogates, U+0000, −0.0 and integers beyond 64 bits are left out: the documented limits.

mod edits;
mod numbers;
mod place;
mod spelling;
mod text;

use std::collections::BTreeSet;

use serde_json::Value;

use crate::schema::instance::{fullest, smallest};
use crate::schema::{SchemaId, Schemas, Validator, bundle};

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
    validator: &Validator,
    limit: usize,
) -> Vec<Sample> {
    let bundle = bundle(schemas, root);
    let full = fullest(&bundle, validator);
    let mut drafts: Vec<Draft> = Vec::new();
    for (shows, value) in [
        ("smallest", smallest(&bundle, validator)),
        ("fullest", full.clone()),
    ] {
        let Some(value) = value else { continue };
        let text = value.to_string();
        drafts.push(Draft {
            round: 0,
            shows: shows.to_owned(),
            text,
        });
        for (how, text) in spelling::variants(&value) {
            drafts.push(Draft {
                round: 0,
                shows: format!("{shows}, {how}"),
                text,
            });
        }
    }
    // Even where nothing that is accepted was found, there are values to refuse.
    place::walk(&bundle, &full.unwrap_or_default(), &mut drafts);
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
