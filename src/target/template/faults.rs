//! What goes wrong with templates, said once: faults of a template in; findings in the template's own text out.

use std::collections::{BTreeMap, BTreeSet};

use minijinja::Error;

use crate::diagnostic::{Diagnostic, Diagnostics, Place};
use crate::source::Sources;
use crate::target::patterns::Missing;
use crate::target::{PATH_REPEATED, PATTERN_UNHELD, TEMPLATE_INVALID, Target};

/// Who made each file, so that a path given twice is found.
#[derive(Default)]
pub(super) struct Makers(BTreeMap<String, String>);

impl Makers {
    pub(super) fn add(&mut self, path: &str, maker: &str, faults: &mut Faults<'_>) {
        if let Some(other) = self.0.insert(path.to_owned(), maker.to_owned()) {
            let target = &faults.target.name;
            let message = format!("target `{target}` writes `{path}` for `{other}` and `{maker}`");
            faults
                .diagnostics
                .push(Diagnostic::new(&PATH_REPEATED, message));
        }
    }
}

/// Reports each fault of a template once, however many modules meet it.
pub(super) struct Faults<'a> {
    target: &'a Target,
    sources: &'a mut Sources,
    diagnostics: &'a mut Diagnostics,
    seen: BTreeSet<String>,
}

impl<'a> Faults<'a> {
    pub(super) fn new(
        target: &'a Target,
        sources: &'a mut Sources,
        diagnostics: &'a mut Diagnostics,
    ) -> Self {
        Self {
            target,
            sources,
            diagnostics,
            seen: BTreeSet::new(),
        }
    }

    /// A pattern that the target does not check.
    pub(super) fn missing(&mut self, label: &str, missing: Missing) {
        let Missing {
            pattern,
            origin,
            why,
        } = missing;
        let target = &self.target.name;
        let message =
            format!("target `{target}` does not check the pattern `{pattern}` of `{label}`");
        let note = format!("{why}; it stands at or below `{origin}`");
        let diagnostic = Diagnostic::new(&PATTERN_UNHELD, message)
            .about(label)
            .note(note);
        self.diagnostics.push(diagnostic);
    }

    pub(super) fn report(&mut self, error: &Error) {
        let message = match error.detail() {
            Some(detail) => format!("{}: {detail}", error.kind()),
            None => error.kind().to_string(),
        };
        let name = error.name().unwrap_or("target.toml").to_owned();
        if !self
            .seen
            .insert(format!("{name}:{:?}:{message}", error.line()))
        {
            return;
        }
        let text = match name.strip_prefix("types.") {
            Some(kind) => self.target.manifest.types.get(kind),
            None => self.target.files.get(&name),
        };
        let text = text.cloned().unwrap_or_default();
        let span = line_span(&text, error.line());
        let file = format!("generators/{}/{name}", self.target.name);
        let source = self.sources.add(file, text);
        self.diagnostics.push(
            Diagnostic::new(&TEMPLATE_INVALID, message).at(Place::bytes(source, span), "here"),
        );
    }
}

/// The bytes of a line, its indentation left out.
fn line_span(text: &str, line: Option<usize>) -> std::ops::Range<usize> {
    let mut start = 0;
    for (index, content) in text.split_inclusive('\n').enumerate() {
        if Some(index + 1) == line {
            let indent = content.len() - content.trim_start().len();
            return start + indent..start + content.trim_end().len().max(indent);
        }
        start += content.len();
    }
    0..0
}
