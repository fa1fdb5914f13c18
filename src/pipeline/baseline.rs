//! A workspace as it was, read with the settings it had: a folder in; a catalog out.

use std::path::{Path, PathBuf};

use super::{CONFIG_NAME, Workspace, codes};
use crate::catalog::{self, Catalog};
use crate::config::{Config, Layout};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Place, Severity};
use crate::source::{Folder, Source, Sources};

pub(super) static BASELINE_FAULTY: Code = Code {
    name: "baseline-faulty",
    severity: Severity::Warning,
    explain: "\
A schema of what `--against` names has a fault: a broken file, a keyword with a wrong value, a reference
to nothing. The past cannot be mended, so this is a warning: what is wrong there says nothing, and a file
that cannot be read at all counts as not released.
",
};

pub(super) static BASELINE_EMPTY: Code = Code {
    name: "baseline-empty",
    severity: Severity::Warning,
    explain: "\
What `--against` names has no contract at all, so every version counts as new. So it is where contracts
are added for the first time; else it is the wrong folder, or `layout` is not what it was and contracts.toml
does not stand where it stood.
",
};

/// A workspace as it was.
#[derive(Clone, Debug)]
pub struct Was {
    /// What people call it.
    pub name: String,
    /// Its contracts.
    pub catalog: Catalog,
    /// Whether paths tell versions apart, then and now.
    pub versioned: bool,
}

/// The settings that say how files are read, from a contracts.toml that stands in the baseline; all others are
/// those of now.
pub(super) fn settings(text: Option<String>, now: &Config) -> Config {
    let then = text.and_then(|text| {
        let mut sources = Sources::default();
        let id = sources.push(Source::new(CONFIG_NAME, text));
        Config::parse(sources.get(id), id, &mut Diagnostics::default())
    });
    let then = then.unwrap_or_else(|| now.clone());
    Config {
        layout: then.layout,
        root: then.root,
        draft: then.draft,
        drafts: then.drafts,
        references: then.references,
        examples: None,
        ..now.clone()
    }
}

/// Reads the contracts of a baseline; its faults become one warning.
pub(super) fn read(
    name: &str,
    folder: &(impl Folder + ?Sized),
    shown: &str,
    config: &Config,
    workspace: &Workspace,
    sources: &mut Sources,
    diagnostics: &mut Diagnostics,
) -> Was {
    let mut found = Diagnostics::default();
    let catalog = catalog::load(folder, shown, config, None, sources, &mut found);
    codes::regrade(config, &mut found);
    if catalog.contracts.is_empty() {
        let message = format!("`{name}` has no contracts, so every version counts as new");
        diagnostics.push(
            Diagnostic::new(&BASELINE_EMPTY, message)
                .at(Place::file(workspace.config_source), "")
                .help(format!("is `{}` where they were?", config.layout)),
        );
    }
    let errors = || found.iter().filter(|it| it.severity == Severity::Error);
    if let Some(first) = errors().next() {
        let message = format!("a fault in `{name}` says nothing: {}", first.message);
        let mut diagnostic = Diagnostic::new(&BASELINE_FAULTY, message);
        diagnostic.labels.clone_from(&first.labels);
        diagnostic.contract.clone_from(&first.contract);
        let more = errors().count() - 1;
        if more > 0 {
            diagnostic = diagnostic.note(format!("and {more} more"));
        }
        diagnostics.push(diagnostic);
    }
    let versioned =
        |config: &Config| Layout::schemas(&config.layout).is_ok_and(|it| it.is_versioned());
    Was {
        name: name.to_owned(),
        catalog,
        versioned: versioned(config) && versioned(&workspace.config),
    }
}

/// The folder of the contracts.toml that a folder has, itself or in `contracts/`.
pub(super) fn settings_in(folder: &Path) -> Option<PathBuf> {
    let paths = [folder.to_owned(), folder.join("contracts")];
    paths
        .into_iter()
        .find(|it| Sources::is_file(&it.join(CONFIG_NAME)))
}
