//! The door through which files are read, and the table of their texts.

use std::path::{Path, PathBuf};
use std::time::UNIX_EPOCH;

use serde::{Deserialize, Serialize};

use super::folder::is_listed;

/// The largest file that is read, in bytes (16 MiB). A schema is never that large; a data dump is.
pub const MAX_BYTES: u64 = 16 * 1024 * 1024;

/// Names a source within its [`Sources`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub struct SourceId(u32);

impl SourceId {
    /// Its place among all sources.
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

/// A text with the name people know it by.
#[derive(Clone, Debug)]
pub struct Source {
    /// As shown in messages: relative to the working directory, `/` between folders.
    pub name: String,
    /// The whole text, without a byte order mark.
    pub text: String,
    /// The file it was read from, where it was, as the folder it was read from knows it.
    pub file: Option<PathBuf>,
}

impl Source {
    /// A text under a name; a byte order mark is dropped.
    pub fn new(name: impl Into<String>, text: impl Into<String>) -> Self {
        let mut text = text.into();
        if text.starts_with('\u{feff}') {
            text.drain(..'\u{feff}'.len_utf8());
        }
        Self {
            name: name.into(),
            text,
            file: None,
        }
    }

    /// The same, read from a file.
    #[must_use]
    pub fn of_file(mut self, file: impl Into<PathBuf>) -> Self {
        self.file = Some(file.into());
        self
    }

    /// Whether the name says YAML.
    pub fn is_yaml(&self) -> bool {
        Path::new(&self.name)
            .extension()
            .is_some_and(|extension| extension == "yaml" || extension == "yml")
    }

    /// Line and column (both from 1, columns in characters) of a byte offset.
    pub fn line_column(&self, offset: usize) -> (usize, usize) {
        let mut offset = offset.min(self.text.len());
        while !self.text.is_char_boundary(offset) {
            offset -= 1;
        }
        let before = &self.text[..offset];
        let line_start = before.rfind('\n').map_or(0, |newline| newline + 1);
        let line = before.bytes().filter(|byte| *byte == b'\n').count() + 1;
        (line, before[line_start..].chars().count() + 1)
    }
}

/// Why a file could not be read as text.
#[derive(Debug, thiserror::Error)]
pub enum ReadError {
    /// The system's own word: missing, no permission, a folder, …
    #[error("{0}")]
    Io(#[from] std::io::Error),
    /// More than [`MAX_BYTES`].
    #[error("it has {0} bytes, and more than {MAX_BYTES} are not read")]
    TooLarge(u64),
    /// Not UTF-8, with the offset of the first wrong byte.
    #[error("byte {offset} is not UTF-8 (0x{byte:02x})")]
    NotUtf8 {
        /// Offset of the first wrong byte.
        offset: usize,
        /// That byte.
        byte: u8,
    },
    /// A repository names it and does not hold it.
    #[error("the repository does not hold it: {0}")]
    NotHeld(String),
}

/// Bytes as UTF-8.
pub(super) fn text(bytes: Vec<u8>) -> Result<String, ReadError> {
    String::from_utf8(bytes).map_err(|error| {
        let offset = error.utf8_error().valid_up_to();
        let byte = error.as_bytes().get(offset).copied().unwrap_or_default();
        ReadError::NotUtf8 { offset, byte }
    })
}

/// What a disk says of a file without its being read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Touched {
    /// Its size.
    pub bytes: u64,
    /// When it was last changed, in nanoseconds since 1970.
    pub nanoseconds: u64,
}

/// Every text of a run.
#[derive(Clone, Debug, Default)]
pub struct Sources {
    list: Vec<Source>,
    base: String,
}

impl Sources {
    /// Adds a text under a name and returns its id.
    pub fn add(&mut self, name: impl Into<String>, text: impl Into<String>) -> SourceId {
        self.push(Source::new(name, text))
    }

    /// Adds a source and returns its id.
    pub fn push(&mut self, source: Source) -> SourceId {
        let id = SourceId(u32::try_from(self.list.len()).expect("fewer than 2^32 sources"));
        self.list.push(source);
        id
    }

    /// Reads a file as UTF-8, at most [`MAX_BYTES`] of it.
    #[expect(
        clippy::disallowed_methods,
        reason = "the door through which files are read"
    )]
    pub fn read(path: &Path) -> Result<String, ReadError> {
        let size = std::fs::metadata(path)?.len();
        if size > MAX_BYTES {
            return Err(ReadError::TooLarge(size));
        }
        text(std::fs::read(path)?)
    }

    /// What the disk says of a file.
    pub fn touched(path: &Path) -> Option<Touched> {
        let known = std::fs::metadata(path).ok()?;
        let since = known.modified().ok()?.duration_since(UNIX_EPOCH).ok()?;
        Some(Touched {
            bytes: known.len(),
            nanoseconds: u64::try_from(since.as_nanos()).ok()?,
        })
    }

    /// Opens a file that is read piece by piece.
    pub fn open(path: &Path) -> std::io::Result<std::io::BufReader<std::fs::File>> {
        std::fs::File::open(path).map(std::io::BufReader::new)
    }

    /// Whether `path` is a file that exists.
    #[expect(
        clippy::disallowed_methods,
        reason = "the door through which files are read"
    )]
    pub fn is_file(path: &Path) -> bool {
        path.is_file()
    }

    /// Whether `path` is a folder that exists.
    #[expect(
        clippy::disallowed_methods,
        reason = "the door through which files are read"
    )]
    pub fn is_folder(path: &Path) -> bool {
        path.is_dir()
    }

    /// Every file below `folder`, sorted, hidden folders and `target` left out; trouble (a loop of links, no permission) beside it.
    pub fn list(folder: &Path) -> (Vec<PathBuf>, Vec<(PathBuf, String)>) {
        let mut files = Vec::new();
        let mut trouble = Vec::new();
        let walk = walkdir::WalkDir::new(folder)
            .follow_links(true)
            .sort_by_file_name();
        let visible = |entry: &walkdir::DirEntry| {
            let name = entry.file_name().to_string_lossy();
            entry.depth() == 0 || is_listed(&name, entry.file_type().is_dir())
        };
        for entry in walk.into_iter().filter_entry(visible) {
            match entry {
                Ok(entry) if entry.file_type().is_file() => files.push(entry.into_path()),
                Ok(_) => {}
                Err(error) => {
                    let path = error.path().unwrap_or(folder).to_owned();
                    let message = match error.loop_ancestor() {
                        Some(ancestor) => format!("it links back to `{}`", ancestor.display()),
                        None => error
                            .io_error()
                            .map_or_else(|| error.to_string(), ToString::to_string),
                    };
                    trouble.push((path, message));
                }
            }
        }
        (files, trouble)
    }

    /// The source of an id.
    pub fn get(&self, id: SourceId) -> &Source {
        self.list
            .get(id.0 as usize)
            .expect("an id comes from `add` of this table")
    }

    /// Says what stands before the names of a workspace's files: what people see of its root.
    pub fn set_base(&mut self, base: &str) {
        base.clone_into(&mut self.base);
    }

    /// A source's name from the workspace's root, wherever the run was started.
    pub fn name_below(&self, id: SourceId) -> &str {
        let name = &self.get(id).name;
        name.strip_prefix(&self.base).unwrap_or(name)
    }

    /// All sources with their ids.
    pub fn iter(&self) -> impl Iterator<Item = (SourceId, &Source)> {
        (0..).map(SourceId).zip(&self.list)
    }
}
