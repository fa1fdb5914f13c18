//! Where types that are not generated read: a target, a model and a document in; the places in the document out.

use std::collections::BTreeMap;

use serde_json::Value;

use super::{Foreign, put_in};
use crate::model::{Body, Extra, Model, Shape, Type};
use crate::pointer::Pointer;
use crate::target::Target;

/// Where a type that is not generated reads in a document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ForeignPlace {
    /// The type.
    pub type_: String,
    /// Whether it holds a `date-time` as the language does.
    pub is_time: bool,
}

/// The places of a document where a type that is not generated reads, with that type.
pub fn foreign_places(
    target: &Target,
    model: &Model,
    document: &Value,
) -> BTreeMap<Pointer, ForeignPlace> {
    let foreign = Foreign::all(target, &model.full_name());
    let mut found = BTreeMap::new();
    if !foreign.is_empty() {
        let model = put_in(model, &foreign);
        let mut walk = Walk {
            model: &model,
            foreign: &foreign,
            found: &mut found,
        };
        walk.named(model.root, document, &Pointer::root(), 0);
    }
    found
}

/// So many names for names are followed at one value.
const NAMES: usize = 64;

struct Walk<'a> {
    model: &'a Model,
    foreign: &'a [Foreign],
    found: &'a mut BTreeMap<Pointer, ForeignPlace>,
}

impl Walk<'_> {
    fn named(&mut self, id: usize, value: &Value, at: &Pointer, names: usize) {
        let Some(declaration) = self.model.declarations.get(id).filter(|_| names < NAMES) else {
            return;
        };
        if let Some(foreign) = declaration.replaced.and_then(|it| self.foreign.get(it)) {
            let place = ForeignPlace {
                type_: foreign.type_.clone(),
                is_time: foreign.native.as_deref() == Some("date-time"),
            };
            self.found.insert(at.clone(), place);
            return;
        }
        match &declaration.body {
            Body::Choice(_) => {}
            Body::Alias { type_ } => self.type_(type_, value, at, names + 1),
            Body::Union(union) => {
                for variant in &union.variants {
                    self.type_(&variant.type_, value, at, names + 1);
                }
            }
            Body::Record(record) => {
                for (name, value) in value.as_object().into_iter().flatten() {
                    let field = record.fields.iter().find(|field| field.json_name == *name);
                    let extra = match &record.extra {
                        Extra::Typed { type_ } => Some(type_),
                        Extra::Forbidden | Extra::Kept => None,
                    };
                    if let Some(type_) = field.map(|field| &field.type_).or(extra) {
                        self.type_(type_, value, &at.join(name), 0);
                    }
                }
            }
        }
    }

    fn type_(&mut self, type_: &Type, value: &Value, at: &Pointer, names: usize) {
        match &type_.shape {
            Shape::Named { declaration } if !(type_.nullable && value.is_null()) => {
                self.named(*declaration, value, at, names);
            }
            Shape::List(list) => {
                for (index, item) in value.as_array().into_iter().flatten().enumerate() {
                    self.type_(&list.item, item, &at.index(index), 0);
                }
            }
            Shape::Map(map) => {
                for (name, value) in value.as_object().into_iter().flatten() {
                    self.type_(&map.value, value, &at.join(name), 0);
                }
            }
            Shape::Tuple(tuple) => {
                let items = value.as_array().into_iter().flatten().zip(&tuple.items);
                for (index, (item, type_)) in items.enumerate() {
                    self.type_(type_, item, &at.index(index), 0);
                }
            }
            Shape::Anything
            | Shape::Null
            | Shape::Boolean
            | Shape::Integer(_)
            | Shape::Number(_)
            | Shape::Text(_)
            | Shape::Named { .. } => {}
        }
    }
}
