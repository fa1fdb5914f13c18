//! `contracts gen`

use clap::Args;

use super::session::Session;
use super::{Common, Failure, Screen};
use crate::diagnostic::Severity;
use crate::pipeline::{self, Silent};
use crate::tree::Drafts;

/// Generate models for the targets of contracts.toml.
///
/// Writes only files whose text changed, each whole or not at all, and removes generated files that
/// nothing generates any more. The same contracts give the same bytes on every machine. A schema with
/// faults is generated as far as it is understood, and the exit code is 1.
///
/// Where every file that the last run read and wrote is as that run left it, nothing is done again:
/// `target/contracts/gen.json` remembers it by content.
#[derive(Debug, Args)]
pub(super) struct Gen {
    /// Write nothing; fail with a diff if anything would be written
    #[arg(long)]
    check: bool,
    /// Only this target; may be given several times
    #[arg(long, value_name = "NAME")]
    target: Vec<String>,
}

impl Gen {
    pub(super) fn run(self, common: &Common, screen: &mut Screen) -> Result<u8, Failure> {
        let mut session = Session::open(
            if self.check { "gen --check" } else { "gen" },
            common,
            screen,
        )?;
        known(&self.target, &session)?;
        let show = session.show();
        let for_people = session.is_for_people();
        let stamp = session.work().join("gen.json");
        let Session {
            workspace,
            sources,
            report,
            ..
        } = &mut session;
        if pipeline::is_unchanged(&stamp, workspace, &self.target, sources, report) {
            return session.close(screen);
        }
        let Some(catalog) = pipeline::understand(workspace, sources, report, &Silent) else {
            return session.close(screen);
        };
        let known = report.diagnostics.count(Severity::Error);
        if self.check {
            let only = &self.target;
            let outputs = pipeline::generate(workspace, &catalog, only, sources, report, &Silent);
            let differences = pipeline::compare(&outputs, &show, sources, report);
            if for_people {
                for difference in &differences {
                    screen.print(&difference.diff)?;
                }
            }
            return session.close(screen);
        }
        let only = &self.target;
        let shelf = Drafts::new;
        let outputs =
            pipeline::generate_into(&shelf, workspace, &catalog, only, sources, report, &Silent);
        if report.diagnostics.count(Severity::Error) == known {
            let outputs = pipeline::write(outputs, report)?;
            pipeline::remember(&stamp, workspace, only, &catalog, sources, &outputs, report);
        }
        session.close(screen)
    }
}

/// Refuses a target that contracts.toml does not have.
pub(super) fn known(targets: &[String], session: &Session) -> Result<(), Failure> {
    let settings = &session.workspace.config.targets;
    let Some(unknown) = targets.iter().find(|name| !settings.contains_key(*name)) else {
        return Ok(());
    };
    let names: Vec<&str> = settings.keys().map(String::as_str).collect();
    let help = if names.is_empty() {
        "add a `[targets.NAME]` section to contracts.toml".to_owned()
    } else {
        format!("contracts.toml has {}", names.join(", "))
    };
    let message = format!("`{unknown}` is no target of this workspace");
    Err(Failure::Said {
        message,
        help: Some(help),
    })
}
