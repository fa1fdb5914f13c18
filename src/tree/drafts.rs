//! Generated files on their way to the disk: each is compared with what is there as it comes, and what differs
//! waits in a folder beside until all may take their places. So no text is held, and nothing is half written.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

use tempfile::TempDir;

use super::{Seen, Shelf, WriteError, Written, stale};
use crate::source::Sources;

/// Files that a folder is to hold.
#[derive(Debug)]
pub struct Drafts {
    folder: PathBuf,
    state: Mutex<State>,
}

#[derive(Debug, Default)]
struct State {
    /// The folder beside, once a file differs.
    beside: Option<TempDir>,
    files: BTreeMap<String, Draft>,
    /// How many files wait or waited there.
    kept: usize,
    /// The first file that could not be kept.
    failed: Option<WriteError>,
}

/// A file that is to be.
#[derive(Debug)]
struct Draft {
    seen: Seen,
    /// Where it waits; nowhere, if it is on disk already.
    waiting: Option<PathBuf>,
}

/// Files in their places.
#[derive(Clone, Debug, Default)]
pub struct Settled {
    /// Each file by its path.
    pub files: BTreeMap<String, Seen>,
    /// What was done to the folder.
    pub written: Written,
}

impl Drafts {
    /// No files yet; nothing is made on disk before one differs.
    pub fn new(folder: &Path) -> Self {
        Self {
            folder: folder.to_owned(),
            state: Mutex::default(),
        }
    }

    /// How many files there are.
    pub fn len(&self) -> usize {
        self.state().files.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Puts every file in its place, each whole, and removes generated files that are not among them. Nothing is
    /// touched where one could not be kept.
    #[expect(
        clippy::disallowed_methods,
        reason = "the door through which files are written"
    )]
    pub fn settle(self) -> Result<Settled, WriteError> {
        let state = self.state.into_inner();
        let State {
            beside,
            files,
            failed,
            ..
        } = state.unwrap_or_else(PoisonError::into_inner);
        if let Some(error) = failed {
            return Err(error);
        }
        let mut settled = Settled::default();
        for (path, draft) in files {
            let target = self.folder.join(&path);
            match draft.waiting {
                Some(waiting) => {
                    let parent = target.parent().unwrap_or(&self.folder);
                    std::fs::create_dir_all(parent)
                        .and_then(|()| std::fs::rename(&waiting, &target))
                        .map_err(|error| WriteError {
                            path: target,
                            error,
                        })?;
                    settled.written.written += 1;
                }
                None => settled.written.unchanged += 1,
            }
            settled.files.insert(path, draft.seen);
        }
        drop(beside);
        if settled.files.is_empty() {
            return Ok(settled);
        }
        for path in stale(&self.folder, &|path| settled.files.contains_key(path)) {
            let path = self.folder.join(path);
            std::fs::remove_file(&path).map_err(|error| WriteError { path, error })?;
            settled.written.removed += 1;
        }
        Ok(settled)
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// A place beside the folder for one more file.
    fn place(&self) -> std::io::Result<PathBuf> {
        let mut state = self.state();
        state.kept += 1;
        let name = state.kept.to_string();
        if let Some(beside) = &state.beside {
            return Ok(beside.path().join(name));
        }
        // On the same disk, whether the folder is there yet or not.
        let mut above = self.folder.ancestors();
        let above = above.find(|folder| Sources::is_folder(folder));
        let above = above.unwrap_or(Path::new("."));
        let beside = tempfile::Builder::new()
            .prefix(".contracts-")
            .tempdir_in(above)?;
        let place = beside.path().join(name);
        state.beside = Some(beside);
        Ok(place)
    }
}

impl Shelf for Drafts {
    #[expect(
        clippy::disallowed_methods,
        reason = "the door through which files are written"
    )]
    fn put(&self, path: &str, text: String) {
        let target = self.folder.join(path);
        let mut touched = Sources::touched(&target);
        let same = Sources::read(&target).is_ok_and(|before| before == text);
        let waiting = if same {
            Ok(None)
        } else {
            self.place()
                .and_then(|place| std::fs::write(&place, &text).map(|()| Some(place)))
        };
        if let Ok(Some(place)) = &waiting {
            touched = Sources::touched(place);
        }
        let seen = Seen::new(&text, touched);
        drop(text);
        let mut state = self.state();
        match waiting {
            Ok(waiting) => {
                let draft = Draft { seen, waiting };
                state.files.insert(path.to_owned(), draft);
            }
            Err(error) => {
                state.failed.get_or_insert(WriteError {
                    path: target,
                    error,
                });
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_is_there_before_all_is() {
        let folder = tempfile::tempdir().unwrap();
        let out = folder.path().join("out");
        let drafts = Drafts::new(&out);
        drafts.put("a/b.txt", "generated by contracts\n".to_owned());
        assert!(!Sources::is_folder(&out));
        assert_eq!(drafts.settle().unwrap().written.written, 1);

        let drafts = Drafts::new(&out);
        drafts.put("a/b.txt", "generated by contracts\n".to_owned());
        drafts.put("c.txt", "two\n".to_owned());
        drop(drafts);
        assert!(!Sources::is_file(&out.join("c.txt")));

        let drafts = Drafts::new(&out);
        drafts.put("c.txt", "two\n".to_owned());
        let written = drafts.settle().unwrap().written;
        assert_eq!((written.written, written.removed), (1, 1));
        assert!(!Sources::is_file(&out.join("a/b.txt")));
        let left = folder.path().read_dir().unwrap().count();
        assert_eq!(left, 1, "what waited is gone");
    }
}
