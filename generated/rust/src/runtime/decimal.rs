//! Numbers by value, exactly as their digits say.

use std::cmp::Ordering;

use serde_json::Number;

/// Sign, digits without zeros at either end, and the power of ten of the last digit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Decimal {
    negative: bool,
    digits: String,
    exponent: i64,
}

impl Decimal {
    /// The value of a JSON number; the exponent saturates at ±2^62.
    pub(super) fn of(number: &Number) -> Self {
        Self::parse(&number.to_string())
    }

    /// The value of a number's text.
    pub(super) fn parse(text: &str) -> Self {
        let (negative, text) = match text.strip_prefix('-') {
            Some(rest) => (true, rest),
            None => (false, text),
        };
        let (mantissa, exponent) = text.split_once(['e', 'E']).unwrap_or((text, "0"));
        let sign = if exponent.starts_with('-') { -1 } else { 1 };
        let exponent: i64 = exponent.parse().unwrap_or(sign * (1 << 62));
        let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
        let all = format!("{whole}{fraction}");
        let trimmed = all.trim_end_matches('0');
        let digits = trimmed.trim_start_matches('0').to_owned();
        if digits.is_empty() {
            return Self { negative: false, digits, exponent: 0 };
        }
        let shift = (all.len() - trimmed.len()) as i64 - fraction.len() as i64;
        let exponent = exponent.clamp(-(1 << 62), 1 << 62) + shift;
        Self { negative, digits, exponent }
    }

    /// Whether it has no fraction.
    pub(super) fn is_integer(&self) -> bool {
        self.exponent >= 0
    }

    /// The value as a whole number, where it is one and fits.
    pub(super) fn to_i128(&self) -> Option<i128> {
        if self.digits.is_empty() {
            return Some(0);
        }
        let zeros = usize::try_from(self.exponent).ok().filter(|zeros| *zeros < 40)?;
        let sign = if self.negative { "-" } else { "" };
        format!("{sign}{}{}", self.digits, "0".repeat(zeros)).parse().ok()
    }

    /// Whether it is a whole number of `step`s; `step` has at most 36 digits.
    pub(super) fn is_multiple_of(&self, step: &Self) -> bool {
        if self.digits.is_empty() {
            return true;
        }
        let Ok(divisor) = step.digits.parse::<u128>() else {
            return false;
        };
        let zeros = self.exponent - step.exponent;
        // The digits end in no zero, so they are no multiple of ten steps.
        if divisor == 0 || zeros < 0 {
            return false;
        }
        let append = |rest: u128, digit: u8| (rest * 10 + u128::from(digit)) % divisor;
        let rest = self.digits.bytes().map(|byte| byte - b'0').fold(0, append);
        // More zeros than the divisor has factors of two or five change nothing.
        (0..zeros.min(128)).fold(rest, |rest, _| append(rest, 0)) == 0
    }
}

impl PartialOrd for Decimal {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Decimal {
    fn cmp(&self, other: &Self) -> Ordering {
        let sign = |decimal: &Self| match (decimal.digits.is_empty(), decimal.negative) {
            (true, _) => 0,
            (false, true) => -1,
            (false, false) => 1,
        };
        let magnitude = |decimal: &Self| decimal.exponent + decimal.digits.len() as i64;
        sign(self).cmp(&sign(other)).then_with(|| {
            // No digits end in zero, so a shared prefix decides by length, as text does.
            let larger = magnitude(self)
                .cmp(&magnitude(other))
                .then_with(|| self.digits.cmp(&other.digits));
            if self.negative { larger.reverse() } else { larger }
        })
    }
}
