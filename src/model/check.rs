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

/// The parts of a check, by reference of either kind.
macro_rules! parts {
    ($check:expr, $iter:ident, $values:ident, $part:ty) => {{
        let parts: Vec<$part> = match $check {
            Check::Items { prefix, rest } => {
                let mut parts: Vec<$part> = prefix.$iter().collect();
                parts.push(rest);
                parts
            }
            Check::Properties {
                named,
                patterns,
                rest,
            } => {
                let mut parts: Vec<$part> = named.$values().chain(patterns.$values()).collect();
                parts.push(rest);
                parts
            }
            Check::All { checks } | Check::Any { checks } | Check::One { checks } => {
                checks.$iter().collect()
            }
            Check::If {
                condition,
                then,
                otherwise,
            } => vec![condition, then, otherwise],
            Check::Contains { item: part, .. }
            | Check::PropertyNames { name: part }
            | Check::Dependent { then: part, .. }
            | Check::Not { inner: part } => vec![part],
            Check::Always
            | Check::Never
            | Check::Kinds { .. }
            | Check::Values { .. }
            | Check::Minimum { .. }
            | Check::Maximum { .. }
            | Check::MultipleOf { .. }
            | Check::MinLength { .. }
            | Check::MaxLength { .. }
            | Check::Pattern { .. }
            | Check::Format { .. }
            | Check::MinItems { .. }
            | Check::MaxItems { .. }
            | Check::UniqueItems
            | Check::Required { .. }
            | Check::MinProperties { .. }
            | Check::MaxProperties { .. }
            | Check::Named { .. } => Vec::new(),
        };
        parts
    }};
}

impl Check {
    /// The checks it is made of.
    pub fn parts(&self) -> Vec<&Self> {
        parts!(self, iter, values, &Self)
    }

    /// The same, to be changed.
    pub fn parts_mut(&mut self) -> Vec<&mut Self> {
        parts!(self, iter_mut, values_mut, &mut Self)
    }
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde gives a reference")]
pub(super) fn kind_names<S: serde::Serializer>(
    kinds: &Kinds,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    serializer.collect_seq(kinds.names())
}
