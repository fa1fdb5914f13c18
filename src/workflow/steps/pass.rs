//! `pass`: the toolchain itself, in this process: parse, resolve, check, generate, verify, report.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::scan::Denied;
use super::{sbom, scan};
use crate::diagnostic::Severity;
use crate::pipeline::{self, Context, Progress, Silent};
use crate::render;
use crate::report::Report;
use crate::tree;
use crate::verify::{Counts, Options, SAMPLES};
use crate::workflow::run::desk::{Done, Fault};
use crate::workflow::run::log::Log;
use crate::workflow::templated::Templated;
use crate::workflow::toolchain::{State, Toolchain};

/// Which pass.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Pass {
    /// Reads every schema.
    #[default]
    Parse,
    /// Binds every reference.
    Resolve,
    /// Checks every promise.
    Check,
    /// Writes the models that changed.
    Generate,
    /// Runs documents through every language.
    Verify,
    /// Writes what was found so far to a file.
    Report,
    /// Looks through files for secrets and for patterns that should not be there.
    Scan,
    /// Writes a software bill of materials in `CycloneDX` 1.6, from the project's lock files.
    Sbom,
}

impl Pass {
    /// The outputs it has.
    pub fn outputs(self) -> &'static [&'static str] {
        match self {
            Self::Parse | Self::Report => &["errors", "warnings"],
            Self::Resolve => &["errors", "warnings", "contracts", "versions"],
            Self::Check => &[
                "errors", "warnings", "kept", "broken", "unproven", "changes", "bump",
            ],
            Self::Generate => &["errors", "warnings", "written"],
            Self::Verify => &["errors", "warnings", "documents", "differing"],
            Self::Scan => &["findings"],
            Self::Sbom => &["components"],
        }
    }

    /// What files call it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Parse => "parse",
            Self::Resolve => "resolve",
            Self::Check => "check",
            Self::Generate => "generate",
            Self::Verify => "verify",
            Self::Report => "report",
            Self::Scan => "scan",
            Self::Sbom => "sbom",
        }
    }
}

/// What a step of this kind is told.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub struct Arguments {
    /// Which pass.
    pub pass: Pass,
    /// `check`: what versions are compared with: `previous`, a version, a folder, or a git revision.
    pub against: Option<String>,
    /// `generate`, `verify`: only these targets; all where it is empty.
    pub targets: Option<Templated<Vec<String>>>,
    /// `generate`: write nothing, fail if anything would be written.
    pub frozen: Option<Templated<bool>>,
    /// `verify`: fail where a language's tools are missing.
    pub require_all: Option<Templated<bool>>,
    /// `verify`: build C++ with sanitizers.
    pub sanitize: Option<Templated<bool>>,
    /// `verify`: the most documents that are made from a version's schema.
    pub samples: Option<Templated<usize>>,
    /// `report`: `json`, `sarif`, `github`, `gitlab`, `junit`, `markdown`, `html`, `short` or `text`.
    pub format: Option<String>,
    /// `report`, `sbom`: the file, relative to the project's folder.
    pub to: Option<String>,
    /// `scan`: globs of the files that are looked through; all where it is empty. `!` before one leaves files out.
    pub files: Option<Templated<Vec<String>>>,
    /// `scan`: whether texts that look like secrets are found.
    pub secrets: Option<Templated<bool>>,
    /// `scan`: patterns that should not be there.
    pub deny: Option<Templated<Vec<Denied>>>,
}

impl Arguments {
    /// Why its result is not kept, where it is not.
    pub fn uncached(&self) -> Option<&'static str> {
        match self.pass {
            Pass::Report => return Some("it writes what this run found"),
            Pass::Scan | Pass::Sbom => return Some("it looks at all of the project"),
            Pass::Parse | Pass::Resolve | Pass::Check | Pass::Generate | Pass::Verify => {}
        }
        let previous = self.against.as_deref().is_none_or(|it| it == "previous");
        (!previous).then_some("it compares with what is not among the inputs")
    }
}

/// Runs a pass; what it found goes into the toolchain's report.
pub fn run(arguments: &Arguments, toolchain: &Toolchain, log: &Log) -> Result<Done, Fault> {
    match arguments.pass {
        Pass::Scan => return scanned(arguments, toolchain, log),
        Pass::Sbom => return billed(arguments, toolchain, log),
        Pass::Parse
        | Pass::Resolve
        | Pass::Check
        | Pass::Generate
        | Pass::Verify
        | Pass::Report => {}
    }
    let mut state = toolchain.state();
    let mut part = Report::default();
    let ran = perform(arguments, toolchain, &mut state, &mut part);
    let errors = state.errors(&mut part);
    let warnings = part.diagnostics.count(Severity::Warning);
    let text = render::short(&part, &state.sources);
    // The report at the end of a run shows it; telling it here as well would say it twice.
    log.replay(&text);
    let outputs = outputs(arguments.pass, &part, errors, warnings);
    let kept = pipeline::keep(&part, &state.sources);
    let files = ran.as_ref().cloned().unwrap_or_default();
    state.gather(part);
    if let Err(fault) = ran {
        return Err(fault.with(outputs).beside(kept));
    }
    if errors > 0 {
        let plural = if errors == 1 { "" } else { "s" };
        let fault = Fault::for_good(format!("{errors} error{plural}"));
        return Err(fault.with(outputs).beside(kept));
    }
    Ok(Done {
        outputs,
        files,
        beside: kept,
    })
}

/// Does the pass; the files it is answerable for.
fn perform(
    arguments: &Arguments,
    toolchain: &Toolchain,
    state: &mut State,
    part: &mut Report,
) -> Result<Vec<String>, Fault> {
    let quiet: &dyn Progress = &Silent;
    let State {
        workspace, sources, ..
    } = state;
    match arguments.pass {
        Pass::Parse => {
            state.parsed = Some(pipeline::parse(workspace, sources, part, quiet));
            return Ok(Vec::new());
        }
        Pass::Resolve => {
            let parsed = match state.parsed.take() {
                Some(parsed) => parsed,
                None => pipeline::parse(workspace, sources, &mut Report::default(), quiet),
            };
            let found = pipeline::resolve(workspace, parsed, sources, part, quiet);
            state.catalog = found.map(std::sync::Arc::new);
            return Ok(Vec::new());
        }
        Pass::Report => return report(arguments, toolchain, state).map(|()| Vec::new()),
        Pass::Scan | Pass::Sbom => return Ok(Vec::new()),
        Pass::Check | Pass::Generate | Pass::Verify => {}
    }
    let Some(catalog) = state.catalog() else {
        return Err(Fault::for_good("the schemas have errors"));
    };
    let State {
        workspace, sources, ..
    } = state;
    let targets = arguments.targets.as_ref().and_then(Templated::known);
    let targets = targets.cloned().unwrap_or_default();
    if let Some(unknown) = targets
        .iter()
        .find(|name| !workspace.config.targets.contains_key(*name))
    {
        let why = format!("`{unknown}` is no target of this workspace");
        return Err(Fault::for_good(why));
    }
    match arguments.pass {
        Pass::Parse | Pass::Resolve | Pass::Report | Pass::Scan | Pass::Sbom => {}
        Pass::Check => {
            let word = arguments.against.as_deref().unwrap_or("previous");
            let shown = &*toolchain.shown;
            let context = Context {
                workspace,
                catalog: &catalog,
                here: &toolchain.here,
                shown: &|path| shown(path),
            };
            let against = pipeline::against(word, &context, sources, &mut part.diagnostics);
            let against = against.map_err(|error| Fault::for_good(error.to_string()))?;
            pipeline::check(workspace, &catalog, &against, part, quiet);
        }
        Pass::Generate => {
            if is(arguments.frozen.as_ref()) {
                let shown = &*toolchain.shown;
                let outputs =
                    pipeline::generate(workspace, &catalog, &targets, sources, part, quiet);
                pipeline::compare(&outputs, &|path| shown(path), sources, part);
                return Ok(Vec::new());
            }
            let shelf = tree::Drafts::new;
            let outputs = pipeline::generate_into(
                &shelf, workspace, &catalog, &targets, sources, part, quiet,
            );
            let outputs = pipeline::write(outputs, part);
            let outputs = outputs.map_err(|error| Fault::new(error.to_string()))?;
            let files = outputs.iter().flat_map(|output| {
                let files = output.files.files.keys();
                files.filter_map(|path| toolchain.in_project(&output.folder.join(path)))
            });
            return Ok(files.collect());
        }
        Pass::Verify => {
            let samples = arguments.samples.as_ref().and_then(Templated::known);
            let options = Options {
                targets,
                require_all: is(arguments.require_all.as_ref()),
                sanitize: is(arguments.sanitize.as_ref()),
                samples: samples.copied().unwrap_or(SAMPLES),
                work: toolchain.work.clone(),
            };
            pipeline::verify(workspace, &catalog, &options, sources, part, quiet);
        }
    }
    Ok(Vec::new())
}

fn is(flag: Option<&Templated<bool>>) -> bool {
    flag.and_then(Templated::known).copied().unwrap_or(false)
}

/// Looks through the project's files.
fn scanned(arguments: &Arguments, toolchain: &Toolchain, log: &Log) -> Result<Done, Fault> {
    let globs = arguments.files.as_ref().and_then(Templated::known);
    let denied = arguments.deny.as_ref().and_then(Templated::known);
    let count = scan::scan(
        &toolchain.project,
        globs.map(Vec::as_slice).unwrap_or_default(),
        is(arguments.secrets.as_ref()),
        denied.map(Vec::as_slice).unwrap_or_default(),
        log,
    )?;
    if count > 0 {
        let plural = if count == 1 { "line" } else { "lines" };
        let why = format!("{count} {plural} that should not be there; its log names them");
        let done = handing_on("findings", count);
        return Err(Fault::for_good(why).with(done.outputs));
    }
    Ok(handing_on("findings", count))
}

/// Writes the bill of materials.
fn billed(arguments: &Arguments, toolchain: &Toolchain, log: &Log) -> Result<Done, Fault> {
    let Some(to) = &arguments.to else {
        let why = "a bill of materials needs `to`, the file it is written to";
        return Err(Fault::for_good(why));
    };
    let (bill, count) = sbom::sbom(&toolchain.project).map_err(Fault::for_good)?;
    tree::write_file(&toolchain.project.join(to), &bill)
        .map_err(|error| Fault::new(error.to_string()))?;
    log.line(&format!("{count} components in {to}"));
    Ok(handing_on("components", count))
}

fn handing_on(name: &str, count: usize) -> Done {
    Done {
        outputs: Map::from_iter([(name.to_owned(), count.into())]),
        ..Done::default()
    }
}

/// Writes what all passes found so far.
fn report(arguments: &Arguments, toolchain: &Toolchain, state: &State) -> Result<(), Fault> {
    let (report, sources) = (&state.report, &state.sources);
    let text = match arguments.format.as_deref().unwrap_or("json") {
        "json" => render::json(report, sources),
        "sarif" => render::sarif(report, sources),
        "github" => render::github(report, sources),
        "gitlab" => render::gitlab(report, sources),
        "junit" => render::junit(report, sources),
        "markdown" => render::markdown(report, sources),
        "html" => render::html(report, sources),
        "short" => render::short(report, sources),
        "text" => render::text(report, sources, false),
        other => return Err(Fault::for_good(format!("there is no format `{other}`"))),
    };
    let Some(to) = &arguments.to else {
        return Err(Fault::for_good(
            "a report needs `to`, the file it is written to",
        ));
    };
    let path = toolchain.project.join(to);
    tree::write_file(&path, &text).map_err(|error| Fault::new(error.to_string()))
}

fn outputs(pass: Pass, part: &Report, errors: usize, warnings: usize) -> Map<String, Value> {
    let mut outputs = Map::new();
    let mut add = |name: &str, count: usize| outputs.insert(name.to_owned(), count.into());
    add("errors", errors);
    add("warnings", warnings);
    match pass {
        Pass::Parse | Pass::Report | Pass::Scan | Pass::Sbom => {}
        Pass::Resolve => {
            add("contracts", part.loaded.contracts);
            add("versions", part.loaded.versions);
        }
        Pass::Check => {
            let promises = part.promises();
            add("kept", promises.kept);
            add("broken", promises.broken);
            add("unproven", promises.unproven);
            let pairs = || part.pairs.iter();
            add("changes", pairs().map(|pair| pair.changes.len()).sum());
            let bump = pairs().map(|pair| pair.bump).max();
            let bump = bump.and_then(|it| serde_json::to_value(it).ok());
            outputs.insert("bump".to_owned(), bump.unwrap_or(Value::Null));
        }
        Pass::Generate => {
            add("written", part.generated.iter().map(|it| it.written).sum());
        }
        Pass::Verify => {
            let counts = || part.verified.iter().flat_map(|it| it.targets.values());
            let documents = counts().map(|it| it.valid.documents + it.invalid.documents);
            add("documents", documents.sum());
            add("differing", counts().map(Counts::differing).sum());
        }
    }
    outputs
}
