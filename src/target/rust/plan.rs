//! What a module declares, in Rust's words: a plan in, ready for the template and for typify.
//!
//! Holds every name and every type as text; knows no JSON Schema.

use serde::Serialize;

/// A module.
#[derive(Debug, Serialize)]
pub(super) struct Plan {
    /// The contract and its version.
    pub(super) contract: String,
    /// SHA-256 of the schema.
    pub(super) hash: String,
    /// The type of the document as a whole.
    pub(super) root: String,
    /// The `use` lines.
    pub(super) imports: Vec<String>,
    /// Patterns and checks, each a static.
    pub(super) statics: Vec<Static>,
    /// The types, in the model's order; one made for a part of another stands after it.
    pub(super) items: Vec<Item>,
}

/// A static that types refer to.
#[derive(Debug, Serialize)]
pub(super) struct Static {
    /// Its name.
    pub(super) name: String,
    /// `Pattern` or `Check`.
    pub(super) type_: &'static str,
    /// Its expression.
    pub(super) value: String,
}

/// A type.
#[derive(Debug, Serialize)]
pub(super) struct Item {
    /// Its name.
    pub(super) name: String,
    /// The lines of its documentation.
    pub(super) docs: Vec<String>,
    /// The check of a value before it is read, as it stands in the type's reader.
    pub(super) check: Option<String>,
    /// What it is.
    #[serde(flatten)]
    pub(super) body: Body,
}

/// The kinds of type.
#[derive(Debug, Serialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub(super) enum Body {
    /// A struct with named fields.
    Record {
        /// The fields.
        fields: Vec<Field>,
        /// What may stand beside them; `None` where nothing may.
        extra: Option<Field>,
    },
    /// An enum of strings.
    Choice {
        /// The strings.
        values: Vec<Value>,
    },
    /// A string with bounds.
    Text {
        /// The least number of code points.
        min_length: Option<u64>,
        /// The greatest number of code points.
        max_length: Option<u64>,
        /// A regular expression.
        pattern: Option<String>,
    },
    /// A value that is checked whenever it is made.
    Checked {
        /// The type of the value.
        inner: String,
        /// The traits to derive.
        derives: &'static str,
    },
    /// An enum of types.
    Union {
        /// The alternatives.
        variants: Vec<Variant>,
        /// The property that tells them apart, as a literal.
        tag: Option<String>,
        /// Whether the JSON type tells them apart.
        by_kind: bool,
        /// Whether every JSON type has its variant.
        exhaustive: bool,
    },
    /// Another name for a type.
    Alias {
        /// The type.
        type_: String,
    },
    /// A tuple too long for Rust's own.
    Tuple {
        /// The places.
        items: Vec<String>,
    },
}

/// A field of a struct.
#[derive(Debug, Serialize)]
pub(super) struct Field {
    /// Its name.
    pub(super) name: String,
    /// The property's name.
    #[serde(skip)]
    pub(super) json_name: String,
    /// The property's name as a literal.
    pub(super) literal: String,
    /// The lines of its documentation, which stand in typify's part.
    #[serde(skip)]
    pub(super) docs: Vec<String>,
    /// Its type.
    #[serde(skip)]
    pub(super) type_: String,
    /// Whether it must be there.
    pub(super) required: bool,
}

/// A string of an enum.
#[derive(Debug, Serialize)]
pub(super) struct Value {
    /// The variant's name.
    pub(super) name: String,
    /// The string.
    pub(super) text: String,
}

/// An alternative of an enum of types.
#[derive(Debug, Serialize)]
pub(super) struct Variant {
    /// The variant's name.
    pub(super) name: String,
    /// Its type.
    pub(super) type_: String,
    /// The constant it is told apart by, as a literal.
    pub(super) tag: Option<String>,
    /// The `Kind`s it is told apart by, as a pattern.
    pub(super) kinds: String,
}
