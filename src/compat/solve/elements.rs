//! The elements of an array whose wishes are placed: how many there are, which are counted, and what each is.
//!
//! A goal for each place in; arrays out.

use serde_json::Value;

use super::arrays::{Asked, LONGEST_BOUND, Slots};
use super::matching;
use super::search::{Found, Goal, Search};
use crate::compat::shape;

/// How many kinds of elements are counted at once.
const MOST_COUNTED: usize = 8;

impl Search<'_> {
    /// Arrays with these elements and those between and after them that have to be.
    pub(super) fn filled(&mut self, asked: &Asked, slots: &Slots, wanted: usize) -> Found {
        let needed = slots.keys().next_back().map_or(0, |last| last + 1);
        let length = needed.max(usize::try_from(asked.least).unwrap_or(usize::MAX));
        if !self.spend(length) {
            return Found::doubtful("it takes more work than is allowed");
        }
        let mut goals: Vec<Goal> = (0..length)
            .map(|place| asked.with_slot(slots, place))
            .collect();
        let mut found = Found::none();
        loop {
            let built = self.spared(asked, &goals, wanted - found.values.len());
            if built.values.is_empty() {
                // Where there is none of a length, there is no longer one.
                found.add(built);
                break;
            }
            found.add(built);
            let longer = goals.len() as u64 + 1;
            if found.values.len() >= wanted || goals.len() > length + wanted {
                found.all = false;
                break;
            }
            if asked.most.is_some_and(|most| longer > most) {
                break;
            }
            goals.push(asked.with_slot(slots, goals.len()));
        }
        // Elements that are wished for may stand elsewhere too.
        found.all &= slots.is_empty() || found.values.is_empty();
        found
    }

    /// Decides for each element which of the kinds that are counted it is not.
    fn spared(&mut self, asked: &Asked, goals: &[Goal], wanted: usize) -> Found {
        if asked.sparing.is_empty() {
            return self.elements(asked, goals, wanted);
        }
        if goals.len() > LONGEST_BOUND || asked.sparing.len() > MOST_COUNTED {
            return Found::doubtful("arrays whose elements are counted are not written so long");
        }
        let mut found = Found::none();
        let counts = vec![0; asked.sparing.len()];
        self.spare(asked, goals, &[], &counts, wanted, &mut found);
        found
    }

    fn spare(
        &mut self,
        asked: &Asked,
        goals: &[Goal],
        decided: &[Goal],
        counts: &[u64],
        wanted: usize,
        found: &mut Found,
    ) {
        if found.values.len() >= wanted {
            found.all = false;
            return;
        }
        if !self.spend(8) {
            found.add(Found::doubtful("it takes more work than is allowed"));
            return;
        }
        let Some(goal) = goals.get(decided.len()) else {
            let built = self.elements(asked, decided, wanted);
            found.add(built);
            return;
        };
        // Every choice of what the element is; being none of them is tried first.
        for choice in 0..1_usize << asked.sparing.len() {
            let mut goal = goal.clone();
            let mut counts = counts.to_vec();
            let each = asked.sparing.iter().zip(&mut counts).enumerate();
            for (bit, ((literal, _), count)) in each {
                if choice >> bit & 1 == 1 {
                    goal.push(*literal);
                    *count += 1;
                } else {
                    goal.push(literal.not());
                }
            }
            let within = asked
                .sparing
                .iter()
                .zip(&counts)
                .all(|((_, most), count)| count <= most);
            if !within || self.solve(goal.clone(), 1).is_none() {
                continue;
            }
            let mut decided = decided.to_vec();
            decided.push(goal);
            self.spare(asked, goals, &decided, &counts, wanted, found);
        }
    }

    /// Arrays with an element of each goal, all distinct where that is asked.
    fn elements(&mut self, asked: &Asked, goals: &[Goal], wanted: usize) -> Found {
        let each = if asked.distinct {
            goals.len().max(wanted)
        } else {
            wanted
        };
        if asked.distinct && goals.len() > LONGEST_BOUND {
            return Found::doubtful("arrays of distinct elements are not written so long");
        }
        // Runs of places that are alike are solved once.
        let mut solved: Vec<(usize, Found)> = Vec::new();
        let mut size = 0;
        for run in goals.chunk_by(|a, b| a == b) {
            let goal = run.first().cloned().unwrap_or_default();
            let values = self.solve(goal, each);
            let Some(first) = values.values.first() else {
                return values;
            };
            size += run.len() * shape::values(first);
            solved.push((run.len(), values));
        }
        if let Some(doubt) = self.too_large(size) {
            return doubt;
        }
        let columns: Vec<&Found> = solved
            .iter()
            .flat_map(|(count, values)| std::iter::repeat_n(values, *count))
            .collect();
        let mut found = Found::none();
        for column in &columns {
            found.all &= column.all;
            found.doubt = found.doubt.take().or_else(|| column.doubt.clone());
        }
        if asked.distinct {
            let complete = columns
                .iter()
                .all(|it| it.all || it.values.len() >= goals.len());
            let Some(array) = matching::distinct(&columns) else {
                return if complete {
                    Found::none()
                } else {
                    let why = found.doubt.unwrap_or_else(|| {
                        "it is not known whether there are so many distinct elements".to_owned()
                    });
                    Found::doubtful(why)
                };
            };
            found.offer(Value::Array(array));
            if wanted == 1 {
                found.all = false;
                return found;
            }
        }
        for array in matching::rows(&columns, asked.distinct, wanted, &mut found.all) {
            found.offer(Value::Array(array));
        }
        found
    }
}
