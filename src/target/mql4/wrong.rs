//! What may be wrong with a scalar: a type as templates see it in; conditions of MQL4 and what to say, out.

use minijinja::{Error, Value};

use super::member::{known, text};
use super::{count, double, integer, one_line};
use crate::target::filters::mql4 as quoted;

/// A condition that refuses a value, and what it says.
#[derive(Debug)]
pub(super) struct Wrong {
    pub(super) condition: String,
    pub(super) message: String,
}

/// What may be wrong with `expression`, a value of the type.
pub(super) fn wrong(
    type_: &Value,
    kind: &str,
    word: &str,
    expression: &str,
) -> Result<Vec<Wrong>, Error> {
    let e = expression;
    let mut all = Vec::new();
    let mut add = |condition: String, message: String| all.push(Wrong { condition, message });
    match kind {
        "integer" => {
            if let Some(least) = known(type_, "minimum")? {
                add(
                    format!("{e}<{}", integer(&least)?),
                    format!("expected at least {least}"),
                );
            }
            if let Some(most) = known(type_, "maximum")? {
                add(
                    format!("{e}>{}", integer(&most)?),
                    format!("expected at most {most}"),
                );
            }
            if let Some(step) = known(type_, "multiple_of")? {
                let condition = format!("!ContractsMultipleOf{word}({e},\"{step}\")");
                add(condition, format!("expected a multiple of {step}"));
            }
            let values = type_.get_attr("values")?;
            let values: Vec<String> = values.try_iter()?.map(|it| it.to_string()).collect();
            if !values.is_empty() {
                let others = values.iter().map(|it| Ok(format!("{e}!={}", integer(it)?)));
                let others: Vec<String> = others.collect::<Result<_, Error>>()?;
                add(
                    others.join(" && "),
                    format!("expected one of {}", values.join(", ")),
                );
            }
        }
        "number" => {
            let bounds = [
                ("minimum", ">=", "at least"),
                ("exclusive_minimum", ">", "more than"),
                ("maximum", "<=", "at most"),
                ("exclusive_maximum", "<", "less than"),
            ];
            for (name, sign, words) in bounds {
                if let Some(bound) = known(type_, name)? {
                    let condition = format!("!({e}{sign}{})", double(&bound)?);
                    add(condition, format!("expected {words} {bound}"));
                }
            }
            if let Some(step) = known(type_, "multiple_of")? {
                let condition = format!("!ContractsMultipleOfDouble({e},\"{step}\")");
                add(condition, format!("expected a multiple of {step}"));
            }
        }
        "text" => {
            for (name, sign, words) in [
                ("min_length", '<', "at least"),
                ("max_length", '>', "at most"),
            ] {
                if let Some(bound) = known(type_, name)? {
                    let condition = format!("ContractsCodePoints({e}){sign}{}", count(&bound));
                    add(condition, format!("expected {words} {bound} characters"));
                }
            }
            let automaton = type_.get_attr("automaton")?;
            if !automaton.is_none() {
                let pattern = one_line(&text(type_, "pattern")?);
                let condition = format!("!modelChecks.Pattern{automaton}({e})");
                add(condition, format!("does not match {pattern}"));
            }
            if let Some(format) = known(type_, "format")? {
                let condition = format!("!ContractsIsFormat({e},{})", quoted(&format));
                add(condition, format!("not of the format {format}"));
            }
        }
        "named" => {
            let is_free = type_.get_attr("constant")?.is_none();
            if is_free && type_.get_attr("of")?.as_str() == Some("choice") {
                let known = text(&type_.get_attr("names")?, "known")?;
                add(format!("!{known}({e})"), "not one of its values".to_owned());
            }
        }
        _ => {}
    }
    Ok(all)
}
