//! Statements and the declarations of locals, fields and tables.

use super::expression::ASSIGNMENTS;
use super::{Parsed, Parser};
use crate::mql4::lexer::Lexeme;
use crate::mql4::syntax::{
    Block, Branch, Case, Declaration, Declarator, Expression, Extent, For, Form, Initialiser,
    Statement, Term, TypeName,
};
use crate::mql4::words;

impl<'a> Parser<'a, '_, '_> {
    /// `{ … }`, however many of its statements had to be given up.
    pub(super) fn block(&mut self) -> Parsed<Block<'a>> {
        self.expect("{")?;
        let statements = self.statements_until(|parser| parser.is_mark("}"));
        let end = self.at();
        self.expect("}")?;
        Ok(Block { statements, end })
    }

    fn statements_until(&mut self, ends: impl Fn(&Self) -> bool) -> Vec<Statement<'a>> {
        let mut statements = Vec::new();
        while !ends(self) && self.peek() != Lexeme::End {
            let (depth, start) = (self.depth, self.index);
            if let Ok(statement) = self.nested(Self::statement) {
                statements.push(statement);
            } else {
                self.depth = depth;
                self.recover();
                if self.index == start && !ends(self) {
                    self.bump();
                }
            }
        }
        statements
    }

    fn statement(&mut self) -> Parsed<Statement<'a>> {
        let at = self.at();
        let form = match self.spelling() {
            "{" => Form::Block(self.block()?),
            "if" => self.if_chain()?,
            "while" => {
                self.bump();
                Form::While(Box::new(self.branch()?))
            }
            "do" => self.do_while()?,
            "for" => self.for_loop()?,
            "switch" => self.switch()?,
            "return" => self.return_value()?,
            "break" => self.bare(Form::Break)?,
            "continue" => self.bare(Form::Continue)?,
            "class" | "enum" => {
                let help = "declare it at file scope";
                return Err(self.refuse("nested-type", "a type inside a function", help));
            }
            ";" => {
                let help = "remove it, or write `{ }`";
                return Err(self.refuse("syntax", "an empty statement", help));
            }
            _ => {
                let statement = self.simple()?;
                self.expect(";")?;
                return Ok(statement);
            }
        };
        Ok(Statement { at, form })
    }

    fn bare(&mut self, form: Form<'a>) -> Parsed<Form<'a>> {
        self.bump();
        self.expect(";")?;
        Ok(form)
    }

    /// A declaration, an assignment, a step or a call, without its `;`.
    fn simple(&mut self) -> Parsed<Statement<'a>> {
        let at = self.at();
        if self.is_declaration() {
            let of = self.type_name()?;
            return Ok(Statement {
                at,
                form: Form::Declare(self.declarators(of, true)?),
            });
        }
        if self.is_mark("++") || self.is_mark("--") {
            let help = "write it after the variable";
            return Err(self.refuse("step-in-expression", "a step before its variable", help));
        }
        let target = self.postfix()?;
        let Lexeme::Mark(mark) = self.peek() else {
            return Err(self.unexpected("`=`, `++`, `--` or `;`"));
        };
        if let Some(operator) = ASSIGNMENTS.iter().find(|operator| **operator == mark) {
            self.bump();
            let value = self.expression()?;
            return Ok(Statement {
                at,
                form: Form::Assign {
                    target,
                    operator,
                    value,
                },
            });
        }
        if mark == "++" || mark == "--" {
            self.bump();
            return Ok(Statement {
                at,
                form: Form::Step {
                    target,
                    operator: mark,
                },
            });
        }
        if matches!(target.form, Term::Call(_)) {
            return Ok(Statement {
                at,
                form: Form::Call(target),
            });
        }
        Err(self.unexpected("`=`, `++` or `--`"))
    }

    /// Two words in a row, or a type: a declaration. `Name &` and `Name *` look like nothing else.
    fn is_declaration(&self) -> bool {
        let word = self.spelling();
        if matches!(word, "const" | "void") || words::is_scalar(word) {
            return true;
        }
        let is_mark = self.ahead_is_mark(1, "*") || self.ahead_is_mark(1, "&");
        self.ahead_is_name(0) && (self.ahead_is_name(1) || is_mark && self.ahead_is_name(2))
    }

    /// What follows the type, up to the `;`. Only a local may be given a value in any way.
    pub(super) fn declarators(&mut self, of: TypeName<'a>, local: bool) -> Parsed<Declaration<'a>> {
        let mut declarators = Vec::new();
        loop {
            if self.is_mark("&") {
                let message = "a reference that is no parameter";
                return Err(self.refuse("reference-local", message, "name the object itself"));
            }
            let name = self.name()?;
            let array = self.extent()?;
            if local && self.is_mark("(") {
                let help = "locals are made by the default constructor";
                return Err(self.refuse("constructor-arguments", "arguments for a local", help));
            }
            if self.is_mark("{") {
                let message = format!("`{}` is initialised by braces", name.text);
                return Err(self.refuse("brace-initialiser", message, "write `=`"));
            }
            let value = if self.take_mark("=") {
                self.initialiser()?
            } else {
                Initialiser::Absent
            };
            declarators.push(Declarator { name, array, value });
            if !self.take_mark(",") {
                return Ok(Declaration { of, declarators });
            }
        }
    }

    fn extent(&mut self) -> Parsed<Extent<'a>> {
        if !self.take_mark("[") {
            return Ok(Extent::Single);
        }
        if self.take_mark("]") {
            return Ok(Extent::Dynamic);
        }
        let size = self.nested(Self::literal)?;
        self.expect("]")?;
        if self.is_mark("[") {
            let help = "compute the index: `row*width+column`";
            return Err(self.refuse("outside-subset", "an array of arrays", help));
        }
        Ok(Extent::Fixed(size))
    }

    fn initialiser(&mut self) -> Parsed<Initialiser<'a>> {
        if !self.take_mark("{") {
            return Ok(Initialiser::Value(self.expression()?));
        }
        let mut elements = Vec::new();
        loop {
            elements.push(self.literal()?);
            if !self.take_mark(",") {
                break;
            }
            if self.is_mark("}") {
                self.trailing_comma();
                break;
            }
        }
        self.expect("}")?;
        Ok(Initialiser::Table(elements))
    }

    fn condition(&mut self) -> Parsed<Expression<'a>> {
        self.expect("(")?;
        let condition = self.nested(Self::expression)?;
        self.expect(")")?;
        Ok(condition)
    }

    fn branch(&mut self) -> Parsed<Branch<'a>> {
        let condition = self.condition()?;
        let body = self.nested(Self::statement)?;
        Ok(Branch { condition, body })
    }

    /// Refused, but read: what follows is still understood.
    fn do_while(&mut self) -> Parsed<Form<'a>> {
        let at = self.at();
        let help = "use `while`";
        self.faults
            .add("do-while", at, "a loop that begins with `do`", help);
        self.bump();
        let body = self.nested(Self::statement)?;
        if !self.take_word("while") {
            return Err(self.unexpected("`while`"));
        }
        let condition = self.condition()?;
        self.expect(";")?;
        Ok(Form::While(Box::new(Branch { condition, body })))
    }

    fn if_chain(&mut self) -> Parsed<Form<'a>> {
        self.bump();
        let mut branches = vec![self.branch()?];
        while self.take_word("else") {
            if !self.take_word("if") {
                let otherwise = Some(Box::new(self.nested(Self::statement)?));
                return Ok(Form::If {
                    branches,
                    otherwise,
                });
            }
            branches.push(self.branch()?);
        }
        Ok(Form::If {
            branches,
            otherwise: None,
        })
    }

    fn for_loop(&mut self) -> Parsed<Form<'a>> {
        self.bump();
        self.expect("(")?;
        let first = if self.is_mark(";") {
            None
        } else {
            Some(self.simple()?)
        };
        if self.is_mark(":") {
            return Err(self.refuse("range-for", "a loop over a range", "count with an index"));
        }
        self.expect(";")?;
        let condition = self.nested(Self::expression)?;
        self.expect(";")?;
        let step = self.simple()?;
        if matches!(step.form, Form::Declare(_)) {
            self.faults
                .add("syntax", step.at, "a declaration as the step of a loop", "");
        }
        self.expect(")")?;
        let body = self.nested(Self::statement)?;
        Ok(Form::For(Box::new(For {
            first,
            condition,
            step,
            body,
        })))
    }

    fn switch(&mut self) -> Parsed<Form<'a>> {
        self.bump();
        let subject = self.condition()?;
        self.expect("{")?;
        let mut cases: Vec<Case<'a>> = Vec::new();
        while !self.is_mark("}") {
            let labels = self.labels()?;
            let body = self.statements_until(|parser| {
                parser.is_mark("}") || parser.is_word("case") || parser.is_word("default")
            });
            cases.push(Case { labels, body });
        }
        let end = self.at();
        self.expect("}")?;
        Ok(Form::Switch {
            subject,
            cases,
            end,
        })
    }

    fn labels(&mut self) -> Parsed<Vec<(crate::mql4::fault::Position, Option<Expression<'a>>)>> {
        let mut labels = Vec::new();
        loop {
            let at = self.at();
            if self.take_word("case") {
                let label = self.nested(Self::conditional)?;
                labels.push((at, Some(label)));
            } else if self.take_word("default") {
                labels.push((at, None));
            } else if labels.is_empty() {
                return Err(self.unexpected("`case`"));
            } else {
                return Ok(labels);
            }
            self.expect(":")?;
        }
    }

    fn return_value(&mut self) -> Parsed<Form<'a>> {
        self.bump();
        if self.take_mark(";") {
            return Ok(Form::Return(None));
        }
        let bare = !self.is_mark("(");
        let at = self.at();
        let mut value = self.expression()?;
        if bare || !matches!(value.form, Term::Group(_)) {
            let help = "write `return(value);`";
            let message = "the returned value is not in parentheses";
            self.faults.add("return-parentheses", at, message, help);
        } else if let Term::Group(inner) = value.form {
            value = *inner;
        }
        self.expect(";")?;
        Ok(Form::Return(Some(value)))
    }
}
