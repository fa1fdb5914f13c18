//! Values that are what a set of literals says: the heart of the prover.
//!
//! A goal in; values, or the proof that there are none, or what is in doubt, out. A goal
//! met again inside itself has no value there: the least value of a goal holds no other of the same goal.
//! What was found to be empty on that assumption is forgotten where the assumption fails.

use std::collections::BTreeMap;

use serde_json::Value;

use super::deeper;
use super::formula::Literal;
use super::formulas::Formulas;
use crate::number;

/// Values nested deeper are not looked for.
const DEEPEST: usize = 40;

/// The literals a value is to meet, in order.
pub(super) type Goal = Vec<Literal>;

/// What is known of the values of a goal.
#[derive(Clone, Debug)]
pub(super) struct Found {
    pub(super) values: Vec<Value>,
    /// Whether there are no others.
    pub(super) all: bool,
    /// Why it is not known whether there are others.
    pub(super) doubt: Option<String>,
}

impl Found {
    /// There is none.
    pub(super) fn none() -> Self {
        Self::every(Vec::new())
    }

    /// These and no others.
    pub(super) fn every(values: Vec<Value>) -> Self {
        Self {
            values,
            all: true,
            doubt: None,
        }
    }

    /// These, and perhaps others.
    pub(super) fn some(values: Vec<Value>) -> Self {
        Self {
            values,
            all: false,
            doubt: None,
        }
    }

    /// It is not known.
    pub(super) fn doubtful(why: impl Into<String>) -> Self {
        Self {
            values: Vec::new(),
            all: false,
            doubt: Some(why.into()),
        }
    }

    /// Proven that there is none.
    pub(super) fn is_none(&self) -> bool {
        self.values.is_empty() && self.all
    }

    /// Adds what was found elsewhere.
    pub(super) fn add(&mut self, other: Self) {
        for value in other.values {
            self.offer(value);
        }
        self.all &= other.all;
        self.doubt = self.doubt.take().or(other.doubt);
    }

    /// Adds a value that is not among them yet.
    pub(super) fn offer(&mut self, value: Value) {
        if !self.values.iter().any(|it| number::same(it, &value)) {
            self.values.push(value);
        }
    }
}

/// A goal that is being looked at.
struct Open {
    depth: usize,
    wanted: usize,
}

/// One question's search.
pub(super) struct Search<'f> {
    pub(super) formulas: &'f mut Formulas,
    work: u64,
    known: BTreeMap<(Goal, usize), Found>,
    open: BTreeMap<Goal, Open>,
    /// Goals found empty while one at that depth was assumed to be.
    assumed: BTreeMap<Goal, usize>,
    /// The outermost open goal that the answer at hand rests on.
    rests_on: usize,
    depth: usize,
    /// Larger arrays are not written.
    largest: usize,
    /// Whether one would have been needed.
    pub(super) is_cut: bool,
}

impl<'f> Search<'f> {
    /// A search that gives up after so much work, and writes arrays of so many values.
    pub(super) fn new(formulas: &'f mut Formulas, work: u64, largest: usize) -> Self {
        Self {
            formulas,
            work,
            known: BTreeMap::new(),
            open: BTreeMap::new(),
            assumed: BTreeMap::new(),
            rests_on: usize::MAX,
            depth: 0,
            largest,
            is_cut: false,
        }
    }

    /// What is known of an array of so many values, where it is too large to be written.
    pub(super) fn too_large(&mut self, size: usize) -> Option<Found> {
        (size > self.largest).then(|| {
            self.is_cut = true;
            Found::doubtful(format!("arrays of {size} values are not written"))
        })
    }

    /// Spends some of the work; whether there was enough.
    pub(super) fn spend(&mut self, work: usize) -> bool {
        match self.work.checked_sub(work as u64 + 1) {
            Some(left) => {
                self.work = left;
                true
            }
            None => {
                self.work = 0;
                false
            }
        }
    }

    /// Up to `wanted` values that meet all the literals.
    pub(super) fn solve(&mut self, mut goal: Goal, wanted: usize) -> Found {
        goal.sort_unstable();
        goal.dedup();
        goal.retain(|literal| *literal != Literal::ANYTHING);
        let clash = goal
            .windows(2)
            .any(|pair| matches!(pair, [a, b] if *a == b.not()));
        if clash || goal.contains(&Literal::NOTHING) {
            return Found::none();
        }
        let key = (goal, wanted);
        if let Some(known) = self.known.get(&key) {
            return known.clone();
        }
        let (goal, _) = key;
        if let Some(depth) = self.assumed.get(&goal) {
            self.rests_on = self.rests_on.min(*depth);
            return Found::none();
        }
        if let Some(open) = self.open.get(&goal) {
            if open.wanted > 1 {
                return Found::doubtful("several values of a schema that holds itself are needed");
            }
            self.rests_on = self.rests_on.min(open.depth);
            return Found::none();
        }
        if self.depth >= DEEPEST {
            return Found::doubtful(format!(
                "documents deeper than {DEEPEST} are not looked for"
            ));
        }
        self.fresh(goal, wanted)
    }

    fn fresh(&mut self, goal: Goal, wanted: usize) -> Found {
        let before = std::mem::replace(&mut self.rests_on, usize::MAX);
        let depth = self.depth;
        self.depth += 1;
        self.open.insert(goal.clone(), Open { depth, wanted });
        let found = deeper(|| self.by_type(&goal, wanted));
        self.open.remove(&goal);
        self.depth -= 1;
        let rests_on = std::mem::replace(&mut self.rests_on, before);
        let alone = rests_on >= depth;
        if found.is_none() {
            if alone {
                // What rested on this goal's emptiness is proven with it.
                let mut rest = std::mem::take(&mut self.assumed);
                rest.retain(|goal, on| {
                    let proven = *on >= depth;
                    if proven {
                        self.known.insert((goal.clone(), 1), Found::none());
                    }
                    !proven
                });
                self.assumed = rest;
                self.known.insert((goal, wanted), found.clone());
            } else {
                for on in self.assumed.values_mut().filter(|on| **on >= depth) {
                    *on = rests_on;
                }
                self.assumed.insert(goal, rests_on);
                self.rests_on = self.rests_on.min(rests_on);
            }
            return found;
        }
        self.assumed.retain(|_, on| *on < depth);
        // A value stands whatever was assumed; that there is no other may not.
        if alone || (wanted == 1 && !found.values.is_empty()) {
            self.known.insert((goal, wanted), found.clone());
        } else if found.all {
            self.rests_on = self.rests_on.min(rests_on);
        }
        found
    }
}
