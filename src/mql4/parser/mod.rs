//! Tokens in, tree out; every fault of the grammar, and what can be told without knowing a name.
//!
//! Recursive descent. A fault the tree can be built across is recorded and parsing goes on as if
//! nothing were; otherwise the statement or declaration is given up (`Halt`) and the tree is not
//! whole. Knows no declared name: `(Name)value` is a cast because nothing else looks like it.

mod class;
mod expression;
mod item;
mod statement;

use super::fault::{Faults, Position};
use super::lexer::{Lexeme, Token};
use super::syntax::{File, Name, TypeName};
use super::words;

/// How deep blocks, brackets and operators may nest.
const NESTING_LIMIT: usize = 64;

/// The fault is recorded; whoever can start afresh goes on.
pub(super) struct Halt;

type Parsed<T> = Result<T, Halt>;

/// What a text is, by its extension.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    /// `.mqh`: guarded, included by others.
    Header,
    /// `.mq4`: what a terminal runs.
    Program,
}

/// Reads a file; false beside it when some of the text was given up.
pub(super) fn parse<'a>(tokens: &[Token<'a>], role: Role, faults: &mut Faults) -> (File<'a>, bool) {
    let mut parser = Parser {
        tokens,
        index: 0,
        depth: 0,
        whole: true,
        lost: false,
        faults,
    };
    let file = parser.file(role);
    let whole = parser.whole;
    (file, whole)
}

struct Parser<'a, 't, 'f> {
    tokens: &'t [Token<'a>],
    index: usize,
    depth: usize,
    whole: bool,
    /// The rest of the file was given up.
    lost: bool,
    faults: &'f mut Faults,
}

impl<'a> Parser<'a, '_, '_> {
    fn ahead(&self, distance: usize) -> Lexeme<'a> {
        self.tokens
            .get(self.index + distance)
            .map_or(Lexeme::End, |token| token.lexeme)
    }

    fn peek(&self) -> Lexeme<'a> {
        self.ahead(0)
    }

    /// The word or mark that stands here; empty for anything else.
    fn spelling(&self) -> &'a str {
        match self.peek() {
            Lexeme::Word(text) | Lexeme::Mark(text) => text,
            Lexeme::Integer(_)
            | Lexeme::Real(_)
            | Lexeme::Text(_)
            | Lexeme::Character(_)
            | Lexeme::Directive(_)
            | Lexeme::End => "",
        }
    }

    fn at(&self) -> Position {
        let last = self
            .tokens
            .last()
            .map_or(Position { line: 1, column: 1 }, |token| token.at);
        self.tokens.get(self.index).map_or(last, |token| token.at)
    }

    fn bump(&mut self) {
        self.index += 1;
    }

    fn is_mark(&self, mark: &str) -> bool {
        self.ahead_is_mark(0, mark)
    }

    fn ahead_is_mark(&self, distance: usize, mark: &str) -> bool {
        matches!(self.ahead(distance), Lexeme::Mark(found) if found == mark)
    }

    fn ahead_is_name(&self, distance: usize) -> bool {
        matches!(self.ahead(distance), Lexeme::Word(word) if words::is_plain(word))
    }

    fn is_word(&self, word: &str) -> bool {
        self.peek() == Lexeme::Word(word)
    }

    fn take_mark(&mut self, mark: &str) -> bool {
        let found = self.is_mark(mark);
        if found {
            self.bump();
        }
        found
    }

    fn take_word(&mut self, word: &str) -> bool {
        let found = self.is_word(word);
        if found {
            self.bump();
        }
        found
    }

    fn expect(&mut self, mark: &str) -> Parsed<()> {
        if self.take_mark(mark) {
            Ok(())
        } else {
            Err(self.unexpected(&format!("`{mark}`")))
        }
    }

    /// A word that may name a thing.
    fn name(&mut self) -> Parsed<Name<'a>> {
        if self.ahead_is_name(0) {
            return Ok(self.take_name());
        }
        Err(self.unexpected("a name"))
    }

    /// A scalar type, or a word that may name one.
    fn type_word(&mut self) -> Parsed<Name<'a>> {
        let word = self.spelling();
        if words::is_scalar(word) || word == "void" {
            return Ok(self.take_name());
        }
        self.name()
    }

    fn take_name(&mut self) -> Name<'a> {
        let (text, at) = (self.spelling(), self.at());
        self.bump();
        Name { text, at }
    }

    /// `const` and a type; refuses the star of a pointer.
    fn type_name(&mut self) -> Parsed<TypeName<'a>> {
        let is_const = self.take_word("const");
        let name = self.type_word()?;
        if self.is_mark("*") {
            return Err(self.refuse("pointer", "the subset has no pointers", "pass it by `&`"));
        }
        Ok(TypeName { is_const, name })
    }

    /// Gives the construct up with a fault here.
    fn refuse(&mut self, rule: &'static str, message: impl Into<String>, help: &str) -> Halt {
        let at = self.at();
        self.refuse_at(at, rule, message, help)
    }

    /// Gives the construct up with a fault further back; silent once the place is lost.
    fn refuse_at(
        &mut self,
        at: Position,
        rule: &'static str,
        message: impl Into<String>,
        help: &str,
    ) -> Halt {
        if !self.lost {
            self.faults.add(rule, at, message, help);
        }
        self.whole = false;
        Halt
    }

    /// Gives the construct up: something else stands where `wanted` should.
    fn unexpected(&mut self, wanted: &str) -> Halt {
        let found = match self.peek() {
            Lexeme::Word(word) => {
                if let Some(banned) = words::find_banned(word) {
                    let message = format!("`{word}` is outside the subset");
                    return self.refuse(banned.rule, message, banned.help);
                }
                format!("`{word}`")
            }
            Lexeme::Integer(text) | Lexeme::Real(text) => format!("`{text}`"),
            Lexeme::Mark("->") => {
                return self.refuse("pointer", "the subset has no pointers", "use `.`");
            }
            Lexeme::Mark(mark) => format!("`{mark}`"),
            Lexeme::Text(_) => "a string".to_owned(),
            Lexeme::Character(_) => "a character".to_owned(),
            Lexeme::Directive(_) => {
                let help = "only `#property strict`, the include guard, `#include` and `#define NAME literal` exist";
                let message = "a preprocessor line is not possible here";
                return self.refuse("preprocessor", message, help);
            }
            Lexeme::End => "the end of the file".to_owned(),
        };
        self.refuse("syntax", format!("expected {wanted}, found {found}"), "")
    }

    /// Runs `inner` one level deeper.
    fn nested<T>(&mut self, inner: impl FnOnce(&mut Self) -> Parsed<T>) -> Parsed<T> {
        if self.depth >= NESTING_LIMIT {
            let message = format!("nested more than {NESTING_LIMIT} levels");
            let help = "take the inner part out into a function";
            // The rest of the file has lost its brackets: nothing sensible would follow.
            let halt = self.refuse("nesting-depth", message, help);
            self.index = self.tokens.len();
            self.lost = true;
            return Err(halt);
        }
        self.depth += 1;
        let result = inner(self);
        self.depth -= 1;
        result
    }

    /// After a `Halt`: past the next `;` or block of this level, or at the brace that ends it.
    fn recover(&mut self) {
        let mut level = 0usize;
        while self.peek() != Lexeme::End {
            let is_directive = matches!(self.peek(), Lexeme::Directive(_));
            match (self.spelling(), level) {
                ("}", 0) => return,
                ("", 0) if is_directive => return,
                ("}", 1) => {
                    self.bump();
                    self.take_mark(";");
                    return;
                }
                (";", 0) => {
                    self.bump();
                    return;
                }
                ("{", _) => level += 1,
                ("}", _) => level -= 1,
                _ => {}
            }
            self.bump();
        }
    }
}
