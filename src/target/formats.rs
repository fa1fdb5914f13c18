//! A model in; out, the same model with a pattern for each asserted format that is nothing but one in the
//! target's list. Accepts the same documents, as far as the list is right.

use std::collections::BTreeMap;

use crate::model::{Body, Check, Extra, Model, Shape, Text, Type};

/// Puts patterns where formats of `patterns` are asserted.
pub(super) fn spell_out(model: &mut Model, patterns: &BTreeMap<String, String>) {
    for declaration in &mut model.declarations {
        match &mut declaration.body {
            Body::Choice(_) => {}
            Body::Alias { type_ } => in_type(type_, patterns),
            Body::Union(union) => {
                for variant in &mut union.variants {
                    in_type(&mut variant.type_, patterns);
                }
            }
            Body::Record(record) => {
                for field in &mut record.fields {
                    in_type(&mut field.type_, patterns);
                }
                if let Extra::Typed { type_ } = &mut record.extra {
                    in_type(type_, patterns);
                }
            }
        }
        if let Some(check) = &mut declaration.residue {
            in_check(check, patterns);
        }
    }
    for check in &mut model.checks {
        in_check(check, patterns);
    }
}

fn in_type(type_: &mut Type, patterns: &BTreeMap<String, String>) {
    match &mut type_.shape {
        Shape::Text(text) => in_text(text, patterns),
        Shape::List(list) => in_type(&mut list.item, patterns),
        Shape::Map(map) => in_type(&mut map.value, patterns),
        Shape::Tuple(tuple) => {
            for item in &mut tuple.items {
                in_type(item, patterns);
            }
        }
        Shape::Anything
        | Shape::Null
        | Shape::Boolean
        | Shape::Integer(_)
        | Shape::Number(_)
        | Shape::Named { .. } => {}
    }
}

fn in_text(text: &mut Text, patterns: &BTreeMap<String, String>) {
    let format = text.format.as_ref().filter(|_| text.format_asserted);
    let Some(pattern) = format.and_then(|format| patterns.get(format)) else {
        return;
    };
    text.pattern = Some(match &text.pattern {
        Some(own) => format!("^(?=[^]*(?:{own}))(?=[^]*(?:{pattern}))"),
        None => pattern.clone(),
    });
    text.format_asserted = false;
}

fn in_check(check: &mut Check, patterns: &BTreeMap<String, String>) {
    if let Check::Format { format } = check
        && let Some(pattern) = patterns.get(format)
    {
        let pattern = pattern.clone();
        *check = Check::Pattern { pattern };
    }
    for part in check.parts_mut() {
        in_check(part, patterns);
    }
}
