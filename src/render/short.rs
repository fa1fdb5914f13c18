//! One line a finding, for editors and build scripts: `file:line:column: severity[code]: message`.

use std::fmt::Write as _;

use crate::diagnostic::Severity;
use crate::report::{Places, Report};
use crate::source::Sources;

/// All findings, a line each.
pub fn short(report: &Report, sources: &Sources) -> String {
    let mut places = Places::new(sources);
    let mut out = String::new();
    for diagnostic in &report.diagnostics {
        let finding = places.finding(diagnostic);
        if let Some(place) = finding.places.first() {
            let _ = write!(out, "{}:{}:{}: ", place.file, place.line, place.column);
        }
        let severity = match (&finding.accepted, finding.severity) {
            (Some(_), _) => "accepted",
            (None, Severity::Note) => "note",
            (None, Severity::Warning) => "warning",
            (None, Severity::Error) => "error",
        };
        let _ = write!(out, "{severity}[{}]: {}", finding.code, finding.message);
        if let Some(accepted) = &finding.accepted {
            let _ = writeln!(out, ": {accepted}");
            continue;
        }
        match finding.places.first().map(|place| place.label.as_str()) {
            None | Some("") => out.push('\n'),
            Some(label) => {
                let _ = writeln!(out, ": {label}");
            }
        }
    }
    out
}
