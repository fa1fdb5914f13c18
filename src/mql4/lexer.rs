//! Text in, tokens out, with every fault a single token can have.
//!
//! Knows the shape of literals and comments; knows no grammar and no names.

use super::fault::{Faults, Position};

/// The longest identifier MQL4 tells apart.
const NAME_LIMIT: usize = 63;
/// Digits a `double` literal surely keeps.
const DIGIT_LIMIT: usize = 15;

/// A token's kind and what it carries.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Lexeme<'a> {
    Word(&'a str),
    Integer(&'a str),
    Real(&'a str),
    /// What stands between the quotes, escapes as written.
    Text(&'a str),
    Character(u16),
    Mark(&'static str),
    /// A whole preprocessor line.
    Directive(&'a str),
    End,
}

/// A lexeme and where it starts.
#[derive(Debug, Clone, Copy)]
pub(super) struct Token<'a> {
    pub(super) lexeme: Lexeme<'a>,
    pub(super) at: Position,
}

/// Longest first, so that the first match is the right one.
const MARKS: &[&str] = &[
    "<<=", ">>=", "<<", ">>", "<=", ">=", "==", "!=", "&&", "||", "++", "--", "+=", "-=", "*=",
    "/=", "%=", "&=", "|=", "^=", "::", "->", "+", "-", "*", "/", "%", "=", "<", ">", "!", "&",
    "|", "^", "~", "?", ":", ";", ",", ".", "(", ")", "{", "}", "[", "]",
];

/// Splits a text into tokens; the last is always `End`.
pub(super) fn tokens<'a>(text: &'a str, faults: &mut Faults) -> Vec<Token<'a>> {
    let mut lexer = Lexer {
        text,
        offset: 0,
        line: 1,
        line_start: 0,
        faults,
    };
    let mut tokens = Vec::new();
    while lexer.skip_blank() {
        let at = lexer.here();
        if let Some(lexeme) = lexer.lexeme(at) {
            tokens.push(Token { lexeme, at });
        }
    }
    tokens.push(Token {
        lexeme: Lexeme::End,
        at: lexer.here(),
    });
    tokens
}

struct Lexer<'a, 'f> {
    text: &'a str,
    offset: usize,
    line: usize,
    line_start: usize,
    faults: &'f mut Faults,
}

impl<'a> Lexer<'a, '_> {
    fn here(&self) -> Position {
        Position {
            line: self.line,
            column: self.offset - self.line_start + 1,
        }
    }

    fn rest(&self) -> &'a str {
        self.text.get(self.offset..).unwrap_or("")
    }

    fn peek(&self) -> Option<char> {
        self.rest().chars().next()
    }

    fn bump(&mut self, c: char) {
        self.offset += c.len_utf8();
        if c == '\n' {
            self.line += 1;
            self.line_start = self.offset;
        }
    }

    /// Takes characters while they fit and returns them.
    fn take_while(&mut self, fits: impl Fn(char) -> bool) -> &'a str {
        let rest = self.rest();
        let taken = rest
            .find(|c| !fits(c))
            .map_or(rest, |end| rest.split_at(end).0);
        self.offset += taken.len();
        taken
    }

    /// Skips blanks and comments; false at the end of the text.
    fn skip_blank(&mut self) -> bool {
        while let Some(c) = self.peek() {
            if self.rest().starts_with("//") {
                self.comment("\n", 2);
            } else if self.rest().starts_with("/*") {
                self.comment("*/", 2);
            } else if matches!(c, ' ' | '\t' | '\r' | '\n') {
                self.bump(c);
            } else {
                return true;
            }
        }
        false
    }

    fn comment(&mut self, end: &str, opening: usize) {
        let at = self.here();
        let rest = self.rest();
        let inside = rest.get(opening..).unwrap_or("");
        let length = match inside.find(end) {
            Some(found) => opening + found + if end == "\n" { 0 } else { end.len() },
            None if end == "\n" => rest.len(),
            None => {
                self.faults.add(
                    "unterminated-comment",
                    at,
                    "this comment never ends",
                    "add `*/`",
                );
                rest.len()
            }
        };
        for c in rest.split_at(length).0.chars() {
            self.plain(c);
            self.bump(c);
        }
    }

    /// Reports a character that may stand nowhere in the text.
    fn plain(&mut self, c: char) {
        let at = self.here();
        if !c.is_ascii() {
            self.faults.add(
                "non-ascii",
                at,
                format!("`{c}` is not ASCII"),
                "write it as `\\xNNNN` in a string; MetaEditor misreads UTF-8 without a mark",
            );
        } else if c.is_ascii_control() && !matches!(c, '\t' | '\r' | '\n') {
            let message = format!("control character {:#04x}", u32::from(c));
            self.faults
                .add("control-character", at, message, "remove it");
        }
    }

    fn lexeme(&mut self, at: Position) -> Option<Lexeme<'a>> {
        let c = self.peek()?;
        if c == '#' {
            return Some(self.directive());
        }
        if c.is_ascii_alphabetic() || c == '_' {
            return Some(self.word(at));
        }
        if c.is_ascii_digit() {
            return self.number(at);
        }
        if c == '"' || c == '\'' {
            return self.quoted(c, at);
        }
        if let Some(mark) = MARKS.iter().find(|mark| self.rest().starts_with(**mark)) {
            self.offset += mark.len();
            return Some(Lexeme::Mark(mark));
        }
        self.plain(c);
        if c.is_ascii() && !c.is_ascii_control() {
            self.faults.add(
                "syntax",
                at,
                format!("`{c}` has no meaning here"),
                "remove it",
            );
        }
        self.bump(c);
        None
    }

    /// A preprocessor line; of `#define` only up to the name, what follows is tokens of that line.
    fn directive(&mut self) -> Lexeme<'a> {
        let start = self.offset;
        self.bump('#');
        if self.take_while(|c| c.is_ascii_alphabetic()) == "define" {
            self.take_while(|c| matches!(c, ' ' | '\t'));
            self.take_while(|c| c.is_ascii_alphanumeric() || c == '_');
        } else {
            while let Some(c) = self.peek().filter(|c| !matches!(c, '\n' | '\r')) {
                if self.rest().starts_with("//") {
                    break;
                }
                self.plain(c);
                self.bump(c);
            }
        }
        Lexeme::Directive(self.text.get(start..self.offset).unwrap_or("").trim_end())
    }

    fn word(&mut self, at: Position) -> Lexeme<'a> {
        let word = self.take_while(|c| c.is_ascii_alphanumeric() || c == '_');
        if word.len() > NAME_LIMIT {
            self.faults.add(
                "identifier-length",
                at,
                format!("`{word}` has {} characters", word.len()),
                "MQL4 tells identifiers apart by 63 characters: shorten it",
            );
        }
        Lexeme::Word(word)
    }

    fn number(&mut self, at: Position) -> Option<Lexeme<'a>> {
        let start = self.offset;
        if self.rest().starts_with("0x") || self.rest().starts_with("0X") {
            self.offset += 2;
            let digits = self.take_while(|c| c.is_ascii_hexdigit());
            self.suffix(at);
            if u64::from_str_radix(digits, 16).is_ok_and(|value| value > 0x7FFF_FFFF) {
                let message = format!("`0x{digits}` does not fit an int");
                self.faults
                    .add("hex-mask", at, message, "cast to `uint` instead of masking");
            } else if digits.is_empty() {
                self.faults.add(
                    "integer-literal",
                    at,
                    "`0x` has no digits",
                    "write the digits",
                );
            }
            return self.text.get(start..self.offset).map(Lexeme::Integer);
        }
        let whole = self.take_while(|c| c.is_ascii_digit());
        let mut real = false;
        if self.rest().starts_with('.') {
            real = true;
            self.offset += 1;
            if self.take_while(|c| c.is_ascii_digit()).is_empty() {
                let help = "write at least one digit after the point";
                self.faults
                    .add("double-literal", at, "this number ends in a point", help);
            }
        }
        if matches!(self.peek(), Some('e' | 'E')) {
            real = true;
            self.offset += 1;
            if matches!(self.peek(), Some('+' | '-')) {
                self.offset += 1;
            }
            if self.take_while(|c| c.is_ascii_digit()).is_empty() {
                let help = "write the exponent";
                self.faults
                    .add("double-literal", at, "this exponent has no digits", help);
            }
        }
        let text = self.text.get(start..self.offset)?;
        self.suffix(at);
        if real {
            self.real(text, at);
            return Some(Lexeme::Real(text));
        }
        if whole.parse::<i64>().is_ok_and(|value| value != i64::MAX) {
            if whole.len() > 1 && whole.starts_with('0') {
                let message = format!("`{whole}` starts with a zero");
                self.faults
                    .add("integer-literal", at, message, "remove the leading zeros");
            }
        } else {
            let message = format!("`{whole}` is not below LONG_MAX");
            self.faults.add(
                "integer-literal",
                at,
                message,
                "write `LONG_MAX` or compute it",
            );
        }
        Some(Lexeme::Integer(text))
    }

    fn real(&mut self, text: &str, at: Position) {
        let mantissa = text.split(['e', 'E']).next().unwrap_or("");
        let digits: String = mantissa.chars().filter(char::is_ascii_digit).collect();
        let digits = digits.trim_matches('0').len();
        if digits > DIGIT_LIMIT {
            let help = "write an exact mantissa times a power of two";
            let message = format!("`{text}` has {digits} significant digits");
            self.faults.add("double-literal", at, message, help);
        }
        if text.parse::<f64>().is_ok_and(f64::is_infinite) {
            let message = format!("`{text}` is not finite");
            self.faults
                .add("double-literal", at, message, "write a smaller number");
        }
    }

    /// A letter straight after a number.
    fn suffix(&mut self, at: Position) {
        let suffix = self.take_while(|c| c.is_ascii_alphanumeric() || c == '_');
        if !suffix.is_empty() {
            let message = format!("`{suffix}` is attached to a number");
            self.faults
                .add("literal-suffix", at, message, "cast the number instead");
        }
    }

    /// A string or a character literal; each must end on its line.
    fn quoted(&mut self, quote: char, at: Position) -> Option<Lexeme<'a>> {
        self.bump(quote);
        let start = self.offset;
        let mut units = 0;
        let mut unit = 0;
        loop {
            let Some(c) = self.peek().filter(|c| !matches!(c, '\n' | '\r')) else {
                self.faults.add(
                    "unterminated-string",
                    at,
                    "this literal never ends",
                    "close it",
                );
                return self.text.get(start..self.offset).map(Lexeme::Text);
            };
            if c == quote {
                break;
            }
            self.plain(c);
            units += 1;
            unit = u16::try_from(u32::from(c)).unwrap_or(0);
            if c == '\\' {
                unit = self.escape();
            } else {
                self.bump(c);
            }
        }
        let inside = self.text.get(start..self.offset)?;
        self.bump(quote);
        if quote == '"' {
            return Some(Lexeme::Text(inside));
        }
        if units != 1 {
            let help = "write exactly one character, or its number";
            self.faults.add(
                "character-literal",
                at,
                format!("'{inside}' is not one unit"),
                help,
            );
        }
        Some(Lexeme::Character(unit))
    }

    /// Takes one escape and returns the UTF-16 unit it stands for.
    fn escape(&mut self) -> u16 {
        let at = self.here();
        self.bump('\\');
        let c = self.peek().unwrap_or('\n');
        let plain = match c {
            'n' => Some(10),
            'r' => Some(13),
            't' => Some(9),
            '\\' | '"' | '\'' => u16::try_from(u32::from(c)).ok(),
            _ => None,
        };
        if let Some(unit) = plain {
            self.bump(c);
            return unit;
        }
        let digits = if c == 'x' {
            self.rest().get(1..5).unwrap_or("")
        } else {
            ""
        };
        if digits.len() == 4 && digits.chars().all(|c| c.is_ascii_hexdigit()) {
            self.offset += 5;
            let unit = u16::from_str_radix(digits, 16).unwrap_or(0);
            if unit == 0 {
                let help = "an MQL4 string ends at U+0000";
                self.faults
                    .add("bad-escape", at, "`\\x0000` cannot be held", help);
            }
            return unit;
        }
        let help = "use \\n \\r \\t \\\\ \\\" \\' or \\x with exactly four digits";
        self.faults.add(
            "bad-escape",
            at,
            format!("`\\{c}` is outside the subset"),
            help,
        );
        if !matches!(c, '\n' | '\r') {
            self.bump(c);
        }
        0
    }
}
