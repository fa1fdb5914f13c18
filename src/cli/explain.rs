//! `contracts explain`

use clap::Args;

use super::{Failure, Screen};
use crate::diagnostic::Severity;
use crate::pipeline::codes;
use crate::schema::closest;
use crate::workflow;

/// Say what a finding's code means, or list all codes.
#[derive(Debug, Args)]
pub(super) struct Explain {
    /// The code, as it stands in brackets behind `error` or `warning`
    code: Option<String>,
}

impl Explain {
    pub(super) fn run(self, screen: &mut Screen) -> Result<u8, Failure> {
        let mut codes = codes();
        codes.extend(workflow::CODES);
        codes.sort_by_key(|code| code.name);
        let Some(wanted) = self.code else {
            let lines = codes.iter().map(|code| format!("{}\n", code.name));
            screen.print(&lines.collect::<String>())?;
            return Ok(0);
        };
        let Some(code) = codes.iter().find(|code| code.name == wanted) else {
            let help = closest(&wanted, codes.iter().map(|code| code.name)).map_or_else(
                || "`contracts explain` lists all codes".to_owned(),
                |meant| format!("did you mean `{meant}`?"),
            );
            let message = format!("`{wanted}` is no code");
            return Err(Failure::Said {
                message,
                help: Some(help),
            });
        };
        let severity = match code.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Note => "note",
        };
        screen.print(&format!("{severity}[{}]\n\n{}", code.name, code.explain))?;
        Ok(0)
    }
}
