//! What a careful reviewer asks about: no timeout, a value that a shell would run, outputs and inputs nobody reads,
//! steps that never run.

use std::collections::BTreeSet;

use serde_json::Value;

use super::Look;
use crate::diagnostic::Diagnostic;
use crate::pointer::Pointer;
use crate::workflow::codes::{
    WORKFLOW_INJECTION, WORKFLOW_INPUT_UNUSED, WORKFLOW_OUTPUT_UNUSED, WORKFLOW_TIMEOUT_MISSING,
    WORKFLOW_UNREACHABLE,
};
use crate::workflow::expression::{self, Part};
use crate::workflow::file::InputType;
use crate::workflow::graph::word;
use crate::workflow::names::{Asked, Meaning};
use crate::workflow::read::Located;
use crate::workflow::steps::{Action, Kind};

pub(super) fn look(look: &mut Look<'_, '_>, used: &BTreeSet<String>) {
    for located in look.steps {
        never_runs(look, located);
        outputs(look, located, used);
        let Ok(action) = Action::of(located.step) else {
            continue;
        };
        if action.kind.waits() && located.step.timeout.is_none() && !has_budget(&action) {
            let message = format!("the step `{}` has no timeout", located.step.id);
            let found = Diagnostic::new(&WORKFLOW_TIMEOUT_MISSING, message)
                .at(look.value(located.pointer.join("id")), "")
                .help("say how long an attempt may take at most: `timeout: 10m`");
            look.push(found);
        }
        injections(look, located, &action);
    }
    for name in look.file.workflow.inputs.keys() {
        let whole = format!("inputs.{name}");
        if is_used(used, &whole) || used.contains("inputs") {
            continue;
        }
        let message = format!("no expression reads the input `{name}`");
        let at = Pointer::root().join("inputs").join(name);
        let place = crate::diagnostic::Place::key(look.file.source, at);
        look.push(Diagnostic::new(&WORKFLOW_INPUT_UNUSED, message).at(place, ""));
    }
}

/// An agent's budget is a timeout.
fn has_budget(action: &Action) -> bool {
    action.kind == Kind::Agent && action.arguments.contains_key("budget")
}

/// Whether a name is used, or a part of what it names.
fn is_used(used: &BTreeSet<String>, whole: &str) -> bool {
    let parts = format!("{whole}.");
    used.contains(whole)
        || used
            .range(parts.clone()..)
            .next()
            .is_some_and(|name| name.starts_with(&parts))
}

fn never_runs(look: &mut Look<'_, '_>, located: &Located<'_>) {
    if located.step.r#if.as_deref().and_then(constant) == Some(false) {
        let message = format!("the step `{}` never runs", located.step.id);
        let found = Diagnostic::new(&WORKFLOW_UNREACHABLE, message).at(
            look.value(located.pointer.join("if")),
            "this is always false",
        );
        look.push(found);
    }
    let mut taken = None;
    let at = located.pointer.join("conditional");
    for (index, branch) in located.step.conditional.iter().flatten().enumerate() {
        let condition = branch.r#if.as_deref().and_then(constant);
        let behind = taken.is_some();
        if behind || condition == Some(false) {
            let why = if behind {
                "a branch before it is always taken"
            } else {
                "its `if` is always false"
            };
            let message = "a branch is never taken".to_owned();
            let place = look.value(at.index(index));
            look.push(Diagnostic::new(&WORKFLOW_UNREACHABLE, message).at(place, why));
        }
        if branch.r#else || condition == Some(true) {
            taken = Some(index);
        }
    }
}

/// What an expression without names says.
fn constant(text: &str) -> Option<bool> {
    let expression = expression::bare(text);
    let names = expression::names(expression).ok()?;
    if !names.is_empty() {
        return None;
    }
    let nothing = Meaning::default().words(&Asked::nothing());
    expression::holds(expression, &nothing).ok()
}

fn outputs(look: &mut Look<'_, '_>, located: &Located<'_>, used: &BTreeSet<String>) {
    let step = word(&located.step.id);
    let all = [
        format!("needs.{step}"),
        format!("needs.{step}.outputs"),
        "needs".to_owned(),
    ];
    if all.iter().any(|name| used.contains(name)) {
        return;
    }
    for name in located.step.outputs.keys() {
        let whole = format!("needs.{step}.outputs.{name}");
        if is_used(used, &whole) {
            continue;
        }
        let message = format!("no expression reads the output `{name}`");
        let at = located.pointer.join("outputs").join(name);
        let place = crate::diagnostic::Place::key(look.file.source, at);
        look.push(Diagnostic::new(&WORKFLOW_OUTPUT_UNUSED, message).at(place, ""));
    }
}

/// Values of others that a shell would read as its own words.
fn injections(look: &mut Look<'_, '_>, located: &Located<'_>, action: &Action) {
    let argument = match action.kind {
        Kind::Shell => "run",
        Kind::Agent => "command",
        Kind::Pass
        | Kind::Template
        | Kind::Assert
        | Kind::Webhook
        | Kind::Conditional
        | Kind::Workflow => return,
    };
    let Some(Value::String(script)) = action.arguments.get(argument) else {
        return;
    };
    let Ok(parts) = expression::parts(script) else {
        return;
    };
    for part in parts {
        let Part::Expression(expression, _) = part else {
            continue;
        };
        let quoted = expression
            .rsplit_once('|')
            .is_some_and(|(_, filter)| ["quote", "length", "int"].contains(&filter.trim()));
        let Ok(names) = expression::names(&expression) else {
            continue;
        };
        let Some(name) = names.iter().find(|name| is_foreign(look, name)) else {
            continue;
        };
        if quoted {
            continue;
        }
        let at = located.pointer.join(action.key);
        let at = match action.arguments.len() {
            1 if action.key != "with" => at,
            _ => at.join(argument),
        };
        let message = format!("the shell would run what stands in `{name}`");
        let variable = name.rsplit('.').next().unwrap_or("value").to_uppercase();
        let variable = variable.replace('-', "_");
        let found = Diagnostic::new(&WORKFLOW_INJECTION, message)
            .at(look.value(at), "")
            .help(format!(
                "hand it over in the environment: `env: {{{variable}: \"${{{{ {name} }}}}\"}}` and `\"${variable}\"` in the script, or quote it: `${{{{ {} | quote }}}}`",
                expression.trim(),
            ));
        look.push(found);
    }
}

/// Whether somebody else may choose the text of a name.
fn is_foreign(look: &Look<'_, '_>, name: &str) -> bool {
    let mut parts = name.split('.');
    match parts.next() {
        Some("inputs") => {
            let input = parts
                .next()
                .and_then(|it| look.file.workflow.inputs.get(it));
            input.is_none_or(|input| match input.r#type {
                InputType::String => input.r#enum.is_empty(),
                InputType::Array | InputType::Object => true,
                InputType::Integer | InputType::Number | InputType::Boolean => false,
            })
        }
        Some("needs") => !name.ends_with(".result"),
        Some("env") => true,
        _ => false,
    }
}
