//! Values that a workflow file may give as an expression.

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::Value;

use super::expression::OPEN;

/// A value, or the text with `${{ }}` that gives it when the step begins.
#[derive(Clone, Debug, PartialEq)]
pub enum Templated<T> {
    /// The value.
    Is(T),
    /// The text.
    Text(String),
}

impl<T: Default> Default for Templated<T> {
    fn default() -> Self {
        Self::Is(T::default())
    }
}

impl<T> Templated<T> {
    /// The value, where it is known.
    pub fn known(&self) -> Option<&T> {
        match self {
            Self::Is(value) => Some(value),
            Self::Text(_) => None,
        }
    }
}

impl<T: Serialize> Serialize for Templated<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Is(value) => value.serialize(serializer),
            Self::Text(text) => text.serialize(serializer),
        }
    }
}

impl<'de, T: for<'a> Deserialize<'a>> Deserialize<'de> for Templated<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let value = Value::deserialize(deserializer)?;
        if let Some(text) = value.as_str().filter(|text| text.contains(OPEN)) {
            return Ok(Self::Text(text.to_owned()));
        }
        let read = T::deserialize(value).map(Self::Is);
        read.map_err(serde::de::Error::custom)
    }
}

impl<T: schemars::JsonSchema> schemars::JsonSchema for Templated<T> {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        format!("Templated_{}", T::schema_name()).into()
    }

    fn inline_schema() -> bool {
        true
    }

    fn json_schema(generator: &mut schemars::SchemaGenerator) -> schemars::Schema {
        let plain = generator.subschema_for::<T>();
        schemars::json_schema!({
            "anyOf": [plain, {"type": "string", "pattern": "\\$\\{\\{"}],
        })
    }
}

/// A value written short, or in full.
#[derive(Clone, Debug, PartialEq)]
pub enum Or<S, T> {
    /// Short.
    Short(S),
    /// In full: an object.
    Full(T),
}

impl<S: Serialize, T: Serialize> Serialize for Or<S, T> {
    fn serialize<Z: Serializer>(&self, serializer: Z) -> Result<Z::Ok, Z::Error> {
        match self {
            Self::Short(value) => value.serialize(serializer),
            Self::Full(value) => value.serialize(serializer),
        }
    }
}

impl<'de, S, T> Deserialize<'de> for Or<S, T>
where
    S: for<'a> Deserialize<'a>,
    T: for<'a> Deserialize<'a>,
{
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let value = Value::deserialize(deserializer)?;
        let read = if value.is_object() {
            T::deserialize(value).map(Self::Full)
        } else {
            S::deserialize(value).map(Self::Short)
        };
        read.map_err(serde::de::Error::custom)
    }
}

impl<S: schemars::JsonSchema, T: schemars::JsonSchema> schemars::JsonSchema for Or<S, T> {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        format!("{}_or_{}", S::schema_name(), T::schema_name()).into()
    }

    fn inline_schema() -> bool {
        true
    }

    fn json_schema(generator: &mut schemars::SchemaGenerator) -> schemars::Schema {
        let short = generator.subschema_for::<S>();
        let full = generator.subschema_for::<T>();
        schemars::json_schema!({"anyOf": [short, full]})
    }
}

/// Texts, or one text.
pub struct OneOrMany;

impl schemars::JsonSchema for OneOrMany {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "OneOrMany".into()
    }

    fn inline_schema() -> bool {
        true
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({
            "anyOf": [{"type": "string"}, {"type": "array", "items": {"type": "string"}}],
        })
    }
}

/// Reads texts, or one text as a list of one.
pub fn one_or_many<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<String>, D::Error> {
    let value = Value::deserialize(deserializer)?;
    if let Some(text) = value.as_str() {
        return Ok(vec![text.to_owned()]);
    }
    Vec::deserialize(value).map_err(serde::de::Error::custom)
}
