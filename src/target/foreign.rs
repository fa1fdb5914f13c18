//! Types that stand in for generated ones: a model and what contracts.toml replaces in; the same model with a
//! declaration for each place that is replaced out.

mod place;
mod unused;

pub use place::{ForeignPlace, foreign_places};
pub use unused::unused;

use std::collections::BTreeSet;

use serde::Serialize;

use super::Target;
use crate::config::{Hold, Replace};
use crate::model::naming::Scope;
use crate::model::{Body, Declaration, Docs, Extra, Model, Shape, Type};
use crate::pointer::Pointer;

/// A type that is not generated.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub(super) struct Foreign {
    #[serde(skip)]
    of: Of,
    /// As the language writes it.
    #[serde(rename = "type")]
    pub(super) type_: String,
    /// The line that imports it.
    pub(super) import: Option<String>,
    /// Which of the target's natives it is.
    pub(super) native: Option<String>,
}

/// What it stands in for.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Of {
    Format(String),
    Property(String),
    Pointer(String),
    Number,
}

impl Foreign {
    /// What stands in for generated types of a contract; of several that match, the last counts.
    pub(super) fn all(target: &Target, contract: &str) -> Vec<Self> {
        let custom = target.settings.custom(contract);
        let natives = [
            (
                "date-time",
                custom.date_time,
                Of::Format("date-time".to_owned()),
            ),
            ("decimal", custom.decimal, Of::Number),
        ];
        let natives = natives.into_iter().filter_map(|(name, hold, of)| {
            let native = target.manifest.natives.get(name)?;
            (hold == Some(Hold::Native)).then(|| Self {
                of,
                type_: native.type_.clone(),
                import: native.import.clone(),
                native: Some(name.to_owned()),
            })
        });
        let own = custom.replace.iter().filter_map(Self::of);
        natives.chain(own).collect()
    }

    /// What a module says because of it.
    pub(super) fn code(&self) -> impl Iterator<Item = &str> {
        self.import
            .as_deref()
            .into_iter()
            .chain([self.type_.as_str()])
    }

    fn of(row: &Replace) -> Option<Self> {
        let of = match (&row.format, &row.property, &row.pointer) {
            (Some(format), ..) => Of::Format(format.clone()),
            (None, Some(name), _) => Of::Property(name.clone()),
            (None, None, Some(pointer)) => Of::Pointer(pointer.clone()),
            (None, None, None) => return None,
        };
        Some(Self {
            of,
            type_: row.type_.clone(),
            import: row.import.clone(),
            native: None,
        })
    }
}

/// The model with its replaced types; [`Declaration::replaced`] says by which of `foreign`.
pub(super) fn put_in(model: &Model, foreign: &[Foreign]) -> Model {
    let mut scope = Scope::new([], true);
    for declaration in &model.declarations {
        scope.keep(&declaration.name);
    }
    let mut pass = Pass {
        foreign,
        scope,
        first: model.declarations.len(),
        made: Vec::new(),
    };
    let mut model = model.clone();
    for (id, declaration) in model.declarations.iter_mut().enumerate() {
        pass.declaration(declaration, id == model.root);
    }
    model.declarations.extend(pass.made);
    model
}

/// Which rows of `replace` stand in for something in a model.
pub(super) fn used(target: &Target, model: &Model) -> BTreeSet<Foreign> {
    let foreign = Foreign::all(target, &model.full_name());
    if foreign.is_empty() {
        return BTreeSet::new();
    }
    let model = put_in(model, &foreign);
    used_in(&model, &foreign).cloned().collect()
}

/// Those of `foreign` that stand in for something in a model they were put into.
pub(super) fn used_in<'a>(
    model: &'a Model,
    foreign: &'a [Foreign],
) -> impl Iterator<Item = &'a Foreign> {
    let replaced = model.declarations.iter().filter_map(|it| it.replaced);
    replaced.filter_map(|at| foreign.get(at))
}

struct Pass<'a> {
    foreign: &'a [Foreign],
    /// The names of declarations.
    scope: Scope,
    /// How many declarations there were.
    first: usize,
    made: Vec<Declaration>,
}

/// Where a type stands.
#[derive(Clone)]
struct At {
    origin: String,
    phrase: String,
    /// The property it is the value of, and the pointer of its schema.
    property: Option<(String, String)>,
}

impl Pass<'_> {
    fn declaration(&mut self, declaration: &mut Declaration, is_root: bool) {
        let pointer = declaration
            .origin
            .split_once('#')
            .map_or("", |(_, it)| it)
            .to_owned();
        let at = At {
            origin: declaration.origin.clone(),
            phrase: declaration.name.clone(),
            property: None,
        };
        let wanted = |it: &Foreign| matches!(&it.of, Of::Pointer(wanted) if *wanted == pointer);
        declaration.replaced = self.foreign.iter().rposition(wanted).filter(|_| !is_root);
        if declaration.replaced.is_some() {
            return;
        }
        match &mut declaration.body {
            Body::Choice(_) => {}
            Body::Alias { type_ } => self.type_(type_, &at),
            Body::Union(union) => {
                for variant in &mut union.variants {
                    let phrase = format!("{} {}", at.phrase, variant.name);
                    self.type_(
                        &mut variant.type_,
                        &At {
                            phrase,
                            ..at.clone()
                        },
                    );
                }
            }
            Body::Record(record) => {
                for field in &mut record.fields {
                    let below = Pointer::root().join("properties").join(&field.json_name);
                    let place = format!("{pointer}{below}");
                    let at = At {
                        origin: at.origin.clone(),
                        phrase: field.phrase.clone(),
                        property: Some((field.json_name.clone(), place)),
                    };
                    self.type_(&mut field.type_, &at);
                }
                if let Extra::Typed { type_ } = &mut record.extra {
                    self.type_(type_, &at);
                }
            }
        }
    }

    fn type_(&mut self, type_: &mut Type, at: &At) {
        if let Some(replaced) = self.found(type_, at) {
            let id = self.first + self.made.len();
            let original = Type::of(type_.shape.clone());
            self.made.push(Declaration {
                name: self.scope.claim(&at.phrase),
                docs: Docs::default(),
                origin: at.origin.clone(),
                body: Body::Alias { type_: original },
                residue: None,
                recursive: false,
                age: id,
                replaced: Some(replaced),
            });
            type_.shape = Shape::Named { declaration: id };
            return;
        }
        let at = At {
            property: None,
            ..at.clone()
        };
        match &mut type_.shape {
            Shape::List(list) => self.type_(&mut list.item, &at),
            Shape::Map(map) => self.type_(&mut map.value, &at),
            Shape::Tuple(tuple) => {
                for item in &mut tuple.items {
                    self.type_(item, &at);
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

    fn found(&self, type_: &Type, at: &At) -> Option<usize> {
        let (name, place) = at.property.as_ref().map_or((None, None), |(name, place)| {
            (Some(name.as_str()), Some(place.as_str()))
        });
        self.foreign
            .iter()
            .rposition(|it| match (&it.of, &type_.shape) {
                (Of::Format(wanted), Shape::Text(text)) => text.format.as_ref() == Some(wanted),
                (Of::Number, Shape::Number(_)) => true,
                (Of::Format(_) | Of::Number, _) => false,
                (Of::Property(wanted), _) => name == Some(wanted),
                (Of::Pointer(wanted), _) => place == Some(wanted),
            })
    }
}
