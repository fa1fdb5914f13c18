//! The key of a step's result: everything the result depends on in; one digest, and the parts it was made of, out.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::files::digest;

/// What a result depends on, by name: `kind`, `argument run`, `input src/a.rs`, `env CC`, `needs build`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Parts(BTreeMap<String, String>);

impl Parts {
    /// Adds one; long values are taken by their digest.
    pub fn add(&mut self, name: impl Into<String>, value: &str) {
        let value = if value.len() > 80 {
            format!("sha256 {}", digest(value.as_bytes()))
        } else {
            value.to_owned()
        };
        self.0.insert(name.into(), value);
    }

    /// The key.
    pub fn key(&self) -> String {
        let json = serde_json::to_string(&self.0).expect("texts by name are JSON");
        digest(json.as_bytes())
    }

    /// Whether another result depends on the same, but for what the step itself makes (`beside …`).
    pub fn same_inputs(&self, other: &Self) -> bool {
        let given = |parts: &Self| {
            let given = parts
                .0
                .iter()
                .filter(|(name, _)| !name.starts_with("beside "));
            given
                .map(|(name, value)| (name.clone(), value.clone()))
                .collect::<Vec<_>>()
        };
        given(self) == given(other)
    }

    /// How these parts differ from those of an earlier result, a line each.
    pub fn changes(&self, before: &Self) -> Vec<String> {
        let mut lines = Vec::new();
        for (name, value) in &self.0 {
            match before.0.get(name) {
                None => lines.push(format!("{name} is new")),
                Some(old) if old != value && value.len() > 64 => {
                    lines.push(format!("{name} changed"));
                }
                Some(old) if old != value => {
                    lines.push(format!("{name} changed: `{old}` was, `{value}` is"));
                }
                Some(_) => {}
            }
        }
        let gone = before.0.keys().filter(|name| !self.0.contains_key(*name));
        lines.extend(gone.map(|name| format!("{name} is gone")));
        lines
    }
}
