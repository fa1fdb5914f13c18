//! What is assumed of writers and readers: the settings that decide where plain inclusion does not.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::schema::Formats;

/// What is assumed of properties a version does not declare.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Undeclared {
    /// Writers send only what their version declares; readers tolerate what the schema lets them.
    #[default]
    WritersOmit,
    /// Writers may send anything the schema accepts.
    WritersMaySend,
}

/// What a `default` in the reader's schema is worth.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum DefaultPolicy {
    /// The reader fills it in, so a new required property with a default breaks nobody.
    #[default]
    Fill,
    /// It is a remark.
    Ignore,
}

/// What readers do with a constant that their `enum` does not list.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Enums {
    /// They refuse it.
    #[default]
    Closed,
    /// They tolerate it where it has the type of the listed ones, so a list may grow and shrink.
    Open,
}

/// What is promised of versions that are not finished: 0.x, and those with a pre-release tag.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum PreReleases {
    /// The same as of every version.
    #[default]
    Promised,
    /// Nothing; a finished version is compared with the finished one before it.
    Free,
}

/// What is assumed of the writers and readers of one contract.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct Policy {
    /// What writers send beside what they declare.
    pub undeclared: Undeclared,
    /// What a reader's `default` is worth.
    pub defaults: DefaultPolicy,
    /// What readers do with constants they do not know.
    pub enums: Enums,
    /// Whether `format` refuses texts.
    pub formats: Formats,
}

impl Policy {
    /// Plain inclusion of sets: writers may send anything their schema accepts, defaults are remarks,
    /// lists are closed.
    pub fn strict(formats: Formats) -> Self {
        Self {
            undeclared: Undeclared::WritersMaySend,
            defaults: DefaultPolicy::Ignore,
            enums: Enums::Closed,
            formats,
        }
    }

    /// Each setting as contracts.toml writes it, in the order of the documentation.
    pub fn settings(self) -> [&'static str; 4] {
        [
            match self.undeclared {
                Undeclared::WritersOmit => "undeclared = \"writers-omit\"",
                Undeclared::WritersMaySend => "undeclared = \"writers-may-send\"",
            },
            match self.defaults {
                DefaultPolicy::Fill => "defaults = \"fill\"",
                DefaultPolicy::Ignore => "defaults = \"ignore\"",
            },
            match self.enums {
                Enums::Closed => "enums = \"closed\"",
                Enums::Open => "enums = \"open\"",
            },
            match self.formats {
                Formats::Annotate => "formats = \"annotate\"",
                Formats::Assert => "formats = \"assert\"",
            },
        ]
    }

    /// The policies with one setting turned to its other value, in the order of [`Policy::settings`].
    pub fn turned(self) -> [Self; 4] {
        let undeclared = match self.undeclared {
            Undeclared::WritersOmit => Undeclared::WritersMaySend,
            Undeclared::WritersMaySend => Undeclared::WritersOmit,
        };
        let defaults = match self.defaults {
            DefaultPolicy::Fill => DefaultPolicy::Ignore,
            DefaultPolicy::Ignore => DefaultPolicy::Fill,
        };
        let enums = match self.enums {
            Enums::Closed => Enums::Open,
            Enums::Open => Enums::Closed,
        };
        let formats = match self.formats {
            Formats::Annotate => Formats::Assert,
            Formats::Assert => Formats::Annotate,
        };
        [
            Self { undeclared, ..self },
            Self { defaults, ..self },
            Self { enums, ..self },
            Self { formats, ..self },
        ]
    }
}

/// The policies of some contracts, where they are not the workspace's.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub struct Policies {
    /// What writers send beside what their version declares.
    pub undeclared: Option<Undeclared>,
    /// Whether a reader's `default` satisfies a new required property.
    pub defaults: Option<DefaultPolicy>,
    /// Whether readers tolerate constants that their `enum` does not list.
    pub enums: Option<Enums>,
    /// Whether `format` refuses texts or only describes them.
    pub formats: Option<Formats>,
    /// What is promised of pre-releases and 0.x.
    pub pre_releases: Option<PreReleases>,
}
