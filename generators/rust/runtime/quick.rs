//! Checks decided without a JSON value, where that can be; where not, the value decides.

use std::cmp::Ordering;

use super::{Check, Error};

/// A number as far as it is told without decimals.
enum Number {
    Whole(i128),
    Double(f64),
}

impl Number {
    fn of(text: &str) -> Option<Self> {
        match text.parse() {
            Ok(whole) => Some(Self::Whole(whole)),
            Err(_) => text.parse().ok().map(Self::Double),
        }
    }

    fn as_f64(&self) -> f64 {
        match self {
            Self::Whole(value) => *value as f64,
            Self::Double(value) => *value,
        }
    }

    /// How it compares with a bound; unequal doubles are of unequal decimals.
    fn compare(&self, bound: &str) -> Option<Ordering> {
        if let (Self::Whole(value), Ok(bound)) = (self, bound.parse()) {
            return Some(value.cmp(&bound));
        }
        let order = self.as_f64().partial_cmp(&bound.parse().ok()?)?;
        Some(order).filter(|order| order.is_ne())
    }

    fn is_multiple_of(&self, step: &str) -> bool {
        match (self, step.parse::<i128>()) {
            (Self::Whole(value), Ok(step)) => step != 0 && value % step == 0,
            _ => false,
        }
    }
}

impl Check {
    /// Whether it surely holds for a number of these digits.
    pub(super) fn surely_holds_number(&self, digits: &str) -> bool {
        Number::of(digits).is_some_and(|number| self.is_met(&number))
    }

    fn is_met(&self, number: &Number) -> bool {
        let compared = |bound, wanted: fn(Ordering) -> bool| {
            number.compare(bound).is_some_and(wanted)
        };
        match self {
            Self::Always => true,
            Self::All(checks) => checks.iter().all(|check| check.is_met(number)),
            Self::Named(check) => check.is_met(number),
            Self::Minimum(bound) => compared(bound, Ordering::is_ge),
            Self::Above(bound) => compared(bound, Ordering::is_gt),
            Self::Maximum(bound) => compared(bound, Ordering::is_le),
            Self::Below(bound) => compared(bound, Ordering::is_lt),
            Self::MultipleOf(step) => number.is_multiple_of(step),
            _ => false,
        }
    }

    /// Whether it surely holds for a string.
    pub(super) fn surely_holds_text(&self, text: &str) -> bool {
        match self {
            Self::Always => true,
            Self::All(checks) => {
                checks.iter().all(|check| check.surely_holds_text(text))
            }
            Self::Named(check) => check.surely_holds_text(text),
            Self::MinLength(_)
            | Self::MaxLength(_)
            | Self::Pattern(_)
            | Self::Format(_) => self.check_text(text).is_ok(),
            _ => false,
        }
    }

    /// Whether it asks for nothing but how many items there are.
    pub(super) fn only_counts(&self) -> bool {
        match self {
            Self::All(checks) => checks.iter().all(Self::only_counts),
            Self::MinItems(_) | Self::MaxItems(_) => true,
            _ => false,
        }
    }

    /// Whether an array may have so many items.
    pub(super) fn check_count(&self, count: u64) -> Result<(), Error> {
        match self {
            Self::All(checks) => checks.iter().try_for_each(|it| it.check_count(count)),
            Self::MinItems(least) if count < *least => {
                Err(Error::new(format!("fewer than {least} items")))
            }
            Self::MaxItems(most) if count > *most => {
                Err(Error::new(format!("more than {most} items")))
            }
            _ => Ok(()),
        }
    }
}
