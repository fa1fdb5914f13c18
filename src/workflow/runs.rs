//! Runs on disk: a folder each, with the frozen plan, the journal and the logs; and what is learned from all of them.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use indexmap::IndexMap;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::files;
use super::journal::{self, Journal, JournalError, Read, Record};
use super::outcome::{Ended, Outcome};
use super::plan::Frozen;

/// So many runs are kept.
const KEPT: usize = 50;

/// All runs of a workspace.
#[derive(Clone, Debug)]
pub struct Runs {
    folder: PathBuf,
}

/// One run, as its folder tells it.
#[derive(Clone, Debug, Default)]
pub struct Told {
    /// The run.
    pub run: String,
    /// The workflow.
    pub workflow: String,
    /// SHA-256 of the frozen plan.
    pub plan: String,
    /// When it began, in milliseconds since 1970.
    pub began: u64,
    /// When the last record was written.
    pub last: u64,
    /// How it ended; `None` where it did not, or goes on.
    pub ended: Option<Ended>,
    /// Whether another process goes on with it now.
    pub going_on: bool,
    /// What became of steps, in the order they ended.
    pub outcomes: IndexMap<String, Outcome>,
    /// Attempts that began, by step.
    pub attempts: BTreeMap<String, u32>,
    /// Steps that began and did not end.
    pub open: BTreeSet<String>,
    /// The workflow's outputs.
    pub outputs: Map<String, Value>,
    /// How often it was resumed.
    pub resumed: u32,
    /// Whether its last record was cut off.
    pub torn: bool,
}

/// Why a run cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum RunError {
    /// There is none of that name, or none at all.
    #[error("there is no run{}", .0.as_ref().map(|it| format!(" `{it}`")).unwrap_or_default())]
    None(Option<String>),
    /// Its journal.
    #[error("{0}")]
    Journal(#[from] JournalError),
    /// Its plan is not the one it was begun with.
    #[error("the plan of run `{0}` was damaged: it is not the one that the run was begun with")]
    Plan(String),
    /// The system's word.
    #[error("cannot keep the run in `{}`: {error}", path.display())]
    Io {
        /// The folder.
        path: PathBuf,
        /// Why.
        error: std::io::Error,
    },
}

/// What is known from earlier runs of a workflow.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Learned {
    /// Milliseconds that steps took.
    pub took: BTreeMap<String, u64>,
    /// Glob → digest of the files it named when the workflow last ended well.
    pub changed: BTreeMap<String, String>,
}

impl Runs {
    /// Those of a folder.
    pub fn new(folder: PathBuf) -> Self {
        Self { folder }
    }

    /// The folder of a run.
    pub fn of(&self, run: &str) -> PathBuf {
        self.folder.join(run)
    }

    /// Where a run's logs are.
    pub fn logs(&self, run: &str) -> PathBuf {
        self.of(run).join("logs")
    }

    /// Begins a run: its plan is on the disk before its journal is there.
    #[expect(clippy::disallowed_methods, reason = "the door to runs")]
    pub fn begin(&self, run: &str, frozen: &Frozen, at: u64) -> Result<Journal, RunError> {
        let folder = self.of(run);
        let json = serde_json::to_string(frozen).expect("a plan is a JSON value");
        let written = files::write(&folder.join("plan.json"), json.as_bytes());
        written.map_err(|error| RunError::Io {
            path: folder.clone(),
            error,
        })?;
        // A run is there with its first record, or not at all.
        let unborn = folder.join("journal.new");
        let mut journal = Journal::create(&unborn)?;
        journal.write(&[Record::Begun {
            run: run.to_owned(),
            workflow: frozen.workflow.clone(),
            plan: digest(&json),
            tool: env!("CARGO_PKG_VERSION").to_owned(),
            at,
        }])?;
        let born = std::fs::rename(&unborn, folder.join("journal"));
        born.map_err(|error| RunError::Io {
            path: folder.clone(),
            error,
        })?;
        Ok(journal)
    }

    /// Opens a run to go on with it.
    pub fn resume(&self, run: &str, at: u64) -> Result<(Journal, Frozen, Told), RunError> {
        let (mut journal, read) = Journal::reopen(&self.of(run).join("journal"))?;
        let told = told(run, &read);
        let frozen = self.plan(run, &told)?;
        journal.write(&[Record::Resumed { at }])?;
        Ok((journal, frozen, told))
    }

    /// The plan that a run was begun with.
    pub fn plan(&self, run: &str, told: &Told) -> Result<Frozen, RunError> {
        let bytes = files::read(&self.of(run).join("plan.json")).unwrap_or_default();
        let text = String::from_utf8_lossy(&bytes);
        if digest(&text) != told.plan {
            return Err(RunError::Plan(run.to_owned()));
        }
        serde_json::from_str(&text).map_err(|_| RunError::Plan(run.to_owned()))
    }

    /// What a run's folder tells.
    pub fn tell(&self, run: &str) -> Result<Told, RunError> {
        let path = self.of(run).join("journal");
        if path.metadata().is_err() {
            return Err(RunError::None(Some(run.to_owned())));
        }
        let read = Journal::read(&path)?;
        let mut told = told(run, &read);
        told.going_on = told.ended.is_none() && journal::is_busy(&path);
        Ok(told)
    }

    /// The names of all runs, the newest first.
    #[expect(clippy::disallowed_methods, reason = "the door to runs")]
    pub fn names(&self) -> Vec<String> {
        let Ok(entries) = std::fs::read_dir(&self.folder) else {
            return Vec::new();
        };
        let mut names: Vec<String> = entries
            .filter_map(Result::ok)
            .filter(|entry| entry.path().join("journal").metadata().is_ok())
            .map(|entry| entry.file_name().to_string_lossy().into_owned())
            .collect();
        names.sort_by(|a, b| b.cmp(a));
        names
    }

    /// The run that is meant: that name, its beginning, or the newest.
    pub fn meant(&self, name: Option<&str>) -> Result<String, RunError> {
        let names = self.names();
        let found = match name {
            None => names.first(),
            Some(name) => {
                let exact = names.iter().find(|it| *it == name);
                exact.or_else(|| names.iter().find(|it| it.starts_with(name)))
            }
        };
        found
            .cloned()
            .ok_or_else(|| RunError::None(name.map(ToOwned::to_owned)))
    }

    /// The newest run of a workflow that was broken off or ended badly.
    pub fn unfinished(&self) -> Option<String> {
        self.names().into_iter().find(|name| {
            let told = self.tell(name);
            told.is_ok_and(|told| told.ended != Some(Ended::Success) && !told.going_on)
        })
    }

    /// What steps of a workflow last handed on, from its newest runs.
    pub fn earlier(&self, workflow: &str) -> BTreeMap<String, Outcome> {
        let mut found = BTreeMap::new();
        for name in self.names() {
            let Ok(told) = self.tell(&name) else { continue };
            if told.workflow != workflow {
                continue;
            }
            for (step, outcome) in told.outcomes {
                if outcome.ended == Ended::Success {
                    found.entry(step).or_insert(outcome);
                }
            }
        }
        found
    }

    /// What is known from earlier runs of a workflow.
    pub fn learned(&self, workflow: &str) -> Learned {
        let bytes = files::read(&self.learned_path(workflow)).unwrap_or_default();
        serde_json::from_slice(&bytes).unwrap_or_default()
    }

    /// Learns from a run that has ended.
    pub fn learn(&self, workflow: &str, learned: &Learned) {
        let json = serde_json::to_vec(learned).expect("texts by name are JSON");
        // Without it the next run only guesses worse.
        let _ = files::write(&self.learned_path(workflow), &json);
    }

    fn learned_path(&self, workflow: &str) -> PathBuf {
        let name = digest(workflow);
        let name = name.get(..16).unwrap_or_default().to_owned();
        self.folder.join("learned").join(name)
    }

    /// Takes away the oldest runs that ended.
    pub fn forget_old(&self) {
        for name in self.names().into_iter().skip(KEPT) {
            if !journal::is_busy(&self.of(&name).join("journal")) {
                let _ = std::fs::remove_dir_all(self.of(&name));
            }
        }
    }
}

fn digest(text: &str) -> String {
    files::digest(text.as_bytes())
}

/// What records tell of a run.
fn told(run: &str, read: &Read) -> Told {
    let mut told = Told {
        run: run.to_owned(),
        torn: read.torn,
        ..Told::default()
    };
    for record in &read.records {
        match record {
            Record::Begun {
                workflow, plan, at, ..
            } => {
                told.workflow.clone_from(workflow);
                told.plan.clone_from(plan);
                told.began = *at;
                told.last = *at;
            }
            Record::Resumed { at } => {
                told.resumed += 1;
                told.ended = None;
                told.last = *at;
                told.open.clear();
            }
            Record::Started { step, attempt, at } => {
                told.attempts.insert(step.clone(), *attempt);
                told.open.insert(step.clone());
                told.last = *at;
            }
            Record::Retrying { .. } => {}
            Record::Finished { step, outcome } => {
                told.open.remove(step);
                told.outcomes.insert(step.clone(), outcome.clone());
                let end = told.began + outcome.began + outcome.took;
                told.last = told.last.max(end);
            }
            Record::Cancelled { at } => told.last = *at,
            Record::Ended { ended, outputs, at } => {
                told.ended = Some(*ended);
                told.outputs.clone_from(outputs);
                told.last = *at;
            }
        }
    }
    told
}

/// Ends programs that a broken-off run left behind: those whose environment names it.
#[cfg(target_os = "linux")]
pub fn end_orphans(run: &str) {
    use rustix::process::{Pid, Signal, kill_process};
    let mark = format!("CONTRACTS_RUN={run}");
    for id in processes() {
        let environ = files::read(&Path::new("/proc").join(id.to_string()).join("environ"));
        let Ok(environ) = environ else { continue };
        let ours = environ
            .split(|byte| *byte == 0)
            .any(|entry| entry == mark.as_bytes());
        let own = u32::try_from(id).is_ok_and(|id| id == std::process::id());
        if ours && !own {
            let _ = Pid::from_raw(id).map(|pid| kill_process(pid, Signal::KILL));
        }
    }
}

#[cfg(target_os = "linux")]
#[expect(
    clippy::disallowed_methods,
    reason = "what a killed run left running is found here"
)]
fn processes() -> Vec<i32> {
    let Ok(entries) = std::fs::read_dir("/proc") else {
        return Vec::new();
    };
    let names = entries.filter_map(|entry| entry.ok()?.file_name().into_string().ok());
    names.filter_map(|name| name.parse().ok()).collect()
}

/// Ends programs that a broken-off run left behind; this system does not tell which they are.
#[cfg(not(target_os = "linux"))]
pub fn end_orphans(_: &str) {}

/// A name for a run that begins now: its time, and three letters that make it the only one.
pub fn name(at: u64) -> String {
    let time = std::time::UNIX_EPOCH + std::time::Duration::from_millis(at);
    let text = humantime::format_rfc3339_seconds(time).to_string();
    let digits: String = text
        .chars()
        .filter(char::is_ascii_alphanumeric)
        .map(|it| if it == 'T' { '-' } else { it })
        .filter(|it| *it != 'Z')
        .collect();
    let letters: String = (0..3).map(|_| fastrand::lowercase()).collect();
    format!("{digits}-{:03}{letters}", at % 1000)
}
