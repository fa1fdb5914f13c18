//! The local store: a folder of entries and contents.

use std::path::{Path, PathBuf};
use std::time::SystemTime;

use serde::Serialize;

use super::{CacheError, Entry, Seal};
use crate::workflow::files::{self, digest};
use crate::workflow::key::Parts;

/// A folder that results are kept in.
#[derive(Clone, Debug)]
pub struct Local {
    folder: PathBuf,
    seal: Seal,
}

/// How full a store is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Status {
    /// Results.
    pub entries: usize,
    /// Files and logs of results.
    pub contents: usize,
    /// Bytes of both.
    pub bytes: u64,
}

/// A file of the store.
struct Kept {
    path: PathBuf,
    used: SystemTime,
    size: u64,
}

impl Local {
    /// The store of a folder, which need not be there yet.
    pub fn new(folder: PathBuf, seal: Seal) -> Self {
        Self { folder, seal }
    }

    /// How entries are sealed.
    pub fn seal(&self) -> &Seal {
        &self.seal
    }

    fn entry_path(&self, key: &str) -> PathBuf {
        let start = key.get(..2).unwrap_or("");
        self.folder.join("entries").join(start).join(key)
    }

    fn content_path(&self, digest: &str) -> PathBuf {
        let start = digest.get(..2).unwrap_or("");
        self.folder.join("contents").join(start).join(digest)
    }

    /// The result kept under a key; `None` where there is none.
    pub fn entry(&self, key: &str) -> Result<Option<Entry>, CacheError> {
        let path = self.entry_path(key);
        let bytes = match files::read(&path) {
            Ok(bytes) => bytes,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(error.into()),
        };
        let entry = self.seal.open(key, &bytes)?;
        touch(&path);
        Ok(Some(entry))
    }

    /// Whether there is a result under a key, as far as can be seen without reading it.
    pub fn has(&self, key: &str) -> bool {
        self.entry_path(key).metadata().is_ok()
    }

    /// A content by its digest; what does not have that digest is refused.
    pub fn content(&self, name: &str) -> Result<Vec<u8>, CacheError> {
        let path = self.content_path(name);
        let bytes = files::read(&path)?;
        if digest(&bytes) != name {
            return Err(CacheError::Refused(
                name.to_owned(),
                "its content is another",
            ));
        }
        touch(&path);
        Ok(bytes)
    }

    /// Whether a content is there.
    pub fn has_content(&self, name: &str) -> bool {
        self.content_path(name).metadata().is_ok()
    }

    /// Keeps a content; its digest.
    pub fn keep(&self, bytes: &[u8]) -> Result<String, CacheError> {
        let name = digest(bytes);
        let path = self.content_path(&name);
        if path.metadata().is_err() {
            files::write(&path, bytes)?;
        }
        Ok(name)
    }

    /// Keeps a result, its contents being there.
    pub fn put(&self, key: &str, entry: &Entry) -> Result<(), CacheError> {
        files::write(&self.entry_path(key), &self.seal.close(key, entry))?;
        Ok(())
    }

    /// The parts of the last key of a step.
    pub fn last_parts(&self, workflow: &str, step: &str) -> Option<Parts> {
        let bytes = files::read(&self.parts_path(workflow, step)).ok()?;
        serde_json::from_slice(&bytes).ok()
    }

    /// Remembers the parts of a step's key, for `--why`.
    pub fn remember(&self, workflow: &str, step: &str, parts: &Parts) {
        let json = serde_json::to_vec(parts).expect("texts by name are JSON");
        let path = self.parts_path(workflow, step);
        if files::read(&path).is_ok_and(|before| before == json) {
            return;
        }
        // Only `--why` says less without it.
        let _ = files::write(&path, &json);
    }

    fn parts_path(&self, workflow: &str, step: &str) -> PathBuf {
        let name = digest(format!("{workflow}\n{step}").as_bytes());
        let name = name.get(..24).unwrap_or_default();
        self.folder.join("last").join(name)
    }

    /// How full it is.
    pub fn status(&self) -> Status {
        let entries = list(&self.folder.join("entries"));
        let contents = list(&self.folder.join("contents"));
        let all = entries.iter().chain(&contents);
        Status {
            bytes: all.map(|it| it.size).sum(),
            entries: entries.len(),
            contents: contents.len(),
        }
    }

    /// The same, once in a while: looking at all of a store takes longer than a run.
    pub fn shrink_sometimes(&self, limit: u64) {
        let stamp = self.folder.join("shrunk");
        let recent = stamp
            .metadata()
            .and_then(|it| it.modified())
            .is_ok_and(|it| it.elapsed().is_ok_and(|age| age.as_secs() < 600));
        if !recent && self.folder.metadata().is_ok() {
            self.shrink(limit);
            // Without it the next run looks again.
            let _ = files::write(&stamp, b"");
        }
    }

    /// Takes away what was not used for longest until it is no larger than `limit`; the bytes freed.
    #[expect(clippy::disallowed_methods, reason = "the door to the store")]
    pub fn shrink(&self, limit: u64) -> u64 {
        let mut all = list(&self.folder.join("entries"));
        all.extend(list(&self.folder.join("contents")));
        let mut size: u64 = all.iter().map(|it| it.size).sum();
        let before = size;
        all.sort_by_key(|it| it.used);
        for kept in all {
            if size <= limit {
                break;
            }
            if std::fs::remove_file(&kept.path).is_ok() {
                size -= kept.size;
            }
        }
        before - size
    }
}

/// Says that a file was used now.
fn touch(path: &Path) {
    // Without it only the order of removal is another.
    if let Ok(file) = std::fs::File::options().append(true).open(path) {
        let _ = file.set_modified(now());
    }
}

#[expect(
    clippy::disallowed_methods,
    reason = "when something was used is no output"
)]
fn now() -> SystemTime {
    SystemTime::now()
}

fn list(folder: &Path) -> Vec<Kept> {
    let entries = walkdir::WalkDir::new(folder).into_iter();
    let files = entries
        .filter_map(Result::ok)
        .filter(|it| it.file_type().is_file());
    files
        .filter_map(|entry| {
            let about = entry.metadata().ok()?;
            Some(Kept {
                path: entry.path().to_owned(),
                used: about.modified().ok()?,
                size: about.len(),
            })
        })
        .collect()
}
