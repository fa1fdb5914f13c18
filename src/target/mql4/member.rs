//! How a class of MQL4 holds its members: a field, a variant or a type as templates see it in, words out.

use minijinja::{Environment, Error, Value};

use crate::model::naming::{Case, identifier};

/// Gives an environment the filters.
pub(super) fn install(environment: &mut Environment<'static>) {
    environment.add_filter("mql4_members", members);
    environment.add_filter("mql4_presence", presence);
    environment.add_filter("mql4_form", form);
    environment.add_filter("mql4_word", word);
    environment.add_filter("mql4_of", of);
    environment.add_filter("mql4_is_time", is_time);
}

/// Whether a member is there: always; `has` says whether; `state` tells absent, null and a value apart.
fn presence(member: &Value) -> Result<&'static str, Error> {
    let required = member.get_attr("required")?.is_true();
    let nullable = member.get_attr("type")?.get_attr("nullable")?.is_true();
    Ok(match (required, nullable) {
        (true, false) => "always",
        (true, true) | (false, false) => "has",
        (false, true) => "state",
    })
}

/// How a value of a type is stored: as nothing, a scalar, an object, an object held in an array where its
/// class is not complete yet, or an array of one of these.
fn form(type_: &Value) -> Result<&'static str, Error> {
    let kind = type_.get_attr("kind")?;
    if kind.as_str() == Some("list") {
        let item = type_.get_attr("item")?;
        return Ok(if item.get_attr("kind")?.as_str() != Some("named") {
            "scalars"
        } else if item.get_attr("of")?.as_str() == Some("choice") {
            "choices"
        } else {
            "objects"
        });
    }
    if kind.as_str() != Some("named") {
        let is_null = kind.as_str() == Some("null");
        return Ok(if is_null { "nothing" } else { "scalar" });
    }
    if !type_.get_attr("constant")?.is_none() {
        return Ok("nothing");
    }
    Ok(if type_.get_attr("of")?.as_str() == Some("choice") {
        "scalar"
    } else if type_.get_attr("forward")?.is_true() {
        "held"
    } else {
        "object"
    })
}

/// The runtime's word for a scalar.
fn word(type_: &Value) -> Result<&'static str, Error> {
    Ok(match type_.get_attr("kind")?.as_str() {
        Some("boolean") => "Bool",
        Some("integer") if type_.get_attr("unsigned")?.is_true() => "ULong",
        Some("integer") => "Long",
        Some("number") => "Double",
        Some("text") => "Text",
        Some(_) | None => "Raw",
    })
}

/// What a member is declared as; of a list, what its elements are.
fn of(type_: &Value) -> Result<Value, Error> {
    match type_.get_attr("kind")?.as_str() {
        Some("list") => type_.get_attr("item")?.get_attr("bare"),
        Some(_) | None => type_.get_attr("bare"),
    }
}

/// Whether a text is a point in time.
fn is_time(type_: &Value) -> Result<bool, Error> {
    if type_.get_attr("kind")?.as_str() != Some("text") {
        return Ok(false);
    }
    let formats = [type_.get_attr("format")?, type_.get_attr("remark")?];
    Ok(formats.iter().any(|it| it.as_str() == Some("date-time")))
}

/// What the class of an alias holds: the places of a tuple, or one value; that of a choice holds the choice.
fn members(declaration: &Value) -> Result<Vec<Value>, Error> {
    let member = |name: String, type_: Value| {
        let pascal = identifier(&name, Case::Pascal);
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
        minijinja::context! {
            name => name, names => Value::from_pairs(names), type => type_,
            required => true, json_name => Value::from(()),
        }
    };
    if declaration.get_attr("kind")?.as_str() == Some("choice") {
        let names = declaration.get_attr("names")?;
        let bare = names.get_attr("enum")?;
        let type_ = minijinja::context! {
            kind => "named", nullable => false, of => "choice", constant => Value::from(()),
            names => names, bare => bare.clone(), expression => bare,
        };
        return Ok(vec![member("value".to_owned(), type_)]);
    }
    let type_ = declaration.get_attr("type")?;
    if type_.get_attr("kind")?.as_str() != Some("tuple") {
        return Ok(vec![member("value".to_owned(), type_)]);
    }
    let places = type_.get_attr("items")?.try_iter()?.enumerate();
    Ok(places
        .map(|(index, type_)| member(format!("item{}", index + 1), type_))
        .collect())
}
