//! What a change does to the set of accepted documents, and which promise forbids it.

use serde::{Deserialize, Serialize};

use crate::config::Promise;

/// What a change does to the set of documents a schema accepts.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, schemars::JsonSchema,
)]
#[serde(rename_all = "lowercase")]
pub enum Effect {
    /// Nothing that is sent is refused, in either direction.
    Preserves,
    /// New accepts less than old.
    Narrows,
    /// New accepts more than old.
    Widens,
    /// New refuses what old accepts, and the other way round.
    Replaces,
}

/// A direction in which documents travel between versions.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, schemars::JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Direction {
    /// Old writers, new readers: what old accepts, new must accept.
    Backward,
    /// New writers, old readers: what new accepts, old must accept.
    Forward,
}

impl Effect {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Preserves, Self::Narrows, Self::Widens, Self::Replaces];

    /// The word that ends a code: `required-narrowed`.
    pub fn word(self) -> &'static str {
        match self {
            Self::Preserves => "preserved",
            Self::Narrows => "narrowed",
            Self::Widens => "widened",
            Self::Replaces => "replaced",
        }
    }

    /// Whether documents that travel in `direction` may be refused after it: the one table of directions.
    pub fn breaks(self, direction: Direction) -> bool {
        match (self, direction) {
            (Self::Replaces, _)
            | (Self::Narrows, Direction::Backward)
            | (Self::Widens, Direction::Forward) => true,
            (Self::Preserves, _)
            | (Self::Narrows, Direction::Forward)
            | (Self::Widens, Direction::Backward) => false,
        }
    }

    /// What is left of it once nothing can break in `direction`; `None` where nothing is left.
    pub fn cleared(self, direction: Direction) -> Option<Self> {
        match (self, direction) {
            (Self::Replaces, Direction::Backward) => Some(Self::Widens),
            (Self::Replaces, Direction::Forward) => Some(Self::Narrows),
            (effect, direction) => (!effect.breaks(direction)).then_some(effect),
        }
    }

    /// The effect seen from the complement: under `not`, less is more.
    #[must_use]
    pub fn negated(self) -> Self {
        match self {
            Self::Narrows => Self::Widens,
            Self::Widens => Self::Narrows,
            Self::Preserves | Self::Replaces => self,
        }
    }
}

impl Direction {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Backward, Self::Forward];

    /// Whether `promise` covers it.
    pub fn promised(self, promise: Promise) -> bool {
        match self {
            Self::Backward => promise.backward,
            Self::Forward => promise.forward,
        }
    }
}

/// Whether `promise` forbids a change of this effect.
pub fn forbids(promise: Promise, effect: Effect) -> bool {
    Direction::ALL
        .into_iter()
        .any(|direction| direction.promised(promise) && effect.breaks(direction))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_of_directions() {
        let forbidden = |promise: &str| {
            Effect::ALL.map(|effect| forbids(promise.parse().expect("a promise"), effect))
        };
        assert_eq!(forbidden("none"), [false, false, false, false]);
        assert_eq!(forbidden("backward"), [false, true, false, true]);
        assert_eq!(forbidden("forward"), [false, false, true, true]);
        assert_eq!(forbidden("full"), [false, true, true, true]);
    }

    #[test]
    fn what_cannot_break_is_cleared() {
        assert_eq!(
            Effect::Replaces.cleared(Direction::Backward),
            Some(Effect::Widens)
        );
        assert_eq!(Effect::Narrows.cleared(Direction::Backward), None);
        assert_eq!(
            Effect::Widens.cleared(Direction::Backward),
            Some(Effect::Widens)
        );
    }
}
