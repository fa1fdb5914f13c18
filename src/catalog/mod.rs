//! All contracts of a workspace: files in; named lineages of versions, each with its schema, out.

mod faults;
mod lineage;
mod load;
mod version;

pub use faults::say as fault;
pub use load::{Parsed, files, load, parse, resolve};
pub use version::{Scheme, Version, VersionError};

use std::collections::BTreeSet;

use crate::config::Promise;
use crate::diagnostic::Code;
use crate::schema::{SchemaId, Schemas};

/// Every code this room can report.
pub const CODES: &[&Code] = &[
    &faults::FILE_UNREADABLE,
    &faults::FOLDER_UNREADABLE,
    &faults::SYNTAX_INVALID,
    &faults::KEY_REPEATED,
    &faults::NESTING_TOO_DEEP,
    &lineage::VERSION_INVALID,
    &lineage::VERSION_REPEATED,
    &lineage::VERSION_GAP,
    &lineage::NAME_CLASH,
    &lineage::EXAMPLE_ORPHANED,
    &lineage::WORKSPACE_EMPTY,
];

/// Every contract of a workspace, by name, and the schemas they are made of.
#[derive(Clone, Debug, Default)]
pub struct Catalog {
    /// The contracts, sorted by group and name.
    pub contracts: Vec<Contract>,
    /// Every document: the contracts' own and those they reference.
    pub schemas: Schemas,
    /// Files below the root that references name and that are not there.
    pub absent: BTreeSet<String>,
}

/// A named lineage of versions.
#[derive(Clone, Debug)]
pub struct Contract {
    /// The folder it stands in, `/` between segments; may be empty.
    pub group: String,
    /// Its own name.
    pub name: String,
    /// What each version guarantees to the ones before it.
    pub promise: Promise,
    /// Its versions, oldest first.
    pub releases: Vec<Release>,
}

/// One version of a contract.
#[derive(Clone, Debug)]
pub struct Release {
    /// The version.
    pub version: Version,
    /// Its schema.
    pub root: SchemaId,
    /// Its file, below the workspace's root.
    pub path: String,
    /// Documents that show it.
    pub examples: Vec<Example>,
}

/// A document kept beside a contract.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Example {
    /// Its file, below the workspace's root.
    pub path: String,
    /// Whether the schema is meant to accept it.
    pub valid: bool,
}

impl Contract {
    /// `group/Name`, or `Name` without a group.
    pub fn full_name(&self) -> String {
        if self.group.is_empty() {
            self.name.clone()
        } else {
            format!("{}/{}", self.group, self.name)
        }
    }

    /// `group/Name@version`.
    pub fn label(&self, release: &Release) -> String {
        format!("{}@{}", self.full_name(), release.version)
    }
}

impl Catalog {
    /// The contract of a full name.
    pub fn contract(&self, full_name: &str) -> Option<&Contract> {
        self.contracts.iter().find(|it| it.full_name() == full_name)
    }

    /// Every version of every contract, in order.
    pub fn releases(&self) -> impl Iterator<Item = (&Contract, &Release)> {
        self.contracts.iter().flat_map(|contract| {
            contract
                .releases
                .iter()
                .map(move |release| (contract, release))
        })
    }
}
