//! Findings that somebody has looked at and let stand: rows of contracts.toml, and which finding one means.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::Date;
use crate::diagnostic::Place;
use crate::source::{Source, SourceId};

/// A finding that is let stand: by its fingerprint, or by its code and contract.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Accept {
    /// The finding's fingerprint: `--fingerprints` shows it, and so do the formats for programs.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fingerprint: Option<String>,
    /// The finding's code.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub code: Option<String>,
    /// The contract it is about, `group/Name`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub contract: Option<String>,
    /// The version it is about; any, where there is none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub version: Option<String>,
    /// The JSON Pointer of its main place; any, where there is none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pointer: Option<String>,
    /// Why it may stand.
    pub reason: String,
    /// The last day that it may.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<Date>,
}

impl Accept {
    /// Why the row cannot be used.
    pub(super) fn fault(&self) -> Option<&'static str> {
        let named = self.fingerprint.is_some() || (self.code.is_some() && self.contract.is_some());
        if !named {
            Some("a row of `[[accept]]` needs `fingerprint`, or `code` and `contract`")
        } else if self.reason.trim().is_empty() {
            Some("a row of `[[accept]]` needs a `reason`")
        } else {
            None
        }
    }

    /// Whether its last day is over.
    pub fn is_over(&self, today: Option<Date>) -> bool {
        matches!((self.until, today), (Some(until), Some(today)) if today > until)
    }

    /// Where the rows stand in the text of a contracts.toml, in order.
    pub fn places(source: &Source, id: SourceId) -> Vec<Place> {
        let text = &source.text;
        let Ok(table) = toml::de::DeTable::parse(text) else {
            return Vec::new();
        };
        let rows = table.get_ref().get("accept");
        let rows = rows.and_then(|rows| rows.get_ref().as_array());
        rows.into_iter()
            .flat_map(|rows| rows.iter())
            .map(|row| Place::bytes(id, row.span()))
            .collect()
    }
}
