//! What a run of `gen` read, found and wrote, in a file beside what verify builds: where all of it is as it
//! was, the next run says so again and does nothing else.
//!
//! Everything is compared by content: the tool itself, the files read and those that were not there, the
//! files written and those that nothing generates. A file that the disk says was not touched since is not read for
//! it. Where anything differs, or the file cannot be read, it is as if there were none.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use super::said::Said;
use super::{Output, Workspace};
use crate::catalog::Catalog;
use crate::diagnostic::Diagnostics;
use crate::report::{Generated, Loaded, Report};
use crate::source::{Source, SourceId, Sources};
use crate::tree::{self, Seen, Settled, Tree, hash};

/// The tool: its version, and a number for its sources and templates.
pub const TOOL: &str = concat!(env!("CARGO_PKG_VERSION"), " ", env!("CONTRACTS_BUILD"));

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
    /// Of a file that could be read, what was seen.
    seen: Option<Seen>,
    /// Of what is no file the text itself.
    content: String,
}

/// What one target's folder holds.
#[derive(Serialize, Deserialize)]
struct Made {
    target: String,
    out: String,
    folder: PathBuf,
    /// The files by their path.
    files: Vec<(String, Seen)>,
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
    let Ok(mut stamp) = serde_json::from_str::<Stamp>(&text) else {
        return false;
    };
    let at = Sources::touched(file).map_or(0, |touched| touched.nanoseconds);
    if stamp.tool != TOOL
        || stamp.question != question(workspace, only)
        || stamp.absent.iter().any(|path| Sources::is_file(path))
        || listing(workspace).as_ref() != Some(&stamp.listing)
        || stamp.generators != generators(workspace)
    {
        return false;
    }
    // Only the texts that findings stand in are shown.
    let shown: BTreeSet<usize> = stamp.found.iter().flat_map(Said::sources).collect();
    let texts = stamp.texts.par_iter_mut().enumerate();
    let read: Option<Vec<Source>> = texts
        .map(|(index, text)| text.again(&workspace.root, at, shown.contains(&index)))
        .collect();
    let made = stamp
        .targets
        .par_iter_mut()
        .all(|made| made.is_as_it_was(at));
    let (Some(read), true) = (read, made) else {
        return false;
    };
    let now = serde_json::to_string(&stamp).expect("a stamp has text keys only");
    if now != text {
        let _ = tree::write_file(file, &now);
    }
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
        found: report
            .diagnostics
            .iter()
            .map(|found| Said::of(found, &SourceId::index))
            .collect(),
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
        let seen = source.file.as_ref().and_then(|file| {
            let path = root.join(file);
            let touched = Sources::touched(&path);
            let now = Source::new("", Sources::read(&path).ok()?);
            // What was written while the run went on was not seen by it.
            Some(Seen::new(
                &source.text,
                touched.filter(|_| now.text == source.text),
            ))
        });
        Self {
            name: source.name.clone(),
            file: source.file.clone(),
            seen,
            content: match &source.file {
                Some(_) => String::new(),
                None => source.text.clone(),
            },
        }
    }

    /// The text again, if it is what it was; nothing instead of one that is not `shown`.
    fn again(&mut self, root: &Path, at: u64, shown: bool) -> Option<Source> {
        let Some(file) = &self.file else {
            return Some(Source::new(&self.name, self.content.as_str()));
        };
        let path = root.join(file);
        let Some(seen) = &self.seen else {
            let unread = Sources::read(&path).is_err();
            return unread.then(|| Source::new(&self.name, "").of_file(file));
        };
        self.seen = Some(seen.again(&path, at)?);
        let text = if shown {
            Sources::read(&path).ok()?
        } else {
            String::new()
        };
        Some(Source::new(&self.name, text).of_file(file))
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
                .map(|(path, seen)| (path.clone(), seen.clone()))
                .collect(),
        }
    }

    fn is_as_it_was(&mut self, at: u64) -> bool {
        let folder = &self.folder;
        let same = self.files.par_iter_mut().all(|(path, seen)| {
            let now = seen.again(&folder.join(path), at);
            now.is_some_and(|now| {
                *seen = now;
                true
            })
        });
        let known = |path: &str| {
            let found = self
                .files
                .binary_search_by(|(known, _)| known.as_str().cmp(path));
            found.is_ok()
        };
        same && tree::stale(folder, &known).is_empty()
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
