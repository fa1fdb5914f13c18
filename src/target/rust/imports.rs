//! The names a module imports: those that its plan makes it say.

use std::collections::BTreeSet;

use super::plan::{Body, Item, Plan};

/// The `use` lines of a module, an empty one between groups, with `own` that contracts.toml asks for.
pub(super) fn imports(plan: &Plan, own: BTreeSet<String>) -> Vec<String> {
    let mut lines = Vec::new();
    let types: Vec<&str> = plan
        .items
        .iter()
        .flat_map(|item| types(&item.body))
        .collect();
    let says = |name: &str| types.iter().any(|type_| type_.contains(name));
    let any = |is: fn(&Body) -> bool| plan.items.iter().any(|item| is(&item.body));
    if says("BTreeMap<") {
        lines.push("use std::collections::BTreeMap;".to_owned());
    }
    lines.push("use serde::Serialize;".to_owned());
    let reads_text = |item: &Item| item.check.is_none() && reads_text(&item.body);
    let reads_entries = |item: &Item| item.check.is_none() && is_record(&item.body);
    let streams = plan.items.iter().any(reads_entries);
    if streams {
        lines.push("use serde::de::{Deserializer, MapAccess, Visitor};".to_owned());
    } else if plan.items.iter().any(reads_text) {
        lines.push("use serde::de::Deserializer;".to_owned());
    }
    lines.push(if says("Map<String, Value>") && any(keeps_extra) {
        "use serde_json::{Map, Value};".to_owned()
    } else {
        "use serde_json::Value;".to_owned()
    });
    lines.extend(own);
    lines.sort();
    let library = |line: &String| line.starts_with("use std::");
    let (library, packages): (Vec<String>, Vec<String>) = lines.into_iter().partition(library);
    let between = (!library.is_empty()).then(String::new);
    let mut lines: Vec<String> = library.into_iter().chain(between).chain(packages).collect();
    let checks: Vec<&str> = plan
        .items
        .iter()
        .filter_map(|item| item.check.as_deref())
        .collect();
    let tables = plan.statics.iter().map(|it| it.value.as_str());
    let tables: Vec<&str> = tables.chain(checks.iter().copied()).collect();
    let names = [
        (
            "Check",
            tables.iter().any(|table| table.starts_with("Check::")),
        ),
        ("Checked", any(|body| matches!(body, Body::Checked { .. }))),
        ("Entries", streams),
        ("Error", true),
        ("Fields", any(is_record)),
        ("FromJson", any(reads)),
        (
            "Kind",
            any(is_by_kind) || tables.iter().any(|table| table.contains("Kind::")),
        ),
        ("Number", types.iter().any(|type_| names_number(type_))),
        (
            "Pattern",
            any(has_pattern) || plan.statics.iter().any(|it| it.type_ == "Pattern"),
        ),
        ("Places", any(|body| matches!(body, Body::Tuple { .. }))),
    ];
    let names = names
        .into_iter()
        .filter(|(_, used)| *used)
        .map(|(name, _)| name);
    let names: Vec<&str> = std::iter::once("self").chain(names).collect();
    lines.push(String::new());
    lines.push(format!("use crate::runtime::{{{}}};", names.join(", ")));
    lines
}

/// Every type that a type's own declaration writes.
fn types(body: &Body) -> Vec<&str> {
    match body {
        Body::Record { fields, extra, .. } => {
            let fields = fields.iter().chain(extra);
            fields.map(|field| field.type_.as_str()).collect()
        }
        Body::Choice { .. } | Body::Text { .. } => Vec::new(),
        Body::Checked { inner, .. } => vec![inner],
        Body::Union { variants, .. } => variants.iter().map(|it| it.type_.as_str()).collect(),
        Body::Alias { type_ } => vec![type_],
        Body::Tuple { items } => items.iter().map(String::as_str).collect(),
    }
}

/// Whether a type has the word `Number` in it, not only as a part of another name.
fn names_number(type_: &str) -> bool {
    let mut words = type_.split(|it: char| !(it.is_alphanumeric() || it == '_'));
    words.any(|word| word == "Number")
}

fn keeps_extra(body: &Body) -> bool {
    matches!(body, Body::Record { extra: Some(extra), .. } if extra.type_.starts_with("Map<"))
}

fn is_record(body: &Body) -> bool {
    matches!(body, Body::Record { .. })
}

/// Whether the type is read from a string.
fn reads_text(body: &Body) -> bool {
    matches!(body, Body::Choice { .. } | Body::Text { .. })
}

fn is_by_kind(body: &Body) -> bool {
    matches!(body, Body::Union { by_kind: true, .. })
}

fn has_pattern(body: &Body) -> bool {
    matches!(
        body,
        Body::Text {
            pattern: Some(_),
            ..
        }
    )
}

/// Whether the type's reader is written out.
fn reads(body: &Body) -> bool {
    !matches!(body, Body::Checked { .. } | Body::Alias { .. })
}
