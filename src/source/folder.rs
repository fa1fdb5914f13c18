//! Where files are read from: a folder on disk, or one that is kept elsewhere (in a revision of a repository).

use std::path::{Path, PathBuf};

use super::{ReadError, Sources};

/// A folder with the files below it; paths in it have `/` between folders.
pub trait Folder: Sync {
    /// The paths of all files, sorted, without hidden folders and `target`; what could not be listed, and why.
    fn list(&self) -> (Vec<String>, Vec<(String, String)>);

    /// A file's text.
    fn read(&self, path: &str) -> Result<String, ReadError>;

    /// Whether there is a file at `path`.
    fn is_file(&self, path: &str) -> bool;
}

impl Folder for Path {
    fn list(&self) -> (Vec<String>, Vec<(String, String)>) {
        let below = |path: PathBuf| {
            let path = path.strip_prefix(self).unwrap_or(&path);
            path.components()
                .map(|part| part.as_os_str().to_string_lossy())
                .collect::<Vec<_>>()
                .join("/")
        };
        let (files, trouble) = Sources::list(self);
        let files = files.into_iter().map(below).collect();
        let trouble = trouble.into_iter().map(|(path, why)| (below(path), why));
        (files, trouble.collect())
    }

    fn read(&self, path: &str) -> Result<String, ReadError> {
        Sources::read(&self.join(path))
    }

    fn is_file(&self, path: &str) -> bool {
        Sources::is_file(&self.join(path))
    }
}

/// Whether a listing names a file or folder: nothing hidden, and not what Cargo builds.
pub(super) fn is_listed(name: &str, is_folder: bool) -> bool {
    !(name.starts_with('.') || is_folder && name == "target")
}
