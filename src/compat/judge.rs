//! The judgement of two schemas: what changed, and whether documents travel in either direction.
//!
//! Two roots and the policies in; changes and an outcome for each direction out. Knows no contract, no
//! promise and no version number.

use serde_json::Value;

use super::changes::Change;
use super::effect::{Direction, Effect};
use super::prove::{self, Inclusion};
use super::side::Side;
use super::solve::{self, Difference};
use super::walk;
use super::witness;
use crate::config::Policy;
use crate::diagnostic::Severity;
use crate::schema::{SchemaId, Schemas, bundle};

/// What became of documents in one direction.
#[derive(Clone, Debug, PartialEq)]
pub enum Outcome {
    /// Every document that is sent is accepted: proven.
    Kept,
    /// This one is sent and refused: both validators say so.
    Refused(Value),
    /// Neither could be shown, and why.
    Unknown(String),
}

/// Everything known about two schemas.
#[derive(Clone, Debug)]
pub struct Judgement {
    /// What old writers send to new readers.
    pub backward: Outcome,
    /// What new writers send to old readers.
    pub forward: Outcome,
    /// What changed; effects that the proof rules out are left out.
    pub changes: Vec<Change>,
}

impl Judgement {
    /// The outcome of a direction.
    pub fn outcome(&self, direction: Direction) -> &Outcome {
        match direction {
            Direction::Backward => &self.backward,
            Direction::Forward => &self.forward,
        }
    }
}

/// Judges two schemas.
pub fn judge(schemas: &Schemas, old: SchemaId, new: SchemaId, policy: Policy) -> Judgement {
    let old = Prepared::new(schemas, old, policy);
    let new = Prepared::new(schemas, new, policy);
    compared(&old, &new)
}

/// One version in both roles.
pub(super) struct Prepared<'a> {
    pub(super) schemas: &'a Schemas,
    pub(super) root: SchemaId,
    pub(super) policy: Policy,
    pub(super) bundle: Value,
    pub(super) writer: Side,
    pub(super) reader: Side,
}

impl<'a> Prepared<'a> {
    pub(super) fn new(schemas: &'a Schemas, root: SchemaId, policy: Policy) -> Self {
        Self {
            schemas,
            root,
            policy,
            bundle: bundle(schemas, root),
            writer: Side::writer(schemas, root, policy),
            reader: Side::reader(schemas, root, policy),
        }
    }
}

/// Judges two versions in both directions.
pub(super) fn compared(old: &Prepared<'_>, new: &Prepared<'_>) -> Judgement {
    told([old, new], travel(old, new), travel(new, old))
}

/// What the rules say beside outcomes that are known already.
pub(super) fn told(versions: [&Prepared<'_>; 2], backward: Outcome, forward: Outcome) -> Judgement {
    let changes = changes(versions, &backward, &forward);
    Judgement {
        backward,
        forward,
        changes,
    }
}

/// What the rules say, without what the proofs rule out.
fn changes([old, new]: [&Prepared<'_>; 2], backward: &Outcome, forward: &Outcome) -> Vec<Change> {
    let (before, after) = ((old.schemas, old.root), (new.schemas, new.root));
    walk::changes(before, after, new.policy)
        .into_iter()
        .filter_map(|change| {
            let directions = [
                (Direction::Backward, backward),
                (Direction::Forward, forward),
            ];
            let kept = directions
                .into_iter()
                .filter(|(_, outcome)| **outcome == Outcome::Kept);
            let effect = kept
                .into_iter()
                .try_fold(change.effect, |effect, (direction, _)| {
                    effect.cleared(direction)
                });
            let effect = effect.unwrap_or(Effect::Preserves);
            // What a proof rules out is told only where a rule has a word for it.
            let word = change.rule.code(effect);
            let says =
                effect == change.effect || word.is_some_and(|it| it.severity == Severity::Error);
            says.then(|| change.with_effect(effect))
        })
        .collect()
}

/// What becomes of the documents that `from` writes and `to` reads.
pub(super) fn travel(from: &Prepared<'_>, to: &Prepared<'_>) -> Outcome {
    if from.bundle == to.bundle {
        return Outcome::Kept;
    }
    let (writer, reader) = (&from.writer, &to.reader);
    if prove::plain(writer, reader) {
        return Outcome::Kept;
    }
    let solved = solve::difference(&writer.value, &reader.value, writer.formats());
    if solved == Difference::Empty {
        return Outcome::Kept;
    }
    for side in [writer, reader] {
        if let Err(reason) = side.validator() {
            return Outcome::Unknown(format!("the schema cannot be run: {reason}"));
        }
    }
    let reason = match solved {
        Difference::Holds(document) => match witness::confirmed(writer, reader, document) {
            Some(document) => return Outcome::Refused(document),
            None => "the prover and the validator disagree".to_owned(),
        },
        Difference::Unknown(reason) => reason,
        Difference::Empty => return Outcome::Kept,
    };
    if let Some(document) = witness::find(writer, reader) {
        return Outcome::Refused(document);
    }
    let remainder = match prove::by_algebra(writer, reader) {
        Inclusion::Proven => return Outcome::Kept,
        Inclusion::Refuted(remainder) | Inclusion::Unknown(_, remainder) => remainder,
    };
    remainder
        .and_then(|remainder| witness::among(writer, reader, &remainder))
        .or_else(|| witness::find_anywhere(writer, reader))
        .map_or(Outcome::Unknown(reason), Outcome::Refused)
}
