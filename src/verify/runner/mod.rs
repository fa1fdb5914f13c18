//! Runs what a target generates: models and documents in; what its reader and writer made of each out.
//!
//! Everything is built and kept in one folder; what did not change is not built again. Knows how
//! programs are built and asked, and nothing of schemas.

mod converse;
mod mql4;
mod python;
mod rust;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use sha2::{Digest as _, Sha256};

use super::process::Refused;
use crate::diagnostic::{Diagnostics, Severity};
use crate::model::Model;
use crate::source::Sources;
use crate::target::{self, Naming, RoundTrip, Target};
use crate::tree::{Tree, WriteError};

/// A target with what it is to run.
pub(super) struct Bench<'a> {
    pub(super) target: &'a Target,
    pub(super) models: &'a [&'a Model],
    pub(super) work: &'a Path,
    pub(super) sanitize: bool,
}

/// A document for the reader of a model, by its index.
#[derive(Clone, Copy, Debug)]
pub(super) struct Request<'a> {
    pub(super) model: usize,
    pub(super) text: &'a str,
}

/// What became of a document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Answer {
    /// It was read; this was written.
    Written(String),
    /// It was refused, and why.
    Refused(String),
    /// The program ended at it, and how.
    Died(String),
    /// Nothing was asked, since the module is broken.
    NotTried,
}

/// What became of all documents.
#[derive(Clone, Debug, Default)]
pub(super) struct Ran {
    /// An answer a request.
    pub(super) answers: Vec<Answer>,
    /// Models whose module does not compile or cannot be imported, with the reason.
    pub(super) broken: BTreeMap<usize, String>,
    /// The files generated for each model alone.
    pub(super) files: Vec<Vec<String>>,
}

/// Why nothing was run.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub(super) enum Trouble {
    /// A tool is not installed.
    #[error("{reason}")]
    Missing { reason: String, help: String },
    /// The program could not be built.
    #[error("{0}")]
    Failed(String),
    /// The target says that it is not run.
    #[error("{0}")]
    NotMeant(String),
}

/// Sends every request through the target's reader and writer.
pub(super) fn run(bench: &Bench<'_>, requests: &[Request<'_>]) -> Result<Ran, Trouble> {
    Stamp::new(bench.work, "about").write("What is built here is known by its content", "")?;
    let located = target::locate(bench.target, bench.models, Naming::Version);
    let mut ran = match &bench.target.manifest.round_trip {
        RoundTrip::Cargo { files } => rust::run(bench, files, requests),
        RoundTrip::Python {
            program,
            requirements,
            ..
        } => python::run(bench, &located, program, requirements, requests),
        RoundTrip::Mql4 { .. } => mql4::run(bench, &located, requests),
        RoundTrip::None { reason } => return Err(Trouble::NotMeant(reason.clone())),
    }?;
    ran.files = located.into_iter().map(|located| located.files).collect();
    for (request, answer) in requests.iter().zip(&mut ran.answers) {
        if ran.broken.contains_key(&request.model) {
            *answer = Answer::NotTried;
        }
    }
    Ok(ran)
}

impl Bench<'_> {
    /// The generated files of some models and the program that runs them.
    fn tree(&self, models: &[&Model]) -> Result<Tree, Trouble> {
        let (mut sources, mut found) = (Sources::default(), Diagnostics::default());
        let naming = Naming::Version;
        let mut tree = target::generate(self.target, models, naming, &mut sources, &mut found);
        let program = target::round_trip(self.target, models, naming, &mut sources, &mut found);
        tree.extend_below("", &program);
        match found.iter().find(|it| it.severity == Severity::Error) {
            Some(first) => Err(Trouble::Failed(first.message.clone())),
            None => Ok(tree),
        }
    }

    /// The folder of generated files.
    fn folder(&self) -> PathBuf {
        self.work.join(&self.target.name)
    }

    /// A folder for what is built from them.
    fn build_folder(&self, what: &str) -> PathBuf {
        self.work.join(format!("{}-{what}", self.target.name))
    }
}

/// What a step left behind the last time it was done: a text, if it was done with the same `key`.
struct Stamp {
    folder: PathBuf,
    name: String,
}

impl Stamp {
    fn new(work: &Path, name: impl Into<String>) -> Self {
        Self {
            folder: work.join("stamps"),
            name: name.into(),
        }
    }

    /// What was left, if the key is the same.
    fn read(&self, key: &str) -> Option<String> {
        let text = Sources::read(&self.folder.join(&self.name)).ok()?;
        let (known, left) = text.split_once('\n')?;
        (known == key).then(|| left.to_owned())
    }

    fn write(&self, key: &str, left: &str) -> Result<(), WriteError> {
        let mut tree = Tree::default();
        tree.insert(self.name.clone(), format!("{key}\n{left}"));
        tree.write(&self.folder).map(|_| ())
    }
}

/// The SHA-256 of texts, each apart from the next: 64 hexadecimal digits.
fn digest<'a>(texts: impl IntoIterator<Item = &'a str>) -> String {
    let mut hash = Sha256::new();
    for text in texts {
        hash.update(text.len().to_le_bytes());
        hash.update(text.as_bytes());
    }
    hash.finalize()
        .iter()
        .fold(String::new(), |hex, byte| format!("{hex}{byte:02x}"))
}

/// The SHA-256 of all files.
fn digest_of(tree: &Tree) -> String {
    digest(tree.iter().flat_map(|(path, text)| [path, text]))
}

impl From<WriteError> for Trouble {
    fn from(error: WriteError) -> Self {
        Self::Failed(error.to_string())
    }
}

impl From<Refused> for Trouble {
    fn from(refused: Refused) -> Self {
        Self::Failed(refused.to_string())
    }
}
