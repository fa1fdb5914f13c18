//! Every contract's versions against its promise: a catalog in; a report for each pair and findings out.

use rayon::prelude::*;
use serde_json::Value;

use super::effect::Direction;
use super::judge::{self, Judgement, Outcome, Policy, Prepared};
use super::lineage::{Chain, Gap};
use super::report::{self, Bump, PairReport};
use crate::catalog::{Catalog, Contract, Release};
use crate::config::{Config, Promise};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Place, Severity};
use crate::schema::Schemas;

pub(super) static PROMISE_UNPROVEN: Code = Code {
    name: "promise-unproven",
    severity: Severity::Warning,
    explain: "\
Neither a proof that the promise is kept nor a document that breaks it was found. Unproven is not
kept: look at the changes yourself, or write the schemas so that they can be compared.
",
};

pub(super) static VERSION_PROMISES_TOO_MUCH: Code = Code {
    name: "version-promises-too-much",
    severity: Severity::Error,
    explain: "\
The version number says less than what changed. A patch (1.2.3 to 1.2.4) changes nothing that is sent
or generated; whoever added a property owes a minor version (1.3.0), whoever broke the promise a major
one (2.0.0).
",
};

pub(super) static VALUES_NARROWED: Code = Code {
    name: "values-narrowed",
    severity: Severity::Error,
    explain: "\
A document that the old version sends is refused by the new one, and no rule sees which edit does it.
The document is in the note.
",
};

pub(super) static VALUES_WIDENED: Code = Code {
    name: "values-widened",
    severity: Severity::Error,
    explain: "\
A document that the new version sends is refused by the old one, and no rule sees which edit does it.
The document is in the note.
",
};

/// Checks all contracts; the reports come in the order of the contracts and their versions.
pub fn check(catalog: &Catalog, config: &Config, diagnostics: &mut Diagnostics) -> Vec<PairReport> {
    let policy = Policy::of(config);
    let checked: Vec<(Vec<PairReport>, Diagnostics)> = catalog
        .contracts
        .par_iter()
        .map(|contract| {
            let mut check = Check {
                schemas: &catalog.schemas,
                contract,
                policy,
                reports: Vec::new(),
                diagnostics: Diagnostics::default(),
            };
            check.run();
            (check.reports, check.diagnostics)
        })
        .collect();
    let mut reports = Vec::new();
    for (some, found) in checked {
        reports.extend(some);
        diagnostics.extend(found);
    }
    reports
}

struct Check<'a> {
    schemas: &'a Schemas,
    contract: &'a Contract,
    policy: Policy,
    reports: Vec<PairReport>,
    diagnostics: Diagnostics,
}

impl<'a> Check<'a> {
    fn run(&mut self) {
        let releases = &self.contract.releases;
        if releases.len() < 2 {
            return;
        }
        let versions: Vec<Prepared> = releases
            .iter()
            .map(|release| Prepared::new(self.schemas, release.root, self.policy))
            .collect();
        let mut neighbours = Vec::new();
        for (releases, prepared) in releases.windows(2).zip(versions.windows(2)) {
            let ([old, new], [before, after]) = (releases, prepared) else {
                continue;
            };
            let judgement = judge::compared(self.schemas, before, after, self.policy);
            self.pair(old, new, &judgement);
            neighbours.push(judgement);
        }
        if self.contract.promise.transitive {
            self.transitive(&versions, &neighbours);
        }
    }

    /// Pairs further apart within a major version.
    fn transitive(&mut self, versions: &[Prepared], neighbours: &[Judgement]) {
        let releases = &self.contract.releases;
        let mut start = 0;
        for run in releases.chunk_by(|a, b| a.version.major() == b.version.major()) {
            let span = start..start + run.len();
            start = span.end;
            for direction in Direction::ALL {
                if !direction.promised(self.contract.promise) {
                    continue;
                }
                let mut order: Vec<usize> = span.clone().collect();
                if direction == Direction::Forward {
                    order.reverse();
                }
                let places = order.clone();
                let gaps = Chain::new(versions, order).gaps(|at| {
                    let older = match direction {
                        Direction::Backward => places.get(at),
                        Direction::Forward => places.get(at + 1),
                    };
                    older
                        .and_then(|older| neighbours.get(*older))
                        .is_some_and(|it| *it.outcome(direction) == Outcome::Kept)
                });
                for gap in gaps {
                    self.gap(versions, direction, gap);
                }
            }
        }
    }

    fn gap(&mut self, versions: &[Prepared], direction: Direction, gap: Gap) {
        let (older, newer) = match direction {
            Direction::Backward => (gap.writer, gap.reader),
            Direction::Forward => (gap.reader, gap.writer),
        };
        let releases = &self.contract.releases;
        let (Some(old), Some(new)) = (releases.get(older), releases.get(newer)) else {
            return;
        };
        let (Some(before), Some(after)) = (versions.get(older), versions.get(newer)) else {
            return;
        };
        let judgement = match direction {
            Direction::Backward => judge::told(
                self.schemas,
                [before, after],
                self.policy,
                gap.outcome,
                judge::travel(after, before),
            ),
            Direction::Forward => judge::told(
                self.schemas,
                [before, after],
                self.policy,
                judge::travel(before, after),
                gap.outcome,
            ),
        };
        self.pair(old, new, &judgement);
    }

    /// Reports one pair, and says what breaks the promise.
    fn pair(&mut self, old: &'a Release, new: &'a Release, judgement: &Judgement) {
        let same_major = old.version.major() == new.version.major();
        let promise = if same_major {
            self.contract.promise
        } else {
            Promise::NONE
        };
        let bump = report::bump(judgement, promise);
        let step = report::step(&old.version, &new.version);
        self.reports.push(PairReport {
            contract: self.contract.full_name(),
            old: old.version.to_string(),
            new: new.version.to_string(),
            promise,
            backward: (&judgement.backward).into(),
            forward: (&judgement.forward).into(),
            changes: judgement.changes.iter().map(Into::into).collect(),
            bump,
            step,
        });
        self.broken(old, new, promise, judgement);
        self.unproven(old, new, promise, judgement);
        // A break is told by the change that makes it; here is what no promise forbids.
        if step == Bump::Patch && !judgement.changes.is_empty() && bump <= Bump::Minor {
            let mut diagnostic = Diagnostic::new(
                &VERSION_PROMISES_TOO_MUCH,
                format!("{} is a patch, and something changed", new.version),
            )
            .at(self.file(new), String::new())
            .help("release this as a minor version")
            .about(self.contract.label(new));
            for change in judgement.changes.iter().take(3) {
                diagnostic = diagnostic.at(change.spot.new.clone(), &change.message);
            }
            self.diagnostics.push(diagnostic);
        }
    }

    fn broken(&mut self, old: &Release, new: &Release, promise: Promise, judgement: &Judgement) {
        let broken: Vec<(Direction, &Value)> = Direction::ALL
            .into_iter()
            .filter(|direction| direction.promised(promise))
            .filter_map(|direction| match judgement.outcome(direction) {
                Outcome::Refused(witness) => Some((direction, witness)),
                Outcome::Kept | Outcome::Unknown(_) => None,
            })
            .collect();
        let note = |direction: Direction, witness: &Value| match direction {
            Direction::Backward => {
                format!("{} sends, {} refuses: {witness}", old.version, new.version)
            }
            Direction::Forward => {
                format!("{} sends, {} refuses: {witness}", new.version, old.version)
            }
        };
        let mut shown: Vec<Direction> = Vec::new();
        for change in &judgement.changes {
            let breaks: Vec<&(Direction, &Value)> = broken
                .iter()
                .filter(|(direction, _)| change.effect.breaks(*direction))
                .collect();
            if breaks.is_empty() {
                continue;
            }
            let place = if change.at.is_root() {
                String::new()
            } else {
                format!("`{}`: ", change.at)
            };
            let mut diagnostic = Diagnostic::new(change.code, format!("{place}{}", change.message))
                .at(change.spot.new.clone(), "here")
                .at(change.spot.old.clone(), &change.was)
                .help(format!("{}, or release a new major version", change.help))
                .about(self.contract.label(new));
            for (direction, witness) in breaks {
                if !shown.contains(direction) {
                    shown.push(*direction);
                    diagnostic = diagnostic.note(note(*direction, witness));
                }
            }
            self.diagnostics.push(diagnostic);
        }
        for (direction, witness) in broken {
            if shown.contains(&direction) {
                continue;
            }
            let (code, message) = match direction {
                Direction::Backward => (
                    &VALUES_NARROWED,
                    format!("{} refuses a document of {}", new.version, old.version),
                ),
                Direction::Forward => (
                    &VALUES_WIDENED,
                    format!("{} refuses a document of {}", old.version, new.version),
                ),
            };
            let diagnostic = Diagnostic::new(code, message)
                .at(self.file(new), "the new version")
                .at(self.file(old), "the old version")
                .note(note(direction, witness))
                .help("release a new major version")
                .about(self.contract.label(new));
            self.diagnostics.push(diagnostic);
        }
    }

    fn unproven(&mut self, old: &Release, new: &Release, promise: Promise, judgement: &Judgement) {
        for direction in Direction::ALL {
            let Outcome::Unknown(reason) = judgement.outcome(direction) else {
                continue;
            };
            if !direction.promised(promise) {
                continue;
            }
            let (writer, reader) = match direction {
                Direction::Backward => (old, new),
                Direction::Forward => (new, old),
            };
            let message = format!(
                "whether {} reads all that {} sends is not proven",
                reader.version, writer.version
            );
            let mut diagnostic = Diagnostic::new(&PROMISE_UNPROVEN, message)
                .at(self.file(new), "the new version")
                .at(self.file(old), "the old version")
                .note(reason.clone())
                .about(self.contract.label(new));
            for change in judgement.changes.iter().take(3) {
                diagnostic = diagnostic.at(change.spot.new.clone(), &change.message);
            }
            self.diagnostics.push(diagnostic);
        }
    }

    fn file(&self, release: &Release) -> Place {
        Place::file(self.schemas.schema(release.root).source)
    }
}
