//! Reading from a text as it comes, without a JSON value in between: as strictly, and as exactly.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt;
use std::marker::PhantomData;
use std::str::FromStr;

use serde::de::{
    DeserializeSeed, Deserializer, Error as _, MapAccess, SeqAccess, Visitor,
};
use serde_json::{Map, Value};

use super::strict::without_nul;
use super::{Error, FromJson};

/// Reads a `T` by its [`FromJson::read`].
pub(super) struct Of<T>(PhantomData<T>);

impl<T> Of<T> {
    pub(super) fn new() -> Self {
        Self(PhantomData)
    }
}

impl<'de, T: FromJson> DeserializeSeed<'de> for Of<T> {
    type Value = T;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<T, D::Error> {
        T::read(deserializer)
    }
}

/// The same refusal, seen from the value that holds the refused one under `key`.
fn below<E: serde::de::Error>(error: &E, key: impl fmt::Display) -> E {
    let said = error.to_string();
    let place = said.strip_prefix("at `").and_then(|rest| rest.split_once("`: "));
    let (pointer, message) = place.unwrap_or(("", &said));
    let error =
        Error { pointer: pointer.to_owned(), message: message.to_owned().into() };
    E::custom(error.below(key))
}

/// A property's name: its number among the known ones, or itself.
enum Name<'de> {
    Known(usize),
    Other(Cow<'de, str>),
}

/// Finds names among the known ones; most documents have them in order.
struct Names {
    known: &'static [&'static str],
    next: usize,
}

impl Names {
    fn find(&self, name: &str) -> Option<usize> {
        if self.known.get(self.next).is_some_and(|known| *known == name) {
            return Some(self.next);
        }
        self.known.iter().position(|known| *known == name)
    }
}

impl<'de> DeserializeSeed<'de> for &Names {
    type Value = Name<'de>;

    fn deserialize<D: Deserializer<'de>>(
        self,
        deserializer: D,
    ) -> Result<Name<'de>, D::Error> {
        deserializer.deserialize_str(self)
    }
}

impl<'de> Visitor<'de> for &Names {
    type Value = Name<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the name of a property")
    }

    fn visit_borrowed_str<E: serde::de::Error>(
        self,
        name: &'de str,
    ) -> Result<Name<'de>, E> {
        match self.find(name) {
            Some(known) => Ok(Name::Known(known)),
            None => Ok(Name::Other(without_nul(name)?.into())),
        }
    }

    fn visit_str<E: serde::de::Error>(self, name: &str) -> Result<Name<'de>, E> {
        match self.find(name) {
            Some(known) => Ok(Name::Known(known)),
            None => Ok(Name::Other(without_nul(name)?.to_owned().into())),
        }
    }
}

/// The properties of an object as they come.
pub struct Entries<'de, A> {
    entries: A,
    names: Names,
    other: Cow<'de, str>,
}

impl<'de, A: MapAccess<'de>> Entries<'de, A> {
    /// The properties of an object that has these, and perhaps others.
    pub fn of(entries: A, known: &'static [&'static str]) -> Self {
        let names = Names { known, next: 0 };
        Self { entries, names, other: Cow::Borrowed("") }
    }

    /// The number of the next property's name among the known ones, or that of none.
    pub fn advance(&mut self) -> Result<Option<usize>, A::Error> {
        Ok(match self.entries.next_key_seed(&self.names)? {
            None => None,
            Some(Name::Known(known)) => {
                self.names.next = known + 1;
                Some(known)
            }
            Some(Name::Other(name)) => {
                self.other = name;
                Some(usize::MAX)
            }
        })
    }

    fn value<T: FromJson>(&mut self, name: &str) -> Result<T, A::Error> {
        let value = self.entries.next_value_seed(Of::new());
        value.map_err(|error| below(&error, name))
    }

    /// Reads the property's value into its place.
    pub fn put<T: FromJson>(
        &mut self,
        known: usize,
        place: &mut Option<T>,
    ) -> Result<(), A::Error> {
        let name = self.names.known.get(known).copied().unwrap_or_default();
        if place.is_some() {
            return Err(twice(name));
        }
        *place = Some(self.value(name)?);
        Ok(())
    }

    /// Keeps a property that has no place of its own.
    pub fn keep<T: FromJson>(
        &mut self,
        rest: &mut impl Rest<T>,
    ) -> Result<(), A::Error> {
        let name = std::mem::take(&mut self.other);
        let value = self.value(&name)?;
        if rest.put(name.clone().into_owned(), value) {
            return Err(twice(&name));
        }
        Ok(())
    }

    /// Refuses a property that has no place of its own.
    pub fn refuse(&self) -> Result<(), A::Error> {
        let name = &self.other;
        Err(A::Error::custom(format!("`{name}` is not a property of this object")))
    }
}

/// A property that must have been there.
pub fn there<T, E: serde::de::Error>(name: &str, value: Option<T>) -> Result<T, E> {
    value.ok_or_else(|| E::custom(format!("`{name}` is missing")))
}

fn twice<E: serde::de::Error>(name: &str) -> E {
    E::custom(format!("property `{name}` comes twice"))
}

/// What keeps properties without a place of their own.
pub trait Rest<T> {
    /// Keeps one; whether there was one of this name.
    fn put(&mut self, name: String, value: T) -> bool;
}

impl Rest<Value> for Map<String, Value> {
    fn put(&mut self, name: String, value: Value) -> bool {
        self.insert(name, value).is_some()
    }
}

impl<T> Rest<T> for BTreeMap<String, T> {
    fn put(&mut self, name: String, value: T) -> bool {
        self.insert(name, value).is_some()
    }
}

/// Reads an object whose property names are data.
pub(super) fn map<'de, D: Deserializer<'de>, T: FromJson>(
    deserializer: D,
) -> Result<BTreeMap<String, T>, D::Error> {
    struct Reader<T>(PhantomData<T>);

    impl<'de, T: FromJson> Visitor<'de> for Reader<T> {
        type Value = BTreeMap<String, T>;

        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("an object")
        }

        fn visit_map<A: MapAccess<'de>>(
            self,
            entries: A,
        ) -> Result<Self::Value, A::Error> {
            let mut map = BTreeMap::new();
            let mut entries = Entries::of(entries, &[]);
            while entries.advance()?.is_some() {
                entries.keep(&mut map)?;
            }
            Ok(map)
        }
    }

    deserializer.deserialize_map(Reader(PhantomData))
}

/// Reads an array.
pub(super) fn list<'de, D: Deserializer<'de>, T: FromJson>(
    deserializer: D,
) -> Result<Vec<T>, D::Error> {
    struct Reader<T>(PhantomData<T>);

    impl<'de, T: FromJson> Visitor<'de> for Reader<T> {
        type Value = Vec<T>;

        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("an array")
        }

        fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Vec<T>, A::Error> {
            let mut list = Vec::new();
            loop {
                let item = items.next_element_seed(Of::new());
                match item.map_err(|error| below(&error, list.len()))? {
                    Some(item) => list.push(item),
                    None => return Ok(list),
                }
            }
        }
    }

    deserializer.deserialize_seq(Reader(PhantomData))
}

/// Reads a value or `null`.
pub(super) fn option<'de, D: Deserializer<'de>, T: FromJson>(
    deserializer: D,
) -> Result<Option<T>, D::Error> {
    struct Reader<T>(PhantomData<T>);

    impl<'de, T: FromJson> Visitor<'de> for Reader<T> {
        type Value = Option<T>;

        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("a value or null")
        }

        fn visit_unit<E: serde::de::Error>(self) -> Result<Option<T>, E> {
            Ok(None)
        }

        fn visit_none<E: serde::de::Error>(self) -> Result<Option<T>, E> {
            Ok(None)
        }

        fn visit_some<D: Deserializer<'de>>(
            self,
            deserializer: D,
        ) -> Result<Option<T>, D::Error> {
            T::read(deserializer).map(Some)
        }
    }

    deserializer.deserialize_option(Reader(PhantomData))
}

/// Reads a string by `make`.
pub(super) fn string<'de, D: Deserializer<'de>, T>(
    deserializer: D,
    make: impl FnOnce(&str) -> Result<T, Error>,
) -> Result<T, D::Error> {
    struct Reader<F>(F);

    impl<T, F: FnOnce(&str) -> Result<T, Error>> Visitor<'_> for Reader<F> {
        type Value = T;

        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("a string")
        }

        fn visit_str<E: serde::de::Error>(self, text: &str) -> Result<T, E> {
            (self.0)(without_nul(text)?).map_err(E::custom)
        }
    }

    deserializer.deserialize_str(Reader(make))
}

/// Reads a string by its [`FromStr`].
pub fn text<'de, D: Deserializer<'de>, T: FromStr<Err = Error>>(
    deserializer: D,
) -> Result<T, D::Error> {
    string(deserializer, str::parse)
}
