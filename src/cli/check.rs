//! `contracts check`

use clap::Args;

use super::session::Session;
use super::{Common, Failure, Screen};
use crate::pipeline::{self, Silent};

/// Check that every version keeps its promise to the versions before it.
///
/// Reads every schema, reports every fault, then compares versions by what contracts.toml promises:
/// none, backward, forward or full, each also transitive. A broken promise comes with a document that
/// one version accepts and the other refuses.
#[derive(Debug, Args)]
pub(super) struct Check {}

impl Check {
    pub(super) fn run(self, common: &Common, screen: &mut Screen) -> Result<u8, Failure> {
        let Self {} = self;
        let mut session = Session::open("check", common, screen)?;
        let Session {
            workspace,
            sources,
            report,
            ..
        } = &mut session;
        if let Some(catalog) = pipeline::load(workspace, sources, report, &Silent) {
            pipeline::check(workspace, &catalog, report, &Silent);
        }
        session.close(screen)
    }
}
