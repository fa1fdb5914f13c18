//! What typify prints: structs, string enums and bounded strings.
//!
//! typify reads only words made here (`T0`, `p1`, `U2`, …), never a schema's own, so all it can meet is the
//! few forms below. What it prints is then renamed, documented and given serde's attributes.

use std::collections::BTreeMap;

use proc_macro2::TokenStream;
use quote::ToTokens as _;
use serde_json::{Map, Value, json};
use typify::{TypeSpace, TypeSpaceImpl, TypeSpaceSettings};

use super::dress::{Dress, dress};
use super::plan::{Body, Field, Plan};
use super::tokens;

/// Fills in the source of every item that typify prints.
pub(super) fn fill(plan: &mut Plan) -> Result<(), Box<dyn std::error::Error>> {
    let mut settings = TypeSpaceSettings::default();
    let mut definitions = Map::new();
    let mut words = Dress::default();
    for (index, item) in plan.items.iter().enumerate() {
        let name = format!("T{index}");
        let definition = match &item.body {
            Body::Record { fields, extra } => record(
                fields.iter().chain(extra),
                &mut words,
                &mut definitions,
                &mut settings,
            ),
            Body::Choice { values } => {
                let values = values.iter().map(|value| words.value(value));
                json!({ "type": "string", "enum": values.collect::<Vec<_>>() })
            }
            Body::Text {
                min_length,
                max_length,
                pattern,
            } => text(*min_length, *max_length, pattern.as_deref(), &mut words),
            Body::Checked { .. } | Body::Union { .. } | Body::Alias { .. } | Body::Tuple { .. } => {
                continue;
            }
        };
        words.item(&name, item);
        definitions.insert(name, definition);
    }
    if definitions.is_empty() {
        return Ok(());
    }
    let schema = json!({ "definitions": definitions });
    let mut space = TypeSpace::new(&settings);
    // typify speaks an older schemars: what crosses is JSON.
    space.add_root_schema(serde_json::from_value(schema)?)?;
    let mut sources = by_type(syn::parse2(space.to_stream())?, &words);
    for (index, item) in plan.items.iter_mut().enumerate() {
        let source = sources.remove(&format!("T{index}"));
        item.source = source.unwrap_or_default().to_string();
    }
    Ok(())
}

fn record<'a>(
    fields: impl Iterator<Item = &'a Field>,
    words: &mut Dress,
    definitions: &mut Map<String, Value>,
    settings: &mut TypeSpaceSettings,
) -> Value {
    let mut properties = Map::new();
    for field in fields {
        let (property, use_) = words.field(field);
        settings.with_replacement(&use_, &use_, std::iter::empty::<TypeSpaceImpl>());
        definitions.insert(use_.clone(), json!(true));
        properties.insert(property, json!({ "$ref": format!("#/definitions/{use_}") }));
    }
    let required: Vec<_> = properties.keys().cloned().collect();
    json!({
        "type": "object",
        "properties": properties,
        "required": required,
        "additionalProperties": false,
    })
}

fn text(
    min_length: Option<u64>,
    max_length: Option<u64>,
    pattern: Option<&str>,
    words: &mut Dress,
) -> Value {
    // typify counts in 32 bits; no string is that long.
    let count = |bound: u64| u32::try_from(bound).unwrap_or(u32::MAX);
    let mut schema = Map::new();
    schema.insert("type".to_owned(), json!("string"));
    schema.extend(min_length.map(|bound| ("minLength".to_owned(), json!(count(bound)))));
    schema.extend(max_length.map(|bound| ("maxLength".to_owned(), json!(count(bound)))));
    schema.extend(pattern.map(|it| ("pattern".to_owned(), json!(words.pattern(it)))));
    Value::Object(schema)
}

/// The items of each type, dressed.
fn by_type(file: syn::File, words: &Dress) -> BTreeMap<String, TokenStream> {
    let mut sources: BTreeMap<String, TokenStream> = BTreeMap::new();
    for item in file.items {
        // An item is of the first type it names.
        let name = tokens::idents(&item).into_iter().find(|word| is_type(word));
        let Some(name) = name else { continue };
        if let Some(item) = dress(item, words) {
            sources
                .entry(name)
                .or_default()
                .extend(item.into_token_stream());
        }
    }
    sources
}

/// Whether a word stands for a type of ours.
fn is_type(word: &str) -> bool {
    let number = word.strip_prefix('T');
    number.is_some_and(|number| number.parse::<usize>().is_ok())
}
