//! Every expression of a file: its grammar, and that its names are there.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::Look;
use crate::diagnostic::{Diagnostic, Place};
use crate::pointer::Pointer;
use crate::workflow::codes::WORKFLOW_EXPRESSION;
use crate::workflow::expression::{self, OPEN, Part};
use crate::workflow::graph::word;
use crate::workflow::names::Known;
use crate::workflow::read::Located;
use crate::workflow::steps::{Action, Kind, assert, call};
use crate::workflow::templated::{Or, Templated};

/// Looks at all expressions; every name that any of them uses.
pub(super) fn look(look: &mut Look<'_, '_>) -> BTreeSet<String> {
    let mut seen = Seen {
        look,
        used: BTreeSet::new(),
    };
    let workflow = &seen.look.file.workflow;
    let top = Known {
        inputs: workflow.inputs.keys().cloned().collect(),
        ..Known::default()
    };
    let root = Pointer::root();
    for (name, text) in &workflow.env {
        seen.text(text, &root.join("env").join(name), &top);
    }
    let steps = seen.look.steps;
    for located in steps {
        seen.step(located, &top);
    }
    let all = steps.iter().filter(|it| it.branch.is_none());
    let known = Known {
        needs: all.map(|it| seen.outputs(it)).collect(),
        ..top
    };
    for (name, text) in &workflow.outputs {
        seen.text(text, &root.join("outputs").join(name), &known);
    }
    seen.used
}

struct Seen<'a, 'b, 'c> {
    look: &'c mut Look<'a, 'b>,
    used: BTreeSet<String>,
}

impl<'a> Seen<'a, '_, '_> {
    fn step(&mut self, located: &Located<'a>, top: &Known) {
        let step = located.step;
        let at = &located.pointer;
        for (name, values) in &step.matrix {
            match values {
                Templated::Text(text) => self.text(text, &at.join("matrix").join(name), top),
                Templated::Is(_) => {}
            }
        }
        let known = self.known(located, top);
        let with_functions = Known {
            functions: true,
            ..known.clone()
        };
        if let Some(text) = &step.r#if {
            self.bare(text, &at.join("if"), &with_functions);
        }
        let branches = at.join("conditional");
        for (index, branch) in step.conditional.iter().flatten().enumerate() {
            if let Some(text) = &branch.r#if {
                let at = branches.index(index).join("if");
                self.bare(text, &at, &with_functions);
            }
        }
        for (name, text) in &step.env {
            self.text(text, &at.join("env").join(name), &known);
        }
        if let Some(Templated::Text(text)) = &step.continue_on_error {
            self.text(text, &at.join("continue-on-error"), &known);
        }
        if let Some(Or::Full(declared)) = &step.cache {
            let at = at.join("cache");
            if let Some(key) = &declared.key {
                self.bare(key, &at.join("key"), &known);
            }
            let lists = [("inputs", &declared.inputs), ("outputs", &declared.outputs)];
            for (name, globs) in lists {
                for (index, glob) in globs.iter().enumerate() {
                    self.text(glob, &at.join(name).index(index), &known);
                }
            }
        }
        let Ok(action) = Action::of(step) else { return };
        let arguments = Value::Object(action.arguments.clone());
        let at = at.join(action.key);
        if action.kind == Kind::Assert {
            for (pointer, text) in assert::expressions(&arguments) {
                self.bare(&text, &under(&at, &pointer), &with_functions);
            }
        } else {
            self.value(&arguments, &at, &known);
        }
    }

    /// What names a step's expressions may use.
    fn known(&self, located: &Located<'a>, top: &Known) -> Known {
        let step = located.step;
        let env = self.look.file.workflow.env.keys().chain(step.env.keys());
        let mut matrix: Vec<String> = Vec::new();
        for (name, values) in &step.matrix {
            if !["include", "exclude"].contains(&name.as_str()) {
                matrix.push(name.clone());
                continue;
            }
            let rows = values.known().into_iter().flatten();
            let names = rows.filter_map(Value::as_object).flat_map(|row| row.keys());
            matrix.extend(names.cloned());
        }
        let needs = step.needs.iter();
        let needed = needs.filter_map(|id| self.look.step(located, id));
        Known {
            env: env.cloned().collect(),
            needs: needed.map(|it| self.outputs(it)).collect(),
            matrix,
            ..top.clone()
        }
    }

    /// A step's word and its outputs, where they are known.
    fn outputs(&self, located: &Located<'a>) -> (String, Option<Vec<String>>) {
        let step = located.step;
        let named = step.outputs.keys().cloned();
        let own = match Action::of(step) {
            Ok(action) if action.kind == Kind::Workflow => {
                let callee = call::callee(&action.arguments)
                    .and_then(|name| self.look.library.get(&name))
                    .map(|file| file.workflow.outputs.keys().cloned().collect());
                return (word(&step.id), callee);
            }
            Ok(action) => action.kind.outputs(&action.arguments).unwrap_or_default(),
            Err(_) => &[],
        };
        let own = own.iter().map(|it| (*it).to_owned());
        (word(&step.id), Some(named.chain(own).collect()))
    }

    fn value(&mut self, value: &Value, at: &Pointer, known: &Known) {
        match value {
            Value::String(text) => self.text(text, at, known),
            Value::Array(items) => {
                for (index, item) in items.iter().enumerate() {
                    self.value(item, &at.index(index), known);
                }
            }
            Value::Object(members) => {
                for (name, member) in members {
                    self.value(member, &at.join(name), known);
                }
            }
            Value::Null | Value::Bool(_) | Value::Number(_) => {}
        }
    }

    fn text(&mut self, text: &str, at: &Pointer, known: &Known) {
        if !text.contains(OPEN) {
            return;
        }
        match expression::parts(text) {
            Ok(parts) => {
                for part in parts {
                    match part {
                        Part::Plain(_) => {}
                        Part::Expression(expression, _) => self.one(&expression, at, known),
                    }
                }
            }
            Err(wrong) => self.wrong(wrong.message, at, None),
        }
    }

    /// A text that is an expression, in braces or not.
    fn bare(&mut self, text: &str, at: &Pointer, known: &Known) {
        self.one(expression::bare(text), at, known);
    }

    fn one(&mut self, expression: &str, at: &Pointer, known: &Known) {
        let names = match expression::names(expression) {
            Ok(names) => names,
            Err(why) => {
                let message = format!("`{}` is no expression: {why}", expression.trim());
                let help = if expression.contains(OPEN) {
                    Some("it is an expression as a whole: leave `${{ }}` out")
                } else if expression.contains('!') {
                    Some("write `not` for `!`")
                } else if expression.contains("&&") || expression.contains("||") {
                    Some("write `and` for `&&`, `or` for `||`")
                } else {
                    None
                };
                return self.wrong(message, at, help.map(ToOwned::to_owned));
            }
        };
        let mut told = BTreeMap::new();
        for name in names {
            if let Some((message, help)) = known.unknown(&name) {
                told.insert(message, help);
            }
            self.used.insert(name);
        }
        for (message, help) in told {
            self.wrong(message, at, help);
        }
    }

    fn wrong(&mut self, message: String, at: &Pointer, help: Option<String>) {
        let place = Place::value(self.look.file.source, at.clone());
        let mut found = Diagnostic::new(&WORKFLOW_EXPRESSION, message).at(place, "");
        if let Some(help) = help {
            found = found.help(help);
        }
        self.look.push(found);
    }
}

/// A pointer below another.
fn under(at: &Pointer, below: &Pointer) -> Pointer {
    below.tokens().fold(at.clone(), |at, token| at.join(&token))
}
