//! Expressions: assignment and `++` are statements, so none of them has a side effect but calls.

use super::{Parsed, Parser};
use crate::mql4::lexer::Lexeme;
use crate::mql4::syntax::{Call, Expression, Link, Name, Term};
use crate::mql4::words;

/// How tightly an operator binds, loosest first.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Level {
    Or,
    And,
    BitOr,
    BitXor,
    BitAnd,
    Equality,
    Order,
    Shift,
    Sum,
    Product,
}

impl Level {
    /// The level of a mark that is an operator between two operands.
    fn of(mark: &str) -> Option<Self> {
        Some(match mark {
            "||" => Self::Or,
            "&&" => Self::And,
            "|" => Self::BitOr,
            "^" => Self::BitXor,
            "&" => Self::BitAnd,
            "==" | "!=" => Self::Equality,
            "<" | ">" | "<=" | ">=" => Self::Order,
            "<<" | ">>" => Self::Shift,
            "+" | "-" => Self::Sum,
            "*" | "/" | "%" => Self::Product,
            _ => return None,
        })
    }

    /// Whether readers, and compilers' warnings, want parentheses round an operand of that level.
    fn wants_parentheses(self, operand: Self) -> bool {
        match self {
            Self::Or => operand == Self::And,
            Self::BitOr | Self::BitXor | Self::BitAnd => operand != Self::Product,
            Self::Shift => operand == Self::Sum,
            Self::And | Self::Equality | Self::Order | Self::Sum | Self::Product => false,
        }
    }
}

/// Operators that change what stands left of them.
pub(super) const ASSIGNMENTS: &[&str] = &[
    "=", "+=", "-=", "*=", "/=", "%=", "&=", "|=", "^=", "<<=", ">>=",
];

/// Arguments MQL4 lets a call have.
pub(super) const ARGUMENT_LIMIT: usize = 64;

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
        let condition = self.chain(None)?;
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

    /// Operands and the operators between them that bind tighter than `outer`.
    fn chain(&mut self, outer: Option<Level>) -> Parsed<Expression<'a>> {
        let mut expression = self.unary()?;
        while let Some(level) = self.level().filter(|level| Some(*level) > outer) {
            self.check_grouped(level, &expression);
            let at = expression.at;
            let mut links = Vec::new();
            while self.level() == Some(level)
                && let Lexeme::Mark(operator) = self.peek()
            {
                let at = self.at();
                self.bump();
                let right = self.chain(Some(level))?;
                self.check_grouped(level, &right);
                links.push(Link {
                    operator,
                    at,
                    right,
                });
            }
            let form = Term::Chain(Box::new(expression), links);
            expression = Expression { at, form };
        }
        Ok(expression)
    }

    fn level(&self) -> Option<Level> {
        match self.peek() {
            Lexeme::Mark(mark) => Level::of(mark),
            Lexeme::Word(_)
            | Lexeme::Integer(_)
            | Lexeme::Real(_)
            | Lexeme::Text(_)
            | Lexeme::Character(_)
            | Lexeme::Directive(_)
            | Lexeme::End => None,
        }
    }

    /// Refuses an operand whose grouping is easily misread.
    fn check_grouped(&mut self, level: Level, operand: &Expression<'a>) {
        if let Term::Chain(_, links) = &operand.form
            && let Some(link) = links.first()
            && Level::of(link.operator).is_some_and(|inner| level.wants_parentheses(inner))
        {
            let message = format!("`{}` inside a looser operator", link.operator);
            let help = "put this operation in parentheses";
            self.faults.add("precedence", link.at, message, help);
        }
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
        if words::is_scalar(word) {
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
            Lexeme::Word(word) if words::is_scalar(word) => {
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
            return Err(self.refuse_at(
                callee.at,
                "argument-limit",
                message,
                "MQL4 takes at most 64",
            ));
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
