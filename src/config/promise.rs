//! What a contract guarantees from one version to the next, in Confluent's words.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// The guarantee: which directions, and whether it holds against every earlier version or the last one.
///
/// Source of the words: Confluent Schema Registry, "Schema Evolution and Compatibility".
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub struct Promise {
    /// New readers read old documents: what `old` accepts, `new` accepts.
    pub backward: bool,
    /// Old readers read new documents: what `new` accepts, `old` accepts.
    pub forward: bool,
    /// Against every earlier version of the same major, not the last one only.
    pub transitive: bool,
}

/// A word that is no promise.
#[derive(Clone, Debug, thiserror::Error)]
#[error("`{0}` is no promise, expected one of {names}", names = Promise::NAMES.join(", "))]
pub struct PromiseError(String);

impl Promise {
    /// Nothing is promised.
    pub const NONE: Self = Self {
        backward: false,
        forward: false,
        transitive: false,
    };

    /// Every word, in the order of the documentation.
    pub const NAMES: [&'static str; 7] = [
        "none",
        "backward",
        "backward-transitive",
        "forward",
        "forward-transitive",
        "full",
        "full-transitive",
    ];
}

impl FromStr for Promise {
    type Err = PromiseError;

    fn from_str(text: &str) -> Result<Self, PromiseError> {
        let (word, transitive) = match text.strip_suffix("-transitive") {
            Some(word) => (word, true),
            None => (text, false),
        };
        let (backward, forward) = match word {
            "none" if !transitive => (false, false),
            "backward" => (true, false),
            "forward" => (false, true),
            "full" => (true, true),
            _ => return Err(PromiseError(text.to_owned())),
        };
        Ok(Self {
            backward,
            forward,
            transitive,
        })
    }
}

impl fmt::Display for Promise {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match (self.backward, self.forward) {
            (false, false) => "none",
            (true, false) => "backward",
            (false, true) => "forward",
            (true, true) => "full",
        })?;
        if self.transitive {
            f.write_str("-transitive")
        } else {
            Ok(())
        }
    }
}

impl From<Promise> for String {
    fn from(promise: Promise) -> Self {
        promise.to_string()
    }
}

impl TryFrom<String> for Promise {
    type Error = PromiseError;

    fn try_from(text: String) -> Result<Self, PromiseError> {
        text.parse()
    }
}

impl schemars::JsonSchema for Promise {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Promise".into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({
            "description": "What a contract guarantees from one version to the next.",
            "type": "string",
            "enum": Self::NAMES,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::Promise;

    #[test]
    fn every_word_comes_back() {
        for name in Promise::NAMES {
            assert_eq!(name.parse::<Promise>().unwrap().to_string(), name);
        }
        assert!("none-transitive".parse::<Promise>().is_err());
        assert!("BACKWARD".parse::<Promise>().is_err());
    }
}
