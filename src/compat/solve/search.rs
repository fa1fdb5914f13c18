//! Values that are what a set of literals says: the heart of the prover.
//!
//! A goal in; values, or the proof that there are none, or what is in doubt, out. A goal is taken type
//! by type; alternatives are split only where a value that meets all the rest does not meet them. A goal
//! met again inside itself has no value there: the least value of a goal holds no other of the same goal.
//! What was found to be empty on that assumption is forgotten where the assumption fails.

use std::collections::BTreeMap;

use serde_json::Value;

use super::case::Case;
use super::formula::{Constant, Formula, Formulas, Literal, kind};
use super::{numbers, texts};
use crate::number;
use crate::schema::Kinds;

/// Values nested deeper are not looked for.
const DEEPEST: usize = 40;
/// How many alternatives are compared before one is split.
const COMPARED: usize = 6;

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
}

impl<'f> Search<'f> {
    /// A search that gives up after so much work.
    pub(super) fn new(formulas: &'f mut Formulas, work: u64) -> Self {
        Self {
            formulas,
            work,
            known: BTreeMap::new(),
            open: BTreeMap::new(),
            assumed: BTreeMap::new(),
            rests_on: usize::MAX,
            depth: 0,
        }
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
        let found = self.by_type(&goal, wanted);
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

    fn by_type(&mut self, goal: &Goal, wanted: usize) -> Found {
        if let Some(values) = self.listed(goal) {
            return self.among(&values, goal, wanted);
        }
        let reach = goal.iter().map(|literal| self.formulas.reach(*literal));
        let reach = reach.fold(Kinds::ALL, Kinds::intersection);
        let mut found = Found::none();
        let kinds = [
            Kinds::NULL,
            Kinds::BOOLEAN,
            Kinds::NUMBER,
            Kinds::STRING,
            Kinds::ARRAY,
            Kinds::OBJECT,
        ];
        for kind in kinds.into_iter().filter(|kind| reach.meets(*kind)) {
            let mut case = Case::new(kind);
            if goal
                .iter()
                .all(|literal| case.assert(self.formulas, *literal))
            {
                let more = self.case(case, wanted - found.values.len());
                found.add(more);
                if found.values.len() >= wanted {
                    found.all = false;
                    break;
                }
            }
        }
        found
    }

    /// The shortest list of values that the literals allow.
    fn listed(&self, literals: &[Literal]) -> Option<Vec<Value>> {
        let mut shortest: Option<&std::collections::BTreeSet<Constant>> = None;
        let mut queue: Vec<Literal> = literals.to_vec();
        while let Some(literal) = queue.pop() {
            if !literal.is_positive() {
                continue;
            }
            match self.formulas.get(literal) {
                Formula::All(parts) => queue.extend(parts),
                Formula::Among(values) if shortest.is_none_or(|it| values.len() < it.len()) => {
                    shortest = Some(values);
                }
                _ => {}
            }
        }
        Some(shortest?.iter().map(|it| it.value.clone()).collect())
    }

    /// Those of the values that meet the literals.
    fn among(&mut self, values: &[Value], literals: &[Literal], wanted: usize) -> Found {
        let mut found = Found::none();
        for value in values {
            self.spend(literals.len());
            match self.formulas.all_hold(literals, value) {
                Some(true) if found.values.len() >= wanted => found.all = false,
                Some(true) => found.offer(value.clone()),
                Some(false) => {}
                None => {
                    found.all = false;
                    found.doubt = Some(self.unclear(literals, value));
                }
            }
        }
        found
    }

    /// Which of the literals cannot be judged.
    fn unclear(&self, literals: &[Literal], value: &Value) -> String {
        let open = literals
            .iter()
            .filter(|it| self.formulas.holds(**it, value).is_none());
        let mut queue: Vec<Literal> = open.copied().collect();
        let mut seen = std::collections::BTreeSet::new();
        while let Some(literal) = queue.pop() {
            if !seen.insert(literal) {
                continue;
            }
            if let Some(why) = self.formulas.unclear(literal) {
                return why;
            }
            queue.extend(self.formulas.below(literal));
        }
        "a part of the schemas is not understood".to_owned()
    }

    /// Up to `wanted` values of one type.
    fn case(&mut self, mut case: Case, wanted: usize) -> Found {
        loop {
            if !case.propagate(self.formulas) {
                return Found::none();
            }
            if !self.spend(4 * case.known.len()) {
                return Found::doubtful("it takes more work than is allowed");
            }
            let literals: Vec<Literal> = case.known.iter().copied().collect();
            if let Some(mut values) = self.listed(&literals) {
                values.retain(|value| kind(value) == case.kind);
                return self.among(&values, &literals, wanted);
            }
            let leaf = self.leaf(&case, wanted);
            if leaf.is_none() || case.open.is_empty() {
                return leaf;
            }
            let open = case.open.clone();
            let mut good = Found::none();
            let mut missed = None;
            for value in leaf.values {
                match self.formulas.all_hold(&open, &value) {
                    Some(true) => good.offer(value),
                    Some(false) | None => missed = missed.or(Some(value)),
                }
            }
            if good.values.len() >= wanted || (leaf.all && missed.is_none()) {
                good.all = leaf.all;
                return good;
            }
            let split: Vec<Literal> = match &missed {
                Some(value) => {
                    let misses = |it: &&Literal| self.formulas.holds(**it, value) != Some(true);
                    open.iter().filter(misses).copied().collect()
                }
                None => open,
            };
            let mut branches = self.fewest(&case, &split);
            match branches.len() {
                0 => return Found::none(),
                1 => case = branches.remove(0),
                _ => {
                    let mut found = Found::none();
                    for branch in branches {
                        let more = self.case(branch, wanted - found.values.len());
                        found.add(more);
                        if found.values.len() >= wanted {
                            found.all = false;
                            break;
                        }
                    }
                    return found;
                }
            }
        }
    }

    /// The ways to go on from one of the alternatives, of which there are few.
    fn fewest(&mut self, case: &Case, split: &[Literal]) -> Vec<Case> {
        let mut sized: Vec<(usize, Vec<Vec<Literal>>)> = split
            .iter()
            .map(|literal| case.ways(self.formulas, *literal))
            .map(|ways| (ways.len(), ways))
            .collect();
        sized.sort_by_key(|(count, _)| *count);
        let mut best: Option<Vec<Case>> = None;
        for (_, ways) in sized.into_iter().take(COMPARED) {
            let mut cases = Vec::new();
            for way in ways {
                if best.as_ref().is_some_and(|best| cases.len() >= best.len()) {
                    break;
                }
                let mut next = case.clone();
                let holds = way
                    .iter()
                    .all(|literal| next.assert(self.formulas, *literal));
                if holds && next.propagate(self.formulas) && !self.leaf(&next, 1).is_none() {
                    cases.push(next);
                }
            }
            if best.as_ref().is_none_or(|best| cases.len() < best.len()) {
                let enough = cases.len() <= 1;
                best = Some(cases);
                if enough {
                    break;
                }
            }
        }
        best.unwrap_or_default()
    }

    /// Up to `wanted` values that meet what is asked of the type, alternatives aside.
    fn leaf(&mut self, case: &Case, wanted: usize) -> Found {
        let atoms: Vec<Literal> = case.atoms(self.formulas);
        if !self.spend(atoms.len()) {
            return Found::doubtful("it takes more work than is allowed");
        }
        let mut unlisted = 0;
        for atom in atoms.iter().filter(|atom| !atom.is_positive()) {
            if let Formula::Among(values) = self.formulas.get(*atom) {
                let of_kind = values.iter().filter(|it| kind(&it.value) == case.kind);
                unlisted += of_kind.count();
            }
        }
        let asked = wanted + unlisted;
        let found = if case.kind == Kinds::NULL {
            Found::every(vec![Value::Null])
        } else if case.kind == Kinds::BOOLEAN {
            Found::every(vec![Value::Bool(false), Value::Bool(true)])
        } else if case.kind == Kinds::NUMBER {
            numbers::numbers(self.formulas, &atoms, asked)
        } else if case.kind == Kinds::STRING {
            texts::texts(self.formulas, &atoms, asked)
        } else if case.kind == Kinds::ARRAY {
            self.arrays(&atoms, asked)
        } else {
            self.objects(&atoms, asked)
        };
        self.checked(&atoms, found, wanted)
    }

    /// Only values that meet every literal go out.
    fn checked(&self, atoms: &[Literal], found: Found, wanted: usize) -> Found {
        let mut checked = Found {
            values: Vec::new(),
            all: found.all,
            doubt: found.doubt,
        };
        for value in found.values {
            match self.formulas.all_hold(atoms, &value) {
                Some(true) => checked.values.push(value),
                Some(false) if self.excluded(atoms, &value) => {}
                Some(false) => {
                    checked.all = false;
                    let why = "what is asked together could not be met in one value";
                    checked.doubt.get_or_insert_with(|| why.to_owned());
                }
                None => {
                    checked.all = false;
                    checked.doubt = Some(self.unclear(atoms, &value));
                }
            }
        }
        if checked.values.len() > wanted {
            checked.values.truncate(wanted);
            checked.all = false;
        }
        if checked.values.is_empty() && !checked.all {
            checked
                .doubt
                .get_or_insert_with(|| "no value was found".to_owned());
        }
        checked
    }

    /// Whether the value is one that is listed as refused.
    fn excluded(&self, atoms: &[Literal], value: &Value) -> bool {
        let constant = Constant::new(value);
        atoms.iter().any(|atom| {
            !atom.is_positive()
                && matches!(self.formulas.get(*atom), Formula::Among(values) if values.contains(&constant))
        })
    }
}
