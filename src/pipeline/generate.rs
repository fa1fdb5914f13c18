//! Lowering and printing in one go: each version's model is printed for every target and dropped, and its files
//! are on their shelves, before the next comes. What a large workspace takes is what its largest schemas take.

use std::path::Path;
use std::sync::{Mutex, PoisonError};

use rayon::prelude::*;

use super::models::Lowered;
use super::{Output, Progress, Workspace, codes, custom, targets};
use crate::catalog::{Catalog, Contract, Release};
use crate::config::Emit;
use crate::diagnostic::Diagnostics;
use crate::report::Report;
use crate::source::Sources;
use crate::target::{Edition, Naming, Printed, Printer};
use crate::tree::{Shelf, Tree};

/// Lowers and prints what the workspace's targets ask for; `only` keeps those targets (all, if empty).
pub fn generate(
    workspace: &Workspace,
    catalog: &Catalog,
    only: &[String],
    sources: &mut Sources,
    report: &mut Report,
    progress: &dyn Progress,
) -> Vec<Output> {
    let shelf = |_: &Path| Mutex::new(Tree::default());
    let outputs = generate_into(&shelf, workspace, catalog, only, sources, report, progress);
    let whole = |tree: Mutex<Tree>| tree.into_inner().unwrap_or_else(PoisonError::into_inner);
    outputs
        .into_iter()
        .map(|output| output.with(whole))
        .collect()
}

/// The same with a shelf of `shelf` for the folder of each target.
pub fn generate_into<S: Shelf>(
    shelf: &dyn Fn(&Path) -> S,
    workspace: &Workspace,
    catalog: &Catalog,
    only: &[String],
    sources: &mut Sources,
    report: &mut Report,
    progress: &dyn Progress,
) -> Vec<Output<S>> {
    progress.phase("lower");
    let mut of_targets = Diagnostics::default();
    let targets = targets(workspace, only, sources, &mut of_targets);
    progress.phase("generate");
    let releases: Vec<(&Contract, &Release)> = catalog.releases().collect();
    let versions: Vec<String> = releases
        .iter()
        .map(|(_, release)| release.version.to_string())
        .collect();
    let runs: Vec<Run<'_, S>> = targets
        .iter()
        .filter_map(|target| {
            let settings = workspace.config.targets.get(&target.name)?;
            let numbers = emitted(&releases, settings.emit);
            let editions = releases.iter().zip(&versions).zip(&numbers);
            let editions = editions.filter(|(_, number)| number.is_some());
            let editions = editions.map(|(((contract, release), version), _)| Edition {
                group: &contract.group,
                name: &contract.name,
                version,
                major: release.version.major(),
            });
            let editions: Vec<Edition<'_>> = editions.collect();
            let naming = match settings.emit {
                Emit::LatestPerMajor => Naming::Major,
                Emit::All => Naming::Version,
            };
            let folder = workspace.folder.join(&settings.out);
            Some(Run {
                printer: Printer::new(target, &editions, naming),
                numbers,
                output: Output {
                    target: target.name.clone(),
                    out: settings.out.clone(),
                    files: shelf(&folder),
                    folder,
                },
            })
        })
        .collect();
    // The largest first, so that no thread is left alone with one at the end. The versions of a contract are
    // lowered in their order, for each is named after the one before it.
    let size = |contract: &Contract| -> usize {
        let releases = contract.releases.iter();
        let sources_of = releases.map(|it| catalog.schemas.schema(it.root).source);
        sources_of
            .map(|source| sources.get(source).text.len())
            .sum()
    };
    let mut first = 0;
    let mut order: Vec<(usize, &Contract)> = Vec::new();
    for contract in &catalog.contracts {
        order.push((first, contract));
        first += contract.releases.len();
    }
    order.sort_by_key(|(_, contract)| std::cmp::Reverse(size(contract)));
    let mut made: Vec<(usize, Diagnostics, Vec<Option<Printed>>)> = order
        .into_par_iter()
        .with_max_len(1)
        .flat_map_iter(|(first, contract)| {
            let lowered = Lowered::new(workspace, catalog, contract);
            lowered.zip(first..).map(|((model, found), index)| {
                let printed = runs.iter().map(|run| {
                    let number = (*run.numbers.get(index)?)?;
                    Some(run.printer.module(number, &model, &run.output.files))
                });
                (index, found, printed.collect())
            })
        })
        .collect();
    made.sort_by_key(|(index, ..)| *index);
    let mut printed: Vec<Vec<Printed>> = runs.iter().map(|_| Vec::new()).collect();
    for (_, found, modules) in made {
        report.diagnostics.extend(found);
        for (all, module) in printed.iter_mut().zip(modules) {
            all.extend(module);
        }
    }
    report.diagnostics.extend(of_targets);
    custom::check(
        workspace,
        catalog,
        &targets,
        sources,
        &mut report.diagnostics,
    );
    let outputs = runs.into_iter().zip(printed).map(|(run, printed)| {
        let (shelf, diagnostics) = (&run.output.files, &mut report.diagnostics);
        run.printer.finish(printed, shelf, sources, diagnostics);
        run.output
    });
    let outputs = outputs.collect();
    codes::regrade(&workspace.config, &mut report.diagnostics);
    outputs
}

/// A target at work.
struct Run<'a, S> {
    printer: Printer<'a>,
    /// For each release the number of its edition, where the target emits it.
    numbers: Vec<Option<usize>>,
    output: Output<S>,
}

/// The numbers of the releases that a target emits: all, or the newest of each major version.
fn emitted(releases: &[(&Contract, &Release)], emit: Emit) -> Vec<Option<usize>> {
    let newest = |contract: &Contract, release: &Release| {
        contract
            .releases
            .iter()
            .rfind(|other| other.version.major() == release.version.major())
            .is_some_and(|last| last.version == release.version)
    };
    let mut next = 0;
    let numbers = releases.iter().map(|(contract, release)| {
        (emit == Emit::All || newest(contract, release)).then(|| {
            next += 1;
            next - 1
        })
    });
    numbers.collect()
}
