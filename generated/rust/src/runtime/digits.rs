//! Numbers by the digits they are written with, as serde_json hands them over.

use std::borrow::Cow;
use std::fmt;

use serde::de::{Deserializer, Error as _, MapAccess, Visitor};

use super::Error;

/// How serde_json hands over the text of a value.
const RAW: &str = "$serde_json::private::RawValue";

/// How serde_json hands over a number whose digits it keeps.
const NUMBER: &str = "$serde_json::private::Number";

/// Reads a number by its digits.
pub(super) fn read<'de, D: Deserializer<'de>, T>(
    deserializer: D,
    make: impl FnOnce(&str) -> Result<T, Error>,
) -> Result<T, D::Error> {
    struct Reader<F>(F);

    impl<'de, T, F: FnOnce(&str) -> Result<T, Error>> Visitor<'de> for Reader<F> {
        type Value = T;

        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("a number")
        }

        fn visit_newtype_struct<D: Deserializer<'de>>(
            self,
            deserializer: D,
        ) -> Result<T, D::Error> {
            deserializer.deserialize_any(self)
        }

        fn visit_i64<E: serde::de::Error>(self, value: i64) -> Result<T, E> {
            (self.0)(&value.to_string()).map_err(E::custom)
        }

        fn visit_u64<E: serde::de::Error>(self, value: u64) -> Result<T, E> {
            (self.0)(&value.to_string()).map_err(E::custom)
        }

        fn visit_f64<E: serde::de::Error>(self, value: f64) -> Result<T, E> {
            (self.0)(&format!("{value:?}")).map_err(E::custom)
        }

        fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<T, A::Error> {
            let key = entries.next_key::<Digits<'_>>()?;
            if !key.is_some_and(|key| key.0 == RAW || key.0 == NUMBER) {
                return Err(A::Error::custom("expected a number, found an object"));
            }
            let Digits(text) = entries.next_value()?;
            if !text.starts_with(|first: char| first == '-' || first.is_ascii_digit()) {
                let text: String = text.chars().take(40).collect();
                return Err(A::Error::custom(format!(
                    "expected a number, found {text}"
                )));
            }
            (self.0)(&text).map_err(A::Error::custom)
        }
    }

    deserializer.deserialize_newtype_struct(RAW, Reader(make))
}

/// A text that is borrowed where it can be.
struct Digits<'de>(Cow<'de, str>);

impl<'de> serde::Deserialize<'de> for Digits<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Reader;

        impl<'de> Visitor<'de> for Reader {
            type Value = Digits<'de>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a text")
            }

            fn visit_borrowed_str<E>(self, text: &'de str) -> Result<Digits<'de>, E> {
                Ok(Digits(Cow::Borrowed(text)))
            }

            fn visit_str<E>(self, text: &str) -> Result<Digits<'de>, E> {
                Ok(Digits(Cow::Owned(text.to_owned())))
            }

            fn visit_string<E>(self, text: String) -> Result<Digits<'de>, E> {
                Ok(Digits(Cow::Owned(text)))
            }
        }

        deserializer.deserialize_str(Reader)
    }
}
