//! Whether a value is what a literal says: the formulas read as a validator would.
//!
//! A literal and a value in; yes, no, or "not known" out, where a pattern or a format is not understood.

use std::borrow::Borrow;
use std::cell::{Cell, RefCell};
use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Number, Value};

use super::constant::{Constant, kind, listed};
use super::deeper;
use super::formula::{Beyond, Formula, Literal, Mentioned, OfItems, OfMembers, OfNumber, OfText};
use super::formulas::Formulas;
use crate::number::Decimal;

/// Deeper values are not judged.
const DEEPEST: usize = 200;
/// After so many judgements, answers are remembered.
const MANY: usize = 2_000;
/// So many at most; then all are forgotten.
const MOST_ANSWERS: usize = 1_000;

/// How a judgement came to a value, and through which references since then.
#[derive(Default)]
struct Trail<'t> {
    depth: usize,
    reference: Option<(usize, &'t Trail<'t>)>,
}

impl Trail<'_> {
    /// One value further down: no reference has been followed there.
    fn below(&self) -> Self {
        Self {
            depth: self.depth + 1,
            reference: None,
        }
    }

    /// Whether a reference has been followed for this value: coming back to it asks nothing more.
    fn has(&self, number: usize) -> bool {
        let mut trail = self;
        while let Some((other, before)) = trail.reference {
            if other == number {
                return true;
            }
            trail = before;
        }
        false
    }
}

impl Formulas {
    /// Whether `value` is what `literal` says.
    pub(super) fn holds(&self, literal: Literal, value: &Value) -> Option<bool> {
        Judge::new(self).judge(literal, value, &Trail::default())
    }

    /// Whether it is what all of them say.
    pub(super) fn all_hold(&self, literals: &[Literal], value: &Value) -> Option<bool> {
        conjunction(literals.iter().map(|literal| self.holds(*literal, value)))
    }

    /// Whether a pattern is found in a text.
    pub(super) fn matches(&self, pattern: usize, text: &str) -> Option<bool> {
        let automaton = self.automaton(pattern).ok()?;
        Some(automaton.matches(text))
    }

    /// Whether a name is among those that neither a name nor a pattern mentions.
    pub(super) fn others(&self, mentioned: &Mentioned, name: &str) -> Option<bool> {
        if mentioned.names.contains(name) {
            return Some(false);
        }
        let unmatched = mentioned
            .patterns
            .iter()
            .map(|pattern| self.matches(*pattern, name).map(|matches| !matches));
        conjunction(unmatched)
    }
}

/// One judgement, with what it found out on the way.
struct Judge<'f> {
    formulas: &'f Formulas,
    judged: Cell<usize>,
    /// By formula and by the address of the value.
    answers: RefCell<BTreeMap<(usize, usize), Option<bool>>>,
}

impl<'f> Judge<'f> {
    fn new(formulas: &'f Formulas) -> Self {
        Self {
            formulas,
            judged: Cell::new(0),
            answers: RefCell::default(),
        }
    }

    fn judge(&self, literal: Literal, value: &Value, trail: &Trail<'_>) -> Option<bool> {
        if trail.depth > DEEPEST {
            return None;
        }
        let formula = self.formulas.get(literal);
        let answer = if formula.about().meets(kind(value)) {
            deeper(|| self.known(literal, formula, value, trail))
        } else {
            Some(true)
        };
        answer.map(|it| it == literal.is_positive())
    }

    /// The same, looked up once many have been judged: formulas share parts, and doubled ones double.
    fn known(
        &self,
        literal: Literal,
        formula: &Formula,
        value: &Value,
        trail: &Trail<'_>,
    ) -> Option<bool> {
        self.judged.set(self.judged.get() + 1);
        if self.judged.get() < MANY {
            return self.formula(formula, value, trail);
        }
        let key = (literal.index(), std::ptr::from_ref(value).addr());
        if let Some(known) = self.answers.borrow().get(&key) {
            return *known;
        }
        let answer = self.formula(formula, value, trail);
        let mut answers = self.answers.borrow_mut();
        if answers.len() >= MOST_ANSWERS {
            answers.clear();
        }
        answers.insert(key, answer);
        answer
    }

    fn formula(&self, formula: &Formula, value: &Value, trail: &Trail<'_>) -> Option<bool> {
        match formula {
            Formula::Anything => Some(true),
            Formula::All(parts) => {
                conjunction(parts.iter().map(|part| self.judge(*part, value, trail)))
            }
            Formula::One(parts) => {
                let mut holding = 0;
                for part in parts {
                    holding += u32::from(self.judge(*part, value, trail)?);
                }
                Some(holding == 1)
            }
            Formula::Reference(number) => {
                let target = *self.formulas.definitions.get(*number)?;
                if trail.has(*number) {
                    return Some(true);
                }
                let trail = Trail {
                    depth: trail.depth + 1,
                    reference: Some((*number, trail)),
                };
                self.judge(target, value, &trail)
            }
            Formula::Kind(kinds) => Some(kinds.meets(kind(value))),
            Formula::Among(values) => Some(listed(values, value)),
            Formula::Number(formula) => of_number(formula, value.as_number()?),
            Formula::Text(formula) => self.of_text(formula, value.as_str()?),
            Formula::Items(formula) => self.of_items(formula, value.as_array()?, &trail.below()),
            Formula::Members(formula) => {
                self.of_members(formula, value.as_object()?, &trail.below())
            }
            Formula::Opaque(_) => None,
        }
    }

    fn of_text(&self, formula: &OfText, text: &str) -> Option<bool> {
        match formula {
            OfText::Longer(least) => Some(text.chars().count() as u64 >= *least),
            OfText::Matches(pattern) => self.formulas.matches(*pattern, text),
            OfText::Like(_) => Some(true),
            OfText::Format(_) => None,
        }
    }

    fn of_items(&self, formula: &OfItems, items: &[Value], trail: &Trail<'_>) -> Option<bool> {
        match formula {
            OfItems::Item(index, each) => items
                .get(*index)
                .map_or(Some(true), |item| self.judge(*each, item, trail)),
            OfItems::ItemsFrom(start, each) => {
                // Long runs of one element are judged once.
                let mut rest: Vec<&Value> = items.iter().skip(*start).collect();
                rest.dedup();
                conjunction(rest.into_iter().map(|item| self.judge(*each, item, trail)))
            }
            OfItems::LeastItems(least) => Some(items.len() as u64 >= *least),
            OfItems::Distinct => Some(distinct(items)),
            OfItems::Holding(each, least) => {
                let (mut sure, mut open) = (0, 0);
                for item in items {
                    match self.judge(*each, item, trail) {
                        Some(holds) => sure += u64::from(holds),
                        None => open += 1,
                    }
                }
                if sure >= *least {
                    Some(true)
                } else {
                    (sure + open < *least).then_some(false)
                }
            }
        }
    }

    fn of_members(
        &self,
        formula: &OfMembers,
        members: &serde_json::Map<String, Value>,
        trail: &Trail<'_>,
    ) -> Option<bool> {
        match formula {
            OfMembers::Member(name, each) => members
                .get(name)
                .map_or(Some(true), |member| self.judge(*each, member, trail)),
            OfMembers::Matching(pattern, each) => {
                let answers = members.iter().map(|(name, member)| {
                    implied(self.formulas.matches(*pattern, name), || {
                        self.judge(*each, member, trail)
                    })
                });
                conjunction(answers)
            }
            OfMembers::Others(mentioned, each) => {
                let mut answers = Vec::new();
                for (name, member) in members {
                    let free = self.formulas.others(mentioned, name);
                    answers.push(implied(free, || self.judge(*each, member, trail)));
                }
                conjunction(answers)
            }
            OfMembers::Names(each) => {
                let answers = members.keys().map(|name| {
                    let name = Value::from(name.as_str());
                    self.judge(*each, &name, trail)
                });
                conjunction(answers)
            }
            OfMembers::Has(name) => Some(members.contains_key(name)),
            OfMembers::LeastMembers(least) => Some(members.len() as u64 >= *least),
        }
    }
}

fn of_number(formula: &OfNumber, number: &Number) -> Option<bool> {
    let number = Decimal::of(number);
    match formula {
        OfNumber::Above(bound, Beyond::From) => Some(number >= *bound),
        OfNumber::Above(bound, Beyond::After) => Some(number > *bound),
        OfNumber::Multiple(step) => number.is_multiple_of(step),
    }
}

/// Whether all are so; one that is not settles it.
fn conjunction(answers: impl IntoIterator<Item = Option<bool>>) -> Option<bool> {
    let mut all = Some(true);
    for answer in answers {
        match answer {
            Some(true) => {}
            Some(false) => return Some(false),
            None => all = None,
        }
    }
    all
}

/// Whether the second is so where the first is.
fn implied(condition: Option<bool>, then: impl FnOnce() -> Option<bool>) -> Option<bool> {
    match condition {
        Some(false) => Some(true),
        Some(true) => then(),
        None => (then() == Some(true)).then_some(true),
    }
}

/// Whether no two of them are the same.
pub(super) fn distinct<V: Borrow<Value>>(items: impl IntoIterator<Item = V>) -> bool {
    let mut seen = BTreeSet::new();
    items
        .into_iter()
        .all(|item| seen.insert(Constant::new(item.borrow())))
}
