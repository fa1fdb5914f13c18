//! Shapes without parts: booleans, numbers, strings, and lists of allowed values.

use std::cmp::Ordering::{Greater, Less};

use serde_json::Value;

use super::bounds::{least, most, tightest, whole_from, whole_to};
use super::shape::{Plan, What};
use super::view::View;
use super::{INTEGER_TOO_WIDE, Lowering, check};
use crate::model::{Check, Decimal, Integer, Shape, Text, Width};
use crate::number::Decimal as Exact;
use crate::schema::{Formats, Kinds};

impl Lowering<'_> {
    /// The shape of strings, numbers, integers or booleans in a view.
    pub(super) fn scalar(
        &mut self,
        view: &View<'_>,
        kind: Kinds,
        residue: &mut Vec<Check>,
    ) -> Shape {
        if kind == Kinds::STRING {
            Shape::Text(self.text(view, residue))
        } else if kind == Kinds::INTEGER {
            Shape::Integer(self.integer(view, residue))
        } else if kind == Kinds::NUMBER {
            Shape::Number(decimal(view, residue))
        } else if kind == Kinds::BOOLEAN {
            Shape::Boolean
        } else {
            Shape::Null
        }
    }

    fn text(&mut self, view: &View<'_>, residue: &mut Vec<Check>) -> Text {
        let mut patterns = view.keywords().filter_map(|(_, k)| k.pattern.clone());
        let pattern = patterns.next();
        residue.extend(
            patterns
                .filter(|it| Some(it) != pattern.as_ref())
                .map(|pattern| Check::Pattern { pattern }),
        );
        let mut formats = view.keywords().filter_map(|(_, k)| k.format.clone());
        let format = formats.next();
        let asserted = self.formats == Formats::Assert;
        if asserted {
            residue.extend(
                formats
                    .filter(|it| Some(it) != format.as_ref())
                    .map(|format| Check::Format { format }),
            );
        }
        Text {
            min_length: most(view, |k| k.min_length),
            max_length: least(view, |k| k.max_length),
            pattern,
            format_asserted: asserted && format.is_some(),
            format,
        }
    }

    fn integer(&mut self, view: &View<'_>, residue: &mut Vec<Check>) -> Integer {
        let lows = [
            tightest(view, |k| k.minimum.as_ref(), Greater).map(|n| whole_from(&n, false)),
            tightest(view, |k| k.exclusive_minimum.as_ref(), Greater).map(|n| whole_from(&n, true)),
        ];
        let highs = [
            tightest(view, |k| k.maximum.as_ref(), Less).map(|n| whole_to(&n, false)),
            tightest(view, |k| k.exclusive_maximum.as_ref(), Less).map(|n| whole_to(&n, true)),
        ];
        let minimum = lows.into_iter().flatten().max();
        let maximum = highs.into_iter().flatten().min();
        let unsigned = minimum.is_some_and(|low| low >= 0)
            && maximum.is_some_and(|high| high > i128::from(i64::MAX));
        let (width, range) = if unsigned {
            (Width::Uint64, 0..=i128::from(u64::MAX))
        } else {
            (Width::Int64, i128::from(i64::MIN)..=i128::from(i64::MAX))
        };
        let beyond = [minimum, maximum]
            .into_iter()
            .flatten()
            .any(|bound| !range.contains(&bound));
        if beyond {
            let (name, min, max) = (view.origin, range.start(), range.end());
            let keyword = if maximum.is_some_and(|high| high > *max) {
                "maximum"
            } else {
                "minimum"
            };
            self.warn(
                &INTEGER_TOO_WIDE,
                name,
                keyword,
                format!("this integer goes beyond {min} … {max}"),
                "values beyond are refused by generated readers; a string with a pattern has no limit",
            );
        }
        let mut multiples = view.keywords().filter_map(|(_, k)| k.multiple_of.clone());
        let mut multiple_of = None;
        if let Some(first) = multiples.next() {
            multiple_of = Exact::of(&first)
                .to_i128()
                .and_then(|step| u64::try_from(step).ok());
            if multiple_of.is_none() {
                residue.push(Check::MultipleOf { value: first });
            }
        }
        residue.extend(multiples.map(|value| Check::MultipleOf { value }));
        Integer {
            width,
            minimum: minimum.filter(|low| *low > *range.start()),
            maximum: maximum.filter(|high| *high < *range.end()),
            multiple_of: multiple_of.filter(|step| *step > 1),
            values: Vec::new(),
        }
    }

    /// The shape of a view that lists its values.
    pub(super) fn values(&mut self, view: &View<'_>, values: &[Value]) -> Plan {
        let allowed: Vec<Value> = values
            .iter()
            .filter(|value| view.kinds.contains(Kinds::of(value)))
            .cloned()
            .collect();
        let nullable = allowed.contains(&Value::Null);
        let mut residue = Vec::new();
        for (id, keywords) in view.keywords() {
            self.scalars(keywords, &mut residue);
            self.arrays(keywords, &mut residue);
            self.properties(keywords, &mut residue);
            self.counts(keywords, &mut residue);
            self.logic(keywords, &mut residue);
            self.unevaluated_here(id, keywords, &mut residue);
        }
        for (_, exactly_one, alternatives) in view.choices() {
            let checks = self.list(alternatives);
            residue.push(if exactly_one {
                Check::One { checks }
            } else {
                Check::Any { checks }
            });
        }
        let rest: Vec<&Value> = allowed.iter().filter(|value| !value.is_null()).collect();
        let whole = || -> Option<Vec<i128>> {
            rest.iter()
                .map(|value| Exact::of(value.as_number()?).to_i128())
                .collect()
        };
        let fits = |values: &[i128], range: std::ops::RangeInclusive<i128>| {
            values.iter().all(|value| range.contains(value))
        };
        let signed = i128::from(i64::MIN)..=i128::from(i64::MAX);
        let unsigned = 0..=i128::from(u64::MAX);
        let what = if rest.is_empty() && nullable {
            return Plan {
                what: What::Scalar(Shape::Null),
                nullable: false,
                residue,
            };
        } else if rest.is_empty() {
            residue.push(Check::Never);
            return Plan {
                what: What::Scalar(Shape::Anything),
                nullable: false,
                residue,
            };
        } else if check::all_strings(&allowed) {
            What::Choice(
                rest.iter()
                    .filter_map(|value| value.as_str())
                    .map(str::to_owned)
                    .collect(),
            )
        } else if let Some(mut values) = whole().filter(|it| fits(it, signed) || fits(it, unsigned))
        {
            values.sort_unstable();
            values.dedup();
            let wide = values.iter().any(|value| *value > i128::from(i64::MAX));
            let width = if wide { Width::Uint64 } else { Width::Int64 };
            let integer = Integer {
                width,
                minimum: None,
                maximum: None,
                multiple_of: None,
                values,
            };
            What::Scalar(Shape::Integer(integer))
        } else {
            let shape = if rest.iter().all(|value| value.is_boolean()) {
                Shape::Boolean
            } else if rest.iter().all(|value| value.is_number()) {
                Shape::Number(Decimal::default())
            } else {
                Shape::Anything
            };
            let both = matches!(shape, Shape::Boolean) && rest.len() == 2;
            let anything = matches!(shape, Shape::Anything);
            if !both {
                residue.push(Check::Values { values: allowed });
            }
            return Plan {
                what: What::Scalar(shape),
                nullable: nullable && !anything,
                residue,
            };
        };
        Plan {
            what,
            nullable,
            residue,
        }
    }
}

fn decimal(view: &View<'_>, residue: &mut Vec<Check>) -> Decimal {
    let mut multiples = view.keywords().filter_map(|(_, k)| k.multiple_of.clone());
    let multiple_of = multiples.next();
    residue.extend(multiples.map(|value| Check::MultipleOf { value }));
    Decimal {
        minimum: tightest(view, |k| k.minimum.as_ref(), Greater),
        maximum: tightest(view, |k| k.maximum.as_ref(), Less),
        exclusive_minimum: tightest(view, |k| k.exclusive_minimum.as_ref(), Greater),
        exclusive_maximum: tightest(view, |k| k.exclusive_maximum.as_ref(), Less),
        multiple_of,
    }
}
