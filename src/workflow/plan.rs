//! The plan of a run: which workflow, with which inputs, which of its steps; frozen as a value before anything begins.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::check::{Library, said};
use super::files::digest;
use super::graph::{self, Graph, NodeId, Role};
use super::read::File;
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::source::Sources;

/// What is asked for of a workflow's steps.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", default)]
pub struct Selection {
    /// Only these phases.
    pub phases: Vec<String>,
    /// That step, what waits for it, and later phases.
    pub from: Option<String>,
    /// Only these steps.
    pub only: Vec<String>,
}

/// A plan as it is frozen: enough to make the very same graph again.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct Frozen {
    /// The workflow's name.
    pub workflow: String,
    /// Every file of the library it may call, by name.
    pub texts: BTreeMap<String, String>,
    /// The inputs.
    pub inputs: Map<String, Value>,
    /// Which steps.
    pub selection: Selection,
}

/// A plan that can be run.
#[derive(Clone, Debug)]
pub struct Plan {
    /// As it is frozen.
    pub frozen: Frozen,
    /// The graph.
    pub graph: Arc<Graph>,
    /// Every node after all that it waits for.
    pub order: Vec<NodeId>,
    /// The nodes that run.
    pub selected: Vec<bool>,
}

/// Something asked for that a workflow does not have.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct NotThere {
    /// What.
    pub message: String,
    /// The way out.
    pub help: Option<String>,
}

impl Frozen {
    /// SHA-256 of the plan.
    pub fn digest(&self) -> String {
        let json = serde_json::to_string(self).expect("a plan is a JSON value");
        digest(json.as_bytes())
    }
}

/// Makes a plan; `None` where the files have errors or wait in circles, and the diagnostics say so.
pub fn plan(
    library: &Library,
    file: &Arc<File>,
    inputs: Map<String, Value>,
    selection: Selection,
    sources: &Sources,
    diagnostics: &mut Diagnostics,
) -> Option<Result<Plan, NotThere>> {
    let graph = graph::build(library, file, &inputs, diagnostics);
    let order = match graph::order(&graph) {
        Ok(order) => order,
        Err(circles) => {
            let found: Vec<Diagnostic> = circles.iter().filter_map(|it| said(&graph, it)).collect();
            diagnostics.extend(found);
            return None;
        }
    };
    if diagnostics.has_errors() {
        return None;
    }
    let called: BTreeSet<&str> = graph.files.iter().map(|it| it.name.as_str()).collect();
    let texts = library
        .iter()
        .filter(|(name, _)| called.contains(name.as_str()));
    let frozen = Frozen {
        workflow: file.name.clone(),
        texts: texts
            .map(|(name, file)| (name.clone(), sources.get(file.source).text.clone()))
            .collect(),
        inputs,
        selection,
    };
    let selected = match selected(&graph, &order, &frozen.selection) {
        Ok(selected) => selected,
        Err(not_there) => return Some(Err(not_there)),
    };
    Some(Ok(Plan {
        frozen,
        graph: Arc::new(graph),
        order,
        selected,
    }))
}

/// Which nodes a selection asks for.
fn selected(graph: &Graph, order: &[NodeId], selection: &Selection) -> Result<Vec<bool>, NotThere> {
    let mut selected = vec![true; graph.nodes.len()];
    if !selection.phases.is_empty() {
        for phase in &selection.phases {
            let file = graph.files.first();
            let known = file.into_iter().flat_map(|file| &file.workflow.phases);
            let known: Vec<&str> = known.map(|it| it.name.as_str()).collect();
            if known.contains(&phase.as_str()) {
                continue;
            }
            return Err(not_there("phase", phase, &known));
        }
        for (slot, node) in selected.iter_mut().zip(&graph.nodes) {
            *slot = selection.phases.contains(&node.phase);
        }
    }
    if !selection.only.is_empty() {
        let mut chosen = vec![false; graph.nodes.len()];
        for name in &selection.only {
            for id in named(graph, name)? {
                if let Some(slot) = chosen.get_mut(id) {
                    *slot = true;
                }
            }
        }
        restrict(&mut selected, &chosen);
    }
    if let Some(name) = &selection.from {
        let mut chosen = vec![false; graph.nodes.len()];
        for id in named(graph, name)? {
            if let Some(slot) = chosen.get_mut(id) {
                *slot = true;
            }
        }
        for id in order {
            let Some(node) = graph.nodes.get(*id) else {
                continue;
            };
            let follows = node.waits().any(|it| chosen.get(it).copied() == Some(true));
            if let Some(slot) = chosen.get_mut(*id).filter(|_| follows) {
                *slot = true;
            }
        }
        restrict(&mut selected, &chosen);
    }
    Ok(selected)
}

fn restrict(selected: &mut [bool], chosen: &[bool]) {
    for (slot, chosen) in selected.iter_mut().zip(chosen) {
        *slot &= chosen;
    }
}

/// The nodes of a step: itself, all of its matrix, and what it has inside.
pub fn named(graph: &Graph, name: &str) -> Result<Vec<NodeId>, NotThere> {
    let of = |id: &str| {
        let rest = id.strip_prefix(name)?;
        (rest.is_empty() || rest.starts_with(['[', '/', ':'])).then_some(())
    };
    let nodes = graph.nodes.iter().enumerate();
    let found: Vec<NodeId> = nodes
        .filter(|(_, node)| node.role != Role::Barrier && of(&node.id).is_some())
        .map(|(id, _)| id)
        .collect();
    if !found.is_empty() {
        return Ok(found);
    }
    let shown = graph.nodes.iter().filter(|node| node.is_shown());
    let known: Vec<&str> = shown.map(|node| node.id.as_str()).collect();
    Err(not_there("step", name, &known))
}

/// Something of a kind that is not there, with what is.
pub fn not_there(kind: &str, name: &str, known: &[&str]) -> NotThere {
    let help = match crate::schema::closest(name, known.iter().copied()) {
        Some(meant) => Some(format!("did you mean `{meant}`?")),
        None if known.is_empty() => None,
        None => {
            let some = known
                .iter()
                .take(20)
                .copied()
                .collect::<Vec<_>>()
                .join(", ");
            let more = if known.len() > 20 { ", …" } else { "" };
            Some(format!("there are {some}{more}"))
        }
    };
    NotThere {
        message: format!("there is no {kind} `{name}`"),
        help,
    }
}
