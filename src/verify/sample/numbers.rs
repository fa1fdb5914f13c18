//! Numbers worth trying: bounds, steps and widths in; spelled numbers out.
//!
//! Arithmetic is decimal and exact; a number too long for it is passed over.

use serde_json::Number;

use super::facts::Facts;

/// A decimal: `mantissa` × 10^−`scale`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Fixed {
    mantissa: i128,
    scale: u32,
}

const ONE: Fixed = Fixed {
    mantissa: 1,
    scale: 0,
};

impl Fixed {
    /// Reads a number of at most 30 digits.
    pub(super) fn of(number: &Number) -> Option<Self> {
        let text = number.to_string();
        let (mantissa, exponent) = text.split_once(['e', 'E']).unwrap_or((&text, "0"));
        let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
        let digits = format!("{whole}{}", fraction.trim_end_matches('0'));
        let length = i32::try_from(fraction.trim_end_matches('0').len()).ok()?;
        let scale = length.checked_sub(exponent.parse().ok()?)?;
        let mantissa: i128 = digits.parse().ok()?;
        if !(-30..=30).contains(&scale) || digits.len() > 30 {
            return None;
        }
        if scale >= 0 {
            return Some(Self {
                mantissa,
                scale: scale.unsigned_abs(),
            });
        }
        let mantissa = mantissa.checked_mul(10_i128.checked_pow(scale.unsigned_abs())?)?;
        Some(Self { mantissa, scale: 0 })
    }

    /// The sum with `count` times `step`.
    pub(super) fn plus(self, step: Self, count: i128) -> Option<Self> {
        let scale = self.scale.max(step.scale);
        let mantissa = self
            .at(scale)?
            .checked_add(step.at(scale)?.checked_mul(count)?)?;
        Some(Self { mantissa, scale })
    }

    /// The least multiple of `step` that is not below.
    fn up_to(self, step: Self) -> Option<Self> {
        let scale = self.scale.max(step.scale);
        let (value, step) = (self.at(scale)?, step.at(scale)?);
        let rest = value.checked_rem_euclid(step)?;
        let mantissa = if rest == 0 {
            value
        } else {
            value.checked_add(step - rest)?
        };
        Some(Self { mantissa, scale })
    }

    /// Half of it.
    fn half(self) -> Option<Self> {
        Some(Self {
            mantissa: self.mantissa.checked_mul(5)?,
            scale: self.scale + 1,
        })
    }

    fn at(self, scale: u32) -> Option<i128> {
        self.mantissa
            .checked_mul(10_i128.checked_pow(scale - self.scale)?)
    }

    /// The number, without zeros at the end of its fraction.
    pub(super) fn number(self) -> Option<Number> {
        let sign = if self.mantissa < 0 { "-" } else { "" };
        let digits = self.mantissa.unsigned_abs().to_string();
        let scale = self.scale as usize;
        let digits = format!("{digits:0>width$}", width = scale + 1);
        let (whole, fraction) = digits.split_at(digits.len() - scale);
        let fraction = fraction.trim_end_matches('0');
        let point = if fraction.is_empty() { "" } else { "." };
        format!("{sign}{whole}{point}{fraction}").parse().ok()
    }
}

/// Spelled numbers with what each shows.
pub(super) type Shown = Vec<(&'static str, String)>;

/// Numbers at and around what the facts bound.
pub(super) fn edges(facts: &Facts<'_>, whole: bool) -> Shown {
    let mut out = Shown::new();
    let step = step(facts, whole);
    let mut show = |what, number: Option<Fixed>| {
        out.extend(
            number
                .and_then(Fixed::number)
                .map(|it| (what, it.to_string())),
        );
    };
    let fixed = |numbers: Vec<&Number>| {
        numbers
            .into_iter()
            .filter_map(Fixed::of)
            .collect::<Vec<_>>()
    };
    for bound in fixed(facts.numbers(|it| it.minimum.as_ref())) {
        show("the minimum", Some(bound));
        show("below the minimum", bound.plus(step, -1));
        show("above the minimum", bound.plus(step, 1));
    }
    for bound in fixed(facts.numbers(|it| it.maximum.as_ref())) {
        show("the maximum", Some(bound));
        show("above the maximum", bound.plus(step, 1));
        show("below the maximum", bound.plus(step, -1));
    }
    for bound in fixed(facts.numbers(|it| it.exclusive_minimum.as_ref())) {
        show("the exclusive minimum", Some(bound));
        show("above the exclusive minimum", bound.plus(step, 1));
    }
    for bound in fixed(facts.numbers(|it| it.exclusive_maximum.as_ref())) {
        show("the exclusive maximum", Some(bound));
        show("below the exclusive maximum", bound.plus(step, -1));
    }
    for step in fixed(facts.numbers(|it| it.multiple_of.as_ref())) {
        let base = least(facts).and_then(|least| least.up_to(step));
        let base = base.unwrap_or(Fixed {
            mantissa: 0,
            scale: 0,
        });
        show("three steps", base.plus(step, 3));
        show(
            "half a step off",
            step.half()
                .and_then(|half| base.plus(step, 1)?.plus(half, 1)),
        );
    }
    out
}

/// A number the bounds allow, for building; simple ones first.
pub(super) fn plain(facts: &Facts<'_>, whole: bool) -> Vec<Number> {
    let step = step(facts, whole);
    let zero = Fixed {
        mantissa: 0,
        scale: 0,
    };
    let mut out: Vec<Fixed> = vec![ONE, zero];
    if !whole {
        out.insert(
            0,
            Fixed {
                mantissa: 15,
                scale: 1,
            },
        );
    }
    for bound in facts.numbers(|it| it.multiple_of.as_ref()) {
        out.extend(Fixed::of(bound));
    }
    if let Some(least) = least(facts) {
        let base = least.up_to(step);
        out.extend(base);
        out.extend(base.and_then(|base| base.plus(step, 1)));
    }
    let most = facts.numbers(|it| it.maximum.as_ref()).into_iter();
    for bound in most.chain(facts.numbers(|it| it.exclusive_maximum.as_ref())) {
        if let Some(bound) = Fixed::of(bound) {
            out.extend([bound.plus(step, -1), Some(bound)].into_iter().flatten());
        }
    }
    let fine = Fixed {
        mantissa: 1,
        scale: 6,
    };
    out.extend(least(facts).and_then(|least| least.plus(fine, 1)));
    out.into_iter().filter_map(Fixed::number).collect()
}

fn least(facts: &Facts<'_>) -> Option<Fixed> {
    let inclusive = facts.numbers(|it| it.minimum.as_ref());
    let exclusive = facts.numbers(|it| it.exclusive_minimum.as_ref());
    Fixed::of(inclusive.last().or(exclusive.last())?)
}

fn step(facts: &Facts<'_>, whole: bool) -> Fixed {
    let declared = facts.numbers(|it| it.multiple_of.as_ref());
    let fine = Fixed {
        mantissa: 1,
        scale: 3,
    };
    declared
        .last()
        .and_then(|it| Fixed::of(it))
        .unwrap_or(if whole { ONE } else { fine })
}

/// Integers that programs get wrong.
pub(super) const INTEGERS: &[(&str, &str)] = &[
    ("an integer with a fraction of zero", "5.0"),
    ("an integer with an exponent", "5e2"),
    ("a fraction", "1.5"),
    ("the greatest of 64 bits", "9223372036854775807"),
    ("the least of 64 bits", "-9223372036854775808"),
    ("zero", "0"),
    ("a negative number", "-1"),
    ("more than a double holds", "9007199254740993"),
];

/// Numbers that programs get wrong.
pub(super) const NUMBERS: &[(&str, &str)] = &[
    ("a number without a fraction", "1"),
    ("a fraction of zero", "2.0"),
    ("a fraction no double holds", "0.1"),
    ("an exponent", "1.25e-7"),
    ("zero", "0"),
    ("a negative number", "-1.5"),
    ("seventeen digits", "0.30000000000000004"),
    ("the greatest double", "1.7976931348623157e308"),
    ("the least double", "5e-324"),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn decimals_are_exact() {
        let fixed = |text: &str| Fixed::of(&text.parse().unwrap()).unwrap();
        let sum = fixed("1000").plus(fixed("0.01"), -1).unwrap();
        assert_eq!(sum.number().unwrap().to_string(), "999.99");
        assert_eq!(
            fixed("-0.05")
                .plus(fixed("1e-2"), 5)
                .unwrap()
                .number()
                .unwrap()
                .to_string(),
            "0"
        );
        assert_eq!(
            fixed("7")
                .up_to(fixed("5"))
                .unwrap()
                .number()
                .unwrap()
                .to_string(),
            "10"
        );
        assert_eq!(
            fixed("-7")
                .up_to(fixed("5"))
                .unwrap()
                .number()
                .unwrap()
                .to_string(),
            "-5"
        );
        assert_eq!(Fixed::of(&"1e400".parse().unwrap()), None);
    }
}
