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
mod members;
mod policy;
mod prove;
mod reader;
mod released;
mod report;
mod rules;
mod say;
mod shape;
mod side;
mod solve;
mod variants;
mod walk;
mod witness;
mod writer;

pub use changes::{Change, Spot, Surface};
pub use check::{check, check_against};
pub use effect::{Direction, Effect, forbids};
pub use judge::{Judgement, Outcome, judge, judge_circular};
pub use members::{Against, Baseline};
pub use report::{Bump, ChangeReport, PairReport, Verdict, bump};

pub use crate::config::Policy;
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
            &say::PROMISE_UNPROVEN,
            &say::VERSION_PROMISES_TOO_MUCH,
            &say::VALUES_NARROWED,
            &say::VALUES_WIDENED,
        ])
        .chain(released::CODES.iter().copied())
}

/// Whether a finding of this kind is made only where there is a baseline.
pub fn is_of_baseline(code: &str) -> bool {
    released::CODES.iter().any(|it| it.name == code)
}
