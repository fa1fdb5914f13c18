//! `contracts verify`

use clap::Args;

use super::progress::Phases;
use super::session::Session;
use super::{Common, Failure, Format, Screen};
use crate::pipeline;
use crate::verify::{Options, SAMPLES};

/// Send documents through the generated readers and writers of every language.
///
/// Each version's examples and generated samples (smallest, fullest, every edge of every bound, and
/// documents with one fault each) are read and written by the generated Rust, Python and MQL4, and must
/// come back equal; what the schema refuses, all must refuse.
#[derive(Debug, Args)]
pub(super) struct Verify {
    #[command(flatten)]
    options: VerifyOptions,
}

/// How documents are run.
#[derive(Clone, Debug, Args)]
pub(super) struct VerifyOptions {
    /// Only this target; may be given several times
    #[arg(long, value_name = "NAME")]
    target: Vec<String>,
    /// Fail where a language's tools are missing, instead of skipping it
    #[arg(long)]
    require_all: bool,
    /// Build C++ with the address and undefined-behaviour sanitizers
    #[arg(long)]
    sanitize: bool,
    /// The most documents that are made from a version's schema, beside its examples
    #[arg(long, value_name = "COUNT", default_value_t = SAMPLES)]
    samples: usize,
}

impl VerifyOptions {
    pub(super) fn options(&self, session: &Session) -> Result<Options, Failure> {
        super::r#gen::known(&self.target, session)?;
        Ok(Options {
            targets: self.target.clone(),
            require_all: self.require_all,
            sanitize: self.sanitize,
            samples: self.samples,
            work: session.work(),
        })
    }
}

impl Verify {
    pub(super) fn run(self, common: &Common, screen: &mut Screen) -> Result<u8, Failure> {
        let mut session = Session::open("verify", common, screen)?;
        let options = self.options.options(&session)?;
        let phases = Phases::new(common.format != Format::Text);
        let Session {
            workspace,
            sources,
            report,
            ..
        } = &mut session;
        if let Some(catalog) = pipeline::understand(workspace, sources, report, &phases) {
            pipeline::verify(workspace, &catalog, &options, sources, report, &phases);
        }
        drop(phases);
        session.close(screen)
    }
}
