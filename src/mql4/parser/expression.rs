//! Expressions: assignment and `++` are statements, so none of them has a side effect but calls.

use super::{Parsed, Parser};
use crate::mql4::lexer::Lexeme;
use crate::mql4::syntax::{Call, Expression, Link, Name, Term};
use crate::mql4::words;

/// Operators by precedence, loosest first.
const LEVELS: &[&[&str]] = &[
    &["||"],
    &["&&"],
    &["|"],
    &["^"],
    &["&"],
    &["==", "!="],
    &["<", ">", "<=", ">="],
    &["<<", ">>"],
    &["+", "-"],
    &["*", "/", "%"],
];

/// Operators that change what stands left of them.
pub(super) const ASSIGNMENTS: &[&str] = &[
    "=", "+=", "-=", "*=", "/=", "%=", "&=", "|=", "^=", "<<=", ">>=",
];

/// Arguments MQL4 lets a call have.
const ARGUMENT_LIMIT: usize = 64;

impl<'a> Parser<'a, '_, '_> {
    /// An expression; an assignment inside it is reported and skipped.
    pub(super) fn expression(&mut self) -> Parsed<Expression<'a>> {
        let expression = self.conditional()?;
        if matches!(self.peek(), Lexeme::Mark(mark) if ASSIGNMENTS.contains(&mark)) {
            let at = self.at();
            let help = "assign in a statement of its own";
            let message = "an assignment inside an expression";
            self.faults
                .add("assignment-in-expression", at, message, help);
            self.bump();
            self.nested(Self::expression)?;
        }
        Ok(expression)
    }

    /// `condition ? one : other`, or less.
    pub(super) fn conditional(&mut self) -> Parsed<Expression<'a>> {
        let condition = self.chain(0)?;
        if !self.take_mark("?") {
            return Ok(condition);
        }
        let at = condition.at;
        let one = self.nested(Self::conditional)?;
        self.expect(":")?;
        let other = self.nested(Self::conditional)?;
        Ok(Expression {
            at,
            form: Term::Conditional(Box::new([condition, one, other])),
        })
    }

    /// Operators of one level. Levels without an operator cost a call and no node.
    fn chain(&mut self, level: usize) -> Parsed<Expression<'a>> {
        let Some(operators) = LEVELS.get(level) else {
            return self.unary();
        };
        let first = self.chain(level + 1)?;
        let mut links = Vec::new();
        while let Lexeme::Mark(mark) = self.peek() {
            let Some(operator) = operators.iter().find(|operator| **operator == mark) else {
                break;
            };
            let at = self.at();
            self.bump();
            let right = self.chain(level + 1)?;
            links.push(Link {
                operator,
                at,
                right,
            });
        }
        if links.is_empty() {
            return Ok(first);
        }
        Ok(Expression {
            at: first.at,
            form: Term::Chain(Box::new(first), links),
        })
    }

    fn unary(&mut self) -> Parsed<Expression<'a>> {
        let at = self.at();
        for operator in ["-", "!", "~"] {
            if self.take_mark(operator) {
                let operand = self.nested(Self::unary)?;
                return Ok(Expression {
                    at,
                    form: Term::Unary(operator, Box::new(operand)),
                });
            }
        }
        if self.is_mark("*") || self.is_mark("&") {
            return Err(self.refuse("pointer", "the subset has no pointers", "name the object"));
        }
        if self.is_mark("++") || self.is_mark("--") {
            self.step_inside();
            return self.nested(Self::unary);
        }
        if self.is_cast() {
            self.bump();
            let of = self.type_word()?;
            self.expect(")")?;
            let operand = self.nested(Self::unary)?;
            return Ok(Expression {
                at,
                form: Term::Cast(of, Box::new(operand)),
            });
        }
        let operand = self.postfix()?;
        if self.is_mark("++") || self.is_mark("--") {
            self.step_inside();
        }
        Ok(operand)
    }

    /// `(type)` before an operand; a name in parentheses is a type when an operand follows.
    fn is_cast(&self) -> bool {
        if !self.is_mark("(") || !self.ahead_is_mark(2, ")") {
            return false;
        }
        let Lexeme::Word(word) = self.ahead(1) else {
            return false;
        };
        if words::SCALARS.contains(&word) {
            return true;
        }
        words::is_plain(word)
            && match self.ahead(3) {
                Lexeme::Word(_)
                | Lexeme::Integer(_)
                | Lexeme::Real(_)
                | Lexeme::Text(_)
                | Lexeme::Character(_) => true,
                Lexeme::Mark(mark) => mark == "(",
                Lexeme::Directive(_) | Lexeme::End => false,
            }
    }

    /// A value and what is asked of it by `.`, `[…]` and `(…)`.
    pub(super) fn postfix(&mut self) -> Parsed<Expression<'a>> {
        let entered = self.depth;
        let mut expression = self.primary()?;
        loop {
            let at = expression.at;
            if self.take_mark(".") {
                self.depth += 1;
                let name = self.name()?;
                let form = if self.is_mark("(") {
                    let arguments = self.arguments(name)?;
                    Term::Call(Call {
                        receiver: Some(Box::new(expression)),
                        name,
                        arguments,
                    })
                } else {
                    Term::Field(Box::new(expression), name)
                };
                expression = Expression { at, form };
            } else if self.take_mark("[") {
                self.depth += 1;
                let index = self.nested(Self::expression)?;
                self.expect("]")?;
                let form = Term::Element(Box::new(expression), Box::new(index));
                expression = Expression { at, form };
            } else {
                break;
            }
            // Each dot makes the tree deeper, though nothing recurses here.
            self.nested(|_| Ok(()))?;
        }
        self.depth = entered;
        if self.is_mark("->") {
            return Err(self.unexpected("`.`"));
        }
        Ok(expression)
    }

    fn step_inside(&mut self) {
        let at = self.at();
        let help = "step in a statement of its own";
        let message = "`++` and `--` stand only as statements and in the step of a `for`";
        self.faults.add("step-in-expression", at, message, help);
        self.bump();
    }

    fn primary(&mut self) -> Parsed<Expression<'a>> {
        let at = self.at();
        let form = match self.peek() {
            Lexeme::Integer(text) => Term::Integer(text),
            Lexeme::Real(text) => Term::Real(text),
            Lexeme::Text(text) => Term::Text(text),
            Lexeme::Character(unit) => Term::Character(unit),
            Lexeme::Word("true") => Term::Truth(true),
            Lexeme::Word("false") => Term::Truth(false),
            Lexeme::Word("D") if matches!(self.ahead(1), Lexeme::Character(_)) => {
                let help = "cast the seconds since 1970 to `datetime`";
                return Err(self.refuse("date-literal", "a date literal", help));
            }
            Lexeme::Word(text) if words::is_plain(text) => return self.named(Name { text, at }),
            Lexeme::Mark("(") => {
                self.bump();
                let inner = self.nested(Self::expression)?;
                self.expect(")")?;
                return Ok(Expression {
                    at,
                    form: Term::Group(Box::new(inner)),
                });
            }
            Lexeme::Mark("{") => {
                let help = "assign the elements one by one";
                return Err(self.refuse("brace-initialiser", "a value in braces", help));
            }
            Lexeme::Word(word) if words::SCALARS.contains(&word) => {
                let help = "cast as `(type)value`";
                return Err(self.refuse("outside-subset", format!("`{word}` as a value"), help));
            }
            Lexeme::Word(_) | Lexeme::Mark(_) | Lexeme::Directive(_) | Lexeme::End => {
                return Err(self.unexpected("a value"));
            }
        };
        self.bump();
        Ok(Expression { at, form })
    }

    /// A name, or a call of it.
    fn named(&mut self, name: Name<'a>) -> Parsed<Expression<'a>> {
        self.bump();
        let form = if self.is_mark("(") {
            let arguments = self.arguments(name)?;
            Term::Call(Call {
                receiver: None,
                name,
                arguments,
            })
        } else {
            Term::Name(name.text)
        };
        Ok(Expression { at: name.at, form })
    }

    fn arguments(&mut self, callee: Name<'a>) -> Parsed<Vec<Expression<'a>>> {
        self.expect("(")?;
        let mut arguments = Vec::new();
        if self.take_mark(")") {
            return Ok(arguments);
        }
        loop {
            arguments.push(self.nested(Self::expression)?);
            if !self.take_mark(",") {
                break;
            }
            if self.is_mark(")") {
                self.trailing_comma();
                break;
            }
        }
        self.expect(")")?;
        if arguments.len() > ARGUMENT_LIMIT {
            let message = format!("`{}` is given {} arguments", callee.text, arguments.len());
            self.faults.add(
                "argument-limit",
                callee.at,
                message,
                "MQL4 takes at most 64",
            );
        }
        Ok(arguments)
    }

    pub(super) fn trailing_comma(&mut self) {
        let at = self.at();
        self.faults.add(
            "trailing-comma",
            at,
            "nothing follows the comma",
            "remove the comma",
        );
    }

    /// A literal, perhaps with a minus: what `#define` and tables hold.
    pub(super) fn literal(&mut self) -> Parsed<Expression<'a>> {
        let at = self.at();
        if self.take_mark("-") {
            let operand = self.literal_without_sign()?;
            return Ok(Expression {
                at,
                form: Term::Unary("-", Box::new(operand)),
            });
        }
        self.literal_without_sign()
    }

    fn literal_without_sign(&mut self) -> Parsed<Expression<'a>> {
        if matches!(self.peek(), Lexeme::Word(word) if words::is_plain(word)) {
            let name = self.name()?;
            return Ok(Expression {
                at: name.at,
                form: Term::Name(name.text),
            });
        }
        if self.is_mark("(") || self.is_mark("-") {
            return Err(self.unexpected("a literal"));
        }
        self.primary()
    }
}
