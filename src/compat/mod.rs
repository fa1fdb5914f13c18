//! Whether a new version keeps its promise to the old ones.
//!
//! A catalog in; a verdict for every pair of versions out, findings where a promise is broken. Rules
//! explain what changed, the algebra proves what that means, a witness shows it: no rule decides, and
//! nothing unproven is called kept.

mod alternatives;
mod changes;
mod check;
mod effect;
mod effort;
mod facts;
mod judge;
mod lineage;
mod prove;
mod reader;
mod report;
mod rules;
mod shape;
mod side;
mod structural;
mod variants;
mod walk;
mod witness;
mod writer;

pub use changes::{Change, Spot};
pub use check::check;
pub use effect::{Direction, Effect, forbids};
pub use judge::{Judgement, Outcome, Policy, judge};
pub use report::{Bump, ChangeReport, PairReport, Verdict, bump};

use crate::diagnostic::Code;

/// Every code this room can report.
pub fn codes() -> impl Iterator<Item = &'static Code> {
    rules::RULES
        .iter()
        .flat_map(|rule| {
            Effect::ALL
                .into_iter()
                .filter_map(|effect| rule.code(effect))
        })
        .chain([
            &check::PROMISE_UNPROVEN,
            &check::VERSION_PROMISES_TOO_MUCH,
            &check::VALUES_NARROWED,
            &check::VALUES_WIDENED,
        ])
}
