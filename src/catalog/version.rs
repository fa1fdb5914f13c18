//! Versions as workspaces write them, read as semantic versions.

use std::fmt;
use std::str::FromStr;

/// How a version was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scheme {
    /// `1.2`, read as 1.2.0.
    Short,
    /// `1.2.3`, with an optional pre-release (`1.2.3-alpha.1`): semver 2.0.0.
    Full,
    /// `1-0-2`, SchemaVer's MODEL-REVISION-ADDITION, read as MODEL.REVISION.ADDITION: a new MODEL may
    /// break anything, a REVISION may break some, an ADDITION breaks nothing. So what semver calls a
    /// minor step is an ADDITION here.
    SchemaVer,
}

/// A version: its text, and the semantic version it stands for. Ordered and compared by the latter.
#[derive(Clone, Debug)]
pub struct Version {
    text: String,
    number: semver::Version,
    scheme: Scheme,
}

/// A text that is no version.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is no version")]
pub struct VersionError(pub String);

impl Version {
    /// The version of contracts whose layout has none: 1.0.
    pub fn only() -> Self {
        Self {
            text: "1.0".to_owned(),
            number: semver::Version::new(1, 0, 0),
            scheme: Scheme::Short,
        }
    }

    /// The semantic version.
    pub fn number(&self) -> &semver::Version {
        &self.number
    }

    /// How it was written.
    pub fn scheme(&self) -> Scheme {
        self.scheme
    }

    /// Whether it is neither 0.x nor a pre-release.
    pub fn is_finished(&self) -> bool {
        self.number.major > 0 && self.number.pre.is_empty()
    }

    /// The major version.
    pub fn major(&self) -> u64 {
        self.number.major
    }
}

impl FromStr for Version {
    type Err = VersionError;

    fn from_str(text: &str) -> Result<Self, VersionError> {
        let error = || VersionError(text.to_owned());
        let (core, rest) = match text.find(['-', '+']) {
            Some(cut) => text.split_at(cut),
            None => (text, ""),
        };
        let (number, scheme) = match core.split('.').count() {
            1 if !rest.is_empty() => (text.replace('-', "."), Scheme::SchemaVer),
            2 => (format!("{core}.0{rest}"), Scheme::Short),
            3 => (text.to_owned(), Scheme::Full),
            _ => return Err(error()),
        };
        let number = semver::Version::parse(&number).map_err(|_| error())?;
        Ok(Self {
            text: text.to_owned(),
            number,
            scheme,
        })
    }
}

impl fmt::Display for Version {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

impl PartialEq for Version {
    fn eq(&self, other: &Self) -> bool {
        self.number == other.number
    }
}

impl Eq for Version {}

impl PartialOrd for Version {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Version {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.number.cmp(&other.number)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_three_schemes_are_told_apart() {
        let read = |text: &str| {
            text.parse::<Version>()
                .map(|v| (v.number.to_string(), v.scheme))
        };
        assert_eq!(read("1.2"), Ok(("1.2.0".to_owned(), Scheme::Short)));
        assert_eq!(
            read("1.2.3-alpha.1"),
            Ok(("1.2.3-alpha.1".to_owned(), Scheme::Full))
        );
        assert_eq!(read("1-0-2"), Ok(("1.0.2".to_owned(), Scheme::SchemaVer)));
        for wrong in ["", "1", "v1.0", "1.2.3.4", "1-0", "01.2", "1.x"] {
            assert!(read(wrong).is_err(), "{wrong}");
        }
    }
}
