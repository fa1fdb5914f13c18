//! Uses of types as templates see them: numbers as text, and the target's own expression of each.

use minijinja::value::Serde;
use minijinja::{Environment, Error};
use serde::Serialize;

use super::context::Declared;
use super::names::NamesBeside;
use super::patterns::Patterns;
use crate::model::{self, Shape, Width};

/// A use of a type. Numbers are text, so that none loses a digit and `0` is still true.
#[derive(Clone, Debug, Serialize)]
pub(super) struct Type {
    /// `anything`, `null`, `boolean`, `integer`, `number`, `text`, `list`, `tuple`, `map`, `foreign` or `named`.
    kind: &'static str,
    nullable: bool,
    /// As the target writes it, `null` included.
    pub(super) expression: String,
    /// As the target writes it, `null` left out.
    bare: String,
    #[serde(flatten)]
    detail: Detail,
}

#[derive(Clone, Debug, Serialize)]
#[serde(untagged)]
enum Detail {
    Plain {},
    Integer {
        unsigned: bool,
        minimum: Option<String>,
        maximum: Option<String>,
        multiple_of: Option<String>,
        values: Vec<String>,
    },
    Number {
        minimum: Option<String>,
        maximum: Option<String>,
        exclusive_minimum: Option<String>,
        exclusive_maximum: Option<String>,
        multiple_of: Option<String>,
    },
    Text {
        min_length: Option<String>,
        max_length: Option<String>,
        pattern: Option<String>,
        /// The number of its automaton.
        automaton: Option<usize>,
        /// Only where it is asserted.
        format: Option<String>,
        /// Only where it is a remark.
        remark: Option<String>,
    },
    List {
        item: Box<Type>,
        min_items: Option<String>,
        max_items: Option<String>,
        unique: bool,
    },
    Tuple {
        items: Vec<Type>,
    },
    Map {
        value: Box<Type>,
        min_properties: Option<String>,
        max_properties: Option<String>,
    },
    Foreign {
        /// As contracts.toml or the target says.
        #[serde(rename = "type")]
        type_: String,
        /// Which of the target's natives it is.
        native: Option<String>,
        /// What it stands in for, where that is no declaration.
        of: Option<Box<Type>>,
    },
    Named {
        /// Index of the declaration.
        declaration: usize,
        /// Its identifier.
        name: String,
        names: NamesBeside,
        /// Its kind: `record`, `choice`, `union` or `alias`.
        of: &'static str,
        /// The one string it may be, where it is no more than that.
        constant: Option<String>,
        /// Whether it stands at or behind the place of use.
        forward: bool,
        /// Whether it contains itself.
        recursive: bool,
    },
}

/// Makes [`Type`]s within one module.
pub(super) struct Types<'a> {
    pub(super) environment: &'a Environment<'static>,
    pub(super) model: &'a model::Model,
    pub(super) declared: &'a [Declared],
    pub(super) patterns: &'a Patterns,
}

impl Types<'_> {
    /// A type as it is used in the declaration at `place` of the order.
    pub(super) fn of(&self, type_: &model::Type, place: usize) -> Result<Type, Error> {
        let (kind, detail) = self.detail(&type_.shape, place)?;
        let mut made = Type {
            kind,
            nullable: type_.nullable,
            expression: String::new(),
            bare: String::new(),
            detail,
        };
        made.bare = self.written(kind, &made)?;
        made.expression = if type_.nullable {
            self.written("nullable", &made)?
        } else {
            made.bare.clone()
        };
        Ok(made)
    }

    fn written(&self, kind: &str, type_: &Type) -> Result<String, Error> {
        match self.environment.get_template(&format!("types.{kind}")) {
            Ok(template) => template.render(Serde(type_)),
            Err(_) => Ok(String::new()),
        }
    }

    /// A type that is not generated, where one stands for the declaration.
    fn foreign(&self, id: usize, place: usize) -> Result<Option<Detail>, Error> {
        let foreign = self.declared.get(id).and_then(|it| it.foreign.as_ref());
        let declaration = self.model.declarations.get(id);
        let (Some(foreign), Some(declaration)) = (foreign, declaration) else {
            return Ok(None);
        };
        let of = match &declaration.body {
            model::Body::Alias { type_ } => Some(self.boxed(type_, place)?),
            model::Body::Record(_) | model::Body::Choice(_) | model::Body::Union(_) => None,
        };
        Ok(Some(Detail::Foreign {
            type_: foreign.type_.clone(),
            native: foreign.native.clone(),
            of,
        }))
    }

    fn boxed(&self, type_: &model::Type, place: usize) -> Result<Box<Type>, Error> {
        self.of(type_, place).map(Box::new)
    }

    fn detail(&self, shape: &Shape, place: usize) -> Result<(&'static str, Detail), Error> {
        Ok(match shape {
            Shape::Anything => ("anything", Detail::Plain {}),
            Shape::Null => ("null", Detail::Plain {}),
            Shape::Boolean => ("boolean", Detail::Plain {}),
            Shape::Integer(integer) => ("integer", of_integer(integer)),
            Shape::Number(number) => (
                "number",
                Detail::Number {
                    minimum: text(number.minimum.as_ref()),
                    maximum: text(number.maximum.as_ref()),
                    exclusive_minimum: text(number.exclusive_minimum.as_ref()),
                    exclusive_maximum: text(number.exclusive_maximum.as_ref()),
                    multiple_of: text(number.multiple_of.as_ref()),
                },
            ),
            Shape::Text(it) => (
                "text",
                Detail::Text {
                    min_length: text(it.min_length),
                    max_length: text(it.max_length),
                    pattern: it.pattern.clone(),
                    automaton: it.pattern.as_ref().and_then(|it| self.patterns.number(it)),
                    format: it.format.clone().filter(|_| it.format_asserted),
                    remark: it.format.clone().filter(|_| !it.format_asserted),
                },
            ),
            Shape::List(list) => (
                "list",
                Detail::List {
                    item: self.boxed(&list.item, place)?,
                    min_items: text(list.min_items),
                    max_items: text(list.max_items),
                    unique: list.unique,
                },
            ),
            Shape::Tuple(tuple) => {
                let items = tuple.items.iter().map(|item| self.of(item, place));
                let items = items.collect::<Result<_, _>>()?;
                ("tuple", Detail::Tuple { items })
            }
            Shape::Map(map) => (
                "map",
                Detail::Map {
                    value: self.boxed(&map.value, place)?,
                    min_properties: text(map.min_properties),
                    max_properties: text(map.max_properties),
                },
            ),
            Shape::Named { declaration } => {
                if let Some(foreign) = self.foreign(*declaration, place)? {
                    return Ok(("foreign", foreign));
                }
                let to = self
                    .declared
                    .get(*declaration)
                    .expect("a model names its own declarations");
                let named = Detail::Named {
                    declaration: *declaration,
                    name: to.identifier.clone(),
                    names: to.names.clone(),
                    of: to.kind,
                    constant: to.constant.clone(),
                    forward: to.place >= place,
                    recursive: to.recursive,
                };
                ("named", named)
            }
        })
    }
}

/// Bounds that are the width's own are left out.
fn of_integer(integer: &model::Integer) -> Detail {
    let unsigned = integer.width == Width::Uint64;
    let (least, greatest) = if unsigned {
        (0, i128::from(u64::MAX))
    } else {
        (i128::from(i64::MIN), i128::from(i64::MAX))
    };
    Detail::Integer {
        unsigned,
        minimum: text(integer.minimum.filter(|minimum| *minimum > least)),
        maximum: text(integer.maximum.filter(|maximum| *maximum < greatest)),
        multiple_of: text(integer.multiple_of.filter(|step| *step > 1)),
        values: integer.values.iter().map(ToString::to_string).collect(),
    }
}

fn text(value: Option<impl ToString>) -> Option<String> {
    value.map(|value| value.to_string())
}
