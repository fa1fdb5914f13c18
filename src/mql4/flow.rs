//! Whether control runs past the end of statements.

use super::syntax::{Case, Form, Statement};

/// Whether a function whose body this is can end without `return`.
///
/// A loop may always be left, whatever its condition.
pub(super) fn runs_on(statements: &[Statement<'_>]) -> bool {
    statements.iter().all(passes)
}

/// Whether a case whose body this is runs on into the next.
pub(super) fn falls_through(body: &[Statement<'_>]) -> bool {
    let jumps = |statement: &Statement<'_>| match &statement.form {
        Form::Break | Form::Continue => true,
        Form::Block(block) => !falls_through(&block.statements),
        Form::If {
            branches,
            otherwise,
        } => {
            branches
                .iter()
                .all(|branch| !falls_through(std::slice::from_ref(&branch.body)))
                && otherwise
                    .as_ref()
                    .is_some_and(|other| !falls_through(std::slice::from_ref(other)))
        }
        Form::While(_)
        | Form::For(_)
        | Form::Switch { .. }
        | Form::Return(_)
        | Form::Declare(_)
        | Form::Assign { .. }
        | Form::Step { .. }
        | Form::Call(_) => !passes(statement),
    };
    !body.iter().any(jumps)
}

fn passes(statement: &Statement<'_>) -> bool {
    match &statement.form {
        Form::Return(_) => false,
        Form::Block(block) => runs_on(&block.statements),
        Form::If {
            branches,
            otherwise,
        } => {
            otherwise.as_ref().is_none_or(|otherwise| passes(otherwise))
                || branches.iter().any(|branch| passes(&branch.body))
        }
        Form::Switch { cases, .. } => !is_exhaustive(cases) || cases.iter().any(leaves_or_passes),
        Form::While(_)
        | Form::For(_)
        | Form::Break
        | Form::Continue
        | Form::Declare(_)
        | Form::Assign { .. }
        | Form::Step { .. }
        | Form::Call(_) => true,
    }
}

/// Only `default` makes a switch meet every value: an enum may hold others.
fn is_exhaustive(cases: &[Case<'_>]) -> bool {
    cases
        .iter()
        .any(|case| case.labels.iter().any(|(_, label)| label.is_none()))
}

fn leaves_or_passes(case: &Case<'_>) -> bool {
    runs_on(&case.body) || case.body.iter().any(breaks)
}

/// Whether a `break` in it leaves the switch around it.
fn breaks(statement: &Statement<'_>) -> bool {
    match &statement.form {
        Form::Break => true,
        Form::Block(block) => block.statements.iter().any(breaks),
        Form::If {
            branches,
            otherwise,
        } => {
            branches.iter().any(|branch| breaks(&branch.body))
                || otherwise
                    .as_ref()
                    .is_some_and(|otherwise| breaks(otherwise))
        }
        Form::While(_)
        | Form::For(_)
        | Form::Switch { .. }
        | Form::Return(_)
        | Form::Continue
        | Form::Declare(_)
        | Form::Assign { .. }
        | Form::Step { .. }
        | Form::Call(_) => false,
    }
}
