//! What every generated module stands on: strict reading, exact numbers, checks on JSON values.

mod build;
mod check;
mod decimal;
mod digits;
mod foreign;
mod format;
mod number;
mod quick;
mod read;
mod stream;
mod strict;

pub use build::{apart, given, perhaps};
pub use check::{Check, Kind, Pattern};
pub use number::Number;
pub use read::{Fields, FromJson, Places, choose, parse, tag};
pub use stream::{Entries, Rest, text, there};

use std::borrow::Cow;
use std::fmt;

use serde::Serialize;
use serde_json::Value;

/// Why a value is refused, and where in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Error {
    pointer: String,
    message: Cow<'static, str>,
}

impl Error {
    /// A refusal of the value as a whole.
    pub fn new(message: impl Into<Cow<'static, str>>) -> Self {
        let message = message.into();
        let pointer = String::new();
        Self { pointer, message }
    }

    /// The same refusal, seen from the value that holds this one under `key`.
    pub fn below(mut self, key: impl fmt::Display) -> Self {
        let key = key.to_string().replace('~', "~0").replace('/', "~1");
        self.pointer.insert_str(0, &format!("/{key}"));
        self
    }

    /// Where in the document: a JSON Pointer, empty for the whole.
    pub fn pointer(&self) -> &str {
        &self.pointer
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.pointer.is_empty() {
            return f.write_str(&self.message);
        }
        write!(f, "at `{}`: {}", self.pointer, self.message)
    }
}

impl std::error::Error for Error {}

impl From<&'static str> for Error {
    fn from(message: &'static str) -> Self {
        Self::new(message)
    }
}

impl From<String> for Error {
    fn from(message: String) -> Self {
        Self::new(message)
    }
}

/// The JSON that a value is written as.
pub fn to_json<T: Serialize>(value: &T) -> Result<Value, Error> {
    let value =
        serde_json::to_value(value).map_err(|error| Error::new(error.to_string()))?;
    Ok(value)
}

/// Makes a type readable by serde through its [`FromJson`].
macro_rules! readable {
    ($name:ident) => {
        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(
                deserializer: D,
            ) -> Result<Self, D::Error> {
                $crate::runtime::FromJson::read(deserializer)
            }
        }
    };
}

/// A newtype whose value satisfies a check.
pub trait Checked {
    /// The type of the value.
    type Inner;

    /// What a value must satisfy beside its type.
    fn rule() -> Option<&'static Check> {
        None
    }

    /// Whether a value may be in it, and if not, why and where.
    fn check(value: &Value) -> Result<(), Error> {
        Self::rule().map_or(Ok(()), |rule| rule.check(value))
    }
}

/// The ways into and out of a [`Checked`] newtype: in only past its check.
#[allow(unused_macros, reason = "a contract may have no such type")]
macro_rules! checked {
    ($name:ident) => {
        $crate::runtime::readable!($name);

        impl $crate::runtime::FromJson for $name {
            fn from_json(
                value: &serde_json::Value,
            ) -> Result<Self, $crate::runtime::Error> {
                <Self as $crate::runtime::Checked>::check(value)?;
                $crate::runtime::FromJson::from_json(value).map(Self)
            }

            fn read<'de, D: serde::Deserializer<'de>>(
                deserializer: D,
            ) -> Result<Self, D::Error> {
                let rule = <Self as $crate::runtime::Checked>::rule();
                match rule {
                    Some(rule) => {
                        $crate::runtime::FromJson::read_past(rule, deserializer)
                    }
                    None => $crate::runtime::FromJson::read(deserializer),
                }
                .map(Self)
            }
        }

        impl TryFrom<<$name as $crate::runtime::Checked>::Inner> for $name {
            type Error = $crate::runtime::Error;

            fn try_from(
                value: <$name as $crate::runtime::Checked>::Inner,
            ) -> Result<Self, Self::Error> {
                let json = $crate::runtime::to_json(&value)?;
                <Self as $crate::runtime::Checked>::check(&json)?;
                Ok(Self(value))
            }
        }

        impl From<$name> for <$name as $crate::runtime::Checked>::Inner {
            fn from(value: $name) -> Self {
                value.0
            }
        }

        impl std::ops::Deref for $name {
            type Target = <$name as $crate::runtime::Checked>::Inner;

            fn deref(&self) -> &Self::Target {
                &self.0
            }
        }
    };
}

#[allow(unused_imports, reason = "a contract may need neither")]
pub(crate) use {checked, readable};
