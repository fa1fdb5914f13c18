//! The door through which steps start programs: a command under a profile in; its lines, and how it ended, out.
//!
//! A program is the head of a process group of its own: it is asked to end (SIGTERM) and, after a time of grace,
//! made to (SIGKILL), with all that it started.

use std::collections::VecDeque;
use std::path::PathBuf;
use std::process::{ExitStatus, Stdio};
use std::time::Duration;

use tokio::io::{AsyncBufReadExt as _, AsyncWriteExt as _, BufReader};
use tokio::process::{Child, Command};

use super::cancel::{Cancel, Urgency};
use super::confine::{Confined, Limits, confined};
use super::log::Log;

/// The most of its last output that is kept in memory.
const TAIL: usize = 64 * 1024;

/// The longest line that is told at once.
const LINE: u64 = 64 * 1024;

/// How long its output is waited for after it has ended: something it started may hold the pipe.
const DRAIN: Duration = Duration::from_millis(500);

/// A program to run.
#[derive(Clone, Debug, Default)]
pub struct Program {
    /// What is started.
    pub name: String,
    /// Its arguments.
    pub arguments: Vec<String>,
    /// Its whole environment.
    pub env: Vec<(String, String)>,
    /// Its working folder.
    pub folder: PathBuf,
    /// What it reads.
    pub stdin: Option<String>,
    /// What the kernel holds it to.
    pub limits: Limits,
}

/// What became of it.
#[derive(Clone, Debug, Default)]
pub struct Finished {
    /// Its exit code; `None` where a signal ended it.
    pub code: Option<i32>,
    /// How it ended, in words.
    pub how: String,
    /// The last of what it wrote to standard output.
    pub stdout: String,
    /// Whether we ended it, because the run was cancelled.
    pub cancelled: bool,
}

/// Runs a program until it ends or the run is cancelled. The future may be dropped: the program is killed then.
pub async fn run(
    program: &Program,
    log: &Log,
    cancel: &mut Cancel,
    grace: Duration,
) -> Result<Finished, String> {
    let mut child = start(program, log).await?;
    let mut guard = Guard(child.id());
    let (stdout, stderr) = (child.stdout.take(), child.stderr.take());
    let (mut out, mut err) = (Lines::new(stdout), Lines::new(stderr));
    if let (Some(text), Some(mut pipe)) = (&program.stdin, child.stdin.take()) {
        let text = text.clone();
        // A program that ends early does not read the rest; how it ended says more.
        tokio::spawn(async move { pipe.write_all(text.as_bytes()).await });
    }
    let mut tail = Tail::default();
    let mut finished = Finished::default();
    let mut urgency = Urgency::None;
    let mut ended = None;
    let far = Duration::from_secs(3600 * 24 * 365);
    let alarm = tokio::time::sleep(far);
    tokio::pin!(alarm);
    while ended.is_none() || !(out.is_over() && err.is_over()) {
        tokio::select! {
            line = out.next(), if !out.is_over() => if let Some(line) = line {
                tail.push(&line);
                log.line(&line);
            },
            line = err.next(), if !err.is_over() => if let Some(line) = line {
                log.line(&line);
            },
            status = child.wait(), if ended.is_none() => {
                ended = Some(status.map_err(|error| format!("`{}`: {error}", program.name))?);
                alarm.as_mut().reset(tokio::time::Instant::now() + DRAIN);
            }
            asked = cancel.more_than(urgency), if ended.is_none() => {
                urgency = asked;
                finished.cancelled = true;
                let wait = match asked {
                    Urgency::None => far,
                    Urgency::Ask => { guard.signal(Signal::Term); grace }
                    Urgency::Force => { guard.signal(Signal::Kill); far }
                };
                alarm.as_mut().reset(tokio::time::Instant::now() + wait);
            }
            () = &mut alarm => {
                if ended.is_some() {
                    break;
                }
                urgency = Urgency::Force;
                guard.signal(Signal::Kill);
                alarm.as_mut().reset(tokio::time::Instant::now() + far);
            }
        }
    }
    // What it left running ends with it.
    if !(out.is_over() && err.is_over()) {
        guard.signal(Signal::Kill);
    }
    guard.0 = None;
    if let Some(status) = ended {
        finished.code = status.code();
        finished.how = words(status);
    }
    finished.stdout = tail.text();
    Ok(finished)
}

/// Starts it, confined where it is to be.
async fn start(program: &Program, log: &Log) -> Result<Child, String> {
    let mut command = Command::new(whole(program));
    #[cfg(unix)]
    command.arg0(&program.name);
    command
        .args(&program.arguments)
        .env_clear()
        .envs(program.env.iter().map(|(name, value)| (name, value)))
        .current_dir(&program.folder)
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .stdin(if program.stdin.is_some() {
            Stdio::piped()
        } else {
            Stdio::null()
        })
        .kill_on_drop(true);
    #[cfg(unix)]
    command.process_group(0);
    let spawned = if program.limits.are_none() {
        command.spawn()
    } else {
        let Confined { spawned, said } = confined(command, &program.limits).await?;
        for line in &said {
            log.line(line);
        }
        spawned
    };
    spawned.map_err(|error| {
        if error.kind() != std::io::ErrorKind::NotFound {
            format!("cannot start `{}`: {error}", program.name)
        } else if program.folder.metadata().is_ok_and(|it| it.is_dir()) {
            format!("`{}` is not installed", program.name)
        } else {
            format!("there is no folder `{}`", program.folder.display())
        }
    })
}

/// The program by its whole path, as its own `PATH` has it: the system starts that without copying this process first,
/// which a search in the new process would need. What is not found keeps its name.
#[cfg(unix)]
fn whole(program: &Program) -> PathBuf {
    use std::os::unix::fs::PermissionsExt as _;
    let name = PathBuf::from(&program.name);
    let path = program.env.iter().find(|(name, _)| name == "PATH");
    let Some((_, path)) = path.filter(|_| !program.name.contains('/')) else {
        return name;
    };
    let is_program = |path: &PathBuf| {
        path.metadata()
            .is_ok_and(|it| it.is_file() && it.permissions().mode() & 0o111 != 0)
    };
    let all = std::env::split_paths(path).map(|folder| program.folder.join(folder).join(&name));
    all.into_iter().find(is_program).unwrap_or(name)
}

#[cfg(not(unix))]
fn whole(program: &Program) -> PathBuf {
    PathBuf::from(&program.name)
}

#[derive(Clone, Copy)]
enum Signal {
    Term,
    Kill,
}

/// Ends the program's group when dropped before it ended.
struct Guard(Option<u32>);

impl Guard {
    #[cfg(unix)]
    fn signal(&self, signal: Signal) {
        use rustix::process::{Pid, Signal as Number, kill_process_group};
        let number = match signal {
            Signal::Term => Number::TERM,
            Signal::Kill => Number::KILL,
        };
        let group = self.0.and_then(|id| i32::try_from(id).ok());
        // It may have ended by itself.
        let _ = group
            .and_then(Pid::from_raw)
            .map(|group| kill_process_group(group, number));
    }

    #[cfg(not(unix))]
    #[expect(clippy::unused_self, reason = "as on unix")]
    fn signal(&self, _: Signal) {}
}

impl Drop for Guard {
    fn drop(&mut self) {
        if self.0.is_some() {
            self.signal(Signal::Kill);
        }
    }
}

/// Lines of a pipe, whatever bytes they hold.
struct Lines<T>(Option<BufReader<T>>, Vec<u8>);

impl<T: tokio::io::AsyncRead + Unpin> Lines<T> {
    fn new(pipe: Option<T>) -> Self {
        Self(pipe.map(BufReader::new), Vec::new())
    }

    fn is_over(&self) -> bool {
        self.0.is_none()
    }

    /// The next line; `None` at the end. What was read stays where this is dropped in between.
    async fn next(&mut self) -> Option<String> {
        use tokio::io::AsyncReadExt as _;
        let pipe = self.0.as_mut()?;
        let most = LINE.saturating_sub(self.1.len() as u64).max(1);
        let read = pipe.take(most).read_until(b'\n', &mut self.1).await;
        if self.1.is_empty() || read.is_err() {
            self.0 = None;
            if self.1.is_empty() {
                return None;
            }
        }
        let line = std::mem::take(&mut self.1);
        let text = String::from_utf8_lossy(&line);
        Some(text.trim_end_matches(['\n', '\r']).to_owned())
    }
}

/// The last of what was said.
#[derive(Default)]
struct Tail(VecDeque<String>, usize);

impl Tail {
    fn push(&mut self, line: &str) {
        self.1 += line.len() + 1;
        self.0.push_back(line.to_owned());
        while self.1 > TAIL {
            let Some(first) = self.0.pop_front() else {
                break;
            };
            self.1 -= first.len() + 1;
        }
    }

    fn text(&self) -> String {
        let lines: Vec<&str> = self.0.iter().map(String::as_str).collect();
        lines.join("\n")
    }
}

fn words(status: ExitStatus) -> String {
    match status.code() {
        Some(code) => format!("exit code {code}"),
        None => status.to_string(),
    }
}
