//! One step: a kept result taken over, or its work done, as often as it may be tried and no longer than it may take.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use minijinja::Value as Word;
use serde_json::{Map, Value};

use super::desk::{Desk, Done, Fault};
use super::log::Log;
use super::watch::Event;
use super::{Shared, decide, keep, meaning};
use crate::workflow::expression;
use crate::workflow::file::Retry;
use crate::workflow::files::{self, digest};
use crate::workflow::graph::{Node, NodeId};
use crate::workflow::journal::{JournalError, Record};
use crate::workflow::outcome::{Ended, Outcome};
use crate::workflow::profile::Profile;
use crate::workflow::steps::{Kind, agent, assert, pass, shell, template, webhook};
use crate::workflow::templated::Or;

/// A step that is to be done.
pub(super) struct Job {
    pub(super) id: NodeId,
    pub(super) words: Word,
    /// What became of what it needs.
    pub(super) before: Vec<(NodeId, Option<Outcome>)>,
    /// Attempts that were begun before the run was broken off.
    pub(super) attempts: u32,
}

/// Does a step; only a journal that cannot be written to ends the run.
pub(super) async fn perform(shared: &Arc<Shared>, job: Job) -> Result<Outcome, JournalError> {
    let began = shared.setting.clock.elapsed();
    let Some(node) = shared.setting.graph.nodes.get(job.id) else {
        return Ok(Outcome::failed("there is no such step"));
    };
    let mut outcome = done(shared, node, &job).await?;
    outcome.began = began;
    let now = shared.setting.clock.elapsed();
    outcome.took = now.saturating_sub(began);
    if let Some(deadline) = node.step.as_ref().and_then(|step| step.deadline) {
        let late = Duration::from_millis(now).saturating_sub(deadline.0);
        if !late.is_zero() {
            let late = humantime::format_duration(late);
            log(shared, node).line(&format!("ended {late} after its deadline of {deadline}"));
        }
    }
    if outcome.ended == Ended::Failed {
        outcome.tolerated = decide::tolerates(node, &job.words);
    }
    Ok(outcome)
}

/// The log of a step.
fn log(shared: &Shared, node: &Node) -> Log {
    let folder = shared.setting.folder.join("logs");
    let watch = Arc::clone(&shared.setting.watch);
    Log::new(&folder, &node.id, Arc::clone(&shared.masks), watch)
}

async fn done(shared: &Arc<Shared>, node: &Node, job: &Job) -> Result<Outcome, JournalError> {
    let setting = &shared.setting;
    if let Some(mock) = setting.mocks.get(&node.id) {
        return Ok(mock.clone());
    }
    let Some(action) = &node.action else {
        return Ok(Outcome::failed("it does nothing"));
    };
    let log = match action.kind {
        Kind::Assert => log(shared, node).in_memory(),
        Kind::Pass
        | Kind::Shell
        | Kind::Template
        | Kind::Webhook
        | Kind::Conditional
        | Kind::Workflow
        | Kind::Agent => log(shared, node),
    };
    // An assertion's texts are expressions already.
    let arguments = if action.kind == Kind::Assert {
        action.arguments.clone()
    } else {
        match fill(&action.arguments, &job.words) {
            Ok(arguments) => arguments,
            Err(why) => return Ok(Outcome::failed(why)),
        }
    };
    let depends = keep::parts(setting, node, &arguments, &job.words, &job.before);
    let stores = setting.stores.as_ref();
    if let (Ok(parts), Some(stores)) = (&depends, stores) {
        let key = parts.key();
        if setting.options.reuse
            && let Some(outcome) = keep::take(setting, stores, &key, &log).await
        {
            return Ok(outcome);
        }
    }
    // What was said of stores, or in an attempt that a crash broke off, is no part of the result.
    let before = log.text().len();
    let worked = setting.clock.elapsed();
    let (result, attempts) = tried(shared, node, job, &arguments, &log).await?;
    let took = setting.clock.elapsed().saturating_sub(worked);
    let mut outcome = match result {
        Ok(done) => {
            let mut outcome = Outcome::success(done.outputs.clone());
            match depends {
                Err(why) => outcome.uncached = Some(why),
                Ok(parts) => {
                    let after = keep::parts(setting, node, &arguments, &job.words, &job.before);
                    match (after, stores) {
                        (Ok(after), Some(stores)) if after.same_inputs(&parts) => {
                            let made = keep::Made {
                                node,
                                parts: &after,
                                done: &done,
                                before,
                                took,
                            };
                            match keep::keep(setting, stores, &made, &job.words, &log).await {
                                Ok(()) => {
                                    outcome.key = Some(after.key());
                                    stores.local.remember(&setting.workflow, &node.id, &after);
                                }
                                Err(why) => outcome = Outcome::failed(why),
                            }
                        }
                        (_, None) => {}
                        (_, Some(_)) => {
                            outcome.uncached = Some("its inputs changed while it ran".to_owned());
                        }
                    }
                }
            }
            outcome
        }
        Err(fault) if fault.cancelled => Outcome::plain(Ended::Cancelled, Some(fault.why)),
        Err(fault) => Outcome {
            outputs: fault.left.outputs,
            ..Outcome::failed(fault.why)
        },
    };
    outcome.attempts = attempts;
    outcome.said = log.said();
    Ok(outcome)
}

fn fill(arguments: &Map<String, Value>, words: &Word) -> Result<Map<String, Value>, String> {
    let mut filled = Map::new();
    for (name, value) in arguments {
        let value = expression::fill_all(value, words).map_err(|why| format!("`{name}`: {why}"))?;
        filled.insert(name.clone(), value);
    }
    Ok(filled)
}

/// Tries it as often as it may be; the last attempt's result, and how many there were.
async fn tried(
    shared: &Arc<Shared>,
    node: &Node,
    job: &Job,
    arguments: &Map<String, Value>,
    log: &Log,
) -> Result<(Result<Done, Fault>, u32), JournalError> {
    let setting = &shared.setting;
    let step = node.step.as_deref();
    let retry = match step.and_then(|step| step.retry.as_ref()) {
        None => Retry {
            attempts: 1,
            ..Retry::default()
        },
        Some(Or::Short(attempts)) => Retry {
            attempts: *attempts,
            ..Retry::default()
        },
        Some(Or::Full(retry)) => retry.clone(),
    };
    let timeout = step.and_then(|step| step.timeout);
    let mut desk = desk(shared, node, &job.words, log.clone());
    let mut attempt = job.attempts;
    // Attempts of this life of the run count; those before it was broken off did not fail.
    let mut tried = 0;
    loop {
        attempt += 1;
        tried += 1;
        shared.write(&[Record::Started {
            step: node.id.clone(),
            attempt,
            at: setting.clock.now(),
        }])?;
        setting.watch.tell(&Event::Started {
            step: &node.id,
            attempt,
        });
        // What an agent changes is told from what was there: nothing else may be at work meanwhile.
        let alone = node
            .action
            .as_ref()
            .is_some_and(|it| it.kind == Kind::Agent);
        let (_alone, _together) = if alone {
            (Some(shared.quiet.write().await), None)
        } else {
            (None, Some(shared.quiet.read().await))
        };
        let working = work(shared, node, job, arguments, &mut desk);
        let result = match timeout {
            None => working.await,
            Some(timeout) => match tokio::time::timeout(timeout.0, working).await {
                Ok(result) => result,
                Err(_) => Err(Fault::new(format!("no end after {timeout}"))),
            },
        };
        let beside = match &result {
            Ok(done) => &done.beside,
            Err(fault) => &fault.left.beside,
        };
        if !beside.is_null() {
            // A resumed run says again what was found before.
            let json = serde_json::to_vec(beside).unwrap_or_default();
            let _ = files::write(&kept_path(&setting.folder, &node.id), &json);
        }
        let fault = match result {
            Ok(done) => return Ok((Ok(done), attempt)),
            Err(fault) if fault.final_ || tried >= retry.attempts => {
                return Ok((Err(fault), attempt));
            }
            Err(fault) => fault,
        };
        let wait = wait(&retry, tried);
        shared.write(&[Record::Retrying {
            step: node.id.clone(),
            attempt,
            why: fault.why.clone(),
            wait: u64::try_from(wait.as_millis()).unwrap_or(u64::MAX),
        }])?;
        setting.watch.tell(&Event::Retrying {
            step: &node.id,
            why: &fault.why,
            wait,
        });
        log.line(&format!(
            "attempt {attempt} failed: {}; again in {}",
            fault.why,
            humantime::format_duration(wait)
        ));
        let mut cancel = desk.cancel.clone();
        tokio::select! {
            () = tokio::time::sleep(wait) => {}
            _ = cancel.more_than(super::cancel::Urgency::None) => {
                return Ok((Err(Fault::cancelled()), attempt));
            }
        }
    }
}

/// Where what a step's kind keeps with its result is, for a run that is gone on with.
pub(in crate::workflow) fn kept_path(folder: &Path, step: &str) -> PathBuf {
    folder.join("kept").join(digest(step.as_bytes()))
}

/// The time before the next attempt: exponential backoff, with full jitter where it is asked for.
fn wait(retry: &Retry, tried: u32) -> Duration {
    let power = i32::try_from(tried.saturating_sub(1)).unwrap_or(i32::MAX);
    let factor = retry.backoff.max(1.0).powi(power);
    let most = retry.max_delay.0.as_secs_f64();
    let seconds = (retry.delay.0.as_secs_f64() * factor).min(most);
    let seconds = if retry.jitter {
        seconds * fastrand::f64()
    } else {
        seconds
    };
    // To the millisecond, as it is told.
    Duration::from_millis(
        Duration::try_from_secs_f64(seconds)
            .map_or(0, |it| u64::try_from(it.as_millis()).unwrap_or(u64::MAX)),
    )
}

fn desk(shared: &Shared, node: &Node, words: &Word, log: Log) -> Desk {
    let setting = &shared.setting;
    let file = setting.graph.scopes.get(node.scope);
    let file = file.and_then(|scope| setting.graph.files.get(scope.file));
    let step = node.step.as_deref();
    let named = step.and_then(|step| step.profile.as_deref());
    let profile = file.and_then(|it| it.workflow.profiles.get(named.unwrap_or("default")));
    let token = digest(
        format!(
            "{}
{}",
            setting.run, node.id
        )
        .as_bytes(),
    );
    let scratch = token.get(..16).unwrap_or(&token);
    let outputs = step.into_iter().flat_map(|step| &step.outputs);
    Desk {
        step: node.id.clone(),
        run: setting.run.clone(),
        scratch: setting.folder.join("steps").join(scratch),
        token,
        project: setting.project.clone(),
        ambient: Arc::clone(&setting.ambient),
        env: meaning::env(words),
        profile: profile.cloned().unwrap_or_else(Profile::default),
        secrets: Arc::clone(&shared.secrets),
        log,
        cancel: shared.cancel.from_now(),
        grace: setting.options.grace,
        outputs: outputs.map(|(name, kind)| (name.clone(), *kind)).collect(),
    }
}

/// Does the work of a kind once.
async fn work(
    shared: &Arc<Shared>,
    node: &Node,
    job: &Job,
    arguments: &Map<String, Value>,
    desk: &mut Desk,
) -> Result<Done, Fault> {
    let Some(action) = &node.action else {
        return Err(Fault::for_good("it does nothing"));
    };
    let value = || Value::Object(arguments.clone());
    let wrong = |error: serde_json::Error| {
        let kind = action.kind.name();
        Fault::for_good(format!("`{kind}` cannot be told this: {error}"))
    };
    match action.kind {
        Kind::Shell => {
            let read = serde_json::from_value(value()).map_err(wrong)?;
            shell::run(read, desk).await
        }
        Kind::Agent => {
            let read = serde_json::from_value(value()).map_err(wrong)?;
            agent::run(read, desk).await
        }
        Kind::Webhook => {
            let read = serde_json::from_value(value()).map_err(wrong)?;
            webhook::run(read, desk).await
        }
        Kind::Template => {
            let read = serde_json::from_value(value()).map_err(wrong)?;
            template::run(&read, desk)
        }
        Kind::Assert => assert::run(arguments, &job.words, &desk.log),
        Kind::Pass => {
            let read: pass::Arguments = serde_json::from_value(value()).map_err(wrong)?;
            let Some(toolchain) = shared.setting.toolchain.clone() else {
                return Err(Fault::for_good("there is no workspace to run a pass on"));
            };
            let log = desk.log.clone();
            let running = tokio::task::spawn_blocking(move || pass::run(&read, &toolchain, &log));
            let mut cancel = desk.cancel.clone();
            tokio::select! {
                ran = running => ran.unwrap_or_else(|error| {
                    Err(Fault::for_good(format!("the pass stopped unexpectedly: {error}")))
                }),
                // It writes files whole or not at all, so it may be left.
                _ = cancel.more_than(super::cancel::Urgency::None) => Err(Fault::cancelled()),
            }
        }
        Kind::Conditional | Kind::Workflow => Ok(Done::default()),
    }
}
