//! The judge of documents: the `jsonschema` crate's validator over a bundled schema.

use serde_json::Value;

use super::{Draft, SchemaId, Schemas, bundle};

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
        self.0.is_valid(document)
    }

    /// Why the schema refuses `document`: the first reason, with its pointer; `None` if it accepts.
    pub fn refusal(&self, document: &Value) -> Option<String> {
        let error = self.0.iter_errors(document).next()?;
        let at = error.instance_path().as_str();
        Some(if at.is_empty() {
            error.to_string()
        } else {
            format!("{at}: {error}")
        })
    }
}
