//! Results kept: entries by key, contents by digest. A local store, and a remote one behind it.
//!
//! An entry is whole or not there; what was changed in a store is refused, not used. With a key
//! (`CONTRACTS_CACHE_KEY`) entries are signed (HMAC-SHA-256), and those without that signature are refused too.

mod local;
#[cfg(feature = "remote")]
mod remote;
mod sealed;

pub use local::{Local, Status};
#[cfg(feature = "remote")]
pub use remote::Remote;
pub use sealed::{Seal, signature};

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::key::Parts;

/// A kept result.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Entry {
    /// The step it is of, for people.
    pub step: String,
    /// What its key was made of.
    pub parts: Parts,
    /// What the step handed on.
    pub outputs: Map<String, Value>,
    /// The files it made.
    pub files: Vec<KeptFile>,
    /// The digest of its log.
    pub log: Option<String>,
    /// What the kind itself keeps beside.
    #[serde(default)]
    pub beside: Value,
    /// How long it took, in milliseconds.
    pub took: u64,
}

/// A file that a step made.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeptFile {
    /// Relative to the project's folder.
    pub path: String,
    /// Its content's digest.
    pub digest: String,
    /// Whether it may be executed.
    pub executable: bool,
}

/// Why a store was of no use.
#[derive(Debug, thiserror::Error)]
pub enum CacheError {
    /// The system's word.
    #[error("{0}")]
    Io(#[from] std::io::Error),
    /// An entry or content that is not what was put there, or not signed with our key.
    #[error("`{0}` was refused: {1}")]
    Refused(String, &'static str),
    /// The remote store's word.
    #[error("the remote store: {0}")]
    Remote(String),
}

impl Entry {
    /// Every content it needs.
    pub fn contents(&self) -> impl Iterator<Item = &str> {
        let files = self.files.iter().map(|file| file.digest.as_str());
        files.chain(self.log.as_deref())
    }
}
