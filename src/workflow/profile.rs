//! What a step's program may see and touch.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::templated::Or;

/// What a step's program may see and touch.
///
/// The environment and the working folder are always as said. Writable paths and TCP are enforced by the kernel where
/// it can (Linux with Landlock; TCP since 6.7); where it cannot, the step says so before it begins.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub struct Profile {
    /// Names of the environment variables that are handed on, `*` at the end for all that begin so. Not set: all
    /// but the secrets of every profile.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub env: Option<Vec<String>>,
    /// Names of environment variables that are handed on and whose values are masked in every log.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub secrets: Vec<String>,
    /// The working folder, relative to the project's.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub folder: Option<String>,
    /// The paths below which it may write, relative to the project's folder. Not set: anywhere.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub write: Option<Vec<String>>,
    /// `true`: any TCP connection; `false`: none; a list: to these ports only. Not set: any.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tcp: Option<Or<bool, Ports>>,
    /// Whether the step fails where the kernel cannot enforce this, instead of saying so.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub enforced: bool,
}

/// The ports a program may connect to.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Ports {
    /// Ports to connect to.
    pub connect: Vec<u16>,
}

impl Profile {
    /// Whether an environment variable is handed on.
    pub fn hands_on(&self, name: &str) -> bool {
        let matches = |row: &String| match row.strip_suffix('*') {
            Some(start) => name.starts_with(start),
            None => row == name,
        };
        let allowed = self
            .env
            .as_ref()
            .is_none_or(|rows| rows.iter().any(matches));
        allowed || self.secrets.iter().any(|secret| secret == name)
    }
}
