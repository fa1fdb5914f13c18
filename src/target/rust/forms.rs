//! What typify prints, once for each kind of item: a struct, an enum of strings, a bounded string.
//!
//! typify reads only words made here, never a schema's own, so all it can meet is the three schemas below.
//! What it prints is kept as lines; a plan's items are those lines with their own names in them.

use std::sync::LazyLock;

use serde_json::{Value, json};
use syn::Item as SynItem;
use typify::{TypeSpace, TypeSpaceImpl, TypeSpaceSettings};

use super::checks::literal;
use super::dress::dress;
use super::plan::{Body, Field, Item};
use super::tokens;

/// The words that typify reads: of an item, a field and its type, a value, a pattern.
const ITEM: &str = "Itemword";
const FIELD: &str = "fieldword";
const USE: &str = "Useword";
const VALUE: &str = "Valueword";
const PATTERN: &str = "Patternword";
/// Bounds that stand for others.
const LEAST: u32 = 11_111;
const MOST: u32 = 22_222;

/// What typify prints of each kind of item.
struct Forms {
    empty: Vec<String>,
    record: Vec<String>,
    choice: Vec<String>,
    text: Vec<String>,
}

static FORMS: LazyLock<Result<Forms, String>> =
    LazyLock::new(|| forms().map_err(|error| error.to_string()));

/// typify's part of an item: its declaration and the traits that go with it. Nothing where typify has no part.
pub(super) fn print(item: &Item) -> Result<String, &'static str> {
    let forms = FORMS.as_ref().map_err(String::as_str)?;
    let mut out = String::new();
    docs(&mut out, "", &item.docs);
    match &item.body {
        Body::Record { fields, extra, .. } => {
            let fields: Vec<&Field> = fields.iter().chain(extra).collect();
            let form = if fields.is_empty() {
                &forms.empty
            } else {
                &forms.record
            };
            fill(&mut out, form, &item.name, |line, out| {
                record_line(line, &fields, out)
            });
        }
        Body::Choice { values } => fill(&mut out, &forms.choice, &item.name, |line, out| {
            if !line.contains(VALUE) {
                return false;
            }
            let is_variant = line.trim_start().starts_with(VALUE);
            for value in values {
                let text = literal(&value.text);
                if is_variant && value.text != value.name {
                    out.extend(["    #[serde(rename = ", &text, ")]\n"]);
                }
                let line = line.replace(&format!("\"{VALUE}\""), &text);
                out.extend([&*line.replace(VALUE, &value.name), "\n"]);
            }
            true
        }),
        Body::Text {
            min_length,
            max_length,
            pattern,
        } => {
            let bounds = [(LEAST, *min_length), (MOST, *max_length)];
            let lines = bounded(&forms.text, bounds, pattern.as_deref());
            fill(&mut out, &lines, &item.name, |_, _| false);
        }
        Body::Checked { .. } | Body::Union { .. } | Body::Alias { .. } | Body::Tuple { .. } => {
            return Ok(String::new());
        }
    }
    derive_more(&mut out, &item.derives);
    Ok(out)
}

/// Adds traits to those that an item derives.
fn derive_more(out: &mut String, traits: &[String]) {
    let Some(start) = out.find("#[derive(").map(|at| at + "#[derive(".len()) else {
        return;
    };
    let Some(length) = out.get(start..).and_then(|rest| rest.find(')')) else {
        return;
    };
    let last = |path: &str| path.rsplit(':').next().unwrap_or_default().to_owned();
    let known = out.get(start..start + length).unwrap_or_default();
    let known: Vec<String> = known.split(", ").map(last).collect();
    let new = traits.iter().filter(|it| !known.contains(&last(it)));
    let new: Vec<&str> = new.flat_map(|it| [", ", it.as_str()]).collect();
    out.insert_str(start + length, &new.concat());
}

/// Writes lines with the item's name in them; `own` writes those that are of its parts.
fn fill(out: &mut String, lines: &[String], name: &str, own: impl Fn(&str, &mut String) -> bool) {
    for line in lines {
        if !own(line, out) {
            out.extend([&*line.replace(ITEM, name), "\n"]);
        }
    }
}

fn record_line(line: &str, fields: &[&Field], out: &mut String) -> bool {
    if !line.contains(FIELD) {
        return false;
    }
    for field in fields {
        docs(out, "    ", &field.docs);
        if let Some(attribute) = serde(field) {
            out.extend(["    #[serde(", &attribute, ")]\n"]);
        }
        let line = line.replace(FIELD, &field.name).replace(USE, &field.type_);
        out.extend([&*line, "\n"]);
    }
    true
}

/// What serde must know of a field.
fn serde(field: &Field) -> Option<String> {
    const SKIP: &str = "skip_serializing_if = \"Option::is_none\"";
    if field.literal.is_empty() {
        return Some("flatten".to_owned());
    }
    let rename = (field.name != field.json_name).then(|| format!("rename = {}", field.literal));
    match (rename, field.required) {
        (rename, true) => rename,
        (None, false) => Some(SKIP.to_owned()),
        (Some(rename), false) => Some(format!("{rename}, {SKIP}")),
    }
}

fn docs(out: &mut String, indent: &str, lines: &[String]) {
    for line in lines {
        let space = if line.is_empty() { "" } else { " " };
        out.extend([indent, "///", space, line, "\n"]);
    }
}

/// The lines of a bounded string: bounds and pattern are the item's, and what checks one it lacks is left out.
fn bounded(
    lines: &[String],
    bounds: [(u32, Option<u64>); 2],
    pattern: Option<&str>,
) -> Vec<String> {
    let mut kept: Vec<String> = Vec::new();
    let mut lines = lines.iter();
    while let Some(line) = lines.next() {
        if line.contains("static PATTERN") {
            let Some(pattern) = pattern else {
                // The table, and the statement that looks into it.
                lines.by_ref().nth(2);
                continue;
            };
            kept.push(line.replace(&format!("\"{PATTERN}\""), &literal(pattern)));
            continue;
        }
        let of = bounds
            .iter()
            .find(|(word, _)| line.contains("if ") && line.contains(&word.to_string()));
        match of {
            Some((_, None)) => {
                lines.by_ref().nth(1);
            }
            Some((word, Some(bound))) => {
                let bound = bound.to_string();
                let message = lines
                    .next()
                    .map(|line| line.replace(&word.to_string(), &bound));
                kept.push(line.replace(&word.to_string(), &bound));
                kept.extend(message);
            }
            None => kept.push(line.clone()),
        }
    }
    kept
}

fn forms() -> Result<Forms, Box<dyn std::error::Error>> {
    let field = json!({ "$ref": format!("#/definitions/{USE}") });
    Ok(Forms {
        empty: form(&json!({ "type": "object", "additionalProperties": false }))?,
        record: form(&json!({
            "type": "object",
            "properties": { FIELD: field },
            "required": [FIELD],
            "additionalProperties": false,
        }))?,
        choice: form(&json!({ "type": "string", "enum": [VALUE] }))?,
        text: form(&json!({
            "type": "string",
            "minLength": LEAST,
            "maxLength": MOST,
            "pattern": PATTERN,
        }))?,
    })
}

/// The lines that typify prints for a schema, dressed.
fn form(schema: &Value) -> Result<Vec<String>, Box<dyn std::error::Error>> {
    let mut settings = TypeSpaceSettings::default();
    settings.with_replacement(USE, USE, std::iter::empty::<TypeSpaceImpl>());
    let mut definitions = serde_json::Map::new();
    definitions.insert(USE.to_owned(), json!(true));
    definitions.insert(ITEM.to_owned(), schema.clone());
    let mut space = TypeSpace::new(&settings);
    // typify speaks an older schemars: what crosses is JSON.
    let root = json!({ "definitions": definitions });
    space.add_root_schema(serde_json::from_value(root)?)?;
    let file: syn::File = syn::parse2(space.to_stream())?;
    let items = file.items.into_iter().filter(is_of_item).filter_map(dress);
    let mut lines: Vec<String> = Vec::new();
    for item in items {
        if !lines.is_empty() {
            lines.push(String::new());
        }
        let item = syn::File {
            shebang: None,
            attrs: Vec::new(),
            items: vec![item],
        };
        for line in prettyplease::unparse(&item).lines() {
            let behind = lines.last().is_some_and(|it| it.ends_with([';', '}']));
            if behind && line.starts_with("    fn ") {
                lines.push(String::new());
            }
            lines.push(line.to_owned());
        }
    }
    Ok(lines)
}

/// Whether an item's header names the item of ours.
fn is_of_item(item: &SynItem) -> bool {
    if let SynItem::Struct(item) = item {
        return item.ident == ITEM;
    }
    if let SynItem::Enum(item) = item {
        return item.ident == ITEM;
    }
    let SynItem::Impl(item) = item else {
        return false;
    };
    let named = |words: Vec<String>| words.iter().any(|word| word == ITEM);
    item.trait_.as_ref().is_some_and(|(_, path, _)| {
        named(tokens::idents(path)) || named(tokens::idents(&item.self_ty))
    })
}
