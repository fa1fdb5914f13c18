//! Texts of MQL4 and commands in, the answers that are wrong out: the front end, a compiler and the
//! program it makes, in a folder of their own.

use std::collections::BTreeMap;
use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use contracts::mql4;
use serde_json::Value;
use tempfile::TempDir;

use super::seams::CHOICE;

const ENTRY: &str = "Scripts/Runtime.mq4";
/// A compiler, and a folder to work in.
pub(crate) struct Bench {
    compiler: &'static str,
    flags: &'static [&'static str],
    folder: TempDir,
    builds: AtomicUsize,
}

/// A program that answers commands.
pub(crate) struct Program(PathBuf);

impl Bench {
    /// `None`, and a line that says so, without a C++ compiler.
    pub(crate) fn set_up(flags: &'static [&'static str]) -> Option<Self> {
        let runs = |name: &&str| Command::new(name).arg("--version").output().is_ok();
        let Some(compiler) = ["g++", "clang++"].into_iter().find(runs) else {
            // the test harness would keep `eprintln!` to itself
            let _ = writeln!(
                std::io::stderr(),
                "skipped: neither g++ nor clang++ is installed"
            );
            return None;
        };
        let folder = tempfile::tempdir().expect("a temporary folder can be made");
        Some(Self {
            compiler,
            flags,
            folder,
            builds: AtomicUsize::new(0),
        })
    }

    /// Compiles a C++ unit of the front end.
    pub(crate) fn program(&self, unit: &str) -> Result<Program, String> {
        let program = self.fresh("program");
        let source = program.with_extension("cpp");
        fs::write(&source, unit).expect("the unit can be written");
        let result = Command::new(self.compiler)
            .args(["-std=c++17", "-fsigned-char", "-I"])
            .arg(root().join("generators/mql4/runner"))
            .args(self.flags)
            .args([&source, Path::new("-o"), &program])
            .output()
            .map_err(|error| error.to_string())?;
        if result.status.success() {
            return Ok(Program(program));
        }
        Err(format!(
            "the compiler refuses it:\n{}",
            String::from_utf8_lossy(&result.stderr)
        ))
    }

    /// What the program answers other than the commands expect, one line each; `mutant` is the
    /// number of the fault it is to have.
    pub(crate) fn wrong_answers(
        &self,
        program: &Program,
        mutant: Option<usize>,
        commands: &[Value],
    ) -> Vec<String> {
        let folder = self.fresh("files");
        fs::create_dir_all(folder.join("contracts")).expect("a folder can be made");
        let lines: Vec<String> = commands
            .iter()
            .map(|command| format!("{command}\n"))
            .collect();
        fs::write(folder.join("contracts/in.jsonl"), lines.concat())
            .expect("the commands can be written");
        let mut start = Command::new(&program.0);
        start.env("MQL4_FILES", &folder).stderr(Stdio::null());
        if let Some(number) = mutant {
            start.env(CHOICE, number.to_string());
        }
        let patience = Duration::from_secs(if mutant.is_some() { 3 } else { 120 });
        if !ends_well(
            &mut start.spawn().expect("a program just compiled starts"),
            patience,
        ) {
            return vec!["the program fails, or does not end".to_owned()];
        }
        let answers = fs::read_to_string(folder.join("contracts/out.jsonl")).unwrap_or_default();
        let count = answers.lines().count();
        if count != commands.len() {
            return vec![format!("{count} answers to {} commands", commands.len())];
        }
        commands
            .iter()
            .zip(answers.lines())
            .filter_map(|(command, line)| wrong(command, line))
            .collect()
    }

    fn fresh(&self, extension: &str) -> PathBuf {
        let number = self.builds.fetch_add(1, Ordering::Relaxed);
        self.folder.path().join(format!("{number}.{extension}"))
    }
}

/// The C++ unit of these files.
pub(crate) fn translated(files: &BTreeMap<String, String>) -> Result<String, String> {
    mql4::translate(files, ENTRY).map_err(|faults| format!("the front end refuses it: {faults:#?}"))
}

/// Some mutants never end.
fn ends_well(child: &mut Child, patience: Duration) -> bool {
    let begin = Instant::now();
    loop {
        if let Some(status) = child.try_wait().expect("our own child can be waited for") {
            return status.success();
        }
        if begin.elapsed() > patience {
            child.kill().expect("our own child can be ended");
            child.wait().expect("our own child can be waited for");
            return false;
        }
        std::thread::sleep(Duration::from_millis(5));
    }
}

fn wrong(command: &Value, line: &str) -> Option<String> {
    let answer: Value = serde_json::from_str(line).unwrap_or_default();
    let right = ["answer", "error"]
        .iter()
        .all(|key| command.get(key) == answer.get(key));
    (!right).then(|| format!("{command}\n    but {line}"))
}

/// The runtime and the script that asks it, as the front end takes them.
pub(crate) fn runtime_files() -> BTreeMap<String, String> {
    let read = |path: &Path| fs::read_to_string(path).expect("a file of the runtime can be read");
    let folder = root().join("generators/mql4/runtime/Include/Contracts");
    let entries = fs::read_dir(folder).expect("the runtime has a folder");
    let mut files: BTreeMap<String, String> = entries
        .map(|entry| {
            let entry = entry.expect("the runtime's folder can be listed");
            (
                format!("Include/Contracts/{}", entry.file_name().to_string_lossy()),
                read(&entry.path()),
            )
        })
        .collect();
    let tests = root().join("tests/mql4_runtime");
    files.insert(ENTRY.to_owned(), read(&tests.join("Runtime.mq4")));
    files.insert(
        "Include/ContractsTest/Walk.mqh".to_owned(),
        read(&tests.join("Walk.mqh")),
    );
    files
}

/// The commands of `vectors.jsonl`.
pub(crate) fn vectors() -> Vec<Value> {
    let lines = include_str!("vectors.jsonl").lines();
    lines
        .map(|line| serde_json::from_str(line).expect("a line of vectors.jsonl is JSON"))
        .collect()
}

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}
