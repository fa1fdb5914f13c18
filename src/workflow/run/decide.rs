//! Whether a node begins, and why not; what the nodes that do no work become.

use minijinja::Value as Word;
use serde_json::{Map, Value};

use super::meaning::{self, Outcomes, outcome};
use super::{Setting, cancel::Urgency};
use crate::workflow::expression;
use crate::workflow::graph::{Node, NodeId, Role};
use crate::workflow::inputs;
use crate::workflow::names::STATES;
use crate::workflow::outcome::{Ended, Outcome};
use crate::workflow::steps::Kind;

/// What a node does now.
pub(super) enum Decision {
    /// Its work, with these names for its expressions.
    Begin(Word),
    /// Nothing more: that became of it.
    Is(Box<Outcome>),
}

/// Nodes that failed, or that wait for one that did.
pub(super) type Tainted = [bool];

/// Decides for a node all of whose waits have ended.
pub(super) fn decide(
    setting: &Setting,
    outcomes: &Outcomes,
    tainted: &Tainted,
    urgency: Urgency,
    id: NodeId,
) -> Decision {
    let Some(node) = setting.graph.nodes.get(id) else {
        return is(Outcome::failed("there is no such step"));
    };
    match node.role {
        Role::Barrier => return is(Outcome::plain(Ended::Success, None)),
        Role::Close => return is(closed(setting, outcomes, node)),
        Role::Step | Role::Open => {}
    }
    let states = states(outcomes, tainted, node, urgency);
    if let Some(outcome) = held_back(outcomes, node) {
        return is(outcome);
    }
    let words = match meaning::words(setting, outcomes, node, states) {
        Ok(words) => words,
        // What failed before is the better reason.
        Err(why) => match blocked(setting, outcomes, tainted, node) {
            Some(blocked) => return is(Outcome::skipped(blocked)),
            None => return is(Outcome::failed(format!("`env`: {why}"))),
        },
    };
    let condition = node.step.as_ref().and_then(|step| step.r#if.as_deref());
    let condition = condition.map(expression::bare);
    let asks = condition.is_some_and(asks_for_a_state);
    if !asks && node.handles.is_empty() {
        if urgency > Urgency::None {
            return is(cancelled());
        }
        if let Some(why) = blocked(setting, outcomes, tainted, node) {
            return is(Outcome::skipped(why));
        }
    }
    if let Some(condition) = condition {
        match expression::holds(condition, &words) {
            Ok(true) => {}
            Ok(false) if urgency > Urgency::None => return is(cancelled()),
            Ok(false) => return is(Outcome::skipped(format!("`if: {condition}` is false"))),
            Err(why) => return is(Outcome::failed(format!("`if: {condition}`: {why}"))),
        }
    }
    if urgency == Urgency::Force {
        return is(cancelled());
    }
    match node.role {
        Role::Open => is(opened(setting, node, &words)),
        Role::Step | Role::Close | Role::Barrier => Decision::Begin(words),
    }
}

fn is(outcome: Outcome) -> Decision {
    Decision::Is(Box::new(outcome))
}

fn cancelled() -> Outcome {
    Outcome::plain(Ended::Cancelled, Some("the run was cancelled".to_owned()))
}

/// Whether an expression says itself what states it runs in.
fn asks_for_a_state(condition: &str) -> bool {
    let names = expression::names(condition).unwrap_or_default();
    names.iter().any(|name| STATES.contains(&name.as_str()))
}

/// Success, failure, cancelled.
fn states(outcomes: &Outcomes, tainted: &Tainted, node: &Node, urgency: Urgency) -> [bool; 3] {
    let is_tainted = |id: NodeId| tainted.get(id).copied().unwrap_or(false);
    let mut needed = node.needs.values().flatten().chain(&node.handles);
    let well = needed.all(|id| outcome(outcomes, *id).is_some_and(Outcome::is_well));
    let before = node.after.iter().any(|id| is_tainted(*id));
    let failed = node.waits().any(is_tainted);
    let cancelled = urgency > Urgency::None;
    [well && !before && !cancelled, failed, cancelled]
}

/// What stands before any condition: the branch was not taken, what opened it did not open, nothing failed that it
/// handles.
fn held_back(outcomes: &Outcomes, node: &Node) -> Option<Outcome> {
    if let Some((open, branch)) = node.branch {
        let opened = outcome(outcomes, open);
        let taken = opened.and_then(|it| it.outputs.get("branch")?.as_u64());
        if taken != u64::try_from(branch).ok() {
            let why = match opened.filter(|it| it.ended != Ended::Success) {
                Some(it) => it.reason.clone().unwrap_or_default(),
                None => "its branch was not taken".to_owned(),
            };
            return Some(Outcome::skipped(why));
        }
    }
    if !node.handles.is_empty() {
        let mut handled = node.handles.iter();
        let failed =
            handled.any(|id| outcome(outcomes, *id).is_some_and(|it| it.ended == Ended::Failed));
        if !failed {
            return Some(Outcome::skipped("nothing failed that it is there for"));
        }
    }
    None
}

/// Why a node that runs on success only does not.
fn blocked(
    setting: &Setting,
    outcomes: &Outcomes,
    tainted: &Tainted,
    node: &Node,
) -> Option<String> {
    let name = |id: NodeId| {
        let node = setting.graph.nodes.get(id);
        node.map_or("", |node| node.id.as_str())
    };
    for id in node.needs.values().flatten() {
        let Some(outcome) = outcome(outcomes, *id) else {
            continue;
        };
        if !outcome.is_well() {
            let verb = match outcome.ended {
                Ended::Failed | Ended::Success => "failed",
                Ended::Skipped => "was skipped",
                Ended::Cancelled => "was cancelled",
            };
            return Some(format!("`{}` {verb}", name(*id)));
        }
    }
    let tainted = |id: &&NodeId| tainted.get(**id).copied().unwrap_or(false);
    if let Some(id) = node.after.iter().find(tainted) {
        // The first phase that failed is to blame for those after it.
        let barrier = |id: &NodeId| {
            let node = setting.graph.nodes.get(*id);
            node.filter(|node| node.role == Role::Barrier)
        };
        let mut blamed = *id;
        while let Some(before) = barrier(&blamed).and_then(|node| {
            let mut before = node.after.iter();
            before
                .find(|id| barrier(id).is_some() && tainted(id))
                .copied()
        }) {
            blamed = before;
        }
        return Some(match barrier(&blamed) {
            Some(node) => format!("{} failed", node.id),
            None => "what it is part of failed".to_owned(),
        });
    }
    let unopened = node.after.iter().find(|id| {
        let is_open = setting.graph.nodes.get(**id).map(|it| it.role) == Some(Role::Open);
        is_open && !outcome(outcomes, **id).is_some_and(Outcome::is_well)
    })?;
    let reason = outcome(outcomes, *unopened).and_then(|it| it.reason.clone());
    Some(reason.unwrap_or_else(|| "what it is part of did not begin".to_owned()))
}

/// A branch decided, or a call's inputs.
fn opened(setting: &Setting, node: &Node, words: &Word) -> Outcome {
    let Some((step, action)) = node.step.as_ref().zip(node.action.as_ref()) else {
        return Outcome::failed("there is no such step");
    };
    if action.kind == Kind::Conditional {
        for (index, branch) in step.conditional.iter().flatten().enumerate() {
            let taken = match &branch.r#if {
                None => Ok(branch.r#else),
                Some(text) => expression::holds(expression::bare(text), words),
            };
            match taken {
                Ok(true) => {
                    return Outcome::success(Map::from_iter([("branch".to_owned(), index.into())]));
                }
                Ok(false) => {}
                Err(why) => return Outcome::failed(format!("`if` of branch {index}: {why}")),
            }
        }
        return Outcome::success(Map::from_iter([("branch".to_owned(), Value::Null)]));
    }
    let asked = setting.graph.scopes.iter().find(|scope| {
        let open = scope.open.and_then(|open| setting.graph.nodes.get(open));
        open.is_some_and(|open| std::ptr::eq(open, node))
    });
    let asked = asked
        .and_then(|scope| setting.graph.files.get(scope.file))
        .map(|file| file.workflow.inputs.clone())
        .unwrap_or_default();
    let given = action.arguments.get("inputs").cloned().unwrap_or_default();
    let given = match expression::fill_all(&given, words) {
        Ok(Value::Object(given)) => given,
        Ok(_) => Map::new(),
        Err(why) => return Outcome::failed(format!("`inputs`: {why}")),
    };
    match inputs::settle(&asked, &given) {
        Ok(settled) => Outcome::success(settled),
        Err(unfit) => {
            let lines: Vec<String> = unfit.iter().map(ToString::to_string).collect();
            Outcome::failed(lines.join("; "))
        }
    }
}

/// What became of branches or of a called workflow.
fn closed(setting: &Setting, outcomes: &Outcomes, node: &Node) -> Outcome {
    let mut inside = node.after.iter().copied();
    let Some(open) = inside.next().and_then(|id| outcome(outcomes, id)) else {
        return Outcome::failed("it was not begun");
    };
    if open.ended != Ended::Success {
        return Outcome {
            outputs: Map::new(),
            ..open.clone()
        };
    }
    let name = |id: NodeId| {
        let node = setting.graph.nodes.get(id);
        node.map_or("", |node| node.id.as_str())
    };
    let failed = inside.find_map(|id| {
        let outcome = outcome(outcomes, id)?;
        outcome.is_failure().then_some((id, outcome.ended))
    });
    if let Some((id, ended)) = failed {
        let why = format!("`{}` {}", name(id), ended.word());
        let words = meaning::words(setting, outcomes, node, [false, true, false]);
        let tolerated = words.is_ok_and(|words| tolerates(node, &words));
        return Outcome {
            tolerated,
            ..Outcome::plain(ended, Some(why))
        };
    }
    if node
        .action
        .as_ref()
        .is_some_and(|it| it.kind == Kind::Conditional)
    {
        return Outcome::success(open.outputs.clone());
    }
    match called(setting, outcomes, node, open) {
        Ok(outputs) => Outcome::success(outputs),
        Err(why) => Outcome::failed(format!("`outputs`: {why}")),
    }
}

/// The outputs of a called workflow.
fn called(
    setting: &Setting,
    outcomes: &Outcomes,
    node: &Node,
    open: &Outcome,
) -> Result<Map<String, Value>, String> {
    let id = node.after.first();
    let mut scopes = setting.graph.scopes.iter();
    let scope = scopes.find(|scope| scope.open.as_ref() == id);
    let Some(file) = scope.and_then(|scope| setting.graph.files.get(scope.file)) else {
        return Ok(Map::new());
    };
    // The names of the callee's own file: its inputs and its steps.
    let inner = Node {
        step: None,
        matrix: Map::new(),
        ..node.clone()
    };
    let inputs = open.outputs.clone();
    let words = meaning::words_over(setting, outcomes, &inner, [true, false, false], inputs)?;
    let outputs = file.workflow.outputs.iter();
    outputs
        .map(|(name, text)| Ok((name.clone(), expression::fill(text, &words)?)))
        .collect()
}

/// The outputs of the workflow that is run.
pub(super) fn outputs(
    setting: &Setting,
    outcomes: &Outcomes,
) -> Result<Map<String, Value>, String> {
    let Some(file) = setting.graph.files.first() else {
        return Ok(Map::new());
    };
    if file.workflow.outputs.is_empty() {
        return Ok(Map::new());
    }
    let mut node = Node {
        id: String::new(),
        role: Role::Close,
        scope: 0,
        phase: String::new(),
        step: None,
        pointer: crate::pointer::Pointer::root(),
        action: None,
        matrix: Map::new(),
        needs: indexmap::IndexMap::new(),
        after: Vec::new(),
        branch: None,
        handles: Vec::new(),
    };
    for (id, it) in setting.graph.nodes.iter().enumerate() {
        if let (0, true, Some(step)) = (it.scope, it.is_shown() && it.branch.is_none(), &it.step) {
            let word = crate::workflow::graph::word(&step.id);
            node.needs.entry(word).or_default().push(id);
        }
    }
    let words = meaning::words(setting, outcomes, &node, [true, false, false])?;
    let outputs = file.workflow.outputs.iter();
    outputs
        .map(|(name, text)| Ok((name.clone(), expression::fill(text, &words)?)))
        .collect()
}

/// Whether a step's failure lets the run go on.
pub(super) fn tolerates(node: &Node, words: &Word) -> bool {
    use crate::workflow::templated::Templated;
    let setting = node
        .step
        .as_ref()
        .and_then(|it| it.continue_on_error.as_ref());
    match setting {
        None => false,
        Some(Templated::Is(flag)) => *flag,
        Some(Templated::Text(text)) => {
            expression::holds(expression::bare(text), words).unwrap_or(false)
        }
    }
}
