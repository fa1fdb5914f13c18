//! Texts of MQL4 and commands in, the answers that are wrong out: the front end, a compiler and the
//! program it makes, in a folder of their own.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use contracts::mql4;
use serde_json::Value;
use tempfile::TempDir;

const ENTRY: &str = "Scripts/Runtime.mq4";
/// A mutant may run for ever; the runtime itself needs far less than a second.
const PATIENCE: Duration = Duration::from_secs(20);

/// A compiler that has read `mql4.hpp` once.
pub(crate) struct Bench {
    compiler: &'static str,
    flags: Vec<String>,
    folder: TempDir,
    builds: AtomicUsize,
}

impl Bench {
    /// `None`, and a line that says so, without a C++ compiler.
    pub(crate) fn set_up(flags: &[&str]) -> Option<Self> {
        let runs = |name: &&str| Command::new(name).arg("--version").output().is_ok();
        let Some(compiler) = ["g++", "clang++"].into_iter().find(runs) else {
            eprintln!("skipped: neither g++ nor clang++ is installed");
            return None;
        };
        let folder = tempfile::tempdir().expect("a temporary folder can be made");
        let header = folder.path().join("mql4.hpp");
        fs::copy(root().join("generators/mql4/runner/mql4.hpp"), &header)
            .expect("the header can be copied");
        let mut all: Vec<String> = ["-std=c++17", "-fsigned-char"].map(str::to_owned).to_vec();
        all.extend(flags.iter().map(|&flag| flag.to_owned()));
        let bench = Self {
            compiler,
            flags: all,
            folder,
            builds: AtomicUsize::new(0),
        };
        let precompiled = bench.folder.path().join("mql4.hpp.gch");
        bench
            .compile(&["-x", "c++-header"], &header, &precompiled)
            .expect("the header compiles");
        Some(bench)
    }

    /// What the program of these files answers other than the commands expect, one line each.
    pub(crate) fn wrong_answers(
        &self,
        files: &BTreeMap<String, String>,
        commands: &[Value],
    ) -> Result<Vec<String>, String> {
        let unit = mql4::translate(files, ENTRY).map_err(|faults| format!("{faults:#?}"))?;
        let number = self.builds.fetch_add(1, Ordering::Relaxed);
        let folder = self.folder.path().join(number.to_string());
        fs::create_dir_all(folder.join("contracts")).expect("a folder can be made");
        let (source, program) = (folder.join("unit.cpp"), folder.join("unit"));
        fs::write(&source, unit).expect("the unit can be written");
        // clang++ uses a precompiled header only where it is included so
        let home = self.folder.path().to_string_lossy();
        self.compile(&["-I", &home, "-include", "mql4.hpp"], &source, &program)?;
        let answers = run(&program, &folder, commands);
        fs::remove_dir_all(&folder).expect("the folder can be removed");
        if answers.len() != commands.len() {
            return Ok(vec![format!(
                "{} answers to {} commands",
                answers.len(),
                commands.len()
            )]);
        }
        Ok(commands
            .iter()
            .zip(&answers)
            .filter_map(|(command, line)| wrong(command, line))
            .collect())
    }

    fn compile(&self, how: &[&str], source: &Path, output: &Path) -> Result<(), String> {
        let result = Command::new(self.compiler)
            .args(&self.flags)
            .args(how)
            .args([source, Path::new("-o"), output])
            .output()
            .map_err(|error| error.to_string())?;
        if result.status.success() {
            return Ok(());
        }
        Err(format!(
            "the compiler refuses it:\n{}",
            String::from_utf8_lossy(&result.stderr)
        ))
    }
}

/// The lines a program answered before it ended, or was made to.
fn run(program: &Path, folder: &Path, commands: &[Value]) -> Vec<String> {
    let lines: String = commands
        .iter()
        .map(|command| format!("{command}\n"))
        .collect();
    fs::write(folder.join("contracts/in.jsonl"), lines).expect("the commands can be written");
    let child = Command::new(program)
        .env("MQL4_FILES", folder)
        .stderr(Stdio::null())
        .spawn();
    if !ends_well(&mut child.expect("a program just compiled starts")) {
        return Vec::new();
    }
    let answers = fs::read_to_string(folder.join("contracts/out.jsonl")).unwrap_or_default();
    answers.lines().map(str::to_owned).collect()
}

fn ends_well(child: &mut Child) -> bool {
    let begin = Instant::now();
    loop {
        if let Some(status) = child.try_wait().expect("our own child can be waited for") {
            return status.success();
        }
        if begin.elapsed() > PATIENCE {
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
