//! JSON values into Rust values, exactly or not at all.

use std::collections::BTreeMap;
use std::str::FromStr;

use serde::de::{Deserialize as _, Deserializer, Error as _};
use serde_json::{Map, Number, Value};

use super::decimal::Decimal;
use super::strict::Strict;
use super::{Check, Error, Kind, digits, stream};

/// A type that can be read from a JSON value.
pub trait FromJson: Sized {
    /// The value, or why it is none.
    fn from_json(value: &Value) -> Result<Self, Error>;

    /// Reads it strictly: no property twice, no character U+0000.
    fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let Strict(value) = Strict::deserialize(deserializer)?;
        Self::from_json(&value).map_err(D::Error::custom)
    }

    /// The same, of a value that satisfies a check.
    fn read_past<'de, D: Deserializer<'de>>(
        check: &Check,
        deserializer: D,
    ) -> Result<Self, D::Error> {
        checked(check, deserializer)
    }
}

/// Reads a value that satisfies a check.
fn checked<'de, D: Deserializer<'de>, T: FromJson>(
    check: &Check,
    deserializer: D,
) -> Result<T, D::Error> {
    let Strict(value) = Strict::deserialize(deserializer)?;
    let read = check.check(&value).and_then(|()| T::from_json(&value));
    read.map_err(D::Error::custom)
}

/// Reads a number of some digits that satisfies a check.
pub(super) fn past<T>(
    check: &Check,
    digits: &str,
    read: impl Fn(&str) -> Result<T, Error>,
) -> Result<T, Error> {
    if !check.surely_holds_number(digits) {
        let number = digits.parse().map(Value::Number);
        check.check(&number.map_err(|_| Error::new("expected a number"))?)?;
    }
    read(digits)
}

/// An object whose properties are taken one by one.
pub struct Fields<'a> {
    object: &'a Map<String, Value>,
    taken: Vec<&'static str>,
    /// Why an optional property could not be read.
    refused: Option<Error>,
}

impl<'a> Fields<'a> {
    /// The properties of an object.
    pub fn of(value: &'a Value) -> Result<Self, Error> {
        let Value::Object(object) = value else {
            return Err(not(value, "an object"));
        };
        let taken = Vec::new();
        Ok(Self { object, taken, refused: None })
    }

    /// A property that must be there.
    pub fn required<T: FromJson>(&mut self, name: &'static str) -> Result<T, Error> {
        self.taken.push(name);
        let value = self.object.get(name);
        let value = value.ok_or_else(|| Error::new(format!("`{name}` is missing")))?;
        T::from_json(value).map_err(|error| error.below(name))
    }

    /// A property that may be absent. Why one that is there cannot be read is said by [`Self::rest`] or
    /// [`Self::end`]: so a struct of a thousand fields has no thousand ways out of its reader.
    pub fn optional<T: FromJson>(&mut self, name: &'static str) -> Option<T> {
        self.taken.push(name);
        let value = self.object.get(name).filter(|_| self.refused.is_none())?;
        match T::from_json(value) {
            Ok(value) => Some(value),
            Err(error) => {
                self.refused = Some(error.below(name));
                None
            }
        }
    }

    /// All properties not taken.
    pub fn rest<T: FromJson, C: FromIterator<(String, T)>>(
        &mut self,
    ) -> Result<C, Error> {
        self.refused.take().map_or(Ok(()), Err)?;
        let left =
            self.object.iter().filter(|(name, _)| !self.taken.contains(&name.as_str()));
        left.map(|(name, value)| Ok((name.clone(), below(name, value)?))).collect()
    }

    /// Refuses properties not taken.
    pub fn end(&mut self) -> Result<(), Error> {
        self.refused.take().map_or(Ok(()), Err)?;
        match self.object.keys().find(|name| !self.taken.contains(&name.as_str())) {
            Some(name) => {
                Err(Error::new(format!("`{name}` is not a property of this object")))
            }
            None => Ok(()),
        }
    }
}

/// Reads a string by its [`FromStr`].
pub fn parse<T: FromStr<Err = Error>>(value: &Value) -> Result<T, Error> {
    match value {
        Value::String(text) => text.parse(),
        _ => Err(not(value, "a string")),
    }
}

/// The string by which a union's variants are told apart.
pub fn tag<'a>(value: &'a Value, name: &'static str) -> Result<&'a str, Error> {
    let Value::Object(object) = value else {
        return Err(not(value, "an object"));
    };
    let tag =
        object.get(name).ok_or_else(|| Error::new(format!("`{name}` is missing")))?;
    tag.as_str().ok_or_else(|| not(tag, "a string").below(name))
}

/// Reads one of a union's variants.
pub type Reader<T> = fn(&Value) -> Result<T, Error>;

/// The first reader that accepts the value.
pub fn choose<T>(value: &Value, readers: &[Reader<T>]) -> Result<T, Error> {
    let mut refused = Error::new("no type accepts this value");
    for reader in readers {
        match reader(value) {
            Ok(chosen) => return Ok(chosen),
            Err(error) => refused = error,
        }
    }
    Err(refused)
}

fn below<T: FromJson>(key: &str, value: &Value) -> Result<T, Error> {
    T::from_json(value).map_err(|error| error.below(key))
}

fn not(value: &Value, wanted: &str) -> Error {
    Error::new(format!("expected {wanted}, found {}", Kind::of(value).name()))
}

fn items(value: &Value) -> Result<&Vec<Value>, Error> {
    value.as_array().ok_or_else(|| not(value, "an array"))
}

pub(super) fn text(value: &Value) -> Result<&str, Error> {
    value.as_str().ok_or_else(|| not(value, "a string"))
}

pub(super) fn number(value: &Value) -> Result<&Number, Error> {
    value.as_number().ok_or_else(|| not(value, "a number"))
}

fn integer(value: &Value) -> Result<i128, Error> {
    let decimal = Decimal::of(number(value)?);
    if !decimal.is_integer() {
        return Err(Error::new(format!("{value} is not a whole number")));
    }
    decimal.to_i128().ok_or_else(|| Error::new(format!("{value} is out of range")))
}

/// A whole number of some width, by its digits; one that is spelled otherwise by its value.
fn by_digits<T: FromStr + FromJson>(text: &str) -> Result<T, Error> {
    if let Ok(value) = text.parse() {
        return Ok(value);
    }
    let number =
        text.parse::<Number>().map_err(|error| Error::new(error.to_string()))?;
    T::from_json(&Value::Number(number))
}

impl FromJson for Value {
    fn from_json(value: &Value) -> Result<Self, Error> {
        Ok(value.clone())
    }
}

impl FromJson for () {
    fn from_json(value: &Value) -> Result<Self, Error> {
        value.as_null().ok_or_else(|| not(value, "null"))
    }
}

impl FromJson for bool {
    fn from_json(value: &Value) -> Result<Self, Error> {
        value.as_bool().ok_or_else(|| not(value, "true or false"))
    }
}

impl FromJson for String {
    fn from_json(value: &Value) -> Result<Self, Error> {
        text(value).map(str::to_owned)
    }

    fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        stream::string(deserializer, |text| Ok(text.to_owned()))
    }

    fn read_past<'de, D: Deserializer<'de>>(
        check: &Check,
        deserializer: D,
    ) -> Result<Self, D::Error> {
        stream::string(deserializer, |text| {
            if !check.surely_holds_text(text) {
                check.check(&Value::from(text))?;
            }
            Ok(text.to_owned())
        })
    }
}

impl FromJson for i64 {
    fn from_json(value: &Value) -> Result<Self, Error> {
        let out_of_range = |_| Error::new(format!("{value} is out of range"));
        integer(value)?.try_into().map_err(out_of_range)
    }

    fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        digits::read(deserializer, by_digits)
    }

    fn read_past<'de, D: Deserializer<'de>>(
        check: &Check,
        deserializer: D,
    ) -> Result<Self, D::Error> {
        digits::read(deserializer, |digits| past(check, digits, by_digits))
    }
}

impl FromJson for u64 {
    fn from_json(value: &Value) -> Result<Self, Error> {
        let out_of_range = |_| Error::new(format!("{value} is out of range"));
        integer(value)?.try_into().map_err(out_of_range)
    }

    fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        digits::read(deserializer, by_digits)
    }

    fn read_past<'de, D: Deserializer<'de>>(
        check: &Check,
        deserializer: D,
    ) -> Result<Self, D::Error> {
        digits::read(deserializer, |digits| past(check, digits, by_digits))
    }
}

impl FromJson for f64 {
    fn from_json(value: &Value) -> Result<Self, Error> {
        let double = number(value)?.to_string().parse::<f64>();
        match double.ok().filter(|double| double.is_finite()) {
            Some(double) => Ok(double),
            None => Err(Error::new(format!("{value} is out of range"))),
        }
    }
}

impl<T: FromJson> FromJson for Option<T> {
    fn from_json(value: &Value) -> Result<Self, Error> {
        match value {
            Value::Null => Ok(None),
            _ => T::from_json(value).map(Some),
        }
    }

    fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        stream::option(deserializer)
    }
}

impl<T: FromJson> FromJson for Box<T> {
    fn from_json(value: &Value) -> Result<Self, Error> {
        T::from_json(value).map(Self::new)
    }

    fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        T::read(deserializer).map(Self::new)
    }
}

impl<T: FromJson> FromJson for Vec<T> {
    fn from_json(value: &Value) -> Result<Self, Error> {
        let items = items(value)?.iter().enumerate();
        items
            .map(|(index, item)| T::from_json(item).map_err(|error| error.below(index)))
            .collect()
    }

    fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        stream::list(deserializer)
    }

    fn read_past<'de, D: Deserializer<'de>>(
        check: &Check,
        deserializer: D,
    ) -> Result<Self, D::Error> {
        if check.only_counts() {
            let list = Self::read(deserializer)?;
            check.check_count(list.len() as u64).map_err(D::Error::custom)?;
            return Ok(list);
        }
        checked(check, deserializer)
    }
}

impl<T: FromJson> FromJson for BTreeMap<String, T> {
    fn from_json(value: &Value) -> Result<Self, Error> {
        Fields::of(value)?.rest()
    }

    fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        stream::map(deserializer)
    }
}

/// Reads the items of an array one by one.
pub struct Places<'a> {
    items: &'a [Value],
    next: usize,
}

impl<'a> Places<'a> {
    /// The items of an array of this length.
    pub fn of(value: &'a Value, length: usize) -> Result<Self, Error> {
        let items = items(value)?;
        Check::MinItems(length as u64).check(value)?;
        Check::MaxItems(length as u64).check(value)?;
        Ok(Self { items, next: 0 })
    }

    /// The next item.
    pub fn item<T: FromJson>(&mut self) -> Result<T, Error> {
        let index = self.next;
        self.next += 1;
        let item = self.items.get(index).unwrap_or(&Value::Null);
        T::from_json(item).map_err(|error| error.below(index))
    }
}

macro_rules! tuples {
    ($($length:literal: $($item:ident)*;)*) => {
        $(
            impl<$($item: FromJson),*> FromJson for ($($item,)*) {
                fn from_json(value: &Value) -> Result<Self, Error> {
                    let mut items = Places::of(value, $length)?;
                    Ok(($(items.item::<$item>()?,)*))
                }
            }
        )*
    };
}

tuples! {
    1: A;
    2: A B;
    3: A B C;
    4: A B C D;
    5: A B C D E;
    6: A B C D E F;
    7: A B C D E F G;
    8: A B C D E F G H;
    9: A B C D E F G H I;
    10: A B C D E F G H I J;
    11: A B C D E F G H I J K;
    12: A B C D E F G H I J K L;
}
