//! The door through which programs are started: a command and its input in; what it printed out.
//!
//! Nothing runs without a limit of time. Knows no language.

use std::io::{Read, Write as _};
use std::path::Path;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::time::{Duration, Instant};

/// A program to run.
#[derive(Clone, Debug)]
pub(super) struct Program {
    pub(super) name: String,
    pub(super) arguments: Vec<String>,
    pub(super) environment: Vec<(&'static str, String)>,
    pub(super) patience: Duration,
}

/// What became of it.
#[derive(Clone, Debug, Default)]
pub(super) struct Finished {
    /// Whether it ended by itself and well.
    pub(super) well: bool,
    /// How it ended, in words.
    pub(super) how: String,
    pub(super) stdout: String,
    pub(super) stderr: String,
}

/// Why it did not even start.
#[derive(Debug, thiserror::Error)]
pub(super) enum Refused {
    /// There is no such program.
    #[error("`{0}` is not installed")]
    Missing(String),
    /// The system's own word.
    #[error("cannot start `{0}`: {1}")]
    Io(String, std::io::Error),
}

impl Program {
    pub(super) fn new(name: impl Into<String>, patience: Duration) -> Self {
        let (arguments, environment) = (Vec::new(), Vec::new());
        Self {
            name: name.into(),
            arguments,
            environment,
            patience,
        }
    }

    pub(super) fn args<T: Into<String>>(mut self, arguments: impl IntoIterator<Item = T>) -> Self {
        self.arguments.extend(arguments.into_iter().map(Into::into));
        self
    }

    pub(super) fn env(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.environment.push((name, value.into()));
        self
    }

    /// Whether it starts at all and knows `--version`.
    pub(super) fn is_there(name: &str) -> bool {
        let program = Self::new(name, Duration::from_secs(30)).args(["--version"]);
        program
            .run(Path::new("."), "")
            .is_ok_and(|finished| finished.well)
    }

    /// Runs it in `folder` with `input` until it ends or its time is up.
    pub(super) fn run(&self, folder: &Path, input: &str) -> Result<Finished, Refused> {
        let mut child = self.start(folder)?;
        let (stdin, stdout, stderr) =
            (child.stdin.take(), child.stdout.take(), child.stderr.take());
        let (finished, mut out) = std::thread::scope(|scope| {
            scope.spawn(move || {
                // A program that ends early does not read the rest; how it ended says more.
                stdin.map(|mut pipe| pipe.write_all(input.as_bytes()))
            });
            let stdout = scope.spawn(move || all_of(stdout));
            let stderr = scope.spawn(move || all_of(stderr));
            let finished = self.wait(&mut child);
            let text = |handle: std::thread::ScopedJoinHandle<'_, String>| {
                handle.join().unwrap_or_default()
            };
            (finished, (text(stdout), text(stderr)))
        });
        let (well, how) = finished.map_err(|error| Refused::Io(self.name.clone(), error))?;
        let (stdout, stderr) = std::mem::take(&mut out);
        Ok(Finished {
            well,
            how,
            stdout,
            stderr,
        })
    }

    #[expect(
        clippy::disallowed_methods,
        reason = "the door through which programs are started"
    )]
    fn start(&self, folder: &Path) -> Result<Child, Refused> {
        let environment = self
            .environment
            .iter()
            .map(|(name, value)| (*name, value.as_str()));
        let mut command = Command::new(&self.name);
        command
            .args(&self.arguments)
            .envs(environment)
            .current_dir(folder);
        command
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        command.spawn().map_err(|error| {
            if error.kind() == std::io::ErrorKind::NotFound {
                Refused::Missing(self.name.clone())
            } else {
                Refused::Io(self.name.clone(), error)
            }
        })
    }

    /// Waits; ends it when its time is up.
    fn wait(&self, child: &mut Child) -> std::io::Result<(bool, String)> {
        let begin = Instant::now();
        let mut pause = Duration::from_millis(1);
        loop {
            if let Some(status) = child.try_wait()? {
                return Ok((status.success(), words(status)));
            }
            if begin.elapsed() > self.patience {
                child.kill()?;
                child.wait()?;
                return Ok((false, format!("no end after {} s", self.patience.as_secs())));
            }
            std::thread::sleep(pause);
            pause = (pause * 2).min(Duration::from_millis(20));
        }
    }
}

fn all_of(pipe: Option<impl Read>) -> String {
    let mut bytes = Vec::new();
    // What was read before an error still says something.
    let _ = pipe.map(|mut pipe| pipe.read_to_end(&mut bytes));
    String::from_utf8_lossy(&bytes).into_owned()
}

fn words(status: ExitStatus) -> String {
    match status.code() {
        Some(code) => format!("exit code {code}"),
        None => status.to_string(),
    }
}

impl Finished {
    /// How it ended and the last lines it said, for a message.
    pub(super) fn last_words(&self) -> String {
        let lines: Vec<&str> = self
            .stderr
            .lines()
            .filter(|line| !line.trim().is_empty())
            .collect();
        let last = lines
            .get(lines.len().saturating_sub(12)..)
            .unwrap_or_default();
        if last.is_empty() {
            self.how.clone()
        } else {
            format!("{}: {}", self.how, last.join("\n"))
        }
    }
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    fn shell(script: &str, patience: Duration) -> Finished {
        let program = Program::new("sh", patience).args(["-c", script]);
        program
            .run(Path::new("."), "a line\n")
            .expect("there is a shell")
    }

    #[test]
    fn a_program_that_does_not_end_is_ended() {
        let begin = Instant::now();
        let finished = shell("echo begun; exec sleep 60", Duration::from_millis(300));
        assert_eq!(
            (finished.well, finished.stdout.as_str()),
            (false, "begun\n")
        );
        assert!(begin.elapsed() < Duration::from_secs(20));
    }

    #[test]
    fn a_program_says_how_it_ended() {
        let finished = shell("cat; echo why >&2; exit 3", Duration::from_secs(20));
        assert_eq!(
            (finished.well, finished.stdout.as_str()),
            (false, "a line\n")
        );
        assert_eq!(finished.last_words(), "exit code 3: why");
    }

    #[test]
    fn a_program_that_is_not_there_is_missing() {
        let program = Program::new("no-such-program", Duration::from_secs(1));
        assert!(matches!(
            program.run(Path::new("."), ""),
            Err(Refused::Missing(_))
        ));
    }
}
