//! Expressions in `${{ }}`: texts in, the names they use or their values out.
//!
//! The language is minijinja's expressions. Knows nothing of steps: what names there are is `scope`'s.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use minijinja::{Environment, UndefinedBehavior, Value as Word};
use serde_json::{Map, Number, Value};

use crate::source::Span;

/// What an expression begins with.
pub const OPEN: &str = "${{";

/// Something wrong with a text, and where in it.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct Wrong {
    /// What.
    pub message: String,
    /// Bytes of the text.
    pub span: Span,
}

/// A part of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Part {
    /// As it is.
    Plain(String),
    /// An expression and the bytes it takes, without its braces.
    Expression(String, Span),
}

static ENVIRONMENT: LazyLock<Environment<'static>> = LazyLock::new(|| {
    let mut environment = Environment::new();
    environment.set_undefined_behavior(UndefinedBehavior::Strict);
    let missing = || {
        let kind = minijinja::ErrorKind::UndefinedError;
        minijinja::Error::new(kind, "there is no value")
    };
    environment.add_filter("quote", move |text: Word| {
        if text.is_undefined() {
            return Err(missing());
        }
        let text = spelled(&text);
        shlex::try_quote(&text)
            .map(std::borrow::Cow::into_owned)
            .map_err(|_| {
                let kind = minijinja::ErrorKind::InvalidOperation;
                minijinja::Error::new(kind, "a text with U+0000 cannot be quoted")
            })
    });
    environment.add_filter("json", move |value: Word| {
        if value.is_undefined() {
            return Err(missing());
        }
        Ok(to_json(&value).to_string())
    });
    environment
});

/// The parts of a text.
pub fn parts(text: &str) -> Result<Vec<Part>, Wrong> {
    let mut parts = Vec::new();
    let mut at = 0;
    while let Some(open) = text.get(at..).and_then(|rest| rest.find(OPEN)) {
        let open = at + open;
        if open > at {
            parts.push(Part::Plain(text.get(at..open).unwrap_or("").to_owned()));
        }
        let begin = open + OPEN.len();
        let rest = text.get(begin..).unwrap_or("");
        let Some(length) = length(rest) else {
            return Err(Wrong {
                message: "`${{` has no `}}`".to_owned(),
                span: open..text.len(),
            });
        };
        let inner = rest.get(..length).unwrap_or("").to_owned();
        parts.push(Part::Expression(inner, begin..begin + length));
        at = begin + length + 2;
    }
    if at < text.len() {
        parts.push(Part::Plain(text.get(at..).unwrap_or("").to_owned()));
    }
    Ok(parts)
}

/// The bytes before the `}}` that ends an expression; braces in quotes and in pairs are its own.
fn length(text: &str) -> Option<usize> {
    let mut quote = None;
    let mut depth = 0_usize;
    let mut escaped = false;
    for (at, letter) in text.char_indices() {
        match (quote, letter) {
            (Some(_), _) if escaped => escaped = false,
            (Some(_), '\\') => escaped = true,
            (Some(end), letter) if letter == end => quote = None,
            (None, '"' | '\'') => quote = Some(letter),
            (None, '{') => depth += 1,
            (None, '}') if depth > 0 => depth -= 1,
            (None, '}') if text.get(at..).is_some_and(|rest| rest.starts_with("}}")) => {
                return Some(at);
            }
            (Some(_) | None, _) => {}
        }
    }
    None
}

/// Every name an expression uses, with what is asked of it: `inputs.day`, `needs.build.outputs.path`.
pub fn names(expression: &str) -> Result<BTreeSet<String>, String> {
    let compiled = ENVIRONMENT
        .compile_expression(expression.trim())
        .map_err(|error| words(&error))?;
    Ok(compiled.undeclared_variables(true).into_iter().collect())
}

/// The value of an expression.
pub fn evaluate(expression: &str, names: &Word) -> Result<Word, String> {
    let compiled = ENVIRONMENT
        .compile_expression(expression.trim())
        .map_err(|error| words(&error))?;
    let value = compiled.eval(names).map_err(|error| words(&error))?;
    if value.is_undefined() {
        return Err(format!("`{}` is not known", expression.trim()));
    }
    Ok(value)
}

/// Whether an expression holds.
pub fn holds(expression: &str, names: &Word) -> Result<bool, String> {
    evaluate(expression, names).map(|value| value.is_true())
}

/// An expression without the braces it may stand in.
pub fn bare(text: &str) -> &str {
    let trimmed = text.trim();
    let inner = trimmed.strip_prefix(OPEN).and_then(|rest| {
        let length = length(rest)?;
        (rest.get(length..) == Some("}}"))
            .then(|| rest.get(..length))
            .flatten()
    });
    inner.unwrap_or(trimmed).trim()
}

/// A text with its expressions replaced by their values; a text that is one expression is its value.
pub fn fill(text: &str, names: &Word) -> Result<Value, String> {
    if !text.contains(OPEN) {
        return Ok(Value::String(text.to_owned()));
    }
    let parts = parts(text).map_err(|wrong| wrong.message)?;
    if let [Part::Expression(only, _)] = parts.as_slice() {
        return evaluate(only, names).map(|value| to_json(&value));
    }
    let mut out = String::new();
    for part in parts {
        match part {
            Part::Plain(text) => out.push_str(&text),
            Part::Expression(expression, _) => {
                out.push_str(&spelled(&evaluate(&expression, names)?));
            }
        }
    }
    Ok(Value::String(out))
}

/// Every text in a value filled; where one cannot be, its pointer and why.
pub fn fill_all(value: &Value, names: &Word) -> Result<Value, String> {
    match value {
        Value::String(text) => fill(text, names),
        Value::Array(items) => {
            let filled: Result<_, _> = items.iter().map(|item| fill_all(item, names)).collect();
            filled.map(Value::Array)
        }
        Value::Object(members) => {
            let mut filled = Map::new();
            for (name, member) in members {
                filled.insert(name.clone(), fill_all(member, names)?);
            }
            Ok(Value::Object(filled))
        }
        Value::Null | Value::Bool(_) | Value::Number(_) => Ok(value.clone()),
    }
}

/// A value as text: texts as they are, all else as JSON.
pub fn spelled(value: &Word) -> String {
    match value.as_str() {
        Some(text) => text.to_owned(),
        None => plain(to_json(value)),
    }
}

/// A JSON value as text: texts as they are, `null` as nothing, all else as JSON.
pub fn plain(value: Value) -> String {
    match value {
        Value::String(text) => text,
        Value::Null => String::new(),
        Value::Bool(_) | Value::Number(_) | Value::Array(_) | Value::Object(_) => value.to_string(),
    }
}

/// A JSON value as expressions see it.
pub fn to_word(value: &Value) -> Word {
    match value {
        Value::Null => Word::from(()),
        Value::Bool(flag) => Word::from(*flag),
        Value::Number(number) => number_word(number),
        Value::String(text) => Word::from(text.as_str()),
        Value::Array(items) => Word::from(items.iter().map(to_word).collect::<Vec<_>>()),
        Value::Object(members) => object(
            members
                .iter()
                .map(|(name, member)| (name.as_str(), to_word(member))),
        ),
    }
}

/// A map of names as expressions see it.
pub fn object<'a>(members: impl IntoIterator<Item = (&'a str, Word)>) -> Word {
    let members = members.into_iter();
    let map: BTreeMap<String, Word> = members
        .map(|(name, member)| (name.to_owned(), member))
        .collect();
    Word::from(map)
}

fn number_word(number: &Number) -> Word {
    if let Some(whole) = number.as_i64() {
        return Word::from(whole);
    }
    if let Some(whole) = number.as_u64() {
        return Word::from(whole);
    }
    number.as_f64().map_or(Word::UNDEFINED, Word::from)
}

/// What an expression gave, as JSON; what JSON cannot hold is its text.
pub fn to_json(value: &Word) -> Value {
    serde_json::to_value(value).unwrap_or_else(|_| Value::String(value.to_string()))
}

fn words(error: &minijinja::Error) -> String {
    error
        .detail()
        .map_or_else(|| error.kind().to_string(), ToOwned::to_owned)
}
