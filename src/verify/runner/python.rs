//! Python: a virtual environment made once, then one process, a document a line.

use std::path::PathBuf;
use std::time::Duration;

use serde_json::{Value, json};

use super::converse::{Reply, Run, converse, lines};
use super::{Answer, Bench, Ran, Request, Stamp, Trouble, digest};
use crate::source::Sources;
use crate::target::Located;
use crate::verify::process::{Finished, Program, Refused};

/// So long may an installation take, and so long the program.
const INSTALL: Duration = Duration::from_secs(600);
const FIRST: Duration = Duration::from_secs(300);
const AGAIN: Duration = Duration::from_secs(30);

pub(super) fn run(
    bench: &Bench<'_>,
    located: &[Located],
    program: &str,
    requirements: &[String],
    requests: &[Request<'_>],
) -> Result<Ran, Trouble> {
    let own = bench.target.dependencies(bench.models);
    let requirements: Vec<String> = requirements.iter().cloned().chain(own).collect();
    let python = environment(bench, &requirements)?;
    let folder = bench.folder();
    bench.tree(bench.models)?.write(&folder)?;
    let open: Vec<Value> = requests
        .iter()
        .map(|request| {
            let located = located.get(request.model);
            let module = located.map(|it| it.module.join(".")).unwrap_or_default();
            let root = located.map(|it| it.root.as_str()).unwrap_or_default();
            json!({ "module": module, "type": root, "text": request.text })
        })
        .collect();
    let replies = converse(open.len(), |some, first| {
        let patience = if first { FIRST } else { AGAIN };
        let python = Program::new(python.to_string_lossy(), patience).args([program]);
        let finished = python
            .env("PYTHONUTF8", "1")
            .run(&folder, &lines(&open, some))?;
        Ok(Run {
            end: finished.last_words(),
            output: finished.stdout,
        })
    })?;
    let mut ran = Ran::default();
    for (request, reply) in requests.iter().zip(replies) {
        ran.answers.push(match reply {
            Reply::Answered(answer) => answer,
            Reply::Broken(reason) => {
                ran.broken.insert(request.model, reason);
                Answer::NotTried
            }
        });
    }
    Ok(ran)
}

/// The interpreter of an environment with the requirements, made if it is not there.
fn environment(bench: &Bench<'_>, requirements: &[String]) -> Result<PathBuf, Trouble> {
    let folder = bench.build_folder("venv");
    let python = folder.join(if cfg!(windows) {
        "Scripts/python.exe"
    } else {
        "bin/python"
    });
    let stamp = Stamp::new(bench.work, format!("{}-venv", bench.target.name));
    let key = digest(requirements.iter().map(String::as_str));
    if stamp.read(&key).is_some() && Sources::is_file(&python) {
        return Ok(python);
    }
    let (home, interpreter) = (folder.to_string_lossy(), python.to_string_lossy());
    let run = |name: &str, arguments: &[&str]| -> Result<Finished, Refused> {
        let program = Program::new(name, INSTALL).args(arguments.iter().copied());
        program.run(bench.work, "")
    };
    let needed: Vec<&str> = requirements.iter().map(String::as_str).collect();
    let steps: [Vec<&str>; 2] = if Program::is_there("uv") {
        let install = ["uv", "pip", "install", "--quiet", "--python", &interpreter];
        [
            vec!["uv", "venv", "--quiet", "--clear", &home],
            [install.as_slice(), &needed].concat(),
        ]
    } else {
        let name = ["python3", "python"]
            .into_iter()
            .find(|name| Program::is_there(name));
        let Some(name) = name else {
            return Err(missing("neither `uv` nor `python3` is installed"));
        };
        let install = [&*interpreter, "-m", "pip", "install", "--quiet"];
        [
            vec![name, "-m", "venv", "--clear", &home],
            [install.as_slice(), &needed].concat(),
        ]
    };
    for step in &steps {
        let Some((name, arguments)) = step.split_first() else {
            continue;
        };
        let finished = run(name, arguments)?;
        if !finished.well {
            return Err(missing(&format!(
                "`{}` failed, {}",
                step.join(" "),
                finished.last_words()
            )));
        }
    }
    stamp.write(&key, &requirements.join("\n"))?;
    Ok(python)
}

fn missing(reason: &str) -> Trouble {
    Trouble::Missing {
        reason: reason.to_owned(),
        help:
            "install Python 3.10 or later with venv, or uv, and let it reach its package index once"
                .to_owned(),
    }
}
