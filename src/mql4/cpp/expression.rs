//! Expressions as C++: grouping is the tree's, so operators mean what they meant.

use std::fmt::Write as _;

use super::Printer;
use crate::mql4::syntax::{Call, Expression, Term};

impl<'a> Printer<'a> {
    pub(super) fn expression(&mut self, expression: &Expression<'a>) {
        match &expression.form {
            Term::Integer(text) | Term::Real(text) | Term::Name(text) => self.push(text),
            Term::Text(text) => self.text(text),
            Term::Character(unit) => {
                write!(self.out, "((ushort){unit})").expect("writing to a string cannot fail");
            }
            Term::Truth(value) => self.push(if *value { "true" } else { "false" }),
            Term::Field(object, name) => {
                self.expression(object);
                self.push(".");
                self.push(name.text);
            }
            Term::Element(array, index) => {
                self.expression(array);
                self.push("[");
                self.expression(index);
                self.push("]");
            }
            Term::Call(call) => self.call(call),
            Term::Unary(operator, inner) => {
                // `- -1` must not become a step.
                self.push(" ");
                self.push(operator);
                self.expression(inner);
            }
            Term::Cast(of, inner) => {
                self.push("(");
                self.push(of.text);
                self.push(")");
                self.expression(inner);
            }
            Term::Chain(first, links) => {
                self.expression(first);
                for link in links {
                    self.push(link.operator);
                    self.expression(&link.right);
                }
            }
            Term::Conditional(parts) => {
                let [condition, one, other] = &**parts;
                self.expression(condition);
                self.push(" ? ");
                self.expression(one);
                self.push(" : ");
                self.expression(other);
            }
            Term::Group(inner) => {
                self.push("(");
                self.expression(inner);
                self.push(")");
            }
        }
    }

    fn call(&mut self, call: &Call<'a>) {
        if let Some(receiver) = &call.receiver {
            self.expression(receiver);
            self.push(".");
        }
        self.push(call.name.text);
        self.push("(");
        for (number, argument) in call.arguments.iter().enumerate() {
            if number > 0 {
                self.push(",");
            }
            self.expression(argument);
        }
        self.push(")");
    }

    /// MQL4's `\xNNNN` has four digits, C++'s has as many as follow: the literal is cut there.
    fn text(&mut self, text: &str) {
        self.push("MQL_S(\"");
        let mut rest = text;
        while let Some(escape) = rest.find('\\') {
            let (before, from) = rest.split_at(escape);
            self.push(before);
            let length = if from.starts_with("\\x") {
                "\\xNNNN".len()
            } else {
                "\\n".len()
            };
            let (escape, after) = from.split_at_checked(length).unwrap_or((from, ""));
            self.push(escape);
            if length > 2 {
                self.push("\"\"");
            }
            rest = after;
        }
        self.push(rest);
        self.push("\")");
    }
}
