//! What a run of `gen` read, found and wrote, in a file beside what verify builds: where all of it is as it
//! was, the next run says so again and does nothing else.
//!
//! Everything is compared by content: the tool itself, the files read and those that were not there, the
//! files written and those that nothing generates. Where anything differs, or the file cannot be read, it is as if there were none.

mod said;

use std::path::{Path, PathBuf};

use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use super::{Output, Workspace};
use crate::catalog::Catalog;
use crate::diagnostic::Diagnostics;
use crate::report::{Generated, Loaded, Report};
use crate::source::{Source, Sources};
use crate::tree::{self, Settled, Tree, hash};
use said::Said;

/// The tool: its version, and a number for its sources and templates.
const TOOL: &str = concat!(env!("CARGO_PKG_VERSION"), " ", env!("CONTRACTS_BUILD"));

/// All of a run that another may rest on.
#[derive(Serialize, Deserialize)]
struct Stamp {
    tool: String,
    /// What was asked: the targets, the root, names of files in messages.
    question: String,
    /// The names of all files below the root.
    listing: String,
    /// The templates of the workspace's own.
    generators: String,
    /// Files that references named and that were not there.
    absent: Vec<PathBuf>,
    /// Every text of the run, in order.
    texts: Vec<Text>,
    contracts: usize,
    versions: usize,
    found: Vec<Said>,
    targets: Vec<Made>,
}

/// A text: a file, or what the tool knows by itself.
#[derive(Serialize, Deserialize)]
struct Text {
    name: String,
    file: Option<PathBuf>,
    /// Of a file its hash, `None` where it could not be read; of another the text itself.
    content: Option<String>,
}

/// What one target's folder holds.
#[derive(Serialize, Deserialize)]
struct Made {
    target: String,
    out: String,
    folder: PathBuf,
    /// Path → hash.
    files: Vec<(String, String)>,
}

/// Whether everything is as the stamp in `file` says; then the report is filled as a run would fill it.
pub fn is_unchanged(
    file: &Path,
    workspace: &Workspace,
    only: &[String],
    sources: &mut Sources,
    report: &mut Report,
) -> bool {
    let text = Sources::read(file).unwrap_or_default();
    let Ok(stamp) = serde_json::from_str::<Stamp>(&text) else {
        return false;
    };
    if stamp.tool != TOOL
        || stamp.question != question(workspace, only)
        || stamp.absent.iter().any(|path| Sources::is_file(path))
        || listing(workspace).as_ref() != Some(&stamp.listing)
        || stamp.generators != generators(workspace)
    {
        return false;
    }
    let read: Option<Vec<Source>> = {
        let texts = stamp.texts.par_iter();
        texts.map(|text| text.read(&workspace.root)).collect()
    };
    let made = stamp.targets.par_iter().all(Made::is_as_it_was);
    let (Some(read), true) = (read, made) else {
        return false;
    };
    let mut again = Sources::default();
    let ids: Vec<_> = read.into_iter().map(|source| again.push(source)).collect();
    let mut found = Diagnostics::default();
    for said in stamp.found {
        let Some(diagnostic) = said.again(&ids) else {
            return false;
        };
        found.push(diagnostic);
    }
    *sources = again;
    report.diagnostics = found;
    report.loaded = Loaded {
        contracts: stamp.contracts,
        versions: stamp.versions,
    };
    report.generated = stamp.targets.iter().map(Made::row).collect();
    true
}

/// Writes down what a run read, found and wrote; `report` is as the run leaves it.
pub fn remember(
    file: &Path,
    workspace: &Workspace,
    only: &[String],
    catalog: &Catalog,
    sources: &Sources,
    outputs: &[Output<Settled>],
    report: &Report,
) {
    let Some(listing) = listing(workspace) else {
        return;
    };
    let absent = catalog.absent.iter();
    let stamp = Stamp {
        tool: TOOL.to_owned(),
        question: question(workspace, only),
        listing,
        generators: generators(workspace),
        absent: absent.map(|path| workspace.root.join(path)).collect(),
        texts: sources
            .iter()
            .map(|(_, source)| Text::of(source, &workspace.root))
            .collect(),
        contracts: report.loaded.contracts,
        versions: report.loaded.versions,
        found: report.diagnostics.iter().map(Said::of).collect(),
        targets: outputs.iter().map(Made::of).collect(),
    };
    let text = serde_json::to_string(&stamp).expect("a stamp has text keys only");
    // A stamp that cannot be written costs the next run its time, nothing else.
    let _ = tree::write_file(file, &text);
}

fn question(workspace: &Workspace, only: &[String]) -> String {
    let root = workspace.root.display();
    format!(
        "{only:?} {root} {} {}",
        workspace.shown,
        workspace.folder.display()
    )
}

/// The names of all files below the root; `None` where some folder could not be read.
fn listing(workspace: &Workspace) -> Option<String> {
    let (files, trouble) = Sources::list(&workspace.root);
    let mut names = String::new();
    for file in &files {
        names.push_str(&file.to_string_lossy());
        names.push('\n');
    }
    trouble.is_empty().then(|| hash(&names))
}

fn generators(workspace: &Workspace) -> String {
    let Some(folder) = &workspace.config.generators else {
        return String::new();
    };
    let tree = Tree::read(&workspace.folder.join(folder));
    hash(&format!("{:?}", tree.files()))
}

impl Text {
    fn of(source: &Source, root: &Path) -> Self {
        let unread = source
            .file
            .as_ref()
            .is_some_and(|file| Sources::read(&root.join(file)).is_err());
        let content = match &source.file {
            Some(_) => hash(&source.text),
            None => source.text.clone(),
        };
        Self {
            name: source.name.clone(),
            file: source.file.clone(),
            content: Some(content).filter(|_| !unread),
        }
    }

    /// The text again, if it is what it was.
    fn read(&self, root: &Path) -> Option<Source> {
        let Some(file) = &self.file else {
            return Some(Source::new(&self.name, self.content.as_deref()?));
        };
        let source = match Sources::read(&root.join(file)) {
            Ok(text) => Source::new(&self.name, text).of_file(file),
            Err(_) => {
                let unread = self.content.is_none();
                return unread.then(|| Source::new(&self.name, "").of_file(file));
            }
        };
        (self.content.as_ref() == Some(&hash(&source.text))).then_some(source)
    }
}

impl Made {
    fn of(output: &Output<Settled>) -> Self {
        let files = output.files.files.iter();
        Self {
            target: output.target.clone(),
            out: output.out.clone(),
            folder: output.folder.clone(),
            files: files
                .map(|(path, hash)| (path.clone(), hash.clone()))
                .collect(),
        }
    }

    fn is_as_it_was(&self) -> bool {
        let known = |path: &str| {
            let found = self
                .files
                .binary_search_by(|(known, _)| known.as_str().cmp(path));
            found.is_ok()
        };
        let same = |(path, wanted): &(String, String)| {
            let text = Sources::read(&self.folder.join(path));
            text.is_ok_and(|text| hash(&text) == *wanted)
        };
        self.files.par_iter().all(same) && tree::stale(&self.folder, &known).is_empty()
    }

    fn row(&self) -> Generated {
        Generated {
            target: self.target.clone(),
            out: self.out.clone(),
            files: self.files.len(),
            written: 0,
            unchanged: self.files.len(),
            removed: 0,
        }
    }
}
