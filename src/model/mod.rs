//! Language-neutral declarations: schemas in; shapes a person would program with, and the residue of
//! checks that no shape holds, out. Knows no language: names are still words, `naming` makes identifiers.

mod check;
mod lower;
pub mod naming;
pub mod pattern;

pub use check::{Check, CheckId};
pub use lower::lower;

use indexmap::IndexSet;
use schemars::JsonSchema;
use serde::Serialize;
use serde_json::{Number, Value};

use crate::diagnostic::Code;
use crate::schema::Kinds;

/// Every code this room can report.
pub const CODES: &[&Code] = lower::CODES;

/// All declarations of one contract version.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Model {
    /// The folder of the contract, `/` between segments; may be empty.
    pub group: String,
    /// The contract's name.
    pub name: String,
    /// The version as written.
    pub version: String,
    /// The major version: what a module is named by.
    pub major: u64,
    /// SHA-256 of the bundled schema, 64 hexadecimal digits.
    pub hash: String,
    /// Every declaration; one that another needs stands before it, unless they need each other.
    pub declarations: Vec<Declaration>,
    /// The declaration of the document as a whole.
    pub root: DeclarationId,
    /// Checks that the residue and other checks refer to by index.
    pub checks: Vec<Check>,
}

/// Index into [`Model::declarations`].
pub type DeclarationId = usize;

/// What people wrote about a schema.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Docs {
    /// `title`
    pub title: Option<String>,
    /// `description`
    pub description: Option<String>,
    /// `deprecated`
    pub deprecated: bool,
}

/// A named type.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Declaration {
    /// Its name as words joined by spaces (`order intent leg`); unique in the model, stable when a schema grows.
    pub name: String,
    /// What people wrote.
    pub docs: Docs,
    /// Where its schema stands: `path#pointer`, path below the workspace's root.
    pub origin: String,
    /// What it is.
    pub body: Body,
    /// What a value must satisfy beside having the shape: checks on the JSON value as it came, before it is read into the shape.
    pub residue: Option<Check>,
    /// Whether it contains itself, directly or through others.
    pub recursive: bool,
    /// Its place in the order declarations are named: those of earlier versions first.
    #[serde(skip)]
    pub age: usize,
    /// Which of a target's types that are not generated stands for it.
    #[serde(skip)]
    pub replaced: Option<usize>,
}

/// The kinds of declaration.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum Body {
    /// An object with named properties.
    Record(Record),
    /// One of some strings.
    Choice(Choice),
    /// One of some types.
    Union(Union),
    /// Another name for a type.
    Alias {
        /// The type.
        #[serde(rename = "type")]
        type_: Type,
    },
}

/// An object with named properties.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Record {
    /// The properties, in the schema's order.
    pub fields: Vec<Field>,
    /// What may stand beside them.
    pub extra: Extra,
}

/// Properties that a record does not name.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum Extra {
    /// Refused.
    Forbidden,
    /// Kept as they are.
    Kept,
    /// Kept, each of this type.
    Typed {
        /// The type.
        #[serde(rename = "type")]
        type_: Type,
    },
}

/// A property of a record.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Field {
    /// The property's name in JSON.
    pub json_name: String,
    /// What people wrote.
    pub docs: Docs,
    /// Its type; `nullable` in it says whether `null` is a value.
    #[serde(rename = "type")]
    pub type_: Type,
    /// Whether it must be there.
    pub required: bool,
    /// `default`, for readers who want to fill it in; never inserted.
    pub default: Option<Value>,
    /// Words for what it is made of, the declaration's first: targets name types by them.
    #[serde(skip)]
    pub phrase: String,
    /// Its place among the fields in the order they are named: those of earlier versions first.
    #[serde(skip)]
    pub age: usize,
}

/// One of some strings.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Choice {
    /// The strings, in the schema's order.
    pub values: Vec<String>,
    /// The place of each in the order they are named: those of earlier versions first.
    #[serde(skip)]
    pub ages: Vec<usize>,
}

/// One of some types; a document has exactly one or at least one of them (the residue says which where it matters).
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Union {
    /// The alternatives, in the schema's order.
    pub variants: Vec<Variant>,
    /// How a reader tells them apart.
    pub told_apart: ToldApart,
}

/// How a reader tells a union's variants apart.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(tag = "by", rename_all = "kebab-case")]
pub enum ToldApart {
    /// Each is a record in which this required property is a constant of its own ([`Variant::tag`]).
    Tag {
        /// The property's name in JSON.
        property: String,
    },
    /// No two accept the same JSON type ([`Variant::kinds`]).
    Kind,
    /// By trying them in order.
    Trial,
}

/// An alternative of a union.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Variant {
    /// Its name as words; unique in the union.
    pub name: String,
    /// Its type.
    #[serde(rename = "type")]
    pub type_: Type,
    /// The constant of the tag property.
    pub tag: Option<String>,
    /// The JSON types it may accept, as JSON Schema names them.
    #[serde(serialize_with = "check::kind_names")]
    #[schemars(with = "Vec<String>")]
    pub kinds: Kinds,
}

/// A use of a type.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Type {
    /// What it is, apart from `null`.
    pub shape: Shape,
    /// Whether `null` is a value too.
    pub nullable: bool,
}

/// What a value looks like.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum Shape {
    /// Any JSON value, kept as it is.
    Anything,
    /// `null` only.
    Null,
    /// `true` or `false`.
    Boolean,
    /// A number without a fraction.
    Integer(Integer),
    /// A number.
    Number(Decimal),
    /// A string.
    Text(Text),
    /// An array of one type.
    List(List),
    /// An array with a type for each place.
    Tuple(Tuple),
    /// An object whose property names are data.
    Map(Map),
    /// A declared type.
    Named {
        /// Which.
        declaration: DeclarationId,
    },
}

/// How wide an integer is in a program.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Width {
    /// −2^63 … 2^63−1
    Int64,
    /// 0 … 2^64−1, where the schema's bounds say that this is meant
    Uint64,
}

/// Constraints of an integer. Bounds are inclusive and whole, and never beyond the width: values
/// beyond it are refused in every language alike.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Integer {
    /// How wide it is.
    pub width: Width,
    /// The least value; `None` is the width's own.
    pub minimum: Option<i128>,
    /// The greatest value; `None` is the width's own.
    pub maximum: Option<i128>,
    /// A whole number from 1 that the value is a multiple of.
    pub multiple_of: Option<u64>,
    /// The values it is limited to, sorted; empty where it is not.
    pub values: Vec<i128>,
}

/// Constraints of a number, exactly as the schema writes them; read as a double.
#[derive(Clone, Debug, Default, PartialEq, Serialize, JsonSchema)]
pub struct Decimal {
    /// The least value.
    pub minimum: Option<Number>,
    /// The greatest value.
    pub maximum: Option<Number>,
    /// What the value must be greater than.
    pub exclusive_minimum: Option<Number>,
    /// What the value must be less than.
    pub exclusive_maximum: Option<Number>,
    /// What the value is a multiple of, decided in decimal arithmetic.
    pub multiple_of: Option<Number>,
}

/// Constraints of a string.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Text {
    /// The least number of code points.
    pub min_length: Option<u64>,
    /// The greatest number of code points.
    pub max_length: Option<u64>,
    /// A regular expression of ECMA-262 that must be found in it.
    pub pattern: Option<String>,
    /// A format, as a remark unless `format_asserted`.
    pub format: Option<String>,
    /// Whether a text that is not of the format is refused.
    pub format_asserted: bool,
}

/// An array of one type.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct List {
    /// The elements' type.
    pub item: Box<Type>,
    /// The least length.
    pub min_items: Option<u64>,
    /// The greatest length.
    pub max_items: Option<u64>,
    /// Whether no two elements may be equal (as JSON values, numbers by value).
    pub unique: bool,
}

/// An array with a type for each place; exactly as long as the places.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Tuple {
    /// The places.
    pub items: Vec<Type>,
}

/// An object whose property names are data.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Map {
    /// The values' type.
    pub value: Box<Type>,
    /// The least number of properties.
    pub min_properties: Option<u64>,
    /// The greatest number of properties.
    pub max_properties: Option<u64>,
}

impl Model {
    /// The contract and version, `group/Name@version`.
    pub fn label(&self) -> String {
        format!("{}@{}", self.full_name(), self.version)
    }

    /// The contract, `group/Name`.
    pub fn full_name(&self) -> String {
        if self.group.is_empty() {
            self.name.clone()
        } else {
            format!("{}/{}", self.group, self.name)
        }
    }
}

impl Type {
    /// A type without `null`.
    pub fn of(shape: Shape) -> Self {
        Self {
            shape,
            nullable: false,
        }
    }
}

impl Record {
    /// The fields' indices in the order they are named.
    pub fn by_age(&self) -> Vec<usize> {
        by_age(self.fields.iter().map(|field| field.age))
    }
}

impl Choice {
    /// A choice without a past, each string once.
    pub fn of(values: Vec<String>) -> Self {
        let values: IndexSet<String> = values.into_iter().collect();
        let values: Vec<String> = values.into_iter().collect();
        let ages = (0..values.len()).collect();
        Self { values, ages }
    }

    /// The values' indices in the order they are named.
    pub fn by_age(&self) -> Vec<usize> {
        by_age(self.ages.iter().copied())
    }
}

impl Model {
    /// The declarations' indices in the order they are named.
    pub fn by_age(&self) -> Vec<usize> {
        by_age(self.declarations.iter().map(|declaration| declaration.age))
    }
}

fn by_age(ages: impl Iterator<Item = usize>) -> Vec<usize> {
    let mut order: Vec<(usize, usize)> = ages.zip(0..).collect();
    order.sort_unstable();
    order.into_iter().map(|(_, index)| index).collect()
}
