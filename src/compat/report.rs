//! What a run says of each pair of versions: plain values for the report.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::changes::{Change, Spot, Surface};
use super::effect::{Direction, Effect};
use super::judge::{Judgement, Outcome};
use crate::catalog::{Scheme, Version};
use crate::config::{Policy, Promise};
use crate::diagnostic::At;
use crate::source::SourceId;

/// A step between two version numbers.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, schemars::JsonSchema,
)]
#[serde(rename_all = "lowercase")]
pub enum Bump {
    /// Documents and generated programs stay as they are.
    Patch,
    /// Something changed, and the promise is kept.
    Minor,
    /// The promise is broken.
    Major,
}

/// Whether a promise was kept in one direction.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(tag = "verdict", rename_all = "lowercase")]
pub enum Verdict {
    /// Proven.
    Kept,
    /// Shown to be broken by a document.
    Broken {
        /// A document that one version sends and the other refuses.
        witness: Value,
    },
    /// Neither could be shown.
    Unproven {
        /// Why not.
        reason: String,
    },
}

/// One change between two versions.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct ChangeReport {
    /// Its code.
    pub code: String,
    /// What it does to the set of accepted documents.
    pub effect: Effect,
    /// What it reaches: the JSON that travels, or generated programs only.
    pub surface: Surface,
    /// The part of the document it is about; `*` stands for any name or index.
    pub at: String,
    /// Where it stands in the new schema.
    pub pointer: String,
    /// What is, in a phrase.
    pub message: String,
    /// What was, in a phrase.
    pub was: String,
    /// Both places, for renderers.
    #[serde(skip)]
    pub spot: Spot,
}

/// Everything known about two versions of a contract.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct PairReport {
    /// `group/Name`
    pub contract: String,
    /// The old version.
    pub old: String,
    /// The new version.
    pub new: String,
    /// What the contract promises between the two; `none` from one major version to the next.
    pub promise: Promise,
    /// What was assumed of writers and readers.
    pub policy: Policy,
    /// The policies that decided, as contracts.toml writes them: their other setting gives another verdict.
    pub decided: Vec<String>,
    /// Old writers, new readers.
    pub backward: Verdict,
    /// New writers, old readers.
    pub forward: Verdict,
    /// What changed.
    pub changes: Vec<ChangeReport>,
    /// The least step the changes call for.
    pub bump: Bump,
    /// The step the version numbers take.
    pub step: Bump,
    /// Whether all that is wrong with it was accepted.
    pub accepted: bool,
    /// The new version as findings name it, and the version they compare it with.
    #[serde(skip)]
    pub named: [String; 2],
    /// The files of old and new, for renderers.
    #[serde(skip)]
    pub files: [SourceId; 2],
}

impl PairReport {
    /// The verdict of a direction.
    pub fn verdict(&self, direction: Direction) -> &Verdict {
        match direction {
            Direction::Backward => &self.backward,
            Direction::Forward => &self.forward,
        }
    }
}

impl From<&Outcome> for Verdict {
    fn from(outcome: &Outcome) -> Self {
        match outcome {
            Outcome::Kept => Self::Kept,
            Outcome::Refused(witness) => Self::Broken {
                witness: witness.clone(),
            },
            Outcome::Unknown(reason) => Self::Unproven {
                reason: reason.clone(),
            },
        }
    }
}

impl From<&Change> for ChangeReport {
    fn from(change: &Change) -> Self {
        let pointer = match &change.spot.new.at {
            At::Key(pointer) | At::Value(pointer) => pointer.to_string(),
            At::File | At::Bytes(_) => String::new(),
        };
        Self {
            code: change.code.name.to_owned(),
            effect: change.effect,
            surface: change.surface,
            at: change.at.to_string(),
            pointer,
            message: change.message.clone(),
            was: change.was.clone(),
            spot: change.spot.clone(),
        }
    }
}

/// The least step that a judgement calls for. Where nothing is promised, the step is told as if new
/// readers had to read old documents, which is how version numbers are commonly read.
pub fn bump(judgement: &Judgement, promise: Promise) -> Bump {
    let nothing = !promise.backward && !promise.forward;
    let broken = Direction::ALL.into_iter().any(|direction| {
        let counts = direction.promised(promise) || (nothing && direction == Direction::Backward);
        counts && matches!(judgement.outcome(direction), Outcome::Refused(_))
    });
    if broken {
        Bump::Major
    } else if judgement.changes.is_empty() {
        Bump::Patch
    } else {
        Bump::Minor
    }
}

/// The step between two version numbers. SchemaVer has no smaller step than an ADDITION, and a short
/// version none smaller than its second number: both make room for a minor change.
pub(super) fn step(old: &Version, new: &Version) -> Bump {
    let (from, to) = (old.number(), new.number());
    if from.major != to.major {
        return Bump::Major;
    }
    let patch = new.scheme() == Scheme::Full && from.minor == to.minor && from.patch != to.patch;
    if patch { Bump::Patch } else { Bump::Minor }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn steps_follow_the_scheme() {
        let step = |old: &str, new: &str| {
            step(
                &old.parse().expect("a version"),
                &new.parse().expect("a version"),
            )
        };
        assert_eq!(step("1.2.3", "1.2.4"), Bump::Patch);
        assert_eq!(step("1.2.3", "1.3.0"), Bump::Minor);
        assert_eq!(step("1.2", "1.3"), Bump::Minor);
        assert_eq!(step("1-0-1", "1-0-2"), Bump::Minor);
        assert_eq!(step("1-0-1", "2-0-0"), Bump::Major);
        assert_eq!(step("1.2.0-alpha.1", "1.2.0"), Bump::Minor);
    }
}
