//! Runs begun, resumed and replayed: the engine driven, signals heard, and what came of it told.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::is_quiet;
use crate::cli::flow::{self, said};
use crate::cli::session::Session;
use crate::cli::tail::Tail;
use crate::cli::{Common, Failure, Screen};
use crate::diagnostic::Diagnostics;
use crate::workflow::engine::{Engine, Ready};
use crate::workflow::library::frozen;
use crate::workflow::outcome::{Ended, Outcome};
use crate::workflow::plan::{self, Frozen, Plan, Selection};
use crate::workflow::run::cancel::{Canceller, cancel};
use crate::workflow::run::watch::{Event, Watch as _};
use crate::workflow::run::{Finished, Options};
use crate::workflow::runs::{self, RunError};

/// Begins a run of a plan.
pub(super) fn begin(
    mut session: Session,
    plan: &Plan,
    options: &Options,
    common: &Common,
    screen: &mut Screen,
) -> Result<u8, Failure> {
    let (engine, tail) = made(&mut session, options, common, screen);
    let at = flow::now();
    let partial = plan.selected.contains(&false);
    let earlier = if partial {
        engine.runs.earlier(&plan.frozen.workflow)
    } else {
        BTreeMap::new()
    };
    let run = runs::name(at);
    let ready = engine.begin(plan, &run, &earlier, at).map_err(failed)?;
    drive(session, engine, plan, ready, &tail, screen)
}

/// Goes on with a run.
pub(super) fn resume(
    mut session: Session,
    name: Option<&str>,
    options: &Options,
    common: &Common,
    screen: &mut Screen,
) -> Result<u8, Failure> {
    let all = flow::runs(&session);
    let run = match name {
        Some(name) => all.meant(Some(name)).map_err(failed)?,
        None => all.unfinished().ok_or_else(|| {
            let help = "`contracts status` lists the runs; `--resume RUN` names one";
            said("no run was broken off or failed", Some(help))
        })?,
    };
    let at = flow::now();
    let (journal, kept, told) = all.resume(&run, at).map_err(failed)?;
    if told.torn {
        screen.remark("the last record of the journal was cut off, and is left out\n");
    }
    runs::end_orphans(&run);
    let Some(plan) = again(&mut session, kept) else {
        return session.close(screen);
    };
    let plan = plan?;
    let (engine, tail) = made(&mut session, options, common, screen);
    let ready = engine.go_on(&plan, journal, &told, at);
    drive(session, engine, &plan, ready, &tail, screen)
}

/// Does a run's plan again from a step on.
pub(super) fn replay(
    mut session: Session,
    name: Option<&str>,
    from: String,
    options: &Options,
    common: &Common,
    screen: &mut Screen,
) -> Result<u8, Failure> {
    let all = flow::runs(&session);
    let before = all.meant(name).map_err(failed)?;
    let told = all.tell(&before).map_err(failed)?;
    let mut kept = all.plan(&before, &told).map_err(failed)?;
    kept.selection = Selection {
        from: Some(from),
        ..Selection::default()
    };
    let Some(plan) = again(&mut session, kept) else {
        return session.close(screen);
    };
    let plan = plan?;
    let options = &Options {
        reuse: false,
        ..options.clone()
    };
    let (engine, tail) = made(&mut session, options, common, screen);
    let at = flow::now();
    let run = runs::name(at);
    let ready = engine
        .begin(&plan, &run, &told.outcomes.into_iter().collect(), at)
        .map_err(failed)?;
    drive(session, engine, &plan, ready, &tail, screen)
}

/// The very plan that was frozen.
fn again(session: &mut Session, kept: Frozen) -> Option<Result<Plan, Failure>> {
    let mut found = Diagnostics::default();
    let library = frozen(&kept.texts, &mut session.sources, &mut found);
    let file = library.get(&kept.workflow).cloned();
    let planned = file.and_then(|file| {
        plan::plan(
            &library,
            &file,
            kept.inputs,
            kept.selection,
            &session.sources,
            &mut found,
        )
    });
    session.report.diagnostics.extend(found);
    Some(planned?.map_err(flow::missing))
}

#[expect(clippy::needless_pass_by_value, reason = "it is the end of an error")]
fn failed(error: RunError) -> Failure {
    let help = match &error {
        RunError::None(_) => Some("`contracts status` lists the runs"),
        RunError::Journal(crate::workflow::journal::JournalError::Damaged { .. })
        | RunError::Plan(_) => {
            Some("begin a new one with `contracts run`: kept results are still used")
        }
        RunError::Journal(_) | RunError::Io { .. } => None,
    };
    said(&error, help)
}

fn made(
    session: &mut Session,
    options: &Options,
    common: &Common,
    screen: &mut Screen,
) -> (Engine, Arc<Tail>) {
    let ambient = flow::ambient();
    let github = ambient.get("GITHUB_ACTIONS").is_some_and(|it| it == "true");
    let tail = Arc::new(Tail::new(is_quiet(common), github));
    let watch = Arc::clone(&tail);
    let engine = flow::engine(session, options.clone(), watch, BTreeMap::new(), screen);
    (engine, tail)
}

/// Drives a run to its end, and tells what came of it.
fn drive(
    mut session: Session,
    engine: Engine,
    plan: &Plan,
    ready: Ready,
    tail: &Arc<Tail>,
    screen: &mut Screen,
) -> Result<u8, Failure> {
    let shown = plan.graph.nodes.iter().zip(&plan.selected);
    let steps = shown.filter(|(node, on)| node.is_shown() && **on).count();
    tail.tell(&Event::Begun {
        run: ready.run(),
        steps,
    });
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()
        .map_err(|error| said(format!("cannot start the engine: {error}"), None))?;
    let engine = Arc::new(engine);
    let driven = Arc::clone(&engine);
    // Beside its steps' jobs, not apart from them: each of those is begun without waking another thread.
    let finished = runtime.block_on(async {
        let (canceller, cancel) = cancel();
        tokio::spawn(signals(canceller));
        tokio::spawn(async move { driven.drive(ready, cancel).await }).await
    });
    // A pass that was left behind holds nothing up.
    runtime.shutdown_background();
    tail.clear();
    let broken = |error| said(format!("the engine stopped unexpectedly: {error}"), None);
    let finished = finished.map_err(broken)?;
    let finished = finished.map_err(|error| said(error, None))?;
    if let Some(stores) = &engine.stores {
        let limit = session.workspace.config.cache.limit;
        stores.local.shrink_sometimes(limit.0);
    }
    engine.runs.forget_old();
    let engine = Arc::into_inner(engine);
    if !engine.is_some_and(|engine| flow::give_back(&mut session, engine)) {
        return Ok(2);
    }
    let code = session.close(screen)?;
    Ok(match finished.ended {
        Ended::Success | Ended::Skipped => code,
        Ended::Failed => {
            screen.remark(&failures(plan, &finished));
            code.max(1)
        }
        Ended::Cancelled => {
            screen.remark("the run was cancelled; `contracts run --resume` goes on with it\n");
            2
        }
    })
}

/// What failed, and where to look.
fn failures(plan: &Plan, finished: &Finished) -> String {
    let nodes = plan.graph.nodes.iter().zip(&finished.outcomes);
    let failed: Vec<&str> = nodes
        .zip(&finished.excused)
        .filter(|(_, excused)| !**excused)
        .map(|(both, _)| both)
        .filter(|(node, outcome)| {
            node.is_shown() && outcome.as_ref().is_some_and(Outcome::is_failure)
        })
        .map(|(node, _)| node.id.as_str())
        .collect();
    match failed.as_slice() {
        [] => "the run failed: its outputs cannot be evaluated\n".to_owned(),
        names @ [first, ..] => {
            let plural = if names.len() == 1 { "" } else { "s" };
            let names = names.join("`, `");
            format!(
                "step{plural} failed: `{names}`; `contracts logs {first}` shows what it said, `contracts run --resume` tries again\n"
            )
        }
    }
}

/// Asks the run to end at each Ctrl-C or SIGTERM: gently at first, then by force.
async fn signals(canceller: Canceller) {
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        let Ok(mut terminate) = signal(SignalKind::terminate()) else {
            return;
        };
        loop {
            tokio::select! {
                pressed = tokio::signal::ctrl_c() => if pressed.is_err() { return },
                asked = terminate.recv() => if asked.is_none() { return },
            }
            canceller.ask();
        }
    }
    #[cfg(not(unix))]
    while tokio::signal::ctrl_c().await.is_ok() {
        canceller.ask();
    }
}
