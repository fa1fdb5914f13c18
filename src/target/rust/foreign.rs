//! Types that are not generated, in Rust: what the schema asserts of their values beside having the type, as a
//! check of the declaration they stand in.

use indexmap::IndexMap;

use super::checks;
use crate::model::{Body, Check, Declaration, Extra, Model, Shape, Type};

/// What a declaration's document must satisfy, so that no type of others reads what the schema refuses.
pub(super) fn check(model: &Model, declaration: &Declaration) -> Option<Check> {
    let of = |type_: &Type| of_type(model, type_);
    match &declaration.body {
        Body::Record(record) => {
            let fields = record.fields.iter();
            let named = fields.filter_map(|it| Some((it.json_name.clone(), of(&it.type_)?)));
            let rest = match &record.extra {
                Extra::Typed { type_ } => of(type_),
                Extra::Forbidden | Extra::Kept => None,
            };
            properties(named.collect(), rest)
        }
        Body::Alias { type_ } => of(type_),
        Body::Choice(_) | Body::Union(_) => None,
    }
}

fn properties(named: IndexMap<String, Check>, rest: Option<Check>) -> Option<Check> {
    (!named.is_empty() || rest.is_some()).then(|| Check::Properties {
        named,
        patterns: IndexMap::new(),
        rest: Box::new(rest.unwrap_or(Check::Always)),
    })
}

fn of_type(model: &Model, type_: &Type) -> Option<Check> {
    match &type_.shape {
        Shape::Named { declaration } => {
            let declaration = model.declarations.get(*declaration)?;
            declaration.replaced?;
            match &declaration.body {
                Body::Alias { type_ } => of_original(&type_.shape),
                Body::Record(_) | Body::Choice(_) | Body::Union(_) => None,
            }
        }
        Shape::List(list) => of_type(model, &list.item).map(|rest| Check::Items {
            prefix: Vec::new(),
            rest: Box::new(rest),
        }),
        Shape::Map(map) => {
            let rest = of_type(model, &map.value)?;
            properties(IndexMap::new(), Some(rest))
        }
        Shape::Tuple(tuple) => {
            let items = tuple.items.iter().map(|item| of_type(model, item));
            let items: Vec<Option<Check>> = items.collect();
            let any = items.iter().any(Option::is_some);
            let prefix = items.into_iter().map(|it| it.unwrap_or(Check::Always));
            any.then(|| Check::Items {
                prefix: prefix.collect(),
                rest: Box::new(Check::Always),
            })
        }
        Shape::Anything
        | Shape::Null
        | Shape::Boolean
        | Shape::Integer(_)
        | Shape::Number(_)
        | Shape::Text(_) => None,
    }
}

/// The bounds of what a type stands in for.
fn of_original(shape: &Shape) -> Option<Check> {
    checks::all(match shape {
        Shape::Integer(integer) => checks::of_integer(integer),
        Shape::Number(decimal) => checks::of_decimal(decimal),
        Shape::Text(text) => checks::of_text(text),
        Shape::List(list) => checks::of_list(list),
        Shape::Map(map) => checks::of_map(map),
        Shape::Anything | Shape::Null | Shape::Boolean | Shape::Tuple(_) | Shape::Named { .. } => {
            Vec::new()
        }
    })
}
