//! A run: a plan in; every step's outcome, journaled as it goes, out.
//!
//! `drive` decides what begins when; `attempt` does one step with its retries, timeout and kept result.

pub(super) mod attempt;
pub mod cancel;
pub mod child;
pub mod confine;
mod decide;
pub mod desk;
mod drive;
mod keep;
pub mod log;
mod meaning;
pub mod predict;
pub mod strategy;
pub mod watch;

pub use drive::drive;

pub use meaning::Changes;

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use serde_json::{Map, Value};

use self::cancel::Cancel;
use self::log::Masks;
use self::strategy::{Expected, Strategy};
use self::watch::Watch;
use super::cache::Local;
use super::files::Digests;
use super::graph::{Graph, NodeId};
use super::journal::Journal;
use super::outcome::{Ended, Outcome};
use super::steps::Kind;
use super::toolchain::Toolchain;

/// How a run goes.
#[derive(Clone, Debug)]
pub struct Options {
    /// So many steps at once.
    pub workers: usize,
    /// Which of them first.
    pub strategy: Strategy,
    /// Whether each transition is on the disk before it is acted on, and so outlives the machine. Without it
    /// transitions are with the system, and outlive this process.
    pub durable: bool,
    /// The time between asking a program to end and ending it.
    pub grace: Duration,
    /// Whether nothing begins any more once a step failed.
    pub fail_fast: bool,
    /// Whether kept results are used; they are kept anyway.
    pub reuse: bool,
}

impl Default for Options {
    fn default() -> Self {
        let workers = std::thread::available_parallelism();
        Self {
            workers: workers.map_or(2, std::num::NonZero::get),
            strategy: Strategy::default(),
            durable: false,
            grace: Duration::from_secs(5),
            fail_fast: false,
            reuse: true,
        }
    }
}

/// Where kept results are.
#[derive(Debug)]
pub struct Stores {
    /// On this machine.
    pub local: Local,
    /// Behind it.
    #[cfg(feature = "remote")]
    pub remote: Option<super::cache::Remote>,
}

/// Everything a run is given.
pub struct Setting {
    /// The graph.
    pub graph: Arc<Graph>,
    /// Every node after all that it waits for.
    pub order: Vec<NodeId>,
    /// The nodes that run; the others are taken as they were.
    pub selected: Vec<bool>,
    /// What is known of nodes already.
    pub known: BTreeMap<NodeId, Outcome>,
    /// The inputs.
    pub inputs: Map<String, Value>,
    /// The run.
    pub run: String,
    /// The workflow's name.
    pub workflow: String,
    /// The run's own folder: logs, and folders of steps.
    pub folder: PathBuf,
    /// The project's folder.
    pub project: PathBuf,
    /// The process's environment.
    pub ambient: Arc<BTreeMap<String, String>>,
    /// The toolchain, where passes are to run.
    pub toolchain: Option<Arc<Toolchain>>,
    /// Where results are kept.
    pub stores: Option<Arc<Stores>>,
    /// Who is told.
    pub watch: Arc<dyn Watch>,
    /// Digests of files.
    pub digests: Arc<Digests>,
    /// What steps took in earlier runs.
    pub expected: Expected,
    /// Files as the last run that ended well saw them.
    pub changes: Changes,
    /// Outcomes of steps that are not really done (`contracts workflow test`).
    pub mocks: BTreeMap<String, Outcome>,
    /// When it began.
    pub clock: Clock,
    /// How it goes.
    pub options: Options,
}

/// The time of a run.
#[derive(Clone, Copy, Debug)]
pub struct Clock {
    began: Instant,
    /// Milliseconds since 1970 when it began.
    epoch: u64,
}

impl Clock {
    /// Starts now; `epoch` is the time of day in milliseconds since 1970.
    pub fn starting(epoch: u64) -> Self {
        Self {
            began: Instant::now(),
            epoch,
        }
    }

    /// Milliseconds since the run began.
    pub fn elapsed(&self) -> u64 {
        u64::try_from(self.began.elapsed().as_millis()).unwrap_or(u64::MAX)
    }

    /// Milliseconds since 1970.
    pub fn now(&self) -> u64 {
        self.epoch.saturating_add(self.elapsed())
    }
}

/// How a run ended.
#[derive(Clone, Debug)]
pub struct Finished {
    /// In one word.
    pub ended: Ended,
    /// What became of each node.
    pub outcomes: Vec<Option<Outcome>>,
    /// Nodes whose failure is let be by what they are part of.
    pub excused: Vec<bool>,
    /// The workflow's outputs.
    pub outputs: Map<String, Value>,
}

/// What the jobs of a run share.
struct Shared {
    setting: Setting,
    journal: Mutex<Journal>,
    masks: Arc<Masks>,
    secrets: Arc<Vec<String>>,
    cancel: Cancel,
    /// Held by all that work together, and alone by what must work alone.
    quiet: tokio::sync::RwLock<()>,
}

impl Shared {
    /// The secrets of a run's profiles: the variables' names, and their values.
    fn secrets(setting: &Setting) -> (Vec<String>, Masks) {
        let files = setting.graph.files.iter();
        let profiles = files.flat_map(|file| file.workflow.profiles.values());
        let mut names: Vec<String> = profiles.flat_map(|it| it.secrets.clone()).collect();
        names.sort_unstable();
        names.dedup();
        // What a webhook signs with or sends as its token is masked too, whatever profiles say.
        let hooks = setting
            .graph
            .nodes
            .iter()
            .filter_map(|it| it.action.as_ref());
        let hooks = hooks.filter(|it| it.kind == Kind::Webhook);
        let theirs = hooks.flat_map(|it| ["secret", "bearer"].map(|key| it.arguments.get(key)));
        let theirs = theirs.flatten().filter_map(Value::as_str);
        let all = names.iter().map(String::as_str).chain(theirs);
        let values = all.filter_map(|name| setting.ambient.get(name));
        let masks = Masks::new(values.cloned());
        (names, masks)
    }
}

/// Sets the cryptography of TLS once.
#[cfg(feature = "remote")]
pub fn secure() {
    // The first one stays.
    let _ = rustls::crypto::ring::default_provider().install_default();
}
