//! What a module declares, in Rust's words: a plan in, ready for the template and for typify.
//!
//! Holds every name and every type as text; knows no JSON Schema.

use serde::Serialize;

use crate::target::map::TypeNames;

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
    /// Where its schema stands, or that of what it is a part of.
    pub(super) origin: String,
    /// The lines of its documentation.
    pub(super) docs: Vec<String>,
    /// The check of a value before it is read, as it stands in the type's reader.
    pub(super) check: Option<String>,
    /// The traits it derives because contracts.toml says so.
    pub(super) derives: Vec<String>,
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
        /// The name of what builds it, where something does.
        builder: Option<String>,
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
        traits: &'static str,
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
    /// The lines of its documentation.
    pub(super) docs: Vec<String>,
    /// The name of the builder's method that sets it.
    pub(super) setter: String,
    /// Its type.
    #[serde(skip)]
    pub(super) type_: String,
    /// Its type where it is there.
    pub(super) bare: String,
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

impl Plan {
    /// The names that JSON names got.
    pub(super) fn names(&self) -> Vec<(String, TypeNames)> {
        let items = self.items.iter();
        items
            .map(|item| (item.name.clone(), item.names()))
            .collect()
    }
}

impl Item {
    /// Has it derive traits beside its own.
    pub(super) fn derive(&mut self, mut traits: Vec<String>) {
        let own = match &self.body {
            Body::Checked { traits, .. } => traits,
            // As the template writes them.
            Body::Union { .. } | Body::Tuple { .. } => "Clone, Debug, PartialEq, Serialize",
            // Those of typify's are told apart where they are printed.
            Body::Record { .. } | Body::Choice { .. } | Body::Text { .. } | Body::Alias { .. } => {
                ""
            }
        };
        let last = |path: &str| path.rsplit(':').next().unwrap_or_default().to_owned();
        traits.retain(|wanted| own.split(", ").all(|it| it != last(wanted)));
        self.derives = traits;
    }

    fn names(&self) -> TypeNames {
        let mut names = TypeNames {
            schema: self.origin.clone(),
            ..TypeNames::default()
        };
        match &self.body {
            Body::Record { fields, .. } => {
                let fields = fields.iter();
                let fields = fields.map(|it| (it.json_name.clone(), it.name.clone()));
                names.properties = fields.collect();
            }
            Body::Choice { values } => {
                let values = values.iter();
                names.values = values
                    .map(|it| (it.text.clone(), it.name.clone()))
                    .collect();
            }
            Body::Text { .. }
            | Body::Checked { .. }
            | Body::Union { .. }
            | Body::Alias { .. }
            | Body::Tuple { .. } => {}
        }
        names
    }
}
