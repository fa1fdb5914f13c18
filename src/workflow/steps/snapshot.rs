//! A project's files as they are: what they hold, what may be done with them, where links lead. What changed since, and
//! how it is put back.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use crate::workflow::files;

/// The largest file that is kept whole; a larger one is known by its digest, and cannot be put back.
const LARGEST: u64 = 8 << 20;

/// What is looked at beside all that a glob sees: what git runs and what it is told.
const GIT: [&str; 2] = [".git/hooks", ".git/config"];

/// A file.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Held {
    Whole { bytes: Vec<u8>, mode: u32 },
    Large { digest: String, mode: u32 },
    Link(std::path::PathBuf),
}

/// A file's bytes where it is there, and where it is kept whole.
pub(super) type Text<'a> = Option<Option<&'a [u8]>>;

/// All files of a project, but those that tools make (`target`, `node_modules`, `.venv`, `.git`).
#[derive(Clone, Debug, Default)]
pub(super) struct Snapshot {
    files: BTreeMap<String, Held>,
    folders: BTreeSet<String>,
}

impl Snapshot {
    /// As it is now.
    pub(super) fn of(project: &Path) -> Self {
        let mut all = Self::default();
        all.walk(project, project);
        for path in GIT {
            all.walk(project, &project.join(path));
        }
        all
    }

    fn walk(&mut self, project: &Path, start: &Path) {
        let entries = walkdir::WalkDir::new(start).into_iter();
        let entries = entries.filter_entry(|entry| {
            let name = entry.file_name().to_string_lossy();
            entry.depth() == 0 || !entry.file_type().is_dir() || !files::is_shunned(&name)
        });
        for entry in entries.filter_map(Result::ok) {
            let Ok(path) = entry.path().strip_prefix(project) else {
                continue;
            };
            let parts = path
                .components()
                .map(|part| part.as_os_str().to_string_lossy());
            let path = parts.collect::<Vec<_>>().join("/");
            if entry.file_type().is_dir() {
                self.folders.insert(path);
            } else if let Some(held) = held(entry.path()) {
                self.files.insert(path, held);
            }
        }
    }

    /// The paths that are not the same in both.
    pub(super) fn changed(&self, after: &Self) -> Vec<String> {
        let mut paths: BTreeSet<&String> = self.files.keys().collect();
        paths.extend(after.files.keys());
        let changed = paths
            .into_iter()
            .filter(|path| self.files.get(*path) != after.files.get(*path));
        changed.cloned().collect()
    }

    /// Makes a path what it was; why it cannot be.
    pub(super) fn put_back(&self, project: &Path, path: &str) -> Result<(), String> {
        let target = project.join(path);
        let done = match self.files.get(path) {
            None => self.removed(project, path),
            Some(Held::Large { .. }) => return Err("it is too large to be kept".to_owned()),
            Some(Held::Whole { bytes, mode }) => cleared(&target, true).and_then(|()| {
                files::write(&target, bytes)?;
                set_mode(&target, *mode)
            }),
            Some(Held::Link(to)) => cleared(&target, false).and_then(|()| linked(to, &target)),
        };
        done.map_err(|error| error.to_string())
    }

    /// Takes away a file that was not there, and the folders that were made for it.
    #[expect(
        clippy::disallowed_methods,
        reason = "what was made against orders is taken away"
    )]
    fn removed(&self, project: &Path, path: &str) -> std::io::Result<()> {
        let target = project.join(path);
        if target.symlink_metadata().is_ok_and(|it| !it.is_dir()) {
            std::fs::remove_file(&target)?;
        }
        let mut folder = path;
        while let Some((above, _)) = folder.rsplit_once('/') {
            // One that holds something else stays.
            if self.folders.contains(above) || std::fs::remove_dir(project.join(above)).is_err() {
                break;
            }
            folder = above;
        }
        Ok(())
    }

    /// What a file holds, where it is kept whole; `None` for one that is not there.
    pub(super) fn bytes(&self, path: &str) -> Text<'_> {
        self.files.get(path).map(|held| match held {
            Held::Whole { bytes, .. } => Some(bytes.as_slice()),
            Held::Large { .. } | Held::Link(_) => None,
        })
    }
}

fn held(path: &Path) -> Option<Held> {
    let about = path.symlink_metadata().ok()?;
    if about.is_symlink() {
        return path.read_link().ok().map(Held::Link);
    }
    let mode = mode(&about);
    let bytes = files::read(path).ok()?;
    Some(if about.len() > LARGEST {
        let digest = files::digest(&bytes);
        Held::Large { digest, mode }
    } else {
        Held::Whole { bytes, mode }
    })
}

/// Takes away what is not a file where a file is to be, or anything where `file` says so not.
fn cleared(target: &Path, file: bool) -> std::io::Result<()> {
    match target.symlink_metadata() {
        Err(_) => Ok(()),
        Ok(about) if about.is_dir() => std::fs::remove_dir_all(target),
        Ok(about) if file && !about.is_symlink() => Ok(()),
        Ok(_) => remove(target),
    }
}

#[expect(
    clippy::disallowed_methods,
    reason = "what was made against orders is taken away"
)]
fn remove(target: &Path) -> std::io::Result<()> {
    std::fs::remove_file(target)
}

#[cfg(unix)]
fn mode(about: &std::fs::Metadata) -> u32 {
    use std::os::unix::fs::PermissionsExt as _;
    about.permissions().mode() & 0o7777
}

#[cfg(unix)]
fn set_mode(path: &Path, mode: u32) -> std::io::Result<()> {
    use std::os::unix::fs::PermissionsExt as _;
    std::fs::set_permissions(path, std::fs::Permissions::from_mode(mode))
}

#[cfg(unix)]
fn linked(to: &Path, target: &Path) -> std::io::Result<()> {
    std::os::unix::fs::symlink(to, target)
}

#[cfg(not(unix))]
fn mode(_: &std::fs::Metadata) -> u32 {
    0
}

#[cfg(not(unix))]
fn set_mode(_: &Path, _: u32) -> std::io::Result<()> {
    Ok(())
}

#[cfg(not(unix))]
fn linked(_: &Path, _: &Path) -> std::io::Result<()> {
    Err(std::io::Error::other(
        "a link cannot be made on this system",
    ))
}
