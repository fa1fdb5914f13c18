//! What is said to a person: a finding with its places and the way out.
//!
//! Phases fill a [`Diagnostics`]; they speak pointers and byte ranges. Lines and columns are `render`'s.

use std::fmt;

use crate::pointer::Pointer;
use crate::source::{SourceId, Span};

/// How grave a finding is.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, serde::Serialize, schemars::JsonSchema,
)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// For the reader's knowledge; changes no exit code.
    Note,
    /// Should be looked at; changes no exit code.
    Warning,
    /// Must be mended: exit code 1.
    Error,
}

/// A kind of finding: its one identity, how grave it is, and what `contracts explain` says of it.
#[derive(Debug)]
pub struct Code {
    /// Kebab-case, names what was seen.
    pub name: &'static str,
    /// How grave a finding of this kind is.
    pub severity: Severity,
    /// A paragraph or two for `contracts explain`.
    pub explain: &'static str,
}

impl PartialEq for Code {
    fn eq(&self, other: &Self) -> bool {
        self.name == other.name
    }
}

/// Where in a source something is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum At {
    /// The file as a whole.
    File,
    /// The key at a pointer, or its value where it has no key.
    Key(Pointer),
    /// The value at a pointer.
    Value(Pointer),
    /// Bytes of a text that has no pointers (yet).
    Bytes(Span),
}

/// A place: a source and where in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// The source.
    pub source: SourceId,
    /// Where in it.
    pub at: At,
}

impl Place {
    /// The file as a whole.
    pub fn file(source: SourceId) -> Self {
        Self {
            source,
            at: At::File,
        }
    }

    /// The key at `pointer`.
    pub fn key(source: SourceId, pointer: Pointer) -> Self {
        Self {
            source,
            at: At::Key(pointer),
        }
    }

    /// The value at `pointer`.
    pub fn value(source: SourceId, pointer: Pointer) -> Self {
        Self {
            source,
            at: At::Value(pointer),
        }
    }

    /// The bytes `span`.
    pub fn bytes(source: SourceId, span: Span) -> Self {
        Self {
            source,
            at: At::Bytes(span),
        }
    }
}

/// A place with a word about it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Label {
    /// Where.
    pub place: Place,
    /// What is there; may be empty.
    pub text: String,
}

/// One finding.
#[derive(Clone, Debug, PartialEq)]
pub struct Diagnostic {
    /// Its kind.
    pub code: &'static Code,
    /// How grave this one is; the kind's own unless a policy says otherwise.
    pub severity: Severity,
    /// What is, in a phrase.
    pub message: String,
    /// Where; the first is the main one.
    pub labels: Vec<Label>,
    /// Facts that go with it.
    pub notes: Vec<String>,
    /// The ways out.
    pub help: Vec<String>,
    /// The contract it is about, `group/Name@version`, where there is one.
    pub contract: Option<String>,
    /// The version that one is compared with, where there is one.
    pub since: Option<String>,
    /// Why it is let stand, where it is.
    pub accepted: Option<Acceptance>,
}

/// Why a finding is let stand: a row of contracts.toml.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, schemars::JsonSchema)]
pub struct Acceptance {
    /// Somebody's reason.
    pub reason: String,
    /// The last day, year-month-day, where there is one.
    pub until: Option<String>,
}

impl fmt::Display for Acceptance {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.reason)?;
        match &self.until {
            Some(until) => write!(f, " (until {until})"),
            None => Ok(()),
        }
    }
}

impl Diagnostic {
    /// A finding without a place yet.
    pub fn new(code: &'static Code, message: impl Into<String>) -> Self {
        Self {
            code,
            severity: code.severity,
            message: message.into(),
            labels: Vec::new(),
            notes: Vec::new(),
            help: Vec::new(),
            contract: None,
            since: None,
            accepted: None,
        }
    }

    /// Adds a place; the first is the main one.
    #[must_use]
    pub fn at(mut self, place: Place, text: impl Into<String>) -> Self {
        self.labels.push(Label {
            place,
            text: text.into(),
        });
        self
    }

    /// Adds a fact.
    #[must_use]
    pub fn note(mut self, text: impl Into<String>) -> Self {
        self.notes.push(text.into());
        self
    }

    /// Adds a way out.
    #[must_use]
    pub fn help(mut self, text: impl Into<String>) -> Self {
        self.help.push(text.into());
        self
    }

    /// Says which contract it is about.
    #[must_use]
    pub fn about(mut self, contract: impl fmt::Display) -> Self {
        self.contract = Some(contract.to_string());
        self
    }

    /// Says which version that is compared with.
    #[must_use]
    pub fn since(mut self, version: impl fmt::Display) -> Self {
        self.since = Some(version.to_string());
        self
    }
}

/// All findings of a run, in the order they were made.
#[derive(Clone, Debug, Default)]
pub struct Diagnostics(Vec<Diagnostic>);

impl Diagnostics {
    /// Adds one.
    pub fn push(&mut self, diagnostic: Diagnostic) {
        self.0.push(diagnostic);
    }

    /// Gives each its severity anew, or drops it where there is none.
    pub fn regrade(&mut self, severity: impl Fn(&Diagnostic) -> Option<Severity>) {
        self.0.retain_mut(|diagnostic| match severity(diagnostic) {
            Some(severity) => {
                diagnostic.severity = severity;
                true
            }
            None => false,
        });
    }

    /// Adds some.
    pub fn extend(&mut self, others: impl IntoIterator<Item = Diagnostic>) {
        self.0.extend(others);
    }

    /// All of them.
    pub fn iter(&self) -> std::slice::Iter<'_, Diagnostic> {
        self.0.iter()
    }

    /// How many there are of a severity that nobody accepted.
    pub fn count(&self, severity: Severity) -> usize {
        self.0
            .iter()
            .filter(|it| it.severity == severity && it.accepted.is_none())
            .count()
    }

    /// Lets findings stand: gives each the reason that there is for it.
    pub fn accept(&mut self, mut reason: impl FnMut(&Diagnostic) -> Option<Acceptance>) {
        for diagnostic in &mut self.0 {
            if diagnostic.accepted.is_none() {
                diagnostic.accepted = reason(diagnostic);
            }
        }
    }

    /// Adds a fact to each.
    pub fn note(&mut self, fact: impl Fn(&Diagnostic) -> String) {
        for diagnostic in &mut self.0 {
            diagnostic.notes.push(fact(diagnostic));
        }
    }

    /// Takes all reasons away again.
    pub fn unaccept(&mut self) {
        for diagnostic in &mut self.0 {
            diagnostic.accepted = None;
        }
    }

    /// Whether any is an error that nobody accepted.
    pub fn has_errors(&self) -> bool {
        self.count(Severity::Error) > 0
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl<'a> IntoIterator for &'a Diagnostics {
    type Item = &'a Diagnostic;
    type IntoIter = std::slice::Iter<'a, Diagnostic>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.iter()
    }
}

impl IntoIterator for Diagnostics {
    type Item = Diagnostic;
    type IntoIter = std::vec::IntoIter<Diagnostic>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter()
    }
}
