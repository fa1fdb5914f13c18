//! `contracts check`

use clap::Args;

use super::session::Session;
use super::{Common, Failure, Screen};
use crate::catalog::Catalog;
use crate::pipeline::{self, Against, AgainstError, Context, Silent};

/// Check that every version keeps its promise to the versions before it.
///
/// Reads every schema, reports every fault, then compares versions by what contracts.toml promises:
/// none, backward, forward or full, each also transitive. A broken promise comes with a document that
/// one version accepts and the other refuses.
#[derive(Debug, Args)]
pub(super) struct Check {
    #[command(flatten)]
    compared: Compared,
}

/// What versions are compared with.
#[derive(Debug, Args)]
pub(super) struct Compared {
    /// What versions are compared with: `previous`, a version, a folder, or a git revision
    ///
    /// `previous`: each with those before it. A version (`1.2`): each later version with that one. A folder
    /// (another checkout) or a git revision (`origin/main`, `HEAD~1`, a tag; read from the object store, the
    /// work tree is left alone): versions that are new since then with those that were there, which must
    /// not have been edited, deleted or renamed. A word that could be several of these is refused: write
    /// `version:1.2`, `folder:../old` or `git:main`.
    #[arg(long, value_name = "WHAT", default_value = "previous")]
    against: String,
}

impl Compared {
    /// What was asked for, read.
    pub(super) fn read(
        &self,
        session: &mut Session,
        catalog: &Catalog,
    ) -> Result<Against, Failure> {
        let (here, shown) = (session.here().to_owned(), session.show());
        let Session {
            workspace,
            sources,
            report,
            ..
        } = session;
        let context = Context {
            workspace,
            catalog,
            here: &here,
            shown: &shown,
        };
        let found = &mut report.diagnostics;
        let against = pipeline::against(&self.against, &context, sources, found);
        against.map_err(|AgainstError { message, help }| Failure::Said { message, help })
    }
}

impl Check {
    pub(super) fn run(self, common: &Common, screen: &mut Screen) -> Result<u8, Failure> {
        let mut session = Session::open("check", common, screen)?;
        let Session {
            workspace,
            sources,
            report,
            ..
        } = &mut session;
        if let Some(catalog) = pipeline::load(workspace, sources, report, &Silent) {
            let against = self.compared.read(&mut session, &catalog)?;
            let Session {
                workspace, report, ..
            } = &mut session;
            pipeline::check(workspace, &catalog, &against, report, &Silent);
        }
        session.close(screen)
    }
}
