//! The report as a comment on a pull request: a sentence, a table of versions, details folded.

use std::fmt::Write as _;

use crate::compat::{Bump, Verdict};
use crate::diagnostic::Severity;
use crate::report::{Places, Report};
use crate::source::Sources;

/// GitHub-flavoured markdown.
pub fn markdown(report: &Report, sources: &Sources) -> String {
    let summary = report.summary();
    let mut out = String::new();
    let verdict = if report.diagnostics.has_errors() {
        "❌ Contracts: promises or files need mending"
    } else {
        "✅ Contracts: all is well"
    };
    let promises = summary.promises;
    let _ = writeln!(
        out,
        "### {verdict}\n\n{} kept, {} broken, {} unproven; {} errors, {} warnings.\n",
        promises.kept, promises.broken, promises.unproven, summary.errors, summary.warnings
    );
    if let Some(against) = &report.against {
        let _ = writeln!(out, "Compared with {}.\n", escaped(against));
    }
    if !report.pairs.is_empty() {
        out.push_str("| contract | versions | promise | backward | forward | calls for |\n");
        out.push_str("|---|---|---|---|---|---|\n");
    }
    for pair in &report.pairs {
        let _ = writeln!(
            out,
            "| {} | {} → {} | {} | {} | {} | {} |",
            escaped(&pair.contract),
            escaped(&pair.old),
            escaped(&pair.new),
            pair.promise,
            word(&pair.backward),
            word(&pair.forward),
            match pair.bump {
                Bump::Patch => "patch",
                Bump::Minor => "minor",
                Bump::Major if pair.accepted => "major, accepted",
                Bump::Major => "major",
            }
        );
    }
    details(report, &mut out);
    findings(report, sources, &mut out);
    accepted(report, sources, &mut out);
    out
}

/// What changed between each two versions, with the documents that show it.
fn details(report: &Report, out: &mut String) {
    for pair in report.pairs.iter().filter(|pair| !pair.changes.is_empty()) {
        let (contract, old, new) = (
            escaped(&pair.contract),
            escaped(&pair.old),
            escaped(&pair.new),
        );
        let _ = writeln!(
            out,
            "\n<details><summary>{contract}: {old} → {new}</summary>\n"
        );
        for change in &pair.changes {
            let (message, was) = (escaped(&change.message), escaped(&change.was));
            let at = escaped(&change.at);
            let _ = writeln!(out, "- **{}** {at} {message} ({was})", change.code);
        }
        for setting in pair.policy.settings() {
            let decided = pair.decided.iter().any(|it| it == setting);
            let _ = write!(
                out,
                "\n{setting}{}",
                if decided { " (decided)  " } else { "  " }
            );
        }
        out.push('\n');
        witness(&pair.backward, "backward", out);
        witness(&pair.forward, "forward", out);
        out.push_str("\n</details>\n");
    }
}

fn witness(verdict: &Verdict, direction: &str, out: &mut String) {
    if let Verdict::Broken { witness } = verdict {
        let text = serde_json::to_string_pretty(witness).expect("a witness is a JSON value");
        let fence = fence(&text);
        let _ = writeln!(
            out,
            "\nRefused {direction}:\n\n{fence}json\n{text}\n{fence}"
        );
    }
}

fn findings(report: &Report, sources: &Sources, out: &mut String) {
    let mut places = Places::new(sources);
    let mut lines = String::new();
    for diagnostic in report.standing() {
        let finding = places.finding(diagnostic);
        let severity = match finding.severity {
            Severity::Note => "note",
            Severity::Warning => "warning",
            Severity::Error => "error",
        };
        let _ = write!(lines, "- {severity} **{}** ", finding.code);
        if let Some(place) = finding.places.first() {
            let _ = write!(lines, "{}:{}: ", escaped(&place.file), place.line);
        }
        let _ = writeln!(lines, "{}", escaped(&finding.message));
        for help in &finding.help {
            let _ = writeln!(lines, "  - {}", escaped(help));
        }
    }
    if !lines.is_empty() {
        let _ = write!(
            out,
            "\n<details open><summary>Findings</summary>\n\n{lines}\n</details>\n"
        );
    }
}

/// What is let stand, and why.
fn accepted(report: &Report, sources: &Sources, out: &mut String) {
    let mut places = Places::new(sources);
    let lines = report.accepted().fold(String::new(), |mut lines, found| {
        let finding = places.finding(found);
        let _ = write!(lines, "- **{}** ", finding.code);
        if let Some(place) = finding.places.first() {
            let _ = write!(lines, "{}:{}: ", escaped(&place.file), place.line);
        }
        let reason = finding.accepted.map(|it| it.to_string());
        let reason = escaped(&reason.unwrap_or_default());
        let _ = writeln!(lines, "{}\n  - {reason}", escaped(&finding.message));
        lines
    });
    if !lines.is_empty() {
        let _ = write!(
            out,
            "\n<details><summary>Accepted</summary>\n\n{lines}\n</details>\n"
        );
    }
}

fn word(verdict: &Verdict) -> &'static str {
    match verdict {
        Verdict::Kept => "kept",
        Verdict::Broken { .. } => "broken",
        Verdict::Unproven { .. } => "unproven",
    }
}

/// A fence longer than any in the text.
fn fence(text: &str) -> String {
    let longest = text
        .split(|character| character != '`')
        .map(str::len)
        .max()
        .unwrap_or(0);
    "`".repeat(longest.max(2) + 1)
}

/// A text that stays text: no table cell, tag, link, emphasis or mention comes of it.
fn escaped(text: &str) -> String {
    text.chars().fold(String::new(), |mut out, character| {
        match character {
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '&' => out.push_str("&amp;"),
            '@' => out.push_str("&#64;"),
            '\n' | '\r' => out.push(' '),
            '|' | '`' | '*' | '_' | '[' | ']' | '\\' | '~' | '#' | '!' | '$' => {
                out.push('\\');
                out.push(character);
            }
            other => out.push(other),
        }
        out
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_stay_texts() {
        assert_eq!(
            escaped("a|b\n<img>@team`x`[y](z)"),
            "a\\|b &lt;img&gt;&#64;team\\`x\\`\\[y\\](z)"
        );
        assert_eq!(fence("{\"a\": \"````\"}"), "`````");
    }
}
