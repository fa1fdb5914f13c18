//! Declarations in the order a language that reads from the top wants: what is needed stands first.

use super::super::{Body, Declaration, DeclarationId, Extra, Shape, Type};

/// Sorts the declarations that `root` needs, directly or not; marks those that need themselves.
pub(super) fn sort(
    declarations: Vec<Declaration>,
    root: DeclarationId,
) -> (Vec<Declaration>, DeclarationId) {
    let needs: Vec<Vec<DeclarationId>> = declarations.iter().map(needs).collect();
    let order = post_order(&needs, root);
    let mut place = vec![usize::MAX; declarations.len()];
    for (index, id) in order.iter().enumerate() {
        if let Some(slot) = place.get_mut(*id) {
            *slot = index;
        }
    }
    let circular = circular(&needs, &order);
    let mut slots: Vec<Option<Declaration>> = declarations.into_iter().map(Some).collect();
    let mut sorted = Vec::with_capacity(order.len());
    for id in &order {
        let Some(mut declaration) = slots.get_mut(*id).and_then(Option::take) else {
            continue;
        };
        declaration.recursive = circular.get(*id).copied().unwrap_or(false);
        each_type(&mut declaration.body, &mut |type_| renumber(type_, &place));
        sorted.push(declaration);
    }
    let root = place.get(root).copied().unwrap_or(0);
    (sorted, root)
}

fn post_order(needs: &[Vec<DeclarationId>], root: DeclarationId) -> Vec<DeclarationId> {
    let mut order = Vec::new();
    let mut seen = vec![false; needs.len()];
    let mut stack = vec![(root, 0)];
    if let Some(flag) = seen.get_mut(root) {
        *flag = true;
    }
    while let Some((id, next)) = stack.last_mut() {
        let child = needs.get(*id).and_then(|list| list.get(*next)).copied();
        *next += 1;
        match child {
            Some(child) => {
                if let Some(flag) = seen.get_mut(child).filter(|flag| !**flag) {
                    *flag = true;
                    stack.push((child, 0));
                }
            }
            None => {
                order.push(*id);
                stack.pop();
            }
        }
    }
    order
}

/// Whether each needs itself, directly or through others: those of one circle are reached from each other,
/// so against the arrows too, from the last of them that `order` has.
fn circular(needs: &[Vec<DeclarationId>], order: &[DeclarationId]) -> Vec<bool> {
    let mut needed_by: Vec<Vec<DeclarationId>> = vec![Vec::new(); needs.len()];
    for id in order {
        for needed in needs.get(*id).into_iter().flatten() {
            if let Some(list) = needed_by.get_mut(*needed) {
                list.push(*id);
            }
        }
    }
    let mut circular: Vec<bool> = needs
        .iter()
        .enumerate()
        .map(|(id, list)| list.contains(&id))
        .collect();
    let mut seen = vec![false; needs.len()];
    for id in order.iter().rev() {
        let mut circle = Vec::new();
        let mut stack = vec![*id];
        while let Some(next) = stack.pop() {
            if let Some(flag) = seen.get_mut(next).filter(|flag| !**flag) {
                *flag = true;
                circle.push(next);
                stack.extend(needed_by.get(next).into_iter().flatten());
            }
        }
        if let [_, _, ..] = *circle {
            for id in circle {
                if let Some(flag) = circular.get_mut(id) {
                    *flag = true;
                }
            }
        }
    }
    circular
}

fn needs(declaration: &Declaration) -> Vec<DeclarationId> {
    let mut found = Vec::new();
    let mut body = declaration.body.clone();
    each_type(&mut body, &mut |type_| {
        if let Shape::Named { declaration } = type_.shape {
            found.push(declaration);
        }
    });
    found
}

fn renumber(type_: &mut Type, place: &[usize]) {
    if let Shape::Named { declaration } = &mut type_.shape {
        *declaration = place.get(*declaration).copied().unwrap_or(*declaration);
    }
}

fn each_type(body: &mut Body, visit: &mut impl FnMut(&mut Type)) {
    match body {
        Body::Record(record) => {
            record
                .fields
                .iter_mut()
                .for_each(|field| each_part(&mut field.type_, visit));
            if let Extra::Typed { type_ } = &mut record.extra {
                each_part(type_, visit);
            }
        }
        Body::Choice(_) => {}
        Body::Union(union) => {
            union
                .variants
                .iter_mut()
                .for_each(|variant| each_part(&mut variant.type_, visit));
        }
        Body::Alias { type_ } => each_part(type_, visit),
    }
}

fn each_part(type_: &mut Type, visit: &mut impl FnMut(&mut Type)) {
    visit(type_);
    match &mut type_.shape {
        Shape::List(list) => each_part(&mut list.item, visit),
        Shape::Tuple(tuple) => tuple
            .items
            .iter_mut()
            .for_each(|item| each_part(item, visit)),
        Shape::Map(map) => each_part(&mut map.value, visit),
        Shape::Anything
        | Shape::Null
        | Shape::Boolean
        | Shape::Integer(_)
        | Shape::Number(_)
        | Shape::Text(_)
        | Shape::Named { .. } => {}
    }
}
