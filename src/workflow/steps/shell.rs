//! `shell`: a script, run by a shell.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::workflow::run::child;
use crate::workflow::run::desk::{Desk, Done, Fault};
use crate::workflow::templated::Templated;

/// What it has by itself: the exit code, and the last 64 KiB it wrote to standard output.
pub const OUTPUTS: [&str; 2] = ["code", "stdout"];

/// What a step of this kind is told.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Arguments {
    /// The script.
    pub run: String,
    /// What runs it: `sh` (with `-e`), `bash` (with `-euo pipefail`), `pwsh`, `python`, or a command that is given the
    /// script as its last argument.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub shell: Option<String>,
    /// What it reads from standard input.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stdin: Option<String>,
    /// The working folder, relative to the project's; the profile's where it says nothing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub folder: Option<String>,
    /// Exit codes that are well, beside 0.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub allow: Option<Templated<Vec<i32>>>,
}

/// Runs the script.
pub async fn run(arguments: Arguments, desk: &mut Desk) -> Result<Done, Fault> {
    let shell = arguments.shell.as_deref().unwrap_or("sh");
    let mut words: Vec<&str> = match shell {
        "sh" => vec!["sh", "-ec"],
        "bash" => vec!["bash", "-euo", "pipefail", "-c"],
        "pwsh" => vec!["pwsh", "-NoProfile", "-NonInteractive", "-Command"],
        "python" => vec!["python3", "-c"],
        other => other.split_whitespace().collect(),
    };
    words.push(&arguments.run);
    let mut words = words.into_iter().map(ToOwned::to_owned);
    let name = words.next().unwrap_or_default();
    desk.prepare()
        .map_err(|error| Fault::new(format!("cannot make the step's folder: {error}")))?;
    let mut program = desk.program(&name, words.collect());
    program.stdin = arguments.stdin;
    if let Some(folder) = &arguments.folder {
        program.folder = desk.project.join(folder);
    }
    let mut cancel = desk.cancel.clone();
    let finished = child::run(&program, &desk.log, &mut cancel, desk.grace).await;
    let finished = finished.map_err(Fault::for_good)?;
    if finished.cancelled {
        return Err(Fault::cancelled());
    }
    let allowed = match &arguments.allow {
        Some(Templated::Is(codes)) => codes.as_slice(),
        Some(Templated::Text(_)) | None => &[],
    };
    let well = |code: i32| code == 0 || allowed.contains(&code);
    let mut outputs = Map::new();
    outputs.insert("code".to_owned(), Value::from(finished.code));
    let said = desk.log.masks().mask(&finished.stdout);
    outputs.insert("stdout".to_owned(), Value::from(said));
    if !finished.code.is_some_and(well) {
        // What it wrote before it failed is handed on where it is whole.
        outputs.extend(desk.read_outputs().unwrap_or_default());
        return Err(Fault::new(finished.how).with(outputs));
    }
    outputs.extend(desk.read_outputs().map_err(Fault::for_good)?);
    Ok(Done {
        outputs,
        ..Done::default()
    })
}
