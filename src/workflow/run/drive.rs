//! The loop of a run: what is ready begins as workers allow; what has ended makes others ready.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, PoisonError};

use tokio::task::JoinSet;

use super::attempt::{self, Job};
use super::cancel::{Cancel, Urgency};
use super::decide::{self, Decision};
use super::strategy::Queue;
use super::watch::Event;
use super::{Finished, Setting, Shared};
use crate::workflow::graph::{Graph, NodeId, Role};
use crate::workflow::journal::{Journal, JournalError, Record};
use crate::workflow::outcome::{Ended, Outcome};

impl Shared {
    /// Hands records to the journal, before they are acted on.
    pub(super) fn write(&self, records: &[Record]) -> Result<(), JournalError> {
        // A job that panicked has written whole records only.
        let mut journal = self.journal.lock().unwrap_or_else(PoisonError::into_inner);
        journal.write(records)?;
        if self.setting.options.durable {
            journal.sync()?;
        }
        Ok(())
    }
}

/// What a run keeps in mind.
struct Drive {
    shared: Arc<Shared>,
    outcomes: Vec<Option<Outcome>>,
    tainted: Vec<bool>,
    /// How many each node still waits for, and who waits for it.
    waiting: Vec<usize>,
    dependents: Vec<Vec<NodeId>>,
    /// Nodes all of whose waits have ended.
    ready: Queue,
    /// The same, not yet decided on.
    fresh: VecDeque<NodeId>,
    attempts: Vec<u32>,
    jobs: JoinSet<(NodeId, Result<Outcome, JournalError>)>,
    failed: bool,
}

/// Runs all that is selected. `attempts` were begun before the run was broken off.
pub async fn drive(
    setting: Setting,
    journal: Journal,
    attempts: Vec<u32>,
    mut cancel: Cancel,
) -> Result<Finished, JournalError> {
    let (secrets, masks) = Shared::secrets(&setting);
    let shared = Arc::new(Shared {
        setting,
        journal: Mutex::new(journal),
        masks: Arc::new(masks),
        secrets: Arc::new(secrets),
        cancel: cancel.clone(),
        quiet: tokio::sync::RwLock::new(()),
    });
    let mut drive = Drive::new(Arc::clone(&shared), attempts);
    let mut urgency = Urgency::None;
    loop {
        drive.advance(urgency)?;
        if drive.jobs.is_empty() {
            break;
        }
        tokio::select! {
            joined = drive.jobs.join_next() => match joined {
                Some(Ok((id, outcome))) => drive.ended(id, outcome?)?,
                Some(Err(error)) => return Err(broken(&error)),
                None => {}
            },
            asked = cancel.more_than(urgency) => {
                urgency = asked;
                shared.write(&[Record::Cancelled { at: shared.setting.clock.now() }])?;
                shared.setting.watch.tell(&Event::Cancelling);
            }
        }
    }
    let urgency = cancel.urgency();
    drive.finish(urgency)
}

/// Nodes within a call or a branch whose failure is tolerated.
fn excused(graph: &Graph, outcomes: &[Option<Outcome>]) -> Vec<bool> {
    let mut excused = vec![false; graph.nodes.len()];
    let tolerated = |id: NodeId| {
        let outcome = outcomes.get(id).and_then(Option::as_ref);
        outcome.is_some_and(|it| it.tolerated)
    };
    let mut open: Vec<NodeId> = (0..graph.nodes.len()).filter(|id| tolerated(*id)).collect();
    while let Some(id) = open.pop() {
        let close = graph.nodes.get(id).filter(|node| node.role == Role::Close);
        for inside in close.into_iter().flat_map(|node| &node.after) {
            if let Some(slot) = excused.get_mut(*inside).filter(|slot| !**slot) {
                *slot = true;
                open.push(*inside);
            }
        }
    }
    excused
}

/// A job that panicked: a fault of ours.
fn broken(error: &tokio::task::JoinError) -> JournalError {
    JournalError::Io {
        path: std::path::PathBuf::new(),
        error: std::io::Error::other(format!("a step stopped unexpectedly: {error}")),
    }
}

impl Drive {
    fn new(shared: Arc<Shared>, attempts: Vec<u32>) -> Self {
        let setting = &shared.setting;
        let graph = &setting.graph;
        let count = graph.nodes.len();
        let mut waiting = vec![0; count];
        let mut dependents = vec![Vec::new(); count];
        for (id, node) in graph.nodes.iter().enumerate() {
            for before in node.waits() {
                if let (Some(waits), Some(list)) = (waiting.get_mut(id), dependents.get_mut(before))
                {
                    *waits += 1;
                    list.push(id);
                }
            }
        }
        let strategy = setting.options.strategy;
        let ready = Queue::new(strategy, graph, &setting.order, &setting.expected);
        let fresh: VecDeque<NodeId> = waiting
            .iter()
            .enumerate()
            .filter(|(_, waits)| **waits == 0)
            .map(|(id, _)| id)
            .collect();
        Self {
            outcomes: vec![None; count],
            tainted: vec![false; count],
            waiting,
            dependents,
            ready,
            fresh,
            attempts,
            jobs: JoinSet::new(),
            failed: false,
            shared,
        }
    }

    /// Decides on all that became ready, and begins what workers allow.
    fn advance(&mut self, urgency: Urgency) -> Result<(), JournalError> {
        let shared = Arc::clone(&self.shared);
        loop {
            while let Some(id) = self.fresh.pop_front() {
                if let Some(known) = shared.setting.known.get(&id) {
                    self.settle(id, known.clone());
                    continue;
                }
                if !shared.setting.selected.get(id).copied().unwrap_or(true) {
                    let outcome = Outcome {
                        earlier: true,
                        ..Outcome::plain(Ended::Success, None)
                    };
                    self.settle(id, outcome);
                    continue;
                }
                let role = shared.setting.graph.nodes.get(id).map(|node| node.role);
                match role {
                    Some(Role::Step) => self.ready.push(id),
                    Some(Role::Open | Role::Close | Role::Barrier) | None => {
                        match self.decide(id, urgency) {
                            Decision::Is(outcome) => self.ended(id, *outcome)?,
                            Decision::Begin(_) => {}
                        }
                    }
                }
            }
            if self.jobs.len() >= shared.setting.options.workers.max(1) {
                return Ok(());
            }
            let Some(id) = self.ready.pop() else {
                return Ok(());
            };
            let stop = self.failed && shared.setting.options.fail_fast;
            match self.decide(id, urgency) {
                Decision::Is(outcome) => self.ended(id, *outcome)?,
                Decision::Begin(_) if stop => {
                    self.ended(id, Outcome::skipped("another step failed (`--fail-fast`)"))?;
                }
                Decision::Begin(words) => {
                    let node = shared.setting.graph.nodes.get(id);
                    let needs = node
                        .into_iter()
                        .flat_map(|node| node.needs.values().flatten());
                    let before = needs.map(|id| (*id, self.outcomes.get(*id).cloned().flatten()));
                    let job = Job {
                        id,
                        words,
                        before: before.collect(),
                        attempts: self.attempts.get(id).copied().unwrap_or(0),
                    };
                    let shared = Arc::clone(&shared);
                    self.jobs
                        .spawn(async move { (id, attempt::perform(&shared, job).await) });
                }
            }
        }
    }

    fn decide(&self, id: NodeId, urgency: Urgency) -> Decision {
        let setting = &self.shared.setting;
        decide::decide(setting, &self.outcomes, &self.tainted, urgency, id)
    }

    /// Writes down what became of a node, and makes ready what waited for it.
    fn ended(&mut self, id: NodeId, outcome: Outcome) -> Result<(), JournalError> {
        let shared = Arc::clone(&self.shared);
        let Some(node) = shared.setting.graph.nodes.get(id) else {
            return Ok(());
        };
        let masked = Outcome {
            reason: outcome.reason.as_ref().map(|it| shared.masks.mask(it)),
            ..outcome
        };
        if node.role != Role::Barrier {
            shared.write(&[Record::Finished {
                step: node.id.clone(),
                outcome: masked.clone(),
            }])?;
        }
        if node.is_shown() {
            shared.setting.watch.tell(&Event::Finished {
                step: &node.id,
                outcome: &masked,
            });
        }
        self.settle(id, masked);
        Ok(())
    }

    fn settle(&mut self, id: NodeId, outcome: Outcome) {
        let shared = Arc::clone(&self.shared);
        let Some(node) = shared.setting.graph.nodes.get(id) else {
            return;
        };
        let failed = outcome.is_failure();
        self.failed |= failed;
        let is_tainted = |id: NodeId| self.tainted.get(id).copied().unwrap_or(false);
        let tolerated = outcome.tolerated || node.role == Role::Close && !failed;
        let tainted = failed || (!tolerated && node.waits().any(is_tainted));
        if let Some(slot) = self.tainted.get_mut(id) {
            *slot = tainted;
        }
        if let Some(slot) = self.outcomes.get_mut(id) {
            *slot = Some(outcome);
        }
        for next in self.dependents.get(id).cloned().unwrap_or_default() {
            if let Some(waits) = self.waiting.get_mut(next) {
                *waits = waits.saturating_sub(1);
                if *waits == 0 {
                    self.fresh.push_back(next);
                }
            }
        }
    }

    fn finish(self, urgency: Urgency) -> Result<Finished, JournalError> {
        let setting = &self.shared.setting;
        let excused = excused(&setting.graph, &self.outcomes);
        let mut all = self.outcomes.iter().zip(&excused);
        let failed = all.any(|(outcome, excused)| {
            !excused && outcome.as_ref().is_some_and(Outcome::is_failure)
        });
        let mut ended = if urgency > Urgency::None {
            Ended::Cancelled
        } else if failed {
            Ended::Failed
        } else {
            Ended::Success
        };
        let outputs = match decide::outputs(setting, &self.outcomes) {
            Ok(outputs) => outputs,
            Err(_) if ended != Ended::Success => serde_json::Map::new(),
            Err(_) => {
                ended = Ended::Failed;
                serde_json::Map::new()
            }
        };
        self.shared.write(&[Record::Ended {
            ended,
            outputs: outputs.clone(),
            at: setting.clock.now(),
        }])?;
        Ok(Finished {
            ended,
            outcomes: self.outcomes,
            excused,
            outputs,
        })
    }
}
