//! What a step's attempt is given to work with.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use serde_json::{Map, Value};

use super::cancel::Cancel;
use super::child::Program;
use super::confine::Limits;
use super::log::Log;
use crate::workflow::file::InputType;
use crate::workflow::inputs;
use crate::workflow::profile::Profile;
use crate::workflow::templated::Or;

/// What an attempt is given.
#[derive(Clone, Debug)]
pub struct Desk {
    /// The step.
    pub step: String,
    /// The run.
    pub run: String,
    /// The same for every attempt, also after the run was broken off; another for every other step and run.
    pub token: String,
    /// The project's folder.
    pub project: PathBuf,
    /// A folder of the run's own for the step.
    pub scratch: PathBuf,
    /// The process's environment.
    pub ambient: Arc<BTreeMap<String, String>>,
    /// The environment that the file sets.
    pub env: Vec<(String, String)>,
    /// The profile.
    pub profile: Profile,
    /// Secrets of every profile: handed on where the profile names them only.
    pub secrets: Arc<Vec<String>>,
    /// Where it says what it does.
    pub log: Log,
    /// How it is asked to end.
    pub cancel: Cancel,
    /// The time between asking a program to end and ending it.
    pub grace: Duration,
    /// The outputs it declares.
    pub outputs: Vec<(String, InputType)>,
}

/// Why an attempt failed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// In a phrase.
    pub why: String,
    /// Whether the run was cancelled.
    pub cancelled: bool,
    /// Whether trying again can make no difference.
    pub final_: bool,
    /// What it hands on although it failed, and what the kind keeps with a result.
    pub left: Box<Left>,
}

/// What an attempt leaves although it failed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Left {
    /// Outputs.
    pub outputs: Map<String, Value>,
    /// What the kind keeps with a result.
    pub beside: Value,
}

impl Fault {
    /// Something that may go well another time.
    pub fn new(why: impl Into<String>) -> Self {
        Self {
            why: why.into(),
            cancelled: false,
            final_: false,
            left: Box::default(),
        }
    }

    /// Something that will not.
    pub fn for_good(why: impl Into<String>) -> Self {
        Self {
            final_: true,
            ..Self::new(why)
        }
    }

    /// The same, handing something on.
    #[must_use]
    pub fn with(mut self, outputs: Map<String, Value>) -> Self {
        self.left.outputs = outputs;
        self
    }

    /// The same, with what the kind keeps with a result.
    #[must_use]
    pub fn beside(mut self, beside: Value) -> Self {
        self.left.beside = beside;
        self
    }

    /// The run was cancelled.
    pub fn cancelled() -> Self {
        Self {
            cancelled: true,
            ..Self::for_good("the run was cancelled")
        }
    }
}

/// What an attempt that went well hands on.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Done {
    /// Outputs.
    pub outputs: Map<String, Value>,
    /// Files it made, relative to the project, where the kind knows them.
    pub files: Vec<String>,
    /// What the kind keeps with a result.
    pub beside: Value,
}

impl Desk {
    /// The file that a program writes its outputs to.
    pub fn output_file(&self) -> PathBuf {
        self.scratch.join("output")
    }

    /// A program of this step's, with the environment, folder and limits of its profile.
    pub fn program(&self, name: &str, arguments: Vec<String>) -> Program {
        let handed = self.ambient.iter().filter(|(name, _)| {
            let secret = self.secrets.iter().any(|it| it == *name);
            let named = self.profile.secrets.iter().any(|it| it == *name);
            self.profile.hands_on(name) && (named || !secret)
        });
        let mut env: BTreeMap<String, String> = handed
            .map(|(name, value)| (name.clone(), value.clone()))
            .collect();
        env.extend(self.env.iter().cloned());
        let own = [
            ("CONTRACTS_RUN", self.run.clone()),
            ("CONTRACTS_STEP", self.step.clone()),
            ("CONTRACTS_STEP_KEY", self.token.clone()),
            ("CONTRACTS_OUTPUT", text(&self.output_file())),
        ];
        env.extend(own.map(|(name, value)| (name.to_owned(), value)));
        if self.profile.write.is_some() {
            env.insert("TMPDIR".to_owned(), text(&self.scratch));
        }
        let folder = self.profile.folder.as_deref();
        Program {
            name: name.to_owned(),
            arguments,
            env: env.into_iter().collect(),
            folder: folder.map_or_else(|| self.project.clone(), |it| self.project.join(it)),
            stdin: None,
            limits: self.limits(),
        }
    }

    fn limits(&self) -> Limits {
        let write = self.profile.write.as_ref().map(|paths| {
            let paths = paths.iter().map(|path| self.project.join(path));
            paths.chain([self.scratch.clone()]).collect()
        });
        let connect = match &self.profile.tcp {
            None | Some(Or::Short(true)) => None,
            Some(Or::Short(false)) => Some(Vec::new()),
            Some(Or::Full(ports)) => Some(ports.connect.clone()),
        };
        Limits {
            write,
            connect,
            enforced: self.profile.enforced,
        }
    }

    /// Makes the folder of the step's own anew, with the paths that its profile lets it write.
    #[expect(clippy::disallowed_methods, reason = "the door to a step's own folder")]
    pub fn prepare(&self) -> std::io::Result<()> {
        let _ = std::fs::remove_file(self.output_file());
        for path in self.profile.write.iter().flatten() {
            let path = self.project.join(path);
            if path.symlink_metadata().is_err() {
                std::fs::create_dir_all(path)?;
            }
        }
        std::fs::create_dir_all(&self.scratch)
    }

    /// The outputs that a program wrote: `name=value` lines, or lines of JSON objects.
    #[expect(clippy::disallowed_methods, reason = "the door to a step's own folder")]
    pub fn read_outputs(&self) -> Result<Map<String, Value>, String> {
        let mut said = Map::new();
        let bytes = crate::workflow::files::read(&self.output_file()).unwrap_or_default();
        // Secrets in it are masked in what is handed on, and stay in no file.
        let _ = std::fs::remove_file(self.output_file());
        let text = String::from_utf8_lossy(&bytes);
        for line in text.lines().filter(|line| !line.trim().is_empty()) {
            if line.trim_start().starts_with('{') {
                let members: Map<String, Value> = serde_json::from_str(line)
                    .map_err(|error| format!("an output is no JSON object: {error}"))?;
                said.extend(members);
                continue;
            }
            let (name, value) = line.split_once('=').ok_or_else(|| {
                format!("an output is neither `name=value` nor a JSON object: `{line}`")
            })?;
            let kind = self.outputs.iter().find(|(it, _)| it == name.trim());
            let value = match kind {
                Some((_, kind)) => inputs::typed(*kind, value),
                None => Value::String(value.to_owned()),
            };
            said.insert(name.trim().to_owned(), value);
        }
        for (name, kind) in &self.outputs {
            match said.get(name) {
                None => return Err(format!("the output `{name}` was not written")),
                Some(value) if !kind.holds(value) => {
                    return Err(format!(
                        "the output `{name}` is {value}, and its type is {}",
                        kind.name()
                    ));
                }
                Some(_) => {}
            }
        }
        let masks = self.log.masks();
        let masked = said
            .iter()
            .map(|(name, it)| (name.clone(), masks.mask_value(it)));
        Ok(masked.collect())
    }
}

fn text(path: &Path) -> String {
    path.to_string_lossy().into_owned()
}
