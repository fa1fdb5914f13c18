//! The judge of documents: the `jsonschema` crate's validator over a bundled schema.

use std::borrow::Cow;

use serde_json::Value;

use super::{Draft, SchemaId, Schemas, bundle};
use crate::number;

/// What `format` does.
#[derive(
    Clone,
    Copy,
    Debug,
    Default,
    PartialEq,
    Eq,
    serde::Serialize,
    serde::Deserialize,
    schemars::JsonSchema,
)]
#[serde(rename_all = "kebab-case")]
pub enum Formats {
    /// Describes: refuses nothing (the default since draft 2019-09).
    #[default]
    Annotate,
    /// Asserts: a text that is not of the format is refused.
    Assert,
}

/// A compiled schema that accepts or refuses documents.
#[derive(Debug)]
pub struct Validator(jsonschema::Validator);

impl Validator {
    /// Compiles the schema at `root`.
    ///
    /// # Errors
    /// In words, what the schema's compiler refused: a reference that was left unresolved, a pattern it cannot run.
    pub fn new(schemas: &Schemas, root: SchemaId, formats: Formats) -> Result<Self, String> {
        Self::of(&bundle(schemas, root), Draft::Draft202012, formats)
    }

    /// Compiles a self-contained schema document.
    ///
    /// # Errors
    /// In words, what the schema's compiler refused.
    pub fn of(schema: &Value, draft: Draft, formats: Formats) -> Result<Self, String> {
        jsonschema::options()
            .with_draft(draft.validator())
            .should_validate_formats(formats == Formats::Assert)
            .offline()
            .build(schema)
            .map(Self)
            .map_err(|error| error.to_string())
    }

    /// Whether the schema accepts `document`.
    pub fn accepts(&self, document: &Value) -> bool {
        self.0.is_valid(&exact(document))
    }

    /// Why the schema refuses `document`: the first reason, with its pointer; `None` if it accepts.
    pub fn refusal(&self, document: &Value) -> Option<String> {
        let document = exact(document);
        let error = self.0.iter_errors(&document).next()?;
        let at = error.instance_path().as_str();
        Some(if at.is_empty() {
            error.to_string()
        } else {
            format!("{at}: {error}")
        })
    }
}

/// The document as the crate judges it exactly: it reads `9223372036854775807.0` as a double, and
/// `9223372036854775807` as it is.
fn exact(document: &Value) -> Cow<'_, Value> {
    if is_exact(document) {
        return Cow::Borrowed(document);
    }
    let mut document = document.clone();
    respell(&mut document);
    Cow::Owned(document)
}

fn is_exact(value: &Value) -> bool {
    match value {
        Value::Number(number) => number::plain(number).is_none(),
        Value::Array(items) => items.iter().all(is_exact),
        Value::Object(members) => members.values().all(is_exact),
        Value::Null | Value::Bool(_) | Value::String(_) => true,
    }
}

fn respell(value: &mut Value) {
    match value {
        Value::Number(number) => *number = number::plain(number).unwrap_or_else(|| number.clone()),
        Value::Array(items) => items.iter_mut().for_each(respell),
        Value::Object(members) => members.values_mut().for_each(respell),
        Value::Null | Value::Bool(_) | Value::String(_) => {}
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn whole_numbers_are_judged_exactly_however_spelled() {
        let schema = json!({ "type": "integer", "maximum": i64::MAX });
        let validator = Validator::of(&schema, Draft::Draft202012, Formats::Annotate).unwrap();
        let accepts = |text: &str| validator.accepts(&serde_json::from_str(text).unwrap());
        for text in [
            "9223372036854775807",
            "9223372036854775807.0",
            "92233720368547758070e-1",
        ] {
            assert!(accepts(text), "{text}");
        }
        assert!(!accepts("9223372036854775808.0"));
        assert!(!accepts("1.5"));
    }
}
