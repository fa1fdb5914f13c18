//! Assertions on JSON values as data, with the meaning JSON Schema gives the keyword of each name.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::OnceLock;

use regress::Regex;
use serde_json::{Map, Value};

use super::Error;
use super::decimal::Decimal;
use super::format;

/// An assertion on a JSON value.
pub enum Check {
    /// Holds for every value.
    Always,
    /// Holds for none.
    Never,
    /// One of some JSON types.
    Kinds(&'static [Kind]),
    /// Equal to one of some values, each as JSON text.
    Values(&'static [&'static str]),
    /// A number not less than this.
    Minimum(&'static str),
    /// A number greater than this.
    Above(&'static str),
    /// A number not greater than this.
    Maximum(&'static str),
    /// A number less than this.
    Below(&'static str),
    /// A multiple of this number.
    MultipleOf(&'static str),
    /// A string of at least so many code points.
    MinLength(u64),
    /// A string of at most so many code points.
    MaxLength(u64),
    /// A string in which the expression is found.
    Pattern(&'static Pattern),
    /// A string of a format.
    Format(&'static str),
    /// The first items of an array in turn, and all that follow.
    Items(&'static [Check], &'static Check),
    /// How many items of an array a check holds for.
    Contains(&'static Check, u64, Option<u64>),
    /// An array of at least so many items.
    MinItems(u64),
    /// An array of at most so many items.
    MaxItems(u64),
    /// An array without two equal items.
    UniqueItems,
    /// The properties of an object: by name, by pattern, and all others.
    Properties {
        /// By name.
        named: &'static [(&'static str, Check)],
        /// By pattern.
        patterns: &'static [(&'static Pattern, Check)],
        /// All others.
        rest: &'static Check,
    },
    /// Every property's name.
    PropertyNames(&'static Check),
    /// The properties an object has.
    Required(&'static [&'static str]),
    /// An object of at least so many properties.
    MinProperties(u64),
    /// An object of at most so many properties.
    MaxProperties(u64),
    /// Where an object has the property, the check.
    Dependent(&'static str, &'static Check),
    /// All of these.
    All(&'static [Check]),
    /// At least one of these.
    Any(&'static [Check]),
    /// Exactly one of these.
    One(&'static [Check]),
    /// Not this.
    Not(&'static Check),
    /// Where the first holds, the second; else the third.
    If(&'static Check, &'static Check, &'static Check),
    /// A check that stands elsewhere.
    Named(&'static Check),
}

/// The JSON types, `Integer` being the numbers without a fraction.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// `null`
    Null,
    /// `true` or `false`
    Boolean,
    /// A number without a fraction.
    Integer,
    /// A number with a fraction.
    Fraction,
    /// A string.
    String,
    /// An array.
    Array,
    /// An object.
    Object,
}

impl Kind {
    /// The type of a value.
    pub fn of(value: &Value) -> Self {
        match value {
            Value::Null => Self::Null,
            Value::Bool(_) => Self::Boolean,
            Value::Number(number) if Decimal::of(number).is_integer() => Self::Integer,
            Value::Number(_) => Self::Fraction,
            Value::String(_) => Self::String,
            Value::Array(_) => Self::Array,
            Value::Object(_) => Self::Object,
        }
    }

    /// What a person calls it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Null => "null",
            Self::Boolean => "a boolean",
            Self::Integer => "an integer",
            Self::Fraction => "a fraction",
            Self::String => "a string",
            Self::Array => "an array",
            Self::Object => "an object",
        }
    }
}

/// A regular expression of ECMA-262, compiled when first used.
pub struct Pattern {
    text: &'static str,
    regex: OnceLock<Option<Regex>>,
}

impl Pattern {
    /// The expression of a text; one that does not compile is found nowhere.
    pub const fn new(text: &'static str) -> Self {
        let regex = OnceLock::new();
        Self { text, regex }
    }

    /// Whether it is found in a text.
    pub fn is_found(&self, text: &str) -> bool {
        let regex = self.regex.get_or_init(|| {
            let unicode = Regex::with_flags(self.text, "u");
            unicode.or_else(|_| Regex::new(self.text)).ok()
        });
        regex.as_ref().is_some_and(|regex| regex.find(text).is_some())
    }
}

impl Check {
    /// Whether it holds, and if not, why and where.
    pub fn check(&self, value: &Value) -> Result<(), Error> {
        match (self, value) {
            (Self::Always, _) => Ok(()),
            (Self::Never, _) => Err(Error::new("no value is accepted here")),
            (Self::Kinds(kinds), _) => {
                let kind = Kind::of(value);
                ensure(kinds.contains(&kind), || {
                    format!("{} is not accepted here", kind.name())
                })
            }
            (Self::Values(values), _) => {
                let found = values.iter().any(|text| is_same(value, text));
                ensure(found, || format!("{value} is none of {}", values.join(", ")))
            }
            (Self::All(checks), _) => {
                checks.iter().try_for_each(|check| check.check(value))
            }
            (Self::Any(checks), _) => ensure(count(checks, value) > 0, || {
                "no alternative accepts this value".to_owned()
            }),
            (Self::One(checks), _) => {
                let count = count(checks, value);
                ensure(count == 1, || {
                    format!("{count} alternatives accept this value, not one")
                })
            }
            (Self::Not(inner), _) => {
                ensure(!inner.holds(value), || "this value is excluded".to_owned())
            }
            (Self::If(condition, then, _), _) if condition.holds(value) => {
                then.check(value)
            }
            (Self::If(_, _, otherwise), _) => otherwise.check(value),
            (Self::Named(check), _) => check.check(value),
            (check, Value::Number(number)) => {
                check.check_number(&Decimal::of(number), value)
            }
            (check, Value::String(text)) => check.check_text(text),
            (check, Value::Array(items)) => check.check_items(items),
            (check, Value::Object(object)) => check.check_object(object, value),
            (_, Value::Null | Value::Bool(_)) => Ok(()),
        }
    }

    /// Whether it holds.
    pub fn holds(&self, value: &Value) -> bool {
        self.check(value).is_ok()
    }

    fn check_number(&self, number: &Decimal, value: &Value) -> Result<(), Error> {
        let (holds, wanted) = match self {
            Self::Minimum(bound) => {
                (*number >= Decimal::parse(bound), format!("at least {bound}"))
            }
            Self::Above(bound) => {
                (*number > Decimal::parse(bound), format!("more than {bound}"))
            }
            Self::Maximum(bound) => {
                (*number <= Decimal::parse(bound), format!("at most {bound}"))
            }
            Self::Below(bound) => {
                (*number < Decimal::parse(bound), format!("less than {bound}"))
            }
            Self::MultipleOf(step) => (
                number.is_multiple_of(&Decimal::parse(step)),
                format!("a multiple of {step}"),
            ),
            _ => return Ok(()),
        };
        ensure(holds, || format!("{value} is not {wanted}"))
    }

    pub(super) fn check_text(&self, text: &str) -> Result<(), Error> {
        let length = || text.chars().count() as u64;
        match self {
            Self::MinLength(least) => {
                ensure(length() >= *least, || format!("shorter than {least} characters"))
            }
            Self::MaxLength(most) => {
                ensure(length() <= *most, || format!("longer than {most} characters"))
            }
            Self::Pattern(pattern) => ensure(pattern.is_found(text), || {
                format!("does not match `{}`", pattern.text)
            }),
            Self::Format(format) => {
                ensure(format::is(format, text), || format!("{text:?} is no {format}"))
            }
            _ => Ok(()),
        }
    }

    fn check_items(&self, items: &[Value]) -> Result<(), Error> {
        let length = items.len() as u64;
        match self {
            Self::Items(prefix, rest) => {
                let checks = prefix.iter().chain(std::iter::repeat(*rest));
                let mut places = items.iter().zip(checks).enumerate();
                places.try_for_each(|(index, (item, check))| {
                    check.check(item).map_err(|error| error.below(index))
                })
            }
            Self::Contains(check, least, most) => {
                let count = items.iter().filter(|item| check.holds(item)).count() as u64;
                let holds = count >= *least && most.is_none_or(|most| count <= most);
                ensure(holds, || format!("{count} items are as some must be"))
            }
            Self::MinItems(least) => {
                ensure(length >= *least, || format!("fewer than {least} items"))
            }
            Self::MaxItems(most) => {
                ensure(length <= *most, || format!("more than {most} items"))
            }
            Self::UniqueItems => {
                let mut seen = BTreeSet::new();
                let repeated =
                    items.iter().position(|item| !seen.insert(canonical(item)));
                match repeated {
                    Some(index) => Err(Error::new("comes twice").below(index)),
                    None => Ok(()),
                }
            }
            _ => Ok(()),
        }
    }

    fn check_object(
        &self,
        object: &Map<String, Value>,
        value: &Value,
    ) -> Result<(), Error> {
        let length = object.len() as u64;
        match self {
            Self::Properties { named, patterns, rest } => {
                object.iter().try_for_each(|(name, value)| {
                    property(named, patterns, rest, name, value)
                        .map_err(|error| error.below(name))
                })
            }
            Self::PropertyNames(check) => {
                let mut names = object.keys();
                names.try_for_each(|name| {
                    let value = Value::String(name.clone());
                    check.check(&value).map_err(|error| error.below(name))
                })
            }
            Self::Required(names) => {
                match names.iter().find(|name| !object.contains_key(**name)) {
                    Some(name) => Err(Error::new(format!("`{name}` is missing"))),
                    None => Ok(()),
                }
            }
            Self::MinProperties(least) => {
                ensure(length >= *least, || format!("fewer than {least} properties"))
            }
            Self::MaxProperties(most) => {
                ensure(length <= *most, || format!("more than {most} properties"))
            }
            Self::Dependent(name, then) if object.contains_key(*name) => {
                then.check(value)
            }
            _ => Ok(()),
        }
    }
}

fn property(
    named: &[(&str, Check)],
    patterns: &[(&Pattern, Check)],
    rest: &Check,
    name: &str,
    value: &Value,
) -> Result<(), Error> {
    let by_name =
        named.iter().filter(|(known, _)| *known == name).map(|(_, check)| check);
    let by_pattern = patterns.iter().filter(|(pattern, _)| pattern.is_found(name));
    let checks: Vec<_> = by_name.chain(by_pattern.map(|(_, check)| check)).collect();
    if checks.is_empty() {
        return rest.check(value);
    }
    checks.iter().try_for_each(|check| check.check(value))
}

fn count(checks: &[Check], value: &Value) -> usize {
    checks.iter().filter(|check| check.holds(value)).count()
}

fn ensure(holds: bool, message: impl FnOnce() -> String) -> Result<(), Error> {
    if holds { Ok(()) } else { Err(Error::new(message())) }
}

fn is_same(value: &Value, text: &str) -> bool {
    serde_json::from_str::<Value>(text)
        .is_ok_and(|other| canonical(&other) == canonical(value))
}

/// A text that two values share exactly if they are equal, numbers by value.
fn canonical(value: &Value) -> String {
    match value {
        Value::Number(number) => format!("{:?}", Decimal::of(number)),
        Value::Array(items) => {
            let items: Vec<_> = items.iter().map(canonical).collect();
            format!("[{}]", items.join(","))
        }
        Value::Object(object) => {
            let entries = object.iter().map(|(name, value)| (name, canonical(value)));
            format!("{:?}", entries.collect::<BTreeMap<_, _>>())
        }
        Value::Null | Value::Bool(_) | Value::String(_) => value.to_string(),
    }
}
