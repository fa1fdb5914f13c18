//! What typify prints: structs, string enums and bounded strings.
//!
//! typify reads only words made here (`T0`, `p1`, `U2`, …), never a schema's own, so all it can meet is the
//! few forms below. What it prints is then renamed, documented and given serde's attributes.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};
use syn::Item as SynItem;
use typify::{TypeSpace, TypeSpaceImpl, TypeSpaceSettings};

use super::dress::{Dress, dress};
use super::plan::{Body, Field, Plan};
use super::tokens;

/// What typify prints, by the number of the plan's item.
pub(super) type Printed = BTreeMap<usize, Vec<SynItem>>;

/// Has typify print its items of a plan.
pub(super) fn print(plan: &Plan) -> Result<Printed, Box<dyn std::error::Error>> {
    let mut settings = TypeSpaceSettings::default();
    let mut definitions = Map::new();
    let mut words = Dress::default();
    for (index, item) in plan.items.iter().enumerate() {
        let name = format!("T{index}");
        let definition = match &item.body {
            Body::Record { fields, extra, .. } => record(
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
        return Ok(Printed::new());
    }
    let schema = json!({ "definitions": definitions });
    let mut space = TypeSpace::new(&settings);
    // typify speaks an older schemars: what crosses is JSON.
    space.add_root_schema(serde_json::from_value(schema)?)?;
    let file: syn::File = syn::parse2(space.to_stream())?;
    let mut printed = Printed::new();
    for item in file.items {
        let Some(owner) = owner(&item) else { continue };
        let dressed = dress(item, &words);
        printed.entry(owner).or_default().extend(dressed);
    }
    Ok(printed)
}

/// Puts what typify printed where the template says `typify!(number);`.
pub(super) fn put_in(items: Vec<SynItem>, mut printed: Printed) -> Vec<SynItem> {
    let number = |item: &SynItem| {
        let SynItem::Macro(call) = item else {
            return None;
        };
        let number = call.mac.tokens.to_string().parse::<usize>().ok();
        number.filter(|_| call.mac.path.is_ident("typify"))
    };
    let put = items.into_iter().flat_map(|item| match number(&item) {
        Some(number) => printed.remove(&number).unwrap_or_default(),
        None => vec![item],
    });
    put.collect()
}

/// The number of the first type of ours that an item's header names.
fn owner(item: &SynItem) -> Option<usize> {
    let number = |word: String| word.strip_prefix('T')?.parse().ok();
    if let SynItem::Struct(item) = item {
        return number(item.ident.to_string());
    }
    if let SynItem::Enum(item) = item {
        return number(item.ident.to_string());
    }
    let SynItem::Impl(item) = item else {
        return None;
    };
    let (_, path, _) = item.trait_.as_ref()?;
    let words = tokens::idents(path).into_iter();
    words.chain(tokens::idents(&item.self_ty)).find_map(number)
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
