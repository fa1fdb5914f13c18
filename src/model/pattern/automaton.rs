//! A tree → an automaton with guarded empty steps → a deterministic one → the least of its kind.

use std::collections::{BTreeMap, BTreeSet};

use super::syntax::{LAST, Node, WORD};
use super::{Automaton, Run, State, Unheld};

/// What a program should carry at most.
const MOST_STATES: usize = 2_000;
const MOST_CELLS: usize = 60_000;
/// What is worth building on the way.
const MOST_STEPS: usize = 20_000;
const MOST_SETS: usize = 6_000;

/// The automaton of a tree.
pub(super) fn of(node: &Node) -> Result<Automaton, Unheld> {
    let mut steps = Steps {
        list: vec![Step::Found],
    };
    let start = steps.before(node, 0)?;
    let (classes, width, words) = classes(&steps.list);
    let states = Sets::new(&steps.list, start, &words).all()?;
    let (classes, width, states) = minimal(classes, width, states);
    if states.len() > MOST_STATES || states.len() * width > MOST_CELLS {
        return Err(Unheld::TooLarge);
    }
    Ok(Automaton {
        classes,
        width,
        states,
    })
}

/// What is true at a place between two code points.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Guard {
    Start,
    End,
    Boundary(bool),
}

#[derive(Clone, Debug)]
enum Step {
    Found,
    /// A code point of these ranges, and on.
    Take(Vec<(u32, u32)>, usize),
    /// On to all of these.
    Split(Vec<usize>),
    /// On, where it is true.
    If(Guard, usize),
}

struct Steps {
    list: Vec<Step>,
}

impl Steps {
    fn add(&mut self, step: Step) -> Result<usize, Unheld> {
        if self.list.len() >= MOST_STEPS {
            return Err(Unheld::TooLarge);
        }
        self.list.push(step);
        Ok(self.list.len() - 1)
    }

    /// The step that begins `node` and goes on to `next`.
    fn before(&mut self, node: &Node, next: usize) -> Result<usize, Unheld> {
        match node {
            Node::Sequence(parts) => parts
                .iter()
                .rev()
                .try_fold(next, |next, part| self.before(part, next)),
            Node::Either(branches) => {
                let starts = branches.iter().map(|branch| self.before(branch, next));
                let starts = starts.collect::<Result<_, _>>()?;
                self.add(Step::Split(starts))
            }
            Node::One(ranges) => self.add(Step::Take(ranges.clone(), next)),
            Node::Start => self.add(Step::If(Guard::Start, next)),
            Node::End => self.add(Step::If(Guard::End, next)),
            Node::Boundary(is) => self.add(Step::If(Guard::Boundary(*is), next)),
            Node::Repeat { node, least, most } => self.repeat(node, *least, *most, next),
        }
    }

    fn repeat(
        &mut self,
        node: &Node,
        least: u32,
        most: Option<u32>,
        next: usize,
    ) -> Result<usize, Unheld> {
        let mut start = next;
        match most {
            Some(most) => {
                for _ in least..most {
                    let once = self.before(node, start)?;
                    start = self.add(Step::Split(vec![once, next]))?;
                }
            }
            None => {
                start = self.add(Step::Split(vec![next]))?;
                let again = self.before(node, start)?;
                if let Some(Step::Split(to)) = self.list.get_mut(start) {
                    to.push(again);
                }
            }
        }
        (0..least).try_fold(start, |next, _| self.before(node, next))
    }
}

/// The runs of code points that no step tells apart, and for each class one member.
fn classes(steps: &[Step]) -> (Vec<Run>, usize, Vec<u32>) {
    let mut firsts = BTreeSet::from([0]);
    let mut cut = |ranges: &[(u32, u32)]| {
        for (first, last) in ranges {
            firsts.extend([*first, last + 1]);
        }
    };
    for step in steps {
        match step {
            Step::Take(ranges, _) => cut(ranges),
            Step::If(Guard::Boundary(_), _) => cut(WORD),
            Step::If(Guard::Start | Guard::End, _) | Step::Found | Step::Split(_) => {}
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
    (runs, members.len(), members)
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

/// The steps that may come next, before guards are asked.
type Set = (Before, Vec<usize>);

/// Sets of steps, each a state.
struct Sets<'a> {
    steps: &'a [Step],
    start: usize,
    members: &'a [u32],
    /// Whether it matters what stands before.
    guarded: bool,
    numbers: BTreeMap<Set, usize>,
    open: Vec<Set>,
}

impl<'a> Sets<'a> {
    fn new(steps: &'a [Step], start: usize, members: &'a [u32]) -> Self {
        let guarded = steps
            .iter()
            .any(|step| matches!(step, Step::If(Guard::Boundary(_), _)));
        Self {
            steps,
            start,
            members,
            guarded,
            numbers: BTreeMap::new(),
            open: Vec::new(),
        }
    }

    fn number(&mut self, set: Set) -> Result<usize, Unheld> {
        if let Some(number) = self.numbers.get(&set) {
            return Ok(*number);
        }
        let number = self.numbers.len();
        if number >= MOST_SETS {
            return Err(Unheld::TooLarge);
        }
        self.numbers.insert(set.clone(), number);
        self.open.push(set);
        Ok(number)
    }

    fn all(mut self) -> Result<Vec<State>, Unheld> {
        self.number((Before::Nothing, vec![self.start]))?;
        let mut states = Vec::new();
        while let Some(set) = self.open.get(states.len()).cloned() {
            let reached = self.reached(&set, None);
            let accepting = reached.contains(&0);
            let mut next = Vec::with_capacity(self.members.len());
            for member in self.members {
                let reached = self.reached(&set, Some(*member));
                let set = if reached.contains(&0) {
                    // Found, whatever follows.
                    (Before::Other, vec![0])
                } else {
                    self.after(&reached, *member)
                };
                next.push(self.number(set)?);
            }
            states.push(State { accepting, next });
        }
        Ok(states)
    }

    /// Every step that is reached without taking a code point, `next` being the one that follows.
    fn reached(&self, (before, set): &Set, next: Option<u32>) -> BTreeSet<usize> {
        let word_before = *before == Before::Word;
        let word_next = next.is_some_and(|next| contains(WORD, next));
        let mut reached = BTreeSet::new();
        let mut open = set.clone();
        while let Some(number) = open.pop() {
            if !reached.insert(number) {
                continue;
            }
            match self.steps.get(number) {
                Some(Step::Split(to)) => open.extend(to),
                Some(Step::If(guard, to)) => {
                    let holds = match guard {
                        Guard::Start => *before == Before::Nothing,
                        Guard::End => next.is_none(),
                        Guard::Boundary(is) => (word_before != word_next) == *is,
                    };
                    open.extend(holds.then_some(*to));
                }
                Some(Step::Found | Step::Take(..)) | None => {}
            }
        }
        reached
    }

    /// Where `member` leads, and the start of another attempt.
    fn after(&self, reached: &BTreeSet<usize>, member: u32) -> Set {
        let before = if self.guarded && contains(WORD, member) {
            Before::Word
        } else {
            Before::Other
        };
        let mut set = BTreeSet::from([self.start]);
        for number in reached {
            if let Some(Step::Take(ranges, to)) = self.steps.get(*number)
                && contains(ranges, member)
            {
                set.insert(*to);
            }
        }
        (before, set.into_iter().collect())
    }
}

/// States that nothing tells apart become one, and so do classes.
fn minimal(runs: Vec<Run>, width: usize, states: Vec<State>) -> (Vec<Run>, usize, Vec<State>) {
    let mut group: Vec<usize> = states
        .iter()
        .map(|state| usize::from(state.accepting))
        .collect();
    let mut count = 0;
    loop {
        let mut numbers: BTreeMap<(usize, Vec<usize>), usize> = BTreeMap::new();
        let of = |state: &usize| group.get(*state).copied().unwrap_or_default();
        let refined: Vec<usize> = states
            .iter()
            .enumerate()
            .map(|(index, state)| {
                let signature = (of(&index), state.next.iter().map(of).collect());
                let number = numbers.len();
                *numbers.entry(signature).or_insert(number)
            })
            .collect();
        let found = numbers.len();
        group = refined;
        if found == count {
            break;
        }
        count = found;
    }
    let mut merged: Vec<Option<State>> = vec![None; count];
    for (index, state) in states.into_iter().enumerate() {
        let of = |state: usize| group.get(state).copied().unwrap_or_default();
        if let Some(slot) = merged.get_mut(of(index)) {
            slot.get_or_insert_with(|| State {
                accepting: state.accepting,
                next: state.next.into_iter().map(of).collect(),
            });
        }
    }
    let merged: Vec<State> = merged.into_iter().flatten().collect();
    narrow(runs, width, merged)
}

/// Classes that lead everywhere to the same become one.
fn narrow(runs: Vec<Run>, width: usize, states: Vec<State>) -> (Vec<Run>, usize, Vec<State>) {
    let mut columns: BTreeMap<Vec<usize>, usize> = BTreeMap::new();
    let mut first_of = Vec::new();
    let mut class_of = Vec::new();
    for class in 0..width {
        let column = states
            .iter()
            .filter_map(|state| state.next.get(class).copied())
            .collect();
        let number = columns.len();
        let number = *columns.entry(column).or_insert(number);
        if number == first_of.len() {
            first_of.push(class);
        }
        class_of.push(number);
    }
    let states = states
        .into_iter()
        .map(|state| {
            let next = first_of
                .iter()
                .filter_map(|class| state.next.get(*class).copied());
            State {
                accepting: state.accepting,
                next: next.collect(),
            }
        })
        .collect();
    let mut narrowed: Vec<Run> = Vec::new();
    for run in runs {
        let class = class_of.get(run.class).copied().unwrap_or_default();
        if narrowed.last().is_none_or(|before| before.class != class) {
            narrowed.push(Run {
                first: run.first,
                class,
            });
        }
    }
    (narrowed, first_of.len(), states)
}
