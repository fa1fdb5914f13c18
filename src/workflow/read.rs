//! Workflow files read: a source in, a [`File`] and what is wrong with it out.
//!
//! Only shape is looked at here: what keys there are and what type their values have. What names mean is `check`'s.

use serde::de::DeserializeOwned;
use serde_json::Value;

use super::codes::WORKFLOW_INVALID;
use super::file::{Branch, Phase, Step, Workflow};
use crate::catalog;
use crate::diagnostic::{Diagnostic, Diagnostics, Place};
use crate::pointer::Pointer;
use crate::schema::closest;
use crate::source::{self, SourceId, Sources};

/// A workflow and the text it was read from.
#[derive(Clone, Debug)]
pub struct File {
    /// What it is called by `contracts run` and by workflows that call it: the file's name without its ending.
    pub name: String,
    /// The text.
    pub source: SourceId,
    /// What it says.
    pub workflow: Workflow,
}

/// A step and where it stands.
#[derive(Clone, Debug)]
pub struct Located<'a> {
    /// The step.
    pub step: &'a Step,
    /// Its phase, counted from 0.
    pub phase: usize,
    /// Its address in the file.
    pub pointer: Pointer,
    /// The conditional step it is a branch of, and which.
    pub branch: Option<(&'a Step, usize)>,
}

impl File {
    /// Every step, those of branches after the conditional they belong to.
    pub fn steps(&self) -> Vec<Located<'_>> {
        let mut found = Vec::new();
        let phases = Pointer::root().join("phases");
        for (index, phase) in self.workflow.phases.iter().enumerate() {
            let at = phases.index(index).join("steps");
            collect(&phase.steps, index, &at, None, &mut found);
        }
        found
    }
}

fn collect<'a>(
    steps: &'a [Step],
    phase: usize,
    at: &Pointer,
    branch: Option<(&'a Step, usize)>,
    found: &mut Vec<Located<'a>>,
) {
    for (index, step) in steps.iter().enumerate() {
        let pointer = at.index(index);
        let branches = pointer.join("conditional");
        found.push(Located {
            step,
            phase,
            pointer,
            branch,
        });
        for (index, branch) in step.conditional.iter().flatten().enumerate() {
            let at = branches.index(index).join("steps");
            collect(&branch.steps, phase, &at, Some((step, index)), found);
        }
    }
}

/// Reads a source; `None` where too little of it can be understood to go on.
pub fn read(
    name: &str,
    source: SourceId,
    sources: &Sources,
    diagnostics: &mut Diagnostics,
) -> Option<File> {
    let (value, faults) = source::parse(sources.get(source));
    diagnostics.extend(
        faults
            .into_iter()
            .map(|fault| catalog::fault(fault, source)),
    );
    let mut value = value?;
    let mut reader = Reader {
        source,
        diagnostics,
        whole: true,
    };
    let phases = match value.get_mut("phases") {
        Some(Value::Array(phases)) => std::mem::take(phases),
        Some(_) | None => Vec::new(),
    };
    let mut workflow: Workflow = reader.typed(value, &Pointer::root(), "a workflow")?;
    let at = Pointer::root().join("phases");
    for (index, phase) in phases.into_iter().enumerate() {
        workflow
            .phases
            .extend(reader.phase(phase, &at.index(index)));
    }
    let whole = reader.whole;
    whole.then(|| File {
        name: name.to_owned(),
        source,
        workflow,
    })
}

struct Reader<'a> {
    source: SourceId,
    diagnostics: &'a mut Diagnostics,
    whole: bool,
}

impl Reader<'_> {
    fn phase(&mut self, mut value: Value, at: &Pointer) -> Option<Phase> {
        let steps = taken(&mut value, "steps");
        let mut phase: Phase = self.typed(value, at, "a phase")?;
        phase.steps = self.steps(steps, &at.join("steps"));
        Some(phase)
    }

    fn steps(&mut self, values: Vec<Value>, at: &Pointer) -> Vec<Step> {
        let values = values.into_iter().enumerate();
        values
            .filter_map(|(index, value)| self.step(value, &at.index(index)))
            .collect()
    }

    fn step(&mut self, mut value: Value, at: &Pointer) -> Option<Step> {
        let branches = taken(&mut value, "conditional");
        let mut step: Step = self.typed(value, at, "a step")?;
        let at = at.join("conditional");
        for (index, branch) in branches.into_iter().enumerate() {
            let branch = self.branch(branch, &at.index(index));
            step.conditional.get_or_insert_default().extend(branch);
        }
        Some(step)
    }

    fn branch(&mut self, mut value: Value, at: &Pointer) -> Option<Branch> {
        let steps = taken(&mut value, "steps");
        let mut branch: Branch = self.typed(value, at, "a branch")?;
        branch.steps = self.steps(steps, &at.join("steps"));
        Some(branch)
    }

    fn typed<T: DeserializeOwned>(&mut self, value: Value, at: &Pointer, what: &str) -> Option<T> {
        if !value.is_object() {
            self.whole = false;
            let found = Diagnostic::new(&WORKFLOW_INVALID, format!("{what} is an object"))
                .at(Place::value(self.source, at.clone()), "this is none")
                .help("write `name: value` lines");
            self.diagnostics.push(found);
            return None;
        }
        let wrong = match serde_path_to_error::deserialize(value) {
            Ok(value) => return Some(value),
            Err(wrong) => wrong,
        };
        self.whole = false;
        let mut place = at.clone();
        for segment in wrong.path() {
            match segment {
                serde_path_to_error::Segment::Seq { index } => place = place.index(*index),
                serde_path_to_error::Segment::Map { key } => place = place.join(key),
                serde_path_to_error::Segment::Enum { .. }
                | serde_path_to_error::Segment::Unknown => {}
            }
        }
        let said = wrong.inner().to_string();
        let found = match unknown_key(&said) {
            Some((key, known)) => {
                let found = Diagnostic::new(&WORKFLOW_INVALID, format!("{what} has no `{key}`"));
                let found = found.at(Place::key(self.source, place), "");
                found.help(match closest(key, known.iter().copied()) {
                    Some(meant) => format!("did you mean `{meant}`?"),
                    None => format!("there are {}", known.join(", ")),
                })
            }
            None => Diagnostic::new(&WORKFLOW_INVALID, said)
                .at(Place::value(self.source, place), format!("in {what}")),
        };
        self.diagnostics.push(found);
        None
    }
}

/// The elements of a list that stands under a key; the list is left empty.
fn taken(value: &mut Value, key: &str) -> Vec<Value> {
    match value.get_mut(key) {
        Some(Value::Array(items)) => std::mem::take(items),
        Some(_) | None => Vec::new(),
    }
}

/// The key that serde did not know, and those that it did.
fn unknown_key(said: &str) -> Option<(&str, Vec<&str>)> {
    let rest = said.strip_prefix("unknown field `")?;
    let (key, rest) = rest.split_once('`')?;
    let known = rest.split('`').skip(1).step_by(2).collect();
    Some((key, known))
}
