//! The judgement of two schemas: what changed, and whether documents travel in either direction.
//!
//! Two roots and the policies in; changes and an outcome for each direction out. Knows no contract, no
//! promise and no version number.

use std::rc::Rc;

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
use crate::schema::{Formats, SchemaId, Schemas, bundle};

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

/// Judges two schemas that may lead back to themselves without stepping into a value: such a circle asks
/// for nothing. Only the prover is asked, and no rule.
pub fn judge_circular(
    schemas: &Schemas,
    old: SchemaId,
    new: SchemaId,
    formats: Formats,
) -> Judgement {
    let policy = Policy::strict(formats);
    let old = Prepared::new(schemas, old, policy);
    let new = Prepared::new(schemas, new, policy);
    Judgement {
        backward: settled(&old, &new),
        forward: settled(&new, &old),
        changes: Vec::new(),
    }
}

/// One version in both roles.
pub(super) struct Prepared<'a> {
    pub(super) schemas: &'a Schemas,
    pub(super) root: SchemaId,
    pub(super) policy: Policy,
    pub(super) bundle: Rc<Value>,
    pub(super) writer: Side,
    pub(super) reader: Side,
}

impl<'a> Prepared<'a> {
    pub(super) fn new(schemas: &'a Schemas, root: SchemaId, policy: Policy) -> Self {
        let bundle = Rc::new(bundle(schemas, root));
        Self {
            schemas,
            root,
            policy,
            writer: Side::writer(&bundle, policy),
            reader: Side::reader(schemas, root, &bundle, policy),
            bundle,
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
    match glanced(from, to) {
        Outcome::Unknown(reason) => {
            hunted(&from.writer, &to.reader).unwrap_or(Outcome::Unknown(reason))
        }
        outcome @ (Outcome::Kept | Outcome::Refused(_)) => outcome,
    }
}

/// The same with little patience: for questions beside the one that was asked.
pub(super) fn glanced(from: &Prepared<'_>, to: &Prepared<'_>) -> Outcome {
    let (writer, reader) = (&from.writer, &to.reader);
    match settled(from, to) {
        Outcome::Unknown(reason) => {
            let found = can_run(writer, reader).then(|| witness::find(writer, reader));
            found
                .flatten()
                .map_or(Outcome::Unknown(reason), Outcome::Refused)
        }
        outcome @ (Outcome::Kept | Outcome::Refused(_)) => outcome,
    }
}

fn can_run(writer: &Side, reader: &Side) -> bool {
    writer.validator().is_ok() && reader.validator().is_ok()
}

/// What the prover alone says: a proof, or a document that both validators confirm.
fn settled(from: &Prepared<'_>, to: &Prepared<'_>) -> Outcome {
    if from.bundle == to.bundle {
        return Outcome::Kept;
    }
    let (writer, reader) = (&from.writer, &to.reader);
    match solve::difference(writer, reader) {
        Difference::Empty => Outcome::Kept,
        Difference::Unknown(reason) => Outcome::Unknown(reason),
        Difference::Holds(document) => {
            for side in [writer, reader] {
                if let Err(reason) = side.validator() {
                    return Outcome::Unknown(format!("the schema cannot be run: {reason}"));
                }
            }
            witness::confirmed(writer, reader, document).map_or_else(
                || Outcome::Unknown("the prover and the validator disagree".to_owned()),
                Outcome::Refused,
            )
        }
    }
}

/// What the algebra of the validator's library says, and a patient search among documents.
fn hunted(writer: &Side, reader: &Side) -> Option<Outcome> {
    if !can_run(writer, reader) {
        return None;
    }
    let remainder = match prove::by_algebra(writer, reader) {
        Inclusion::Proven => return Some(Outcome::Kept),
        Inclusion::Refuted(remainder) | Inclusion::Unknown(remainder) => remainder,
    };
    remainder
        .and_then(|remainder| witness::among(writer, reader, &remainder))
        .or_else(|| witness::find_anywhere(writer, reader))
        .map(Outcome::Refused)
}
