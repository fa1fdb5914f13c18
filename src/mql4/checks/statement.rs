//! Statements: conditions are `bool`, values fit where they go, jumps have somewhere to go.

use std::collections::BTreeSet;

use super::function::Body;
use crate::mql4::fault::Position;
use crate::mql4::flow;
use crate::mql4::kind::{Kind, Operand, Place, Shape, fits};
use crate::mql4::syntax::{
    Block, Branch, Case, Declaration, Declarator, Expression, For, Form, Initialiser, Statement,
};

impl<'a> Body<'_, '_, 'a> {
    pub(super) fn block(&mut self, block: &Block<'a>) {
        self.in_block(|body| body.statements(&block.statements));
    }

    fn statements(&mut self, statements: &[Statement<'a>]) {
        for statement in statements {
            self.statement(statement);
        }
    }

    fn statement(&mut self, statement: &Statement<'a>) {
        let at = statement.at;
        match &statement.form {
            Form::Block(block) => self.block(block),
            Form::If {
                branches,
                otherwise,
            } => {
                for branch in branches {
                    self.branch(branch);
                }
                if let Some(otherwise) = otherwise {
                    self.sub_statement(otherwise);
                }
            }
            Form::While(branch) => {
                self.loops += 1;
                self.branch(branch);
                self.loops -= 1;
            }
            Form::For(looped) => self.in_block(|body| body.for_loop(looped)),
            Form::Switch { subject, cases, .. } => self.switch(subject, cases),
            Form::Return(value) => self.return_value(at, value.as_ref()),
            Form::Break if self.loops == 0 && self.switches == 0 => {
                self.fault(
                    "jump-nowhere",
                    at,
                    "`break` outside a loop or switch",
                    "remove it",
                );
            }
            Form::Continue if self.loops == 0 => {
                self.fault("jump-nowhere", at, "`continue` outside a loop", "remove it");
            }
            Form::Break | Form::Continue => {}
            Form::Declare(declaration) => self.declaration(declaration),
            Form::Assign {
                target,
                operator,
                value,
            } => self.assign(target, operator, value),
            Form::Step { target, operator } => self.step(target, operator),
            Form::Call(call) => {
                self.expression(call);
            }
        }
    }

    /// A statement that is no block of its own cannot declare: nothing could use it.
    fn sub_statement(&mut self, statement: &Statement<'a>) {
        if matches!(statement.form, Form::Declare(_)) {
            let help = "put it in a block";
            self.fault(
                "syntax",
                statement.at,
                "a declaration as a whole branch",
                help,
            );
        }
        self.in_block(|body| body.statement(statement));
    }

    fn branch(&mut self, branch: &Branch<'a>) {
        self.condition(&branch.condition);
        self.sub_statement(&branch.body);
    }

    pub(super) fn condition(&mut self, condition: &Expression<'a>) {
        let operand = self.expression(condition);
        if fits(Kind::Bool, &operand).is_err() {
            let found = self.scope.symbols.describe(&operand);
            let message = format!("the condition is `{found}`, not `bool`");
            self.fault(
                "condition-type",
                condition.at,
                message,
                "compare it with something",
            );
        }
    }

    fn for_loop(&mut self, looped: &For<'a>) {
        if let Some(first) = &looped.first {
            self.statement(first);
        }
        self.condition(&looped.condition);
        self.statement(&looped.step);
        self.loops += 1;
        self.sub_statement(&looped.body);
        self.loops -= 1;
    }

    fn switch(&mut self, subject: &Expression<'a>, cases: &[Case<'a>]) {
        let operand = self.expression(subject);
        if !matches!(
            operand.kind,
            Kind::Integer(_) | Kind::Enum(_) | Kind::Unknown
        ) || operand.shape != Shape::Single
        {
            let found = self.scope.symbols.describe(&operand);
            let message = format!("a switch over `{found}`");
            self.fault(
                "case-type",
                subject.at,
                message,
                "switch over an integer or an enum",
            );
        }
        let mut seen = BTreeSet::new();
        self.switches += 1;
        for (number, case) in cases.iter().enumerate() {
            for (at, label) in &case.labels {
                let value = label.as_ref().map(|label| self.label(&operand, label));
                if value != Some(None) && !seen.insert(value) {
                    self.fault(
                        "duplicate-case",
                        *at,
                        "this case is listed twice",
                        "remove one",
                    );
                }
            }
            self.check_case(case, number + 1 == cases.len());
            self.in_block(|body| body.statements(&case.body));
        }
        self.switches -= 1;
    }

    /// The value of a label, if it is a constant of the subject's kind.
    fn label(&mut self, subject: &Operand, label: &Expression<'a>) -> Option<i128> {
        let operand = self.expression(label);
        if operand.is_unknown() || subject.is_unknown() {
            return None;
        }
        if operand.known.is_none() {
            let help = "write a literal, a define or a member of the enum";
            self.fault(
                "not-constant",
                label.at,
                "this label is not a constant",
                help,
            );
        } else if let Err(misfit) = fits(subject.kind, &operand) {
            self.scope.misfit(label.at, subject.kind, &operand, misfit);
        }
        operand.known
    }

    fn check_case(&mut self, case: &Case<'a>, is_last: bool) {
        let at = case
            .labels
            .last()
            .map_or(Position { line: 1, column: 1 }, |(at, _)| *at);
        if !is_last && flow::falls_through(&case.body) {
            self.fault(
                "fallthrough",
                at,
                "this case runs on into the next",
                "end it with `break`",
            );
        }
        for statement in &case.body {
            if matches!(statement.form, Form::Declare(_)) {
                let help = "put the body of the case in braces";
                self.fault(
                    "switch-local",
                    statement.at,
                    "a local of a whole switch",
                    help,
                );
            }
        }
    }

    fn return_value(&mut self, at: Position, value: Option<&Expression<'a>>) {
        let returns = self.returns;
        match value {
            None if matches!(returns, Kind::Void | Kind::Unknown) => {}
            None => {
                let wanted = self.scope.symbols.word(returns);
                let message = format!("nothing is returned where `{wanted}` is");
                self.fault("return-value", at, message, "return a value");
            }
            Some(value) => {
                let operand = self.expression(value);
                if returns == Kind::Void {
                    let message = "a value is returned where none is";
                    self.fault("return-value", value.at, message, "write `return;`");
                } else if let Err(misfit) = fits(returns, &operand) {
                    self.scope.misfit(value.at, returns, &operand, misfit);
                }
            }
        }
    }

    fn declaration(&mut self, declaration: &Declaration<'a>) {
        let kind = self.scope.kind(declaration.of.name);
        for declarator in &declaration.declarators {
            self.scope.check_not_void(kind, declarator.name);
            self.scope.check_complete(kind, declarator.name);
            let shape = self.scope.shape(&declarator.array);
            self.check_initialiser(kind, shape, declarator);
            let place = if declaration.of.is_const {
                Place::Constant
            } else {
                Place::Variable
            };
            self.local(
                declarator.name,
                Operand {
                    kind,
                    shape,
                    place,
                    known: None,
                },
            );
        }
    }

    fn check_initialiser(&mut self, kind: Kind, shape: Shape, declarator: &Declarator<'a>) {
        let name = declarator.name;
        match &declarator.value {
            Initialiser::Table(_) => {
                let message = format!("`{}` is initialised by braces", name.text);
                let help = "make it a constant table at file scope, or assign the elements";
                self.fault("brace-initialiser", name.at, message, help);
            }
            Initialiser::Value(value) => {
                let operand = self.expression(value);
                if shape != Shape::Single {
                    let message = format!("array `{}` is initialised by a value", name.text);
                    let help = "copy the elements one by one";
                    self.fault("array-copied", value.at, message, help);
                } else if let Err(misfit) = fits(kind, &operand) {
                    self.scope.misfit(value.at, kind, &operand, misfit);
                }
            }
            Initialiser::Absent => {
                let starts_itself = matches!(kind, Kind::Class(_) | Kind::Text | Kind::Unknown);
                if shape == Shape::Single && !starts_itself {
                    let message = format!("local `{}` has no value", name.text);
                    self.fault("uninitialised", name.at, message, "give it a value here");
                }
            }
        }
    }

    fn assign(&mut self, target: &Expression<'a>, operator: &'static str, value: &Expression<'a>) {
        let goal = self.expression(target);
        let given = self.expression(value);
        if !self.check_changeable(target.at, &goal) || given.is_unknown() {
            return;
        }
        // `a+=b` is `a=a+b`, and must fit like it.
        let result = match operator.strip_suffix('=') {
            None | Some("") => given,
            Some(binary) => {
                let operator = COMPOUND.iter().find(|known| **known == binary);
                let left = Operand {
                    place: Place::Value,
                    known: None,
                    ..goal
                };
                operator.map_or(given, |known| self.binary(known, target.at, left, given))
            }
        };
        if let Err(misfit) = fits(goal.kind, &result) {
            self.scope.misfit(value.at, goal.kind, &result, misfit);
        }
    }

    fn step(&mut self, target: &Expression<'a>, operator: &'static str) {
        let goal = self.expression(target);
        if self.check_changeable(target.at, &goal) && !matches!(goal.kind, Kind::Integer(_)) {
            let found = self.scope.symbols.describe(&goal);
            let message = format!("`{operator}` on `{found}`");
            self.fault("type-mismatch", target.at, message, "step integers only");
        }
    }

    /// Whether a value can be put there at all.
    fn check_changeable(&mut self, at: Position, goal: &Operand) -> bool {
        if goal.is_unknown() {
            return false;
        }
        if goal.shape != Shape::Single {
            self.fault(
                "array-copied",
                at,
                "an array is assigned",
                "copy the elements one by one",
            );
            return false;
        }
        if matches!(goal.kind, Kind::Class(_)) {
            self.fault(
                "object-copied",
                at,
                "an object is assigned",
                "call `CopyFrom`",
            );
            return false;
        }
        match goal.place {
            Place::Variable | Place::Element => true,
            Place::Constant => {
                let message = "a constant is changed";
                self.fault(
                    "const-assignment",
                    at,
                    message,
                    "remove `const`, or use a local",
                );
                false
            }
            Place::Value => {
                self.fault(
                    "not-assignable",
                    at,
                    "the result of an operation is changed",
                    "",
                );
                false
            }
        }
    }
}

/// The operators of compound assignments.
const COMPOUND: &[&str] = &["+", "-", "*", "/", "%", "&", "|", "^", "<<", ">>"];
