//! A folder as it was in a revision of a git repository: a folder and a name in; files out.
//!
//! Read from the object store alone: the work tree and the index are left as they are, no program is run
//! and nothing is fetched. Knows no contract.

use std::path::{Component, Path, PathBuf};

use gix::ObjectId;
use gix::objs::tree::EntryKind;

use super::folder::is_listed;
use super::sources::text;
use super::{Folder, MAX_BYTES, ReadError};

/// Links from file to file that are followed.
const MOST_LINKS: usize = 8;

/// A git repository.
pub struct Repository {
    inner: gix::ThreadSafeRepository,
    /// The folder that its trees are checked out to.
    workdir: Option<PathBuf>,
}

/// Why a revision cannot be read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum RevisionError {
    /// No revision of that name.
    #[error("no revision is called `{0}`")]
    Unknown(String),
    /// The name stands for something else than a tree of files.
    #[error("`{0}` is no commit")]
    NoCommit(String),
    /// The folder is outside of what the repository keeps.
    #[error("`{}` is not in the work tree of the repository", .0.display())]
    Outside(PathBuf),
    /// The objects are damaged, or not there.
    #[error("the repository cannot be read: {0}")]
    Damaged(String),
}

impl Repository {
    /// The repository that `folder` belongs to, if it belongs to one. Only the repository's own settings count,
    /// none of the user or the machine.
    pub fn containing(folder: &Path) -> Option<Self> {
        let isolated = gix::sec::trust::Mapping {
            full: gix::open::Options::isolated(),
            reduced: gix::open::Options::isolated(),
        };
        let inner = gix::ThreadSafeRepository::discover_opts(
            folder,
            gix::discover::upwards::Options::default(),
            isolated,
        )
        .ok()?;
        let workdir = inner
            .to_thread_local()
            .workdir()
            .and_then(|it| it.canonicalize().ok());
        Some(Self { inner, workdir })
    }

    /// Whether history was cut off when it was cloned, so that revisions may be missing.
    pub fn is_shallow(&self) -> bool {
        self.inner.to_thread_local().is_shallow().unwrap_or(false)
    }

    /// The names of branches and tags, sorted.
    pub fn names(&self) -> Vec<String> {
        let repository = self.inner.to_thread_local();
        let Ok(references) = repository.references() else {
            return Vec::new();
        };
        let mut names: Vec<String> = references
            .all()
            .into_iter()
            .flatten()
            .filter_map(Result::ok)
            .map(|it| it.name().shorten().to_string())
            .collect();
        names.sort();
        names
    }

    /// `folder`, as it was in the revision `name`: a branch, a tag, a commit's hash, `HEAD~1`, …
    pub fn revision(self, name: &str, folder: &Path) -> Result<Revision, RevisionError> {
        let tree = self.tree(name)?;
        let outside = || RevisionError::Outside(folder.to_owned());
        let whole = folder.canonicalize().map_err(|_| outside())?;
        let workdir = self.workdir.as_ref().ok_or_else(outside)?;
        let below = whole.strip_prefix(workdir).map_err(|_| outside())?;
        let folder = joined("", &slashed(below)).ok_or_else(outside)?;
        Ok(Revision {
            repository: self.inner,
            tree,
            folder,
        })
    }

    /// Whether there is a revision `name`.
    pub fn has(&self, name: &str) -> bool {
        self.tree(name).is_ok()
    }

    fn tree(&self, name: &str) -> Result<ObjectId, RevisionError> {
        let repository = self.inner.to_thread_local();
        let id = repository
            .rev_parse_single(name)
            .map_err(|_| RevisionError::Unknown(name.to_owned()))?;
        let object = id
            .object()
            .map_err(|error| RevisionError::Damaged(error.to_string()))?;
        let no_commit = |_| RevisionError::NoCommit(name.to_owned());
        let commit = object.peel_to_kind(gix::object::Kind::Commit);
        let tree = commit.map_err(no_commit)?.peel_to_tree();
        tree.map(|it| it.id)
            .map_err(|error| RevisionError::Damaged(error.to_string()))
    }
}

/// A folder of a revision.
pub struct Revision {
    repository: gix::ThreadSafeRepository,
    tree: ObjectId,
    /// From the repository's root; empty for the root itself.
    folder: String,
}

impl Revision {
    /// The folder, from the repository's root; empty for the root itself.
    pub fn folder(&self) -> &str {
        &self.folder
    }

    /// Another folder of the same revision, named from this one.
    pub fn folder_at(&self, path: &str) -> Option<Self> {
        Some(Self {
            repository: self.repository.clone(),
            tree: self.tree,
            folder: joined(&self.folder, path)?,
        })
    }

    /// The file at a path from the repository's root.
    fn blob(&self, path: String) -> Option<ObjectId> {
        let repository = self.repository.to_thread_local();
        let tree = repository.find_tree(self.tree).ok()?;
        let mut path = path;
        for _ in 0..MOST_LINKS {
            let entry = tree.lookup_entry_by_path(&path).ok()??;
            match entry.mode().kind() {
                EntryKind::Blob | EntryKind::BlobExecutable => return Some(entry.object_id()),
                EntryKind::Link => {
                    let link = entry.object().ok()?;
                    let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
                    path = joined(folder, std::str::from_utf8(&link.data).ok()?)?;
                }
                EntryKind::Tree | EntryKind::Commit => return None,
            }
        }
        None
    }

    /// Every file below a tree, with the path it is listed by.
    fn gather(
        &self,
        repository: &gix::Repository,
        tree: ObjectId,
        below: &str,
        files: &mut Vec<String>,
    ) -> Result<(), String> {
        let tree = repository.find_tree(tree).map_err(|it| it.to_string())?;
        for entry in tree.iter() {
            let entry = entry.map_err(|it| it.to_string())?;
            let kind = entry.mode().kind();
            let Ok(name) = std::str::from_utf8(entry.filename()) else {
                continue;
            };
            if !is_listed(name, kind == EntryKind::Tree) {
                continue;
            }
            let path = if below.is_empty() {
                name.to_owned()
            } else {
                format!("{below}/{name}")
            };
            match kind {
                EntryKind::Tree => self.gather(repository, entry.object_id(), &path, files)?,
                EntryKind::Blob | EntryKind::BlobExecutable => files.push(path),
                EntryKind::Link if self.is_file(&path) => files.push(path),
                EntryKind::Link | EntryKind::Commit => {}
            }
        }
        Ok(())
    }
}

impl Folder for Revision {
    fn list(&self) -> (Vec<String>, Vec<(String, String)>) {
        let repository = self.repository.to_thread_local();
        let mut files = Vec::new();
        let top = if self.folder.is_empty() {
            Some(self.tree)
        } else {
            let whole = repository.find_tree(self.tree).ok();
            let entry = whole.and_then(|it| it.lookup_entry_by_path(&self.folder).ok().flatten());
            entry
                .filter(|it| it.mode().is_tree())
                .map(|it| it.object_id())
        };
        let done = match top {
            Some(top) => self.gather(&repository, top, "", &mut files),
            None => Ok(()),
        };
        files.sort();
        let trouble = done.err().map(|why| (String::new(), why));
        (files, trouble.into_iter().collect())
    }

    fn read(&self, path: &str) -> Result<String, ReadError> {
        let id = joined(&self.folder, path)
            .and_then(|path| self.blob(path))
            .ok_or_else(|| ReadError::Io(std::io::ErrorKind::NotFound.into()))?;
        let repository = self.repository.to_thread_local();
        let not_held = |error: gix::Error| ReadError::NotHeld(error.to_string());
        let size = repository.find_header(id).map_err(not_held)?.size();
        if size > MAX_BYTES {
            return Err(ReadError::TooLarge(size));
        }
        let mut blob = repository.find_object(id).map_err(not_held)?;
        text(std::mem::take(&mut blob.data))
    }

    fn is_file(&self, path: &str) -> bool {
        joined(&self.folder, path)
            .and_then(|path| self.blob(path))
            .is_some()
    }
}

/// A path with `/` between folders.
fn slashed(path: &Path) -> String {
    let parts = path.components().filter_map(|part| match part {
        Component::Normal(name) => Some(name.to_string_lossy()),
        Component::ParentDir => Some("..".into()),
        Component::CurDir | Component::RootDir | Component::Prefix(_) => None,
    });
    parts.collect::<Vec<_>>().join("/")
}

/// A path from a folder, without `.` and `..`; `None` where it climbs out of the repository.
fn joined(folder: &str, path: &str) -> Option<String> {
    let mut parts: Vec<&str> = Vec::new();
    for part in folder.split('/').chain(path.split('/')) {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop()?;
            }
            name => parts.push(name),
        }
    }
    Some(parts.join("/"))
}

#[cfg(test)]
mod tests {
    use super::joined;

    #[test]
    fn paths_stay_in_the_repository() {
        assert_eq!(joined("a/b", "../c.json").as_deref(), Some("a/c.json"));
        assert_eq!(joined("", "./a//b").as_deref(), Some("a/b"));
        assert_eq!(joined("a", "../../c"), None);
    }
}
