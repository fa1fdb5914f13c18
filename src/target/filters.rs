//! What templates may do with a text: write it as a literal, wrap it, join its words.

use minijinja::{Environment, Error, ErrorKind};

use super::layout::{break_lines, code_words};
use super::pattern::{Dialect, translate};
use crate::model::naming::{Case, identifier};

/// Gives an environment every filter of ours.
pub(super) fn install(environment: &mut Environment<'static>) {
    environment.add_filter("quote_json", |text: &str| {
        serde_json::Value::String(text.to_owned()).to_string()
    });
    super::mql4::install(environment);
    environment.add_filter("quote_rust", |text: &str| format!("{text:?}"));
    environment.add_filter("quote_mql4", mql4);
    environment.add_filter("quote_python", python);
    environment.add_filter("python_value", python_value);
    environment.add_filter("python_docstring", docstring);
    environment.add_filter("keywords", keywords);
    environment.add_filter("rust_pattern", |text: &str| translate(text, Dialect::Rust));
    environment.add_filter("python_pattern", |text: &str| {
        translate(text, Dialect::Python)
    });
    environment.add_filter("break_lines", break_lines);
    environment.add_filter("code_words", code_words);
    environment.add_filter("wrap", wrap);
    environment.add_filter("pascal", |text: &str| identifier(text, Case::Pascal));
    environment.add_filter("camel", |text: &str| identifier(text, Case::Camel));
    environment.add_filter("snake", |text: &str| identifier(text, Case::Snake));
    environment.add_filter("kebab", |text: &str| identifier(text, Case::Kebab));
    environment.add_filter("screaming_snake", |text: &str| {
        identifier(text, Case::ScreamingSnake)
    });
}

/// A string of MQL4: ASCII, everything else as `\x` and four digits a UTF-16 unit. For U+0000, which MQL4
/// cannot hold, stands half a surrogate pair: readers refuse both, so nothing is ever equal to it.
pub(super) fn mql4(text: &str) -> String {
    let mut out = String::from("\"");
    for unit in text.encode_utf16() {
        match char::from_u32(u32::from(unit)) {
            Some('"') => out.push_str("\\\""),
            Some('\\') => out.push_str("\\\\"),
            Some('\0') => out.push_str("\\xD800"),
            Some('\n') => out.push_str("\\n"),
            Some('\r') => out.push_str("\\r"),
            Some('\t') => out.push_str("\\t"),
            Some(character @ ' '..='~') => out.push(character),
            _ => out.push_str(&utf16_escape(unit)),
        }
    }
    out.push('"');
    out
}

fn utf16_escape(unit: u16) -> String {
    format!("\\x{unit:04X}")
}

/// A string of Python as its formatters leave it: double quotes unless single ones spare escapes, raw where backslashes are many.
pub(super) fn python(text: &str) -> String {
    let printable = text.chars().all(|character| !escaped(character));
    let raw = printable && text.contains('\\') && !text.contains(['"', '\'']);
    if raw && !text.ends_with('\\') {
        return format!("r\"{text}\"");
    }
    let count = |quote| text.matches(quote).count();
    let quote = if count('"') > count('\'') { '\'' } else { '"' };
    let mut out = String::from(quote);
    for character in text.chars() {
        match character {
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            _ if character == quote => out.extend(['\\', quote]),
            _ if escaped(character) => {
                let code = u32::from(character);
                let escape = match code {
                    0..=0xff => format!("\\x{code:02x}"),
                    0x100..=0xffff => format!("\\u{code:04x}"),
                    _ => format!("\\U{code:08x}"),
                };
                out.push_str(&escape);
            }
            _ => out.push(character),
        }
    }
    out.push(quote);
    out
}

/// Whether a character would not be seen, or be taken for another, in a source text.
fn escaped(character: char) -> bool {
    character.is_control()
        || (character.is_whitespace() && character != ' ')
        || matches!(u32::from(character), 0x200b..=0x200f | 0x202a..=0x202e | 0x2060..=0x2069 | 0xfeff | 0xfff0..=0xffff | 0xe000..=0xf8ff | 0xf0000..)
}

/// Keyword arguments as Python writes them: `name=value`, those without a value left out.
fn keywords(arguments: &minijinja::Value) -> Result<String, Error> {
    let mut written = Vec::new();
    for name in arguments.try_iter()? {
        let value = arguments.get_item(&name)?;
        if !value.is_none() && !value.is_undefined() {
            written.push(format!("{name}={value}"));
        }
    }
    Ok(written.join(", "))
}

/// A JSON text as an expression of Python.
fn python_value(json: &str) -> Result<String, Error> {
    let value: serde_json::Value = serde_json::from_str(json).map_err(|error| {
        Error::new(ErrorKind::InvalidOperation, "not a JSON text").with_source(error)
    })?;
    Ok(python_expression(&value))
}

fn python_expression(value: &serde_json::Value) -> String {
    use serde_json::Value;
    match value {
        Value::Null => "None".to_owned(),
        Value::Bool(true) => "True".to_owned(),
        Value::Bool(false) => "False".to_owned(),
        Value::Number(number) => number.to_string().to_lowercase().replace("e+", "e"),
        Value::String(text) => python(text),
        Value::Array(items) => {
            let items: Vec<String> = items.iter().map(python_expression).collect();
            format!("[{}]", items.join(", "))
        }
        Value::Object(members) => {
            let members = members.iter();
            let members: Vec<String> = members
                .map(|(name, value)| format!("{}: {}", python(name), python_expression(value)))
                .collect();
            format!("{{{}}}", members.join(", "))
        }
    }
}

/// A text that may stand between `"""` and `"""`.
fn docstring(text: &str) -> String {
    let text = text.replace('\\', "\\\\").replace("\"\"\"", "\\\"\\\"\\\"");
    let text: String = text
        .chars()
        .map(|character| match character {
            '\n' => character,
            _ if escaped(character) => ' ',
            _ => character,
        })
        .collect();
    match text.strip_suffix('"') {
        Some(rest) if !rest.ends_with('\\') => format!("{rest}\\\""),
        _ => text,
    }
}

/// The lines of a text at most `width` characters wide, cut at spaces; a word that is wider stands alone.
/// Empty lines part paragraphs and are kept, one at a time.
pub(super) fn wrap(text: &str, width: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for paragraph in text.trim().lines() {
        let mut words = paragraph.split_whitespace().peekable();
        if words.peek().is_none() {
            if lines.last().is_some_and(|line| !line.is_empty()) {
                lines.push(String::new());
            }
            continue;
        }
        let mut line = String::new();
        for word in words {
            let wide = line.chars().count() + 1 + word.chars().count() > width;
            if wide && !line.is_empty() {
                lines.push(std::mem::take(&mut line));
            }
            if !line.is_empty() {
                line.push(' ');
            }
            line.push_str(word);
        }
        lines.push(line);
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn literals_hold_every_character() {
        assert_eq!(mql4("a\"é\u{1f600}"), "\"a\\\"\\x00E9\\xD83D\\xDE00\"");
        assert_eq!(python("it's"), "\"it's\"");
        assert_eq!(python("say \"hi\""), "'say \"hi\"'");
        assert_eq!(python("^\\d+$"), "r\"^\\d+$\"");
        assert_eq!(python("a\\"), "\"a\\\\\"");
        assert_eq!(python("\u{0}é"), "\"\\x00é\"");
        assert_eq!(
            python_value(r#"{"a": [1e+3, null]}"#).unwrap(),
            "{\"a\": [1e3, None]}"
        );
    }

    #[test]
    fn paragraphs_are_wrapped() {
        assert_eq!(
            wrap("one two three\n\n\nfour", 8),
            ["one two", "three", "", "four"]
        );
        assert!(wrap("  ", 8).is_empty());
    }
}
