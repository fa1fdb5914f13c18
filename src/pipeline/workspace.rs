//! A workspace found and opened: a contracts.toml in; its settings and where things are, out.

use std::path::{Path, PathBuf};

use crate::config::{Config, Date};
use crate::diagnostic::{Code, Diagnostics};
use crate::source::{ReadError, Source, SourceId, Sources};

/// The name of a workspace's settings.
pub const CONFIG_NAME: &str = "contracts.toml";

/// A workspace: its settings and where it is.
#[derive(Clone, Debug)]
pub struct Workspace {
    /// The settings.
    pub config: Config,
    /// The text they were read from.
    pub config_source: SourceId,
    /// The folder of contracts.toml: what `out` and `generators` are relative to.
    pub folder: PathBuf,
    /// The folder the patterns start from.
    pub root: PathBuf,
    /// What stands before paths below the root in messages, `/` at the end; may be empty.
    pub shown: String,
    /// The day that `until` of accepted findings is compared with; without one, none is over.
    pub today: Option<Date>,
    /// The codes of rooms above this one that contracts.toml may name.
    pub known: &'static [&'static Code],
}

/// Why a workspace could not be opened at all.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// There is no contracts.toml.
    #[error("no `{CONFIG_NAME}` in `{}` or above it", .0.display())]
    NotFound(PathBuf),
    /// There is one, and it cannot be read.
    #[error("cannot read `{}`: {error}", path.display())]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// Why.
        error: ReadError,
    },
    /// The root it names is no folder.
    #[error("the root `{}` is no folder", .0.display())]
    NoRoot(PathBuf),
}

/// The contracts.toml of `from` or the nearest folder above that has one, itself or in `contracts/`.
pub fn find(from: &Path) -> Result<PathBuf, OpenError> {
    from.ancestors()
        .flat_map(|folder| {
            [
                folder.join(CONFIG_NAME),
                folder.join("contracts").join(CONFIG_NAME),
            ]
        })
        .find(|path| Sources::is_file(path))
        .ok_or_else(|| OpenError::NotFound(from.to_owned()))
}

/// Opens the workspace of a contracts.toml. `root` overrides its root; `shown` makes a path fit for
/// messages. `None` where its text cannot be used: the diagnostics say why.
pub fn open(
    path: &Path,
    root: Option<&Path>,
    shown: &dyn Fn(&Path) -> String,
    sources: &mut Sources,
    diagnostics: &mut Diagnostics,
) -> Result<Option<Workspace>, OpenError> {
    let unreadable = |error| OpenError::Unreadable {
        path: path.to_owned(),
        error,
    };
    let text = Sources::read(path).map_err(unreadable)?;
    let config_source = sources.push(Source::new(shown(path), text).of_file(path));
    let Some(config) = Config::parse(sources.get(config_source), config_source, diagnostics) else {
        return Ok(None);
    };
    let folder = path.parent().unwrap_or(Path::new("")).to_owned();
    let root = root.map_or_else(|| folder.join(&config.root), Path::to_owned);
    if !Sources::is_folder(&root) && root != Path::new("") {
        return Err(OpenError::NoRoot(root));
    }
    let mut prefix = shown(&root);
    if !prefix.is_empty() && !prefix.ends_with('/') {
        prefix.push('/');
    }
    sources.set_base(&prefix);
    Ok(Some(Workspace {
        config,
        config_source,
        folder,
        root,
        shown: prefix,
        today: None,
        known: &[],
    }))
}
