//! `agent`: a coding agent's command line, any brand: a prompt, files it may touch, a budget; what it changed, as a diff.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::snapshot::{Snapshot, Text};
use crate::workflow::files;
use crate::workflow::length::Length;
use crate::workflow::run::child;
use crate::workflow::run::desk::{Desk, Done, Fault};
use crate::workflow::templated::Templated;

/// What it has by itself: what it changed as a unified diff, the files, and the last 64 KiB it wrote to standard output.
pub const OUTPUTS: [&str; 3] = ["diff", "files", "stdout"];

/// The largest file whose text a diff shows.
const LARGEST: usize = 1 << 20;

/// What a step of this kind is told.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Arguments {
    /// The command, for `sh`. It reads the prompt from standard input; `CONTRACTS_PROMPT` names a file with it.
    pub command: String,
    /// What it is to do.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub prompt: Option<String>,
    /// The file of what it is to do, instead of `prompt`; `${{ }}` in it is not filled.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub prompt_file: Option<String>,
    /// Globs of the files it may touch; `!` before one leaves files out. What else it changes is put back, and the
    /// step fails.
    pub files: Templated<Vec<String>>,
    /// The most time it may take.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub budget: Option<Templated<Length>>,
}

impl Arguments {
    /// Whether nobody says what it is to do.
    pub fn has_no_prompt(&self) -> bool {
        self.prompt.is_none() && self.prompt_file.is_none()
    }
}

/// Runs the agent.
pub async fn run(arguments: Arguments, desk: &mut Desk) -> Result<Done, Fault> {
    let prompt = match (&arguments.prompt, &arguments.prompt_file) {
        (Some(text), _) => text.clone(),
        (None, Some(file)) => {
            let bytes = files::read(&desk.project.join(file));
            let bytes =
                bytes.map_err(|error| Fault::for_good(format!("cannot read `{file}`: {error}")))?;
            String::from_utf8_lossy(&bytes).into_owned()
        }
        (None, None) => return Err(Fault::for_good("an agent needs `prompt` or `prompt-file`")),
    };
    desk.prepare()
        .map_err(|error| Fault::new(format!("cannot make the step's folder: {error}")))?;
    let file = desk.scratch.join("prompt.md");
    let written = files::write(&file, prompt.as_bytes());
    written.map_err(|error| Fault::new(format!("cannot write the prompt: {error}")))?;
    let words = vec!["-c".to_owned(), arguments.command.clone()];
    let mut program = desk.program("sh", words);
    program.stdin = Some(prompt);
    let name = "CONTRACTS_PROMPT".to_owned();
    program
        .env
        .push((name, file.to_string_lossy().into_owned()));
    let before = Snapshot::of(&desk.project);
    let mut cancel = desk.cancel.clone();
    let running = child::run(&program, &desk.log, &mut cancel, desk.grace);
    let finished = match arguments.budget.as_ref().and_then(Templated::known) {
        None => running.await,
        Some(budget) => match tokio::time::timeout(budget.0, running).await {
            Ok(finished) => finished,
            Err(_) => Err(format!("its budget of {budget} is spent")),
        },
    };
    let after = Snapshot::of(&desk.project);
    let changed = before.changed(&after);
    let globs = arguments.files.known().map(Vec::as_slice);
    let (may, may_not) = allowed(globs.unwrap_or_default(), &changed)?;
    let mut stuck = Vec::new();
    for path in &may_not {
        if let Err(why) = before.put_back(&desk.project, path) {
            desk.log
                .line(&format!("`{path}` could not be put back: {why}"));
            stuck.push(format!("`{path}`"));
        }
    }
    let finished = finished.map_err(Fault::new)?;
    if finished.cancelled {
        return Err(Fault::cancelled());
    }
    if finished.code != Some(0) {
        return Err(Fault::new(finished.how));
    }
    if !may_not.is_empty() {
        let list: Vec<String> = may_not.iter().map(|path| format!("`{path}`")).collect();
        let why = if stuck.is_empty() {
            let list = list.join(", ");
            format!("it changed what it may not, and that was put back: {list}")
        } else {
            let (list, stuck) = (list.join(", "), stuck.join(", "));
            format!("it changed what it may not: {list}; could not be put back: {stuck}")
        };
        return Err(Fault::new(why));
    }
    let diff: String = may
        .iter()
        .map(|path| difference(path, &before, &after))
        .collect();
    let mut outputs = Map::new();
    let masks = desk.log.masks();
    outputs.insert("diff".to_owned(), masks.mask(&diff).into());
    let paths: Vec<String> = may.iter().map(|path| (*path).clone()).collect();
    outputs.insert("files".to_owned(), paths.clone().into());
    outputs.insert("stdout".to_owned(), masks.mask(&finished.stdout).into());
    outputs.extend(desk.read_outputs().map_err(Fault::for_good)?);
    Ok(Done {
        outputs,
        files: paths,
        beside: Value::Null,
    })
}

/// Paths that globs allow, and those they do not.
fn allowed<'a>(
    globs: &[String],
    changed: &'a [String],
) -> Result<(Vec<&'a String>, Vec<&'a String>), Fault> {
    let set = |globs: Vec<&str>| {
        let mut set = globset::GlobSetBuilder::new();
        for glob in globs {
            let glob = globset::GlobBuilder::new(glob)
                .literal_separator(true)
                .build();
            set.add(glob.map_err(|error| Fault::for_good(error.to_string()))?);
        }
        set.build()
            .map_err(|error| Fault::for_good(error.to_string()))
    };
    let yes = set(globs
        .iter()
        .map(String::as_str)
        .filter(|it| !it.starts_with('!'))
        .collect())?;
    let no = set(globs.iter().filter_map(|it| it.strip_prefix('!')).collect())?;
    Ok(changed
        .iter()
        .partition(|path| yes.is_match(path.as_str()) && !no.is_match(path.as_str())))
}

/// What changed in a file, as `git apply` reads it.
fn difference(path: &str, before: &Snapshot, after: &Snapshot) -> String {
    let (before, after) = (before.bytes(path), after.bytes(path));
    let text = |bytes: Text<'_>| match bytes {
        None => Some(String::new()),
        Some(Some(bytes)) if bytes.len() <= LARGEST => String::from_utf8(bytes.to_vec()).ok(),
        Some(_) => None,
    };
    let (Some(old), Some(new)) = (text(before), text(after)) else {
        return format!("Binary files a/{path} and b/{path} differ\n");
    };
    let name = |side: &str, bytes: Text<'_>| match bytes {
        Some(_) => format!("{side}/{path}"),
        None => "/dev/null".to_owned(),
    };
    similar::TextDiff::from_lines(old.as_str(), new.as_str())
        .unified_diff()
        .context_radius(3)
        .header(&name("a", before), &name("b", after))
        .to_string()
}
