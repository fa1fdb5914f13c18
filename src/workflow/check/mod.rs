//! What is wrong with workflow files before any is run: names that mean nothing, circles, steps that never run, and
//! what a careful reviewer would ask about.
//!
//! Each file is looked at by itself; what it calls is looked up in the library.

mod care;
mod circles;
mod expressions;
mod secrets;

pub use circles::said;
pub(super) use secrets::secret;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::codes::{
    WORKFLOW_CALL, WORKFLOW_INPUT, WORKFLOW_KIND, WORKFLOW_NAME, WORKFLOW_PROFILE,
    WORKFLOW_STEP_UNKNOWN,
};
use super::graph::word;
use super::read::{File, Located};
use super::steps::{Action, Kind, NoAction, call};
use super::templated::Or;
use crate::diagnostic::{Diagnostic, Diagnostics, Place};
use crate::pointer::Pointer;
use crate::schema::closest;

/// Every workflow there is, by name.
pub type Library = BTreeMap<String, Arc<File>>;

/// Looks at one file, and at the graph it makes.
pub fn check(file: &Arc<File>, library: &Library, diagnostics: &mut Diagnostics) {
    look(file, library, diagnostics);
    if !diagnostics.has_errors() {
        circles::look(file, library, diagnostics);
    }
}

/// Looks at one file; its graph, and so circles, are left to whoever makes that.
pub fn look(file: &File, library: &Library, diagnostics: &mut Diagnostics) {
    let steps = file.steps();
    let mut by_id: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (index, located) in steps.iter().enumerate() {
        by_id.entry(&located.step.id).or_default().push(index);
    }
    let mut look = Look {
        file,
        library,
        steps: &steps,
        by_id: &by_id,
        diagnostics,
    };
    look.names();
    look.inputs();
    for located in &steps {
        look.action(located);
        look.references(located);
    }
    let used = expressions::look(&mut look);
    care::look(&mut look, &used);
    secrets::look(&mut look);
}

/// What is looked at, and where findings go.
pub(super) struct Look<'a, 'b> {
    pub(super) file: &'a File,
    pub(super) library: &'a Library,
    pub(super) steps: &'b [Located<'a>],
    by_id: &'b BTreeMap<&'a str, Vec<usize>>,
    pub(super) diagnostics: &'b mut Diagnostics,
}

impl<'a> Look<'a, '_> {
    pub(super) fn value(&self, at: Pointer) -> Place {
        Place::value(self.file.source, at)
    }

    pub(super) fn push(&mut self, found: Diagnostic) {
        self.diagnostics.push(found);
    }

    /// Whether a step can be seen from another: at the top of the file, or in the same branch or one around it.
    pub(super) fn sees(&self, from: &Located<'a>, step: &Located<'a>) -> bool {
        let mut around = Some(from);
        while let Some(at) = around {
            if same_list(at, step) {
                return true;
            }
            around = at
                .branch
                .and_then(|(parent, _)| self.steps.iter().find(|it| std::ptr::eq(it.step, parent)));
        }
        false
    }

    /// The step of that name that can be seen from another.
    pub(super) fn step(&self, from: &Located<'a>, id: &str) -> Option<&Located<'a>> {
        let named = self.by_id.get(id).into_iter().flatten();
        named
            .filter_map(|index| self.steps.get(*index))
            .find(|it| self.sees(from, it))
    }

    fn names(&mut self) {
        let mut phases = BTreeSet::new();
        let root = Pointer::root();
        for (index, phase) in self.file.workflow.phases.iter().enumerate() {
            let at = root.join("phases").index(index).join("name");
            self.name("phase", &phase.name, at.clone());
            if !phases.insert(&phase.name) {
                let message = format!("a second phase is called `{}`", phase.name);
                self.push(Diagnostic::new(&WORKFLOW_NAME, message).at(self.value(at), ""));
            }
        }
        for name in self.file.workflow.inputs.keys() {
            self.name("input", name, root.join("inputs").join(name));
        }
        let mut known: BTreeMap<String, Pointer> = BTreeMap::new();
        for located in self.steps {
            let at = located.pointer.join("id");
            self.name("step", &located.step.id, at.clone());
            for name in located.step.outputs.keys() {
                self.name("output", name, located.pointer.join("outputs").join(name));
            }
            let before = known.insert(word(&located.step.id), at.clone());
            if let Some(first) = before.filter(|_| !located.step.id.is_empty()) {
                let message = format!("a second step is called `{}`", located.step.id);
                let found = Diagnostic::new(&WORKFLOW_NAME, message)
                    .at(self.value(at), "")
                    .at(self.value(first), "the first");
                self.push(found.help("in expressions `-` is written `_`, so names that differ only there are the same"));
            }
        }
    }

    fn name(&mut self, what: &str, name: &str, at: Pointer) {
        let begins = |first: char| first.is_ascii_alphabetic() || first == '_';
        let goes_on = |it: char| it.is_ascii_alphanumeric() || it == '_' || it == '-';
        if name.starts_with(begins) && name.chars().all(goes_on) {
            return;
        }
        let message = match name {
            "" => format!("a {what} has no name"),
            name => format!("`{name}` cannot be a {what}'s name"),
        };
        let place = Place::key(self.file.source, at);
        let found = Diagnostic::new(&WORKFLOW_NAME, message).at(place, "");
        self.push(found.help("letters, digits, `-` and `_`, a letter or `_` first"));
    }

    fn inputs(&mut self) {
        for (name, input) in &self.file.workflow.inputs {
            let at = Pointer::root().join("inputs").join(name);
            if let Some(pattern) = &input.pattern
                && let Err(error) = regex_automata::meta::Regex::new(pattern)
            {
                let message = format!("`{pattern}` is no regular expression: {error}");
                let place = self.value(at.join("pattern"));
                self.push(Diagnostic::new(&WORKFLOW_INPUT, message).at(place, ""));
                continue;
            }
            let refused = input
                .default
                .as_ref()
                .and_then(|value| input.refuses(value));
            if let Some(why) = refused {
                let message = format!("the default of `{name}` does not fit: {why}");
                let place = self.value(at.join("default"));
                self.push(Diagnostic::new(&WORKFLOW_INPUT, message).at(place, ""));
            }
        }
    }

    fn action(&mut self, located: &Located<'a>) {
        self.numbers(located);
        let kinds = || Kind::ALL.map(Kind::name);
        let (message, at, help) = match Action::of(located.step) {
            Ok(action) => {
                self.arguments(located, &action);
                return;
            }
            Err(NoAction::None) => (
                "the step does nothing".to_owned(),
                located.pointer.clone(),
                format!("give it one of {}", kinds().join(", ")),
            ),
            Err(NoAction::Several(names)) => (
                format!("the step does several things: {}", names.join(", ")),
                located.pointer.clone(),
                "make a step of each; `needs` puts them in order".to_owned(),
            ),
            Err(NoAction::Unknown(name)) => (
                format!("there is no kind of step `{name}`"),
                located.pointer.join("uses"),
                match closest(&name, kinds()) {
                    Some(meant) => format!("did you mean `{meant}`?"),
                    None => format!("there are {}", kinds().join(", ")),
                },
            ),
        };
        let found = Diagnostic::new(&WORKFLOW_KIND, message).at(self.value(at), "");
        self.push(found.help(help));
    }

    /// What could never be: no attempt, no time, branches that are none.
    fn numbers(&mut self, located: &Located<'a>) {
        let step = located.step;
        let attempts = match &step.retry {
            Some(Or::Short(attempts)) => Some(*attempts),
            Some(Or::Full(retry)) => Some(retry.attempts),
            None => None,
        };
        let mut wrong = Vec::new();
        if attempts == Some(0) {
            let at = located.pointer.join("retry");
            wrong.push((at, "it may not be tried even once"));
        }
        if step.timeout.is_some_and(|it| it.0.is_zero()) {
            wrong.push((located.pointer.join("timeout"), "no step takes no time"));
        }
        if let Some(branches) = &step.conditional {
            let at = located.pointer.join("conditional");
            if branches.is_empty() {
                wrong.push((at.clone(), "it has no branches"));
            }
            for (index, branch) in branches.iter().enumerate() {
                if branch.r#if.is_some() == branch.r#else {
                    wrong.push((at.index(index), "a branch has either `if` or `else: true`"));
                }
            }
        }
        for (at, message) in wrong {
            let place = self.value(at);
            self.push(Diagnostic::new(&WORKFLOW_KIND, message).at(place, ""));
        }
    }

    fn arguments(&mut self, located: &Located<'a>, action: &Action) {
        let at = located.pointer.join(action.key);
        if let Err(why) = action.kind.check(&action.arguments) {
            let message = format!("`{}` cannot be told this: {why}", action.kind.name());
            let place = self.value(at.clone());
            self.push(Diagnostic::new(&WORKFLOW_KIND, message).at(place, ""));
        }
        if action.kind == Kind::Workflow {
            self.call(located, action, &at);
        }
        let Some(profile) = &located.step.profile else {
            return;
        };
        let profiles = &self.file.workflow.profiles;
        let place = self.value(located.pointer.join("profile"));
        if !profiles.contains_key(profile) {
            let known: Vec<&str> = profiles.keys().map(String::as_str).collect();
            let found = Diagnostic::new(
                &WORKFLOW_PROFILE,
                format!("there is no profile `{profile}`"),
            );
            self.push(found.at(place, "").help(match closest(profile, known) {
                Some(meant) => format!("did you mean `{meant}`?"),
                None => "add it to the workflow's `profiles`".to_owned(),
            }));
        } else if !action.kind.starts_a_program() {
            let message = format!("a `{}` step starts no program", action.kind.name());
            let found = Diagnostic::new(&WORKFLOW_PROFILE, message).at(place, "");
            self.push(found.help("take `profile` away: nothing would be held back by it"));
        }
    }

    fn call(&mut self, located: &Located<'a>, action: &Action, at: &Pointer) {
        let Some(name) = call::callee(&action.arguments) else {
            return;
        };
        let Some(callee) = self.library.get(&name) else {
            let known = self.library.keys().map(String::as_str);
            let found = Diagnostic::new(&WORKFLOW_CALL, format!("there is no workflow `{name}`"));
            let help = match closest(&name, known.clone()) {
                Some(meant) => format!("did you mean `{meant}`?"),
                None => format!("there are {}", known.collect::<Vec<_>>().join(", ")),
            };
            self.push(found.at(self.value(at.clone()), "").help(help));
            return;
        };
        let given = action.arguments.get("inputs").and_then(|it| it.as_object());
        let asked = &callee.workflow.inputs;
        for (input, value) in given.into_iter().flatten() {
            let wrong = match asked.get(input) {
                None => Some((
                    format!("`{name}` has no input `{input}`"),
                    closest(input, asked.keys().map(String::as_str)),
                )),
                Some(input_of) => match input_of.refuses(value) {
                    Some(why) if !value.to_string().contains("${{") => Some((
                        format!("the input `{input}` of `{name}` is {value}, and {why}"),
                        None,
                    )),
                    Some(_) | None => None,
                },
            };
            let Some((message, meant)) = wrong else {
                continue;
            };
            let place = self.value(at.join("inputs").join(input));
            let mut found = Diagnostic::new(&WORKFLOW_CALL, message).at(place, "");
            if let Some(meant) = meant {
                found = found.help(format!("did you mean `{meant}`?"));
            }
            self.push(found);
        }
        for (input, of) in asked {
            if of.default.is_some() || given.is_some_and(|given| given.contains_key(input)) {
                continue;
            }
            let message = format!(
                "`{}` does not give `{name}` its input `{input}`",
                located.step.id
            );
            let found = Diagnostic::new(&WORKFLOW_CALL, message).at(self.value(at.clone()), "");
            self.push(found.help("it has no default: give it under `inputs`"));
        }
    }

    /// `needs` and `on-failure` name steps that can be seen.
    fn references(&mut self, located: &Located<'a>) {
        let lists = [
            ("needs", &located.step.needs),
            ("on-failure", &located.step.on_failure),
        ];
        for (key, names) in lists {
            for (index, name) in names.iter().enumerate() {
                let visible = self.step(located, name);
                let handled_elsewhere =
                    key == "on-failure" && visible.is_some_and(|it| !same_list(it, located));
                if visible.is_some() && !handled_elsewhere {
                    continue;
                }
                let place = self.value(located.pointer.join(key).index(index));
                let exists = self.by_id.contains_key(name.as_str());
                let message = if handled_elsewhere {
                    format!("`{name}` stands in another list of steps")
                } else if exists {
                    format!("`{name}` is in a branch that cannot be seen from here")
                } else {
                    format!("there is no step `{name}`")
                };
                let known = self.steps.iter().map(|it| it.step.id.as_str());
                let help = match closest(name, known) {
                    Some(meant) if !exists => format!("did you mean `{meant}`?"),
                    Some(_) => "need the conditional step instead".to_owned(),
                    None => "name a step of this file, or of the same branch".to_owned(),
                };
                let found = Diagnostic::new(&WORKFLOW_STEP_UNKNOWN, message).at(place, "");
                self.push(found.help(help));
            }
        }
    }
}

/// Whether two steps stand in the same phases, or in the same branch.
fn same_list(one: &Located<'_>, other: &Located<'_>) -> bool {
    match (one.branch, other.branch) {
        (None, None) => true,
        (Some((a, first)), Some((b, second))) => std::ptr::eq(a, b) && first == second,
        (Some(_), None) | (None, Some(_)) => false,
    }
}
