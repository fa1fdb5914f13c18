//! MQL4: each version's script goes through the front end and a C++ compiler against the model of
//! MQL4; then one process a version, documents and answers in files, as in a terminal.

use std::path::{Path, PathBuf};
use std::time::Duration;

use rayon::prelude::*;
use serde_json::{Value, json};

use super::converse::{Reply, Run, converse, lines};
use super::{Answer, Bench, Ran, Request, Stamp, Trouble, digest};
use crate::mql4;
use crate::source::Sources;
use crate::target::Located;
use crate::tree::Tree;
use crate::verify::process::Program;

/// So long may a compiler take, and so long a program.
const BUILD: Duration = Duration::from_secs(600);
const FIRST: Duration = Duration::from_secs(60);
const AGAIN: Duration = Duration::from_secs(10);

/// The model of MQL4 among the target's files.
const MODEL: &str = "runner/mql4.hpp";
const FLAGS: [&str; 3] = ["-std=c++17", "-fsigned-char", "-O0"];
const SANITIZERS: [&str; 2] = ["-fsanitize=address,undefined", "-fno-sanitize-recover=all"];

pub(super) fn run(
    bench: &Bench<'_>,
    located: &[Located],
    requests: &[Request<'_>],
) -> Result<Ran, Trouble> {
    let tree = bench.tree(bench.models)?;
    let compiler = Compiler::find(bench)?;
    let entries: Vec<&str> = located
        .iter()
        .map(|located| located.program.as_deref().unwrap_or_default())
        .collect();
    let units = mql4::translate_all(tree.files(), &entries);
    let results: Vec<Result<Vec<Answer>, String>> = units
        .into_par_iter()
        .zip(located)
        .enumerate()
        .map(|(model, (unit, located))| {
            let texts = requests.iter().filter(|request| request.model == model);
            let texts: Vec<&str> = texts.map(|request| request.text).collect();
            let unit = unit.map_err(|faults| said(&faults))?;
            let program = compiler.program(unit)?;
            ask(bench, &program, &module_name(located), &texts)
                .map_err(|trouble| trouble.to_string())
        })
        .collect();
    let mut ran = Ran::default();
    let mut answers = Vec::new();
    for (model, result) in results.into_iter().enumerate() {
        match result {
            Ok(of_model) => answers.push(of_model.into_iter()),
            Err(reason) => {
                ran.broken.insert(model, reason);
                answers.push(Vec::new().into_iter());
            }
        }
    }
    for request in requests {
        let next = answers.get_mut(request.model).and_then(Iterator::next);
        ran.answers.push(next.unwrap_or(Answer::NotTried));
    }
    Ok(ran)
}

/// The answers of a version's program to its documents.
fn ask(
    bench: &Bench<'_>,
    program: &Path,
    module: &str,
    texts: &[&str],
) -> Result<Vec<Answer>, Trouble> {
    let name = program.file_name().unwrap_or_default().to_string_lossy();
    let home = bench.build_folder("run").join(&*name);
    let files = home.join("contracts");
    let question = |text: &&str| json!({ "module": module, "text": text });
    let open: Vec<Value> = texts.iter().map(question).collect();
    let replies = converse(open.len(), |some, first| {
        let mut input = Tree::default();
        input.insert("in.jsonl", lines(&open, some));
        input.insert("out.jsonl", "");
        input.write(&files)?;
        let patience = if first { FIRST } else { AGAIN };
        let program = Program::new(program.to_string_lossy(), patience);
        let program = program.env("MQL4_FILES", home.to_string_lossy());
        let finished = program.run(&home, "")?;
        Ok(Run {
            end: finished.last_words(),
            output: Sources::read(&files.join("out.jsonl")).unwrap_or_default(),
        })
    })?;
    Ok(replies.into_iter().map(Reply::answer).collect())
}

/// A C++ compiler that has read the model of MQL4.
struct Compiler {
    name: &'static str,
    flags: Vec<&'static str>,
    /// The folder of the model, and the digest of it and the flags.
    model: PathBuf,
    key: String,
    programs: PathBuf,
    work: PathBuf,
}

impl Compiler {
    fn find(bench: &Bench<'_>) -> Result<Self, Trouble> {
        let name = ["g++", "clang++"]
            .into_iter()
            .find(|name| Program::is_there(name));
        let Some(name) = name else {
            return Err(Trouble::Missing {
                reason: "neither `g++` nor `clang++` is installed".to_owned(),
                help: "install g++ or clang++ (on Debian and Ubuntu: apt install g++)".to_owned(),
            });
        };
        let Some(model) = bench.target.files.get(MODEL) else {
            return Err(Trouble::Failed(format!("the target has no `{MODEL}`")));
        };
        let mut flags = FLAGS.to_vec();
        if bench.sanitize {
            flags.extend(SANITIZERS);
        }
        let key = digest([name, model, &flags.join(" ")]);
        let folder = bench
            .build_folder("model")
            .join(key.get(..16).unwrap_or_default());
        let mut files = Tree::default();
        files.insert("mql4.hpp", model.clone());
        files.write(&folder)?;
        let compiler = Self {
            name,
            flags,
            model: folder,
            key,
            programs: bench.build_folder("programs"),
            work: bench.work.to_owned(),
        };
        compiler.read_model().map_err(Trouble::Failed)?;
        Ok(compiler)
    }

    /// Reads the model once for all units.
    fn read_model(&self) -> Result<(), String> {
        let output = self.model.join("mql4.hpp.gch");
        let stamp = Stamp::new(
            &self.work,
            format!("mql4-model-{}", self.key.get(..16).unwrap_or_default()),
        );
        if stamp.read(&self.key).is_some() && Sources::is_file(&output) {
            return Ok(());
        }
        self.compile(&["-x", "c++-header"], Path::new("mql4.hpp"), &output)?;
        stamp
            .write(&self.key, "")
            .map_err(|error| error.to_string())
    }

    /// The program of a unit, built if it is not there.
    fn program(&self, unit: String) -> Result<PathBuf, String> {
        let key = digest([self.key.as_str(), &unit]);
        let name = key.get(..24).unwrap_or_default();
        let folder = self.programs.join(name);
        let program = folder.join(name);
        let stamp = Stamp::new(&self.work, format!("mql4-{name}"));
        if stamp.read(&key).is_some() && Sources::is_file(&program) {
            return Ok(program);
        }
        let mut files = Tree::default();
        files.insert("unit.cpp", unit);
        files.write(&folder).map_err(|error| error.to_string())?;
        // clang++ uses what was read before only where it is included so.
        self.compile(
            &["-include", "mql4.hpp"],
            &folder.join("unit.cpp"),
            &program,
        )?;
        stamp.write(&key, "").map_err(|error| error.to_string())?;
        Ok(program)
    }

    fn compile(&self, how: &[&str], source: &Path, output: &Path) -> Result<(), String> {
        let (source, output) = (source.to_string_lossy(), output.to_string_lossy());
        let finished = Program::new(self.name, BUILD)
            .args(self.flags.iter().copied())
            .args(["-I", "."])
            .args(how.iter().copied())
            .args([&*source, "-o", &*output])
            .run(&self.model, "")
            .map_err(|refused| refused.to_string())?;
        if finished.well {
            Ok(())
        } else {
            Err(finished.last_words())
        }
    }
}

/// The first faults of the front end.
fn said(faults: &[mql4::Fault]) -> String {
    let line = |fault: &mql4::Fault| {
        format!(
            "{}:{}:{}: {}: {}",
            fault.path, fault.line, fault.column, fault.rule, fault.message
        )
    };
    let first: Vec<String> = faults.iter().take(5).map(line).collect();
    format!(
        "the front end finds {} faults:\n{}",
        faults.len(),
        first.join("\n")
    )
}

/// What the script calls a version: its contract and version.
fn module_name(located: &Located) -> String {
    let [.., contract, version] = &*located.module else {
        return String::new();
    };
    format!("{contract}{}", version.replacen('v', "V", 1))
}
