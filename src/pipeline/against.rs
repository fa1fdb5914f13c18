//! What versions are compared with, as a person says it: a word in; a catalog to compare with, or why there
//! is none, out.

use std::path::Path;

use super::baseline::{self, Was};
use super::{CONFIG_NAME, Workspace};
use crate::catalog::{Catalog, Version};
use crate::compat;
use crate::diagnostic::Diagnostics;
#[cfg(feature = "cli")]
use crate::schema::closest;
use crate::source::Sources;
#[cfg(feature = "cli")]
use crate::source::{Folder, Repository, Revision, RevisionError};

/// What versions are compared with.
#[derive(Clone, Debug)]
pub enum Against {
    /// The versions before them.
    Previous,
    /// One version of each contract.
    Version(Version),
    /// The workspace as it was.
    Baseline(Was),
}

/// Why a word names nothing to compare with.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct AgainstError {
    /// What is.
    pub message: String,
    /// The way out.
    pub help: Option<String>,
}

/// Where the words of a person are to be understood.
pub struct Context<'a> {
    /// The workspace as it is.
    pub workspace: &'a Workspace,
    /// Its contracts.
    pub catalog: &'a Catalog,
    /// The folder that paths start from.
    pub here: &'a Path,
    /// Makes a path fit for messages.
    pub shown: &'a dyn Fn(&Path) -> String,
}

/// A way to read a word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Reading {
    Version,
    Folder,
    Git,
}

impl Reading {
    const ALL: [Self; 3] = [Self::Version, Self::Folder, Self::Git];

    fn prefix(self) -> &'static str {
        match self {
            Self::Version => "version:",
            Self::Folder => "folder:",
            Self::Git => "git:",
        }
    }

    fn word(self) -> &'static str {
        match self {
            Self::Version => "a version",
            Self::Folder => "a folder",
            Self::Git => "a git revision",
        }
    }
}

impl Against {
    /// What people call it; `None` for the versions before.
    pub(super) fn name(&self) -> Option<String> {
        match self {
            Self::Previous => None,
            Self::Version(version) => Some(version.to_string()),
            Self::Baseline(was) => Some(was.name.clone()),
        }
    }

    /// As the check takes it.
    pub(super) fn as_compat(&self, workspace: &Workspace) -> compat::Against<'_> {
        match self {
            Self::Previous => compat::Against::Previous,
            Self::Version(version) => compat::Against::Version(version),
            Self::Baseline(was) => compat::Against::Baseline(compat::Baseline {
                catalog: &was.catalog,
                name: &was.name,
                versioned: was.versioned,
                settings: Some(workspace.config_source),
            }),
        }
    }
}

/// Reads `previous`, a version, a folder, or a git revision. A word that could be several of them is refused;
/// `version:`, `folder:` and `git:` before it say which is meant.
pub fn against(
    word: &str,
    context: &Context<'_>,
    sources: &mut Sources,
    diagnostics: &mut Diagnostics,
) -> Result<Against, AgainstError> {
    if word == "previous" {
        return Ok(Against::Previous);
    }
    let said = Reading::ALL
        .into_iter()
        .find_map(|it| Some((it, word.strip_prefix(it.prefix())?)));
    let (reading, name) = match said {
        Some(said) => said,
        None => (context.only_reading(word)?, word),
    };
    match reading {
        Reading::Version => context.version(name),
        Reading::Folder => context.folder(name, sources, diagnostics),
        Reading::Git => context.revision(name, sources, diagnostics),
    }
}

impl Context<'_> {
    /// The one way to read a word that has no prefix.
    fn only_reading(&self, word: &str) -> Result<Reading, AgainstError> {
        // No branch is called so.
        if word.starts_with(['.', '/']) || word.ends_with('/') {
            return Ok(Reading::Folder);
        }
        let fits = |reading: &Reading| match reading {
            Reading::Version => self.version(word).is_ok(),
            Reading::Folder => Sources::is_folder(&self.here.join(word)),
            Reading::Git => self.has_revision(word),
        };
        let readings: Vec<Reading> = Reading::ALL.into_iter().filter(fits).collect();
        match readings.as_slice() {
            [one] => Ok(*one),
            [] if word.parse::<Version>().is_ok() => Ok(Reading::Version),
            [] => Err(AgainstError {
                message: format!("`{word}` is no version, no folder and no git revision"),
                help: self.revision_help(word),
            }),
            several => {
                let words: Vec<&str> = several.iter().map(|it| it.word()).collect();
                let forms = several.iter().map(|it| format!("`{}{word}`", it.prefix()));
                Err(AgainstError {
                    message: format!("`{word}` is {}", words.join(" and ")),
                    help: Some(format!("say {}", forms.collect::<Vec<_>>().join(" or "))),
                })
            }
        }
    }

    fn version(&self, name: &str) -> Result<Against, AgainstError> {
        let version: Version = name.parse().map_err(|_| AgainstError {
            message: format!("`{name}` is no version"),
            help: Some("write `1.2`, `1.2.3` or `1-0-2`".to_owned()),
        })?;
        let mut releases = self.catalog.releases();
        if releases.any(|(_, release)| release.version == version) {
            return Ok(Against::Version(version));
        }
        Err(AgainstError {
            message: format!("no contract has a version {name}"),
            help: None,
        })
    }

    fn folder(
        &self,
        name: &str,
        sources: &mut Sources,
        diagnostics: &mut Diagnostics,
    ) -> Result<Against, AgainstError> {
        let folder = self.here.join(name);
        if !Sources::is_folder(&folder) {
            return Err(AgainstError {
                message: format!("`{name}` is no folder"),
                help: None,
            });
        }
        let own = baseline::settings_in(&folder);
        let text = own
            .as_ref()
            .and_then(|it| Sources::read(&it.join(CONFIG_NAME)).ok());
        let config = baseline::settings(text, &self.workspace.config);
        let root = own.map_or(folder, |it| it.join(&config.root));
        let shown = format!("{}/", (self.shown)(&root));
        let (folder, workspace) = (root.as_path(), self.workspace);
        let was = baseline::read(
            name,
            folder,
            &shown,
            &config,
            workspace,
            sources,
            diagnostics,
        );
        Ok(Against::Baseline(was))
    }
}

#[cfg(not(feature = "cli"))]
#[expect(clippy::unused_self, reason = "they stand for those that read git")]
impl Context<'_> {
    fn has_revision(&self, _: &str) -> bool {
        false
    }

    fn revision_help(&self, _: &str) -> Option<String> {
        None
    }

    fn revision(
        &self,
        name: &str,
        _: &mut Sources,
        _: &mut Diagnostics,
    ) -> Result<Against, AgainstError> {
        Err(AgainstError {
            message: format!("git revisions such as `{name}` are read by the command line only"),
            help: None,
        })
    }
}

#[cfg(feature = "cli")]
impl Context<'_> {
    fn has_revision(&self, name: &str) -> bool {
        Repository::containing(&self.workspace.root).is_some_and(|it| it.has(name))
    }

    /// What to do about a name that no revision has.
    fn revision_help(&self, name: &str) -> Option<String> {
        let repository = Repository::containing(&self.workspace.root)?;
        let names = repository.names();
        if let Some(meant) = closest(name, names.iter().map(String::as_str)) {
            return Some(format!("did you mean `{meant}`?"));
        }
        let branch = name.strip_prefix("origin/");
        Some(match (branch, repository.is_shallow()) {
            (Some(branch), _) => format!(
                "bring it here with `git fetch origin {branch}:refs/remotes/{name}`, or clone all of history (`fetch-depth: 0`)"
            ),
            (None, true) => {
                "history was cut off when it was cloned: `git fetch --unshallow` brings the rest"
                    .to_owned()
            }
            (None, false) => "`git fetch --tags` brings what others have pushed".to_owned(),
        })
    }

    fn revision(
        &self,
        name: &str,
        sources: &mut Sources,
        diagnostics: &mut Diagnostics,
    ) -> Result<Against, AgainstError> {
        let said = |error: RevisionError| AgainstError {
            message: error.to_string(),
            help: match error {
                RevisionError::Unknown(_) => self.revision_help(name),
                RevisionError::NoCommit(_)
                | RevisionError::Outside(_)
                | RevisionError::Damaged(_) => None,
            },
        };
        let Workspace {
            config,
            config_source,
            folder,
            root,
            ..
        } = self.workspace;
        let repository = || {
            Repository::containing(root).ok_or_else(|| AgainstError {
                message: format!("`{}` is in no git repository", (self.shown)(root)),
                help: Some("name a folder with `folder:PATH`".to_owned()),
            })
        };
        let now = repository()?.revision(name, root).map_err(said)?;
        // Where contracts.toml stands in the repository too, and names the root, it says how files were read.
        let own = (*root == folder.join(&config.root))
            .then(|| repository().ok()?.revision(name, folder).ok())
            .flatten();
        let file = &sources.get(*config_source).name;
        let file = file.rsplit('/').next().unwrap_or(file);
        let text = own.as_ref().and_then(|it| it.read(file).ok());
        let then = baseline::settings(text.clone(), config);
        let own = own.filter(|_| text.is_some());
        let revision: Revision = own.and_then(|it| it.folder_at(&then.root)).unwrap_or(now);
        let shown = match revision.folder() {
            "" => format!("{name}:"),
            folder => format!("{name}:{folder}/"),
        };
        let was = baseline::read(
            name,
            &revision,
            &shown,
            &then,
            self.workspace,
            sources,
            diagnostics,
        );
        Ok(Against::Baseline(was))
    }
}
