//! An automaton → the least of its kind: states and classes that nothing tells apart become one.

use std::collections::BTreeMap;

use super::{Run, State};

/// States that nothing tells apart become one, and so do classes.
pub(super) fn minimal(
    runs: Vec<Run>,
    width: usize,
    states: Vec<State>,
) -> (Vec<Run>, usize, Vec<State>) {
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
