//! `agent`: a coding agent's command line, any brand: a prompt, files it may touch, a budget; what it changed, as a diff.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::workflow::files;
use crate::workflow::length::Length;
use crate::workflow::run::child;
use crate::workflow::run::desk::{Desk, Done, Fault};

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
    pub files: Vec<String>,
    /// The most time it may take.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub budget: Option<Length>,
}

/// The project's files by path, with what they hold.
type Snapshot = BTreeMap<String, Vec<u8>>;

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
    let before = snapshot(desk)?;
    let mut cancel = desk.cancel.clone();
    let running = child::run(&program, &desk.log, &mut cancel, desk.grace);
    let finished = match arguments.budget {
        None => running.await,
        Some(budget) => match tokio::time::timeout(budget.0, running).await {
            Ok(finished) => finished,
            Err(_) => Err(format!("its budget of {budget} is spent")),
        },
    };
    let after = snapshot(desk)?;
    let changed: Vec<&String> = before
        .keys()
        .chain(after.keys().filter(|path| !before.contains_key(*path)))
        .filter(|path| before.get(*path) != after.get(*path))
        .collect();
    let (may, may_not) = allowed(&arguments.files, &changed)?;
    put_back(&may_not, &before, desk);
    let finished = finished.map_err(Fault::new)?;
    if finished.cancelled {
        return Err(Fault::cancelled());
    }
    if finished.code != Some(0) {
        return Err(Fault::new(finished.how));
    }
    if !may_not.is_empty() {
        let list: Vec<String> = may_not.iter().map(|path| format!("`{path}`")).collect();
        let why = format!(
            "it changed what it may not, and that was put back: {}",
            list.join(", ")
        );
        return Err(Fault::new(why));
    }
    let diff: String = may
        .iter()
        .map(|path| difference(path, before.get(*path), after.get(*path)))
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

/// All of the project's files but those that tools make.
fn snapshot(desk: &Desk) -> Result<Snapshot, Fault> {
    let paths = files::matching(&desk.project, &["**".to_owned()]);
    let paths = paths.map_err(|error| Fault::for_good(error.to_string()))?;
    let read = paths.into_iter().filter_map(|path| {
        // What vanished since it was listed is as good as not there.
        let bytes = files::read(&desk.project.join(&path)).ok()?;
        Some((path, bytes))
    });
    Ok(read.collect())
}

/// Paths that globs allow, and those they do not.
fn allowed<'a>(
    globs: &[String],
    changed: &[&'a String],
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

#[expect(
    clippy::disallowed_methods,
    reason = "what an agent made against its orders is taken away"
)]
fn put_back(paths: &[&String], before: &Snapshot, desk: &Desk) {
    for path in paths {
        let target = desk.project.join(path);
        let done = match before.get(*path) {
            Some(bytes) => files::write(&target, bytes),
            None => std::fs::remove_file(&target),
        };
        if let Err(error) = done {
            desk.log
                .line(&format!("`{path}` could not be put back: {error}"));
        }
    }
}

/// What changed in a file, as `git apply` reads it.
fn difference(path: &str, before: Option<&Vec<u8>>, after: Option<&Vec<u8>>) -> String {
    let text = |bytes: Option<&Vec<u8>>| match bytes {
        None => Some(String::new()),
        Some(bytes) if bytes.len() <= LARGEST => String::from_utf8(bytes.clone()).ok(),
        Some(_) => None,
    };
    let (Some(old), Some(new)) = (text(before), text(after)) else {
        return format!("Binary files a/{path} and b/{path} differ\n");
    };
    let name = |side: &str, bytes: Option<&Vec<u8>>| match bytes {
        Some(_) => format!("{side}/{path}"),
        None => "/dev/null".to_owned(),
    };
    similar::TextDiff::from_lines(old.as_str(), new.as_str())
        .unified_diff()
        .context_radius(3)
        .header(&name("a", before), &name("b", after))
        .to_string()
}
