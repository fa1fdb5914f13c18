//! The report as GitLab's code quality widget reads it: a list of findings, each with a fingerprint and a place.
//!
//! Format: a subset of the Code Climate specification, as GitLab documents it.

use serde_json::{Value, json};

use crate::diagnostic::Severity;
use crate::report::{Places, Report};
use crate::source::Sources;

/// One JSON list, pretty, with a line break at the end. What is let stand is left out.
pub fn gitlab(report: &Report, sources: &Sources) -> String {
    let mut places = Places::new(sources);
    let rows: Vec<Value> = report
        .standing()
        .map(|diagnostic| {
            let finding = places.finding(diagnostic);
            let mut description = finding.message.clone();
            for fact in finding.notes.iter().chain(&finding.help) {
                description.push_str("; ");
                description.push_str(fact);
            }
            let place = finding.places.first();
            let (path, line) = place.map_or(("contracts.toml", 1), |it| (&it.file, it.line));
            json!({
                "description": description,
                "check_name": finding.code,
                "fingerprint": finding.fingerprint,
                "severity": severity(finding.severity),
                "location": {"path": path, "lines": {"begin": line.max(1)}},
            })
        })
        .collect();
    format!("{:#}\n", Value::Array(rows))
}

fn severity(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "major",
        Severity::Warning => "minor",
        Severity::Note => "info",
    }
}
