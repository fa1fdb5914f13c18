//! Numbers between bounds, in steps and out of steps, reckoned exactly.
//!
//! Constraints in; the first few numbers that meet them out, and whether there are others.

use num_bigint::BigInt;
use num_integer::Integer;
use serde_json::{Number, Value};

use super::formula::{Beyond, Formula, Literal, OfNumber};
use super::formulas::Formulas;
use super::search::Found;
use crate::number::{Decimal, from_scaled};

/// How many neighbours are tried for one that no step forbids.
const MOST_TRIES: usize = 20_000;

/// What is asked of a number.
#[derive(Default)]
struct Asked {
    least: Option<(Decimal, Beyond)>,
    most: Option<(Decimal, Beyond)>,
    steps: Vec<Decimal>,
    /// Steps it must not be a multiple of.
    off: Vec<Decimal>,
}

/// Numbers that meet all the literals, at most `wanted`.
pub(super) fn numbers(formulas: &Formulas, atoms: &[Literal], wanted: usize) -> Found {
    let asked = Asked::of(formulas, atoms);
    asked
        .solve(wanted)
        .unwrap_or_else(|| Found::doubtful("the numbers are too far apart to be reckoned with"))
}

impl Asked {
    fn of(formulas: &Formulas, atoms: &[Literal]) -> Self {
        let mut asked = Self::default();
        for atom in atoms {
            match (formulas.get(*atom), atom.is_positive()) {
                (Formula::Number(OfNumber::Above(bound, beyond)), true) => {
                    let tighter = asked
                        .least
                        .as_ref()
                        .is_none_or(|(least, open)| (bound, beyond) > (least, open));
                    if tighter {
                        asked.least = Some((bound.clone(), *beyond));
                    }
                }
                (Formula::Number(OfNumber::Above(bound, beyond)), false) => {
                    // Not beyond the bound is up to it; not from it on is short of it.
                    let open = match beyond {
                        Beyond::After => Beyond::From,
                        Beyond::From => Beyond::After,
                    };
                    let tighter = asked.most.as_ref().is_none_or(|(most, other)| {
                        bound < most || (bound == most && open > *other)
                    });
                    if tighter {
                        asked.most = Some((bound.clone(), open));
                    }
                }
                (Formula::Number(OfNumber::Multiple(step)), true) => asked.steps.push(step.clone()),
                (Formula::Number(OfNumber::Multiple(step)), false) => asked.off.push(step.clone()),
                _ => {}
            }
        }
        asked
    }

    /// `None` where numbers are too large to reckon with.
    fn solve(&self, wanted: usize) -> Option<Found> {
        if let (Some((least, from)), Some((most, to))) = (&self.least, &self.most) {
            let none =
                least > most || (least == most && (*from == Beyond::After || *to == Beyond::After));
            if none {
                return Some(Found::none());
            }
        }
        let bounds = [&self.least, &self.most].into_iter().flatten();
        let decimals = bounds
            .map(|(bound, _)| bound)
            .chain(&self.steps)
            .chain(&self.off);
        let places = decimals.map(Decimal::places).max().unwrap_or(0);
        let mut step: Option<BigInt> = None;
        for other in &self.steps {
            let other = other.whole(places)?;
            step = Some(step.map_or(other.clone(), |step| step.lcm(&other)));
        }
        match step {
            Some(step) => self.stepped(&step, places, wanted),
            None => self.anywhere(places, wanted),
        }
    }

    /// Multiples of a step that are no multiples of others.
    fn stepped(&self, step: &BigInt, places: u32, wanted: usize) -> Option<Found> {
        let mut off = Vec::new();
        for other in &self.off {
            let other = other.whole(places)?;
            off.push(&other / other.gcd(step));
        }
        if off.contains(&BigInt::from(1)) {
            return Some(Found::none());
        }
        let first = match &self.least {
            Some((least, beyond)) => {
                let least = least.whole(places)?;
                let up = least.div_ceil(step);
                let itself = &up * step == least && *beyond == Beyond::After;
                Some(if itself { up + 1 } else { up })
            }
            None => None,
        };
        let last = match &self.most {
            Some((most, beyond)) => {
                let most = most.whole(places)?;
                let down = most.div_floor(step);
                let itself = &down * step == most && *beyond == Beyond::After;
                Some(if itself { down - 1 } else { down })
            }
            None => None,
        };
        let mut values = Vec::new();
        let mut tries = 0;
        for count in counts(first.as_ref(), last.as_ref()) {
            tries += 1;
            if tries > MOST_TRIES {
                return Some(Found::some(values));
            }
            if off.iter().all(|other| !count.is_multiple_of(other)) {
                values.push(number(&(count * step), places));
                if values.len() >= wanted {
                    return Some(Found::some(values));
                }
            }
        }
        Some(Found::every(values))
    }

    /// Numbers with any fraction.
    fn anywhere(&self, places: u32, wanted: usize) -> Option<Found> {
        let mut values = Vec::new();
        let mut offer = |value: Value| {
            let Value::Number(candidate) = &value else {
                return;
            };
            if values.len() < wanted && self.allows(candidate) && !values.contains(&value) {
                values.push(value);
            }
        };
        let whole: Vec<i64> = (0..=64).flat_map(|n| [n, -n]).collect();
        for candidate in whole {
            offer(Value::from(candidate));
        }
        for bound in [&self.least, &self.most].into_iter().flatten() {
            let scaled = bound.0.whole(places)?;
            for near in -2..=2 {
                let near = BigInt::from(near) * BigInt::from(10).pow(places);
                offer(number(&(&scaled + near), places));
            }
        }
        // Finer than every bound and step: between two of them there is always such a number.
        let ends = [&self.least, &self.most].map(|it| it.as_ref().map(|(bound, _)| bound));
        for finer in places + 1..=places + 4 {
            let start = match ends {
                [Some(least), _] => least.whole(finer)?,
                [None, Some(most)] => most.whole(finer)? - 10_000,
                [None, None] => BigInt::default(),
            };
            for near in 0..=(wanted + 40) {
                offer(number(&(&start + near), finer));
            }
        }
        // Only where both ends meet is there a single number.
        match ends {
            [Some(least), Some(most)] if least == most => Some(Found::every(values)),
            _ => Some(Found::some(values)),
        }
    }

    fn allows(&self, candidate: &Number) -> bool {
        let value = Decimal::of(candidate);
        let least = self
            .least
            .as_ref()
            .is_none_or(|(least, beyond)| match beyond {
                Beyond::From => value >= *least,
                Beyond::After => value > *least,
            });
        let most = self
            .most
            .as_ref()
            .is_none_or(|(most, beyond)| match beyond {
                Beyond::From => value <= *most,
                Beyond::After => value < *most,
            });
        let off = |step: &Decimal| value.is_multiple_of(step) == Some(false);
        least && most && self.off.iter().all(off)
    }
}

fn number(scaled: &BigInt, places: u32) -> Value {
    Value::Number(from_scaled(scaled, places))
}

/// Whole numbers between two ends, those near zero first where that is inside.
fn counts<'a>(
    first: Option<&'a BigInt>,
    last: Option<&'a BigInt>,
) -> Box<dyn Iterator<Item = BigInt> + 'a> {
    let zero = BigInt::default();
    let inside = |count: &BigInt| {
        first.is_none_or(|first| count >= first) && last.is_none_or(|last| count <= last)
    };
    if inside(&zero) {
        let up = std::iter::successors(Some(BigInt::from(1)), |count| Some(count + 1));
        let up = up.take_while(move |count| last.is_none_or(|last| count <= last));
        let down = std::iter::successors(Some(BigInt::from(-1)), |count| Some(count - 1));
        let down = down.take_while(move |count| first.is_none_or(|first| count >= first));
        let others = Zip {
            up,
            down,
            turn: false,
        };
        return Box::new(std::iter::once(zero).chain(others));
    }
    match (first, last) {
        (Some(first), _) if *first > zero => {
            let up = std::iter::successors(Some(first.clone()), |count| Some(count + 1));
            Box::new(up.take_while(move |count| last.is_none_or(|last| count <= last)))
        }
        (_, Some(last)) => {
            let down = std::iter::successors(Some(last.clone()), |count| Some(count - 1));
            Box::new(down.take_while(move |count| first.is_none_or(|first| count >= first)))
        }
        (_, None) => Box::new(std::iter::empty()),
    }
}

/// Two sequences by turns, each to its end.
struct Zip<A, B> {
    up: A,
    down: B,
    turn: bool,
}

impl<A: Iterator<Item = BigInt>, B: Iterator<Item = BigInt>> Iterator for Zip<A, B> {
    type Item = BigInt;

    fn next(&mut self) -> Option<BigInt> {
        self.turn = !self.turn;
        if self.turn {
            self.up.next().or_else(|| self.down.next())
        } else {
            self.down.next().or_else(|| self.up.next())
        }
    }
}
