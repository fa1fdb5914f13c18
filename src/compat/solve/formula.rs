//! What schemas assert: one thing a schema can say, and a name for it or its negation.
//!
//! An assertion about one type holds of values of every other, so its negation is about that type alone.

use std::collections::BTreeSet;

use serde_json::Number;

use super::constant::Constant;
use crate::number::Decimal;
use crate::schema::Kinds;

/// A formula, or its negation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Literal(u32);

impl Literal {
    /// The formula of a number itself.
    pub(super) fn of(number: u32) -> Self {
        Self(number << 1)
    }

    /// What every value is.
    pub(super) const ANYTHING: Self = Self(0);
    /// What no value is.
    pub(super) const NOTHING: Self = Self(1);

    /// Its negation.
    #[must_use]
    pub(super) fn not(self) -> Self {
        Self(self.0 ^ 1)
    }

    /// Whether it names the formula itself.
    pub(super) fn is_positive(self) -> bool {
        self.0 & 1 == 0
    }

    /// The number of the formula, which this literal may negate.
    pub(super) fn index(self) -> usize {
        (self.0 >> 1) as usize
    }
}

/// One thing a schema can say.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Formula {
    Anything,
    All(Vec<Literal>),
    /// Exactly one of them.
    One(Vec<Literal>),
    /// A definition that refers to itself.
    Reference(usize),
    /// Types; numbers are one.
    Kind(Kinds),
    Among(BTreeSet<Constant>),
    Number(OfNumber),
    Text(OfText),
    Items(OfItems),
    Members(OfMembers),
    /// What is not understood, and why.
    Opaque(String),
}

/// What is said of numbers.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum OfNumber {
    /// From the bound on, or beyond it.
    Above(Decimal, Beyond),
    Multiple(Decimal),
}

/// What is said of texts.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum OfText {
    /// At least so many code points.
    Longer(u64),
    /// A pattern, by its number.
    Matches(usize),
    Format(String),
    /// Any text will do; this one is nicer.
    Like(String),
}

/// What is said of arrays.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum OfItems {
    /// The element at an index, where there is one.
    Item(usize, Literal),
    /// All elements from an index on.
    ItemsFrom(usize, Literal),
    LeastItems(u64),
    Distinct,
    /// At least so many elements are that.
    Holding(Literal, u64),
}

/// What is said of objects.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum OfMembers {
    /// The member of a name, where there is one.
    Member(String, Literal),
    /// All members whose name matches.
    Matching(usize, Literal),
    /// All members that neither a name nor a pattern mentions.
    Others(Mentioned, Literal),
    /// The names of all members.
    Names(Literal),
    Has(String),
    LeastMembers(u64),
}

/// Whether a bound itself is allowed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Beyond {
    /// From the bound on.
    From,
    /// Beyond the bound.
    After,
}

/// Names and patterns that an object schema speaks of.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Mentioned {
    pub(super) names: BTreeSet<String>,
    pub(super) patterns: BTreeSet<usize>,
}

impl Formula {
    /// Multiples of a step; its sign says nothing.
    pub(super) fn multiple(step: &Number) -> Self {
        let positive = step.to_string();
        Self::Number(OfNumber::Multiple(Decimal::of(
            &positive
                .trim_start_matches('-')
                .parse()
                .unwrap_or_else(|_| step.clone()),
        )))
    }

    /// Numbers without a fraction.
    pub(super) fn whole() -> Self {
        Self::Number(OfNumber::Multiple(Decimal::of(&Number::from(1))))
    }

    /// The type it is about; all for those that are about any.
    pub(super) fn about(&self) -> Kinds {
        match self {
            Self::Number(_) => Kinds::NUMBER,
            Self::Text(_) => Kinds::STRING,
            Self::Items(_) => Kinds::ARRAY,
            Self::Members(_) => Kinds::OBJECT,
            Self::Anything
            | Self::All(_)
            | Self::One(_)
            | Self::Reference(_)
            | Self::Kind(_)
            | Self::Among(_)
            | Self::Opaque(_) => Kinds::ALL,
        }
    }
}
