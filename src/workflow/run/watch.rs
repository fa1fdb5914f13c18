//! Who is told as a run goes on.

use std::time::Duration;

use crate::workflow::outcome::Outcome;

/// What happens.
#[derive(Clone, Copy, Debug)]
pub enum Event<'a> {
    /// A run begins, with so many steps.
    Begun {
        /// The run.
        run: &'a str,
        /// Steps that people see.
        steps: usize,
    },
    /// A step begins.
    Started {
        /// The step.
        step: &'a str,
        /// Which attempt, from 1.
        attempt: u32,
    },
    /// A step says something.
    Line {
        /// The step.
        step: &'a str,
        /// The line, masked.
        text: &'a str,
    },
    /// An attempt failed and another follows.
    Retrying {
        /// The step.
        step: &'a str,
        /// Why.
        why: &'a str,
        /// In how long.
        wait: Duration,
    },
    /// A step has ended.
    Finished {
        /// The step.
        step: &'a str,
        /// What became of it.
        outcome: &'a Outcome,
    },
    /// The run is being cancelled.
    Cancelling,
}

/// Somebody who is told.
pub trait Watch: Send + Sync {
    /// Something happened.
    fn tell(&self, event: &Event<'_>);
}

/// Nobody.
#[derive(Clone, Copy, Debug, Default)]
pub struct Unwatched;

impl Watch for Unwatched {
    fn tell(&self, _: &Event<'_>) {}
}
