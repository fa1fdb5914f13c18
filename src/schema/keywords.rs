//! What a schema node says, typed, in the vocabulary of draft 2020-12.

use indexmap::IndexMap;
use serde_json::{Number, Value};

use super::{Draft, SchemaId};
use crate::pointer::Pointer;

/// One schema of a document: the root, or any place that a keyword or a reference makes a schema.
#[derive(Clone, Debug)]
pub struct Node {
    /// Where it stands in its document.
    pub pointer: Pointer,
    /// The draft that reads it.
    pub draft: Draft,
    /// What it says.
    pub kind: Kind,
}

impl Node {
    /// The text of its `$ref`, if it has one.
    pub fn reference_text(&self) -> Option<&str> {
        match &self.kind {
            Kind::Keywords(keywords) => keywords.reference.as_ref().map(|it| it.text.as_str()),
            Kind::Anything | Kind::Nothing => None,
        }
    }
}

/// The three kinds of schema.
#[derive(Clone, Debug)]
pub enum Kind {
    /// `true` or `{}`.
    Anything,
    /// `false`.
    Nothing,
    /// An object with keywords.
    Keywords(Box<Keywords>),
}

/// A `$ref` (or `$dynamicRef`, `$recursiveRef`): the text, and after `resolve` the node it names.
#[derive(Clone, Debug)]
pub struct Reference {
    /// The keyword it was written with.
    pub keyword: &'static str,
    /// As written.
    pub text: String,
    /// The node; `None` until resolved, and where it cannot be.
    pub target: Option<SchemaId>,
}

/// The seven JSON types of JSON Schema as a set; `number` includes `integer`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Kinds(u8);

impl Kinds {
    /// `null`
    pub const NULL: Self = Self(1);
    /// `boolean`
    pub const BOOLEAN: Self = Self(2);
    /// `integer`: numbers without a fraction
    pub const INTEGER: Self = Self(4);
    /// `number`: all numbers, integers among them
    pub const NUMBER: Self = Self(4 | 8);
    /// `string`
    pub const STRING: Self = Self(16);
    /// `array`
    pub const ARRAY: Self = Self(32);
    /// `object`
    pub const OBJECT: Self = Self(64);
    /// All.
    pub const ALL: Self = Self(127);
    /// None.
    pub const NONE: Self = Self(0);

    const NAMES: [(&'static str, Self); 7] = [
        ("null", Self::NULL),
        ("boolean", Self::BOOLEAN),
        ("number", Self::NUMBER),
        ("integer", Self::INTEGER),
        ("string", Self::STRING),
        ("array", Self::ARRAY),
        ("object", Self::OBJECT),
    ];

    /// The set that a `type` word names.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::NAMES
            .iter()
            .find(|(known, _)| *known == name)
            .map(|(_, kinds)| *kinds)
    }

    /// The words for the set, shortest list.
    pub fn names(self) -> Vec<&'static str> {
        let number = self.contains(Self::NUMBER);
        Self::NAMES
            .iter()
            .filter(|(name, kinds)| self.contains(*kinds) && !(number && *name == "integer"))
            .map(|(name, _)| *name)
            .collect()
    }

    /// The type of a value; a number without a fraction is `integer`, `1.0` too (draft 6 on).
    pub fn of(value: &Value) -> Self {
        match value {
            Value::Null => Self::NULL,
            Value::Bool(_) => Self::BOOLEAN,
            Value::Number(number) if crate::number::is_integer(number) => Self::INTEGER,
            Value::Number(_) => Self::NUMBER,
            Value::String(_) => Self::STRING,
            Value::Array(_) => Self::ARRAY,
            Value::Object(_) => Self::OBJECT,
        }
    }

    /// Whether all of `other` is in this set.
    pub fn contains(self, other: Self) -> bool {
        self.0 & other.0 == other.0
    }

    /// Whether the two share a type.
    pub fn meets(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }

    /// Both sets together.
    #[must_use]
    pub const fn union(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// What is in both.
    #[must_use]
    pub fn intersection(self, other: Self) -> Self {
        Self(self.0 & other.0)
    }

    /// This set without the other.
    #[must_use]
    pub fn without(self, other: Self) -> Self {
        Self(self.0 & !other.0)
    }

    /// Whether nothing is in it.
    pub fn is_empty(self) -> bool {
        self.0 == 0
    }
}

/// Everything an object schema can say. Absent keywords are `None` or empty.
#[derive(Clone, Debug, Default)]
#[expect(clippy::struct_excessive_bools, reason = "each is a keyword")]
#[expect(missing_docs, reason = "each field is the keyword of that name")]
pub struct Keywords {
    pub reference: Option<Reference>,
    pub dynamic_reference: Option<Reference>,

    pub types: Option<Kinds>,
    /// `enum`
    pub values: Option<Vec<Value>>,
    /// `const`
    pub constant: Option<Value>,

    pub multiple_of: Option<Number>,
    pub minimum: Option<Number>,
    pub maximum: Option<Number>,
    pub exclusive_minimum: Option<Number>,
    pub exclusive_maximum: Option<Number>,

    pub min_length: Option<u64>,
    pub max_length: Option<u64>,
    pub pattern: Option<String>,
    pub format: Option<String>,
    pub content_encoding: Option<String>,
    pub content_media_type: Option<String>,

    /// `prefixItems`, or `items` as an array before 2020-12
    pub prefix_items: Vec<SchemaId>,
    /// `items` after the prefix, or `additionalItems` before 2020-12
    pub items: Option<SchemaId>,
    pub min_items: Option<u64>,
    pub max_items: Option<u64>,
    pub unique_items: bool,
    pub contains: Option<SchemaId>,
    pub min_contains: Option<u64>,
    pub max_contains: Option<u64>,
    pub unevaluated_items: Option<SchemaId>,

    pub properties: IndexMap<String, SchemaId>,
    pub pattern_properties: IndexMap<String, SchemaId>,
    pub additional_properties: Option<SchemaId>,
    pub property_names: Option<SchemaId>,
    pub required: Vec<String>,
    pub min_properties: Option<u64>,
    pub max_properties: Option<u64>,
    pub dependent_required: IndexMap<String, Vec<String>>,
    pub dependent_schemas: IndexMap<String, SchemaId>,
    pub unevaluated_properties: Option<SchemaId>,

    pub all_of: Vec<SchemaId>,
    pub any_of: Vec<SchemaId>,
    pub one_of: Vec<SchemaId>,
    pub not: Option<SchemaId>,
    pub condition: Option<SchemaId>,
    pub then: Option<SchemaId>,
    pub otherwise: Option<SchemaId>,

    pub title: Option<String>,
    pub description: Option<String>,
    pub default: Option<Value>,
    pub examples: Vec<Value>,
    pub deprecated: bool,
    pub read_only: bool,
    pub write_only: bool,

    /// `$id` (`id` in draft 4)
    pub identifier: Option<String>,
    pub anchor: Option<String>,
    pub dynamic_anchor: Option<String>,
    /// `$defs` and `definitions`
    pub definitions: IndexMap<String, SchemaId>,
}

impl Keywords {
    /// Every schema directly below, in the order of the fields.
    pub fn children(&self) -> impl Iterator<Item = SchemaId> + '_ {
        let single = [
            self.items,
            self.contains,
            self.unevaluated_items,
            self.additional_properties,
            self.property_names,
            self.unevaluated_properties,
            self.not,
            self.condition,
            self.then,
            self.otherwise,
        ];
        let lists = [&self.prefix_items, &self.all_of, &self.any_of, &self.one_of];
        let maps = [
            &self.properties,
            &self.pattern_properties,
            &self.dependent_schemas,
            &self.definitions,
        ];
        single
            .into_iter()
            .flatten()
            .chain(lists.into_iter().flatten().copied())
            .chain(maps.into_iter().flat_map(|map| map.values().copied()))
    }

    /// Visits every schema directly below, to bind it anew.
    pub(super) fn each_child(&mut self, visit: &mut dyn FnMut(&mut SchemaId)) {
        let single = [
            &mut self.items,
            &mut self.contains,
            &mut self.unevaluated_items,
            &mut self.additional_properties,
            &mut self.property_names,
            &mut self.unevaluated_properties,
            &mut self.not,
            &mut self.condition,
            &mut self.then,
            &mut self.otherwise,
        ];
        single
            .into_iter()
            .filter_map(Option::as_mut)
            .for_each(&mut *visit);
        let lists = [
            &mut self.prefix_items,
            &mut self.all_of,
            &mut self.any_of,
            &mut self.one_of,
        ];
        lists.into_iter().flatten().for_each(&mut *visit);
        let maps = [
            &mut self.properties,
            &mut self.pattern_properties,
            &mut self.dependent_schemas,
            &mut self.definitions,
        ];
        maps.into_iter()
            .flat_map(indexmap::IndexMap::values_mut)
            .for_each(visit);
    }

    /// The schemas that judge the same value as this one: `$ref`, `allOf`, `anyOf`, `oneOf`, `not`, `if`, `then`, `else`, `dependentSchemas`.
    pub fn in_place(&self) -> impl Iterator<Item = SchemaId> + '_ {
        let references = [&self.reference, &self.dynamic_reference];
        references
            .into_iter()
            .filter_map(|reference| reference.as_ref()?.target)
            .chain(
                [&self.all_of, &self.any_of, &self.one_of]
                    .into_iter()
                    .flatten()
                    .copied(),
            )
            .chain(
                [
                    self.not,
                    self.condition,
                    self.condition.and(self.then),
                    self.condition.and(self.otherwise),
                ]
                .into_iter()
                .flatten(),
            )
            .chain(self.dependent_schemas.values().copied())
    }
}
