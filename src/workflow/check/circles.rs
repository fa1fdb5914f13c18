//! Steps that wait for each other in a circle, told step by step.

use std::sync::Arc;

use serde_json::Map;

use super::Library;
use crate::diagnostic::{Diagnostic, Diagnostics, Place};
use crate::workflow::codes::WORKFLOW_CYCLE;
use crate::workflow::graph::{self, Circle, Graph};
use crate::workflow::read::File;

/// The circles of the file's own graph; matrices that need inputs are taken with the defaults.
pub(super) fn look(file: &Arc<File>, library: &Library, diagnostics: &mut Diagnostics) {
    let inputs = file.workflow.inputs.iter();
    let inputs: Map<_, _> = inputs
        .filter_map(|(name, input)| Some((name.clone(), input.default.clone()?)))
        .collect();
    let mut found = Diagnostics::default();
    let graph = graph::build(library, file, &inputs, &mut found);
    let misses_inputs = file.workflow.inputs.values().any(|it| it.default.is_none());
    if !misses_inputs {
        diagnostics.extend(found);
    }
    if let Err(circles) = graph::order(&graph) {
        for circle in circles {
            diagnostics.extend(said(&graph, &circle));
        }
    }
}

/// A circle as a finding.
pub fn said(graph: &Graph, circle: &Circle) -> Option<Diagnostic> {
    let nodes = || circle.0.iter().filter_map(|id| graph.nodes.get(*id));
    let mut words: Vec<String> = nodes().map(|node| format!("`{}`", node.id)).collect();
    words.extend(words.first().cloned());
    let first = nodes().find(|node| node.step.is_some())?;
    let source = graph.files.get(graph.scopes.get(first.scope)?.file)?.source;
    let message = format!(
        "steps wait for each other in a circle: {}",
        words.join(" needs ")
    );
    let place = Place::value(source, first.pointer.join("needs"));
    Some(
        Diagnostic::new(&WORKFLOW_CYCLE, message)
            .at(place, "")
            .help("take one of these needs away; a step of a later phase cannot be needed by one of an earlier"),
    )
}
