//! Checks as Rust expressions of the runtime's `Check`, and the statics they need.

use proc_macro2::Literal;
use serde_json::{Number, Value};

use super::table::Table;
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

    fn named(&mut self, pattern: &str) -> Table {
        let index = self.0.iter().position(|known| known == pattern);
        let index = index.unwrap_or_else(|| {
            self.0.push(pattern.to_owned());
            self.0.len() - 1
        });
        Table::Text(format!("&PATTERN_{index}"))
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
pub(super) fn expression(check: &Check, patterns: &mut Patterns) -> Table {
    match check {
        Check::Always => text("Check::Always"),
        Check::Never => text("Check::Never"),
        Check::Kinds { kinds } => of("Kinds", vec![list(kind_list(*kinds).iter().map(text))]),
        Check::Values { values } => {
            let texts = values.iter().map(|value| text(literal(&value.to_string())));
            of("Values", vec![list(texts)])
        }
        Check::Minimum { value, exclusive } => {
            bound(if *exclusive { "Above" } else { "Minimum" }, value)
        }
        Check::Maximum { value, exclusive } => {
            bound(if *exclusive { "Below" } else { "Maximum" }, value)
        }
        Check::MultipleOf { value } => bound("MultipleOf", value),
        Check::MinLength { value } => of("MinLength", vec![text(value)]),
        Check::MaxLength { value } => of("MaxLength", vec![text(value)]),
        Check::Pattern { pattern } => of("Pattern", vec![patterns.named(pattern)]),
        Check::Format { format } => of("Format", vec![text(literal(format))]),
        Check::Items { prefix, rest } => {
            let prefix = all_of(prefix, patterns);
            of("Items", vec![prefix, inner(rest, patterns)])
        }
        Check::Contains { item, min, max } => {
            let item = inner(item, patterns);
            of("Contains", vec![item, text(min), text(format!("{max:?}"))])
        }
        Check::MinItems { value } => of("MinItems", vec![text(value)]),
        Check::MaxItems { value } => of("MaxItems", vec![text(value)]),
        Check::UniqueItems => text("Check::UniqueItems"),
        Check::Properties {
            named,
            patterns: by_pattern,
            rest,
        } => properties(named, by_pattern, rest, patterns),
        Check::PropertyNames { name } => of("PropertyNames", vec![inner(name, patterns)]),
        Check::Required { names } => {
            let names = names.iter().map(|name| text(literal(name)));
            of("Required", vec![list(names)])
        }
        Check::MinProperties { value } => of("MinProperties", vec![text(value)]),
        Check::MaxProperties { value } => of("MaxProperties", vec![text(value)]),
        Check::Dependent { property, then } => {
            let then = inner(then, patterns);
            of("Dependent", vec![text(literal(property)), then])
        }
        Check::All { checks } => of("All", vec![all_of(checks, patterns)]),
        Check::Any { checks } => of("Any", vec![all_of(checks, patterns)]),
        Check::One { checks } => of("One", vec![all_of(checks, patterns)]),
        Check::Not { inner: check } => of("Not", vec![inner(check, patterns)]),
        Check::If {
            condition,
            then,
            otherwise,
        } => {
            let parts = [condition, then, otherwise];
            let parts = parts.map(|part| inner(part, patterns));
            of("If", parts.into())
        }
        Check::Named { id } => of("Named", vec![text(format!("&CHECK_{id}"))]),
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

fn text(text: impl std::fmt::Display) -> Table {
    Table::Text(text.to_string())
}

fn list(items: impl IntoIterator<Item = Table>) -> Table {
    Table::group("&[", items.into_iter().collect(), "]")
}

fn of(name: &str, parts: Vec<Table>) -> Table {
    Table::group(format!("Check::{name}("), parts, ")")
}

fn bound(name: &str, value: &Number) -> Table {
    of(name, vec![text(literal(&value.to_string()))])
}

fn inner(check: &Check, patterns: &mut Patterns) -> Table {
    expression(check, patterns).behind("&")
}

fn all_of(checks: &[Check], patterns: &mut Patterns) -> Table {
    list(checks.iter().map(|check| expression(check, patterns)))
}

fn properties(
    named: &indexmap::IndexMap<String, Check>,
    by_pattern: &indexmap::IndexMap<String, Check>,
    rest: &Check,
    patterns: &mut Patterns,
) -> Table {
    let pair = |key: Table, check: Table| Table::group("(", vec![key, check], ")");
    let named = named
        .iter()
        .map(|(name, check)| pair(text(literal(name)), expression(check, patterns)));
    let named = list(named);
    let by_pattern = by_pattern.iter().map(|(pattern, check)| {
        let pattern = patterns.named(pattern);
        pair(pattern, expression(check, patterns))
    });
    let parts = vec![
        named.behind("named: "),
        list(by_pattern).behind("patterns: "),
        inner(rest, patterns).behind("rest: "),
    ];
    Table::group("Check::Properties {", parts, "}")
}
