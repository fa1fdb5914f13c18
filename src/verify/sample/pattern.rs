//! Texts that a regular expression finds itself in: the pattern in; a short and a longer text out.
//!
//! Assertions (`^`, `\b`) are read over, so the texts are proposals; the validator has the last word.

use regex_syntax::hir::{Class, Hir, HirKind};

/// Texts the pattern may match: the shortest way through it, then richer ones.
pub(super) fn texts(pattern: &str) -> Vec<String> {
    let Ok(hir) = regex_syntax::Parser::new().parse(pattern) else {
        return Vec::new();
    };
    let mut out: Vec<String> = Vec::new();
    for (turn, more) in [(0, 0), (0, 2), (1, 0), (2, 1), (3, 1)] {
        let mut text = String::new();
        print(&hir, turn, more, &mut text);
        if text.len() < 10_000 && !text.contains('\0') && !out.contains(&text) {
            out.push(text);
        }
    }
    out
}

fn print(hir: &Hir, turn: usize, more: u32, text: &mut String) {
    match hir.kind() {
        HirKind::Empty | HirKind::Look(_) => {}
        HirKind::Literal(literal) => text.push_str(&String::from_utf8_lossy(&literal.0)),
        HirKind::Class(class) => text.extend(member(class, turn)),
        HirKind::Repetition(repetition) => {
            let most = repetition.max.unwrap_or(u32::MAX);
            for round in 0..repetition.min.saturating_add(more).min(most).min(1000) {
                print(&repetition.sub, turn + round as usize, more, text);
            }
        }
        HirKind::Capture(capture) => print(&capture.sub, turn, more, text),
        HirKind::Concat(parts) => parts.iter().for_each(|part| print(part, turn, more, text)),
        HirKind::Alternation(parts) => {
            if let Some(part) = parts.iter().cycle().nth(turn % parts.len().max(1)) {
                print(part, turn, more, text);
            }
        }
    }
}

/// A character of the class, a letter or digit if it has one.
fn member(class: &Class, turn: usize) -> Option<char> {
    let ranges: Vec<(char, char)> = match class {
        Class::Unicode(class) => class
            .ranges()
            .iter()
            .map(|it| (it.start(), it.end()))
            .collect(),
        Class::Bytes(class) => {
            let ranges = class.ranges().iter();
            ranges
                .map(|it| (char::from(it.start()), char::from(it.end())))
                .collect()
        }
    };
    let has = |character: &char| {
        ranges
            .iter()
            .any(|(low, high)| (low..=high).contains(&character))
    };
    let nice: Vec<char> = ('a'..='z')
        .chain('0'..='9')
        .chain('A'..='Z')
        .filter(has)
        .collect();
    let nice = nice.get(turn % nice.len().max(1)).copied();
    let plain = || (' '..='~').find(has);
    nice.or_else(plain)
        .or_else(|| ranges.first().map(|(low, _)| *low))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_take_the_ways_through_a_pattern() {
        assert_eq!(
            texts("^[0-9]{2}(-(x|y))*$"),
            ["01", "01-x-y", "12", "23-x", "34-y"]
        );
        assert_eq!(texts("("), Vec::<String>::new());
    }
}
