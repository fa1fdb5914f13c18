//! Arrays: a goal for each place, elements that have to be there, counts of what is held, and all distinct.
//!
//! Literals in; arrays that meet them out. Places up to the last that is mentioned stand alone; all
//! beyond are alike.

use std::collections::BTreeMap;

use serde_json::Value;

use super::formula::{Formula, Literal};
use super::search::{Found, Goal, Search};

/// Longer arrays are not written.
const LONGEST: usize = 20_000;
/// The same, where elements depend on each other.
const LONGEST_BOUND: usize = 300;

/// What is asked of an array.
#[derive(Default)]
struct Asked {
    items: Vec<(usize, Literal)>,
    tails: Vec<(usize, Literal)>,
    least: u64,
    most: Option<u64>,
    distinct: bool,
    repeated: bool,
    wishes: Vec<Wish>,
    /// At most so many elements are that.
    sparing: Vec<(Literal, u64)>,
}

/// Elements that have to be there.
#[derive(Clone)]
enum Wish {
    /// At that place.
    At(usize, Literal),
    /// Somewhere from a place on.
    From(usize, Literal),
    /// So many, each at its own place.
    Several(Literal, u64),
    /// Two that are the same.
    Twice,
}

/// The elements that are to be there, by place.
type Slots = BTreeMap<usize, Goal>;

impl Search<'_> {
    /// Up to `wanted` arrays that meet all the literals.
    pub(super) fn arrays(&mut self, atoms: &[Literal], wanted: usize) -> Found {
        let mut asked = Asked::of(self, atoms);
        if asked.distinct && asked.repeated {
            return Found::none();
        }
        let alike = asked.alike();
        for place in 0..=alike {
            if asked.most.is_some_and(|most| place as u64 >= most) {
                break;
            }
            if self.solve(asked.goal(place), 1).is_none() {
                asked.most = Some(place as u64);
                break;
            }
        }
        if asked.most.is_some_and(|most| most < asked.least) {
            return Found::none();
        }
        if asked.least > LONGEST as u64 {
            return Found::doubtful(format!(
                "arrays of {} elements are not written",
                asked.least
            ));
        }
        let mut wishes = asked.wishes.clone();
        if asked.repeated {
            wishes.push(Wish::Twice);
        }
        let mut found = Found::none();
        self.place(&asked, &wishes, Slots::new(), wanted, &mut found);
        found
    }

    /// Puts the wished elements at every place where they may be, until enough is found.
    fn place(
        &mut self,
        asked: &Asked,
        wishes: &[Wish],
        slots: Slots,
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
        let Some((wish, rest)) = wishes.split_first() else {
            let built = self.filled(asked, &slots, wanted);
            found.add(built);
            return;
        };
        match wish {
            Wish::At(place, literal) => {
                if let Some(slots) = self.with(asked, &slots, *place, *literal) {
                    self.place(asked, rest, slots, wanted, found);
                }
            }
            Wish::From(start, literal) => {
                for place in asked.places(&slots).filter(|place| place >= start) {
                    if let Some(slots) = self.with(asked, &slots, place, *literal) {
                        self.place(asked, rest, slots, wanted, found);
                    }
                }
            }
            Wish::Several(literal, count) => {
                self.several(asked, rest, (*literal, *count, 0), slots, wanted, found);
            }
            Wish::Twice => {
                let mut places: Vec<usize> = asked.places(&slots).collect();
                places.extend(places.last().map(|last| last + 1));
                for (index, first) in places.iter().enumerate() {
                    for second in places.iter().skip(index + 1) {
                        let mut both = asked.with_slot(&slots, *first);
                        both.extend(asked.with_slot(&slots, *second));
                        let full = asked.most.is_some_and(|most| *second as u64 >= most);
                        if full || self.solve(both.clone(), 1).is_none() {
                            continue;
                        }
                        let mut slots = slots.clone();
                        slots.insert(*first, both.clone());
                        slots.insert(*second, both);
                        self.place(asked, rest, slots, wanted, found);
                    }
                }
            }
        }
    }

    /// Puts so many elements of a kind at places from one on.
    fn several(
        &mut self,
        asked: &Asked,
        rest: &[Wish],
        (literal, count, start): (Literal, u64, usize),
        slots: Slots,
        wanted: usize,
        found: &mut Found,
    ) {
        if count == 0 {
            self.place(asked, rest, slots, wanted, found);
            return;
        }
        if count > LONGEST_BOUND as u64 {
            found.add(Found::doubtful(format!(
                "arrays that hold {count} of a kind are not written"
            )));
            return;
        }
        for place in asked.places(&slots).filter(|place| *place >= start) {
            if found.values.len() >= wanted || !self.spend(4) {
                found.all = false;
                return;
            }
            if let Some(slots) = self.with(asked, &slots, place, literal) {
                let next = (literal, count - 1, place + 1);
                self.several(asked, rest, next, slots, wanted, found);
            }
        }
    }

    /// The slots with one more literal at a place; nothing where no element can be that.
    fn with(
        &mut self,
        asked: &Asked,
        slots: &Slots,
        place: usize,
        literal: Literal,
    ) -> Option<Slots> {
        if asked.most.is_some_and(|most| place as u64 >= most) {
            return None;
        }
        let mut goal = asked.with_slot(slots, place);
        goal.push(literal);
        if self.solve(goal.clone(), 1).is_none() {
            return None;
        }
        let mut slots = slots.clone();
        slots.insert(place, goal);
        Some(slots)
    }

    /// Arrays with these elements and those between and after them that have to be.
    fn filled(&mut self, asked: &Asked, slots: &Slots, wanted: usize) -> Found {
        let needed = slots.keys().next_back().map_or(0, |last| last + 1);
        let length = needed.max(usize::try_from(asked.least).unwrap_or(usize::MAX));
        let room = asked.most.is_none_or(|most| (length as u64) < most);
        let goals: Vec<Goal> = (0..length)
            .map(|place| asked.with_slot(slots, place))
            .collect();
        let mut found = Found::none();
        found.all = !room && slots.is_empty();
        let mut built = self.spared(asked, goals.clone(), wanted);
        if built.is_none() {
            return built;
        }
        if !found.all {
            built.all = false;
        }
        // Where several are asked for, longer ones are others.
        let mut longer = goals;
        while wanted > built.values.len()
            && asked.most.is_none_or(|most| (longer.len() as u64) < most)
            && longer.len() < length + wanted
        {
            longer.push(asked.with_slot(slots, longer.len()));
            let more = self.spared(asked, longer.clone(), wanted - built.values.len());
            if more.is_none() {
                break;
            }
            let exhausted = more.all && asked.most == Some(longer.len() as u64) && slots.is_empty();
            for value in more.values {
                built.offer(value);
            }
            built.doubt = built.doubt.take().or(more.doubt);
            if exhausted && length + 1 == longer.len() {
                built.all = false;
            }
        }
        built
    }

    /// Decides for each element which of the kinds that are counted it is not.
    fn spared(&mut self, asked: &Asked, goals: Vec<Goal>, wanted: usize) -> Found {
        if asked.sparing.is_empty() {
            return self.elements(asked, &goals, wanted);
        }
        if goals.len() > LONGEST_BOUND {
            return Found::doubtful("arrays whose elements are counted are not written so long");
        }
        let mut found = Found::none();
        let counts = vec![0; asked.sparing.len()];
        self.spare(asked, &goals, Vec::new(), &counts, wanted, &mut found);
        found
    }

    fn spare(
        &mut self,
        asked: &Asked,
        goals: &[Goal],
        decided: Vec<Goal>,
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
            let built = self.elements(asked, &decided, wanted);
            found.add(built);
            return;
        };
        // Every choice of what the element is; being none of them is tried first.
        for choice in 0..1_usize << asked.sparing.len().min(8) {
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
            let mut decided = decided.clone();
            decided.push(goal);
            self.spare(asked, goals, decided, &counts, wanted, found);
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
        let mut columns = Vec::new();
        for goal in goals {
            let values = self.solve(goal.clone(), each);
            if values.values.is_empty() {
                return values;
            }
            columns.push(values);
        }
        let mut found = Found::none();
        for column in &columns {
            found.all &= column.all;
            found.doubt = found.doubt.take().or_else(|| column.doubt.clone());
        }
        if asked.distinct {
            let complete = columns
                .iter()
                .all(|it| it.all || it.values.len() >= goals.len());
            let Some(array) = super::matching::distinct(&columns) else {
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
        let mut rows: Vec<Vec<Value>> = vec![Vec::new()];
        for column in &columns {
            let mut next = Vec::new();
            'rows: for row in &rows {
                for value in &column.values {
                    if next.len() >= wanted {
                        found.all = false;
                        break 'rows;
                    }
                    if asked.distinct && row.contains(value) {
                        continue;
                    }
                    let mut row = row.clone();
                    row.push(value.clone());
                    next.push(row);
                }
            }
            rows = next;
        }
        for row in rows {
            found.offer(Value::Array(row));
        }
        found
    }
}

impl Asked {
    fn of(search: &Search<'_>, atoms: &[Literal]) -> Self {
        let mut asked = Self::default();
        for atom in atoms {
            match (search.formulas.get(*atom), atom.is_positive()) {
                (Formula::Item(place, each), true) => asked.items.push((*place, *each)),
                (Formula::Item(place, each), false) => {
                    asked.wishes.push(Wish::At(*place, each.not()));
                }
                (Formula::ItemsFrom(start, each), true) => asked.tails.push((*start, *each)),
                (Formula::ItemsFrom(start, each), false) => {
                    asked.wishes.push(Wish::From(*start, each.not()));
                }
                (Formula::LeastItems(least), true) => asked.least = asked.least.max(*least),
                (Formula::LeastItems(least), false) => {
                    let fewer = least.saturating_sub(1);
                    asked.most = Some(asked.most.map_or(fewer, |most| most.min(fewer)));
                }
                (Formula::Distinct, true) => asked.distinct = true,
                (Formula::Distinct, false) => asked.repeated = true,
                (Formula::Holding(each, least), true) => {
                    asked.wishes.push(Wish::Several(*each, *least));
                }
                (Formula::Holding(each, least), false) => {
                    asked.sparing.push((*each, least.saturating_sub(1)));
                }
                _ => {}
            }
        }
        asked
    }

    /// From this place on all are alike.
    fn alike(&self) -> usize {
        let items = self.items.iter().map(|(place, _)| place + 1);
        let tails = self.tails.iter().map(|(start, _)| *start);
        let wishes = self.wishes.iter().map(|wish| match wish {
            Wish::At(place, _) => place + 1,
            Wish::From(start, _) => *start,
            Wish::Several(..) | Wish::Twice => 0,
        });
        items.chain(tails).chain(wishes).max().unwrap_or(0)
    }

    fn goal(&self, place: usize) -> Goal {
        let items = self.items.iter().filter(|(at, _)| *at == place);
        let tails = self.tails.iter().filter(|(start, _)| *start <= place);
        items.chain(tails).map(|(_, each)| *each).collect()
    }

    fn with_slot(&self, slots: &Slots, place: usize) -> Goal {
        slots
            .get(&place)
            .cloned()
            .unwrap_or_else(|| self.goal(place))
    }

    /// Every place that is not like another, and those that are taken.
    fn places(&self, slots: &Slots) -> impl Iterator<Item = usize> + use<> {
        let taken = slots.keys().next_back().map_or(0, |last| last + 1);
        0..=self.alike().max(taken)
    }
}
