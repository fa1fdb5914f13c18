//! `contracts status`, `contracts logs` and `contracts report`: what became of runs.

use std::fmt::Write as _;
use std::path::Path;

use clap::Args;

use super::flow;
use super::session::Session;
use super::tail::length;
use super::{Common, Failure, Format, Screen};
use crate::tree;
use crate::workflow::files;
use crate::workflow::outcome::Ended;
use crate::workflow::report;
use crate::workflow::run::log;
use crate::workflow::runs::{RunError, Runs, Told};

/// Show the runs of this workspace, or the steps of one.
#[derive(Debug, Args)]
pub(super) struct Status {
    /// The run: its name, or its beginning [default: list all]
    run: Option<String>,
    /// Show the newest run (or RUN) again and again until it has ended
    #[arg(long)]
    watch: bool,
}

/// Show what a step of a run said.
#[derive(Debug, Args)]
pub(super) struct Logs {
    /// The step; all of them where it is left out
    step: Option<String>,
    /// The run [default: the newest]
    #[arg(long, value_name = "RUN")]
    run: Option<String>,
}

/// Report on a run: markdown, json, junit, or one page of html with a picture of what ran when.
#[derive(Debug, Args)]
pub(super) struct Report {
    /// The run: its name, or its beginning [default: the newest]
    run: Option<String>,
}

fn fails(error: RunError) -> Failure {
    let help = matches!(error, RunError::None(_)).then_some("`contracts run` begins one");
    flow::said(error, help)
}

impl Status {
    pub(super) fn run(self, common: &Common, screen: &mut Screen) -> Result<u8, Failure> {
        let session = Session::open("status", common, screen)?;
        let runs = flow::runs(&session);
        if self.watch {
            return watch(&runs, self.run.as_deref(), screen);
        }
        if let Some(name) = &self.run {
            let told = one(&runs, Some(name))?;
            let text = if common.format == Format::Json {
                report::json(&told)
            } else {
                steps(&told)
            };
            screen.print(&text)?;
            return Ok(0);
        }
        let mut out = String::new();
        let mut rows = Vec::new();
        for name in runs.names() {
            match runs.tell(&name) {
                Ok(told) if common.format == Format::Json => rows.push(report::summary(&told)),
                Ok(told) => out.push_str(&line(&told)),
                Err(error) => {
                    let _ = writeln!(out, "{name}  unreadable: {error}");
                }
            }
        }
        if common.format == Format::Json {
            out = format!("{:#}\n", serde_json::Value::Array(rows));
        } else if out.is_empty() {
            out.push_str("no run yet: `contracts run` begins one\n");
        }
        screen.print(&out)?;
        Ok(0)
    }
}

impl Logs {
    pub(super) fn run(self, common: &Common, screen: &mut Screen) -> Result<u8, Failure> {
        let session = Session::open("logs", common, screen)?;
        let runs = flow::runs(&session);
        // `logs RUN STEP` reads well too.
        let told = one(&runs, self.run.as_deref())?;
        let folder = runs.logs(&told.run);
        let names = told.outcomes.keys().chain(&told.open);
        let Some(step) = &self.step else {
            let mut out = String::new();
            for name in names {
                for text in said(&told, &folder, name).lines() {
                    let _ = writeln!(out, "{name} | {text}");
                }
            }
            screen.print(&out)?;
            return Ok(0);
        };
        let known: Vec<&str> = names.map(String::as_str).collect();
        if !known.contains(&step.as_str()) {
            let not_there = crate::workflow::plan::not_there("step", step, &known);
            return Err(flow::missing(not_there));
        }
        let text = said(&told, &folder, step);
        screen.print(&text)?;
        if text.is_empty() {
            let reason = told.outcomes.get(step).and_then(|it| it.reason.clone());
            let reason = reason.map_or_else(String::new, |it| format!(": {it}"));
            screen.remark(&format!("`{step}` said nothing{reason}\n"));
        }
        Ok(0)
    }
}

impl Report {
    pub(super) fn run(self, common: &Common, screen: &mut Screen) -> Result<u8, Failure> {
        let session = Session::open("report", common, screen)?;
        let runs = flow::runs(&session);
        let told = one(&runs, self.run.as_deref())?;
        let text = match common.format {
            Format::Text | Format::Short => steps(&told),
            Format::Markdown => report::markdown(&told),
            Format::Json => report::json(&told),
            Format::Junit => report::junit(&told),
            Format::Html => report::html(&told),
            Format::Sarif | Format::Github | Format::Gitlab | Format::Mermaid | Format::Dot => {
                let help = "write `--format text`, `markdown`, `json`, `junit` or `html`";
                return Err(flow::said("a run is not reported so", Some(help)));
            }
        };
        match &common.output {
            Some(output) => tree::write_file(&session.here().join(output), &text)?,
            None => screen.print(&text)?,
        }
        Ok(0)
    }
}

fn one(runs: &Runs, name: Option<&str>) -> Result<Told, Failure> {
    let name = runs.meant(name).map_err(fails)?;
    runs.tell(&name).map_err(fails)
}

/// What a step said: in its log, or in the journal where it has none.
fn said(told: &Told, folder: &Path, step: &str) -> String {
    let inline = told.outcomes.get(step).and_then(|it| it.said.clone());
    inline.unwrap_or_else(|| {
        let bytes = files::read(&log::path(folder, step)).unwrap_or_default();
        String::from_utf8_lossy(&bytes).into_owned()
    })
}

/// How a run stands, in a word.
fn state(told: &Told) -> &'static str {
    match told.ended {
        Some(ended) => ended.word(),
        None if told.going_on => "running",
        None => "broken off",
    }
}

fn line(told: &Told) -> String {
    let count = told
        .outcomes
        .values()
        .filter(|it| it.ended != Ended::Skipped);
    let cached = told.outcomes.values().filter(|it| it.cached).count();
    format!(
        "{}  {:<10}  {}  {} steps, {cached} cached, {}\n",
        told.run,
        state(told),
        told.workflow,
        count.count(),
        length(told.last.saturating_sub(told.began)),
    )
}

/// The steps of a run, a line each.
fn steps(told: &Told) -> String {
    let mut out = line(told);
    let shown = || report::shown(told);
    let width = shown().map(|(name, _)| name.len()).max().unwrap_or(0);
    for (name, outcome) in shown() {
        let reason = outcome.reason.as_deref().or(outcome.uncached.as_deref());
        let line = format!(
            "  {:<9} {name:<width$}  {:>10}  {}",
            outcome.word(),
            length(outcome.took),
            reason.unwrap_or(""),
        );
        let _ = writeln!(out, "{}", line.trim_end());
    }
    for name in &told.open {
        let word = if told.going_on { "running" } else { "broken" };
        let _ = writeln!(out, "  {word:<9} {name}");
    }
    out
}

/// Shows a run until it has ended.
fn watch(runs: &Runs, name: Option<&str>, screen: &mut Screen) -> Result<u8, Failure> {
    let mut last = String::new();
    loop {
        let told = one(runs, name)?;
        let text = steps(&told);
        if text != last {
            // On a terminal the picture stays in its place; elsewhere each is a block of its own.
            let lines = last.lines().count();
            if lines > 0 && std::io::IsTerminal::is_terminal(&std::io::stdout()) {
                screen.print(&format!("\x1b[{lines}A\x1b[J"))?;
            }
            screen.print(&text)?;
            last = text;
        }
        if !told.going_on {
            return Ok(u8::from(told.ended != Some(Ended::Success)));
        }
        std::thread::sleep(std::time::Duration::from_millis(200));
    }
}
