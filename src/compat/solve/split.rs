//! A goal type by type; alternatives are split only where a value that meets all the rest misses them.
//!
//! A goal in; values out that meet it, each looked at once more as a validator would.

use std::collections::BTreeSet;

use serde_json::Value;

use super::case::Case;
use super::constant::{Constant, kind};
use super::deeper;
use super::formula::{Formula, Literal};
use super::search::{Found, Goal, Search};
use super::{numbers, texts};
use crate::schema::Kinds;

/// How many alternatives are compared before one is split.
const COMPARED: usize = 6;

impl Search<'_> {
    /// Up to `wanted` values of any type.
    pub(super) fn by_type(&mut self, goal: &Goal, wanted: usize) -> Found {
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
        let mut shortest: Option<&BTreeSet<Constant>> = None;
        let mut queue: Vec<Literal> = literals.to_vec();
        while let Some(literal) = queue.pop() {
            match (self.formulas.get(literal), literal.is_positive()) {
                (Formula::All(parts), true) => queue.extend(parts),
                (Formula::Among(values), true)
                    if shortest.is_none_or(|it| values.len() < it.len()) =>
                {
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
        let mut seen = BTreeSet::new();
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
                        let more = deeper(|| self.case(branch, wanted - found.values.len()));
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
