//! What a run would do, without doing it: which steps begin, which results are taken over and why others are not.

use serde_json::{Map, Value};

use super::cancel::Urgency;
use super::decide::{self, Decision};
use super::{Setting, keep};
use crate::workflow::expression;
use crate::workflow::graph::{Node, NodeId, Role};
use crate::workflow::key::Parts;
use crate::workflow::outcome::{Ended, Outcome};

/// What would become of a step.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fate {
    /// It would run, and why its result is not taken over.
    Runs(String),
    /// Its result would be taken over.
    Cached,
    /// It would not run, and why.
    Skipped(String),
    /// That depends on what other steps hand on.
    Open(String),
    /// It is not asked for.
    Left,
}

/// What would become of each node.
#[derive(Clone, Debug, Default)]
pub struct Prediction {
    /// By node; barriers and the like have `None`.
    pub fates: Vec<Option<Fate>>,
    /// What each step's key is made of, where it has one.
    pub parts: Vec<Option<Parts>>,
}

/// Predicts a run.
pub fn predict(setting: &Setting) -> Prediction {
    let count = setting.graph.nodes.len();
    let mut prediction = Prediction {
        fates: vec![None; count],
        parts: vec![None; count],
    };
    let mut outcomes: Vec<Option<Outcome>> = vec![None; count];
    let tainted = vec![false; count];
    for id in setting.order.iter().copied() {
        let (outcome, fate, parts) = one(setting, &outcomes, &tainted, id);
        if let Some(slot) = outcomes.get_mut(id) {
            *slot = Some(outcome);
        }
        if let Some(slot) = prediction.fates.get_mut(id) {
            *slot = fate;
        }
        if let Some(slot) = prediction.parts.get_mut(id) {
            *slot = parts;
        }
    }
    prediction
}

/// Why it cannot be said whether a node runs: what opens it depends on what runs before.
fn undecided(setting: &Setting, outcomes: &[Option<Outcome>], node: &Node) -> Option<String> {
    let open = |id: NodeId| {
        let outcome = outcomes.get(id).and_then(Option::as_ref);
        outcome.is_some_and(|it| it.reason.as_deref() == Some(UNDECIDED))
    };
    if node.branch.is_some_and(|(id, _)| open(id)) {
        return Some("which branch is taken depends on what runs before".to_owned());
    }
    let scope = setting.graph.scopes.get(node.scope)?.open?;
    open(scope).then(|| "its workflow's inputs depend on what runs before".to_owned())
}

/// The mark of what opens a branch or a call and depends on what runs before.
const UNDECIDED: &str = "undecided";

type One = (Outcome, Option<Fate>, Option<Parts>);

fn one(setting: &Setting, outcomes: &[Option<Outcome>], tainted: &[bool], id: NodeId) -> One {
    let well = || Outcome::plain(Ended::Success, None);
    if !setting.selected.get(id).copied().unwrap_or(true) {
        let known = setting.known.get(&id).cloned();
        return (known.unwrap_or_else(well), Some(Fate::Left), None);
    }
    let Some(node) = setting.graph.nodes.get(id) else {
        return (well(), None, None);
    };
    if let Some(open) = undecided(setting, outcomes, node) {
        return (well(), Some(Fate::Open(open)), None);
    }
    let words = match decide::decide(setting, outcomes, tainted, Urgency::None, id) {
        Decision::Begin(words) => words,
        Decision::Is(outcome) => {
            let fate = match (node.role, outcome.ended) {
                (Role::Barrier, _) => None,
                (_, Ended::Skipped) => {
                    Some(Fate::Skipped(outcome.reason.clone().unwrap_or_default()))
                }
                // An expression over what is not handed on yet.
                (_, Ended::Failed | Ended::Cancelled) => {
                    let reason = outcome.reason.clone().unwrap_or_default();
                    let open = Fate::Open(format!("it depends on what runs before: {reason}"));
                    let outcome = Outcome {
                        reason: (node.role == Role::Open).then(|| UNDECIDED.to_owned()),
                        ..well()
                    };
                    return (outcome, Some(open), None);
                }
                (_, Ended::Success) => Some(Fate::Runs(String::new())),
            };
            return (*outcome, fate, None);
        }
    };
    let mut arguments = Map::new();
    for (name, value) in node.action.iter().flat_map(|it| &it.arguments) {
        match expression::fill_all(value, &words) {
            Ok(value) => {
                arguments.insert(name.clone(), value);
            }
            Err(_) if value.to_string().contains(expression::OPEN) => {
                let why = "its arguments depend on what runs before".to_owned();
                return (well(), Some(Fate::Runs(why)), None);
            }
            Err(_) => {
                arguments.insert(name.clone(), Value::Null);
            }
        }
    }
    let needs = node.needs.values().flatten();
    let before: Vec<_> = needs
        .map(|id| (*id, outcomes.get(*id).cloned().flatten()))
        .collect();
    let parts = match keep::parts(setting, node, &arguments, &words, &before) {
        Ok(parts) => parts,
        Err(why) => return (well(), Some(Fate::Runs(format!("not kept: {why}"))), None),
    };
    let key = parts.key();
    let keyed = Outcome {
        key: Some(key.clone()),
        ..well()
    };
    let Some(stores) = &setting.stores else {
        return (keyed, Some(Fate::Runs("nothing is kept".to_owned())), None);
    };
    if !setting.options.reuse {
        let why = "every step is done anew".to_owned();
        return (keyed, Some(Fate::Runs(why)), Some(parts));
    }
    match stores.local.entry(&key) {
        Ok(Some(entry)) => {
            let outcome = Outcome {
                outputs: entry.outputs,
                ..keyed
            };
            (outcome, Some(Fate::Cached), Some(parts))
        }
        Ok(None) => {
            let last = stores.local.last_parts(&setting.workflow, &node.id);
            let why = match last.map(|last| parts.changes(&last)) {
                None => "no result is kept".to_owned(),
                Some(changes) => match changes.as_slice() {
                    [] => "its result was removed".to_owned(),
                    [one] => one.clone(),
                    [one, more @ ..] => format!("{one}, and {} more", more.len()),
                },
            };
            (keyed, Some(Fate::Runs(why)), Some(parts))
        }
        Err(error) => (keyed, Some(Fate::Runs(error.to_string())), Some(parts)),
    }
}
