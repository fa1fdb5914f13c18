//! Lines that are too long, broken at their brackets: one-line statements in, the same statements in the
//! layout that Python's formatters leave alone out. Templates then print statements and count no columns.
//!
//! Knows brackets, commas, `|` and string literals; knows no grammar beyond.

use std::collections::BTreeSet;

/// Breaks every line of `text` that is wider than `width`; docstrings and comments are left alone.
pub(super) fn break_lines(text: &str, width: usize) -> String {
    let mut out = String::with_capacity(text.len());
    let mut quoted = false;
    for line in text.split_inclusive('\n') {
        let content = line.trim_end_matches('\n');
        let marks = content.matches("\"\"\"").count();
        let plain = !quoted && marks == 0 && !content.trim_start().starts_with('#');
        quoted ^= marks % 2 == 1;
        if plain && columns(content) > width {
            out.push_str(&statement(content, width));
        } else {
            out.push_str(content);
        }
        out.push_str(line.get(content.len()..).unwrap_or_default());
    }
    out
}

/// The identifiers of a source text, those in string literals and comments left out.
pub(super) fn code_words(text: &str) -> Vec<String> {
    let mut words = BTreeSet::new();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let length = if first == '#' {
            rest.find('\n').unwrap_or(rest.len())
        } else if let Some(length) = literal(rest) {
            length
        } else if first.is_alphabetic() || first == '_' {
            let end = |character: char| !(character.is_alphanumeric() || character == '_');
            let length = rest.find(end).unwrap_or(rest.len());
            let word = rest.get(..length).unwrap_or_default();
            let opens = rest
                .get(length..)
                .is_some_and(|rest| rest.starts_with(['"', '\'']));
            if !(opens && matches!(word, "r" | "b" | "f")) {
                words.insert(word.to_owned());
            }
            length
        } else {
            first.len_utf8()
        };
        rest = rest.get(length..).unwrap_or_default();
    }
    words.into_iter().collect()
}

/// The length of the string literal that `text` begins with. A backslash hides what follows it, in raw literals too.
fn literal(text: &str) -> Option<usize> {
    let quote = ["\"\"\"", "\"", "'"]
        .into_iter()
        .find(|quote| text.starts_with(quote))?;
    let mut at = quote.len();
    loop {
        let rest = text.get(at..).filter(|rest| !rest.is_empty());
        let Some(rest) = rest else {
            return Some(text.len());
        };
        if rest.starts_with(quote) {
            return Some(at + quote.len());
        }
        let mut characters = rest.chars();
        if characters.next() == Some('\\') {
            at += 1;
            at += characters.next().map_or(0, char::len_utf8);
        } else {
            at += rest.chars().next().map_or(1, char::len_utf8);
        }
    }
}

/// The columns a text takes; characters of East Asia take two.
fn columns(text: &str) -> usize {
    let wide = |character: char| matches!(u32::from(character), 0x1100..=0x115f | 0x2e80..=0xa4cf | 0xac00..=0xd7a3 | 0xf900..=0xfaff | 0xfe30..=0xfe6f | 0xff00..=0xff60 | 0xffe0..=0xffe6 | 0x1f300..=0x1faff | 0x20000..=0x3fffd);
    text.chars().map(|it| if wide(it) { 2 } else { 1 }).sum()
}

/// A part of an expression.
#[derive(Debug)]
enum Piece<'a> {
    /// Text without brackets that could be broken.
    Text(&'a str),
    /// Brackets with what stands between them, cut at the commas.
    Group {
        text: &'a str,
        items: Vec<Vec<Piece<'a>>>,
    },
}

impl<'a> Piece<'a> {
    fn text(&self) -> &'a str {
        match self {
            Self::Text(text) | Self::Group { text, .. } => text,
        }
    }
}

/// Reads an expression up to a closing bracket or the end; returns the items between commas and how far it read.
fn read<'a>(text: &'a str, commas: bool) -> (Vec<Vec<Piece<'a>>>, usize) {
    let mut items = vec![Vec::new()];
    let mut start = 0;
    let mut at = 0;
    let push = |items: &mut Vec<Vec<Piece<'a>>>, from: usize, to: usize| {
        if let (Some(item), Some(part)) = (items.last_mut(), text.get(from..to))
            && !part.is_empty()
        {
            item.push(Piece::Text(part));
        }
    };
    while let Some(rest) = text.get(at..).filter(|rest| !rest.is_empty()) {
        let first = rest.chars().next().unwrap_or_default();
        if let Some(length) = literal(rest) {
            at += length;
        } else if matches!(first, '(' | '[' | '{') {
            let (inner, length) = read(rest.get(1..).unwrap_or_default(), true);
            let end = (at + length + 2).min(text.len());
            if inner.iter().any(|item| !item.is_empty()) {
                push(&mut items, start, at);
                if let (Some(item), Some(text)) = (items.last_mut(), text.get(at..end)) {
                    item.push(Piece::Group { text, items: inner });
                }
                start = end;
            }
            at = end;
        } else if matches!(first, ')' | ']' | '}') {
            break;
        } else if first == ',' && commas {
            push(&mut items, start, at);
            items.push(Vec::new());
            at += 1;
            at += usize::from(text.get(at..).is_some_and(|rest| rest.starts_with(' ')));
            start = at;
        } else {
            at += first.len_utf8();
        }
    }
    push(&mut items, start, at);
    (items, at)
}

fn flat(pieces: &[Piece<'_>]) -> String {
    pieces.iter().map(Piece::text).collect()
}

/// Where `needle` stands outside brackets and string literals.
fn outside(text: &str, needle: &str) -> Option<usize> {
    if !text.contains(needle) {
        return None;
    }
    let (items, _) = read(text, false);
    let mut at = 0;
    for piece in items.first()? {
        if let Piece::Text(part) = piece {
            let mut from = 0;
            while let Some(rest) = part.get(from..).filter(|rest| !rest.is_empty()) {
                if rest.starts_with(needle) {
                    return Some(at + from);
                }
                from += literal(rest).unwrap_or(rest.chars().next().map_or(1, char::len_utf8));
            }
        }
        at += piece.text().len();
    }
    None
}

/// A statement that is too wide, broken.
fn statement(line: &str, width: usize) -> String {
    let content = line.trim_start();
    let indent = line.len() - content.len();
    let layout = Layout { width };
    let (head, rest) = if let Some((head, names)) = content.split_once(" import ") {
        let names = names.replace(", ", ",\n    ");
        return format!("{head} import (\n    {names},\n)");
    } else if let Some(rest) = content.strip_prefix("return ") {
        ("return ", rest)
    } else {
        let equals = outside(content, " = ").unwrap_or(content.len());
        match outside(content, ": ").filter(|colon| *colon < equals) {
            Some(colon) => content.split_at(colon + 2),
            None if equals < content.len() => content.split_at(equals + 3),
            None => ("", content),
        }
    };
    let mut out = format!("{}{head}", " ".repeat(indent));
    match outside(rest, " = ") {
        Some(equals) => {
            let (annotation, value) = rest.split_at(equals);
            let value = value.get(3..).unwrap_or_default();
            // Formatters leave an annotation whole if the bracket of its value still fits behind it.
            out.push_str(&layout.whole(annotation, indent, columns(&out), " = (".len()));
            out.push_str(" = ");
            let column = columns(out.rsplit('\n').next().unwrap_or_default());
            out.push_str(&layout.value(value, indent, column));
        }
        None => {
            let column = columns(&out);
            out.push_str(&if head.is_empty() {
                layout.whole(rest, indent, column, 0)
            } else {
                layout.value(rest, indent, column)
            });
        }
    }
    out
}

struct Layout {
    width: usize,
}

impl Layout {
    /// An expression that no brackets surround yet; `after` columns follow it on its last line.
    fn whole(&self, text: &str, indent: usize, column: usize, after: usize) -> String {
        if column + columns(text) + after <= self.width {
            return text.to_owned();
        }
        if outside(text, " | ").is_none() {
            return self.item(&first_item(text), indent, column, after);
        }
        let inner = self.item(&first_item(text), indent + 4, indent + 4, 0);
        let outer = " ".repeat(indent);
        format!("(\n{outer}    {inner}\n{outer})")
    }

    /// What a name is given: in brackets of its own where it has none, or they are too far right.
    fn value(&self, text: &str, indent: usize, column: usize) -> String {
        let opens = text.find(['(', '[', '{']).map(|at| column + at + 1);
        let plain = opens.is_none() && outside(text, " | ").is_none();
        let fits = column + columns(text) <= self.width;
        let own = column < self.width && (!plain || indent + 4 + columns(text) <= self.width);
        if fits || opens.is_some_and(|it| it <= self.width) || !own {
            return self.whole(text, indent, column, 0);
        }
        let outer = " ".repeat(indent);
        let inner = self.item(&first_item(text), indent + 4, indent + 4, 0);
        let inner = format!("{outer}    {inner}");
        if inner.lines().any(|line| columns(line) > self.width) {
            return self.whole(text, indent, column, 0);
        }
        format!("(\n{inner}\n{outer})")
    }

    /// An expression between brackets.
    fn item(&self, pieces: &[Piece<'_>], indent: usize, column: usize, after: usize) -> String {
        let text = flat(pieces);
        if column + columns(&text) + after <= self.width {
            return text;
        }
        if outside(&text, " | ").is_some() {
            return self.operands(&text, indent, column, after);
        }
        let last = pieces
            .iter()
            .rposition(|it| matches!(it, Piece::Group { .. }));
        let Some((before, Some((Piece::Group { text, items }, behind)))) = last
            .map(|last| pieces.split_at(last))
            .map(|(a, b)| (a, b.split_first()))
        else {
            return text;
        };
        let before = flat(before);
        let lone = items.len() == 1 && text.starts_with('[') && !before.is_empty();
        let comma = if lone { "" } else { "," };
        let inner = " ".repeat(indent + 4);
        let mut out = format!("{before}{}\n", text.get(..1).unwrap_or_default());
        for item in items.iter().filter(|item| !item.is_empty()) {
            let item = self.item(item, indent + 4, indent + 4, comma.len());
            out.extend([inner.as_str(), item.as_str(), comma, "\n"]);
        }
        let close = text.get(text.len() - 1..).unwrap_or_default();
        format!("{out}{}{close}{}", " ".repeat(indent), flat(behind))
    }

    /// What stands between `|`, each on a line of its own.
    fn operands(&self, text: &str, indent: usize, column: usize, after: usize) -> String {
        let (mut rest, mut column, mut out) = (text, column, String::new());
        while let Some(bar) = outside(rest, " | ") {
            let (left, right) = rest.split_at(bar);
            out.push_str(&self.item(&first_item(left), indent, column, 0));
            out.extend(["\n", &" ".repeat(indent), "| "]);
            rest = right.get(3..).unwrap_or_default();
            column = indent + 2;
        }
        out.push_str(&self.item(&first_item(rest), indent, column, after));
        out
    }
}

fn first_item(text: &str) -> Vec<Piece<'_>> {
    let (items, _) = read(text, false);
    items.into_iter().next().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_broken_at_brackets() {
        let text = "    x: Annotated[int, Field(ge=1, le=2)] | None = None\n";
        assert_eq!(break_lines(text, 88), text);
        assert_eq!(
            break_lines(text, 48),
            "    x: (\n        Annotated[int, Field(ge=1, le=2)] | None\n    ) = None\n"
        );
        assert_eq!(
            break_lines("x = f(a, g(\"),\", [1, 2]), list[b])\n", 20),
            "x = f(\n    a,\n    g(\"),\", [1, 2]),\n    list[b],\n)\n"
        );
        assert_eq!(
            break_lines("\"\"\"a(b, c)\nd(e, f)\n\"\"\"\n", 4),
            "\"\"\"a(b, c)\nd(e, f)\n\"\"\"\n"
        );
    }

    #[test]
    fn words_are_those_of_the_code() {
        let words = code_words("x: Any = r\"Field\"  # Literal\n\"\"\"List\"\"\"\n");
        assert_eq!(words, ["Any", "x"]);
    }
}
