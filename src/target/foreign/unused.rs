//! Rows of `replace` that mean nothing: rows and models in; those that stand in for nothing, and what they
//! might have meant, out.

use std::collections::BTreeSet;

use super::{Foreign, Of, put_in, used_in};
use crate::config::Replace;
use crate::model::{Body, Model, Shape};
use crate::pointer::Pointer;

/// The rows of `replace` that stand in for nothing in some models, each with what there is of its kind.
pub fn unused<'a>(rows: &'a [Replace], models: &[&Model]) -> Vec<(&'a Replace, BTreeSet<String>)> {
    let mut unused = Vec::new();
    for row in rows {
        let Some(foreign) = Foreign::of(row) else {
            continue;
        };
        let foreign = [foreign];
        let is_used = |model: &Model| used_in(&put_in(model, &foreign), &foreign).next().is_some();
        if !models.iter().any(|model| is_used(model)) {
            let of = foreign.iter().map(|it| &it.of);
            let there = of.flat_map(|of| models.iter().flat_map(|model| there(model, of)));
            unused.push((row, there.collect()));
        }
    }
    unused
}

/// What a row might have meant in a model.
fn there(model: &Model, of: &Of) -> Vec<String> {
    let mut found = Vec::new();
    for declaration in &model.declarations {
        let pointer = declaration.origin.split_once('#').map_or("", |(_, it)| it);
        let fields = match &declaration.body {
            Body::Record(record) => record.fields.as_slice(),
            Body::Choice(_) | Body::Union(_) | Body::Alias { .. } => &[],
        };
        match of {
            Of::Property(_) => found.extend(fields.iter().map(|it| it.json_name.clone())),
            Of::Pointer(_) => {
                found.push(pointer.to_owned());
                let below = Pointer::root().join("properties");
                let below = fields.iter().map(|it| below.join(&it.json_name));
                found.extend(below.map(|below| format!("{pointer}{below}")));
            }
            Of::Format(_) | Of::Number => {
                let types = fields.iter().map(|it| &it.type_.shape);
                let alias = match &declaration.body {
                    Body::Alias { type_ } => Some(&type_.shape),
                    Body::Choice(_) | Body::Union(_) | Body::Record(_) => None,
                };
                for shape in types.chain(alias) {
                    if let Shape::Text(text) = shape {
                        found.extend(text.format.clone());
                    }
                }
            }
        }
    }
    found
}
