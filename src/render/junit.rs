//! The report as JUnit XML, for build servers: a test case for each pair of versions with a promise, and
//! one for each finding.

use std::fmt::Write as _;

use crate::compat::{Direction, PairReport, Verdict};
use crate::diagnostic::Severity;
use crate::report::{Places, Report};
use crate::source::Sources;

/// One XML document.
pub fn junit(report: &Report, sources: &Sources) -> String {
    let mut places = Places::new(sources);
    let promised = |pair: &&PairReport| pair.promise.backward || pair.promise.forward;
    let pairs: Vec<&PairReport> = report.pairs.iter().filter(promised).collect();
    let is_broken = |pair: &&&PairReport| failure(pair).is_some() && !pair.accepted;
    let broken = pairs.iter().filter(is_broken).count();
    let excused = pairs.iter().filter(|pair| pair.accepted).count();
    let mut findings = String::new();
    let (mut count, mut errors, mut skipped) = (0, 0, 0);
    for diagnostic in &report.diagnostics {
        let finding = places.finding(diagnostic);
        if finding.severity == Severity::Note {
            continue;
        }
        count += 1;
        let place = finding.places.first();
        let (file, line) = place.map_or(("", 0), |it| (it.file.as_str(), it.line));
        let class = finding.contract.as_deref().unwrap_or(file);
        let _ = write!(
            findings,
            "    <testcase classname=\"{}\" name=\"{}: {}\" file=\"{}\" line=\"{line}\"",
            escaped(class),
            finding.code,
            escaped(&finding.message),
            escaped(file)
        );
        if let Some(accepted) = &finding.accepted {
            skipped += 1;
            findings.push_str(&skip(&accepted.to_string()));
        } else if finding.severity == Severity::Error {
            errors += 1;
            let facts: Vec<&str> = finding
                .notes
                .iter()
                .chain(&finding.help)
                .map(String::as_str)
                .collect();
            let _ = writeln!(
                findings,
                ">\n      <failure type=\"{}\" message=\"{}\">{}</failure>\n    </testcase>",
                finding.code,
                escaped(&finding.message),
                escaped(&facts.join("\n"))
            );
        } else {
            findings.push_str("/>\n");
        }
    }
    let mut out = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    let (tests, failures) = (pairs.len() + count, broken + errors);
    let _ = writeln!(
        out,
        "<testsuites name=\"contracts\" tests=\"{tests}\" failures=\"{failures}\" skipped=\"{}\">",
        excused + skipped
    );
    let _ = writeln!(
        out,
        "  <testsuite name=\"promises\" tests=\"{}\" failures=\"{broken}\" skipped=\"{excused}\">",
        pairs.len()
    );
    for pair in pairs {
        let _ = write!(
            out,
            "    <testcase classname=\"{}\" name=\"{} to {}, {}\"",
            escaped(&pair.contract),
            escaped(&pair.old),
            escaped(&pair.new),
            pair.promise
        );
        match failure(pair) {
            None => out.push_str("/>\n"),
            Some(message) if pair.accepted => out.push_str(&skip(&message)),
            Some(message) => {
                let message = escaped(&message);
                let _ = writeln!(
                    out,
                    ">\n      <failure type=\"broken\" message=\"{message}\"/>\n    </testcase>"
                );
            }
        }
    }
    let _ = writeln!(
        out,
        "  </testsuite>\n  <testsuite name=\"findings\" tests=\"{count}\" failures=\"{errors}\" skipped=\"{skipped}\">"
    );
    out.push_str(&findings);
    out.push_str("  </testsuite>\n</testsuites>\n");
    out
}

/// The rest of a test case whose failure was accepted.
fn skip(reason: &str) -> String {
    let reason = escaped(reason);
    format!(">\n      <skipped message=\"accepted: {reason}\"/>\n    </testcase>\n")
}

/// The document that breaks a promise.
fn failure(pair: &PairReport) -> Option<String> {
    Direction::ALL
        .into_iter()
        .filter(|direction| direction.promised(pair.promise))
        .find_map(|direction| match pair.verdict(direction) {
            Verdict::Broken { witness } => {
                let (sends, refuses) = match direction {
                    Direction::Backward => (&pair.old, &pair.new),
                    Direction::Forward => (&pair.new, &pair.old),
                };
                Some(format!("{sends} sends, {refuses} refuses: {witness}"))
            }
            Verdict::Kept | Verdict::Unproven { .. } => None,
        })
}

/// A text in an attribute or element; what XML 1.0 cannot hold at all becomes U+FFFD.
fn escaped(text: &str) -> String {
    text.chars().fold(String::new(), |mut out, character| {
        match character {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\n' => out.push_str("&#10;"),
            '\t' => out.push_str("&#9;"),
            '\r' => out.push_str("&#13;"),
            '\0'..='\u{1f}' | '\u{fffe}' | '\u{ffff}' => out.push('\u{fffd}'),
            other => out.push(other),
        }
        out
    })
}

#[cfg(test)]
mod tests {
    use super::escaped;

    #[test]
    fn nothing_leaves_its_place() {
        assert_eq!(
            escaped("]]><a b=\"c\">&\u{1}\n"),
            "]]&gt;&lt;a b=&quot;c&quot;&gt;&amp;\u{fffd}&#10;"
        );
    }
}
