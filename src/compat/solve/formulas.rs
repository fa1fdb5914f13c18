//! All formulas of one question, each kept once, and what is seen of them at a glance.
//!
//! Formulas in, literals out; plain contradictions and doubled parts are gone at once.

use std::cell::OnceCell;
use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Number, Value};

use super::constant::{Constant, kind};
use super::formula::{Beyond, Formula, Literal, OfItems, OfMembers, OfNumber, OfText};
use crate::model::pattern::{self, Automaton, Unheld};
use crate::number::Decimal;
use crate::schema::Kinds;

/// Types a literal may hold of, and those its negation may.
type Reach = (Kinds, Kinds);

/// A pattern and its automaton, made when first asked for.
struct Pattern {
    text: String,
    automaton: OnceCell<Result<Automaton, Unheld>>,
}

/// All formulas of one question.
pub(super) struct Formulas {
    list: Vec<Formula>,
    reach: Vec<Reach>,
    numbers: BTreeMap<Formula, u32>,
    patterns: Vec<Pattern>,
    /// What each definition that refers to itself says.
    pub(super) definitions: Vec<Literal>,
}

impl Formulas {
    pub(super) fn new() -> Self {
        Self {
            list: vec![Formula::Anything],
            reach: vec![(Kinds::ALL, Kinds::NONE)],
            numbers: BTreeMap::from([(Formula::Anything, 0)]),
            patterns: Vec::new(),
            definitions: Vec::new(),
        }
    }

    /// The formula a literal names, negated or not.
    pub(super) fn get(&self, literal: Literal) -> &Formula {
        self.list
            .get(literal.index())
            .expect("a literal names a formula of these")
    }

    /// The types of which the literal may hold.
    pub(super) fn reach(&self, literal: Literal) -> Kinds {
        let (positive, negative) = self
            .reach
            .get(literal.index())
            .copied()
            .expect("a literal names a formula of these");
        if literal.is_positive() {
            positive
        } else {
            negative
        }
    }

    pub(super) fn put(&mut self, formula: Formula) -> Literal {
        if let Some(number) = self.numbers.get(&formula) {
            return Literal::of(*number);
        }
        let reach = self.reach_of(&formula);
        let number = u32::try_from(self.list.len()).expect("fewer than 2^31 formulas");
        self.numbers.insert(formula.clone(), number);
        self.list.push(formula);
        self.reach.push(reach);
        Literal::of(number)
    }

    fn reach_of(&self, formula: &Formula) -> Reach {
        match formula {
            Formula::Anything | Formula::Text(OfText::Like(_)) => (Kinds::ALL, Kinds::NONE),
            Formula::All(parts) => {
                let each = parts.iter().map(|part| self.reach(*part));
                let none = parts.iter().map(|part| self.reach(part.not()));
                (
                    each.fold(Kinds::ALL, Kinds::intersection),
                    none.fold(Kinds::NONE, Kinds::union),
                )
            }
            Formula::One(parts) => {
                let each = parts.iter().map(|part| self.reach(*part));
                (each.fold(Kinds::NONE, Kinds::union), Kinds::ALL)
            }
            Formula::Kind(kinds) => (*kinds, Kinds::ALL.without(*kinds)),
            Formula::Among(values) => {
                let kinds = values.iter().map(|it| kind(&it.value));
                (kinds.fold(Kinds::NONE, Kinds::union), Kinds::ALL)
            }
            Formula::Reference(_) | Formula::Opaque(_) => (Kinds::ALL, Kinds::ALL),
            Formula::Number(_) | Formula::Text(_) | Formula::Items(_) | Formula::Members(_) => {
                (Kinds::ALL, formula.about())
            }
        }
    }

    /// All of them.
    pub(super) fn all(&mut self, parts: impl IntoIterator<Item = Literal>) -> Literal {
        let mut flat = BTreeSet::new();
        for part in parts {
            match (self.get(part), part.is_positive()) {
                (Formula::Anything, true) => {}
                (Formula::Anything, false) => return Literal::NOTHING,
                (Formula::All(parts), true) => flat.extend(parts.iter().copied()),
                _ => {
                    flat.insert(part);
                }
            }
        }
        if flat.iter().any(|part| flat.contains(&part.not())) {
            return Literal::NOTHING;
        }
        let mut flat: Vec<Literal> = flat.into_iter().collect();
        match flat.len() {
            0 => Literal::ANYTHING,
            1 => flat.pop().unwrap_or(Literal::ANYTHING),
            _ => self.put(Formula::All(flat)),
        }
    }

    /// What a definition says that refers to itself for the same value: such a circle asks for nothing.
    pub(super) fn unlooped(&mut self, literal: Literal, number: usize) -> Literal {
        let itself = self.put(Formula::Reference(number));
        if literal == itself {
            return Literal::ANYTHING;
        }
        match (self.get(literal), literal.is_positive()) {
            (Formula::All(parts), true) if parts.contains(&itself) => {
                let others: Vec<Literal> =
                    parts.iter().copied().filter(|it| *it != itself).collect();
                self.all(others)
            }
            (Formula::All(parts), false) if parts.contains(&itself.not()) => Literal::ANYTHING,
            _ => literal,
        }
    }

    /// At least one of them.
    pub(super) fn any(&mut self, parts: impl IntoIterator<Item = Literal>) -> Literal {
        let none: Vec<Literal> = parts.into_iter().map(Literal::not).collect();
        self.all(none).not()
    }

    /// Exactly one of them.
    pub(super) fn one(&mut self, mut parts: Vec<Literal>) -> Literal {
        parts.retain(|part| *part != Literal::NOTHING);
        parts.sort_unstable();
        // What is there twice holds twice or not at all; of a part and its negation one holds.
        let mut alone = Vec::new();
        let mut refused = Vec::new();
        for run in parts.chunk_by(|a, b| a == b) {
            match run {
                [part] => alone.push(*part),
                _ => refused.extend(run.first().map(|part| part.not())),
            }
        }
        if let Some(part) = alone
            .iter()
            .copied()
            .find(|part| part.is_positive() && alone.contains(&part.not()))
        {
            alone.retain(|it| *it != part && *it != part.not());
            refused.extend(alone.into_iter().map(Literal::not));
            return self.all(refused);
        }
        if !refused.is_empty() {
            let one = self.one(alone);
            refused.push(one);
            return self.all(refused);
        }
        match parts.as_slice() {
            [] => Literal::NOTHING,
            [only] => *only,
            _ => self.put(Formula::One(parts)),
        }
    }

    /// Of no other type.
    pub(super) fn kind(&mut self, kinds: Kinds) -> Literal {
        if kinds == Kinds::ALL {
            Literal::ANYTHING
        } else {
            self.put(Formula::Kind(kinds))
        }
    }

    /// One of the values.
    pub(super) fn among<'v>(&mut self, values: impl IntoIterator<Item = &'v Value>) -> Literal {
        let values: BTreeSet<Constant> = values.into_iter().map(Constant::new).collect();
        if values.is_empty() {
            return Literal::NOTHING;
        }
        self.put(Formula::Among(values))
    }

    /// One of the texts.
    pub(super) fn texts<'t>(&mut self, texts: impl IntoIterator<Item = &'t String>) -> Literal {
        let values: Vec<Value> = texts
            .into_iter()
            .map(|it| Value::from(it.as_str()))
            .collect();
        self.among(&values)
    }

    /// What holds of a value of some type only, said of all: negations of assertions are about their
    /// type alone.
    pub(super) fn unless(&mut self, kinds: Kinds, literal: Literal) -> Literal {
        let others = self.kind(Kinds::ALL.without(kinds));
        self.any([others, literal])
    }

    /// A formula that asks `each` of every part of a value: nothing is asked where each may be anything.
    pub(super) fn every(&mut self, formula: Formula, each: Literal) -> Literal {
        if each == Literal::ANYTHING {
            Literal::ANYTHING
        } else {
            self.put(formula)
        }
    }

    /// Objects with a member of that name.
    pub(super) fn has(&mut self, name: &str) -> Literal {
        let object = self.kind(Kinds::OBJECT);
        let has = self.put(Formula::Members(OfMembers::Has(name.to_owned())));
        self.all([object, has])
    }

    /// The member of that name is of `rest`, unless one of the patterns matches the name.
    pub(super) fn only(
        &mut self,
        name: &str,
        patterns: &BTreeSet<usize>,
        rest: Literal,
    ) -> Literal {
        let mut unclear = false;
        for pattern in patterns {
            match self.automaton(*pattern) {
                Ok(automaton) if automaton.matches(name) => return Literal::ANYTHING,
                Ok(_) => {}
                Err(_) => unclear = true,
            }
        }
        if unclear {
            return self.put(Formula::Opaque("a pattern is not understood".to_owned()));
        }
        self.put(Formula::Members(OfMembers::Member(name.to_owned(), rest)))
    }

    /// Numbers from `bound` on or beyond it.
    pub(super) fn above(&mut self, bound: &Number, beyond: Beyond) -> Literal {
        self.put(Formula::Number(OfNumber::Above(Decimal::of(bound), beyond)))
    }

    /// The number of a pattern.
    pub(super) fn pattern(&mut self, text: &str) -> usize {
        if let Some(known) = self.patterns.iter().position(|it| it.text == text) {
            return known;
        }
        self.patterns.push(Pattern {
            text: text.to_owned(),
            automaton: OnceCell::new(),
        });
        self.patterns.len() - 1
    }

    /// The text of a pattern.
    pub(super) fn pattern_text(&self, number: usize) -> &str {
        self.patterns
            .get(number)
            .map(|pattern| pattern.text.as_str())
            .unwrap_or_default()
    }

    /// The automaton of a pattern.
    pub(super) fn automaton(&self, number: usize) -> Result<&Automaton, Unheld> {
        let pattern = self.patterns.get(number).ok_or(Unheld::Malformed)?;
        let made = pattern
            .automaton
            .get_or_init(|| pattern::compile(&pattern.text));
        made.as_ref().map_err(|unheld| *unheld)
    }
}

impl Formulas {
    /// Whether a literal only says which values are nicer.
    pub(super) fn is_wish(&self, literal: Literal) -> bool {
        literal.is_positive() && matches!(self.get(literal), Formula::Text(OfText::Like(_)))
    }

    /// Why a literal cannot be judged, where that is its own fault.
    pub(super) fn unclear(&self, literal: Literal) -> Option<String> {
        let pattern = |number: usize| {
            let why = self.automaton(number).err()?;
            Some(format!(
                "the pattern `{}`: {why}",
                self.pattern_text(number)
            ))
        };
        match self.get(literal) {
            Formula::Opaque(why) => Some(why.clone()),
            Formula::Text(OfText::Format(format)) => {
                Some(format!("texts of format `{format}` are not reckoned with"))
            }
            Formula::Text(OfText::Matches(number))
            | Formula::Members(OfMembers::Matching(number, _)) => pattern(*number),
            Formula::Members(OfMembers::Others(mentioned, _)) => {
                mentioned.patterns.iter().find_map(|it| pattern(*it))
            }
            Formula::Anything
            | Formula::All(_)
            | Formula::One(_)
            | Formula::Reference(_)
            | Formula::Kind(_)
            | Formula::Among(_)
            | Formula::Number(_)
            | Formula::Text(OfText::Longer(_) | OfText::Like(_))
            | Formula::Items(_)
            | Formula::Members(
                OfMembers::Member(..)
                | OfMembers::Names(_)
                | OfMembers::Has(_)
                | OfMembers::LeastMembers(_),
            ) => None,
        }
    }

    /// The literals that a formula is made of.
    pub(super) fn below(&self, literal: Literal) -> Vec<Literal> {
        match self.get(literal) {
            Formula::All(parts) | Formula::One(parts) => parts.clone(),
            Formula::Reference(number) => {
                self.definitions.get(*number).copied().into_iter().collect()
            }
            Formula::Items(
                OfItems::Item(_, each) | OfItems::ItemsFrom(_, each) | OfItems::Holding(each, _),
            )
            | Formula::Members(
                OfMembers::Member(_, each)
                | OfMembers::Matching(_, each)
                | OfMembers::Others(_, each)
                | OfMembers::Names(each),
            ) => vec![*each],
            Formula::Anything
            | Formula::Kind(_)
            | Formula::Among(_)
            | Formula::Number(_)
            | Formula::Text(_)
            | Formula::Items(OfItems::LeastItems(_) | OfItems::Distinct)
            | Formula::Members(OfMembers::Has(_) | OfMembers::LeastMembers(_))
            | Formula::Opaque(_) => Vec::new(),
        }
    }
}
