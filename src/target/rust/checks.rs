//! Checks as Rust expressions of the runtime's `Check`, and the statics they need.

use proc_macro2::Literal;
use serde_json::{Number, Value};

use crate::model::{Check, Decimal, Integer, List, Map, Text};
use crate::schema::Kinds;

/// A string as a Rust literal.
pub(super) fn literal(text: &str) -> String {
    Literal::string(text).to_string()
}

/// The patterns that the checks of a module use, each once.
#[derive(Default)]
pub(super) struct Patterns(Vec<String>);

impl Patterns {
    /// The patterns, with the names of their statics.
    pub(super) fn iter(&self) -> impl Iterator<Item = (String, &str)> {
        let numbered = self.0.iter().enumerate();
        numbered.map(|(index, pattern)| (format!("PATTERN_{index}"), pattern.as_str()))
    }

    fn name(&mut self, pattern: &str) -> String {
        let index = self.0.iter().position(|known| known == pattern);
        let index = index.unwrap_or_else(|| {
            self.0.push(pattern.to_owned());
            self.0.len() - 1
        });
        format!("PATTERN_{index}")
    }
}

/// All of some checks as one, where there are any.
pub(super) fn all(mut checks: Vec<Check>) -> Option<Check> {
    match checks.len() {
        0 => None,
        1 => checks.pop(),
        _ => Some(Check::All { checks }),
    }
}

/// What an integer must satisfy beside its width.
pub(super) fn of_integer(integer: &Integer) -> Vec<Check> {
    let mut checks = Vec::new();
    if !integer.values.is_empty() {
        let values = integer
            .values
            .iter()
            .map(|value| Value::Number(number(*value)));
        checks.push(Check::Values {
            values: values.collect(),
        });
    }
    checks.extend(integer.minimum.map(|value| Check::Minimum {
        value: number(value),
        exclusive: false,
    }));
    checks.extend(integer.maximum.map(|value| Check::Maximum {
        value: number(value),
        exclusive: false,
    }));
    checks.extend(integer.multiple_of.map(|value| Check::MultipleOf {
        value: Number::from(value),
    }));
    checks
}

/// What a number must satisfy.
pub(super) fn of_decimal(decimal: &Decimal) -> Vec<Check> {
    let minimum = |value: &Option<Number>, exclusive| {
        let value = value.clone();
        value.map(|value| Check::Minimum { value, exclusive })
    };
    let maximum = |value: &Option<Number>, exclusive| {
        let value = value.clone();
        value.map(|value| Check::Maximum { value, exclusive })
    };
    let multiple_of = decimal.multiple_of.clone();
    let checks = [
        minimum(&decimal.minimum, false),
        minimum(&decimal.exclusive_minimum, true),
        maximum(&decimal.maximum, false),
        maximum(&decimal.exclusive_maximum, true),
        multiple_of.map(|value| Check::MultipleOf { value }),
    ];
    checks.into_iter().flatten().collect()
}

/// What a string must satisfy.
pub(super) fn of_text(text: &Text) -> Vec<Check> {
    let format = text.format.clone().filter(|_| text.format_asserted);
    let min_length = text.min_length.filter(|least| *least > 0);
    let checks = [
        min_length.map(|value| Check::MinLength { value }),
        text.max_length.map(|value| Check::MaxLength { value }),
        text.pattern
            .clone()
            .map(|pattern| Check::Pattern { pattern }),
        format.map(|format| Check::Format { format }),
    ];
    checks.into_iter().flatten().collect()
}

/// What an array must satisfy.
pub(super) fn of_list(list: &List) -> Vec<Check> {
    let checks = [
        list.min_items
            .filter(|least| *least > 0)
            .map(|value| Check::MinItems { value }),
        list.max_items.map(|value| Check::MaxItems { value }),
        list.unique.then_some(Check::UniqueItems),
    ];
    checks.into_iter().flatten().collect()
}

/// What a map must satisfy.
pub(super) fn of_map(map: &Map) -> Vec<Check> {
    let min_properties = map.min_properties.filter(|least| *least > 0);
    let checks = [
        min_properties.map(|value| Check::MinProperties { value }),
        map.max_properties
            .map(|value| Check::MaxProperties { value }),
    ];
    checks.into_iter().flatten().collect()
}

fn number(value: i128) -> Number {
    let text = value.to_string();
    text.parse().expect("an integer is a JSON number")
}

/// A check as an expression.
pub(super) fn expression(check: &Check, patterns: &mut Patterns) -> String {
    match check {
        Check::Always => "Check::Always".to_owned(),
        Check::Never => "Check::Never".to_owned(),
        Check::Kinds { kinds } => format!("Check::Kinds(&[{}])", kind_list(*kinds).join(", ")),
        Check::Values { values } => {
            let texts: Vec<_> = values
                .iter()
                .map(|value| literal(&value.to_string()))
                .collect();
            format!("Check::Values(&[{}])", texts.join(", "))
        }
        Check::Minimum { value, exclusive } => {
            bound(if *exclusive { "Above" } else { "Minimum" }, value)
        }
        Check::Maximum { value, exclusive } => {
            bound(if *exclusive { "Below" } else { "Maximum" }, value)
        }
        Check::MultipleOf { value } => bound("MultipleOf", value),
        Check::MinLength { value } => format!("Check::MinLength({value})"),
        Check::MaxLength { value } => format!("Check::MaxLength({value})"),
        Check::Pattern { pattern } => format!("Check::Pattern(&{})", patterns.name(pattern)),
        Check::Format { format } => format!("Check::Format({})", literal(format)),
        Check::Items { prefix, rest } => {
            let prefix = list(prefix, patterns);
            format!("Check::Items(&[{prefix}], &{})", expression(rest, patterns))
        }
        Check::Contains { item, min, max } => {
            let item = expression(item, patterns);
            format!("Check::Contains(&{item}, {min}, {max:?})")
        }
        Check::MinItems { value } => format!("Check::MinItems({value})"),
        Check::MaxItems { value } => format!("Check::MaxItems({value})"),
        Check::UniqueItems => "Check::UniqueItems".to_owned(),
        Check::Properties {
            named,
            patterns: by_pattern,
            rest,
        } => properties(named, by_pattern, rest, patterns),
        Check::PropertyNames { name } => wrapped("PropertyNames", name, patterns),
        Check::Required { names } => {
            let names: Vec<_> = names.iter().map(|name| literal(name)).collect();
            format!("Check::Required(&[{}])", names.join(", "))
        }
        Check::MinProperties { value } => format!("Check::MinProperties({value})"),
        Check::MaxProperties { value } => format!("Check::MaxProperties({value})"),
        Check::Dependent { property, then } => {
            let then = expression(then, patterns);
            format!("Check::Dependent({}, &{then})", literal(property))
        }
        Check::All { checks } => format!("Check::All(&[{}])", list(checks, patterns)),
        Check::Any { checks } => format!("Check::Any(&[{}])", list(checks, patterns)),
        Check::One { checks } => format!("Check::One(&[{}])", list(checks, patterns)),
        Check::Not { inner } => wrapped("Not", inner, patterns),
        Check::If {
            condition,
            then,
            otherwise,
        } => {
            let parts = [condition, then, otherwise];
            let parts = parts.map(|part| format!("&{}", expression(part, patterns)));
            format!("Check::If({})", parts.join(", "))
        }
        Check::Named { id } => format!("Check::Named(&CHECK_{id})"),
    }
}

/// The runtime's kinds that a set has.
pub(super) fn kind_list(kinds: Kinds) -> Vec<&'static str> {
    let all = [
        ("Kind::Null", Kinds::NULL),
        ("Kind::Boolean", Kinds::BOOLEAN),
        ("Kind::Integer", Kinds::INTEGER),
        ("Kind::Fraction", Kinds::NUMBER),
        ("Kind::String", Kinds::STRING),
        ("Kind::Array", Kinds::ARRAY),
        ("Kind::Object", Kinds::OBJECT),
    ];
    let named = all.iter().filter(|(_, kind)| kinds.contains(*kind));
    named.map(|(name, _)| *name).collect()
}

fn bound(name: &str, value: &Number) -> String {
    format!("Check::{name}({})", literal(&value.to_string()))
}

fn wrapped(name: &str, inner: &Check, patterns: &mut Patterns) -> String {
    format!("Check::{name}(&{})", expression(inner, patterns))
}

fn list(checks: &[Check], patterns: &mut Patterns) -> String {
    let checks: Vec<_> = checks
        .iter()
        .map(|check| expression(check, patterns))
        .collect();
    checks.join(", ")
}

fn properties(
    named: &indexmap::IndexMap<String, Check>,
    by_pattern: &indexmap::IndexMap<String, Check>,
    rest: &Check,
    patterns: &mut Patterns,
) -> String {
    let named: Vec<_> = named
        .iter()
        .map(|(name, check)| format!("({}, {})", literal(name), expression(check, patterns)))
        .collect();
    let by_pattern: Vec<_> = by_pattern
        .iter()
        .map(|(pattern, check)| {
            let pattern = patterns.name(pattern);
            format!("(&{pattern}, {})", expression(check, patterns))
        })
        .collect();
    format!(
        "Check::Properties {{ named: &[{}], patterns: &[{}], rest: &{} }}",
        named.join(", "),
        by_pattern.join(", "),
        expression(rest, patterns)
    )
}
