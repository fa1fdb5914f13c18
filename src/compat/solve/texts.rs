//! Texts of a length that patterns match and do not match: a product of automata, walked by length.
//!
//! Constraints in; the shortest few texts that meet them out, and whether there are others. A pattern
//! without an automaton is passed over here; whoever checks the texts will not know of them.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::formula::{Formula, Literal, OfText};
use super::formulas::Formulas;
use super::search::Found;
use crate::model::pattern::Automaton;

/// Longer texts are not written.
const LONGEST: u64 = 70_000;
/// How many states of the product are walked.
const MOST_STATES: usize = 60_000;
/// Code points that no text has.
const SURROGATES: std::ops::RangeInclusive<u32> = 0xD800..=0xDFFF;
const LAST: u32 = 0x0010_FFFF;

/// Texts that meet all the literals, at most `wanted`.
pub(super) fn texts(formulas: &Formulas, atoms: &[Literal], wanted: usize) -> Found {
    let (mut least, mut most) = (0, None);
    let mut automata = Vec::new();
    let mut likes = Vec::new();
    for atom in atoms {
        match (formulas.get(*atom), atom.is_positive()) {
            (Formula::Text(OfText::Longer(length)), true) => least = least.max(*length),
            (Formula::Text(OfText::Longer(length)), false) => {
                let shorter = length.saturating_sub(1);
                most = Some(most.map_or(shorter, |most: u64| most.min(shorter)));
            }
            (Formula::Text(OfText::Like(text)), true) => likes.push(text.as_str()),
            (Formula::Text(OfText::Matches(pattern)), found) => {
                automata.extend(formulas.automaton(*pattern).ok().map(|it| (it, found)));
            }
            _ => {}
        }
    }
    if most.is_some_and(|most| most < least) {
        return Found::none();
    }
    if least > LONGEST {
        return Found::doubtful(format!("texts of {least} characters are not written"));
    }
    let fits = |text: &&str| {
        let length = text.chars().count() as u64;
        length >= least
            && most.is_none_or(|most| length <= most)
            && automata
                .iter()
                .all(|(automaton, found): &(&Automaton, bool)| automaton.matches(text) == *found)
    };
    let nice: Vec<Value> = likes.into_iter().filter(fits).map(Value::from).collect();
    if nice.len() >= wanted && wanted > 0 {
        return Found::some(nice.into_iter().take(wanted).collect());
    }
    let found = if automata.is_empty() {
        plain(least, most, wanted)
    } else {
        Walk::new(automata).walk(least, most, wanted)
    };
    if nice.is_empty() {
        return found;
    }
    let mut first = Found::every(nice);
    first.add(found);
    first.all &= first.values.len() <= wanted;
    first.values.truncate(wanted);
    first
}

/// Texts of a length with nothing asked of them.
fn plain(least: u64, most: Option<u64>, wanted: usize) -> Found {
    if most == Some(0) {
        return Found::every(vec![Value::from("")]);
    }
    let mut values = Vec::new();
    if least <= 4 && most.is_none_or(|most| most >= 4) {
        values.push(Value::from("text"));
    }
    if least == 0 {
        values.push(Value::from(""));
    }
    let length = usize::try_from(least.max(1)).unwrap_or(usize::MAX);
    let head = "a".repeat(length - 1);
    let nice = ('a'..='z')
        .chain('A'..='Z')
        .chain('0'..='9')
        .chain('À'..='\u{D7FF}');
    for last in nice {
        if values.len() >= wanted {
            break;
        }
        values.push(Value::from(format!("{head}{last}")));
    }
    values.truncate(wanted);
    Found::some(values)
}

/// Code points that no automaton tells apart.
struct Symbol {
    classes: Vec<usize>,
    runs: Vec<(u32, u32)>,
}

impl Symbol {
    /// Up to `wanted` of its code points, plain ones first.
    fn members(&self, wanted: usize) -> Vec<char> {
        let has = |it: char| {
            self.runs
                .iter()
                .any(|(a, b)| (*a..=*b).contains(&u32::from(it)))
        };
        let nice = ('a'..='z')
            .chain('A'..='Z')
            .chain('0'..='9')
            .chain(' '..='~');
        let mut members: Vec<char> = Vec::new();
        for member in nice.filter(|it| has(*it)) {
            if members.len() < wanted && !members.contains(&member) {
                members.push(member);
            }
        }
        let each = self
            .runs
            .iter()
            .flat_map(|(a, b)| *a..=*b)
            .take(wanted + 200);
        for member in each.filter_map(char::from_u32) {
            if members.len() < wanted && !members.contains(&member) {
                members.push(member);
            }
        }
        members
    }
}

struct Walk<'a> {
    automata: Vec<(&'a Automaton, bool)>,
    symbols: Vec<Symbol>,
    /// For each automaton, the states from which its wish can still come true.
    live: Vec<Vec<bool>>,
}

type States = Vec<usize>;

impl<'a> Walk<'a> {
    fn new(automata: Vec<(&'a Automaton, bool)>) -> Self {
        let symbols = symbols(&automata);
        let live = automata
            .iter()
            .map(|(it, found)| live(it, *found))
            .collect();
        Self {
            automata,
            symbols,
            live,
        }
    }

    fn accepts(&self, states: &States) -> bool {
        self.automata
            .iter()
            .zip(states)
            .all(|((it, found), state)| {
                it.states
                    .get(*state)
                    .is_some_and(|it| it.accepting == *found)
            })
    }

    /// Where a symbol leads; nothing where no wish can come true any more.
    fn step(&self, states: &States, symbol: &Symbol) -> Option<States> {
        let mut next = Vec::with_capacity(states.len());
        let each = self
            .automata
            .iter()
            .zip(&self.live)
            .zip(states)
            .zip(&symbol.classes);
        for ((((automaton, _), live), state), class) in each {
            let to = *automaton.states.get(*state)?.next.get(*class)?;
            if !live.get(to).copied().unwrap_or(false) {
                return None;
            }
            next.push(to);
        }
        Some(next)
    }

    /// Length by length; for each state a few of the texts that lead there.
    fn walk(&self, least: u64, most: Option<u64>, wanted: usize) -> Found {
        let start = vec![0; self.automata.len()];
        let alive = self
            .live
            .iter()
            .all(|it| it.first().copied().unwrap_or(false));
        let mut layer: BTreeMap<States, Vec<String>> = BTreeMap::new();
        if alive {
            layer.insert(start, vec![String::new()]);
        }
        let members: Vec<Vec<char>> = self.symbols.iter().map(|it| it.members(wanted)).collect();
        let mut seen: BTreeSet<States> = BTreeSet::new();
        let mut values = Vec::new();
        let (mut length, mut quiet, mut work) = (0_u64, 0_usize, 0_usize);
        while !layer.is_empty() && most.is_none_or(|most| length <= most) {
            let open = length >= least;
            quiet += usize::from(open);
            for (states, texts) in &layer {
                if open && self.accepts(states) {
                    quiet = 0;
                    values.extend(texts.iter().map(|text| Value::from(text.as_str())));
                    if values.len() >= wanted {
                        values.truncate(wanted);
                        return Found::some(values);
                    }
                }
            }
            // With one text asked for, a state seen before leads nowhere new.
            let fresh = layer.iter().filter(|(states, _)| {
                let new = !seen.contains(*states);
                !(open && wanted == 1 && !new)
            });
            let mut next: BTreeMap<States, Vec<String>> = BTreeMap::new();
            for (states, texts) in fresh {
                work += 1;
                for (symbol, members) in self.symbols.iter().zip(&members) {
                    let Some(to) = self.step(states, symbol) else {
                        continue;
                    };
                    let into = next.entry(to).or_default();
                    for text in texts {
                        for member in members {
                            if into.len() >= wanted {
                                break;
                            }
                            into.push(format!("{text}{member}"));
                        }
                    }
                }
            }
            if open {
                seen.extend(layer.into_keys());
                // As many lengths without a text as there are states: no longer one will come.
                if quiet > seen.len() + 1 {
                    return Found::every(values);
                }
            }
            layer = next;
            length += 1;
            if work > MOST_STATES || seen.len() > MOST_STATES {
                let mut found = Found::some(values);
                found.doubt = Some("the patterns together have too many states".to_owned());
                return found;
            }
        }
        Found::every(values)
    }
}

/// The code points in groups that no automaton tells apart.
fn symbols(automata: &[(&Automaton, bool)]) -> Vec<Symbol> {
    let mut firsts: BTreeSet<u32> = BTreeSet::from([0, *SURROGATES.end() + 1, *SURROGATES.start()]);
    for (automaton, _) in automata {
        firsts.extend(automaton.classes.iter().map(|run| run.first));
    }
    let mut groups: BTreeMap<Vec<usize>, Vec<(u32, u32)>> = BTreeMap::new();
    let mut following = firsts.iter().skip(1).copied().chain([LAST + 1]);
    for first in &firsts {
        let last = following.next().unwrap_or(LAST + 1) - 1;
        if SURROGATES.contains(first) {
            continue;
        }
        let classes = automata.iter().map(|(automaton, _)| {
            let behind = automaton.classes.partition_point(|run| run.first <= *first);
            let run = behind
                .checked_sub(1)
                .and_then(|at| automaton.classes.get(at));
            run.map_or(0, |run| run.class)
        });
        groups
            .entry(classes.collect())
            .or_default()
            .push((*first, last));
    }
    let groups = groups.into_iter();
    groups
        .map(|(classes, runs)| Symbol { classes, runs })
        .collect()
}

/// The states from which a text can end as wished.
fn live(automaton: &Automaton, found: bool) -> Vec<bool> {
    let states = &automaton.states;
    let mut before: Vec<Vec<usize>> = vec![Vec::new(); states.len()];
    for (index, state) in states.iter().enumerate() {
        for to in &state.next {
            if let Some(list) = before.get_mut(*to) {
                list.push(index);
            }
        }
    }
    let mut live = vec![false; states.len()];
    let ends = states.iter().enumerate();
    let ends = ends.filter(|(_, state)| state.accepting == found);
    let mut queue: Vec<usize> = ends.map(|(index, _)| index).collect();
    while let Some(index) = queue.pop() {
        let Some(slot) = live.get_mut(index) else {
            continue;
        };
        if !*slot {
            *slot = true;
            queue.extend(before.get(index).into_iter().flatten());
        }
    }
    live
}
