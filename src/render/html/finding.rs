//! Findings on the page: a finding in; its words and the lines that it speaks of out.

use serde::Serialize;

use crate::diagnostic::{Diagnostic, Label, Severity};
use crate::report::{Places, fingerprint};
use crate::source::Sources;

/// One finding.
#[derive(Debug, Serialize)]
pub(super) struct Finding {
    class: &'static str,
    code: &'static str,
    message: String,
    excerpts: Vec<Excerpt>,
    notes: Vec<String>,
    help: Vec<String>,
    accepted: Option<String>,
    fingerprint: String,
}

/// Lines of a file with the place that a label means.
#[derive(Debug, Serialize)]
struct Excerpt {
    file: String,
    label: String,
    lines: Vec<Line>,
}

#[derive(Debug, Serialize)]
struct Line {
    number: usize,
    before: String,
    marked: String,
    after: String,
}

impl Finding {
    /// What was to the left of what is, as the versions stand side by side; whole files are named there.
    pub(super) fn within_pair(&mut self) {
        self.excerpts.retain(|it| !it.lines.is_empty());
        if let [new, old] = self.excerpts.as_mut_slice()
            && new.file != old.file
        {
            std::mem::swap(new, old);
        }
    }
}

/// Makes findings out of diagnostics.
pub(super) struct Findings<'a> {
    sources: &'a Sources,
    places: Places<'a>,
}

impl<'a> Findings<'a> {
    /// For findings in `sources`.
    pub(super) fn new(sources: &'a Sources) -> Self {
        Self {
            sources,
            places: Places::new(sources),
        }
    }

    /// A finding as the page shows it.
    pub(super) fn of(&mut self, found: &Diagnostic) -> Finding {
        Finding {
            class: match (&found.accepted, found.severity) {
                (Some(_), _) => "accepted",
                (None, Severity::Error) => "error",
                (None, Severity::Warning) => "warning",
                (None, Severity::Note) => "note",
            },
            code: found.code.name,
            message: found.message.clone(),
            excerpts: found.labels.iter().map(|it| self.excerpt(it)).collect(),
            notes: found.notes.clone(),
            help: found.help.clone(),
            accepted: found.accepted.as_ref().map(ToString::to_string),
            fingerprint: fingerprint(found, self.sources),
        }
    }

    /// The line of a label and its neighbours, the marked part cut out.
    fn excerpt(&mut self, label: &Label) -> Excerpt {
        let source = self.sources.get(label.place.source);
        let span = self.places.span(label);
        let lines = span.map_or_else(Vec::new, |span| {
            let (line, _) = source.line_column(span.start);
            let start = source.text[..span.start].rfind('\n').map_or(0, |at| at + 1);
            let numbered = (1..).zip(source.text.lines());
            let near =
                numbered.filter(|(number, _)| (line.saturating_sub(1)..=line + 1).contains(number));
            near.map(|(number, text)| {
                let (from, to) = if number == line {
                    (span.start - start, (span.end - start).min(text.len()))
                } else {
                    (text.len(), text.len())
                };
                let (before, rest) = text.split_at(from.min(text.len()));
                let (marked, after) = rest.split_at(to.saturating_sub(before.len()));
                Line {
                    number,
                    before: before.to_owned(),
                    marked: marked.to_owned(),
                    after: after.to_owned(),
                }
            })
            .collect()
        });
        Excerpt {
            file: source.name.clone(),
            // The mark says it.
            label: label
                .text
                .strip_prefix("here")
                .unwrap_or(&label.text)
                .to_owned(),
            lines,
        }
    }
}
