//! From files to a graph: calls followed, matrices written out, names bound.

use std::collections::BTreeMap;
use std::sync::Arc;

use indexmap::IndexMap;
use serde_json::{Map, Value};

use super::matrix::{self, label};
use super::{Graph, Node, NodeId, Role, Scope, word};
use crate::diagnostic::{Diagnostic, Diagnostics, Place};
use crate::pointer::Pointer;
use crate::workflow::codes::{WORKFLOW_CALL, WORKFLOW_CYCLE, WORKFLOW_EXPRESSION};
use crate::workflow::file::Step;
use crate::workflow::read::File;
use crate::workflow::steps::{Action, Kind, call};

/// The deepest that workflows may call each other.
const DEEPEST: usize = 32;

/// The graph of `root` with everything it calls from `library`; `inputs` are those of the run. Files must have
/// passed `check`: what is left to find are circles of calls and matrices that are no lists.
pub fn build(
    library: &BTreeMap<String, Arc<File>>,
    root: &Arc<File>,
    inputs: &Map<String, Value>,
    diagnostics: &mut Diagnostics,
) -> Graph {
    let mut builder = Builder {
        library,
        graph: Graph::default(),
        calls: Vec::new(),
        diagnostics,
    };
    builder.graph.files.push(Arc::clone(root));
    builder.graph.scopes.push(Scope {
        file: 0,
        prefix: String::new(),
        open: None,
    });
    builder.calls.push(root.name.clone());
    builder.file(0, Some(inputs), None);
    builder.graph
}

struct Builder<'a> {
    library: &'a BTreeMap<String, Arc<File>>,
    graph: Graph,
    calls: Vec<String>,
    diagnostics: &'a mut Diagnostics,
}

/// Where steps are added.
#[derive(Clone)]
struct Around<'a> {
    scope: usize,
    phase: String,
    /// What each waits for.
    after: Vec<NodeId>,
    branch: Option<(NodeId, usize)>,
    /// Inputs, where they are known before the run.
    inputs: Option<&'a Map<String, Value>>,
    /// What stands before their names.
    prefix: String,
}

/// A step's nodes by its name, within one list of steps.
type Names = IndexMap<String, Vec<NodeId>>;

impl Builder<'_> {
    /// Adds all of a scope's file; the nodes at its top.
    fn file(
        &mut self,
        scope: usize,
        inputs: Option<&Map<String, Value>>,
        within: Option<&str>,
    ) -> (Vec<NodeId>, Names) {
        let Some(Scope { file, prefix, open }) = self.graph.scopes.get(scope).cloned() else {
            return (Vec::new(), Names::new());
        };
        let Some(file) = self.graph.files.get(file).cloned() else {
            return (Vec::new(), Names::new());
        };
        let mut names = Names::new();
        let mut after: Vec<NodeId> = open.into_iter().collect();
        let mut all = Vec::new();
        let phases = Pointer::root().join("phases");
        let last = file.workflow.phases.len().saturating_sub(1);
        for (index, phase) in file.workflow.phases.iter().enumerate() {
            let around = Around {
                scope,
                phase: within.unwrap_or(&phase.name).to_owned(),
                after: after.clone(),
                branch: None,
                inputs,
                prefix: prefix.clone(),
            };
            let at = phases.index(index).join("steps");
            let nodes = self.steps(&phase.steps, &at, &around, &mut names);
            all.extend(&nodes);
            if index < last {
                let mut waits = nodes;
                waits.extend(&after);
                let id = format!("{prefix}phase {}", phase.name);
                let barrier = self.push(&around, Role::Barrier, id, phases.index(index));
                self.node(barrier).after = waits;
                after = vec![barrier];
            }
        }
        (all, names)
    }

    /// Adds a list of steps and binds what they need; their nodes (for what has branches or calls, what closes it).
    fn steps(
        &mut self,
        steps: &[Step],
        at: &Pointer,
        around: &Around<'_>,
        names: &mut Names,
    ) -> Vec<NodeId> {
        let mut all = Vec::new();
        let mut made: Vec<(&Step, Vec<[NodeId; 2]>)> = Vec::new();
        for (index, step) in steps.iter().enumerate() {
            let pointer = at.index(index);
            let Ok(action) = Action::of(step) else {
                continue;
            };
            let step_of = Arc::new(step.clone());
            let mut nodes = Vec::new();
            for matrix in self.combinations(step, &pointer, around) {
                let id = format!("{}{}{}", around.prefix, step.id, label(&matrix));
                let (open, close) = match action.kind {
                    Kind::Conditional => self.conditional(&step_of, &pointer, around, &id, names),
                    Kind::Workflow => {
                        self.call(&step_of, &action, &pointer, around, (&id, &matrix))
                    }
                    Kind::Pass
                    | Kind::Shell
                    | Kind::Template
                    | Kind::Assert
                    | Kind::Webhook
                    | Kind::Agent => {
                        let node = self.push(around, Role::Step, id, pointer.clone());
                        (node, node)
                    }
                };
                for id in [open, close] {
                    let node = self.node(id);
                    node.step = Some(Arc::clone(&step_of));
                    node.action = Some(action.clone());
                    node.matrix.clone_from(&matrix);
                }
                self.node(open).after.extend(&around.after);
                nodes.push([open, close]);
            }
            let closing = nodes.iter().map(|[_, close]| *close);
            names.insert(step.id.clone(), closing.clone().collect());
            all.extend(closing);
            made.push((step, nodes));
        }
        self.bind(&made, names);
        all
    }

    /// Binds `needs` and `on-failure` to nodes.
    fn bind(&mut self, made: &[(&Step, Vec<[NodeId; 2]>)], names: &Names) {
        for (step, nodes) in made {
            for [open, _] in nodes {
                for need in &step.needs {
                    let Some(needed) = names.get(need) else {
                        continue;
                    };
                    let needed = needed.clone();
                    self.node(*open).needs.insert(word(need), needed);
                }
            }
            for handler in &step.on_failure {
                for handler in names.get(handler).cloned().unwrap_or_default() {
                    let failing = nodes.iter().map(|[_, close]| *close);
                    // What has branches is begun by the node that opens it.
                    let first = made
                        .iter()
                        .flat_map(|(_, nodes)| nodes)
                        .find(|[_, close]| *close == handler)
                        .map_or(handler, |[open, _]| *open);
                    self.node(first).handles.extend(failing);
                }
            }
        }
    }

    fn conditional(
        &mut self,
        step: &Arc<Step>,
        pointer: &Pointer,
        around: &Around<'_>,
        id: &str,
        outer: &Names,
    ) -> (NodeId, NodeId) {
        let open = self.push(around, Role::Open, format!("{id}:branch"), pointer.clone());
        let mut waits = vec![open];
        for (index, branch) in step.conditional.iter().flatten().enumerate() {
            let inside = Around {
                after: vec![open],
                branch: Some((open, index)),
                prefix: format!("{id}/"),
                ..around.clone()
            };
            let at = pointer.join("conditional").index(index).join("steps");
            let mut names = outer.clone();
            waits.extend(self.steps(&branch.steps, &at, &inside, &mut names));
        }
        let close = self.push(around, Role::Close, id.to_owned(), pointer.clone());
        self.node(close).after = waits;
        (open, close)
    }

    fn call(
        &mut self,
        step: &Arc<Step>,
        action: &Action,
        pointer: &Pointer,
        around: &Around<'_>,
        (id, matrix): (&str, &Map<String, Value>),
    ) -> (NodeId, NodeId) {
        let open = self.push(around, Role::Open, format!("{id}:call"), pointer.clone());
        let mut waits = vec![open];
        let mut names = Names::new();
        if let Some(file) = self.callee(step, action, pointer, around) {
            let asked = file.workflow.inputs.clone();
            self.graph.files.push(file);
            let scope = self.graph.scopes.len();
            self.graph.scopes.push(Scope {
                file: self.graph.files.len() - 1,
                prefix: format!("{id}/"),
                open: Some(open),
            });
            let name = call::callee(&action.arguments).unwrap_or_default();
            self.calls.push(name);
            let (given, known) = (&action.arguments, around.inputs);
            let inputs = call::known_inputs(given, known, matrix, &asked);
            let (nodes, found) = self.file(scope, Some(&inputs), Some(&around.phase));
            self.calls.pop();
            waits.extend(nodes);
            names = found;
        }
        let close = self.push(around, Role::Close, id.to_owned(), pointer.clone());
        let node = self.node(close);
        node.after = waits;
        node.needs = names.into_iter().map(|(id, it)| (word(&id), it)).collect();
        (open, close)
    }

    /// The file that is called; a circle is told and not followed.
    fn callee(
        &mut self,
        step: &Step,
        action: &Action,
        pointer: &Pointer,
        around: &Around<'_>,
    ) -> Option<Arc<File>> {
        let name = call::callee(&action.arguments)?;
        let place = |builder: &Self| {
            let file = builder.graph.scopes.get(around.scope)?.file;
            let source = builder.graph.files.get(file)?.source;
            Some(Place::value(source, pointer.join(action.key)))
        };
        if let Some(begin) = self.calls.iter().position(|it| *it == name) {
            let mut round: Vec<String> = self.calls.get(begin..).unwrap_or_default().to_vec();
            round.push(name.clone());
            let words: Vec<String> = round.iter().map(|it| format!("`{it}`")).collect();
            let found = Diagnostic::new(
                &WORKFLOW_CYCLE,
                format!(
                    "workflows call each other in a circle: {}",
                    words.join(" → ")
                ),
            )
            .at(place(self)?, format!("`{}` closes it", step.id))
            .help("take the steps that both need into a workflow of their own");
            self.diagnostics.push(found);
            return None;
        }
        if self.calls.len() > DEEPEST {
            let found = Diagnostic::new(
                &WORKFLOW_CALL,
                format!("workflows call each other more than {DEEPEST} deep"),
            );
            let found = found.at(place(self)?, "");
            self.diagnostics.push(found);
            return None;
        }
        self.library.get(&name).cloned()
    }

    /// Every combination of a step's matrix; none where it cannot be written out, and that is told.
    fn combinations(
        &mut self,
        step: &Step,
        pointer: &Pointer,
        around: &Around<'_>,
    ) -> Vec<Map<String, Value>> {
        let none = Map::new();
        let inputs = around.inputs.unwrap_or(&none);
        match matrix::combinations(&step.matrix, inputs) {
            Ok(rows) => rows,
            Err((name, why)) => {
                let found = Diagnostic::new(&WORKFLOW_EXPRESSION, why).help(
                    "a matrix is written out before the run: it may use `inputs` that are known then",
                );
                let at = pointer.join("matrix").join(&name);
                let found = self
                    .source(around.scope)
                    .map(|source| found.at(Place::value(source, at), ""));
                self.diagnostics.extend(found);
                Vec::new()
            }
        }
    }

    fn source(&self, scope: usize) -> Option<crate::source::SourceId> {
        let file = self.graph.scopes.get(scope)?.file;
        Some(self.graph.files.get(file)?.source)
    }

    fn push(&mut self, around: &Around<'_>, role: Role, id: String, pointer: Pointer) -> NodeId {
        self.graph.nodes.push(Node {
            id,
            role,
            scope: around.scope,
            phase: around.phase.clone(),
            step: None,
            pointer,
            action: None,
            matrix: Map::new(),
            needs: IndexMap::new(),
            after: Vec::new(),
            branch: around.branch,
            handles: Vec::new(),
        });
        self.graph.nodes.len() - 1
    }

    fn node(&mut self, id: NodeId) -> &mut Node {
        self.graph
            .nodes
            .get_mut(id)
            .expect("nodes are only ever added")
    }
}
