//! `contracts schema`

use clap::{Args, ValueEnum};

use super::{Failure, Screen};
use crate::config::Config;
use crate::model::Model;
use crate::report::Json;
use crate::workflow::file::Workflow;

/// Print the JSON Schema of one of the toolchain's own formats.
///
/// `config` is contracts.toml, for editors; `report` is what `--format json` writes; `model` is what
/// templates are given; `workflow` is a file of `contracts/workflows`.
#[derive(Debug, Args)]
pub(super) struct Schema {
    /// Which format
    #[arg(value_enum)]
    of: Of,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Of {
    /// contracts.toml
    Config,
    /// The output of `--format json`
    Report,
    /// The language-neutral model
    Model,
    /// Workflow files, for editors
    Workflow,
}

impl Schema {
    pub(super) fn run(self, screen: &mut Screen) -> Result<u8, Failure> {
        let schema = match self.of {
            Of::Config => schemars::schema_for!(Config),
            Of::Report => schemars::schema_for!(Json),
            Of::Model => schemars::schema_for!(Model),
            Of::Workflow => schemars::schema_for!(Workflow),
        };
        let text = serde_json::to_string_pretty(&schema).expect("a schema is a JSON value");
        screen.print(&format!("{text}\n"))?;
        Ok(0)
    }
}
