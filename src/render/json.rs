//! The report as JSON, by the schema that `contracts schema report` prints.

use crate::report::{Json, Places, Report};
use crate::source::Sources;

/// One JSON document, pretty, with a line break at the end.
pub fn json(report: &Report, sources: &Sources) -> String {
    let mut places = Places::new(sources);
    let json = Json {
        format: "1.0",
        tool: env!("CARGO_PKG_VERSION"),
        command: report.command,
        summary: report.summary(),
        findings: report
            .diagnostics
            .iter()
            .map(|it| places.finding(it))
            .collect(),
        against: report.against.as_deref(),
        pairs: &report.pairs,
        generated: &report.generated,
        verified: report.verified.as_ref(),
    };
    let mut text = serde_json::to_string_pretty(&json)
        .expect("a report holds only strings, numbers and lists of them");
    text.push('\n');
    text
}
