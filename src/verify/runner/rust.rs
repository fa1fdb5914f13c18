//! Rust: one crate of every module (several, where they are large), built once with cargo; then one process a
//! crate, a document a line.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use std::time::Duration;

use serde_json::{Value, json};

use super::converse::{Run, converse, lines};
use super::{Answer, Bench, Ran, Request, Stamp, Trouble, digest_of};
use crate::model::Model;
use crate::target::{self, FileRule, Located, Naming};
use crate::tree::Tree;
use crate::verify::process::{Finished, Program, Refused};

/// So long may a build take, and so long the program that was built.
const BUILD: Duration = Duration::from_secs(1800);
const FIRST: Duration = Duration::from_secs(120);
const AGAIN: Duration = Duration::from_secs(20);
/// So often modules that do not compile are left out and the rest is built again.
const ROUNDS: usize = 8;

/// So much text goes into one crate: the compiler takes more than a gigabyte for it.
const CRATE: usize = 1_500_000;

pub(super) fn run(
    bench: &Bench<'_>,
    files: &[FileRule],
    requests: &[Request<'_>],
) -> Result<Ran, Trouble> {
    let mut ran = Ran {
        answers: vec![Answer::NotTried; requests.len()],
        ..Ran::default()
    };
    for (number, part) in parts(bench)?.into_iter().enumerate() {
        let (mut ids, mut asked) = (Vec::new(), Vec::new());
        for (id, request) in requests.iter().enumerate() {
            if let Some(model) = part.iter().position(|model| *model == request.model) {
                ids.push(id);
                asked.push(Request { model, ..*request });
            }
        }
        let models = part.iter().filter_map(|model| bench.models.get(*model));
        let models: Vec<&Model> = models.copied().collect();
        let work = match number {
            0 => bench.work.to_owned(),
            _ => bench.work.join(format!("part-{}", number + 1)),
        };
        let bench = Bench {
            models: &models,
            work: &work,
            ..*bench
        };
        let answered = one_crate(&bench, files, &asked)?;
        for (id, answer) in ids.into_iter().zip(answered.answers) {
            ran.answers.splice(id..=id, [answer]);
        }
        let broken = answered.broken.into_iter();
        let broken = broken.filter_map(|(model, why)| Some((*part.get(model)?, why)));
        ran.broken.extend(broken);
    }
    Ok(ran)
}

/// The models in parts that one crate each holds, by their indices.
fn parts(bench: &Bench<'_>) -> Result<Vec<Vec<usize>>, Trouble> {
    let tree = bench.tree(bench.models)?;
    let mut parts: Vec<Vec<usize>> = Vec::new();
    let mut taken = usize::MAX;
    let located = target::locate(bench.target, bench.models, Naming::Version);
    for (model, located) in located.iter().enumerate() {
        let texts = located.files.iter().filter_map(|file| tree.get(file));
        let size: usize = texts.map(str::len).sum();
        taken = taken.saturating_add(size);
        match parts.last_mut() {
            Some(part) if taken <= CRATE => part.push(model),
            Some(_) | None => {
                parts.push(vec![model]);
                taken = size;
            }
        }
    }
    Ok(parts)
}

fn one_crate(
    bench: &Bench<'_>,
    files: &[FileRule],
    requests: &[Request<'_>],
) -> Result<Ran, Trouble> {
    let mut ran = Ran::default();
    let built = build(bench, files, &mut ran.broken)?;
    let (asked, open): (Vec<usize>, Vec<Value>) = requests
        .iter()
        .enumerate()
        .filter_map(|(id, request)| {
            let located = built.located.get(&request.model)?;
            let module = located.module.join(".");
            Some((
                id,
                json!({ "module": module, "type": located.root, "text": request.text }),
            ))
        })
        .unzip();
    let replies = converse(open.len(), |some, first| {
        let patience = if first { FIRST } else { AGAIN };
        let program = Program::new(built.program.to_string_lossy(), patience);
        let finished = program.run(bench.work, &lines(&open, some))?;
        Ok(Run {
            end: finished.last_words(),
            output: finished.stdout,
        })
    })?;
    ran.answers = vec![Answer::NotTried; requests.len()];
    for (id, reply) in asked.into_iter().zip(replies) {
        ran.answers.splice(id..=id, [reply.answer()]);
    }
    Ok(ran)
}

/// A program that reads and writes by the modules of some models.
struct Built {
    program: PathBuf,
    located: BTreeMap<usize, Located>,
}

/// Builds the crate; modules that do not compile are left out and noted in `broken`.
fn build(
    bench: &Bench<'_>,
    files: &[FileRule],
    broken: &mut BTreeMap<usize, String>,
) -> Result<Built, Trouble> {
    for _ in 0..ROUNDS {
        let kept = bench
            .models
            .iter()
            .enumerate()
            .filter(|(index, _)| !broken.contains_key(index));
        let (indices, models): (Vec<usize>, Vec<&Model>) =
            kept.map(|(index, model)| (index, *model)).unzip();
        let located = target::locate(bench.target, &models, Naming::Version);
        let located: BTreeMap<usize, Located> = indices.into_iter().zip(located).collect();
        let tree = bench.tree(&models)?;
        match compile(bench, files, &tree)? {
            Ok(program) => return Ok(Built { program, located }),
            Err(finished) => {
                let faults = faults(&finished.stderr, &located);
                if faults.is_empty() {
                    return Err(Trouble::Failed(finished.last_words()));
                }
                broken.extend(faults);
            }
        }
    }
    Err(Trouble::Failed(format!(
        "modules still do not compile after {ROUNDS} rounds"
    )))
}

/// The program of a crate with these files, or how cargo failed.
fn compile(
    bench: &Bench<'_>,
    files: &[FileRule],
    tree: &Tree,
) -> Result<Result<PathBuf, Finished>, Trouble> {
    let folder = bench.folder();
    let stamp = Stamp::new(bench.work, &bench.target.name);
    let key = digest_of(tree);
    if let Some(program) = stamp.read(&key).map(PathBuf::from)
        && crate::source::Sources::is_file(&program)
    {
        return Ok(Ok(program));
    }
    tree.write(&folder)?;
    let example = files
        .iter()
        .find_map(|rule| rule.path.strip_prefix("examples/")?.strip_suffix(".rs"));
    let what = match example {
        Some(name) => vec!["--example", name],
        None => vec!["--bins"],
    };
    let target_folder = bench.build_folder("target").to_string_lossy().into_owned();
    let cargo = |extra: &[&str]| {
        Program::new("cargo", BUILD)
            .args([
                "build",
                "--message-format=json-render-diagnostics",
                "--target-dir",
                &target_folder,
            ])
            .args(what.iter().chain(extra).copied())
            .env("CARGO_PROFILE_DEV_DEBUG", "0")
            .env("CARGO_INCREMENTAL", "0")
            .env("CARGO_TERM_COLOR", "never")
            .run(&folder, "")
            .map_err(|refused| match refused {
                Refused::Missing(name) => Trouble::Missing {
                    reason: format!("`{name}` is not installed"),
                    help: "install Rust with rustup, so that `cargo` is on the path".to_owned(),
                },
                Refused::Io(..) => refused.into(),
            })
    };
    // Whoever built this tool has most of the crates on disk already; the network is asked only if not.
    let mut finished = cargo(&["--offline"])?;
    if !finished.well && finished.stderr.contains("offline") {
        finished = cargo(&[])?;
    }
    let messages = finished
        .stdout
        .lines()
        .filter_map(|line| serde_json::from_str::<Value>(line).ok());
    let executable = messages
        .filter_map(|it| it.get("executable")?.as_str().map(PathBuf::from))
        .next_back();
    match executable {
        Some(program) if finished.well => {
            stamp.write(&key, &program.to_string_lossy())?;
            Ok(Ok(program))
        }
        _ => Ok(Err(finished)),
    }
}

/// Which models the compiler's errors are about: the text after each `-->` names the file.
fn faults(stderr: &str, located: &BTreeMap<usize, Located>) -> BTreeMap<usize, String> {
    let mut faults = BTreeMap::new();
    let mut message = String::new();
    let mut seen = BTreeSet::new();
    for line in stderr.lines() {
        if line.starts_with("error") {
            line.clone_into(&mut message);
        } else if line.starts_with("warning") {
            message.clear();
        }
        let Some((_, place)) = line.split_once("--> ") else {
            continue;
        };
        let file = place.split(':').next().unwrap_or_default();
        let owner = located
            .iter()
            .find(|(_, located)| located.files.iter().any(|it| it == file));
        if let Some((index, _)) = owner
            && !message.is_empty()
            && seen.insert(*index)
        {
            faults.insert(*index, format!("{message} ({place})"));
        }
    }
    faults
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn errors_are_laid_at_their_module() {
        let located = |file: &str| Located {
            module: Vec::new(),
            root: String::new(),
            files: vec![file.to_owned()],
            program: None,
        };
        let located = [(3, located("src/a/v1_0.rs")), (4, located("src/b/v1_0.rs"))].into();
        let stderr = "warning: unused\n --> src/a/v1_0.rs:1:1\nerror[E0425]: cannot find value `x`\n --> src/b/v1_0.rs:7:5\n";
        let reason = "error[E0425]: cannot find value `x` (src/b/v1_0.rs:7:5)".to_owned();
        assert_eq!(faults(stderr, &located), [(4, reason)].into());
    }
}
