//! Files that globs name, and what they hold: for keys of results, and for what steps made.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::time::SystemTime;

pub use crate::tree::{digest, write_bytes as write};

/// A file's content by its digest, remembered while size and time of change stay.
#[derive(Debug, Default)]
pub struct Digests(Mutex<BTreeMap<PathBuf, (Stamp, String)>>);

/// What changes when a file does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Stamp {
    size: u64,
    changed: Option<SystemTime>,
}

/// Folders that no glob enters unless it names them.
const SHUNNED: [&str; 5] = [".git", ".venv", "target", "node_modules", "__pycache__"];

impl Digests {
    /// The digest of a file's content; `None` where it is not there or cannot be read.
    pub fn of(&self, path: &Path) -> Option<String> {
        let about = std::fs::metadata(path).ok()?;
        if !about.is_file() {
            return None;
        }
        let stamp = Stamp {
            size: about.len(),
            changed: about.modified().ok(),
        };
        let known = {
            let known = self.0.lock().ok()?;
            known.get(path).cloned()
        };
        if let Some((before, digest)) = known
            && before == stamp
            && stamp.changed.is_some()
        {
            return Some(digest);
        }
        let digest = digest(&read(path).ok()?);
        // A file changed within the clock's grain of now may change again unseen.
        let settled = stamp
            .changed
            .and_then(|it| it.elapsed().ok())
            .is_some_and(|age| age.as_millis() > 50);
        if settled && let Ok(mut known) = self.0.lock() {
            known.insert(path.to_owned(), (stamp, digest.clone()));
        }
        Some(digest)
    }
}

/// Whether a folder of that name is entered only where a glob names it.
pub fn is_shunned(name: &str) -> bool {
    SHUNNED.contains(&name)
}

/// Why globs cannot be followed.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{glob}` is no pattern of files: {why}")]
pub struct GlobError {
    glob: String,
    why: String,
}

/// Files below a folder that globs name, sorted: relative, `/` between folders. A glob with `!` before it leaves out.
pub fn matching(folder: &Path, globs: &[String]) -> Result<Vec<String>, GlobError> {
    let mut out = Vec::new();
    let (mut take, mut leave) = (Vec::new(), globset::GlobSetBuilder::new());
    for glob in globs {
        match glob.strip_prefix('!') {
            Some(glob) => {
                leave.add(compiled(glob)?);
            }
            None => take.push(glob.as_str()),
        }
    }
    let refused = |error: globset::Error| GlobError {
        glob: globs.join(" "),
        why: error.to_string(),
    };
    let leave = leave.build().map_err(refused)?;
    for glob in take {
        let plain = !glob.contains(['*', '?', '[', '{']);
        if plain && folder.join(glob).metadata().is_ok_and(|it| it.is_file()) {
            out.push(glob.trim_start_matches("./").to_owned());
            continue;
        }
        let whole = if plain {
            format!("{}/**", glob.trim_end_matches('/'))
        } else {
            glob.to_owned()
        };
        let matcher = compiled(&whole)?.compile_matcher();
        let base = base(&whole);
        below(folder, &base, &mut |path| {
            if matcher.is_match(path) {
                out.push(path.to_owned());
            }
        });
    }
    out.retain(|path| !leave.is_match(path));
    out.sort();
    out.dedup();
    Ok(out)
}

fn compiled(glob: &str) -> Result<globset::Glob, GlobError> {
    globset::GlobBuilder::new(glob.trim_start_matches("./"))
        .literal_separator(true)
        .build()
        .map_err(|error| GlobError {
            glob: glob.to_owned(),
            why: error.kind().to_string(),
        })
}

/// The folders of a glob before the first that is a pattern.
fn base(glob: &str) -> String {
    let parts = glob.trim_start_matches("./").split('/');
    let plain: Vec<&str> = parts
        .take_while(|part| !part.contains(['*', '?', '[', '{']))
        .collect();
    plain.join("/")
}

/// Every file below `base` of a folder, in no order.
fn below(folder: &Path, base: &str, found: &mut dyn FnMut(&str)) {
    let start = folder.join(base);
    let entries = walkdir::WalkDir::new(&start)
        .follow_links(true)
        .into_iter()
        .filter_entry(|entry| {
            let name = entry.file_name().to_string_lossy();
            entry.depth() == 0 || !entry.file_type().is_dir() || !is_shunned(&name)
        });
    for entry in entries.filter_map(Result::ok) {
        if !entry.file_type().is_file() {
            continue;
        }
        let Ok(path) = entry.path().strip_prefix(folder) else {
            continue;
        };
        let parts = path
            .components()
            .map(|part| part.as_os_str().to_string_lossy());
        found(&parts.collect::<Vec<_>>().join("/"));
    }
}

/// Bytes as hexadecimal digits.
pub fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

/// A file's bytes.
#[expect(
    clippy::disallowed_methods,
    reason = "the door through which steps' files are read"
)]
pub fn read(path: &Path) -> std::io::Result<Vec<u8>> {
    std::fs::read(path)
}
