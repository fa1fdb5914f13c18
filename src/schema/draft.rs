//! The drafts of JSON Schema we read, and how each is named.

use serde::{Deserialize, Serialize};

/// A published version of JSON Schema.
#[derive(
    Clone,
    Copy,
    Debug,
    Default,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    Serialize,
    Deserialize,
    schemars::JsonSchema,
)]
pub enum Draft {
    /// Draft 4 (2013).
    #[serde(rename = "4")]
    Draft4,
    /// Draft 6 (2017).
    #[serde(rename = "6")]
    Draft6,
    /// Draft 7 (2018).
    #[serde(rename = "7")]
    Draft7,
    /// Draft 2019-09.
    #[serde(rename = "2019-09")]
    Draft201909,
    /// Draft 2020-12.
    #[default]
    #[serde(rename = "2020-12")]
    Draft202012,
}

impl Draft {
    /// All of them, oldest first.
    pub const ALL: [Self; 5] = [
        Self::Draft4,
        Self::Draft6,
        Self::Draft7,
        Self::Draft201909,
        Self::Draft202012,
    ];

    /// The draft that a `$schema` names, with or without a trailing `#` and with either scheme.
    pub fn from_uri(uri: &str) -> Option<Self> {
        let bare = uri
            .trim_end_matches('#')
            .trim_start_matches("http://")
            .trim_start_matches("https://");
        Self::ALL.into_iter().find(|draft| {
            draft
                .uri()
                .trim_end_matches('#')
                .split_once("://")
                .is_some_and(|(_, rest)| rest == bare)
        })
    }

    /// Its name in a configuration: `4`, `6`, `7`, `2019-09`, `2020-12`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Draft4 => "4",
            Self::Draft6 => "6",
            Self::Draft7 => "7",
            Self::Draft201909 => "2019-09",
            Self::Draft202012 => "2020-12",
        }
    }

    /// The URI of its metaschema.
    pub fn uri(self) -> &'static str {
        match self {
            Self::Draft4 => "http://json-schema.org/draft-04/schema#",
            Self::Draft6 => "http://json-schema.org/draft-06/schema#",
            Self::Draft7 => "http://json-schema.org/draft-07/schema#",
            Self::Draft201909 => "https://json-schema.org/draft/2019-09/schema",
            Self::Draft202012 => "https://json-schema.org/draft/2020-12/schema",
        }
    }

    /// Whether keywords beside `$ref` are ignored (up to draft 7, §8.3 of its core).
    pub fn reference_hides_siblings(self) -> bool {
        self <= Self::Draft7
    }

    /// The keyword that names a schema: `id` in draft 4, `$id` after.
    pub fn identifier(self) -> &'static str {
        if self == Self::Draft4 { "id" } else { "$id" }
    }

    pub(super) fn validator(self) -> jsonschema::Draft {
        match self {
            Self::Draft4 => jsonschema::Draft::Draft4,
            Self::Draft6 => jsonschema::Draft::Draft6,
            Self::Draft7 => jsonschema::Draft::Draft7,
            Self::Draft201909 => jsonschema::Draft::Draft201909,
            Self::Draft202012 => jsonschema::Draft::Draft202012,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_draft_is_found_by_its_uri() {
        for draft in Draft::ALL {
            assert_eq!(Draft::from_uri(draft.uri()), Some(draft));
        }
        assert_eq!(
            Draft::from_uri("https://json-schema.org/draft-07/schema"),
            Some(Draft::Draft7)
        );
        assert_eq!(Draft::from_uri("http://example.com/schema"), None);
    }
}
