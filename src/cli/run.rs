//! `contracts run`

mod asked;
mod drive;

use clap::Args;

use super::flow::{self, Going};
use super::session::Session;
use super::{Common, Failure, Format, Screen, plan};
use crate::diagnostic::Diagnostics;
use crate::source::Sources;
use crate::workflow::check::Library;
use crate::workflow::library::DEFAULT;
use crate::workflow::plan::{Selection, not_there, plan as plan_of};
use crate::workflow::read::File;

/// Run a workflow: by default all of it, parse, resolve, check, generate, verify.
///
/// NAME is a workflow of `contracts/workflows`, one that the tool brings with it (`contracts workflow list`),
/// or a phase of one. Steps whose inputs are as they were are not done again: their results are taken over. What
/// was broken off, also by `kill -9`, goes on with `--resume`.
///
/// Ends with a table of what was loaded, which promises are kept, what was written, and how many
/// documents came back from each language.
#[derive(Debug, Args)]
pub(super) struct Run {
    /// A workflow, or a phase of one [default: conformance]
    name: Option<String>,
    #[command(flatten)]
    which: Which,
    /// Give an input a value; may be given several times
    #[arg(long = "input", short, value_name = "NAME=VALUE")]
    inputs: Vec<String>,
    #[command(flatten)]
    going: Going,
    /// Show what would run, what is taken over and why not, and run nothing (`--format text|json|mermaid|dot|html`)
    #[arg(long)]
    plan: bool,
    /// Show why a step's result is not taken over: the parts of its key that changed; run nothing
    #[arg(long, value_name = "STEP")]
    why: Option<String>,
    /// Go on with a run that was broken off or failed [default: the newest of these]
    #[arg(long, value_name = "RUN", num_args = 0..=1, default_missing_value = "", conflicts_with_all = ["name", "plan", "why", "inputs"])]
    resume: Option<String>,
    /// Do a run's plan again from a step on (`--from`), with the results before it as they were
    #[arg(long, value_name = "RUN", num_args = 0..=1, default_missing_value = "", requires = "from", conflicts_with_all = ["name", "plan", "why", "inputs", "resume"])]
    replay: Option<String>,
    #[command(flatten)]
    short: asked::Short,
}

/// Which steps.
#[derive(Clone, Debug, Args)]
struct Which {
    /// Only this phase; may be given several times
    #[arg(long, value_name = "NAME")]
    phase: Vec<String>,
    /// From this step on: it, what waits for it
    #[arg(long, value_name = "STEP")]
    from: Option<String>,
    /// Only this step; may be given several times
    #[arg(long, value_name = "STEP")]
    only: Vec<String>,
}

impl Run {
    pub(super) fn run(self, common: &Common, screen: &mut Screen) -> Result<u8, Failure> {
        let mut session = Session::open("run", common, screen)?;
        if let Some(name) = &self.resume {
            return drive::resume(session, some(name), &self.going.options(), common, screen);
        }
        if let Some(name) = &self.replay {
            let from = self.which.from.clone().unwrap_or_default();
            let options = self.going.options();
            return drive::replay(session, some(name), from, &options, common, screen);
        }
        let (library, unread) = flow::workflows(&mut session);
        let (name, phase) = named(&library, self.name.as_deref(), &unread, &session.sources)?;
        let Some(file) = flow::checked(&mut session, &library, &unread, &name) else {
            return session.close(screen);
        };
        let mut selection = Selection {
            phases: self.which.phase.clone(),
            from: self.which.from.clone(),
            only: self.which.only.clone(),
        };
        selection.phases.extend(phase);
        let asked = &file.workflow.inputs;
        let inputs = self.short.inputs(&self.inputs, asked, &session)?;
        let mut found = std::mem::take(&mut session.report.diagnostics);
        let planned = plan_of(
            &library,
            &file,
            inputs,
            selection,
            &session.sources,
            &mut found,
        );
        session.report.diagnostics = found;
        let Some(planned) = planned else {
            return session.close(screen);
        };
        let planned = planned.map_err(flow::missing)?;
        if self.plan || self.why.is_some() {
            let options = self.going.options();
            let why = self.why.as_deref();
            return plan::show(session, &planned, options, why, common, screen);
        }
        drive::begin(session, &planned, &self.going.options(), common, screen)
    }
}

/// The workflow that a name means, and the phase of it.
fn named(
    library: &Library,
    name: Option<&str>,
    unread: &Diagnostics,
    sources: &Sources,
) -> Result<(String, Option<String>), Failure> {
    let Some(name) = name else {
        return Ok((DEFAULT.to_owned(), None));
    };
    if library.contains_key(name) || unread.has_errors() {
        return Ok((name.to_owned(), None));
    }
    let has = |file: &File| file.workflow.phases.iter().any(|phase| phase.name == name);
    // What the tool brings with it is asked for by its own name, but for the default.
    let near = |name: &str, file: &File| name == DEFAULT || sources.get(file.source).file.is_some();
    let found: Vec<&String> = library
        .iter()
        .filter(|(name, file)| near(name, file) && has(file))
        .map(|(name, _)| name)
        .collect();
    match found.as_slice() {
        [one] => Ok(((*one).clone(), Some(name.to_owned()))),
        [] => {
            let phases = library.values().flat_map(|file| &file.workflow.phases);
            let phases = phases.map(|phase| phase.name.as_str());
            let known: Vec<&str> = library.keys().map(String::as_str).chain(phases).collect();
            Err(flow::missing(not_there("workflow or phase", name, &known)))
        }
        several => {
            // The default's own phases come first.
            if several.iter().any(|it| *it == DEFAULT) {
                return Ok((DEFAULT.to_owned(), Some(name.to_owned())));
            }
            let names: Vec<&str> = several.iter().map(|it| it.as_str()).collect();
            let message = format!("several workflows have a phase `{name}`");
            let help = format!(
                "say which: `contracts run {} --phase {name}`",
                names.join("|")
            );
            Err(Failure::Said {
                message,
                help: Some(help),
            })
        }
    }
}

/// A name, where there is one.
fn some(name: &str) -> Option<&str> {
    Some(name).filter(|name| !name.is_empty())
}

/// Whether people read the output.
fn is_quiet(common: &Common) -> bool {
    common.format != Format::Text && common.output.is_none()
}
