//! How much memory values take, about: an enum keeps its large alternatives in a box.

use crate::model::{Body, Extra, Model, Shape, Type};

use super::types::declaration;

/// More bytes than an alternative may take unboxed.
const LARGE: usize = 160;

/// A string, a list or a map.
const HEAP: usize = 24;

/// Any JSON value, or the properties a record keeps.
const VALUE: usize = 80;

/// Whether a value takes so much memory that an enum should not hold it itself.
pub(super) fn is_large(model: &Model, type_: &Type) -> bool {
    size(model, type_, LARGE) > LARGE
}

/// About the size, and at least `enough` where it is that much.
fn size(model: &Model, type_: &Type, enough: usize) -> usize {
    let bare = match &type_.shape {
        Shape::Null | Shape::Boolean => 1,
        Shape::Integer(_) => 8,
        Shape::Number(_) => 16,
        Shape::Anything => VALUE,
        Shape::Text(_) | Shape::List(_) | Shape::Map(_) => HEAP,
        Shape::Tuple(tuple) => sum(model, &mut tuple.items.iter(), enough),
        Shape::Named { declaration: id } => {
            let declaration = declaration(model, *id);
            match &declaration.body {
                // What it is made of may be itself.
                _ if declaration.recursive => enough + 1,
                Body::Choice(_) => 1,
                Body::Alias { type_ } => size(model, type_, enough),
                Body::Union(_) => enough.min(LARGE) + 16,
                Body::Record(record) => {
                    let extra = match &record.extra {
                        Extra::Forbidden => 0,
                        Extra::Kept | Extra::Typed { .. } => VALUE,
                    };
                    let mut fields = record.fields.iter().map(|field| &field.type_);
                    extra + sum(model, &mut fields, enough)
                }
            }
        }
    };
    // Two bits more, for `null` and for absence, take eight bytes at most where they are not free.
    bare.next_multiple_of(8) + if bare == 8 { 8 } else { 0 }
}

fn sum(model: &Model, types: &mut dyn Iterator<Item = &Type>, enough: usize) -> usize {
    let mut total: usize = 0;
    for type_ in types {
        total = total.saturating_add(size(model, type_, enough));
        if total > enough {
            break;
        }
    }
    total
}
