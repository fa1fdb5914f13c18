//! Arrays: a goal for each place, elements that have to be there, counts of what is held, and all distinct.
//!
//! Literals in; arrays that meet them out. Places up to the last that is mentioned stand alone; all
//! beyond are alike.

use std::collections::BTreeMap;

use super::formula::{Formula, Literal, OfItems};
use super::search::{Found, Goal, Search};

/// Longer arrays are not written.
const LONGEST: usize = 100_000;
/// The same, where elements depend on each other.
pub(super) const LONGEST_BOUND: usize = 300;

/// What is asked of an array.
#[derive(Default)]
pub(super) struct Asked {
    pub(super) items: Vec<(usize, Literal)>,
    pub(super) tails: Vec<(usize, Literal)>,
    pub(super) least: u64,
    pub(super) most: Option<u64>,
    pub(super) distinct: bool,
    pub(super) repeated: bool,
    pub(super) wishes: Vec<Wish>,
    /// At most so many elements are that.
    pub(super) sparing: Vec<(Literal, u64)>,
}

/// Elements that have to be there.
#[derive(Clone)]
pub(super) enum Wish {
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
pub(super) type Slots = BTreeMap<usize, Goal>;

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
}

impl Asked {
    fn of(search: &Search<'_>, atoms: &[Literal]) -> Self {
        let mut asked = Self::default();
        for atom in atoms {
            match (search.formulas.get(*atom), atom.is_positive()) {
                (Formula::Items(OfItems::Item(place, each)), true) => {
                    asked.items.push((*place, *each));
                }
                (Formula::Items(OfItems::Item(place, each)), false) => {
                    asked.wishes.push(Wish::At(*place, each.not()));
                }
                (Formula::Items(OfItems::ItemsFrom(start, each)), true) => {
                    asked.tails.push((*start, *each));
                }
                (Formula::Items(OfItems::ItemsFrom(start, each)), false) => {
                    asked.wishes.push(Wish::From(*start, each.not()));
                }
                (Formula::Items(OfItems::LeastItems(least)), true) => {
                    asked.least = asked.least.max(*least);
                }
                (Formula::Items(OfItems::LeastItems(least)), false) => {
                    let fewer = least.saturating_sub(1);
                    asked.most = Some(asked.most.map_or(fewer, |most| most.min(fewer)));
                }
                (Formula::Items(OfItems::Distinct), true) => asked.distinct = true,
                (Formula::Items(OfItems::Distinct), false) => asked.repeated = true,
                (Formula::Items(OfItems::Holding(each, least)), true) => {
                    asked.wishes.push(Wish::Several(*each, *least));
                }
                (Formula::Items(OfItems::Holding(each, least)), false) => {
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

    pub(super) fn with_slot(&self, slots: &Slots, place: usize) -> Goal {
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
