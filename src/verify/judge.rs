//! Answers of programs against what the schemas say: outcomes for the report, findings for people.

use indexmap::IndexMap;

use super::codes::TYPE_HOLDS_LESS;
use super::codes::{LANGUAGES_DISAGREE, MODULE_BROKEN, READER_TOO_LAX, READER_TOO_STRICT};
use super::codes::{ROUND_TRIP_DIFFERENT, RUNNER_FAILED, TEXT_RESPELLED, TOOL_MISSING};
use super::compare::{Compared, Places, compare};
use super::outcome::{
    Disagreement, Outcomes, RoundTrip, Skipped, TargetOutcome, Tried, VersionOutcome,
};
use super::runner::{Answer, Ran, Trouble};
use super::trial::Trial;
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Place, Severity};
use crate::model::Model;
use crate::pointer::Pointer;
use crate::source::SourceId;
use crate::target::{Target, foreign_places};

/// So many documents are named in a finding.
const NAMED: usize = 5;

/// A version with the documents to try.
pub(super) struct Version {
    pub(super) label: String,
    pub(super) source: SourceId,
    pub(super) trials: Vec<Trial>,
}

/// What each target's runner gave, in the order of `targets`, becomes outcomes and findings.
pub(super) fn judge(
    versions: &[Version],
    models: &[Model],
    targets: &[&Target],
    results: Vec<Result<Ran, Trouble>>,
    require_all: bool,
    diagnostics: &mut Diagnostics,
) -> Outcomes {
    let mut outcomes = Outcomes::default();
    let mut ran = Vec::new();
    for (target, result) in targets.iter().zip(results) {
        match result {
            Ok(result) => ran.push((*target, result)),
            Err(trouble) => outcomes
                .skipped
                .push(skip(target, trouble, require_all, diagnostics)),
        }
    }
    let mut first = 0;
    for (index, version) in versions.iter().enumerate() {
        let range = first..first + version.trials.len();
        first = range.end;
        let mut tried = IndexMap::new();
        for (target, ran) in &ran {
            let answers = ran.answers.get(range.clone()).unwrap_or_default();
            let pairs = version.trials.iter().zip(answers);
            let model = models.get(index);
            let places = |trial: &Trial| match (model, &trial.value) {
                (Some(model), Some(value)) => foreign_places(target, model, value),
                _ => Places::new(),
            };
            let one = |trial, answer| one(trial, answer, &places(trial));
            let outcome = TargetOutcome {
                files: ran.files.get(index).cloned().unwrap_or_default(),
                compiled: !ran.broken.contains_key(&index),
                documents: pairs.map(|(trial, answer)| one(trial, answer)).collect(),
            };
            tried.insert(target.name.clone(), outcome);
        }
        excuse(version, &mut tried);
        for (target, ran) in &ran {
            let name = target.name.as_str();
            let Some(outcome) = tried.get(name) else {
                continue;
            };
            let broken = ran.broken.get(&index).map(String::as_str);
            report(version, name, outcome, broken, diagnostics);
            outcomes
                .targets
                .entry(name.to_owned())
                .or_default()
                .add(outcome);
        }
        let disagreements = disagreements(version, &ran, range, &tried);
        if let Some(finding) = disagree(version, &disagreements) {
            diagnostics.push(finding);
        }
        outcomes.disagreements.extend(disagreements);
        outcomes.versions.push(VersionOutcome {
            contract: version.label.clone(),
            targets: tried,
        });
    }
    outcomes
}

fn skip(
    target: &Target,
    trouble: Trouble,
    require_all: bool,
    diagnostics: &mut Diagnostics,
) -> Skipped {
    let name = &target.name;
    let (reason, help) = match trouble {
        Trouble::Missing { reason, help } => {
            let message = format!("`{name}` was skipped: {reason}");
            let mut diagnostic = Diagnostic::new(&TOOL_MISSING, message).help(&help);
            if require_all {
                diagnostic.severity = Severity::Error;
            }
            diagnostics.push(diagnostic);
            (reason, help)
        }
        Trouble::Failed(reason) => {
            let message = format!("the program that runs `{name}` could not be built");
            diagnostics.push(Diagnostic::new(&RUNNER_FAILED, message).note(&reason));
            (reason, "see the finding".to_owned())
        }
        Trouble::NotMeant(reason) => (
            reason,
            "give the target's target.toml a `[round-trip]`".to_owned(),
        ),
    };
    Skipped {
        target: name.clone(),
        reason,
        help,
    }
}

fn one(trial: &Trial, answer: &Answer, places: &Places) -> Tried {
    let mut tried = Tried {
        document: trial.document.clone(),
        expected: trial.expected,
        accepted: None,
        round_trip: None,
        unsupported: None,
        detail: None,
    };
    match answer {
        Answer::Refused(reason) => {
            tried.accepted = Some(false);
            tried.unsupported = blamed(reason, places).filter(|_| trial.expected);
            tried.detail = Some(reason.clone());
        }
        Answer::Died(reason) => tried.detail = Some(reason.clone()),
        Answer::NotTried => {}
        Answer::Written(text) => {
            tried.accepted = Some(true);
            let written = serde_json::from_str(text).map_err(|error| error.to_string());
            match (&trial.value, written) {
                (Some(sent), Ok(back)) => match compare(sent, &back, places) {
                    Compared::Exact => tried.round_trip = Some(RoundTrip::Exact),
                    Compared::Equal => tried.round_trip = Some(RoundTrip::Equal),
                    Compared::Respelled(difference) => {
                        tried.round_trip = Some(RoundTrip::Respelled);
                        tried.detail = Some(difference.to_string());
                    }
                    Compared::Different(difference) => {
                        tried.round_trip = Some(RoundTrip::Different);
                        tried.detail = Some(difference.to_string());
                    }
                },
                (None, Ok(_)) => tried.detail = Some("what was read is no JSON".to_owned()),
                (_, Err(error)) => {
                    tried.round_trip = Some(RoundTrip::Different);
                    tried.detail = Some(format!("what was written is no JSON: {error}"));
                }
            }
        }
    }
    tried
}

/// The type that is not generated, where a refusal names its place.
fn blamed(reason: &str, places: &Places) -> Option<String> {
    let named = |at: &Pointer| at.last().is_some_and(|name| reason.contains(&name));
    let (at, place) = places.iter().find(|(at, _)| named(at))?;
    Some(format!("`{at}` is held as `{}`", place.type_))
}

/// Documents beyond a documented limit that every language refuses alike are unsupported, not wrong.
fn excuse(version: &Version, tried: &mut IndexMap<String, TargetOutcome>) {
    for (index, trial) in version.trials.iter().enumerate() {
        let Some(limit) = trial.limit.filter(|_| trial.expected) else {
            continue;
        };
        let of = |outcome: &TargetOutcome| outcome.documents.get(index).and_then(|it| it.accepted);
        if tried.values().all(|outcome| of(outcome) == Some(false)) {
            for outcome in tried.values_mut() {
                if let Some(document) = outcome.documents.get_mut(index) {
                    document.unsupported = Some(limit.to_owned());
                }
            }
        }
    }
}

/// A finding for each way a language went wrong, with the first documents that show it.
fn report(
    version: &Version,
    target: &str,
    outcome: &TargetOutcome,
    broken: Option<&str>,
    diagnostics: &mut Diagnostics,
) {
    let label = &version.label;
    if let Some(reason) = broken {
        let message = format!("the `{target}` module of `{label}` does not compile");
        let diagnostic =
            Diagnostic::new(&MODULE_BROKEN, message).at(Place::file(version.source), "");
        diagnostics.push(diagnostic.note(reason).about(label));
        return;
    }
    let kinds = [
        (&READER_TOO_STRICT, "refuses what the schema accepts"),
        (&READER_TOO_LAX, "accepts what the schema refuses"),
        (&ROUND_TRIP_DIFFERENT, "writes another value than it read"),
        (&RUNNER_FAILED, "gives no answer"),
        (&TEXT_RESPELLED, "spells texts anew"),
        (
            &TYPE_HOLDS_LESS,
            "refuses what a type of contracts.toml does not hold",
        ),
    ];
    for (code, what) in kinds {
        let pairs = version.trials.iter().zip(&outcome.documents);
        let wrong = pairs.filter(|(_, tried)| fault(tried) == Some(code));
        let wrong: Vec<(&Trial, &Tried)> = wrong.collect();
        let Some((first, _)) = wrong.first() else {
            continue;
        };
        let message = format!("`{target}` {what}: {} of `{label}`", count(wrong.len()));
        let place = Place::file(first.source.unwrap_or(version.source));
        let diagnostic = Diagnostic::new(code, message).at(place, "").about(label);
        let notes = wrong.iter().map(|(trial, tried)| {
            let detail = tried.detail.as_deref().unwrap_or("no reason was given");
            format!("{}: {detail}\n{}", trial.document, shortened(&trial.text))
        });
        diagnostics.push(named(diagnostic, notes.collect()));
    }
}

/// What went wrong with a document, if anything did.
fn fault(tried: &Tried) -> Option<&'static Code> {
    match (tried.expected, tried.accepted) {
        (_, None) => Some(&RUNNER_FAILED),
        (true, Some(false)) => match &tried.unsupported {
            Some(type_) if type_.starts_with('`') => Some(&TYPE_HOLDS_LESS),
            Some(_) => None,
            None => Some(&READER_TOO_STRICT),
        },
        (true, Some(true)) if tried.round_trip == Some(RoundTrip::Different) => {
            Some(&ROUND_TRIP_DIFFERENT)
        }
        (true, Some(true)) if tried.round_trip == Some(RoundTrip::Respelled) => {
            Some(&TEXT_RESPELLED)
        }
        (false, Some(true)) => Some(&READER_TOO_LAX),
        (true | false, Some(_)) => None,
    }
}

/// Documents that the targets which ran did not treat alike.
fn disagreements(
    version: &Version,
    ran: &[(&Target, Ran)],
    range: std::ops::Range<usize>,
    tried: &IndexMap<String, TargetOutcome>,
) -> Vec<Disagreement> {
    let mut out = Vec::new();
    for (index, trial) in version.trials.iter().enumerate() {
        let mut verdicts = IndexMap::new();
        let mut written: Option<serde_json::Value> = None;
        let mut alike = true;
        for (target, ran) in ran {
            let answer = ran.answers.get(range.start + index);
            let verdict = match answer {
                Some(Answer::Written(text)) => {
                    let value = serde_json::from_str(text).unwrap_or_default();
                    let tried = tried.get(&target.name);
                    let tried = tried.and_then(|it| it.documents.get(index));
                    let detail = tried.and_then(|it| it.detail.clone());
                    let respelled =
                        tried.and_then(|it| it.round_trip) == Some(RoundTrip::Respelled);
                    if !respelled {
                        let same = |other| {
                            let compared = compare(other, &value, &Places::new());
                            !matches!(compared, Compared::Different(_))
                        };
                        alike &= written.as_ref().is_none_or(same);
                        written = Some(value);
                    }
                    detail.map_or_else(|| "accepted".to_owned(), |it| format!("accepted, {it}"))
                }
                Some(Answer::Refused(reason)) => format!("refused: {reason}"),
                Some(Answer::Died(_) | Answer::NotTried) | None => continue,
            };
            verdicts.insert(target.name.clone(), verdict);
        }
        let accepted = verdicts
            .values()
            .filter(|it| it.starts_with("accepted"))
            .count();
        alike &= accepted == 0 || accepted == verdicts.len();
        if !alike {
            let contract = version.label.clone();
            out.push(Disagreement {
                contract,
                document: trial.document.clone(),
                verdicts,
            });
        }
    }
    out
}

fn disagree(version: &Version, disagreements: &[Disagreement]) -> Option<Diagnostic> {
    if disagreements.is_empty() {
        return None;
    }
    let label = &version.label;
    let message = format!(
        "the languages disagree about {} of `{label}`",
        count(disagreements.len())
    );
    let diagnostic =
        Diagnostic::new(&LANGUAGES_DISAGREE, message).at(Place::file(version.source), "");
    let notes = disagreements.iter().map(|it| {
        let verdicts = it
            .verdicts
            .iter()
            .map(|(target, verdict)| format!("{target} {verdict}"));
        format!(
            "{}: {}",
            it.document,
            verdicts.collect::<Vec<_>>().join("; ")
        )
    });
    Some(named(diagnostic.about(label), notes.collect()))
}

/// Adds the first notes, and how many more there are.
fn named(mut diagnostic: Diagnostic, notes: Vec<String>) -> Diagnostic {
    let more = notes.len().saturating_sub(NAMED);
    diagnostic.notes.extend(notes.into_iter().take(NAMED));
    if more > 0 {
        diagnostic.note(format!("and {more} more"))
    } else {
        diagnostic
    }
}

fn count(documents: usize) -> String {
    if documents == 1 {
        "1 document".to_owned()
    } else {
        format!("{documents} documents")
    }
}

fn shortened(text: &str) -> String {
    let flat = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if flat.chars().count() <= 200 {
        flat
    } else {
        flat.chars().take(199).chain(['…']).collect()
    }
}

#[cfg(test)]
mod tests;
