//! What rules say of a pair: an effect, a place on either side, and the words.
//!
//! Knows no promise: what a change means for one is `effect`'s.

use std::cmp::Ordering;
use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::effect::{Direction, Effect};
use super::rules::Rule;
use crate::diagnostic::{Code, Place};
use crate::pointer::Pointer;

/// One place in two versions.
#[derive(Clone, Debug, PartialEq)]
pub struct Spot {
    /// In the old one.
    pub old: Place,
    /// In the new one.
    pub new: Place,
}

impl Default for Spot {
    /// Nowhere in particular.
    fn default() -> Self {
        let nowhere = Place::file(crate::source::SourceId::default());
        Self {
            old: nowhere.clone(),
            new: nowhere,
        }
    }
}

/// What a change reaches.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, schemars::JsonSchema,
)]
#[serde(rename_all = "lowercase")]
pub enum Surface {
    /// The JSON that travels.
    Wire,
    /// Names and types of generated programs; the JSON stays as it is.
    Source,
}

/// One thing a rule saw between two versions.
#[derive(Clone, Debug)]
pub struct Change {
    /// Its identity, `<subject>-<effect>`.
    pub code: &'static Code,
    /// What it does to the set of accepted documents.
    pub effect: Effect,
    /// What it reaches.
    pub surface: Surface,
    /// The part of the document it is about; `*` stands for any index or name.
    pub at: Pointer,
    /// Where it is, and where it was.
    pub spot: Spot,
    /// What is, in a phrase.
    pub message: String,
    /// What was, in a phrase.
    pub was: String,
    pub(super) rule: &'static Rule,
}

impl Change {
    /// What is, with the part of the document it is about.
    pub(super) fn placed(&self) -> String {
        if self.at.is_root() {
            self.message.clone()
        } else {
            format!("`{}`: {}", self.at, self.message)
        }
    }

    /// The way out for a break in `direction`.
    pub fn help(&self, direction: Direction) -> &'static str {
        let [narrowed, widened] = self.rule.help;
        match direction {
            Direction::Backward => narrowed,
            Direction::Forward => widened,
        }
    }

    /// The same change with another effect and the code that goes with it.
    #[must_use]
    pub(super) fn with_effect(mut self, effect: Effect) -> Self {
        if let Some(code) = self.rule.code(effect) {
            self.effect = effect;
            self.code = code;
        }
        self
    }
}

/// What rules write to.
pub(super) struct Changes<'a> {
    list: &'a mut Vec<Change>,
    rule: &'static Rule,
    at: &'a Pointer,
    negated: bool,
}

impl<'a> Changes<'a> {
    /// Collects what `rule` says of the part `at` of a document; turned round under `not`.
    pub(super) fn new(
        list: &'a mut Vec<Change>,
        rule: &'static Rule,
        at: &'a Pointer,
        negated: bool,
    ) -> Self {
        Self {
            list,
            rule,
            at,
            negated,
        }
    }

    /// New accepts less.
    pub(super) fn narrows(&mut self, spot: Spot, message: impl Into<String>, was: &str) {
        self.tell(Effect::Narrows, spot, message.into(), was);
    }

    /// New accepts more.
    pub(super) fn widens(&mut self, spot: Spot, message: impl Into<String>, was: &str) {
        self.tell(Effect::Widens, spot, message.into(), was);
    }

    /// New accepts other values.
    pub(super) fn replaces(&mut self, spot: Spot, message: impl Into<String>, was: &str) {
        self.tell(Effect::Replaces, spot, message.into(), was);
    }

    /// A change that refuses nothing that is sent.
    pub(super) fn preserves(&mut self, spot: Spot, message: impl Into<String>, was: &str) {
        self.tell(Effect::Preserves, spot, message.into(), was);
    }

    /// A change that reaches generated programs only.
    pub(super) fn renames(&mut self, spot: Spot, message: impl Into<String>, was: &str) {
        self.add(
            Effect::Preserves,
            Surface::Source,
            spot,
            message.into(),
            was,
        );
    }

    /// A window of counts or lengths, `(least, most)` of old and of new.
    pub(super) fn window(&mut self, [low, high]: [Spot; 2], [old, new]: [Window; 2], of: &str) {
        match old.0.cmp(&new.0) {
            Ordering::Less => self.narrows(
                low,
                format!("at least {} {of} now", new.0),
                &format!("was {}", old.0),
            ),
            Ordering::Greater => self.widens(
                low,
                format!("at least {} {of} now", new.0),
                &format!("was {}", old.0),
            ),
            Ordering::Equal => {}
        }
        let most = |most: Option<u64>| most.unwrap_or(u64::MAX);
        let words = |most: Option<u64>| match most {
            Some(most) => format!("at most {most} {of}"),
            None => format!("any number of {of}"),
        };
        let (message, was) = (
            format!("{} now", words(new.1)),
            format!("was {}", words(old.1)),
        );
        match most(old.1).cmp(&most(new.1)) {
            Ordering::Greater => self.narrows(high, message, &was),
            Ordering::Less => self.widens(high, message, &was),
            Ordering::Equal => {}
        }
    }

    /// Texts that each demand something of the value: gone, come, or exchanged.
    pub(super) fn assertions(
        &mut self,
        spot: Spot,
        old: &BTreeSet<&str>,
        new: &BTreeSet<&str>,
        verb: &str,
    ) {
        let come: BTreeSet<&str> = new.difference(old).copied().collect();
        let gone: BTreeSet<&str> = old.difference(new).copied().collect();
        match (come.is_empty(), gone.is_empty()) {
            (true, true) => {}
            (false, true) => self.narrows(
                spot,
                format!("must {verb} {} now", words(&come)),
                "need not",
            ),
            (true, false) => self.widens(
                spot,
                format!("need not {verb} {} now", words(&gone)),
                "had to",
            ),
            (false, false) => self.replaces(
                spot,
                format!("must {verb} {} now", words(&come)),
                &format!("was {}", words(&gone)),
            ),
        }
    }

    /// A change of an effect.
    pub(super) fn tell(&mut self, effect: Effect, spot: Spot, message: String, was: &str) {
        self.add(effect, Surface::Wire, spot, message, was);
    }

    fn add(&mut self, effect: Effect, surface: Surface, spot: Spot, message: String, was: &str) {
        let effect = if self.negated {
            effect.negated()
        } else {
            effect
        };
        // Under `not` a rule may meet an effect it has no words for; its strongest says it.
        let code = self
            .rule
            .code(effect)
            .or_else(|| Effect::ALL.iter().find_map(|other| self.rule.code(*other)));
        let Some(code) = code else { return };
        self.list.push(Change {
            code,
            effect,
            surface,
            at: self.at.clone(),
            spot,
            message,
            was: was.to_owned(),
            rule: self.rule,
        });
    }
}

/// Texts as a sentence names them.
pub(super) fn words(texts: &BTreeSet<&str>) -> String {
    let texts: Vec<String> = texts.iter().map(|text| format!("`{text}`")).collect();
    texts.join(" and ")
}

/// The least and the most of a count.
pub(super) type Window = (u64, Option<u64>);
