//! Every workflow of a workspace: the files in its `workflows` folder, and those that the tool brings with it.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use include_dir::{Dir, include_dir};

use super::check::Library;
use super::read::{File, read};
use crate::diagnostic::Diagnostics;
use crate::source::{Source, Sources};

/// The workflows that the tool brings with it.
static OWN: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/src/workflow/own");

/// The workflow that `contracts run` runs where nobody says otherwise.
pub const DEFAULT: &str = "conformance";

/// Reads every `*.yaml` and `*.yml` file of a folder, which need not be there, and the tool's own that it does not
/// replace. `shown` makes a path fit for messages. What cannot be read is left out, and said.
pub fn library(
    folder: &Path,
    shown: &dyn Fn(&Path) -> String,
    sources: &mut Sources,
    diagnostics: &mut Diagnostics,
) -> Library {
    let mut library: Library = BTreeMap::new();
    let mut seen = Vec::new();
    let files = if Sources::is_folder(folder) {
        Sources::list(folder).0
    } else {
        Vec::new()
    };
    for path in files {
        let Some(name) = named(&path) else { continue };
        if path.parent() != Some(folder) || path.to_string_lossy().contains(".test.") {
            continue;
        }
        let Ok(text) = Sources::read(&path) else {
            continue;
        };
        seen.push(name.clone());
        let source = sources.push(Source::new(shown(&path), text).of_file(&path));
        let file = read(&name, source, sources, diagnostics);
        library.extend(file.map(|file| (name, Arc::new(file))));
    }
    for (name, text) in own() {
        if seen.iter().any(|it| it == name) {
            continue;
        }
        let source = sources.add(format!("<built in>/{name}.yaml"), text);
        let file = read(name, source, sources, diagnostics);
        library.extend(file.map(|file| (name.to_owned(), Arc::new(file))));
    }
    library
}

/// A library of texts that were frozen, by name.
pub fn frozen(
    texts: &BTreeMap<String, String>,
    sources: &mut Sources,
    diagnostics: &mut Diagnostics,
) -> Library {
    let files = texts.iter().filter_map(|(name, text)| {
        let source = sources.add(format!("{name}.yaml"), text);
        let file: File = read(name, source, sources, diagnostics)?;
        Some((name.clone(), Arc::new(file)))
    });
    files.collect()
}

/// The tool's own workflows: names and texts.
pub fn own() -> impl Iterator<Item = (&'static str, &'static str)> {
    let files = OWN.files();
    files.filter_map(|file| Some((file.path().file_stem()?.to_str()?, file.contents_utf8()?)))
}

fn named(path: &Path) -> Option<String> {
    let ending = path.extension()?.to_str()?;
    let stem = path.file_stem()?.to_str()?;
    ["yaml", "yml"].contains(&ending).then(|| stem.to_owned())
}
