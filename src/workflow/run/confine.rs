//! What the kernel holds a program to: folders it may write below, ports it may connect to.
//!
//! Linux does it with Landlock, which restricts a thread and all that it starts: the program is started by a thread
//! that restricted itself and then ends. Where the kernel cannot, the step's log says so.

use std::path::PathBuf;

use tokio::process::{Child, Command};

/// What a program is held to.
#[derive(Clone, Debug, Default)]
pub struct Limits {
    /// The paths below which it may write; `None`: anywhere.
    pub write: Option<Vec<PathBuf>>,
    /// The ports it may connect to by TCP; `None`: any.
    pub connect: Option<Vec<u16>>,
    /// Whether it must not run where the kernel cannot hold it to all of this.
    pub enforced: bool,
}

impl Limits {
    /// Whether it is held to nothing.
    pub fn are_none(&self) -> bool {
        self.write.is_none() && self.connect.is_none()
    }
}

/// A program started under limits.
#[derive(Debug)]
pub struct Confined {
    /// The program, or why it did not start.
    pub spawned: std::io::Result<Child>,
    /// What is to be said of limits that do not hold.
    pub said: Vec<String>,
}

/// Starts a command under limits.
#[cfg(target_os = "linux")]
pub async fn confined(mut command: Command, limits: &Limits) -> Result<Confined, String> {
    let limits = limits.clone();
    let runtime = tokio::runtime::Handle::current();
    let (sender, receiver) = tokio::sync::oneshot::channel();
    let started = std::thread::Builder::new().spawn(move || {
        let _entered = runtime.enter();
        let done = restrict(&limits).map(|said| Confined {
            spawned: command.spawn(),
            said,
        });
        // The step may have been dropped meanwhile; then so is the program.
        let _ = sender.send(done);
    });
    started.map_err(|error| format!("cannot start a thread: {error}"))?;
    receiver
        .await
        .unwrap_or_else(|_| Err("the thread that starts programs ended early".to_owned()))
}

/// Restricts this thread; what does not hold.
#[cfg(target_os = "linux")]
fn restrict(limits: &Limits) -> Result<Vec<String>, String> {
    use landlock::{
        ABI, AccessFs, AccessNet, NetPort, Ruleset, RulesetAttr as _, RulesetCreatedAttr as _,
        RulesetStatus, path_beneath_rules,
    };
    let words = |error: landlock::RulesetError| format!("cannot restrict the program: {error}");
    let writes = AccessFs::from_write(ABI::V5);
    let mut said = Vec::new();
    let mut missed = |status: RulesetStatus, what: &str| {
        let degree = match status {
            RulesetStatus::FullyEnforced => return Ok(()),
            RulesetStatus::PartiallyEnforced => "only in part",
            RulesetStatus::NotEnforced => "not",
        };
        let line = format!("{what} could {degree} be enforced: this kernel cannot");
        if limits.enforced {
            return Err(line);
        }
        said.push(line);
        Ok(())
    };
    // One after the other, so that a kernel that knows files but no ports holds it to files.
    if let Some(paths) = &limits.write {
        let devices = ["/dev/null", "/dev/zero", "/dev/tty", "/dev/shm"].map(PathBuf::from);
        let paths = paths.iter().chain(&devices);
        let ruleset = Ruleset::default().handle_access(writes).map_err(words)?;
        let ruleset = ruleset.create().map_err(words)?;
        let ruleset = ruleset
            .add_rules(path_beneath_rules(paths, writes))
            .map_err(words)?;
        let status = ruleset.restrict_self().map_err(words)?;
        missed(status.ruleset, "writable paths")?;
    }
    if let Some(ports) = &limits.connect {
        let ruleset = Ruleset::default();
        let ruleset = ruleset
            .handle_access(AccessNet::ConnectTcp)
            .map_err(words)?;
        let mut ruleset = ruleset.create().map_err(words)?;
        for port in ports {
            let rule = NetPort::new(*port, AccessNet::ConnectTcp);
            ruleset = ruleset.add_rule(rule).map_err(words)?;
        }
        let status = ruleset.restrict_self().map_err(words)?;
        missed(status.ruleset, "TCP access")?;
    }
    Ok(said)
}

/// Starts a command under limits, which this system cannot enforce.
#[cfg(not(target_os = "linux"))]
#[expect(clippy::unused_async, reason = "as on Linux")]
pub async fn confined(mut command: Command, limits: &Limits) -> Result<Confined, String> {
    let line = "writable paths and TCP access could not be enforced: this system has no Landlock";
    if limits.enforced {
        return Err(line.to_owned());
    }
    Ok(Confined {
        spawned: command.spawn(),
        said: vec![line.to_owned()],
    })
}
