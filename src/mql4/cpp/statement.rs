//! Statements as C++: every branch in braces, so that no `else` changes its `if`.

use super::Printer;
use crate::mql4::syntax::{Block, Branch, Case, Form, Statement};

impl<'a> Printer<'a> {
    pub(super) fn block(&mut self, block: &Block<'a>) {
        self.push("{");
        for statement in &block.statements {
            self.statement(statement);
        }
        self.go_to(block.end);
        self.push("}");
    }

    fn statement(&mut self, statement: &Statement<'a>) {
        self.go_to(statement.at);
        match &statement.form {
            Form::Block(block) => self.block(block),
            Form::If {
                branches,
                otherwise,
            } => {
                for (number, branch) in branches.iter().enumerate() {
                    self.push(if number > 0 { " else if" } else { "if" });
                    self.branch(branch);
                }
                if let Some(otherwise) = otherwise {
                    self.push(" else");
                    self.braced(otherwise);
                }
            }
            Form::While(branch) => {
                self.push("while");
                self.branch(branch);
            }
            Form::For(looped) => {
                self.push("for(");
                if let Some(first) = &looped.first {
                    self.simple(first);
                }
                self.push("; ");
                self.expression(&looped.condition);
                self.push("; ");
                self.simple(&looped.step);
                self.push(")");
                self.braced(&looped.body);
            }
            Form::Switch {
                subject,
                cases,
                end,
            } => {
                self.push("switch(");
                self.expression(subject);
                self.push(") {");
                for case in cases {
                    self.case(case);
                }
                self.go_to(*end);
                self.push("}");
            }
            Form::Return(value) => {
                self.push("return");
                if let Some(value) = value {
                    self.push("(");
                    self.expression(value);
                    self.push(")");
                }
                self.push(";");
            }
            Form::Break => self.push("break;"),
            Form::Continue => self.push("continue;"),
            Form::Declare(_) | Form::Assign { .. } | Form::Step { .. } | Form::Call(_) => {
                self.simple(statement);
                self.push(";");
            }
        }
    }

    fn branch(&mut self, branch: &Branch<'a>) {
        self.push("(");
        self.expression(&branch.condition);
        self.push(")");
        self.braced(&branch.body);
    }

    fn braced(&mut self, statement: &Statement<'a>) {
        self.push(" {");
        self.statement(statement);
        self.push(" }");
    }

    fn case(&mut self, case: &Case<'a>) {
        for (at, label) in &case.labels {
            self.go_to(*at);
            match label {
                Some(label) => {
                    self.push("case ");
                    self.expression(label);
                }
                None => self.push("default"),
            }
            self.push(":");
        }
        for statement in &case.body {
            self.statement(statement);
        }
        // A label needs a statement behind it.
        self.push(" ;");
    }

    /// What also fits the head of a `for`: no semicolon.
    fn simple(&mut self, statement: &Statement<'a>) {
        match &statement.form {
            Form::Declare(declaration) => self.declaration(declaration),
            Form::Assign {
                target,
                operator,
                value,
            } => {
                self.expression(target);
                self.push(operator);
                self.expression(value);
            }
            Form::Step { target, operator } => {
                self.expression(target);
                self.push(operator);
            }
            Form::Call(call) => self.expression(call),
            Form::Block(_)
            | Form::If { .. }
            | Form::While(_)
            | Form::For(_)
            | Form::Switch { .. }
            | Form::Return(_)
            | Form::Break
            | Form::Continue => {}
        }
    }
}
