//! What is on the page: a report and its sources in; plain values for the template out. Decides what is open,
//! what goes with which pair of versions, and every word that is not of a finding.

use serde::Serialize;
use serde_json::Value;

use super::compare::Comparison;
use super::finding::{Finding, Findings};
use crate::compat::{Bump, ChangeReport, Direction, PairReport, Verdict};
use crate::diagnostic::{Code, Diagnostic, Severity};
use crate::render::summary::outputs;
use crate::report::Report;
use crate::source::Sources;

/// How two versions can stand with what is promised, the gravest first.
const CLASSES: [&str; 5] = ["broken", "unproven", "accepted", "kept", "free"];

/// The whole page.
#[derive(Debug, Serialize)]
pub(super) struct Page {
    /// `kept` or `broken`.
    class: &'static str,
    title: String,
    against: Option<String>,
    tool: &'static str,
    tiles: Vec<Tile>,
    /// What was generated and what came back, by target.
    outputs: Vec<(String, String)>,
    contracts: Vec<Contract>,
    /// Errors that are of no pair.
    findings: Vec<Finding>,
    /// Warnings and notes that are of none.
    remarks: Vec<Finding>,
    accepted: Vec<Finding>,
    codes: Vec<Explained>,
}

/// A number of the summary.
#[derive(Debug, Serialize)]
struct Tile {
    number: usize,
    word: &'static str,
    class: &'static str,
}

#[derive(Debug, Serialize)]
struct Contract {
    name: String,
    class: &'static str,
    pairs: Vec<Pair>,
}

/// Two versions of a contract.
#[derive(Debug, Serialize)]
struct Pair {
    id: String,
    old: String,
    new: String,
    class: &'static str,
    open: bool,
    /// Whether there is more to say than the row of the table does.
    told: bool,
    promise: String,
    bump: &'static str,
    step: &'static str,
    directions: Vec<Travel>,
    policies: Vec<Setting>,
    /// What no finding tells.
    changes: Vec<ChangeReport>,
    findings: Vec<Finding>,
    files: [String; 2],
    comparison: Option<Comparison>,
}

/// What becomes of documents in one direction.
#[derive(Debug, Serialize)]
struct Travel {
    name: &'static str,
    promised: bool,
    class: &'static str,
    word: &'static str,
    says: String,
    document: Option<String>,
}

#[derive(Debug, Serialize)]
struct Setting {
    text: &'static str,
    decided: bool,
}

#[derive(Debug, Serialize)]
struct Explained {
    name: &'static str,
    text: &'static str,
}

impl Page {
    /// The page of a report.
    pub(super) fn of(report: &Report, sources: &Sources) -> Self {
        let mut maker = Maker {
            report,
            sources,
            findings: Findings::new(sources),
        };
        let contracts = maker.contracts();
        let elsewhere = |found: &&Diagnostic| {
            let mut pairs = report.pairs.iter();
            !pairs.any(|pair| is_of(found, pair))
        };
        let elsewhere: Vec<&Diagnostic> = report.standing().filter(elsewhere).collect();
        let (errors, others): (Vec<&Diagnostic>, Vec<&Diagnostic>) = elsewhere
            .into_iter()
            .partition(|it| it.severity == Severity::Error);
        let findings = errors.into_iter().map(|it| maker.findings.of(it)).collect();
        let remarks = others.into_iter().map(|it| maker.findings.of(it)).collect();
        let accepted = report.accepted().map(|it| maker.findings.of(it)).collect();
        let broken = report.diagnostics.has_errors();
        Self {
            class: if broken { "broken" } else { "kept" },
            title: if broken {
                "Promises or files need mending".to_owned()
            } else {
                "All is well".to_owned()
            },
            against: report.against.clone(),
            tool: env!("CARGO_PKG_VERSION"),
            tiles: tiles(report),
            outputs: outputs(report),
            contracts,
            findings,
            remarks,
            accepted,
            codes: codes(report),
        }
    }
}

struct Maker<'a> {
    report: &'a Report,
    sources: &'a Sources,
    findings: Findings<'a>,
}

impl Maker<'_> {
    fn contracts(&mut self) -> Vec<Contract> {
        let report = self.report;
        let runs = report.pairs.chunk_by(|a, b| a.contract == b.contract);
        let mut made = 0;
        let contracts = runs.map(|run| {
            let pairs: Vec<Pair> = run
                .iter()
                .map(|pair| {
                    made += 1;
                    self.pair(pair, made)
                })
                .collect();
            let classes = || CLASSES.into_iter();
            let worst = classes().find(|class| pairs.iter().any(|pair| pair.class == *class));
            Contract {
                name: run
                    .first()
                    .map(|pair| pair.contract.clone())
                    .unwrap_or_default(),
                class: worst.unwrap_or("free"),
                pairs,
            }
        });
        let mut contracts: Vec<Contract> = contracts.collect();
        contracts.sort_by_key(|it| CLASSES.iter().position(|class| *class == it.class));
        contracts
    }

    fn pair(&mut self, pair: &PairReport, index: usize) -> Pair {
        let report = self.report;
        let own = report.diagnostics.iter().filter(|it| is_of(it, pair));
        let mut findings: Vec<Finding> = own.clone().map(|it| self.findings.of(it)).collect();
        findings.iter_mut().for_each(Finding::within_pair);
        let told = |change: &&ChangeReport| {
            let mut own = own.clone();
            own.any(|it| it.code.name == change.code && it.message.ends_with(&change.message))
        };
        let changes = pair.changes.iter();
        let changes: Vec<ChangeReport> = changes.filter(|it| !told(it)).cloned().collect();
        let class = class(pair);
        let files = pair.files.map(|file| self.sources.get(file));
        let comparison = Comparison::of(&files[0].text, &files[1].text);
        let directions: Vec<Travel> = Direction::ALL.map(|it| travel(pair, it)).into();
        Pair {
            id: format!("pair-{index}"),
            old: pair.old.clone(),
            new: pair.new.clone(),
            class,
            open: class == "broken" || class == "unproven",
            told: comparison.is_some() || !findings.is_empty() || !changes.is_empty(),
            promise: pair.promise.to_string(),
            bump: step(pair.bump),
            step: step(pair.step),
            directions,
            policies: pair
                .policy
                .settings()
                .map(|text| setting(pair, text))
                .into(),
            changes,
            findings,
            files: files.map(|file| file.name.clone()),
            comparison,
        }
    }
}

/// Whether a finding is about two versions.
fn is_of(found: &Diagnostic, pair: &PairReport) -> bool {
    let [label, since] = &pair.named;
    found.contract.as_ref() == Some(label) && found.since.as_ref() == Some(since)
}

fn tiles(report: &Report) -> Vec<Tile> {
    let summary = report.summary();
    let promises = summary.promises;
    let tile = |number, word, class| Tile {
        number,
        word,
        class: if number == 0 { "" } else { class },
    };
    vec![
        tile(summary.contracts, "contracts", ""),
        tile(summary.versions, "versions", ""),
        tile(promises.kept, "promises kept", "kept"),
        tile(promises.broken, "broken", "broken"),
        tile(promises.unproven, "unproven", "unproven"),
        tile(summary.errors, "errors", "broken"),
        tile(summary.warnings, "warnings", "unproven"),
        tile(summary.accepted, "accepted", "accepted"),
    ]
}

/// What each code of the report means.
fn codes(report: &Report) -> Vec<Explained> {
    let mut codes: Vec<&Code> = report.diagnostics.iter().map(|it| it.code).collect();
    codes.sort_by_key(|code| code.name);
    codes.dedup();
    let explained = codes.into_iter().map(|code| Explained {
        name: code.name,
        text: code.explain,
    });
    explained.collect()
}

/// How a pair stands with what is promised of it.
fn class(pair: &PairReport) -> &'static str {
    let promised = || {
        let all = Direction::ALL.into_iter();
        all.filter(|it| it.promised(pair.promise))
            .map(|it| pair.verdict(it))
    };
    if promised().any(|it| matches!(it, Verdict::Broken { .. })) {
        if pair.accepted { "accepted" } else { "broken" }
    } else if promised().any(|it| matches!(it, Verdict::Unproven { .. })) {
        "unproven"
    } else if promised().next().is_none() {
        "free"
    } else {
        "kept"
    }
}

fn travel(pair: &PairReport, direction: Direction) -> Travel {
    let (name, writer, reader) = match direction {
        Direction::Backward => ("backward", &pair.old, &pair.new),
        Direction::Forward => ("forward", &pair.new, &pair.old),
    };
    let (class, word, says, document) = match pair.verdict(direction) {
        Verdict::Kept => (
            "kept",
            "proven",
            format!("`{reader}` reads every document that `{writer}` sends"),
            None,
        ),
        Verdict::Broken { witness } => (
            "broken",
            "broken",
            format!("`{writer}` sends this, and `{reader}` refuses it"),
            Some(pretty(witness)),
        ),
        Verdict::Unproven { reason } => ("unproven", "unproven", reason.clone(), None),
    };
    Travel {
        name,
        promised: direction.promised(pair.promise),
        class,
        word,
        says,
        document,
    }
}

fn setting(pair: &PairReport, text: &'static str) -> Setting {
    Setting {
        text,
        decided: pair.decided.iter().any(|it| it == text),
    }
}

fn step(bump: Bump) -> &'static str {
    match bump {
        Bump::Patch => "patch",
        Bump::Minor => "minor",
        Bump::Major => "major",
    }
}

fn pretty(witness: &Value) -> String {
    serde_json::to_string_pretty(witness).expect("a witness is a JSON value")
}
