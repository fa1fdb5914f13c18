//! The judgement of two schemas: what changed, and whether documents travel in either direction.
//!
//! Two roots and the policies in; changes and an outcome for each direction out. Knows no contract, no
//! promise and no version number.

use serde_json::Value;

use super::changes::Change;
use super::effect::{Direction, Effect};
use super::prove::{self, Inclusion};
use super::side::Side;
use super::walk::{self, Assumptions};
use super::witness;
use crate::config::{Config, DefaultPolicy, Undeclared};
use crate::schema::{Formats, SchemaId, Schemas, bundle};

/// What is assumed of writers and readers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Policy {
    /// What writers send beside what they declare.
    pub undeclared: Undeclared,
    /// What a reader's `default` is worth.
    pub defaults: DefaultPolicy,
    /// Whether `format` refuses texts.
    pub formats: Formats,
}

impl Policy {
    /// The policies of a workspace.
    pub fn of(config: &Config) -> Self {
        Self {
            undeclared: config.undeclared,
            defaults: config.defaults,
            formats: config.formats,
        }
    }

    /// Plain inclusion of sets: writers may send anything their schema accepts, defaults are remarks.
    pub fn strict(formats: Formats) -> Self {
        Self {
            undeclared: Undeclared::WritersMaySend,
            defaults: DefaultPolicy::Ignore,
            formats,
        }
    }

    pub(super) fn assumptions(self) -> Assumptions {
        Assumptions {
            undeclared: self.undeclared,
            fill_defaults: self.defaults == DefaultPolicy::Fill,
        }
    }
}

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
    compared(schemas, &old, &new, policy)
}

/// One version in both roles.
pub(super) struct Prepared {
    pub(super) root: SchemaId,
    bundle: Value,
    pub(super) writer: Side,
    pub(super) reader: Side,
}

impl Prepared {
    pub(super) fn new(schemas: &Schemas, root: SchemaId, policy: Policy) -> Self {
        let (formats, assumptions) = (policy.formats, policy.assumptions());
        Self {
            root,
            bundle: bundle(schemas, root),
            writer: Side::writer(schemas, root, formats, assumptions),
            reader: Side::reader(schemas, root, formats, assumptions),
        }
    }
}

/// Judges two versions in both directions.
pub(super) fn compared(
    schemas: &Schemas,
    old: &Prepared,
    new: &Prepared,
    policy: Policy,
) -> Judgement {
    let (backward, forward) = (travel(old, new), travel(new, old));
    told(schemas, [old, new], policy, backward, forward)
}

/// What the rules say beside outcomes that are known already.
pub(super) fn told(
    schemas: &Schemas,
    versions: [&Prepared; 2],
    policy: Policy,
    backward: Outcome,
    forward: Outcome,
) -> Judgement {
    let changes = changes(schemas, versions, policy, &backward, &forward);
    Judgement {
        backward,
        forward,
        changes,
    }
}

/// What the rules say, without what the proofs rule out.
fn changes(
    schemas: &Schemas,
    [old, new]: [&Prepared; 2],
    policy: Policy,
    backward: &Outcome,
    forward: &Outcome,
) -> Vec<Change> {
    if old.bundle == new.bundle && policy.defaults == DefaultPolicy::Ignore {
        return Vec::new();
    }
    walk::changes(schemas, old.root, new.root, policy.assumptions())
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
            let says = effect == change.effect || change.rule.code(effect).is_some();
            says.then(|| change.with_effect(effect))
        })
        .collect()
}

/// What becomes of the documents that `from` writes and `to` reads.
pub(super) fn travel(from: &Prepared, to: &Prepared) -> Outcome {
    if from.bundle == to.bundle {
        return Outcome::Kept;
    }
    let (writer, reader) = (&from.writer, &to.reader);
    if prove::plain(writer, reader) {
        return Outcome::Kept;
    }
    for side in [writer, reader] {
        if let Err(reason) = side.validator() {
            return Outcome::Unknown(format!("the schema cannot be run: {reason}"));
        }
    }
    if let Some(document) = witness::find(writer, reader) {
        return Outcome::Refused(document);
    }
    let (reason, remainder) = match prove::by_algebra(writer, reader) {
        Inclusion::Proven => return Outcome::Kept,
        Inclusion::Refuted(remainder) => {
            let reason =
                "the algebra knows of a document that would be refused, but none was found";
            (reason.to_owned(), remainder)
        }
        Inclusion::Unknown(reason, remainder) => (reason, remainder),
    };
    remainder
        .and_then(|remainder| witness::among(writer, reader, &remainder))
        .or_else(|| witness::find_anywhere(writer, reader))
        .map_or(Outcome::Unknown(reason), Outcome::Refused)
}
