//! A finding as a stamp keeps it: its code by name, its places by the number of their text.

use serde::{Deserialize, Serialize};

use crate::diagnostic::{At, Diagnostic, Place, Severity};
use crate::pipeline::codes;
use crate::source::{SourceId, Span};

/// A finding.
#[derive(Serialize, Deserialize)]
pub(super) struct Said {
    code: String,
    severity: String,
    message: String,
    labels: Vec<Label>,
    notes: Vec<String>,
    help: Vec<String>,
    contract: Option<String>,
    #[serde(default)]
    since: Option<String>,
}

#[derive(Serialize, Deserialize)]
struct Label {
    text: String,
    place: Put,
}

/// A place: the number of its text, and where in it.
#[derive(Serialize, Deserialize)]
pub(super) struct Put {
    source: usize,
    at: Where,
}

#[derive(Serialize, Deserialize)]
enum Where {
    File,
    Key(String),
    Value(String),
    Bytes(Span),
}

const SEVERITIES: [Severity; 3] = [Severity::Note, Severity::Warning, Severity::Error];

impl Said {
    pub(super) fn of(diagnostic: &Diagnostic, at: &dyn Fn(SourceId) -> usize) -> Self {
        let labels = diagnostic.labels.iter().map(|label| Label {
            text: label.text.clone(),
            place: Put::of(&label.place, at),
        });
        Self {
            code: diagnostic.code.name.to_owned(),
            severity: format!("{:?}", diagnostic.severity),
            message: diagnostic.message.clone(),
            labels: labels.collect(),
            notes: diagnostic.notes.clone(),
            help: diagnostic.help.clone(),
            contract: diagnostic.contract.clone(),
            since: diagnostic.since.clone(),
        }
    }

    /// The numbers of the texts it stands in.
    pub(super) fn sources(&self) -> impl Iterator<Item = usize> {
        self.labels.iter().map(|label| label.place.source)
    }

    /// The finding, its places in the texts of `sources`; `None` where the tool knows no such finding.
    pub(super) fn again(self, sources: &[SourceId]) -> Option<Diagnostic> {
        let code = codes().into_iter().find(|code| code.name == self.code)?;
        let mut severities = SEVERITIES.into_iter();
        let severity = severities.find(|it| format!("{it:?}") == self.severity)?;
        let mut diagnostic = Diagnostic::new(code, self.message);
        diagnostic.severity = severity;
        for label in self.labels {
            let place = label.place.again(sources)?;
            diagnostic = diagnostic.at(place, label.text);
        }
        diagnostic.notes = self.notes;
        diagnostic.help = self.help;
        diagnostic.contract = self.contract;
        diagnostic.since = self.since;
        Some(diagnostic)
    }
}

impl Put {
    pub(super) fn of(place: &Place, number: &dyn Fn(SourceId) -> usize) -> Self {
        Self {
            source: number(place.source),
            at: match &place.at {
                At::File => Where::File,
                At::Key(pointer) => Where::Key(pointer.to_string()),
                At::Value(pointer) => Where::Value(pointer.to_string()),
                At::Bytes(span) => Where::Bytes(span.clone()),
            },
        }
    }

    /// The place again; `None` where there is no such text.
    pub(super) fn again(self, sources: &[SourceId]) -> Option<Place> {
        let source = *sources.get(self.source)?;
        Some(match self.at {
            Where::File => Place::file(source),
            Where::Key(pointer) => Place::key(source, pointer.parse().ok()?),
            Where::Value(pointer) => Place::value(source, pointer.parse().ok()?),
            Where::Bytes(span) => Place::bytes(source, span),
        })
    }
}
