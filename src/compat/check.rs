//! Every contract's versions against its promise: a catalog in; a report for each pair and findings out.

use std::collections::BTreeMap;

use rayon::prelude::*;

use super::effect::Direction;
use super::judge::{self, Judgement, Outcome, Prepared};
use super::lineage::{Chain, Gap};
use super::members::{Against, Member, Members};
use super::policy;
use super::released;
use super::report::{self, PairReport};
use super::say::Compared;
use crate::catalog::{Catalog, Contract};
use crate::config::Config;
use crate::diagnostic::Diagnostics;

/// Checks all contracts over their whole history; the reports come in the order of the contracts and
/// their versions.
pub fn check(catalog: &Catalog, config: &Config, diagnostics: &mut Diagnostics) -> Vec<PairReport> {
    check_against(catalog, config, Against::Previous, diagnostics)
}

/// Checks all contracts against something.
pub fn check_against(
    catalog: &Catalog,
    config: &Config,
    against: Against<'_>,
    diagnostics: &mut Diagnostics,
) -> Vec<PairReport> {
    let checked: Vec<(Vec<PairReport>, Diagnostics)> = catalog
        .contracts
        .par_iter()
        .map(|contract| {
            let members = Members::of(catalog, contract, config, against);
            let policy = config.policy(&contract.full_name());
            let pairs = members.pairs(against);
            if pairs.is_empty() {
                return (Vec::new(), Diagnostics::default());
            }
            let prepared: Vec<Prepared<'_>> = members
                .list
                .iter()
                .map(|it| Prepared::new(it.schemas, it.release.root, policy))
                .collect();
            let mut check = Check {
                contract,
                members: &members,
                prepared: &prepared,
                reports: Vec::new(),
                diagnostics: Diagnostics::default(),
            };
            check.run(&pairs, against);
            (check.reports, check.diagnostics)
        })
        .collect();
    let mut reports = Vec::new();
    for (some, found) in checked {
        reports.extend(some);
        diagnostics.extend(found);
    }
    if let Against::Baseline(baseline) = against {
        released::check(catalog, baseline, config, diagnostics);
    }
    reports
}

struct Check<'a> {
    contract: &'a Contract,
    members: &'a Members<'a>,
    prepared: &'a [Prepared<'a>],
    reports: Vec<PairReport>,
    diagnostics: Diagnostics,
}

impl Check<'_> {
    fn run(&mut self, pairs: &[(usize, usize)], against: Against<'_>) {
        let mut judged = BTreeMap::new();
        for (old, new) in pairs {
            let (Some(before), Some(after)) = (self.prepared.get(*old), self.prepared.get(*new))
            else {
                continue;
            };
            let judgement = judge::compared(before, after);
            self.pair(*old, *new, &judgement);
            judged.insert((*old, *new), judgement);
        }
        let whole = match against {
            Against::Previous | Against::Baseline(_) => true,
            Against::Version(_) => false,
        };
        if whole && self.contract.promise.transitive {
            self.transitive(&judged);
        }
    }

    /// Pairs further apart within a major version.
    fn transitive(&mut self, judged: &BTreeMap<(usize, usize), Judgement>) {
        for run in self.members.runs() {
            for direction in Direction::ALL {
                if !direction.promised(self.contract.promise) {
                    continue;
                }
                let mut order = run.clone();
                if direction == Direction::Forward {
                    order.reverse();
                }
                let places = order.clone();
                let prepared = self.prepared;
                let gaps = Chain::new(prepared, order).gaps(|at| {
                    let (Some(writer), Some(reader)) = (places.get(at), places.get(at + 1)) else {
                        return false;
                    };
                    let pair = (*writer.min(reader), *writer.max(reader));
                    match (
                        judged.get(&pair),
                        prepared.get(*writer),
                        prepared.get(*reader),
                    ) {
                        (Some(judgement), _, _) => *judgement.outcome(direction) == Outcome::Kept,
                        // Two that were released before: judged then, and not told again.
                        (None, Some(from), Some(to)) => judge::travel(from, to) == Outcome::Kept,
                        (None, _, _) => false,
                    }
                });
                for gap in gaps {
                    self.gap(direction, gap);
                }
            }
        }
    }

    fn gap(&mut self, direction: Direction, gap: Gap) {
        let (older, newer) = match direction {
            Direction::Backward => (gap.writer, gap.reader),
            Direction::Forward => (gap.reader, gap.writer),
        };
        let (Some(before), Some(after)) = (self.prepared.get(older), self.prepared.get(newer))
        else {
            return;
        };
        if self.members.list.get(newer).is_none_or(|it| it.released) {
            return;
        }
        let (backward, forward) = match direction {
            Direction::Backward => (gap.outcome, judge::travel(after, before)),
            Direction::Forward => (judge::travel(before, after), gap.outcome),
        };
        let judgement = judge::told([before, after], backward, forward);
        self.pair(older, newer, &judgement);
    }

    /// Reports one pair, and says what breaks the promise.
    fn pair(&mut self, older: usize, newer: usize, judgement: &Judgement) {
        let list = &self.members.list;
        let (Some(old), Some(new)) = (list.get(older), list.get(newer)) else {
            return;
        };
        let (Some(before), Some(after)) = (self.prepared.get(older), self.prepared.get(newer))
        else {
            return;
        };
        let promise = self.members.promised(old, new);
        let decided = policy::decisive(before, after, judgement);
        let bump = report::bump(judgement, promise);
        let step = report::step(old.version, new.version);
        let file = |it: &Member<'_>| it.schemas.schema(it.release.root).source;
        self.reports.push(PairReport {
            contract: self.contract.full_name(),
            old: old.name.clone(),
            new: new.name.clone(),
            promise,
            policy: after.policy,
            decided: decided.iter().map(|it| (*it).to_owned()).collect(),
            backward: (&judgement.backward).into(),
            forward: (&judgement.forward).into(),
            changes: judgement.changes.iter().map(Into::into).collect(),
            bump,
            step,
            accepted: false,
            named: [self.contract.label(new.release), old.version.to_string()],
            files: [file(old), file(new)],
        });
        let compared = Compared {
            label: self.contract.label(new.release),
            old,
            new,
            promise,
            judgement,
            decided: &decided,
            between: self.members.between(older, newer),
        };
        compared.say(&mut self.diagnostics);
        if !self.members.is_free(old, new) {
            compared.promises_too_much(step, bump, &mut self.diagnostics);
        }
    }
}
