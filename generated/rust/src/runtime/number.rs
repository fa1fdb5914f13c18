//! A JSON number that is written as it was read: `1` stays apart from `1.0`.

use std::cmp::Ordering;
use std::fmt;

use serde::de::Deserializer;
use serde::{Serialize, Serializer};
use serde_json::Value;

use super::{Check, Error, FromJson, digits, read};

/// A number: a whole one of 64 bits, exactly, or a double.
#[derive(Clone, Copy, Debug)]
pub struct Number(Digits);

#[derive(Clone, Copy, Debug)]
enum Digits {
    Signed(i64),
    Unsigned(u64),
    Double(f64),
}

impl Number {
    fn by_digits(text: &str) -> Result<Self, Error> {
        if text == "-0" {
            return Ok(Self(Digits::Double(-0.0)));
        }
        if let Ok(value) = text.parse() {
            return Ok(Self(Digits::Signed(value)));
        }
        if let Ok(value) = text.parse() {
            return Ok(Self(Digits::Unsigned(value)));
        }
        let double = text.parse::<f64>().ok().filter(|double| double.is_finite());
        let double =
            double.ok_or_else(|| Error::new(format!("{text} is out of range")))?;
        Ok(Self(Digits::Double(double)))
    }

    /// The value as a double; whole numbers beyond 2^53 are rounded.
    pub fn as_f64(self) -> f64 {
        match self.0 {
            Digits::Signed(value) => value as f64,
            Digits::Unsigned(value) => value as f64,
            Digits::Double(value) => value,
        }
    }

    /// The value as a whole number, where it was written as one.
    pub fn as_i128(self) -> Option<i128> {
        match self.0 {
            Digits::Signed(value) => Some(value.into()),
            Digits::Unsigned(value) => Some(value.into()),
            Digits::Double(_) => None,
        }
    }
}

impl FromJson for Number {
    fn from_json(value: &Value) -> Result<Self, Error> {
        Self::by_digits(&read::number(value)?.to_string())
    }

    fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        digits::read(deserializer, Self::by_digits)
    }

    fn read_past<'de, D: Deserializer<'de>>(
        check: &Check,
        deserializer: D,
    ) -> Result<Self, D::Error> {
        digits::read(deserializer, |digits| read::past(check, digits, Self::by_digits))
    }
}

impl Serialize for Number {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.0 {
            Digits::Signed(value) => serializer.serialize_i64(value),
            Digits::Unsigned(value) => serializer.serialize_u64(value),
            Digits::Double(value) => serializer.serialize_f64(value),
        }
    }
}

impl fmt::Display for Number {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            Digits::Signed(value) => value.fmt(f),
            Digits::Unsigned(value) => value.fmt(f),
            Digits::Double(value) => value.fmt(f),
        }
    }
}

impl PartialEq for Number {
    fn eq(&self, other: &Self) -> bool {
        self.partial_cmp(other) == Some(Ordering::Equal)
    }
}

impl PartialOrd for Number {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        match (self.as_i128(), other.as_i128()) {
            (Some(one), Some(other)) => Some(one.cmp(&other)),
            _ => self.as_f64().partial_cmp(&other.as_f64()),
        }
    }
}

/// Fails for what JSON has no number for.
impl TryFrom<f64> for Number {
    type Error = Error;

    fn try_from(value: f64) -> Result<Self, Error> {
        if !value.is_finite() {
            return Err(Error::new(format!("{value} is no number of JSON")));
        }
        Ok(Self(Digits::Double(value)))
    }
}

impl From<Number> for f64 {
    fn from(number: Number) -> Self {
        number.as_f64()
    }
}

impl From<i64> for Number {
    fn from(value: i64) -> Self {
        Self(Digits::Signed(value))
    }
}

impl From<u64> for Number {
    fn from(value: u64) -> Self {
        Self(Digits::Unsigned(value))
    }
}

impl From<i32> for Number {
    fn from(value: i32) -> Self {
        Self(Digits::Signed(value.into()))
    }
}

impl From<u32> for Number {
    fn from(value: u32) -> Self {
        Self(Digits::Unsigned(value.into()))
    }
}
