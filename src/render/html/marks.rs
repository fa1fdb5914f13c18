//! Texts as HTML: words in backticks, the paragraphs of an explanation, JSON with its parts told apart.
//!
//! Whatever comes in goes out escaped; the tags are all from here.

use std::fmt::Write as _;

use minijinja::{Environment, Value};

/// Gives templates the filters `prose`, `explained` and `json`.
pub(super) fn install(environment: &mut Environment<'_>) {
    let safe = |text: String| Value::from_safe_string(text);
    environment.add_filter("prose", move |text: &str| safe(prose(text)));
    environment.add_filter("explained", move |text: &str| safe(explained(text)));
    environment.add_filter("json", move |text: &str| safe(json(text)));
}

/// A phrase, with words in backticks as code.
fn prose(text: &str) -> String {
    let mut parts = text.split('`');
    let mut out = escaped(parts.next().unwrap_or_default());
    let mut rest = parts.peekable();
    while let Some(word) = rest.next() {
        if rest.peek().is_none() {
            // A backtick without its other is itself.
            out.push('`');
            out.push_str(&escaped(word));
            break;
        }
        let _ = write!(out, "<code>{}</code>", escaped(word));
        out.push_str(&escaped(rest.next().unwrap_or_default()));
    }
    out
}

/// Paragraphs; those that are indented are code.
fn explained(text: &str) -> String {
    let paragraphs = text.split("\n\n").filter(|it| !it.trim().is_empty());
    paragraphs.fold(String::new(), |out, paragraph| {
        if paragraph.lines().all(|line| line.starts_with("    ")) {
            let lines: Vec<&str> = paragraph
                .lines()
                .map(|line| line.get(4..).unwrap_or_default())
                .collect();
            format!("{out}<pre>{}</pre>", escaped(&lines.join("\n")))
        } else {
            format!("{out}<p>{}</p>", prose(paragraph.trim()))
        }
    })
}

/// A JSON text with names, strings and other scalars told apart.
fn json(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let (class, length) = match first {
            '"' => {
                let length = string(rest);
                let is_name = rest
                    .get(length..)
                    .is_some_and(|after| after.trim_start().starts_with(':'));
                (if is_name { "name" } else { "text" }, length)
            }
            '{' | '}' | '[' | ']' | ',' | ':' | ' ' | '\n' => ("", first.len_utf8()),
            _ => {
                let end = rest.find(['{', '}', '[', ']', ',', ':', ' ', '\n', '"']);
                ("scalar", end.unwrap_or(rest.len()))
            }
        };
        let (token, after) = rest.split_at(length);
        if class.is_empty() {
            out.push_str(&escaped(token));
        } else {
            let _ = write!(out, "<b class=\"{class}\">{}</b>", escaped(token));
        }
        rest = after;
    }
    out
}

/// How long the string is that a text starts with, quotes included.
fn string(text: &str) -> usize {
    let mut is_escape = false;
    let end = text.char_indices().skip(1).find(|(_, character)| {
        let ends = *character == '"' && !is_escape;
        is_escape = *character == '\\' && !is_escape;
        ends
    });
    end.map_or(text.len(), |(at, _)| at + 1)
}

/// A text that stays text, in an element and in an attribute.
fn escaped(text: &str) -> String {
    text.chars().fold(String::new(), |mut out, character| {
        match character {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            other => out.push(other),
        }
        out
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_becomes_a_tag() {
        assert_eq!(
            prose("`<b>` & `x"),
            "<code>&lt;b&gt;</code> &amp; `x".to_owned()
        );
        assert_eq!(
            json("{\n  \"<a>\\\"\": [\"&\", -1]\n}"),
            "{\n  <b class=\"name\">&quot;&lt;a&gt;\\&quot;&quot;</b>: [<b class=\"text\">&quot;&amp;&quot;</b>, <b class=\"scalar\">-1</b>]\n}"
        );
        assert_eq!(
            explained("One `a`.\n\n    { \"<\" }\n"),
            "<p>One <code>a</code>.</p><pre>{ &quot;&lt;&quot; }</pre>"
        );
    }
}
