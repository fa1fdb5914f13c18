//! What every command over workflows shares: where they are, what is known of their runs, and how an engine is made.

use std::collections::BTreeMap;
use std::sync::Arc;

use clap::Args;

use super::session::Session;
use super::{Failure, Screen};
use crate::diagnostic::{Diagnostics, Severity};
use crate::pipeline;
use crate::workflow::cache::{Local, Seal};
use crate::workflow::check::{self, Library};
use crate::workflow::engine::Engine;
use crate::workflow::library::library;
use crate::workflow::outcome::Outcome;
use crate::workflow::plan::NotThere;
use crate::workflow::read::File;
use crate::workflow::run::strategy::Strategy;
use crate::workflow::run::watch::Watch;
use crate::workflow::run::{Options, Stores};
use crate::workflow::runs::Runs;
use crate::workflow::steps::{Action, Kind, call};
use crate::workflow::toolchain::Toolchain;

/// How the steps of a run are done.
#[derive(Clone, Debug, Args)]
pub(super) struct Going {
    /// So many steps at once [default: one for each processor]
    #[arg(long, short, value_name = "COUNT")]
    jobs: Option<usize>,
    /// Which ready step begins first where workers are short
    #[arg(long, value_enum, default_value_t = Strategy::Fifo, value_name = "NAME")]
    strategy: Strategy,
    /// Do every step anew; results are kept for the next run all the same
    #[arg(long)]
    fresh: bool,
    /// Begin nothing more once a step failed
    #[arg(long)]
    fail_fast: bool,
    /// Wait until each transition is on the disk, so that a run can be resumed after a power cut too
    #[arg(long)]
    durable: bool,
    /// The time between asking programs to end and ending them
    #[arg(long, value_name = "LENGTH", default_value = "5s", value_parser = humantime::parse_duration)]
    grace: std::time::Duration,
}

impl Going {
    pub(super) fn options(&self) -> Options {
        let default = Options::default();
        Options {
            workers: self.jobs.unwrap_or(default.workers).max(1),
            strategy: self.strategy,
            durable: self.durable,
            grace: self.grace,
            fail_fast: self.fail_fast,
            reuse: !self.fresh,
        }
    }
}

/// The workflows of a session's workspace, and what is wrong with them.
pub(super) fn workflows(session: &mut Session) -> (Library, Diagnostics) {
    let folder = session.workspace.folder.join("workflows");
    let shown = session.show();
    let mut found = Diagnostics::default();
    let library = library(&folder, &shown, &mut session.sources, &mut found);
    (library, found)
}

/// The workflow of that name, looked at with all that it calls; what is wrong goes into the session's report. Circles
/// are found where its graph is made.
pub(super) fn checked(
    session: &mut Session,
    library: &Library,
    unread: &Diagnostics,
    name: &str,
) -> Option<Arc<File>> {
    let Some(file) = library.get(name) else {
        session.report.diagnostics.extend(unread.clone());
        return None;
    };
    let mut names = vec![name.to_owned()];
    let mut at = 0;
    while let Some(callee) = names.get(at).cloned() {
        at += 1;
        let Some(file) = library.get(&callee) else {
            continue;
        };
        let mut found = Diagnostics::default();
        check::look(file, library, &mut found);
        let errors = found
            .into_iter()
            .filter(|it| it.severity == Severity::Error);
        session.report.diagnostics.extend(errors);
        let calls = file.steps().into_iter().filter_map(|located| {
            let action = Action::of(located.step).ok()?;
            (action.kind == Kind::Workflow)
                .then(|| call::callee(&action.arguments))
                .flatten()
        });
        for callee in calls {
            if !names.contains(&callee) {
                names.push(callee);
            }
        }
    }
    pipeline::regrade(&session.workspace, &mut session.report);
    (!session.report.diagnostics.has_errors()).then(|| Arc::clone(file))
}

/// The runs of a session's workspace.
pub(super) fn runs(session: &Session) -> Runs {
    Runs::new(session.work().join("runs"))
}

/// Where results are kept.
pub(super) fn local(session: &Session, ambient: &BTreeMap<String, String>) -> Local {
    let seal = Seal::new(ambient.get("CONTRACTS_CACHE_KEY").map(String::as_str));
    Local::new(session.work().join("cache"), seal)
}

/// The stores of a session's workspace; a remote one that cannot be opened is said and left out.
#[cfg_attr(not(feature = "remote"), expect(unused_variables))]
fn stores(session: &Session, ambient: &BTreeMap<String, String>, screen: &mut Screen) -> Stores {
    let local = local(session, ambient);
    #[cfg(feature = "remote")]
    {
        let address = ambient.get("CONTRACTS_CACHE_REMOTE").or(session
            .workspace
            .config
            .cache
            .remote
            .as_ref());
        let opened = address.map(|address| {
            let address =
                address.replace("{workspace}", &session.workspace.folder.to_string_lossy());
            crate::workflow::cache::Remote::open(&address, ambient.clone())
        });
        let remote = match opened.transpose() {
            Ok(remote) => remote,
            Err(error) => {
                screen.remark(&format!("warning: results are kept here only: {error}\n"));
                None
            }
        };
        Stores { local, remote }
    }
    #[cfg(not(feature = "remote"))]
    Stores { local }
}

/// The process's environment.
pub(super) fn ambient() -> Arc<BTreeMap<String, String>> {
    let all = std::env::vars_os();
    let texts =
        all.filter_map(|(name, value)| Some((name.into_string().ok()?, value.into_string().ok()?)));
    Arc::new(texts.collect())
}

/// Milliseconds since 1970.
#[expect(
    clippy::disallowed_methods,
    reason = "the command line reads the clock"
)]
pub(super) fn now() -> u64 {
    let since = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH);
    since.map_or(0, |it| u64::try_from(it.as_millis()).unwrap_or(u64::MAX))
}

/// An engine over a session's workspace; the session's texts and report are the toolchain's until [`give_back`].
pub(super) fn engine(
    session: &mut Session,
    options: Options,
    watch: Arc<dyn Watch>,
    mocks: BTreeMap<String, Outcome>,
    screen: &mut Screen,
) -> Engine {
    let ambient = ambient();
    let stores = mocks
        .is_empty()
        .then(|| Arc::new(stores(session, &ambient, screen)));
    let project = session.project().to_owned();
    let shown = session.show();
    let places = (session.here().to_owned(), project.clone(), session.work());
    let toolchain = Toolchain::new(
        session.workspace.clone(),
        std::mem::take(&mut session.sources),
        std::mem::take(&mut session.report),
        places,
        Arc::new(shown),
        ambient.get("PATH").cloned().unwrap_or_default(),
    );
    Engine {
        runs: runs(session),
        project,
        ambient,
        toolchain: Some(Arc::new(toolchain)),
        stores,
        watch,
        digests: Arc::default(),
        options,
        mocks,
    }
}

/// Takes texts and report back; `false` where a pass that was left behind still has them.
pub(super) fn give_back(session: &mut Session, engine: Engine) -> bool {
    let toolchain = engine.toolchain.and_then(Arc::into_inner);
    let Some(toolchain) = toolchain else {
        return false;
    };
    let (_, sources, report) = toolchain.into_parts();
    session.sources = sources;
    session.report = report;
    true
}

/// Something that a workflow does not have, as a failure of the command.
pub(super) fn missing(not_there: NotThere) -> Failure {
    Failure::Said {
        message: not_there.message,
        help: not_there.help,
    }
}

/// A failure in a phrase.
pub(super) fn said(error: impl std::fmt::Display, help: Option<&str>) -> Failure {
    Failure::Said {
        message: error.to_string(),
        help: help.map(ToOwned::to_owned),
    }
}
