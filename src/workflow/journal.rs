//! The journal of a run: every transition, written before it is acted on, in a file that is only ever added to.
//!
//! A line a record: its number, 16 hexadecimal digits over it and all before it, and the record as JSON. What was cut
//! off in the middle of its last line is recovered; what was changed anywhere is refused.

use std::fs::File;
use std::io::{Read as _, Seek as _, SeekFrom, Write as _};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use sha2::{Digest as _, Sha256};

use super::outcome::{Ended, Outcome};

/// One transition. Times are milliseconds since 1970, UTC.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Record {
    /// The run begins.
    Begun {
        /// The run.
        run: String,
        /// The workflow's name.
        workflow: String,
        /// SHA-256 of the frozen plan.
        plan: String,
        /// The tool's version.
        tool: String,
        /// When.
        at: u64,
    },
    /// It goes on after it was broken off.
    Resumed {
        /// When.
        at: u64,
    },
    /// A step is about to begin.
    Started {
        /// The step.
        step: String,
        /// Which attempt, from 1.
        attempt: u32,
        /// When.
        at: u64,
    },
    /// An attempt failed and another follows.
    Retrying {
        /// The step.
        step: String,
        /// Which attempt failed.
        attempt: u32,
        /// Why.
        why: String,
        /// Milliseconds until the next.
        wait: u64,
    },
    /// A step has ended.
    Finished {
        /// The step.
        step: String,
        /// What became of it.
        outcome: Outcome,
    },
    /// Somebody asked for the end.
    Cancelled {
        /// When.
        at: u64,
    },
    /// The run has ended.
    Ended {
        /// How.
        ended: Ended,
        /// The workflow's outputs.
        #[serde(default)]
        outputs: Map<String, Value>,
        /// When.
        at: u64,
    },
}

/// How often a lock is tried for: a program that is just being started holds it for a moment.
const PATIENCE: u32 = 30;

/// Why a journal cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum JournalError {
    /// The system's word.
    #[error("cannot use the journal `{}`: {error}", path.display())]
    Io {
        /// The file.
        path: PathBuf,
        /// Why.
        error: std::io::Error,
    },
    /// A record is not what was written.
    #[error(
        "the journal `{}` was damaged: record {record} is not what was written; the run cannot go on from it", path.display()
    )]
    Damaged {
        /// The file.
        path: PathBuf,
        /// Which, from 1.
        record: usize,
    },
    /// Another process has it open.
    #[error("the run of `{}` is still going on in another process", path.display())]
    Busy {
        /// The file.
        path: PathBuf,
    },
}

/// A journal that is written to.
#[derive(Debug)]
pub struct Journal {
    path: PathBuf,
    file: File,
    chain: Chain,
    unsynced: bool,
}

/// Where a journal's chain of digests is.
#[derive(Clone, Debug, Default)]
struct Chain {
    count: usize,
    digest: [u8; 32],
}

impl Chain {
    /// The line of the next record.
    fn line(&mut self, json: &str) -> String {
        self.count += 1;
        let mut hash = Sha256::new();
        hash.update(self.digest);
        hash.update(self.count.to_le_bytes());
        hash.update(json.as_bytes());
        self.digest = hash.finalize().into();
        let digits = self.digest.iter().take(8).map(|byte| format!("{byte:02x}"));
        format!("{} {} {json}\n", self.count, digits.collect::<String>())
    }
}

/// What a journal says.
#[derive(Clone, Debug, Default)]
pub struct Read {
    /// Every whole record.
    pub records: Vec<Record>,
    /// Whether its last line was cut off, and left out.
    pub torn: bool,
    /// The bytes of the whole records.
    length: usize,
    chain: Chain,
}

impl Journal {
    /// Begins one.
    #[expect(clippy::disallowed_methods, reason = "the door to the journal")]
    pub fn create(path: &Path) -> Result<Self, JournalError> {
        let done = || {
            if let Some(folder) = path.parent() {
                std::fs::create_dir_all(folder)?;
            }
            File::options().append(true).create_new(true).open(path)
        };
        let file = done().map_err(|error| io(path, error))?;
        let journal = Self {
            path: path.to_owned(),
            file,
            chain: Chain::default(),
            unsynced: false,
        };
        journal.lock(PATIENCE)?;
        Ok(journal)
    }

    /// Opens one to go on; what was cut off at its end is taken away.
    pub fn reopen(path: &Path) -> Result<(Self, Read), JournalError> {
        let opened = File::options().read(true).append(true).open(path);
        let file = opened.map_err(|error| io(path, error))?;
        let mut journal = Self {
            path: path.to_owned(),
            file,
            chain: Chain::default(),
            unsynced: false,
        };
        journal.lock(PATIENCE)?;
        let mut bytes = Vec::new();
        let got = journal.file.read_to_end(&mut bytes);
        got.map_err(|error| io(path, error))?;
        let said = parse(path, &bytes)?;
        let cut = journal.file.set_len(said.length as u64);
        let cut = cut.and_then(|()| journal.file.seek(SeekFrom::End(0)));
        cut.map_err(|error| io(path, error))?;
        journal.chain = said.chain.clone();
        Ok((journal, said))
    }

    /// What a journal says, without going on with it.
    #[expect(clippy::disallowed_methods, reason = "the door to the journal")]
    pub fn read(path: &Path) -> Result<Read, JournalError> {
        let bytes = std::fs::read(path).map_err(|error| io(path, error))?;
        parse(path, &bytes)
    }

    /// Hands records to the system, all at once: they outlive this process from here on.
    pub fn write(&mut self, records: &[Record]) -> Result<(), JournalError> {
        if records.is_empty() {
            return Ok(());
        }
        let lines = records.iter().map(|record| {
            let json = serde_json::to_string(record).expect("a record is a JSON value");
            self.chain.line(&json)
        });
        let text: String = lines.collect();
        self.unsynced = true;
        let written = self.file.write_all(text.as_bytes());
        written.map_err(|error| io(&self.path, error))
    }

    /// Waits until all records are on the disk: they outlive the machine from here on.
    pub fn sync(&mut self) -> Result<(), JournalError> {
        if !std::mem::take(&mut self.unsynced) {
            return Ok(());
        }
        self.file.sync_data().map_err(|error| io(&self.path, error))
    }

    #[cfg(unix)]
    fn lock(&self, mut tries: u32) -> Result<(), JournalError> {
        use rustix::fs::{FlockOperation, flock};
        loop {
            match flock(&self.file, FlockOperation::NonBlockingLockExclusive) {
                Ok(()) => return Ok(()),
                Err(error) if error == rustix::io::Errno::WOULDBLOCK => {
                    tries = tries.saturating_sub(1);
                    if tries == 0 {
                        let path = self.path.clone();
                        return Err(JournalError::Busy { path });
                    }
                    std::thread::sleep(std::time::Duration::from_millis(10));
                }
                Err(error) => return Err(io(&self.path, error.into())),
            }
        }
    }

    #[cfg(not(unix))]
    #[expect(clippy::unnecessary_wraps, reason = "as on unix")]
    fn lock(&self, _: u32) -> Result<(), JournalError> {
        Ok(())
    }
}

/// Whether another process goes on with the run of a journal.
pub fn is_busy(path: &Path) -> bool {
    let Ok(file) = File::options().read(true).append(true).open(path) else {
        return false;
    };
    let journal = Journal {
        path: path.to_owned(),
        file,
        chain: Chain::default(),
        unsynced: false,
    };
    matches!(journal.lock(1), Err(JournalError::Busy { .. }))
}

fn io(path: &Path, error: std::io::Error) -> JournalError {
    JournalError::Io {
        path: path.to_owned(),
        error,
    }
}

/// The records of a journal's bytes.
fn parse(path: &Path, bytes: &[u8]) -> Result<Read, JournalError> {
    let mut said = Read::default();
    let mut rest = bytes;
    while let Some(end) = rest.iter().position(|byte| *byte == b'\n') {
        let (line, after) = rest.split_at(end + 1);
        let record = record(line, &mut said.chain).ok_or_else(|| JournalError::Damaged {
            path: path.to_owned(),
            record: said.records.len() + 1,
        })?;
        said.records.push(record);
        said.length += line.len();
        rest = after;
    }
    said.torn = !rest.is_empty();
    Ok(said)
}

/// The record of a line, if it is the very line that the chain asks for.
fn record(line: &[u8], chain: &mut Chain) -> Option<Record> {
    let text = std::str::from_utf8(line).ok()?;
    let json = text.trim_end_matches('\n').splitn(3, ' ').nth(2)?;
    let record = serde_json::from_str(json).ok()?;
    (chain.line(json) == text).then_some(record)
}
