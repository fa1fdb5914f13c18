//! `contracts run`

use clap::Args;

use super::check::Compared;
use super::progress::Phases;
use super::session::Session;
use super::verify::VerifyOptions;
use super::{Common, Failure, Format, Screen};
use crate::pipeline;
use crate::tree::Drafts;

/// Do all of it: parse, resolve, check, lower, generate, verify.
///
/// Ends with a table of what was loaded, which promises are kept, what was written, and how many
/// documents came back from each language.
#[derive(Debug, Args)]
pub(super) struct Run {
    #[command(flatten)]
    compared: Compared,
    #[command(flatten)]
    options: VerifyOptions,
}

impl Run {
    pub(super) fn run(self, common: &Common, screen: &mut Screen) -> Result<u8, Failure> {
        let mut session = Session::open("run", common, screen)?;
        let options = self.options.options(&session)?;
        let phases = Phases::new(common.format != Format::Text);
        let Session {
            workspace,
            sources,
            report,
            ..
        } = &mut session;
        let Some(catalog) = pipeline::load(workspace, sources, report, &phases) else {
            drop(phases);
            return session.close(screen);
        };
        let against = self.compared.read(&mut session, &catalog)?;
        let Session {
            workspace,
            sources,
            report,
            ..
        } = &mut session;
        pipeline::check(workspace, &catalog, &against, report, &phases);
        let outputs = pipeline::generate_into(
            &Drafts::new,
            workspace,
            &catalog,
            &options.targets,
            sources,
            report,
            &phases,
        );
        pipeline::write(outputs, report)?;
        pipeline::verify(workspace, &catalog, &options, sources, report, &phases);
        drop(phases);
        session.close(screen)
    }
}
