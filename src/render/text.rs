//! Findings in rustc's look: title, the lines they speak of with labels, notes and help.

use annotate_snippets::{
    AnnotationKind, Element, Group, Level, Origin, Renderer, Snippet, renderer::DecorStyle,
};

use crate::diagnostic::{Diagnostic, Severity};
use crate::report::{Places, Report};
use crate::source::{SourceId, Sources, Span};

/// All findings, with colours if `styled`, each followed by an empty line.
pub fn text(report: &Report, sources: &Sources, styled: bool) -> String {
    let renderer = if styled {
        Renderer::styled()
    } else {
        Renderer::plain()
    };
    let renderer = renderer.decor_style(DecorStyle::Ascii).term_width(120);
    let mut places = Places::new(sources);
    let mut out = String::new();
    for diagnostic in &report.diagnostics {
        let group = group(diagnostic, sources, &mut places);
        out.push_str(&renderer.render(&[group]));
        out.push_str("\n\n");
    }
    out
}

fn group<'a>(
    diagnostic: &'a Diagnostic,
    sources: &'a Sources,
    places: &mut Places<'_>,
) -> Group<'a> {
    let level = match diagnostic.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Note => Level::NOTE,
    };
    let level = match &diagnostic.accepted {
        Some(_) => Level::NOTE.with_name("accepted"),
        None => level,
    };
    let title = level
        .primary_title(&diagnostic.message)
        .id(diagnostic.code.name);
    let mut group = Group::with_title(title);
    for element in snippets(diagnostic, sources, places) {
        group = group.element(element);
    }
    for note in &diagnostic.notes {
        group = group.element(Level::NOTE.message(note));
    }
    match &diagnostic.accepted {
        Some(accepted) => group.element(Level::NOTE.message(format!("accepted: {accepted}"))),
        None => {
            let help = diagnostic.help.iter();
            group.elements(help.map(|help| Level::HELP.message(help)))
        }
    }
}

/// One snippet a source, in the order the labels name them; the first label is the main one.
fn snippets<'a>(
    diagnostic: &'a Diagnostic,
    sources: &'a Sources,
    places: &mut Places<'_>,
) -> Vec<Element<'a>> {
    let mut order: Vec<SourceId> = Vec::new();
    for label in &diagnostic.labels {
        if !order.contains(&label.place.source) {
            order.push(label.place.source);
        }
    }
    order
        .into_iter()
        .map(|id| element(id, diagnostic, sources, places))
        .collect()
}

fn element<'a>(
    id: SourceId,
    diagnostic: &'a Diagnostic,
    sources: &'a Sources,
    places: &mut Places<'_>,
) -> Element<'a> {
    let source = sources.get(id);
    let spans: Vec<(usize, Span, &str)> = diagnostic
        .labels
        .iter()
        .enumerate()
        .filter(|(_, label)| label.place.source == id)
        .filter_map(|(index, label)| {
            let span = places.span(label).filter(|_| !source.text.is_empty())?;
            Some((index, first_line(&source.text, span), label.text.as_str()))
        })
        .collect();
    if spans.is_empty() {
        return Origin::path(source.name.as_str()).into();
    }
    let mut snippet = Snippet::source(source.text.as_str())
        .path(source.name.as_str())
        .fold(true);
    for (index, span, label) in spans {
        let kind = if index == 0 {
            AnnotationKind::Primary
        } else {
            AnnotationKind::Context
        };
        let annotation = kind.span(span);
        let annotation = if label.is_empty() {
            annotation
        } else {
            annotation.label(label)
        };
        snippet = snippet.annotation(annotation);
    }
    snippet.into()
}

/// A range cut at the end of its first line, so that a whole object is not drawn.
fn first_line(text: &str, span: Span) -> Span {
    let end = text
        .get(span.clone())
        .and_then(|covered| covered.find('\n'))
        .map_or(span.end, |newline| span.start + newline);
    let end = if text
        .get(span.start..end)
        .is_some_and(|covered| covered.ends_with('\r'))
    {
        end - 1
    } else {
        end
    };
    span.start..end
}
