//! Promises over a whole lineage, proven along the chain.
//!
//! Versions in the order documents travel, and what holds between neighbours, in; the pairs further
//! apart that break although every shorter step holds, out. What a version sends and what it accepts
//! are compared with the neighbour's, so a proof for one pair carries over to the next: with n versions
//! about 2n proofs, not n².

use std::collections::BTreeMap;

use super::judge::{Outcome, Prepared, travel};
use super::side::Side;
use super::solve::{Difference, difference};

/// What does not hold between two versions that are no neighbours.
pub(super) struct Gap {
    /// Index of the version that writes.
    pub(super) writer: usize,
    /// Index of the version that reads.
    pub(super) reader: usize,
    pub(super) outcome: Outcome,
}

/// The versions of one lineage in the order documents travel, writers first.
pub(super) struct Chain<'a> {
    versions: &'a [Prepared<'a>],
    order: Vec<usize>,
    sent: BTreeMap<usize, bool>,
    read: BTreeMap<usize, bool>,
}

impl<'a> Chain<'a> {
    pub(super) fn new(versions: &'a [Prepared<'a>], order: Vec<usize>) -> Self {
        Self {
            versions,
            order,
            sent: BTreeMap::new(),
            read: BTreeMap::new(),
        }
    }

    /// The pairs that do not hold although those between do. `neighbour` says whether the version at a
    /// place in the order is read by the one after it.
    pub(super) fn gaps(mut self, neighbour: impl Fn(usize) -> bool) -> Vec<Gap> {
        let count = self.order.len();
        // Row by row: `kept[from]` is whether the version at `from` is read by the one at `from + span`.
        let first: Vec<bool> = (0..count.saturating_sub(1)).map(neighbour).collect();
        let mut kept = first.clone();
        let mut gaps = Vec::new();
        for span in 2..count {
            let mut next = Vec::new();
            for from in 0..count - span {
                let to = from + span;
                let holds = |row: &[bool], at: usize| row.get(at).copied().unwrap_or(false);
                let (before, after) = (holds(&kept, from), holds(&kept, from + 1));
                let chained = (after && self.sends_all(from)) || (before && self.reads_all(to));
                // A pair is new trouble only if nothing shorter is to blame for it.
                let shorter = before && after && holds(&first, from) && holds(&first, to - 1);
                let outcome = if chained || !shorter {
                    None
                } else {
                    self.pair(from, to)
                };
                next.push(chained || (shorter && outcome.is_none()));
                gaps.extend(outcome);
            }
            kept = next;
        }
        gaps
    }

    fn version(&self, at: usize) -> Option<&'a Prepared<'a>> {
        self.versions.get(*self.order.get(at)?)
    }

    fn pair(&self, from: usize, to: usize) -> Option<Gap> {
        let outcome = travel(self.version(from)?, self.version(to)?);
        (outcome != Outcome::Kept).then_some(Gap {
            writer: *self.order.get(from)?,
            reader: *self.order.get(to)?,
            outcome,
        })
    }

    /// Whether the next version sends all that the one at `at` sends.
    fn sends_all(&mut self, at: usize) -> bool {
        if let Some(known) = self.sent.get(&at) {
            return *known;
        }
        let known = holds(self.version(at), self.version(at + 1), |it| &it.writer);
        self.sent.insert(at, known);
        known
    }

    /// Whether the version at `at` accepts all that the one before it accepts.
    fn reads_all(&mut self, at: usize) -> bool {
        if let Some(known) = self.read.get(&at) {
            return *known;
        }
        let known = holds(self.version(at - 1), self.version(at), |it| &it.reader);
        self.read.insert(at, known);
        known
    }
}

fn holds(
    smaller: Option<&Prepared<'_>>,
    larger: Option<&Prepared<'_>>,
    side: for<'b> fn(&'b Prepared<'_>) -> &'b Side,
) -> bool {
    match (smaller, larger) {
        (Some(smaller), Some(larger)) => {
            difference(side(smaller), side(larger)) == Difference::Empty
        }
        _ => false,
    }
}
