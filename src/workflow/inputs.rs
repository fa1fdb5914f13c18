//! Inputs: what was given and what a workflow asks for in; the values of a run, or what is wrong with them, out.

use indexmap::IndexMap;
use serde_json::{Map, Value};

use super::file::{Input, InputType};
use crate::schema::closest;

/// An input that cannot be used.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct Unfit {
    /// The input.
    pub name: String,
    /// What is wrong.
    pub message: String,
}

/// The inputs of a run: those given, and the defaults of the others.
pub fn settle(
    asked: &IndexMap<String, Input>,
    given: &Map<String, Value>,
) -> Result<Map<String, Value>, Vec<Unfit>> {
    let mut unfit = Vec::new();
    for name in given.keys() {
        if asked.contains_key(name) {
            continue;
        }
        let known = asked.keys().map(String::as_str);
        let hint = match closest(name, known.clone()) {
            Some(meant) => format!("; did you mean `{meant}`?"),
            None if asked.is_empty() => "; the workflow takes none".to_owned(),
            None => format!("; there are {}", known.collect::<Vec<_>>().join(", ")),
        };
        unfit.push(Unfit {
            name: name.clone(),
            message: format!("there is no input `{name}`{hint}"),
        });
    }
    let mut settled = Map::new();
    for (name, input) in asked {
        let Some(value) = given.get(name).or(input.default.as_ref()) else {
            unfit.push(Unfit {
                name: name.clone(),
                message: format!("the input `{name}` is required"),
            });
            continue;
        };
        match input.refuses(value) {
            Some(why) => unfit.push(Unfit {
                name: name.clone(),
                message: format!("the input `{name}` is {value}, and {why}"),
            }),
            None => {
                settled.insert(name.clone(), value.clone());
            }
        }
    }
    if unfit.is_empty() {
        Ok(settled)
    } else {
        Err(unfit)
    }
}

/// A value as the command line gives it: texts as they are, everything else as JSON.
pub fn typed(kind: InputType, text: &str) -> Value {
    match kind {
        InputType::String => Value::String(text.to_owned()),
        InputType::Integer
        | InputType::Number
        | InputType::Boolean
        | InputType::Array
        | InputType::Object => {
            serde_json::from_str(text).unwrap_or_else(|_| Value::String(text.to_owned()))
        }
    }
}

impl InputType {
    /// What files call it.
    pub fn name(self) -> &'static str {
        match self {
            Self::String => "string",
            Self::Integer => "integer",
            Self::Number => "number",
            Self::Boolean => "boolean",
            Self::Array => "array",
            Self::Object => "object",
        }
    }

    /// Whether a value is of this type.
    pub fn holds(self, value: &Value) -> bool {
        match self {
            Self::String => value.is_string(),
            Self::Integer => {
                value.is_i64() || value.is_u64() || value.as_f64().is_some_and(is_whole)
            }
            Self::Number => value.is_number(),
            Self::Boolean => value.is_boolean(),
            Self::Array => value.is_array(),
            Self::Object => value.is_object(),
        }
    }
}

fn is_whole(number: f64) -> bool {
    number.fract() == 0.0
}

impl Input {
    /// Why a value cannot be this input's.
    pub fn refuses(&self, value: &Value) -> Option<String> {
        if !self.r#type.holds(value) {
            return Some(format!("its type is {}", self.r#type.name()));
        }
        if !self.r#enum.is_empty() && !self.r#enum.contains(value) {
            let known = self.r#enum.iter().map(Value::to_string);
            return Some(format!(
                "it may be {}",
                known.collect::<Vec<_>>().join(", ")
            ));
        }
        if let Some(number) = value.as_f64() {
            if let Some(least) = self.minimum.filter(|least| number < *least) {
                return Some(format!("it may not be less than {least}"));
            }
            if let Some(most) = self.maximum.filter(|most| number > *most) {
                return Some(format!("it may not be more than {most}"));
            }
        }
        let (pattern, text) = (self.pattern.as_ref()?, value.as_str()?);
        match regex_automata::meta::Regex::new(pattern) {
            Ok(regex) if regex.is_match(text) => None,
            Ok(_) => Some(format!("it must match `{pattern}`")),
            Err(_) => Some(format!("its pattern `{pattern}` is no regular expression")),
        }
    }
}
