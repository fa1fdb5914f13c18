//! What builders do with their properties.

use std::convert::Infallible;
use std::num::TryFromIntError;

use super::Error;

/// A property that must be given.
pub fn given<T>(name: &str, value: Option<Result<T, Error>>) -> Result<T, Error> {
    let value = value.ok_or_else(|| Error::new(format!("`{name}` is missing")))?;
    value.map_err(|error| error.below(name))
}

/// A property that need not be given.
pub fn perhaps<T>(
    name: &str,
    value: Option<Result<T, Error>>,
) -> Result<Option<T>, Error> {
    value.transpose().map_err(|error| error.below(name))
}

/// Refuses a property beside the named ones that has the name of one.
pub fn apart<'a>(
    named: &[&str],
    others: impl IntoIterator<Item = &'a String>,
) -> Result<(), Error> {
    match others.into_iter().find(|name| named.contains(&name.as_str())) {
        Some(name) => Err(Error::new("is given twice").below(name)),
        None => Ok(()),
    }
}

impl From<Infallible> for Error {
    fn from(never: Infallible) -> Self {
        match never {}
    }
}

impl From<TryFromIntError> for Error {
    fn from(_: TryFromIntError) -> Self {
        Self::new("out of range")
    }
}
