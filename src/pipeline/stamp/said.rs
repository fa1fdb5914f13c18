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
}

#[derive(Serialize, Deserialize)]
struct Label {
    text: String,
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
    pub(super) fn of(diagnostic: &Diagnostic) -> Self {
        let labels = diagnostic.labels.iter().map(|label| Label {
            text: label.text.clone(),
            source: label.place.source.index(),
            at: match &label.place.at {
                At::File => Where::File,
                At::Key(pointer) => Where::Key(pointer.to_string()),
                At::Value(pointer) => Where::Value(pointer.to_string()),
                At::Bytes(span) => Where::Bytes(span.clone()),
            },
        });
        Self {
            code: diagnostic.code.name.to_owned(),
            severity: format!("{:?}", diagnostic.severity),
            message: diagnostic.message.clone(),
            labels: labels.collect(),
            notes: diagnostic.notes.clone(),
            help: diagnostic.help.clone(),
            contract: diagnostic.contract.clone(),
        }
    }

    /// The numbers of the texts it stands in.
    pub(super) fn sources(&self) -> impl Iterator<Item = usize> {
        self.labels.iter().map(|label| label.source)
    }

    /// The finding, its places in the texts of `sources`; `None` where the tool knows no such finding.
    pub(super) fn again(self, sources: &[SourceId]) -> Option<Diagnostic> {
        let code = codes().into_iter().find(|code| code.name == self.code)?;
        let mut severities = SEVERITIES.into_iter();
        let severity = severities.find(|it| format!("{it:?}") == self.severity)?;
        let mut diagnostic = Diagnostic::new(code, self.message);
        diagnostic.severity = severity;
        for label in self.labels {
            let source = *sources.get(label.source)?;
            let place = match label.at {
                Where::File => Place::file(source),
                Where::Key(pointer) => Place::key(source, pointer.parse().ok()?),
                Where::Value(pointer) => Place::value(source, pointer.parse().ok()?),
                Where::Bytes(span) => Place::bytes(source, span),
            };
            diagnostic = diagnostic.at(place, label.text);
        }
        diagnostic.notes = self.notes;
        diagnostic.help = self.help;
        diagnostic.contract = self.contract;
        Some(diagnostic)
    }
}
