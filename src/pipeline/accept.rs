//! Findings that are let stand: rows of contracts.toml and a report in; the report with reasons, and findings
//! for rows that are over or mean nothing, out.

use super::{Workspace, codes};
use crate::compat;
use crate::config::Accept;
use crate::diagnostic::{Acceptance, At, Code, Diagnostic, Diagnostics, Severity};
use crate::report::{Report, fingerprint};
use crate::source::Sources;
use crate::{model, target, verify};

pub(super) static ACCEPT_UNMATCHED: Code = Code {
    name: "accept-unmatched",
    severity: Severity::Error,
    explain: "\
An `[[accept]]` row of contracts.toml means no finding of this run: what it let stand was mended, or it
never meant what was thought. A row that stays would let the next one of its kind stand unseen. Remove it.

Rows are held against what a run can find: those whose code needs a baseline (`released-version-edited`)
only under `--against`, where one that means nothing is a warning, since a baseline moves on; those of
generated models and their tests only by `contracts run`. A row with a `fingerprint` alone is held against
every check that compares versions with those before them.
",
};

pub(super) static ACCEPT_EXPIRED: Code = Code {
    name: "accept-expired",
    severity: Severity::Error,
    explain: "\
The last day (`until`) of an `[[accept]]` row in contracts.toml is over, and what it let stand is still
there: it counts again. Mend it, or agree on another day. The day of today is `--today`, else
`SOURCE_DATE_EPOCH`, else the clock's, in UTC.
",
};

/// Gives every finding that a row means the row's reason; which rows meant one.
pub fn mark(workspace: &Workspace, sources: &Sources, diagnostics: &mut Diagnostics) -> Vec<bool> {
    let rows = &workspace.config.accept;
    let mut meant = vec![false; rows.len()];
    if rows.is_empty() {
        return meant;
    }
    diagnostics.accept(|found| {
        let mut reason = None;
        for (row, meant) in rows.iter().zip(&mut meant) {
            if !means(row, found, sources) {
                continue;
            }
            *meant = true;
            if reason.is_none() && !row.is_over(workspace.today) {
                reason = Some(Acceptance {
                    reason: row.reason.clone(),
                    until: row.until.map(|it| it.to_string()),
                });
            }
        }
        reason
    });
    meant
}

/// Lets findings stand that contracts.toml gives a reason for; a row that is over or means none is a finding.
pub fn accept(workspace: &Workspace, sources: &Sources, report: &mut Report) {
    let rows = &workspace.config.accept;
    if rows.is_empty() {
        return;
    }
    // What earlier phases marked is asked again, so that every row has all findings before it.
    report.diagnostics.unaccept();
    let meant = mark(workspace, sources, &mut report.diagnostics);
    let settings = workspace.config_source;
    let places = Accept::places(sources.get(settings), settings);
    for ((row, meant), place) in rows.iter().zip(meant).zip(places) {
        let told = match (meant, row.until) {
            (true, Some(until)) if row.is_over(workspace.today) => {
                let message = format!("{} was to stand until {until}", name(row));
                Diagnostic::new(&ACCEPT_EXPIRED, message)
                    .note(format!("it said: {}", row.reason))
                    .help("mend what it let stand, or agree on another day")
            }
            (true, _) => continue,
            (false, _) => match stale(row, report) {
                Some(severity) => {
                    let message = format!("no finding is {}", name(row));
                    let mut told = Diagnostic::new(&ACCEPT_UNMATCHED, message);
                    told.severity = severity;
                    told.note(format!("it said: {}", row.reason))
                        .help("remove it")
                }
                None => continue,
            },
        };
        report.diagnostics.push(told.at(place, "this one"));
    }
    excuse(report);
    codes::regrade(&workspace.config, &mut report.diagnostics);
}

/// What a row means, in words.
fn name(row: &Accept) -> String {
    let contract = match (&row.contract, &row.version) {
        (Some(contract), Some(version)) => Some(format!("{contract}@{version}")),
        (contract, _) => contract.clone(),
    };
    let parts = [
        ("", &row.fingerprint),
        ("", &row.code),
        ("of ", &contract),
        ("at ", &row.pointer),
    ];
    let said = parts
        .into_iter()
        .filter_map(|(word, part)| Some(format!("{word}`{}`", part.as_ref()?)));
    said.collect::<Vec<_>>().join(" ")
}

/// Marks the pairs of versions whose every error is let stand.
fn excuse(report: &mut Report) {
    let Report {
        diagnostics, pairs, ..
    } = report;
    for pair in pairs {
        let [label, since] = &pair.named;
        let mut errors = diagnostics
            .iter()
            .filter(|it| it.severity == Severity::Error)
            .filter(|it| it.contract.as_ref() == Some(label) && it.since.as_ref() == Some(since))
            .peekable();
        pair.accepted = errors.peek().is_some() && errors.all(|it| it.accepted.is_some());
    }
}

fn means(row: &Accept, found: &Diagnostic, sources: &Sources) -> bool {
    let is = |wanted: &Option<String>, value: Option<&str>| {
        wanted.as_deref().is_none_or(|it| Some(it) == value)
    };
    let about = found.contract.as_deref().and_then(|it| it.rsplit_once('@'));
    let pointer = found
        .labels
        .first()
        .and_then(|label| match &label.place.at {
            At::Key(pointer) | At::Value(pointer) => Some(pointer.as_str()),
            At::File | At::Bytes(_) => None,
        });
    is(&row.code, Some(found.code.name))
        && is(&row.contract, about.map(|(contract, _)| contract))
        && is(&row.version, about.map(|(_, version)| version))
        && is(&row.pointer, pointer)
        && row
            .fingerprint
            .as_ref()
            .is_none_or(|it| *it == fingerprint(found, sources))
}

/// How grave it is that a row means nothing; `None` where this run could not find what it means.
fn stale(row: &Accept, report: &Report) -> Option<Severity> {
    if !report.compared {
        return None;
    }
    let Some(code) = &row.code else {
        return report.against.is_none().then_some(Severity::Error);
    };
    let later = [model::CODES, target::CODES, verify::CODES];
    let is_later = later.into_iter().flatten().any(|it| it.name == code);
    match (compat::is_of_baseline(code), &report.against) {
        (true, Some(_)) => Some(Severity::Warning),
        (true, None) | (false, Some(_)) => None,
        (false, None) => (!is_later || report.command == "run").then_some(Severity::Error),
    }
}
