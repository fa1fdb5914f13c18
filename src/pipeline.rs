//! The six phases threaded: parse, resolve, check, lower, generate, verify. The waist of the hourglass:
//! commands, workflows and build scripts all go through here.

mod accept;
mod against;
mod baseline;
pub mod batch;
mod codes;
mod custom;
pub mod diff;
mod generate;
mod kept;
mod models;
mod output;
mod said;
mod stamp;
mod workspace;

pub use accept::{accept, mark};
pub use against::{Against, AgainstError, Context, against};
pub use baseline::Was;
pub use codes::codes;
pub use generate::{generate, generate_into};
pub use kept::{keep, replay};
pub use models::lower;
pub use output::{Output, compare, write};
pub use stamp::{TOOL, is_unchanged, remember};
pub use workspace::{CONFIG_NAME, OpenError, Workspace, find, open};

use crate::catalog::{self, Catalog, Parsed};
use crate::compat;
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Place, Severity};
use crate::report::{Loaded, Report};
use crate::schema::{self, closest};
use crate::source::Sources;
use crate::target::Target;
use crate::tree::Tree;
use crate::verify;

/// Every code this file can report.
pub const CODES: &[&Code] = &[
    &TARGET_UNKNOWN,
    &output::GENERATED_STALE,
    &CODE_UNKNOWN,
    &accept::ACCEPT_UNMATCHED,
    &accept::ACCEPT_EXPIRED,
    &baseline::BASELINE_EMPTY,
    &baseline::BASELINE_FAULTY,
    &custom::OPTION_UNKNOWN,
    &custom::CUSTOM_UNMATCHED,
];

static CODE_UNKNOWN: Code = Code {
    name: "code-unknown",
    severity: Severity::Error,
    explain: "\
A row of contracts.toml (`[severities]` or `[[accept]]`) names a code that no finding has, so it does nothing. `contracts
explain` lists all codes.
",
};

static TARGET_UNKNOWN: Code = Code {
    name: "target-unknown",
    severity: Severity::Error,
    explain: "\
contracts.toml names a target that is neither built in (`rust`, `pydantic`, `mql4`) nor a folder of the
workspace's own `generators`.
",
};

/// Told as each phase begins.
pub trait Progress: Sync {
    /// A phase begins: one of `parse`, `resolve`, `check`, `lower`, `generate`, `verify`.
    fn phase(&self, name: &'static str);
}

/// Nobody is told.
#[derive(Clone, Copy, Debug, Default)]
pub struct Silent;

impl Progress for Silent {
    fn phase(&self, _: &'static str) {}
}

/// Parses and resolves every schema; `None` where there is an error in any.
pub fn load(
    workspace: &Workspace,
    sources: &mut Sources,
    report: &mut Report,
    progress: &dyn Progress,
) -> Option<Catalog> {
    let catalog = understand(workspace, sources, report, progress)?;
    (!report.diagnostics.has_errors()).then_some(catalog)
}

/// The same, with schemas that have faults of their own: a keyword that says nothing is left out, a
/// reference that names nothing stands for anything. `None` where an error leaves no schema to read.
pub fn understand(
    workspace: &Workspace,
    sources: &mut Sources,
    report: &mut Report,
    progress: &dyn Progress,
) -> Option<Catalog> {
    let parsed = parse(workspace, sources, report, progress);
    resolve(workspace, parsed, sources, report, progress)
}

/// Reads and parses every schema, the first half of [`understand`].
pub fn parse(
    workspace: &Workspace,
    sources: &mut Sources,
    report: &mut Report,
    progress: &dyn Progress,
) -> Parsed {
    let diagnostics = &mut report.diagnostics;
    codes::check(workspace, sources, diagnostics);
    progress.phase("parse");
    catalog::parse(
        workspace.root.as_path(),
        &workspace.shown,
        &workspace.config,
        Some(workspace.config_source),
        sources,
        diagnostics,
    )
}

/// Binds the references of what was parsed, the second half of [`understand`].
pub fn resolve(
    workspace: &Workspace,
    parsed: Parsed,
    sources: &Sources,
    report: &mut Report,
    progress: &dyn Progress,
) -> Option<Catalog> {
    progress.phase("resolve");
    let config = &workspace.config;
    let diagnostics = &mut report.diagnostics;
    let catalog = catalog::resolve(parsed, config, diagnostics);
    report.loaded = Loaded {
        contracts: catalog.contracts.len(),
        versions: catalog.releases().count(),
    };
    codes::regrade(config, diagnostics);
    accept::mark(workspace, sources, diagnostics);
    let grave = |found: &Diagnostic| {
        found.accepted.is_none()
            && found.severity == Severity::Error
            && !schema::LEFT_OUT.contains(&found.code.name)
    };
    (!diagnostics.iter().any(grave)).then_some(catalog)
}

/// Gives every finding the severity that contracts.toml asks for.
pub fn regrade(workspace: &Workspace, report: &mut Report) {
    codes::regrade(&workspace.config, &mut report.diagnostics);
}

/// Checks each version against the ones before it, or against what was asked for.
pub fn check(
    workspace: &Workspace,
    catalog: &Catalog,
    against: &Against,
    report: &mut Report,
    progress: &dyn Progress,
) {
    progress.phase("check");
    report.against = against.name();
    report.compared = true;
    let Report { diagnostics, .. } = report;
    let against = against.as_compat(workspace);
    report.pairs = compat::check_against(catalog, &workspace.config, against, diagnostics);
}

/// The targets that contracts.toml names, with the workspace's own templates.
pub fn targets(
    workspace: &Workspace,
    only: &[String],
    sources: &mut Sources,
    diagnostics: &mut Diagnostics,
) -> Vec<Target> {
    let own = workspace.config.generators.as_ref().map(|folder| {
        let folder = workspace.folder.join(folder);
        Tree::read(&folder)
    });
    let all = Target::all(own.as_ref(), sources, diagnostics);
    for name in workspace.config.targets.keys() {
        if all.iter().any(|target| target.name == *name) {
            continue;
        }
        let names: Vec<&str> = all.iter().map(|target| target.name.as_str()).collect();
        let help = match closest(name, names.iter().copied()) {
            Some(meant) => format!("did you mean `{meant}`?"),
            None => format!("there are {}", names.join(", ")),
        };
        diagnostics.push(
            Diagnostic::new(&TARGET_UNKNOWN, format!("`{name}` is no target"))
                .at(Place::file(workspace.config_source), "")
                .help(help),
        );
    }
    let chosen = |target: &Target| only.is_empty() || only.contains(&target.name);
    all.into_iter()
        .filter(chosen)
        .filter_map(|mut target| {
            target.settings = workspace.config.targets.get(&target.name)?.clone();
            Some(target)
        })
        .collect()
}

/// Sends every example and sample through the generated readers and writers.
pub fn verify(
    workspace: &Workspace,
    catalog: &Catalog,
    options: &verify::Options,
    sources: &mut Sources,
    report: &mut Report,
    progress: &dyn Progress,
) {
    let models = lower(workspace, catalog, &mut Diagnostics::default());
    progress.phase("verify");
    let targets = targets(
        workspace,
        &options.targets,
        sources,
        &mut Diagnostics::default(),
    );
    let input = verify::Input {
        catalog,
        config: &workspace.config,
        models: &models,
        targets: &targets,
        root: &workspace.root,
        shown: &workspace.shown,
    };
    let diagnostics = &mut report.diagnostics;
    report.verified = Some(verify::verify(&input, options, sources, diagnostics));
}
