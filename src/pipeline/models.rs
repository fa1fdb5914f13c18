//! Models of a workspace: its catalog in; the model of every version out, each named after the one before it.

use std::sync::Arc;

use rayon::prelude::*;

use super::Workspace;
use crate::catalog::{Catalog, Contract};
use crate::diagnostic::Diagnostics;
use crate::model::{self, Model};
use crate::schema::Formats;

/// The models of a contract's versions, in their order.
pub(super) struct Lowered<'a> {
    catalog: &'a Catalog,
    contract: &'a Contract,
    formats: Formats,
    next: usize,
    elder: Option<Arc<Model>>,
}

impl<'a> Lowered<'a> {
    pub(super) fn new(workspace: &Workspace, catalog: &'a Catalog, contract: &'a Contract) -> Self {
        Self {
            catalog,
            contract,
            formats: workspace.config.policy(&contract.full_name()).formats,
            next: 0,
            elder: None,
        }
    }
}

impl Iterator for Lowered<'_> {
    type Item = (Arc<Model>, Diagnostics);

    fn next(&mut self) -> Option<Self::Item> {
        let release = self.contract.releases.get(self.next)?;
        self.next += 1;
        let mut found = Diagnostics::default();
        let major = release.version.major();
        let elder = self.elder.take().filter(|elder| elder.major == major);
        let model = model::lower(
            &self.catalog.schemas,
            self.contract,
            release,
            self.formats,
            elder.as_deref(),
            &mut found,
        );
        let model = Arc::new(model);
        self.elder = Some(model.clone());
        Some((model, found))
    }
}

/// The model of every version, in the catalog's order.
pub fn lower(
    workspace: &Workspace,
    catalog: &Catalog,
    diagnostics: &mut Diagnostics,
) -> Vec<Model> {
    let contracts = catalog.contracts.par_iter();
    let lowered = contracts.flat_map_iter(|contract| Lowered::new(workspace, catalog, contract));
    let lowered: Vec<(Arc<Model>, Diagnostics)> = lowered.collect();
    let models = lowered.into_iter().map(|(model, found)| {
        diagnostics.extend(found);
        Arc::unwrap_or_clone(model)
    });
    models.collect()
}
