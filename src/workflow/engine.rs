//! Runs begun, gone on with, and done again: a plan in; a run on the disk and how it ended out.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, PoisonError};

use super::files::{self, Digests};
use super::graph::{Graph, Node, NodeId, Role};
use super::journal::{Journal, JournalError, Record};
use super::outcome::{Ended, Outcome};
use super::plan::Plan;
use super::run::attempt::kept_path;
use super::run::cancel::Cancel;
use super::run::strategy::Expected;
use super::run::watch::Watch;
use super::run::{Changes, Clock, Finished, Options, Setting, Stores, drive};
use super::runs::{Learned, RunError, Runs, Told};
use super::steps::Kind;
use super::toolchain::Toolchain;

/// What all runs of a process share.
pub struct Engine {
    /// Where runs are.
    pub runs: Runs,
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
    /// How runs go.
    pub options: Options,
    /// Outcomes of steps that are not really done.
    pub mocks: BTreeMap<String, Outcome>,
}

/// A run that can be driven.
pub struct Ready {
    setting: Setting,
    journal: Journal,
    attempts: Vec<u32>,
    learned: Learned,
}

impl Ready {
    /// The run's name.
    pub fn run(&self) -> &str {
        &self.setting.run
    }
}

impl Engine {
    /// A new run of a plan, at a time in milliseconds since 1970. `earlier` has what is taken over of steps that the
    /// plan leaves out.
    pub fn begin(
        &self,
        plan: &Plan,
        run: &str,
        earlier: &BTreeMap<String, Outcome>,
        at: u64,
    ) -> Result<Ready, RunError> {
        let mut journal = self.runs.begin(run, &plan.frozen, at)?;
        let mut known = BTreeMap::new();
        for (id, node) in plan.graph.nodes.iter().enumerate() {
            if plan.selected.get(id).copied().unwrap_or(true) {
                continue;
            }
            let before = earlier.get(&node.id);
            if let Some(outcome) = before.filter(|it| it.ended == Ended::Success) {
                let outcome = Outcome {
                    earlier: true,
                    ..outcome.clone()
                };
                known.insert(id, outcome);
            }
        }
        let taken: Vec<Record> = known
            .iter()
            .filter_map(|(id, outcome)| {
                Some(Record::Finished {
                    step: plan.graph.nodes.get(*id)?.id.clone(),
                    outcome: outcome.clone(),
                })
            })
            .collect();
        journal.write(&taken)?;
        let attempts = vec![0; plan.graph.nodes.len()];
        Ok(self.ready(plan, run, (journal, known, attempts), at))
    }

    /// A run that was broken off, or that ended badly: what ended well is not done again, unless it waited for what
    /// is.
    pub fn go_on(&self, plan: &Plan, journal: Journal, told: &Told, at: u64) -> Ready {
        let over = told.ended.is_some();
        let stays = |outcome: &Outcome| match outcome.ended {
            Ended::Success => true,
            Ended::Failed | Ended::Skipped => !over,
            Ended::Cancelled => false,
        };
        let folder = self.runs.of(&told.run);
        let mut known: BTreeMap<NodeId, Outcome> = BTreeMap::new();
        let mut attempts = vec![0; plan.graph.nodes.len()];
        let mut again = vec![false; plan.graph.nodes.len()];
        for id in plan.order.iter().copied() {
            let Some(node) = plan.graph.nodes.get(id) else {
                continue;
            };
            if let (Some(count), Some(slot)) = (told.attempts.get(&node.id), attempts.get_mut(id)) {
                *slot = *count;
            }
            let mut waits = node.waits();
            let waits_for_again = waits.any(|it| again.get(it).copied().unwrap_or(false));
            let outcome = told.outcomes.get(&node.id).filter(|it| stays(it));
            let outcome = outcome.filter(|_| !waits_for_again);
            match outcome.filter(|outcome| self.says_again(&folder, node, outcome)) {
                Some(outcome) => {
                    known.insert(id, outcome.clone());
                }
                None if node.role == Role::Barrier && !waits_for_again => {}
                None => {
                    if let Some(slot) = again.get_mut(id) {
                        *slot = true;
                    }
                }
            }
        }
        self.ready(plan, &told.run, (journal, known, attempts), at)
    }

    /// Has a pass that is not done again say what it found; `false` where it cannot, and so is to be done again.
    fn says_again(&self, folder: &Path, node: &Node, outcome: &Outcome) -> bool {
        let is_pass = node.action.as_ref().is_some_and(|it| it.kind == Kind::Pass);
        let Some(toolchain) = self.toolchain.as_ref().filter(|_| is_pass) else {
            return true;
        };
        if outcome.ended == Ended::Skipped {
            return true;
        }
        let kept = files::read(&kept_path(folder, &node.id)).ok();
        let kept = kept.and_then(|bytes| serde_json::from_slice(&bytes).ok());
        let kept = kept.or_else(|| {
            let stores = self.stores.as_ref()?;
            let entry = stores.local.entry(outcome.key.as_ref()?).ok()??;
            Some(entry.beside)
        });
        // `scan`, `sbom` and `report` find nothing that a report holds.
        kept.is_none_or(|kept| toolchain.replay(&kept))
    }

    /// What a run of a plan would be given, for looking at it only.
    pub fn setting(&self, plan: &Plan) -> Setting {
        let learned = self.runs.learned(&plan.frozen.workflow);
        self.given(plan, "plan", BTreeMap::new(), &learned, 0)
    }

    fn ready(
        &self,
        plan: &Plan,
        run: &str,
        (journal, known, attempts): (Journal, BTreeMap<NodeId, Outcome>, Vec<u32>),
        at: u64,
    ) -> Ready {
        let learned = self.runs.learned(&plan.frozen.workflow);
        let setting = self.given(plan, run, known, &learned, at);
        Ready {
            setting,
            journal,
            attempts,
            learned,
        }
    }

    fn given(
        &self,
        plan: &Plan,
        run: &str,
        known: BTreeMap<NodeId, Outcome>,
        learned: &Learned,
        at: u64,
    ) -> Setting {
        Setting {
            graph: Arc::clone(&plan.graph),
            order: plan.order.clone(),
            selected: plan.selected.clone(),
            known,
            inputs: plan.frozen.inputs.clone(),
            run: run.to_owned(),
            workflow: plan.frozen.workflow.clone(),
            folder: self.runs.of(run),
            project: self.project.clone(),
            ambient: Arc::clone(&self.ambient),
            toolchain: self.toolchain.clone(),
            stores: self.stores.clone(),
            watch: Arc::clone(&self.watch),
            digests: Arc::clone(&self.digests),
            expected: expected(&plan.graph, learned),
            changes: Changes {
                before: learned.changed.clone(),
                ..Changes::default()
            },
            mocks: self.mocks.clone(),
            clock: Clock::starting(at),
            options: self.options.clone(),
        }
    }

    /// Drives a run to its end.
    pub async fn drive(&self, ready: Ready, cancel: Cancel) -> Result<Finished, JournalError> {
        let Ready {
            setting,
            journal,
            attempts,
            mut learned,
        } = ready;
        let graph = Arc::clone(&setting.graph);
        let workflow = setting.workflow.clone();
        let changes = setting.changes.clone();
        let finished = drive(setting, journal, attempts, cancel).await?;
        let before = learned.clone();
        for (node, outcome) in graph.nodes.iter().zip(&finished.outcomes) {
            let Some(outcome) = outcome else { continue };
            let did = outcome.attempts > 0 && outcome.ended == Ended::Success;
            if !did || !node.is_shown() {
                continue;
            }
            let slot = learned.took.entry(node.id.clone()).or_insert(outcome.took);
            // Newer runs say more than older ones.
            *slot = (*slot + 2 * outcome.took) / 3;
        }
        if finished.ended == Ended::Success {
            let now = changes.now.lock().unwrap_or_else(PoisonError::into_inner);
            learned.changed.extend(now.clone());
        }
        if learned.took != before.took || learned.changed != before.changed {
            self.runs.learn(&workflow, &learned);
        }
        Ok(finished)
    }
}

fn expected(graph: &Graph, learned: &Learned) -> Expected {
    let nodes = graph.nodes.iter();
    Expected {
        took: nodes
            .map(|node| learned.took.get(&node.id).copied())
            .collect(),
    }
}
