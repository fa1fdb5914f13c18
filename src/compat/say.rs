//! What is said of two versions: a judgement and a promise in; findings out.

use serde_json::Value;

use super::changes::{Change, Surface};
use super::effect::Direction;
use super::judge::{Judgement, Outcome};
use super::members::Member;
use super::report::Bump;
use crate::catalog::{Scheme, Version};
use crate::config::Promise;
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Place, Severity};

pub(super) static PROMISE_UNPROVEN: Code = Code {
    name: "promise-unproven",
    severity: Severity::Warning,
    explain: "\
Neither a proof that the promise is kept nor a document that breaks it was found. Unproven is not
kept: look at the changes yourself, or write the schemas so that they can be compared.
",
};

pub(super) static VERSION_PROMISES_TOO_MUCH: Code = Code {
    name: "version-promises-too-much",
    severity: Severity::Error,
    explain: "\
The version number says less than what changed. A patch (1.2.3 to 1.2.4) changes nothing that is sent
or generated; whoever added a property owes a minor version (1.3.0), whoever broke the promise a major
one (2.0.0). Pre-releases and 0.x are let off by `pre-releases = \"free\"`.
",
};

pub(super) static VALUES_NARROWED: Code = Code {
    name: "values-narrowed",
    severity: Severity::Error,
    explain: "\
A document that the old version sends is refused by the new one, and no rule sees which edit does it.
The document is in the note.
",
};

pub(super) static VALUES_WIDENED: Code = Code {
    name: "values-widened",
    severity: Severity::Error,
    explain: "\
A document that the new version sends is refused by the old one, and no rule sees which edit does it.
The document is in the note.
",
};

/// Two versions with all that was found out about them.
pub(super) struct Compared<'a> {
    /// The new version, `group/Name@version`.
    pub(super) label: String,
    pub(super) old: &'a Member<'a>,
    pub(super) new: &'a Member<'a>,
    pub(super) promise: Promise,
    pub(super) judgement: &'a Judgement,
    /// The policies that decide.
    pub(super) decided: &'a [&'static str],
    /// How many versions stand between them.
    pub(super) between: usize,
}

impl Compared<'_> {
    /// What breaks the promise, what is not proven, and what reaches generated programs only.
    pub(super) fn say(&self, diagnostics: &mut Diagnostics) {
        let witnesses = self.witnesses();
        let mut shown: Vec<Direction> = Vec::new();
        for change in &self.judgement.changes {
            let breaks = || {
                let all = witnesses.iter();
                all.filter(|(direction, _)| change.effect.breaks(*direction))
            };
            let Some((direction, _)) = breaks().next() else {
                continue;
            };
            let help = format!("{}, or {}", change.help(*direction), self.next_major());
            let mut diagnostic = self.told(change).help(help);
            for (direction, witness) in breaks() {
                if !shown.contains(direction) {
                    shown.push(*direction);
                    diagnostic = self.shown(diagnostic, *direction, witness);
                }
            }
            diagnostics.push(diagnostic);
        }
        for (direction, witness) in witnesses {
            if !shown.contains(&direction) {
                diagnostics.push(self.unexplained(direction, witness));
            }
        }
        self.unproven(diagnostics);
        let same_major = self.old.version.major() == self.new.version.major();
        for change in &self.judgement.changes {
            if change.surface == Surface::Source && same_major {
                diagnostics.push(self.told(change));
            }
        }
    }

    /// That the number says less than what changed. A break is told by the change that makes it; here is
    /// what no promise forbids.
    pub(super) fn promises_too_much(&self, step: Bump, bump: Bump, diagnostics: &mut Diagnostics) {
        if step != Bump::Patch || bump == Bump::Major || self.judgement.changes.is_empty() {
            return;
        }
        let message = format!("{} is a patch, and something changed", self.new.name);
        let diagnostic = Diagnostic::new(&VERSION_PROMISES_TOO_MUCH, message)
            .at(file(self.new), String::new())
            .help("release this as a minor version")
            .about(&self.label)
            .since(self.old.version);
        diagnostics.push(self.with_changes(diagnostic));
    }

    fn witnesses(&self) -> Vec<(Direction, &Value)> {
        Direction::ALL
            .into_iter()
            .filter(|direction| direction.promised(self.promise))
            .filter_map(|direction| match self.judgement.outcome(direction) {
                Outcome::Refused(witness) => Some((direction, witness)),
                Outcome::Kept | Outcome::Unknown(_) => None,
            })
            .collect()
    }

    /// A change: where it is and where it was.
    fn told(&self, change: &Change) -> Diagnostic {
        Diagnostic::new(change.code, change.placed())
            .at(change.spot.new.clone(), "here")
            .at(change.spot.old.clone(), &change.was)
            .about(&self.label)
            .since(self.old.version)
    }

    /// The document that shows a break, and what made it one.
    fn shown(&self, diagnostic: Diagnostic, direction: Direction, witness: &Value) -> Diagnostic {
        let (writer, reader) = match direction {
            Direction::Backward => (self.old, self.new),
            Direction::Forward => (self.new, self.old),
        };
        let (sends, refuses) = (&writer.name, &reader.name);
        let mut diagnostic =
            diagnostic.note(format!("{sends} sends, {refuses} refuses: {witness}"));
        if self.between > 0 {
            let steps = self.between + 1;
            diagnostic = diagnostic.note(format!(
                "the promise is transitive, and {} is {steps} versions before {}",
                self.old.name, self.new.name
            ));
        }
        for setting in self.decided {
            diagnostic = diagnostic.note(format!("decided by the policy `{setting}`"));
        }
        diagnostic
    }

    fn unexplained(&self, direction: Direction, witness: &Value) -> Diagnostic {
        let (code, reader, writer) = match direction {
            Direction::Backward => (&VALUES_NARROWED, self.new, self.old),
            Direction::Forward => (&VALUES_WIDENED, self.old, self.new),
        };
        let message = format!("{} refuses a document of {}", reader.name, writer.name);
        let diagnostic = Diagnostic::new(code, message)
            .at(file(self.new), "the new version")
            .at(file(self.old), "the old version")
            .help(self.next_major())
            .about(&self.label)
            .since(self.old.version);
        self.shown(diagnostic, direction, witness)
    }

    fn unproven(&self, diagnostics: &mut Diagnostics) {
        for direction in Direction::ALL {
            let Outcome::Unknown(reason) = self.judgement.outcome(direction) else {
                continue;
            };
            if !direction.promised(self.promise) {
                continue;
            }
            let (writer, reader) = match direction {
                Direction::Backward => (self.old, self.new),
                Direction::Forward => (self.new, self.old),
            };
            let message = format!(
                "whether {} reads all that {} sends is not proven",
                reader.name, writer.name
            );
            let diagnostic = Diagnostic::new(&PROMISE_UNPROVEN, message)
                .at(file(self.new), "the new version")
                .at(file(self.old), "the old version")
                .note(reason.clone())
                .about(&self.label)
                .since(self.old.version);
            diagnostics.push(self.with_changes(diagnostic));
        }
    }

    fn with_changes(&self, diagnostic: Diagnostic) -> Diagnostic {
        let changes = self.judgement.changes.iter().take(3);
        changes.fold(diagnostic, |diagnostic, change| {
            diagnostic.at(change.spot.new.clone(), &change.message)
        })
    }

    fn next_major(&self) -> String {
        if self.old.version == self.new.version {
            return "give it another name".to_owned();
        }
        format!("release it as {}", next_major(self.new.version))
    }
}

/// The next minor version, written as this one is.
pub(super) fn next_minor(version: &Version) -> String {
    let number = version.number();
    let (major, minor) = (number.major, number.minor);
    match version.scheme() {
        Scheme::Short => format!("{major}.{}", minor + 1),
        Scheme::Full => format!("{major}.{}.0", minor + 1),
        Scheme::SchemaVer => format!("{major}-{minor}-{}", number.patch + 1),
    }
}

/// The next major version, written as this one is.
pub(super) fn next_major(version: &Version) -> String {
    let major = version.major() + 1;
    match version.scheme() {
        Scheme::Short => format!("{major}.0"),
        Scheme::Full => format!("{major}.0.0"),
        Scheme::SchemaVer => format!("{major}-0-0"),
    }
}

/// The file of a version.
pub(super) fn file(member: &Member<'_>) -> Place {
    Place::file(member.schemas.schema(member.release.root).source)
}
