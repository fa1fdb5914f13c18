//! The kinds of steps: one file each, and a row in [`Kind`].
//!
//! A kind has arguments (typed, read by the file of its own), says what outputs it has by itself, and does its work
//! when asked.

pub mod agent;
pub mod assert;
pub mod call;
pub mod pass;
mod sbom;
mod scan;
pub mod shell;
mod snapshot;
pub mod template;
pub mod webhook;

use serde_json::{Map, Value, json};

use super::file::Step;

/// What a step does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// A pass of the toolchain, in this process.
    Pass,
    /// A script.
    Shell,
    /// Files from templates.
    Template,
    /// Expressions that must be true.
    Assert,
    /// An HTTP request.
    Webhook,
    /// Branches.
    Conditional,
    /// Another workflow.
    Workflow,
    /// A coding agent.
    Agent,
}

impl Kind {
    /// All of them.
    pub const ALL: [Self; 8] = [
        Self::Pass,
        Self::Shell,
        Self::Template,
        Self::Assert,
        Self::Webhook,
        Self::Conditional,
        Self::Workflow,
        Self::Agent,
    ];

    /// What files call it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Pass => "pass",
            Self::Shell => "shell",
            Self::Template => "template",
            Self::Assert => "assert",
            Self::Webhook => "webhook",
            Self::Conditional => "conditional",
            Self::Workflow => "workflow",
            Self::Agent => "agent",
        }
    }

    /// The kind of that name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.name() == name)
    }

    /// The outputs it has by itself, told so; `None` where they are not known before (a called workflow's).
    pub fn outputs(self, arguments: &Map<String, Value>) -> Option<&'static [&'static str]> {
        match self {
            Self::Pass => {
                let read = serde_json::from_value(Value::Object(arguments.clone()));
                let read: pass::Arguments = read.unwrap_or_default();
                Some(read.pass.outputs())
            }
            Self::Shell => Some(&shell::OUTPUTS),
            Self::Template => Some(&["files"]),
            Self::Assert => Some(&[]),
            Self::Webhook => Some(&webhook::OUTPUTS),
            Self::Conditional => Some(&["branch"]),
            Self::Workflow => None,
            Self::Agent => Some(&agent::OUTPUTS),
        }
    }

    /// Whether it waits for something outside of this process.
    pub fn waits(self) -> bool {
        match self {
            Self::Shell | Self::Webhook | Self::Agent => true,
            Self::Pass | Self::Template | Self::Assert | Self::Conditional | Self::Workflow => {
                false
            }
        }
    }

    /// Whether it starts a program, and so may have a profile.
    pub fn starts_a_program(self) -> bool {
        match self {
            Self::Shell | Self::Agent => true,
            Self::Webhook
            | Self::Pass
            | Self::Template
            | Self::Assert
            | Self::Conditional
            | Self::Workflow => false,
        }
    }

    /// Reads arguments, expressions still in them; what is wrong.
    pub fn check(self, arguments: &Map<String, Value>) -> Result<(), String> {
        let value = Value::Object(arguments.clone());
        let read = match self {
            Self::Pass => serde_json::from_value::<pass::Arguments>(value).map(drop),
            Self::Shell => serde_json::from_value::<shell::Arguments>(value).map(drop),
            Self::Template => serde_json::from_value::<template::Arguments>(value).map(drop),
            Self::Assert => {
                if let Some(why) = assert::refuses(&value) {
                    return Err(why.to_owned());
                }
                serde_json::from_value::<assert::Arguments>(value).map(drop)
            }
            Self::Webhook => serde_json::from_value::<webhook::Arguments>(value).map(drop),
            Self::Conditional => Ok(()),
            Self::Workflow => serde_json::from_value::<call::Arguments>(value).map(drop),
            Self::Agent => {
                let read = serde_json::from_value::<agent::Arguments>(value);
                if read.as_ref().is_ok_and(agent::Arguments::has_no_prompt) {
                    return Err("it needs `prompt` or `prompt-file`".to_owned());
                }
                read.map(drop)
            }
        };
        read.map_err(|error| error.to_string())
    }

    /// The argument that a value written short stands for.
    fn short(self) -> &'static str {
        match self {
            Self::Pass => "pass",
            Self::Shell => "run",
            Self::Template => "from",
            Self::Assert => "that",
            Self::Webhook => "url",
            Self::Conditional => "branches",
            Self::Workflow => "workflow",
            Self::Agent => "command",
        }
    }
}

/// What a step does, with the arguments as written.
#[derive(Clone, Debug, PartialEq)]
pub struct Action {
    /// The kind.
    pub kind: Kind,
    /// The arguments; texts may hold expressions.
    pub arguments: Map<String, Value>,
    /// The key of the step under which the arguments stand.
    pub key: &'static str,
}

/// Why a step does nothing that can be done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NoAction {
    /// It says nothing.
    None,
    /// It says several things.
    Several(Vec<&'static str>),
    /// It uses what there is not.
    Unknown(String),
}

impl Action {
    /// What a step does.
    pub fn of(step: &Step) -> Result<Self, NoAction> {
        let given = [
            (Kind::Pass, step.pass.clone()),
            (Kind::Shell, step.shell.clone()),
            (Kind::Template, step.template.clone()),
            (Kind::Assert, step.assert.clone()),
            (Kind::Webhook, step.webhook.clone()),
            (
                Kind::Conditional,
                step.conditional.as_ref().map(|_| json!({})),
            ),
            (Kind::Workflow, step.workflow.clone()),
            (Kind::Agent, step.agent.clone()),
        ];
        let given = given
            .into_iter()
            .filter_map(|(kind, value)| Some((kind, value?)));
        let mut given: Vec<(Kind, Value)> = given.collect();
        if let Some(name) = &step.uses {
            if !given.is_empty() {
                let names = given.iter().map(|(kind, _)| kind.name());
                return Err(NoAction::Several(
                    std::iter::once("uses").chain(names).collect(),
                ));
            }
            let kind = Kind::named(name).ok_or_else(|| NoAction::Unknown(name.clone()))?;
            return Ok(Self {
                kind,
                arguments: step.with.clone().unwrap_or_default(),
                key: "with",
            });
        }
        if given.len() > 1 {
            let names = given.iter().map(|(kind, _)| kind.name());
            return Err(NoAction::Several(names.collect()));
        }
        let Some((kind, value)) = given.pop() else {
            return Err(NoAction::None);
        };
        if step.with.is_some() {
            return Err(NoAction::Several(vec![kind.name(), "with"]));
        }
        let arguments = match value {
            Value::Object(members) if kind != Kind::Assert => members,
            value @ (Value::Null
            | Value::Bool(_)
            | Value::Number(_)
            | Value::String(_)
            | Value::Array(_)
            | Value::Object(_)) => Map::from_iter([(kind.short().to_owned(), value)]),
        };
        Ok(Self {
            kind,
            arguments,
            key: kind.name(),
        })
    }
}
