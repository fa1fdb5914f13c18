//! Workflow commands that GitHub shows beside the lines of a pull request: one a finding.

use std::fmt::Write as _;

use crate::diagnostic::Severity;
use crate::report::{Places, Report};
use crate::source::Sources;

/// All findings, a command each.
pub fn github(report: &Report, sources: &Sources) -> String {
    let mut places = Places::new(sources);
    let mut out = String::new();
    for diagnostic in &report.diagnostics {
        let finding = places.finding(diagnostic);
        let command = match (&finding.accepted, finding.severity) {
            (Some(_), _) | (None, Severity::Note) => "notice",
            (None, Severity::Warning) => "warning",
            (None, Severity::Error) => "error",
        };
        let _ = write!(out, "::{command} ");
        if let Some(place) = finding.places.first() {
            let _ = write!(
                out,
                "file={},line={},col={},endLine={},endColumn={},",
                property(&place.file),
                place.line,
                place.column,
                place.end_line,
                place.end_column
            );
        }
        let mut message = finding.message;
        for fact in &finding.notes {
            let _ = write!(message, "\n{fact}");
        }
        match &finding.accepted {
            Some(accepted) => {
                let _ = write!(message, "\naccepted: {accepted}");
            }
            None => message.extend(finding.help.iter().map(|help| format!("\n{help}"))),
        }
        let title = property(finding.code);
        let _ = writeln!(out, "title={title}::{}", data(&message));
    }
    out
}

/// A text after `::`, with what would end the command escaped.
fn data(text: &str) -> String {
    text.replace('%', "%25")
        .replace('\r', "%0D")
        .replace('\n', "%0A")
}

/// A value before `::`, with what would end it escaped.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_ends_a_command_early() {
        assert_eq!(data("100 %\r\n::error::x"), "100 %25%0D%0A::error::x");
        assert_eq!(property("a:b,c%\n"), "a%3Ab%2Cc%25%0A");
    }
}
