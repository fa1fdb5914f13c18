//! How a class of MQL4 holds its members: a field, a variant or a place as templates see it in; what each is
//! held as, and what must be true of it, out.

use std::sync::Arc;

use minijinja::value::Object;
use minijinja::{Error, Value};

use super::wrong::{Wrong, wrong};
use crate::model::naming::{Case, identifier};

/// A member of a class. Templates ask it for its lines, an aspect by its name.
#[derive(Debug)]
pub(super) struct Member {
    pub(super) name: String,
    /// Of what stands in an object.
    pub(super) json_name: Option<String>,
    pub(super) renamed: bool,
    pub(super) docs: String,
    pub(super) required: bool,
    pub(super) presence: Presence,
    pub(super) held: Held,
    /// The names of its flags and methods.
    pub(super) names: Value,
    /// What must be true before its value counts.
    pub(super) guard: String,
    /// A statement that goes before its being set.
    pub(super) before: String,
    /// The class that it is a member of.
    pub(super) class: String,
    /// The class of the module's checks.
    pub(super) checks: String,
}

/// Whether a member is there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Presence {
    Always,
    /// A flag says whether.
    Has,
    /// A flag tells absent, null and a value apart.
    State,
}

/// How a value of a type is stored.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Form {
    /// Not at all: it is always the same.
    Nothing,
    Scalar,
    Object,
    /// An object in an array, where its class is not complete yet.
    Held,
    /// Arrays.
    Scalars,
    Choices,
    Objects,
}

/// A type as a member has it.
#[derive(Debug)]
pub(super) struct Held {
    pub(super) form: Form,
    /// The type's kind.
    pub(super) kind: String,
    /// What a member is declared as; of a list, what its elements are.
    pub(super) of: String,
    /// The runtime's word for a scalar.
    pub(super) word: &'static str,
    /// The value of a scalar that is not set.
    pub(super) zero: String,
    pub(super) is_time: bool,
    pub(super) constant: Option<String>,
    /// The functions that read a choice and give its text.
    pub(super) choice: Option<(String, String)>,
    pub(super) item: Option<Box<Held>>,
    /// What may be wrong with a scalar, or with the elements of a list.
    pub(super) wrong: Vec<Wrong>,
    /// Whether an automaton is needed to say so.
    pub(super) automata: bool,
    pub(super) unique: bool,
    pub(super) min_items: Option<String>,
    pub(super) max_items: Option<String>,
}

impl Held {
    /// A type that `expression` has a value of.
    pub(super) fn of(type_: &Value, expression: &str) -> Result<Self, Error> {
        let kind = text(type_, "kind")?;
        let bare = text(type_, "bare")?;
        let (mut word, mut zero) = ("Raw", format!("({bare})0"));
        let (mut is_time, mut unique) = (false, false);
        let (mut constant, mut choice, mut item) = (None, None, None);
        let (mut min_items, mut max_items) = (None, None);
        let mut automata = false;
        let mut form = Form::Scalar;
        match kind.as_str() {
            "boolean" => (word, zero) = ("Bool", "false".to_owned()),
            "integer" => {
                let unsigned = type_.get_attr("unsigned")?.is_true();
                (word, zero) = (if unsigned { "ULong" } else { "Long" }, "0".to_owned());
            }
            "number" => (word, zero) = ("Double", "0.0".to_owned()),
            "text" => {
                (word, zero) = ("Text", "\"\"".to_owned());
                automata = !type_.get_attr("automaton")?.is_none();
                let formats = [type_.get_attr("format")?, type_.get_attr("remark")?];
                is_time = formats.iter().any(|it| it.as_str() == Some("date-time"));
            }
            "anything" => zero = String::from("\"null\""),
            "null" => form = Form::Nothing,
            "list" => {
                let inner = Self::of(
                    &type_.get_attr("item")?,
                    &format!("{expression}[itemIndex]"),
                )?;
                form = match (inner.kind.as_str(), &inner.choice) {
                    ("named", Some(_)) => Form::Choices,
                    ("named", None) => Form::Objects,
                    _ => Form::Scalars,
                };
                unique = type_.get_attr("unique")?.is_true();
                automata = inner.automata;
                (min_items, max_items) = (known(type_, "min_items")?, known(type_, "max_items")?);
                item = Some(Box::new(inner));
            }
            "named" => {
                constant = known(type_, "constant")?;
                let is_choice = type_.get_attr("of")?.as_str() == Some("choice");
                if is_choice {
                    let names = type_.get_attr("names")?;
                    choice = Some((text(&names, "read")?, text(&names, "text")?));
                }
                form = match (&constant, is_choice) {
                    (Some(_), _) => Form::Nothing,
                    (None, true) => Form::Scalar,
                    (None, false) if type_.get_attr("forward")?.is_true() => Form::Held,
                    (None, false) => Form::Object,
                };
            }
            _ => {}
        }
        let wrong = match &mut item {
            Some(item) => std::mem::take(&mut item.wrong),
            None => wrong(type_, &kind, word, expression)?,
        };
        Ok(Self {
            of: item.as_ref().map_or(bare, |item| item.of.clone()),
            form,
            kind,
            word,
            zero,
            is_time,
            constant,
            choice,
            item,
            wrong,
            automata,
            unique,
            min_items,
            max_items,
        })
    }

    /// Whether something must hold of the elements of a list beyond what their class says.
    pub(super) fn checks_items(&self) -> bool {
        let plain = self.form == Form::Scalars && !self.unique && self.wrong.is_empty();
        self.item.is_some() && !plain
    }
}

impl Member {
    fn of(value: &Value, type_: &Value, class: &str, checks: &str) -> Result<Self, Error> {
        let name = text(value, "name")?;
        let nullable = type_.get_attr("nullable")?.is_true();
        let required = value.get_attr("required")?;
        let required = required.is_undefined() || required.is_true();
        let docs = value.get_attr("docs")?;
        Ok(Self {
            held: Held::of(type_, &name)?,
            json_name: known(value, "json_name")?,
            renamed: value.get_attr("renamed")?.is_true(),
            docs: if docs.is_undefined() {
                String::new()
            } else {
                text(&docs, "text")?
            },
            required,
            presence: match (required, nullable) {
                (true, false) => Presence::Always,
                (true, true) | (false, false) => Presence::Has,
                (false, true) => Presence::State,
            },
            names: value.get_attr("names")?,
            guard: String::new(),
            before: String::new(),
            class: class.to_owned(),
            checks: checks.to_owned(),
            name,
        })
    }

    /// One of its other names.
    pub(super) fn named(&self, role: &str) -> Value {
        self.names.get_attr(role).unwrap_or_default()
    }
}

impl Object for Member {
    fn get_value(self: &Arc<Self>, key: &Value) -> Option<Value> {
        let key = key.as_str()?;
        Some(match key {
            "name" => Value::from(self.name.as_str()),
            "json_name" => Value::from(self.json_name.as_deref()),
            "required" => Value::from(self.required),
            "is_held" => Value::from(self.held.form == Form::Held),
            "has" if self.presence == Presence::Has => self.named("has"),
            "has" => Value::from(()),
            "needs_automata" => Value::from(self.held.form == Form::Scalar && self.held.automata),
            aspect => Value::from(self.lines(aspect)?),
        })
    }
}

/// A type as the class of a map has its values.
impl Object for Held {
    fn get_value(self: &Arc<Self>, key: &Value) -> Option<Value> {
        Some(match key.as_str()? {
            "is_scalar" => Value::from(self.form == Form::Scalar),
            "zero" => Value::from(self.zero.as_str()),
            "word" => Value::from(self.word),
            "automata" => Value::from(self.automata),
            "read" => Value::from(self.choice.as_ref().map(|(read, _)| read.as_str())),
            "text" => Value::from(self.choice.as_ref().map(|(_, text)| text.as_str())),
            "wrong" => {
                let all = self.wrong.iter();
                all.map(
                    |it| minijinja::context! { condition => it.condition.as_str(), message => it.message.as_str() },
                )
                .collect()
            }
            _ => return None,
        })
    }
}

/// The members of a declaration's class: the fields of a record, the variants of a union, the places of a tuple,
/// or one value.
pub(super) fn members(declaration: &Value, checks: &str) -> Result<Vec<Value>, Error> {
    let class = text(declaration, "name")?;
    let member = |value: &Value, type_: &Value| Member::of(value, type_, &class, checks);
    let kind = text(declaration, "kind")?;
    let mut made = Vec::new();
    match kind.as_str() {
        "record" => {
            for field in declaration.get_attr("fields")?.try_iter()? {
                made.push(member(&field, &field.get_attr("type")?)?);
            }
        }
        "union" => {
            for variant in declaration.get_attr("variants")?.try_iter()? {
                let constant = text(&variant.get_attr("names")?, "constant")?;
                made.push(Member {
                    guard: format!("kind=={constant} && "),
                    before: format!("kind={constant};"),
                    ..member(&variant, &variant.get_attr("type")?)?
                });
            }
        }
        "choice" => {
            let names = declaration.get_attr("names")?;
            let type_ = minijinja::context! {
                kind => "named", nullable => false, of => "choice", constant => Value::from(()),
                names => names.clone(), bare => names.get_attr("enum")?,
            };
            made.push(member(&part("value"), &type_)?);
        }
        _ => {
            let type_ = declaration.get_attr("type")?;
            if type_.get_attr("kind")?.as_str() == Some("tuple") {
                let places = type_.get_attr("items")?;
                for (index, place) in places.try_iter()?.enumerate() {
                    made.push(member(&part(&format!("item{}", index + 1)), &place)?);
                }
            } else {
                made.push(member(&part("value"), &type_)?);
            }
        }
    }
    Ok(made.into_iter().map(Value::from_object).collect())
}

/// A part of an alias, which has no names of its own.
fn part(name: &str) -> Value {
    let pascal = identifier(name, Case::Pascal);
    let names = [
        ("has", format!("has_{name}")),
        ("state", format!("{name}_state")),
        ("get", format!("{pascal}Time")),
        ("set", format!("Set{pascal}")),
        ("set_null", format!("Set{pascal}Null")),
        ("clear", format!("Clear{pascal}")),
        ("read", format!("Read{pascal}Items")),
        ("write", format!("Write{pascal}Items")),
        ("copy", format!("Copy{pascal}Items")),
        ("check", format!("Check{pascal}Items")),
    ];
    minijinja::context! { name => name, names => Value::from_pairs(names) }
}

/// An attribute that is a text.
pub(super) fn text(value: &Value, name: &str) -> Result<String, Error> {
    let value = value.get_attr(name)?;
    Ok(value.as_str().unwrap_or_default().to_owned())
}

/// The same where there may be none.
pub(super) fn known(value: &Value, name: &str) -> Result<Option<String>, Error> {
    let value = value.get_attr(name)?;
    Ok(value.as_str().map(str::to_owned))
}
