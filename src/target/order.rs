//! The order in which a target's declarations stand, and which names of them point forward.

use super::Order;
use crate::model::{Body, DeclarationId, Extra, Model, Shape, Type};

/// The model's declarations in the order a target wants.
pub(super) fn order(model: &Model, wanted: Order) -> Vec<DeclarationId> {
    match wanted {
        Order::NeededFirst => (0..model.declarations.len()).collect(),
        Order::AliasesBehind => {
            let mut order = Vec::new();
            let mut seen = vec![false; model.declarations.len()];
            for id in 0..model.declarations.len() {
                place(model, id, &mut seen, &mut order);
            }
            order
        }
    }
}

fn place(model: &Model, id: DeclarationId, seen: &mut Vec<bool>, order: &mut Vec<DeclarationId>) {
    let Some(flag) = seen.get_mut(id).filter(|flag| !**flag) else {
        return;
    };
    *flag = true;
    for named in eager(model, id) {
        place(model, named, seen, order);
    }
    order.push(id);
}

/// What an alias or a union names; nothing for other declarations.
pub(super) fn eager(model: &Model, id: DeclarationId) -> Vec<DeclarationId> {
    let mut found = Vec::new();
    match model.declarations.get(id).map(|it| &it.body) {
        Some(Body::Alias { type_ }) => named(type_, &mut found),
        Some(Body::Union(union)) => {
            for variant in &union.variants {
                named(&variant.type_, &mut found);
            }
        }
        Some(Body::Record(_) | Body::Choice(_)) | None => {}
    }
    found
}

/// Every declaration that a type names.
fn named(type_: &Type, found: &mut Vec<DeclarationId>) {
    match &type_.shape {
        Shape::Named { declaration } => found.push(*declaration),
        Shape::List(list) => named(&list.item, found),
        Shape::Map(map) => named(&map.value, found),
        Shape::Tuple(tuple) => tuple.items.iter().for_each(|item| named(item, found)),
        Shape::Anything
        | Shape::Null
        | Shape::Boolean
        | Shape::Integer(_)
        | Shape::Number(_)
        | Shape::Text(_) => {}
    }
}

/// What an extra's type is, where it has one.
pub(super) fn typed(extra: &Extra) -> Option<&Type> {
    match extra {
        Extra::Typed { type_ } => Some(type_),
        Extra::Forbidden | Extra::Kept => None,
    }
}
