//! Pointer → byte range of key and value: made on demand, for the few files that have something to show.

use std::collections::BTreeMap;

use super::{Source, Span, json, yaml};
use crate::pointer::Pointer;

/// Where a pointer's key and value stand in the text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Site {
    /// The property name with its quotes; elements and the root have none.
    pub key: Option<Span>,
    /// The value, brackets included.
    pub value: Span,
}

/// All places of one source.
#[derive(Clone, Debug, Default)]
pub struct Sites(BTreeMap<String, Site>);

impl Sites {
    /// Reads `source` once more, this time for the places.
    pub fn of(source: &Source) -> Self {
        let mut sites = Self::default();
        if source.is_yaml() {
            yaml::parse(&source.text, Some(&mut sites));
        } else {
            json::parse(&source.text, Some(&mut sites));
        }
        sites
    }

    /// The place of `pointer`, or of the nearest enclosing value that has one.
    pub fn nearest(&self, pointer: &Pointer) -> Option<&Site> {
        let mut at = pointer.as_str();
        loop {
            if let Some(site) = self.0.get(at) {
                return Some(site);
            }
            at = &at[..at.rfind('/')?];
        }
    }

    pub(super) fn insert(&mut self, pointer: &str, site: Site) {
        self.0.insert(pointer.to_owned(), site);
    }
}
