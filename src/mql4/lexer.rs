//! Text in, tokens out, with every fault a single token can have.
//!
//! Knows blanks, comments and words; literals are in `literal`. Knows no grammar and no names.

use super::fault::{Faults, Position};

/// The longest identifier MQL4 tells apart.
const NAME_LIMIT: usize = 63;

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

/// Splits a text into tokens, the last being `End`; none when a comment or literal never ends,
/// for then nothing is what it seems.
pub(super) fn tokens<'a>(text: &'a str, faults: &mut Faults) -> Option<Vec<Token<'a>>> {
    let mut lexer = Lexer {
        text,
        offset: 0,
        line: 1,
        line_start: 0,
        lost: false,
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
    (!lexer.lost).then_some(tokens)
}

pub(super) struct Lexer<'a, 'f> {
    pub(super) text: &'a str,
    pub(super) offset: usize,
    line: usize,
    line_start: usize,
    /// Something never ended.
    pub(super) lost: bool,
    pub(super) faults: &'f mut Faults,
}

impl<'a> Lexer<'a, '_> {
    pub(super) fn here(&self) -> Position {
        Position {
            line: self.line,
            column: self.offset - self.line_start + 1,
        }
    }

    pub(super) fn rest(&self) -> &'a str {
        self.text.get(self.offset..).unwrap_or("")
    }

    pub(super) fn peek(&self) -> Option<char> {
        self.rest().chars().next()
    }

    pub(super) fn bump(&mut self, c: char) {
        self.offset += c.len_utf8();
        if c == '\n' {
            self.line += 1;
            self.line_start = self.offset;
        }
    }

    /// Takes characters while they fit and returns them.
    pub(super) fn take_while(&mut self, fits: impl Fn(char) -> bool) -> &'a str {
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
                self.lost = true;
                rest.len()
            }
        };
        for c in rest.split_at(length).0.chars() {
            self.plain(c);
            self.bump(c);
        }
    }

    /// Reports a character that may stand nowhere in the text.
    pub(super) fn plain(&mut self, c: char) {
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
        let rest = self.rest();
        // The first byte alone rules most of them out.
        let first = rest.as_bytes().first();
        let is_next = |mark: &&&str| mark.as_bytes().first() == first && rest.starts_with(**mark);
        if let Some(mark) = MARKS.iter().find(is_next) {
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
        if word == "D" && self.rest().starts_with('\'') {
            self.bump('\'');
            self.take_while(|c| !matches!(c, '\'' | '\n'));
            self.take_while(|c| c == '\'');
            let help = "cast the seconds since 1970 to `datetime`";
            self.faults.add("date-literal", at, "a date literal", help);
            return Lexeme::Integer("0");
        }
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
}
