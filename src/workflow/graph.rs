//! The graph of a run: a workflow with all it calls in, every step as a node with what it waits for out.
//!
//! Matrices are written out, branches and called workflows stand between a node that opens and one that closes them,
//! and a node a phase stands between it and the next. Knows nothing of outcomes.

mod build;
mod matrix;
mod order;

pub use build::build;
pub use order::{Circle, order};

use std::sync::Arc;

use indexmap::IndexMap;
use serde_json::{Map, Value};

use super::file::Step;
use super::read::File;
use super::steps::Action;
use crate::pointer::Pointer;

/// A node by its place in the graph.
pub type NodeId = usize;

/// All nodes of a run.
#[derive(Clone, Debug, Default)]
pub struct Graph {
    /// The nodes; what a node waits for may stand after it.
    pub nodes: Vec<Node>,
    /// The workflow that is run, and every call of another.
    pub scopes: Vec<Scope>,
    /// The files, the one that is run first.
    pub files: Vec<Arc<File>>,
}

/// One call of a workflow: where names of inputs and steps are looked up.
#[derive(Clone, Debug)]
pub struct Scope {
    /// The file.
    pub file: usize,
    /// What stands before the names of its nodes: empty, or `call/`.
    pub prefix: String,
    /// The node that opens it and has its inputs as outputs; `None` for the workflow that is run.
    pub open: Option<NodeId>,
}

/// What a node is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// Does a step's work.
    Step,
    /// Decides a branch, or evaluates a call's inputs.
    Open,
    /// Waits for a branch's or a call's steps, and has their outputs.
    Close,
    /// Waits for a phase.
    Barrier,
}

/// One node.
#[derive(Clone, Debug)]
pub struct Node {
    /// Its name in reports, logs and commands: `build`, `test[python=3.12]`, `release/publish`.
    pub id: String,
    /// What it is for.
    pub role: Role,
    /// Where its names are looked up.
    pub scope: usize,
    /// The phase it belongs to, by name; nested ones belong to their caller's.
    pub phase: String,
    /// The step; a barrier has none.
    pub step: Option<Arc<Step>>,
    /// Where that stands in its file.
    pub pointer: Pointer,
    /// What it does; a barrier does nothing.
    pub action: Option<Action>,
    /// Its values of the matrix.
    pub matrix: Map<String, Value>,
    /// The steps it needs, by the word they have in expressions; several of a matrix.
    pub needs: IndexMap<String, Vec<NodeId>>,
    /// What it waits for beside: barriers and what opens it; for what closes or is a barrier, what it is about.
    pub after: Vec<NodeId>,
    /// The conditional it is a branch of: the node that decides, and which branch it is.
    pub branch: Option<(NodeId, usize)>,
    /// The steps whose failure it is there for.
    pub handles: Vec<NodeId>,
}

impl Node {
    /// Everything it waits for.
    pub fn waits(&self) -> impl Iterator<Item = NodeId> + '_ {
        let needs = self.needs.values().flatten();
        needs.chain(&self.after).chain(&self.handles).copied()
    }

    /// Whether people see it: steps, branches and calls once each.
    pub fn is_shown(&self) -> bool {
        match self.role {
            Role::Step | Role::Close => true,
            Role::Open | Role::Barrier => false,
        }
    }
}

/// The word a step's name is in expressions.
pub fn word(id: &str) -> String {
    id.replace('-', "_")
}
