//! A run as it goes on, on standard error: a line a step, its output live, a spinner on a terminal, groups on GitHub.

use std::collections::BTreeMap;
use std::io::{IsTerminal as _, Write as _};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use anstream::AutoStream;
use indicatif::{ProgressBar, ProgressStyle};

use crate::workflow::outcome::{Ended, Outcome};
use crate::workflow::run::watch::{Event, Watch};

/// Shows a run.
pub(super) struct Tail {
    bar: Option<ProgressBar>,
    quiet: bool,
    /// Whether steps' output is told in groups, each when its step has ended.
    groups: bool,
    state: Mutex<State>,
    /// Asked once whether it is a terminal.
    screen: Mutex<AutoStream<std::io::Stderr>>,
}

#[derive(Default)]
struct State {
    /// What steps said that have not ended yet, where groups are told.
    said: BTreeMap<String, Vec<String>>,
    running: Vec<String>,
    done: usize,
    steps: usize,
}

impl Tail {
    /// A spinner if standard error is a terminal; nothing if `quiet`; groups where `github` says so.
    pub(super) fn new(quiet: bool, github: bool) -> Self {
        let bar = (!quiet && !github && std::io::stderr().is_terminal()).then(|| {
            let bar = ProgressBar::new_spinner();
            let style = ProgressStyle::with_template("{spinner} {msg} {elapsed}");
            bar.set_style(style.expect("the template above is one"));
            bar.enable_steady_tick(Duration::from_millis(100));
            bar
        });
        Self {
            bar,
            quiet,
            groups: github && !quiet,
            state: Mutex::default(),
            screen: Mutex::new(AutoStream::auto(std::io::stderr())),
        }
    }

    /// Takes the spinner away.
    pub(super) fn clear(&self) {
        if let Some(bar) = &self.bar {
            bar.finish_and_clear();
        }
    }

    fn print(&self, line: &str) {
        match &self.bar {
            Some(bar) => bar.suspend(|| self.write(line)),
            None if self.quiet => {}
            None => self.write(line),
        }
    }

    fn write(&self, line: &str) {
        let mut screen = self.screen.lock().unwrap_or_else(PoisonError::into_inner);
        // A reader that has gone away ends no run.
        let _ = screen.write_all(format!("{line}\n").as_bytes());
    }

    fn finished(&self, state: &mut State, step: &str, outcome: &Outcome) {
        state.done += 1;
        state.running.retain(|it| it != step);
        let said = state.said.remove(step).unwrap_or_default();
        let mut line = format!("{:<9} {step}", outcome.word());
        match (&outcome.reason, outcome.ended) {
            (Some(reason), _) => line = format!("{line}: {reason}"),
            (None, Ended::Success) if self.bar.is_some() && !outcome.cached => {
                line = format!("{line}  {}", length(outcome.took));
            }
            (None, _) => {}
        }
        if outcome.tolerated {
            line.push_str(" (the run goes on)");
        }
        if self.groups && said.is_empty() {
            self.print(&line);
        } else if self.groups {
            self.print(&format!("::group::{line}"));
            for line in &said {
                self.print(line);
            }
            self.print("::endgroup::");
            if outcome.is_failure() {
                let reason = outcome.reason.as_deref().unwrap_or("failed");
                self.print(&format!("::error title={step}::{reason}"));
            }
        } else {
            self.print(&line);
        }
    }
}

impl Watch for Tail {
    fn tell(&self, event: &Event<'_>) {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        match event {
            Event::Begun { run, steps } => {
                state.steps = *steps;
                if self.bar.is_some() {
                    self.print(&format!("run {run}"));
                }
            }
            Event::Started { step, .. } => {
                if !state.running.iter().any(|it| it == step) {
                    state.running.push((*step).to_owned());
                }
            }
            Event::Line { step, text } => {
                if self.groups {
                    let lines = state.said.entry((*step).to_owned()).or_default();
                    lines.push((*text).to_owned());
                } else {
                    self.print(&format!("{step} | {text}"));
                }
            }
            Event::Retrying { step, why, wait } => {
                let wait = humantime::format_duration(*wait);
                self.print(&format!("again     {step}: {why}; in {wait}"));
            }
            Event::Finished { step, outcome } => self.finished(&mut state, step, outcome),
            Event::Cancelling => self.print("cancelling: programs are asked to end"),
        }
        if let Some(bar) = &self.bar {
            let running = state.running.join(", ");
            bar.set_message(format!("{}/{} {running}", state.done, state.steps));
        }
    }
}

/// A length of time as people read it.
pub(super) fn length(millis: u64) -> String {
    match millis {
        0..1_000 => format!("{millis} ms"),
        1_000..60_000 => {
            let tenths = millis / 100;
            format!("{}.{} s", tenths / 10, tenths % 10)
        }
        _ => {
            let seconds = millis / 1_000;
            format!("{} min {} s", seconds / 60, seconds % 60)
        }
    }
}
