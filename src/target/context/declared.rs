//! What a use of a declaration must know of it: a model in; the name, kind and place of each declaration out.

use crate::model::naming::phrase;
use crate::model::{self, Body, Model};
use crate::target::Target;
use crate::target::foreign::{Foreign, used_in};
use crate::target::names::{Namer, NamesBeside, Wanted};

/// What a use of a declaration must know of it.
pub(in crate::target) struct Declared {
    pub(in crate::target) identifier: String,
    pub(in crate::target) names: NamesBeside,
    pub(in crate::target) kind: &'static str,
    pub(in crate::target) constant: Option<String>,
    pub(in crate::target) recursive: bool,
    /// The type that is not generated and stands for it.
    pub(in crate::target) foreign: Option<Foreign>,
    /// Its place in the order.
    pub(in crate::target) place: usize,
    /// The identifiers of a record's fields, in their order.
    pub(super) fields: Vec<(String, NamesBeside)>,
}

/// Names every declaration and its fields; the document's own first, so that nothing takes its name.
pub(super) fn declared(
    target: &Target,
    model: &Model,
    order: &[usize],
    namer: &mut Namer<'_>,
    foreign: &[Foreign],
) -> Vec<Declared> {
    namer.leave(used_in(model, foreign).flat_map(Foreign::code));
    let root = model.declarations.get(model.root);
    let root = root.map(|it| namer.type_name(&it.name, true));
    let named = model.by_age().into_iter();
    let named = named.filter_map(|id| Some((id, model.declarations.get(id)?)));
    let mut declared: Vec<(usize, Declared)> = named
        .map(|(id, declaration)| {
            let foreign = declaration.replaced.and_then(|it| foreign.get(it));
            (
                id,
                Declared {
                    identifier: match (&root, foreign) {
                        (Some(root), _) if id == model.root => root.clone(),
                        (_, Some(foreign)) => foreign.type_.clone(),
                        (_, None) => namer.type_name(&declaration.name, false),
                    },
                    foreign: foreign.cloned(),
                    names: namer.beside(
                        None,
                        &target.manifest.names.types,
                        Wanted {
                            declaration: &declaration.name,
                            phrase: &declaration.name,
                            is_root: id == model.root,
                        },
                    ),
                    kind: kind(&declaration.body),
                    constant: constant(model, id)
                        .filter(|_| foreign.is_none())
                        .map(str::to_owned),
                    recursive: declaration.recursive,
                    place: order.iter().position(|it| *it == id).unwrap_or(id),
                    fields: fields(target, namer, declaration),
                },
            )
        })
        .collect();
    declared.sort_by_key(|(id, _)| *id);
    declared.into_iter().map(|(_, declared)| declared).collect()
}

fn fields(
    target: &Target,
    namer: &mut Namer<'_>,
    declaration: &model::Declaration,
) -> Vec<(String, NamesBeside)> {
    let Body::Record(record) = &declaration.body else {
        return Vec::new();
    };
    let rule = &target.manifest.names.fields;
    let mut scope = namer.declaration(rule);
    let aged = record.by_age();
    let fields = aged.iter().filter_map(|at| record.fields.get(*at));
    let phrases: Vec<String> = fields.map(|field| phrase(&field.json_name)).collect();
    let wanted = |phrase| Wanted {
        declaration: &declaration.name,
        phrase,
        is_root: false,
    };
    let mut given = Vec::new();
    for phrase in &phrases {
        given.push(namer.within(&mut scope, rule, wanted(phrase)));
    }
    let beside = phrases
        .iter()
        .map(|phrase| namer.beside(Some(&mut scope), rule, wanted(phrase)));
    let mut named: Vec<_> = aged
        .into_iter()
        .zip(given.into_iter().zip(beside))
        .collect();
    named.sort_by_key(|(at, _)| *at);
    named.into_iter().map(|(_, names)| names).collect()
}

fn kind(body: &Body) -> &'static str {
    match body {
        Body::Record(_) => "record",
        Body::Choice(_) => "choice",
        Body::Union(_) => "union",
        Body::Alias { .. } => "alias",
    }
}

/// The one string a declaration stands for, where it is nothing more.
pub(in crate::target) fn constant(model: &Model, id: usize) -> Option<&str> {
    let declaration = model.declarations.get(id)?;
    match &declaration.body {
        Body::Choice(choice) if id != model.root && declaration.residue.is_none() => {
            match choice.values.as_slice() {
                [value] => Some(value),
                _ => None,
            }
        }
        Body::Choice(_) | Body::Record(_) | Body::Union(_) | Body::Alias { .. } => None,
    }
}

/// The one string that a type may be, where it names a declaration that is no more than that.
pub(super) fn constant_of(declared: &[Declared], type_: &model::Type) -> Option<String> {
    let model::Shape::Named { declaration } = type_.shape else {
        return None;
    };
    declared.get(declaration)?.constant.clone()
}

/// The identifier of the tag in the record that a variant is, where it is one.
pub(super) fn tag_name(
    model: &Model,
    declared: &[Declared],
    variant: &model::Variant,
    tag: &str,
) -> Option<String> {
    let model::Shape::Named { declaration } = variant.type_.shape else {
        return None;
    };
    let Body::Record(record) = &model.declarations.get(declaration)?.body else {
        return None;
    };
    let index = record.fields.iter().position(|it| it.json_name == tag)?;
    let (name, _) = declared.get(declaration)?.fields.get(index)?;
    Some(name.clone())
}

/// Whether `null` is a value of a type; `seen` are the declarations on the way to it.
pub(super) fn accepts_null(model: &Model, type_: &model::Type, seen: &mut Vec<usize>) -> bool {
    let model::Shape::Named { declaration } = &type_.shape else {
        let is_null = matches!(type_.shape, model::Shape::Anything | model::Shape::Null);
        return type_.nullable || is_null;
    };
    if type_.nullable || seen.contains(declaration) {
        return type_.nullable;
    }
    seen.push(*declaration);
    match model.declarations.get(*declaration).map(|it| &it.body) {
        Some(Body::Alias { type_ }) => accepts_null(model, type_, seen),
        Some(Body::Union(union)) => {
            let mut variants = union.variants.iter();
            variants.any(|variant| accepts_null(model, &variant.type_, seen))
        }
        Some(Body::Record(_) | Body::Choice(_)) | None => false,
    }
}
