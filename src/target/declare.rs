//! A model in; out, the same model with a declaration for every type that the target cannot write where
//! it stands, and without aliases that can be. Accepts the same documents; knows no language.

use super::manifest::{Declare, Kind};
use crate::model::naming::Scope;
use crate::model::{
    Body, Declaration, DeclarationId, Docs, Extra, List, Map, Model, Record, Shape, Tuple, Type,
    Union, Variant,
};

/// The model as `rules` want it.
pub(super) fn declare(model: &Model, rules: &Declare) -> Model {
    let mut scope = Scope::new([], true);
    for declaration in &model.declarations {
        scope.claim(&declaration.name);
    }
    let mut pass = Pass {
        model,
        rules,
        scope,
        made: Vec::new(),
    };
    for (id, declaration) in model.declarations.iter().enumerate() {
        let body = pass.body(declaration);
        let declaration = Declaration {
            body,
            ..declaration.clone()
        };
        pass.made.push((id, declaration));
    }
    let made = pass.made;
    numbered(model, made)
}

/// Declarations with their provisional numbers → a model of those that are needed, numbered by their order.
fn numbered(model: &Model, made: Vec<(DeclarationId, Declaration)>) -> Model {
    let mut place = vec![None; made.len()];
    for (index, (id, _)) in made.iter().enumerate() {
        if let Some(slot) = place.get_mut(*id) {
            *slot = Some(index);
        }
    }
    let mut needed = vec![false; made.len()];
    let mut open = vec![model.root];
    while let Some(id) = open.pop() {
        let index = place.get(id).copied().flatten();
        let Some((_, declaration)) = index.and_then(|index| made.get(index)) else {
            continue;
        };
        let Some(flag) = needed.get_mut(id).filter(|flag| !**flag) else {
            continue;
        };
        *flag = true;
        let mut body = declaration.body.clone();
        each_named(&mut body, &mut |named| open.push(*named));
    }
    let kept = made
        .into_iter()
        .filter(|(id, _)| needed.get(*id).copied().unwrap_or(false));
    let kept: Vec<(DeclarationId, Declaration)> = kept.collect();
    let number = |id: DeclarationId| kept.iter().position(|(it, _)| *it == id).unwrap_or(id);
    let numbers: Vec<DeclarationId> = (0..needed.len()).map(number).collect();
    let root = number(model.root);
    let declarations = kept
        .into_iter()
        .map(|(_, mut declaration)| {
            each_named(&mut declaration.body, &mut |named| {
                *named = numbers.get(*named).copied().unwrap_or(*named);
            });
            declaration
        })
        .collect();
    Model {
        declarations,
        root,
        ..model.clone()
    }
}

struct Pass<'a> {
    model: &'a Model,
    rules: &'a Declare,
    /// The names of declarations.
    scope: Scope,
    /// Declarations by a number of their own: that of the model, and then on.
    made: Vec<(DeclarationId, Declaration)>,
}

/// Where a type stands, and what it would be called there.
struct At<'a> {
    rules: &'a [Kind],
    name: String,
    /// The declaration it is part of.
    owner: &'a Declaration,
}

impl<'a> Pass<'a> {
    fn body(&mut self, owner: &'a Declaration) -> Body {
        let rules = self.rules;
        let name = |part: &str| format!("{} {part}", owner.name);
        match &owner.body {
            Body::Choice(choice) => Body::Choice(choice.clone()),
            Body::Record(record) => {
                let mut fields = record.fields.clone();
                for at in record.by_age() {
                    let Some(field) = fields.get_mut(at) else {
                        continue;
                    };
                    let at = At {
                        rules: &rules.field,
                        name: field.phrase.clone(),
                        owner,
                    };
                    field.type_ = self.type_(&field.type_, &at);
                }
                let extra = match &record.extra {
                    Extra::Typed { type_ } => Extra::Typed {
                        type_: self.extra(type_, owner),
                    },
                    Extra::Forbidden => Extra::Forbidden,
                    Extra::Kept => Extra::Kept,
                };
                Body::Record(Record { fields, extra })
            }
            Body::Union(union) => {
                let variants = union.variants.iter().map(|variant| {
                    let name = name(&variant.name);
                    let at = At {
                        rules: &rules.variant,
                        name,
                        owner,
                    };
                    Variant {
                        type_: self.type_(&variant.type_, &at),
                        ..variant.clone()
                    }
                });
                let variants = variants.collect();
                Body::Union(Union {
                    variants,
                    told_apart: union.told_apart.clone(),
                })
            }
            Body::Alias { type_ } => {
                let at = At {
                    rules: &rules.alias,
                    name: name("value"),
                    owner,
                };
                Body::Alias {
                    type_: self.type_(type_, &at),
                }
            }
        }
    }

    /// The type of properties that a record does not name.
    fn extra(&mut self, type_: &Type, owner: &'a Declaration) -> Type {
        let at = At {
            rules: if self.rules.extra { &[Kind::Map] } else { &[] },
            name: format!("{} extra", owner.name),
            owner,
        };
        if !self.rules.extra {
            return self.type_(type_, &at);
        }
        let map = Map {
            value: Box::new(type_.clone()),
            min_properties: None,
            max_properties: None,
        };
        self.type_(&Type::of(Shape::Map(map)), &at)
    }

    fn type_(&mut self, type_: &Type, at: &At<'a>) -> Type {
        let mut type_ = self.resolved(type_, at.rules);
        let Some(kind) = self.kind(&type_, at.rules) else {
            type_.shape = self.shape(&type_.shape, at);
            return type_;
        };
        let nullable = type_.nullable;
        if kind != Kind::Nullable {
            type_.nullable = false;
        }
        let owner = at.owner;
        let name = self.scope.claim(&at.name);
        let inner = At {
            rules: &self.rules.alias,
            name: format!("{name} value"),
            owner,
        };
        let body = Body::Alias {
            type_: self.type_(&type_, &inner),
        };
        let id = self.model.declarations.len().max(self.next());
        let declaration = Declaration {
            name,
            docs: Docs::default(),
            origin: owner.origin.clone(),
            body,
            residue: None,
            recursive: owner.recursive,
            age: id,
            replaced: None,
        };
        self.made.push((id, declaration));
        Type {
            shape: Shape::Named { declaration: id },
            nullable: nullable && kind != Kind::Nullable,
        }
    }

    /// The number for a declaration that the model does not have.
    fn next(&self) -> DeclarationId {
        let numbers = self.made.iter().map(|(id, _)| id + 1);
        numbers.max().unwrap_or_default()
    }

    fn shape(&mut self, shape: &Shape, at: &At<'a>) -> Shape {
        let rules = self.rules;
        let mut part = |it: &Type, rules: &'a [Kind], suffix: &str| {
            let name = format!("{} {suffix}", at.name);
            self.type_(
                it,
                &At {
                    rules,
                    name,
                    owner: at.owner,
                },
            )
        };
        match shape {
            Shape::List(list) => Shape::List(List {
                item: Box::new(part(&list.item, &rules.item, "item")),
                ..list.clone()
            }),
            Shape::Map(map) => Shape::Map(Map {
                value: Box::new(part(&map.value, &rules.value, "value")),
                ..map.clone()
            }),
            Shape::Tuple(tuple) => {
                let items = tuple.items.iter().enumerate();
                let items =
                    items.map(|(index, item)| part(item, &rules.place, &(index + 1).to_string()));
                Shape::Tuple(Tuple {
                    items: items.collect(),
                })
            }
            Shape::Anything
            | Shape::Null
            | Shape::Boolean
            | Shape::Integer(_)
            | Shape::Number(_)
            | Shape::Text(_)
            | Shape::Named { .. } => shape.clone(),
        }
    }

    /// The type an alias stands for, as far as it can be written under `rules`; what is `null` anyway is not nullable.
    fn resolved(&self, type_: &Type, rules: &[Kind]) -> Type {
        let mut type_ = type_.clone();
        while let Some(mut inner) = self.alias(&type_) {
            inner.nullable |= type_.nullable;
            if self.kind(&inner, rules).is_some() {
                break;
            }
            type_ = inner;
        }
        if matches!(type_.shape, Shape::Anything | Shape::Null) {
            type_.nullable = false;
        }
        type_
    }

    /// What a type is another name for, where that is all there is to it.
    fn alias(&self, type_: &Type) -> Option<Type> {
        let Shape::Named { declaration } = type_.shape else {
            return None;
        };
        let named = self.model.declarations.get(declaration)?;
        let plain = named.residue.is_none() && !named.recursive && declaration != self.model.root;
        match &named.body {
            Body::Alias { type_ } => plain.then(|| type_.clone()),
            Body::Record(_) | Body::Choice(_) | Body::Union(_) => None,
        }
    }

    /// Which of `rules` a type falls under.
    fn kind(&self, type_: &Type, rules: &[Kind]) -> Option<Kind> {
        let (kind, nullable_kind) = match &type_.shape {
            Shape::Null => (Some(Kind::Null), None),
            Shape::List(_) => (Some(Kind::List), None),
            Shape::Tuple(_) => (Some(Kind::Tuple), Some(Kind::NullableTuple)),
            Shape::Map(_) => (Some(Kind::Map), Some(Kind::NullableMap)),
            Shape::Named { declaration } => {
                let constant = super::context::constant(self.model, *declaration).is_some();
                (constant.then_some(Kind::Constant), None)
            }
            Shape::Anything
            | Shape::Boolean
            | Shape::Integer(_)
            | Shape::Number(_)
            | Shape::Text(_) => (None, None),
        };
        let nullable = type_.nullable.then_some(Kind::Nullable);
        let nullable_kind = nullable_kind.filter(|_| type_.nullable);
        let all = [nullable, nullable_kind, kind];
        all.into_iter().flatten().find(|kind| rules.contains(kind))
    }
}

/// Calls `act` with every number of a declaration that `body` names.
fn each_named(body: &mut Body, act: &mut dyn FnMut(&mut DeclarationId)) {
    match body {
        Body::Choice(_) => {}
        Body::Alias { type_ } => each_in_type(type_, act),
        Body::Union(union) => {
            for variant in &mut union.variants {
                each_in_type(&mut variant.type_, act);
            }
        }
        Body::Record(record) => {
            for field in &mut record.fields {
                each_in_type(&mut field.type_, act);
            }
            if let Extra::Typed { type_ } = &mut record.extra {
                each_in_type(type_, act);
            }
        }
    }
}

fn each_in_type(type_: &mut Type, act: &mut dyn FnMut(&mut DeclarationId)) {
    match &mut type_.shape {
        Shape::Named { declaration } => act(declaration),
        Shape::List(list) => each_in_type(&mut list.item, act),
        Shape::Map(map) => each_in_type(&mut map.value, act),
        Shape::Tuple(tuple) => {
            for item in &mut tuple.items {
                each_in_type(item, act);
            }
        }
        Shape::Anything
        | Shape::Null
        | Shape::Boolean
        | Shape::Integer(_)
        | Shape::Number(_)
        | Shape::Text(_) => {}
    }
}
