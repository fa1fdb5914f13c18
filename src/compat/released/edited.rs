//! A version that was released and says something else now: both of it in; a finding with the first edit,
//! a document that shows it, and where the edit belongs, out.

use serde_json::Value;

use super::{Check, release};
use crate::catalog::{Contract, Release, Version};
use crate::compat::judge::{self, Judgement, Outcome, Prepared};
use crate::compat::report::{self, Bump};
use crate::compat::say::{next_major, next_minor};
use crate::config::Policy;
use crate::diagnostic::{Code, Diagnostic, Place, Severity};
use crate::pointer::Pointer;
use crate::schema::{Schemas, bundle};

pub(super) static RELEASED_VERSION_EDITED: Code = Code {
    name: "released-version-edited",
    severity: Severity::Error,
    explain: "\
`contracts check --against` found a version that the baseline has and that says something else now. Who
took the version from there holds programs that read and write it as it was: two things would have one
name. Undo the edit and make it in a new version.

It is a note where every document is accepted and refused as before, both ways proven: a description, a
title, an example. It is an error where a document shows the difference, and where neither could be shown.

Versions that are still being written are named in contracts.toml, `unreleased = [\"events/Order@1.3\"]`;
those with a pre-release tag and 0.x are let off by `pre-releases = \"free\"`. They are judged as new ones.

Example: 1.0 of the baseline has `\"required\": [\"side\"]`, 1.0 of now `\"required\": [\"side\", \"size\"]`.
",
};

/// An edit: both places, what is and what was.
struct Edit {
    old: Place,
    new: Place,
    message: String,
    was: String,
}

impl Check<'_> {
    /// A version that says something else than it did.
    pub(super) fn edited(
        &self,
        was: &Contract,
        now: &Contract,
        [old, new]: [&Release; 2],
    ) -> Option<Diagnostic> {
        let (before, after) = (&self.baseline.catalog.schemas, &self.catalog.schemas);
        let same_bundle = bundle(before, old.root) == bundle(after, new.root);
        let [from, to] = [
            &before.schema(old.root).value,
            &after.schema(new.root).value,
        ];
        if same_bundle && from == to {
            return None;
        }
        let policy = Policy::strict(self.config.policy(&was.full_name()).formats);
        let judgement = judge::compared(
            &Prepared::new(before, old.root, policy),
            &Prepared::new(after, new.root, policy),
        );
        let places = self.edit(&judgement, [old, new], [from, to]);
        let (version, name) = (&old.version, self.baseline.name);
        let kept = Outcome::Kept;
        let harmless = judgement.backward == kept && judgement.forward == kept;
        let what = if harmless {
            "and its annotations changed".to_owned()
        } else {
            format!("and its documents changed: {}", places.message)
        };
        let mut diagnostic = Diagnostic::new(
            &RELEASED_VERSION_EDITED,
            format!("{version} is released, {what}"),
        )
        .at(places.new, "here")
        .at(places.old, places.was)
        .about(now.label(new));
        if harmless {
            diagnostic.severity = Severity::Note;
            return Some(diagnostic.note(format!("every document is judged as in `{name}`")));
        }
        for note in told(&judgement, version, name) {
            diagnostic = diagnostic.note(note);
        }
        let policy = self.config.policy(&was.full_name());
        let promised = judge::compared(
            &Prepared::new(before, old.root, policy),
            &Prepared::new(after, new.root, policy),
        );
        let bump = report::bump(&promised, was.promise);
        Some(diagnostic.help(way_out(was, now, version, bump)))
    }

    /// What was edited first, and where.
    fn edit(
        &self,
        judgement: &Judgement,
        [old, new]: [&Release; 2],
        [from, to]: [&Value; 2],
    ) -> Edit {
        if let Some(change) = judgement.changes.first() {
            return Edit {
                old: change.spot.old.clone(),
                new: change.spot.new.clone(),
                message: change.placed(),
                was: change.was.clone(),
            };
        }
        let at = difference(from, to).unwrap_or_default();
        let place = |schemas: &Schemas, release: &Release| {
            Place::key(schemas.schema(release.root).source, at.clone())
        };
        Edit {
            old: place(&self.baseline.catalog.schemas, old),
            new: place(&self.catalog.schemas, new),
            message: format!("`{at}` is not what it was"),
            was: format!("in `{}`", self.baseline.name),
        }
    }
}

/// Where the edit belongs: a version that is new, or the next one.
fn way_out(was: &Contract, now: &Contract, version: &Version, bump: Bump) -> String {
    let major = bump == Bump::Major;
    let all = was.releases.iter().chain(&now.releases);
    let newest = all.map(|it| &it.version).max().unwrap_or(version);
    let is_new = release(was, newest).is_none() && (!major || newest.major() > version.major());
    let target = match (is_new, major) {
        (true, _) => format!("{newest}, which is new"),
        (false, true) => next_major(newest),
        (false, false) => next_minor(newest),
    };
    format!(
        "undo the edit and make it in {target}; or, where {version} is still being written, name it in `unreleased`"
    )
}

/// The documents that show an edit, why none does, and what else was edited.
fn told(judgement: &Judgement, version: &Version, baseline: &str) -> Vec<String> {
    let (was, now) = (
        format!("{version} of `{baseline}`"),
        format!("{version} of now"),
    );
    let sides = [
        (&judgement.backward, &was, &now),
        (&judgement.forward, &now, &was),
    ];
    let documents = sides
        .into_iter()
        .filter_map(|(outcome, accepts, refuses)| match outcome {
            Outcome::Refused(document) => {
                Some(format!("{accepts} accepts, {refuses} refuses: {document}"))
            }
            Outcome::Unknown(reason) => Some(format!(
                "whether {refuses} accepts all of {accepts} is not proven: {reason}"
            )),
            Outcome::Kept => None,
        });
    let more = judgement.changes.iter().skip(1);
    let more = more.map(|change| format!("also {}", change.placed()));
    documents.chain(more).collect()
}

/// The first place where two values differ.
fn difference(old: &Value, new: &Value) -> Option<Pointer> {
    let mut at = Pointer::root();
    let (mut old, mut new) = (old, new);
    if old == new {
        return None;
    }
    loop {
        let step = match (old, new) {
            (Value::Object(before), Value::Object(after)) => after
                .iter()
                .find(|(key, value)| before.get(*key).is_some_and(|it| it != *value))
                .and_then(|(key, value)| Some((at.join(key), before.get(key)?, value))),
            (Value::Array(before), Value::Array(after)) if before.len() == after.len() => {
                let items = before.iter().zip(after).enumerate();
                items
                    .map(|(index, (before, after))| (at.index(index), before, after))
                    .find(|(_, before, after)| before != after)
            }
            _ => None,
        };
        let Some((next, before, after)) = step else {
            return Some(at);
        };
        (at, old, new) = (next, before, after);
    }
}
