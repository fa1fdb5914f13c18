//! Shows that generated readers and writers agree with the schemas: models and documents in; what came
//! back from each language, as outcomes and findings, out.
//!
//! Documents are the examples kept beside the contracts and samples made from the schemas. What is
//! accepted is the validator's word. Programs are started in `runner` only.

mod codes;
mod compare;
mod instant;
mod judge;
mod outcome;
mod process;
mod runner;
pub mod sample;
mod trial;

pub use compare::{Compared, Difference, Places, compare};
pub use outcome::{
    Counts, Disagreement, Invalid, Outcomes, RoundTrip, Skipped, TargetOutcome, Tried, Valid,
    VersionOutcome,
};

use std::path::{Path, PathBuf};

use rayon::prelude::*;

use crate::catalog::{Catalog, Contract, Release};
use crate::config::Config;
use crate::diagnostic::{Code, Diagnostics};
use crate::model::Model;
use crate::source::Sources;
use crate::target::Target;
use runner::{Bench, Ran, Request, Trouble};
use trial::{Found, Trial};

/// Every code this room can report.
pub const CODES: &[&Code] = codes::ALL;

/// So many samples a version are made where nobody says otherwise.
pub const SAMPLES: usize = 300;

/// How documents are run.
#[derive(Clone, Debug)]
pub struct Options {
    /// The targets to run, by name; all where empty.
    pub targets: Vec<String>,
    /// Whether a language whose tools are missing is an error.
    pub require_all: bool,
    /// Whether C++ is built with sanitizers.
    pub sanitize: bool,
    /// The most samples a version; [`SAMPLES`] is a good number.
    pub samples: usize,
    /// The folder for what is built and kept between runs.
    pub work: PathBuf,
}

/// What is verified.
#[derive(Clone, Copy, Debug)]
pub struct Input<'a> {
    /// The contracts.
    pub catalog: &'a Catalog,
    /// The settings.
    pub config: &'a Config,
    /// The model of every version, in the catalog's order.
    pub models: &'a [Model],
    /// The targets.
    pub targets: &'a [Target],
    /// The folder that paths of examples start from.
    pub root: &'a Path,
    /// What stands before those paths in messages.
    pub shown: &'a str,
}

/// Sends every example and sample of every version through every target's reader and writer.
pub fn verify(
    input: &Input<'_>,
    options: &Options,
    sources: &mut Sources,
    diagnostics: &mut Diagnostics,
) -> Outcomes {
    let releases: Vec<(&Contract, &Release)> = input.catalog.releases().collect();
    let found: Vec<Found> = releases
        .par_iter()
        .map(|(contract, release)| {
            let formats = input.config.policy(&contract.full_name()).formats;
            trial::find(input, release, formats, options.samples)
        })
        .collect();
    let mut versions = Vec::new();
    for ((contract, release), found) in releases.iter().zip(found) {
        let trials = found.settle(&contract.label(release), sources, diagnostics);
        versions.push(judge::Version {
            label: contract.label(release),
            source: input.catalog.schemas.schema(release.root).source,
            trials,
        });
    }
    let chosen =
        |target: &&Target| options.targets.is_empty() || options.targets.contains(&target.name);
    let targets: Vec<&Target> = input.targets.iter().filter(chosen).collect();
    // Programs run in folders of their own, so the way to them must not depend on where we are.
    let work = std::path::absolute(&options.work).unwrap_or_else(|_| options.work.clone());
    let options = &Options {
        work,
        ..options.clone()
    };
    let results = run(input, options, &targets, &versions);
    judge::judge(
        &versions,
        input.models,
        &targets,
        results,
        options.require_all,
        diagnostics,
    )
}

/// Runs all targets at once; each waits for its own programs.
fn run(
    input: &Input<'_>,
    options: &Options,
    targets: &[&Target],
    versions: &[judge::Version],
) -> Vec<Result<Ran, Trouble>> {
    let requests: Vec<Request<'_>> = versions
        .iter()
        .enumerate()
        .flat_map(|(model, version)| {
            version
                .trials
                .iter()
                .map(move |Trial { text, .. }| Request { model, text })
        })
        .collect();
    let models: Vec<&Model> = input.models.iter().collect();
    std::thread::scope(|scope| {
        let handles: Vec<_> = targets
            .iter()
            .map(|target| {
                let bench = Bench {
                    target,
                    models: &models,
                    work: &options.work,
                    sanitize: options.sanitize,
                };
                let requests = &requests;
                scope.spawn(move || runner::run(&bench, requests))
            })
            .collect();
        let joined = handles.into_iter().map(std::thread::ScopedJoinHandle::join);
        let panicked = |_| {
            Err(Trouble::Failed(
                "the runner stopped unexpectedly".to_owned(),
            ))
        };
        joined
            .map(|result| result.unwrap_or_else(panicked))
            .collect()
    })
}
