//! Inputs from the command line: `--input`, and the options that stand for inputs of the default workflow.

use clap::Args;
use indexmap::IndexMap;
use serde_json::{Map, Value};

use crate::cli::Failure;
use crate::cli::session::Session;
use crate::workflow::file::{Input, InputType};
use crate::workflow::inputs;

/// Options that stand for inputs.
#[derive(Clone, Debug, Args)]
#[command(next_help_heading = "Inputs of the default workflow")]
pub(super) struct Short {
    /// What versions are compared with: `previous`, a version, a folder, or a git revision
    #[arg(long, value_name = "WHAT")]
    against: Option<String>,
    /// Only this target; may be given several times
    #[arg(long, value_name = "NAME")]
    target: Vec<String>,
    /// Fail where a language's tools are missing, instead of skipping it
    #[arg(long)]
    require_all: bool,
    /// Build C++ with the address and undefined-behaviour sanitizers
    #[arg(long)]
    sanitize: bool,
    /// The most documents that are made from a version's schema, beside its examples
    #[arg(long, value_name = "COUNT")]
    samples: Option<usize>,
}

impl Short {
    /// The inputs of a run.
    pub(super) fn inputs(
        &self,
        given: &[String],
        asked: &IndexMap<String, Input>,
        session: &Session,
    ) -> Result<Map<String, Value>, Failure> {
        crate::cli::r#gen::known(&self.target, session)?;
        let mut values = Map::new();
        let mut add = |name: &str, value: Option<Value>| {
            if let Some(value) = value {
                values.insert(name.to_owned(), value);
            }
        };
        add("against", self.against.clone().map(Value::from));
        let targets = (!self.target.is_empty()).then(|| self.target.clone().into());
        add("targets", targets);
        add("require-all", self.require_all.then_some(true.into()));
        add("sanitize", self.sanitize.then_some(true.into()));
        add("samples", self.samples.map(Value::from));
        for text in given {
            let Some((name, value)) = text.split_once('=') else {
                return Err(Failure::Said {
                    message: format!("`{text}` gives no input a value"),
                    help: Some("write `--input NAME=VALUE`".to_owned()),
                });
            };
            let kind = asked.get(name).map_or(InputType::String, |it| it.r#type);
            values.insert(name.to_owned(), inputs::typed(kind, value));
        }
        inputs::settle(asked, &values).map_err(|unfit| {
            let lines: Vec<String> = unfit.iter().map(ToString::to_string).collect();
            Failure::Said {
                message: lines.join("\n       "),
                help: Some("`contracts workflow list` shows the inputs of each".to_owned()),
            }
        })
    }
}
