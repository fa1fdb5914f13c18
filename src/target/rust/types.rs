//! Uses of types as Rust writes them. What a plain Rust type does not hold becomes a newtype of its own,
//! named by the way to it.

use crate::model::naming::phrase;
use crate::model::{Check, Declaration, DeclarationId, Docs, Model, Shape, Type, Width};

use super::checks;
use super::declare::Planner;
use super::plan::Body;

/// The places a tuple of the standard library may have and still be compared and printed.
const TUPLE_PLACES: usize = 12;

/// The way to a use of a type: the declaration it stands in, and words for the place.
#[derive(Clone)]
pub(super) struct Way {
    /// The declaration.
    pub(super) declaration: DeclarationId,
    /// Words, the declaration's first.
    pub(super) words: String,
    /// What people wrote about the place.
    pub(super) docs: Docs,
    /// Whether a value here lies within the declaration's own memory: in no list and no map.
    pub(super) direct: bool,
}

impl Way {
    /// The way to a part of what is here, in the same memory.
    pub(super) fn to(&self, part: &str) -> Self {
        Self {
            words: format!("{} {}", self.words, phrase(part)).trim().to_owned(),
            docs: Docs::default(),
            ..self.clone()
        }
    }

    /// The way to a part of what is here, in memory of its own.
    fn apart(&self, part: &str) -> Self {
        Self {
            direct: false,
            ..self.to(part)
        }
    }
}

impl Planner<'_> {
    /// A use of a type, `null` included.
    pub(super) fn written(&mut self, type_: &Type, way: &Way) -> String {
        let bare = self.shape(&type_.shape, way);
        // These two hold `null` already.
        let holds_null = matches!(type_.shape, Shape::Anything | Shape::Null);
        if type_.nullable && !holds_null {
            format!("Option<{bare}>")
        } else {
            bare
        }
    }

    fn shape(&mut self, shape: &Shape, way: &Way) -> String {
        if let Shape::Named { declaration } = shape {
            return self.named(*declaration, way);
        }
        let (body, check) = self.newtype(shape, None, way);
        match body {
            Body::Alias { type_ } => type_,
            Body::Record { .. }
            | Body::Choice { .. }
            | Body::Text { .. }
            | Body::Checked { .. }
            | Body::Union { .. }
            | Body::Tuple { .. } => {
                let name = self.names.type_name(&way.words, false);
                self.push(name.clone(), way, check, body);
                name
            }
        }
    }

    /// What holds a shape and a residue: an alias where a plain type does; and what it is to be checked by.
    pub(super) fn newtype(
        &mut self,
        shape: &Shape,
        residue: Option<&Check>,
        way: &Way,
    ) -> (Body, Option<Check>) {
        let mut checks: Vec<Check> = residue.into_iter().cloned().collect();
        let (inner, traits) = match shape {
            Shape::Anything => ("Value".to_owned(), PLAIN),
            Shape::Null => ("()".to_owned(), ORDERED),
            Shape::Boolean => ("bool".to_owned(), ORDERED),
            Shape::Integer(integer) => {
                checks.extend(checks::of_integer(integer));
                let width = match integer.width {
                    Width::Int64 => "i64",
                    Width::Uint64 => "u64",
                };
                (width.to_owned(), ORDERED)
            }
            Shape::Number(decimal) => {
                checks.extend(checks::of_decimal(decimal));
                ("Number".to_owned(), NUMERIC)
            }
            Shape::Text(text) => {
                let own = checks::of_text(text);
                if !own.is_empty() && !text.format_asserted {
                    let body = Body::Text {
                        min_length: text.min_length.filter(|least| *least > 0),
                        max_length: text.max_length,
                        pattern: text.pattern.clone(),
                    };
                    return (body, checks::all(checks));
                }
                checks.extend(own);
                ("String".to_owned(), TEXTUAL)
            }
            Shape::List(list) => {
                checks.extend(checks::of_list(list));
                let item = self.written(&list.item, &way.apart("item"));
                (format!("Vec<{item}>"), PLAIN)
            }
            Shape::Tuple(tuple) if tuple.items.is_empty() => {
                checks.push(Check::MaxItems { value: 0 });
                ("Vec<Value>".to_owned(), PLAIN)
            }
            Shape::Tuple(tuple) => {
                let items = tuple.items.iter().enumerate().map(|(index, item)| {
                    let way = way.to(&format!("item {}", index + 1));
                    self.written(item, &way)
                });
                let items: Vec<String> = items.collect();
                if items.len() > TUPLE_PLACES {
                    return (Body::Tuple { items }, checks::all(checks));
                }
                let comma = if items.len() == 1 { "," } else { "" };
                (format!("({}{comma})", items.join(", ")), PLAIN)
            }
            Shape::Map(map) => {
                checks.extend(checks::of_map(map));
                let value = self.written(&map.value, &way.apart("value"));
                (format!("BTreeMap<String, {value}>"), PLAIN)
            }
            Shape::Named { declaration } => (self.named(*declaration, way), PLAIN),
        };
        match checks::all(checks) {
            None => (Body::Alias { type_: inner }, None),
            check => (Body::Checked { inner, traits }, check),
        }
    }

    fn named(&self, declaration: DeclarationId, way: &Way) -> String {
        let name = self.declared(declaration).to_owned();
        if way.direct && self.reaches(declaration, way.declaration) {
            format!("Box<{name}>")
        } else {
            name
        }
    }

    /// Whether a value of `from` has one of `to` in its own memory.
    fn reaches(&self, from: DeclarationId, to: DeclarationId) -> bool {
        let mut seen = vec![from];
        let mut next = 0;
        while let Some(at) = seen.get(next).copied() {
            if at == to {
                return true;
            }
            let declaration = declaration(self.model, at);
            if declaration.recursive {
                for direct in direct(declaration) {
                    if !seen.contains(&direct) {
                        seen.push(direct);
                    }
                }
            }
            next += 1;
        }
        false
    }
}

/// The traits of a value that is only compared.
pub(super) const PLAIN: &str = "Clone, Debug, PartialEq, Serialize";
const TEXTUAL: &str = "Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize";
const NUMERIC: &str = "Clone, Copy, Debug, PartialEq, PartialOrd, Serialize";
const ORDERED: &str = "Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize";

/// A declaration of a model.
pub(super) fn declaration(model: &Model, id: DeclarationId) -> &Declaration {
    let declaration = model.declarations.get(id);
    declaration.expect("a model names its own declarations")
}

/// The declarations that a value has in its own memory.
fn direct(declaration: &Declaration) -> Vec<DeclarationId> {
    use crate::model::Body;
    let types: Vec<&Type> = match &declaration.body {
        Body::Record(record) => record.fields.iter().map(|field| &field.type_).collect(),
        Body::Choice(_) => Vec::new(),
        Body::Union(union) => union
            .variants
            .iter()
            .map(|variant| &variant.type_)
            .collect(),
        Body::Alias { type_ } => vec![type_],
    };
    types.into_iter().flat_map(direct_in).collect()
}

fn direct_in(type_: &Type) -> Vec<DeclarationId> {
    match &type_.shape {
        Shape::Named { declaration } => vec![*declaration],
        Shape::Tuple(tuple) => tuple.items.iter().flat_map(direct_in).collect(),
        Shape::Anything
        | Shape::Null
        | Shape::Boolean
        | Shape::Integer(_)
        | Shape::Number(_)
        | Shape::Text(_)
        | Shape::List(_)
        | Shape::Map(_) => Vec::new(),
    }
}
