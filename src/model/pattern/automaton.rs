//! Machines → a deterministic automaton: sets of threads are states.
//!
//! A thread is a step with what it still owes: for each look ahead it passed, the state of that look's
//! own automaton. A look back is an automaton that runs beside from the beginning of the text.

use std::collections::{BTreeMap, BTreeSet};

use super::minimal::minimal;
use super::points::{LAST, WORD};
use super::steps::{Begins, Guard, Machine, Step, machines};
use super::syntax::Node;
use super::{Automaton, Run, State, Unheld};

/// What a program should carry at most.
const MOST_STATES: usize = 2_000;
const MOST_CELLS: usize = 60_000;
/// What is worth building on the way.
const MOST_SETS: usize = 6_000;
const MOST_THREADS: usize = 2_000_000;

/// The automaton of a tree.
pub(super) fn of(node: &Node) -> Result<Automaton, Unheld> {
    let machines = machines(node)?;
    let (runs, members) = classes(&machines);
    let mut built: Vec<Built> = Vec::new();
    for machine in &machines {
        built.push(Sets::new(machine, &built, &members).all()?);
    }
    let own = built.pop().map(|built| built.states).unwrap_or_default();
    let (classes, width, states) = minimal(runs, members.len(), own);
    if states.len() > MOST_STATES || states.len() * width > MOST_CELLS {
        return Err(Unheld::TooLarge);
    }
    Ok(Automaton {
        classes,
        width,
        states,
    })
}

/// The runs of code points that no machine tells apart, each a class, and the first of each.
fn classes(machines: &[Machine]) -> (Vec<Run>, Vec<u32>) {
    let mut firsts = BTreeSet::from([0]);
    let mut cut = |ranges: &[(u32, u32)]| {
        for (first, last) in ranges {
            firsts.extend([*first, last + 1]);
        }
    };
    for step in machines.iter().flat_map(|machine| &machine.steps) {
        match step {
            Step::Take(ranges, _) => cut(ranges),
            Step::If(Guard::Boundary(_), _) => cut(WORD),
            Step::If(..) | Step::Found | Step::Split(_) => {}
        }
    }
    firsts.remove(&(LAST + 1));
    let members: Vec<u32> = firsts.into_iter().collect();
    let runs = members.iter().enumerate();
    let runs = runs
        .map(|(class, first)| Run {
            first: *first,
            class,
        })
        .collect();
    (runs, members)
}

fn contains(ranges: &[(u32, u32)], point: u32) -> bool {
    ranges
        .iter()
        .any(|(first, last)| (*first..=*last).contains(&point))
}

/// What stands before a place: nothing, a code point of `\w`, or another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Before {
    Nothing,
    Word,
    Other,
}

/// A machine's automaton.
struct Built {
    states: Vec<State>,
    starts: BTreeMap<Before, usize>,
    /// The states in which it is settled whether the text is accepted.
    settled: Vec<Option<bool>>,
}

/// A look ahead whose answer is open: the machine, its state, and the answer that is wanted.
type Debt = (usize, usize, bool);

/// A step, and what is owed there.
type Thread = (usize, Vec<Debt>);

/// What may come next, before guards are asked.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Set {
    before: Before,
    /// The state of each look back.
    behind: Vec<(usize, usize)>,
    threads: Vec<Thread>,
}

struct Sets<'a> {
    machine: &'a Machine,
    /// The automata it looks around with.
    looks: &'a [Built],
    members: &'a [u32],
    /// Whether it matters what stands before.
    guarded: bool,
    numbers: BTreeMap<Set, usize>,
    open: Vec<Set>,
    size: usize,
}

impl<'a> Sets<'a> {
    fn new(machine: &'a Machine, looks: &'a [Built], members: &'a [u32]) -> Self {
        let guarded = machine
            .steps
            .iter()
            .any(|step| matches!(step, Step::If(Guard::Boundary(_) | Guard::Ahead { .. }, _)));
        let (numbers, open) = (BTreeMap::new(), Vec::new());
        Self {
            machine,
            looks,
            members,
            guarded,
            numbers,
            open,
            size: 0,
        }
    }

    fn number(&mut self, set: Set) -> Result<usize, Unheld> {
        if let Some(number) = self.numbers.get(&set) {
            return Ok(*number);
        }
        let number = self.numbers.len();
        self.size += set.threads.len();
        if number >= MOST_SETS || self.size >= MOST_THREADS {
            return Err(Unheld::TooLarge);
        }
        self.numbers.insert(set.clone(), number);
        self.open.push(set);
        Ok(number)
    }

    fn all(mut self) -> Result<Built, Unheld> {
        let mut starts = BTreeMap::new();
        let befores: &[Before] = match self.machine.begins {
            Begins::Anywhere => &[Before::Nothing],
            Begins::Here => &[Before::Nothing, Before::Word, Before::Other],
        };
        for before in befores {
            let behind = self.lookbehinds();
            let threads = vec![(self.machine.start, Vec::new())];
            let set = Set {
                before: *before,
                behind,
                threads,
            };
            starts.insert(*before, self.number(set)?);
        }
        let mut states = Vec::new();
        while let Some(set) = self.open.get(states.len()).cloned() {
            let reached = self.reached(&set, None);
            let accepting = reached
                .iter()
                .any(|(step, debts)| *step == 0 && self.paid(debts));
            let mut next = Vec::with_capacity(self.members.len());
            for (class, member) in self.members.iter().enumerate() {
                let reached = self.reached(&set, Some(*member));
                let found = self.machine.open && reached.contains(&(0, Vec::new()));
                let set = if found {
                    let threads = vec![(0, Vec::new())];
                    Set {
                        before: Before::Other,
                        behind: Vec::new(),
                        threads,
                    }
                } else {
                    self.after(&set, &reached, class, *member)
                };
                next.push(self.number(set)?);
            }
            states.push(State { accepting, next });
        }
        let settled = settled(&states);
        Ok(Built {
            states,
            starts,
            settled,
        })
    }

    /// Every look back, at the beginning of the text.
    fn lookbehinds(&self) -> Vec<(usize, usize)> {
        let steps = self.machine.steps.iter();
        let machines: BTreeSet<usize> = steps
            .filter_map(|step| match step {
                Step::If(Guard::Behind { machine, .. }, _) => Some(*machine),
                Step::If(..) | Step::Found | Step::Take(..) | Step::Split(_) => None,
            })
            .collect();
        machines.into_iter().map(|machine| (machine, 0)).collect()
    }

    fn state(&self, machine: usize, state: usize) -> Option<&State> {
        self.looks.get(machine)?.states.get(state)
    }

    fn settled(&self, machine: usize, state: usize) -> Option<bool> {
        self.looks
            .get(machine)?
            .settled
            .get(state)
            .copied()
            .flatten()
    }

    /// Whether every look is answered as wanted where the text ends.
    fn paid(&self, debts: &[Debt]) -> bool {
        debts.iter().all(|(machine, state, wanted)| {
            self.state(*machine, *state)
                .is_some_and(|state| state.accepting == *wanted)
        })
    }

    /// Every thread that is reached without taking a code point, `next` being the one that follows.
    fn reached(&self, set: &Set, next: Option<u32>) -> BTreeSet<Thread> {
        let mut reached = BTreeSet::new();
        let mut open = set.threads.clone();
        while let Some(thread) = open.pop() {
            if reached.contains(&thread) {
                continue;
            }
            let (step, debts) = &thread;
            match self.machine.steps.get(*step) {
                Some(Step::Split(to)) => open.extend(to.iter().map(|to| (*to, debts.clone()))),
                Some(Step::If(guard, to)) => {
                    if let Some(debts) = self.passed(set, *guard, debts, next) {
                        open.push((*to, debts));
                    }
                }
                Some(Step::Found | Step::Take(..)) | None => {}
            }
            reached.insert(thread);
        }
        reached
    }

    /// What is owed behind a guard; nothing if it does not let pass.
    fn passed(
        &self,
        set: &Set,
        guard: Guard,
        debts: &[Debt],
        next: Option<u32>,
    ) -> Option<Vec<Debt>> {
        let holds = match guard {
            Guard::Start => set.before == Before::Nothing,
            Guard::End => next.is_none(),
            Guard::Boundary(is) => {
                let word_next = next.is_some_and(|next| contains(WORD, next));
                ((set.before == Before::Word) != word_next) == is
            }
            Guard::Behind { machine, holds } => {
                let behind = set.behind.iter().find(|(it, _)| *it == machine);
                let state = behind.and_then(|(_, state)| self.state(machine, *state));
                state.is_some_and(|state| state.accepting == holds)
            }
            Guard::Ahead { machine, holds } => {
                let state = *self.looks.get(machine)?.starts.get(&set.before)?;
                return self.owing(debts, (machine, state, holds));
            }
        };
        holds.then(|| debts.to_vec())
    }

    /// Debts with one more, which may be settled at once.
    fn owing(&self, debts: &[Debt], (machine, state, wanted): Debt) -> Option<Vec<Debt>> {
        let mut debts = debts.to_vec();
        match self.settled(machine, state) {
            Some(answer) if answer != wanted => return None,
            Some(_) => {}
            None => {
                debts.push((machine, state, wanted));
                debts.sort_unstable();
                debts.dedup();
            }
        }
        Some(debts)
    }

    /// Where a code point leads, and the start of another attempt.
    fn after(&self, set: &Set, reached: &BTreeSet<Thread>, class: usize, member: u32) -> Set {
        let is_word = self.guarded && contains(WORD, member);
        let before = if is_word { Before::Word } else { Before::Other };
        let mut threads = BTreeSet::new();
        if self.machine.begins == Begins::Anywhere {
            threads.insert((self.machine.start, Vec::new()));
        }
        for (step, debts) in reached {
            let to = match self.machine.steps.get(*step) {
                Some(Step::Take(ranges, to)) => contains(ranges, member).then_some(*to),
                Some(Step::Found) => self.machine.open.then_some(0),
                Some(Step::Split(_) | Step::If(..)) | None => None,
            };
            let left = debts
                .iter()
                .try_fold(Vec::new(), |left, (machine, state, wanted)| {
                    let next = *self.state(*machine, *state)?.next.get(class)?;
                    self.owing(&left, (*machine, next, *wanted))
                });
            threads.extend(to.zip(left));
        }
        let behind = set.behind.iter().filter_map(|(machine, state)| {
            let next = self.state(*machine, *state)?.next.get(class)?;
            Some((*machine, *next))
        });
        Set {
            before,
            behind: behind.collect(),
            threads: threads.into_iter().collect(),
        }
    }
}

/// The states from which every text is accepted, or none is.
fn settled(states: &[State]) -> Vec<Option<bool>> {
    let mut settled: Vec<Option<bool>> = states.iter().map(|state| Some(state.accepting)).collect();
    loop {
        let open: Vec<usize> = states
            .iter()
            .enumerate()
            .filter(|(index, state)| {
                let own = settled.get(*index).copied().flatten();
                let same = |next: &usize| settled.get(*next).copied().flatten() == own;
                own.is_some() && !state.next.iter().all(same)
            })
            .map(|(index, _)| index)
            .collect();
        if open.is_empty() {
            return settled;
        }
        for index in open {
            if let Some(slot) = settled.get_mut(index) {
                *slot = None;
            }
        }
    }
}
