//! The table at the end of a run: what was loaded, proven, written, and what came back.

use std::fmt::Write as _;

use crate::report::Report;

/// A few lines, aligned, in plain text.
pub fn summary(report: &Report) -> String {
    let summary = report.summary();
    let mut rows: Vec<(String, String)> = Vec::new();
    let loaded = format!(
        "{}, {}",
        count(summary.contracts, "contract"),
        count(summary.versions, "version")
    );
    rows.push(("loaded".to_owned(), loaded));
    rows.extend(report.against.clone().map(|it| ("against".to_owned(), it)));
    if matches!(report.command, "check" | "run") {
        let promises = summary.promises;
        let text = format!(
            "{} kept, {} broken, {} unproven",
            promises.kept, promises.broken, promises.unproven
        );
        rows.push(("promises".to_owned(), text));
        rows.extend(policies(report));
    }
    rows.extend(outputs(report));
    let mut findings = format!(
        "{}, {}",
        count(summary.errors, "error"),
        count(summary.warnings, "warning")
    );
    if summary.accepted > 0 {
        let _ = write!(findings, ", {} accepted", summary.accepted);
    }
    rows.push(("findings".to_owned(), findings));
    let width = rows
        .iter()
        .map(|(name, _)| name.chars().count())
        .max()
        .unwrap_or(0);
    rows.iter().fold(String::new(), |mut out, (name, text)| {
        let _ = writeln!(out, "{name:>width$}  {text}");
        out
    })
}

/// What was generated and what came back, a row a target.
pub(super) fn outputs(report: &Report) -> Vec<(String, String)> {
    let mut rows = Vec::new();
    for row in &report.generated {
        let (changed, same) = if report.command == "gen --check" {
            ("stale", "current")
        } else {
            ("written", "unchanged")
        };
        let mut text = format!("{} {changed}, {} {same}", row.written, row.unchanged);
        if row.removed > 0 {
            let _ = write!(text, ", {} removed", row.removed);
        }
        rows.push((row.target.clone(), format!("{text} in {}", row.out)));
    }
    if let Some(outcomes) = &report.verified {
        for (target, counts) in outcomes.rows() {
            rows.push((format!("{target} ran"), counts));
        }
    }
    rows
}

/// The policies that pairs were judged by, and how many pairs each decided.
fn policies(report: &Report) -> Vec<(String, String)> {
    let mut named: Vec<&str> = Vec::new();
    let mut decided: Vec<(&str, usize)> = Vec::new();
    for pair in &report.pairs {
        for setting in pair.policy.settings() {
            if !named.contains(&setting) {
                named.push(setting);
            }
        }
        for setting in &pair.decided {
            match decided.iter_mut().find(|(name, _)| name == setting) {
                Some((_, pairs)) => *pairs += 1,
                None => decided.push((setting, 1)),
            }
        }
    }
    if named.is_empty() {
        return Vec::new();
    }
    let of_kind = |name: &&str| {
        let values: Vec<&str> = named
            .iter()
            .filter_map(|setting| setting.strip_prefix(*name)?.strip_prefix(" = "))
            .collect();
        format!("{name} = {}", values.join(" or "))
    };
    let named: Vec<String> = ORDER.iter().map(of_kind).collect();
    let decided: Vec<String> = decided
        .into_iter()
        .map(|(setting, pairs)| format!("{} by {setting}", count(pairs, "pair")))
        .collect();
    let mut rows = vec![("policies".to_owned(), named.join(", "))];
    if !decided.is_empty() {
        rows.push(("decided".to_owned(), decided.join(", ")));
    }
    rows
}

/// Policies in the order of the documentation.
const ORDER: [&str; 4] = ["undeclared", "defaults", "enums", "formats"];

fn count(number: usize, word: &str) -> String {
    if number == 1 {
        format!("1 {word}")
    } else {
        format!("{number} {word}s")
    }
}
