//! What a value must satisfy beside its shape: a small tree of assertions that every target prints.

use indexmap::IndexMap;
use schemars::JsonSchema;
use serde::Serialize;
use serde_json::{Number, Value};

use crate::schema::Kinds;

/// Index into [`super::Model::checks`].
pub type CheckId = usize;

/// A language-neutral assertion on a JSON value, with the meaning JSON Schema gives its keyword:
/// one about strings holds for everything that is no string, and so on.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[serde(tag = "check", rename_all = "kebab-case")]
#[expect(
    missing_docs,
    reason = "each variant is the keyword of its name, draft 2020-12"
)]
pub enum Check {
    /// `true`
    Always,
    /// `false`
    Never,
    /// `type`
    Kinds {
        #[serde(serialize_with = "kind_names")]
        #[schemars(with = "Vec<String>")]
        kinds: Kinds,
    },
    /// `enum` and `const`; equality as JSON Schema has it
    Values {
        values: Vec<Value>,
    },
    Minimum {
        value: Number,
        exclusive: bool,
    },
    Maximum {
        value: Number,
        exclusive: bool,
    },
    MultipleOf {
        value: Number,
    },
    MinLength {
        value: u64,
    },
    MaxLength {
        value: u64,
    },
    Pattern {
        pattern: String,
    },
    /// `format`, where formats are asserted
    Format {
        format: String,
    },
    /// `prefixItems` and `items`
    Items {
        prefix: Vec<Check>,
        rest: Box<Check>,
    },
    Contains {
        item: Box<Check>,
        min: u64,
        max: Option<u64>,
    },
    MinItems {
        value: u64,
    },
    MaxItems {
        value: u64,
    },
    UniqueItems,
    /// `properties`, `patternProperties` and `additionalProperties`
    Properties {
        named: IndexMap<String, Check>,
        patterns: IndexMap<String, Check>,
        rest: Box<Check>,
    },
    PropertyNames {
        name: Box<Check>,
    },
    Required {
        names: Vec<String>,
    },
    MinProperties {
        value: u64,
    },
    MaxProperties {
        value: u64,
    },
    /// `dependentRequired` and `dependentSchemas`: where the property is there, the check holds
    Dependent {
        property: String,
        then: Box<Check>,
    },
    /// `allOf`
    All {
        checks: Vec<Check>,
    },
    /// `anyOf`
    Any {
        checks: Vec<Check>,
    },
    /// `oneOf`
    One {
        checks: Vec<Check>,
    },
    Not {
        inner: Box<Check>,
    },
    If {
        condition: Box<Check>,
        then: Box<Check>,
        otherwise: Box<Check>,
    },
    /// A check of [`Model::checks`]
    Named {
        id: CheckId,
    },
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde gives a reference")]
pub(super) fn kind_names<S: serde::Serializer>(
    kinds: &Kinds,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    serializer.collect_seq(kinds.names())
}
