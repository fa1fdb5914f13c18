//! What every command over a workspace shares: finding it, opening it, and showing the report.

use std::path::{Path, PathBuf};

use super::{Common, FailOn, Failure, Format, Screen};
use crate::config::Date;
use crate::diagnostic::{Diagnostic, Severity};
use crate::pipeline::{self, Workspace};
use crate::render;
use crate::report::{Report, fingerprint};
use crate::source::Sources;
use crate::tree;
use crate::workflow;

/// An opened workspace with the report to be.
pub(super) struct Session {
    pub(super) workspace: Workspace,
    pub(super) sources: Sources,
    pub(super) report: Report,
    here: PathBuf,
    format: Format,
    output: Option<PathBuf>,
    fingerprints: bool,
    fail_on: FailOn,
}

impl Session {
    /// Finds and opens the workspace; a contracts.toml that cannot be used is shown and ends the command.
    pub(super) fn open(
        command: &'static str,
        common: &Common,
        screen: &mut Screen,
    ) -> Result<Self, Failure> {
        let here = working_directory()?;
        let config = match &common.config {
            Some(path) => here.join(path),
            None => pipeline::find(&here)?,
        };
        let root = common.root.as_ref().map(|root| here.join(root));
        let mut sources = Sources::default();
        let mut report = Report {
            command,
            ..Report::default()
        };
        let show = |path: &Path| relative(path, &here);
        let diagnostics = &mut report.diagnostics;
        let workspace = pipeline::open(&config, root.as_deref(), &show, &mut sources, diagnostics)?;
        let Some(mut workspace) = workspace else {
            if let Some(output) = &common.output {
                tree::write_file(
                    &here.join(output),
                    &rendered(&report, &sources, common.format, false),
                )?;
            }
            let format = shown(common.format, common.output.is_some());
            screen.print(&rendered(&report, &sources, format, true))?;
            return Err(Failure::Reported);
        };
        workspace.today = Some(common.today.unwrap_or_else(today));
        workspace.known = workflow::CODES;
        Ok(Self {
            workspace,
            sources,
            report,
            here,
            format: common.format,
            output: common.output.clone(),
            fingerprints: common.fingerprints,
            fail_on: common.fail_on,
        })
    }

    /// Shows the report; the exit code.
    pub(super) fn close(mut self, screen: &mut Screen) -> Result<u8, Failure> {
        pipeline::regrade(&self.workspace, &mut self.report);
        pipeline::accept(&self.workspace, &self.sources, &mut self.report);
        if self.fingerprints {
            let sources = &self.sources;
            let known = |found: &Diagnostic| fingerprint(found, sources);
            self.report
                .diagnostics
                .note(|it| format!("fingerprint {}", known(it)));
        }
        if let Some(output) = &self.output {
            let text = rendered(&self.report, &self.sources, self.format, false);
            tree::write_file(&self.here.join(output), &text)?;
        }
        let format = shown(self.format, self.output.is_some());
        screen.print(&rendered(&self.report, &self.sources, format, true))?;
        if format == Format::Text && !self.report.is_idle() {
            screen.print(&render::summary(&self.report))?;
        }
        let more = match self.fail_on {
            FailOn::Error => false,
            FailOn::Warning => self.report.diagnostics.count(Severity::Warning) > 0,
            FailOn::Unproven => self.report.promises().unproven > 0,
        };
        Ok(self.report.exit_code().max(u8::from(more)))
    }

    /// A path as messages show it: relative to the working directory, `/` between folders.
    pub(super) fn show(&self) -> impl Fn(&Path) -> String + use<> {
        let here = self.here.clone();
        move |path| relative(path, &here)
    }

    /// The working directory.
    pub(super) fn here(&self) -> &Path {
        &self.here
    }

    /// The project's folder: the one that `contracts/` stands in, or the workspace's own.
    pub(super) fn project(&self) -> &Path {
        let folder = &self.workspace.folder;
        match folder.parent() {
            Some(parent) if folder.ends_with("contracts") => parent,
            Some(_) | None => folder,
        }
    }

    /// Where programs are built and run, and runs and results are kept: `target/contracts` of the project.
    pub(super) fn work(&self) -> PathBuf {
        self.project().join("target").join("contracts")
    }

    /// Whether people read the output, so that diffs and the like may stand in it.
    pub(super) fn is_for_people(&self) -> bool {
        match shown(self.format, self.output.is_some()) {
            Format::Text | Format::Short => true,
            Format::Json
            | Format::Sarif
            | Format::Github
            | Format::Gitlab
            | Format::Junit
            | Format::Markdown
            | Format::Html
            | Format::Mermaid
            | Format::Dot => false,
        }
    }
}

/// What the screen shows: text where the report goes to a file.
fn shown(format: Format, to_file: bool) -> Format {
    if to_file { Format::Text } else { format }
}

pub(super) fn rendered(report: &Report, sources: &Sources, format: Format, styled: bool) -> String {
    match format {
        Format::Text => render::text(report, sources, styled),
        Format::Short => render::short(report, sources),
        Format::Json => render::json(report, sources),
        Format::Sarif => render::sarif(report, sources),
        Format::Github => render::github(report, sources),
        Format::Gitlab => render::gitlab(report, sources),
        Format::Junit => render::junit(report, sources),
        Format::Markdown => render::markdown(report, sources),
        Format::Html => render::html(report, sources),
        // Refused before anything is done, but by what shows plans.
        Format::Mermaid | Format::Dot => render::text(report, sources, false),
    }
}

/// The day of today in UTC: what `SOURCE_DATE_EPOCH` says, else the clock.
#[expect(
    clippy::disallowed_methods,
    reason = "the command line reads the environment and the clock"
)]
fn today() -> Date {
    let said = std::env::var("SOURCE_DATE_EPOCH").ok();
    let second = said.and_then(|it| it.trim().parse().ok());
    Date::of_second(second.unwrap_or_else(|| {
        let since = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH);
        since.map_or(0, |it| it.as_secs())
    }))
}

#[expect(
    clippy::disallowed_methods,
    reason = "the command line reads the environment"
)]
pub(super) fn working_directory() -> Result<PathBuf, Failure> {
    std::env::current_dir().map_err(|error| Failure::Said {
        message: format!("the working directory cannot be read: {error}"),
        help: None,
    })
}

pub(super) fn relative(path: &Path, here: &Path) -> String {
    let path = path.strip_prefix(here).unwrap_or(path);
    let mut out = String::new();
    for part in path.components() {
        if part == std::path::Component::CurDir {
            continue;
        }
        if part == std::path::Component::RootDir {
            out.push('/');
            continue;
        }
        if !out.is_empty() && !out.ends_with('/') {
            out.push('/');
        }
        out.push_str(&part.as_os_str().to_string_lossy());
    }
    out
}
