//! One type's part of a goal: what is settled, and the alternatives that are open.
//!
//! Literals are asserted one by one; what follows from them without looking at values is drawn at once.

use std::collections::BTreeSet;

use super::formula::{Formula, Literal};
use super::formulas::Formulas;
use crate::schema::Kinds;

/// How deep a literal is looked into for its truth.
const DEEPEST: usize = 6;

/// What is asked of a value of one type.
#[derive(Clone, Debug)]
pub(super) struct Case {
    pub(super) kind: Kinds,
    /// Literals that are to hold.
    pub(super) known: BTreeSet<Literal>,
    /// Those of them of which one part or another has to hold.
    pub(super) open: Vec<Literal>,
}

impl Case {
    pub(super) fn new(kind: Kinds) -> Self {
        Self {
            kind,
            known: BTreeSet::new(),
            open: Vec::new(),
        }
    }

    /// What is asked of the type itself.
    pub(super) fn atoms(&self, formulas: &Formulas) -> Vec<Literal> {
        let known = self.known.iter().copied();
        let atoms = known.filter(|literal| match formulas.get(*literal) {
            Formula::Anything
            | Formula::All(_)
            | Formula::One(_)
            | Formula::Reference(_)
            | Formula::Kind(_) => false,
            Formula::Among(_) | Formula::Opaque(_) => true,
            formula @ (Formula::Number(_)
            | Formula::Text(_)
            | Formula::Items(_)
            | Formula::Members(_)) => formula.about() == self.kind,
        });
        atoms.collect()
    }

    /// Adds a literal and what follows; whether it can hold.
    pub(super) fn assert(&mut self, formulas: &Formulas, literal: Literal) -> bool {
        let mut queue = vec![literal];
        while let Some(literal) = queue.pop() {
            if self.known.contains(&literal) {
                continue;
            }
            match self.truth(formulas, literal, DEEPEST) {
                Some(true) if formulas.is_wish(literal) => {}
                Some(false) => return false,
                Some(true) => {
                    // It asks for nothing; what it wishes for is kept.
                    if let (Formula::All(parts), true) =
                        (formulas.get(literal), literal.is_positive())
                    {
                        queue.extend(parts.iter().filter(|part| formulas.is_wish(**part)));
                    }
                    continue;
                }
                None => {}
            }
            self.known.insert(literal);
            match (formulas.get(literal), literal.is_positive()) {
                (Formula::All(parts), true) => queue.extend(parts),
                (Formula::All(_), false) | (Formula::One(_), _) => self.open.push(literal),
                (Formula::Reference(number), positive) => {
                    let target = formulas.definitions.get(*number).copied();
                    let target = target.unwrap_or(Literal::ANYTHING);
                    queue.push(if positive { target } else { target.not() });
                }
                _ => {}
            }
        }
        true
    }

    /// Whether a literal holds, as far as can be seen without values.
    fn truth(&self, formulas: &Formulas, literal: Literal, depth: usize) -> Option<bool> {
        if self.known.contains(&literal) {
            return Some(true);
        }
        if self.known.contains(&literal.not()) {
            return Some(false);
        }
        if !formulas.reach(literal).meets(self.kind) {
            return Some(false);
        }
        if !formulas.reach(literal.not()).meets(self.kind) {
            return Some(true);
        }
        let depth = depth.checked_sub(1)?;
        let answer = match formulas.get(literal) {
            Formula::Anything => Some(true),
            Formula::All(parts) => {
                let mut all = Some(true);
                for part in parts {
                    match self.truth(formulas, *part, depth) {
                        Some(true) => {}
                        Some(false) => {
                            all = Some(false);
                            break;
                        }
                        None => all = None,
                    }
                }
                all
            }
            Formula::Kind(kinds) => Some(kinds.meets(self.kind)),
            Formula::One(_)
            | Formula::Reference(_)
            | Formula::Among(_)
            | Formula::Number(_)
            | Formula::Text(_)
            | Formula::Items(_)
            | Formula::Members(_)
            | Formula::Opaque(_) => None,
        };
        answer.map(|it| it == literal.is_positive())
    }

    /// Draws what follows from the alternatives that are left; whether all can hold.
    pub(super) fn propagate(&mut self, formulas: &Formulas) -> bool {
        loop {
            let mut changed = false;
            for literal in std::mem::take(&mut self.open) {
                let mut ways = self.ways(formulas, literal);
                match ways.len() {
                    0 => return false,
                    1 => {
                        changed = true;
                        let way = ways.pop().unwrap_or_default();
                        if !way.iter().all(|part| self.assert(formulas, *part)) {
                            return false;
                        }
                    }
                    _ => self.open.push(literal),
                }
            }
            if !changed {
                return true;
            }
        }
    }

    /// The ways an open literal can come true: what each asks for. One that asks for nothing is there
    /// where the literal holds already.
    pub(super) fn ways(&self, formulas: &Formulas, literal: Literal) -> Vec<Vec<Literal>> {
        match (formulas.get(literal), literal.is_positive()) {
            (Formula::All(parts), false) => {
                let mut ways = Vec::new();
                for part in parts {
                    match self.truth(formulas, part.not(), DEEPEST) {
                        Some(true) => return vec![Vec::new()],
                        Some(false) => {}
                        None => ways.push(vec![part.not()]),
                    }
                }
                ways
            }
            (Formula::One(parts), positive) => self.exactly_one(formulas, parts, positive),
            _ => vec![vec![literal]],
        }
    }

    fn exactly_one(
        &self,
        formulas: &Formulas,
        parts: &[Literal],
        positive: bool,
    ) -> Vec<Vec<Literal>> {
        let mut holding = 0;
        let mut open: Vec<Literal> = Vec::new();
        for part in parts {
            match self.truth(formulas, *part, DEEPEST) {
                Some(true) => holding += 1,
                Some(false) => {}
                None => open.push(*part),
            }
        }
        let none = || open.iter().map(|part| part.not()).collect::<Vec<Literal>>();
        match (positive, holding) {
            (true, 0) => {
                let only = |one: &Literal| {
                    let turned = |part: &Literal| if part == one { *part } else { part.not() };
                    open.iter().map(turned).collect()
                };
                open.iter().map(only).collect()
            }
            (true, 1) => vec![none()],
            (true, _) => Vec::new(),
            (false, 2..) => vec![Vec::new()],
            (false, _) => match open.split_first() {
                None if holding == 0 => vec![Vec::new()],
                None => Vec::new(),
                Some((first, [])) if holding == 1 => vec![vec![*first]],
                Some((first, [])) => vec![vec![first.not()]],
                Some((first, _)) => vec![vec![*first], vec![first.not()]],
            },
        }
    }
}
