//! Models of a workspace: its catalog in; the model of every version, and those that a target emits, out.

use rayon::prelude::*;

use super::Workspace;
use crate::catalog::{Catalog, Contract, Release};
use crate::config::Emit;
use crate::diagnostic::Diagnostics;
use crate::model::{self, Model};

/// The model of every version, in the catalog's order.
pub fn lower(
    workspace: &Workspace,
    catalog: &Catalog,
    diagnostics: &mut Diagnostics,
) -> Vec<Model> {
    let lowered: Vec<Vec<(Model, Diagnostics)>> = catalog
        .contracts
        .par_iter()
        .map(|contract| {
            let formats = workspace.config.policy(&contract.full_name()).formats;
            let mut models: Vec<(Model, Diagnostics)> = Vec::new();
            for release in &contract.releases {
                let mut found = Diagnostics::default();
                let elder = models.last().map(|(model, _)| model);
                let elder = elder.filter(|elder| elder.major == release.version.major());
                let schemas = &catalog.schemas;
                let model = model::lower(schemas, contract, release, formats, elder, &mut found);
                models.push((model, found));
            }
            models
        })
        .collect();
    lowered
        .into_iter()
        .flatten()
        .map(|(model, found)| {
            diagnostics.extend(found);
            model
        })
        .collect()
}

/// The models that a target emits: all, or the newest of each major version.
pub(super) fn emitted<'a>(catalog: &Catalog, models: &'a [Model], emit: Emit) -> Vec<&'a Model> {
    let newest = |contract: &Contract, release: &Release| {
        contract
            .releases
            .iter()
            .rfind(|other| other.version.major() == release.version.major())
            .is_some_and(|last| last.version == release.version)
    };
    catalog
        .releases()
        .zip(models)
        .filter(|((contract, release), _)| emit == Emit::All || newest(contract, release))
        .map(|(_, model)| model)
        .collect()
}
