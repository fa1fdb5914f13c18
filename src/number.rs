//! Numbers as JSON writes them: exact, whatever their size.

use std::fmt;

use num_bigint::BigInt;
use serde_json::Number;

/// Numbers of more digits are told apart, but not reckoned with.
const MOST_DIGITS: u32 = 5_000;

/// Whether the number has no fraction: `1`, `1.0`, `1e3`, `10e-1`.
pub fn is_integer(number: &Number) -> bool {
    Decimal::of(number).is_integer()
}

/// The same whole number without a fraction or exponent, where it has one and fits 128 bits.
pub fn plain(number: &Number) -> Option<Number> {
    if !number.to_string().contains(['.', 'e', 'E']) {
        return None;
    }
    let whole = Decimal::of(number).to_i128()?;
    Some(from_scaled(whole, 0))
}

/// A JSON number by value: sign, digits without zeros at either end, and the power of ten of the last digit.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Decimal {
    negative: bool,
    digits: String,
    exponent: i64,
}

impl Decimal {
    /// Reads a JSON number; the exponent saturates at ±2^62.
    pub fn of(number: &Number) -> Self {
        Self::parse(&number.to_string())
    }

    fn parse(text: &str) -> Self {
        let (negative, text) = match text.strip_prefix('-') {
            Some(rest) => (true, rest),
            None => (false, text),
        };
        let (mantissa, exponent) = text.split_once(['e', 'E']).unwrap_or((text, "0"));
        let huge = if exponent.starts_with('-') {
            -(1 << 62)
        } else {
            1 << 62
        };
        let exponent: i64 = exponent.parse().unwrap_or(huge);
        let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
        let all = format!("{whole}{fraction}");
        let mut exponent =
            exponent.saturating_sub(i64::try_from(fraction.len()).unwrap_or(i64::MAX));
        let trimmed = all.trim_end_matches('0');
        exponent =
            exponent.saturating_add(i64::try_from(all.len() - trimmed.len()).unwrap_or(i64::MAX));
        let digits = trimmed.trim_start_matches('0').to_owned();
        if digits.is_empty() {
            return Self {
                negative: false,
                digits,
                exponent: 0,
            };
        }
        Self {
            negative,
            digits,
            exponent,
        }
    }

    /// Whether it has no fraction.
    pub fn is_integer(&self) -> bool {
        self.exponent >= 0
    }

    /// The greatest whole number that is not above it; saturates at the ends of 128 bits.
    pub fn floor(&self) -> i128 {
        let huge = if self.negative { i128::MIN } else { i128::MAX };
        let sign = if self.negative { "-" } else { "" };
        if self.exponent >= 0 {
            return self.to_i128().unwrap_or(huge);
        }
        let fraction = usize::try_from(self.exponent.unsigned_abs()).unwrap_or(usize::MAX);
        let whole = self.digits.len().saturating_sub(fraction);
        let toward_zero = match self.digits.get(..whole) {
            None | Some("") => 0,
            Some(digits) => format!("{sign}{digits}").parse().unwrap_or(huge),
        };
        if self.negative {
            toward_zero.saturating_sub(1)
        } else {
            toward_zero
        }
    }

    /// How many decimal places it has.
    pub fn places(&self) -> u32 {
        u32::try_from(-self.exponent.min(0)).unwrap_or(u32::MAX)
    }

    /// The value times 10^`places`, where that is whole and fits 128 bits.
    pub fn scaled(&self, places: u32) -> Option<i128> {
        Self {
            exponent: self.exponent.checked_add(i64::from(places))?,
            ..self.clone()
        }
        .to_i128()
    }

    /// Whether it is a whole multiple of `step`; `None` where the two are too far apart to tell.
    pub fn is_multiple_of(&self, step: &Self) -> Option<bool> {
        let places = self.places().max(step.places());
        let (number, step) = (self.whole(places)?, step.whole(places)?);
        let zero = BigInt::default();
        (step != zero).then(|| number % step == zero)
    }

    /// The value times 10^`places`, where that is whole; `None` where it has thousands of digits.
    pub fn whole(&self, places: u32) -> Option<BigInt> {
        let zeros = self.exponent.checked_add(i64::from(places))?;
        let zeros = u32::try_from(zeros).ok().filter(|it| *it <= MOST_DIGITS)?;
        let digits: BigInt = match self.digits.as_str() {
            "" => return Some(BigInt::default()),
            digits => digits.parse().ok()?,
        };
        let value = digits * BigInt::from(10).pow(zeros);
        Some(if self.negative { -value } else { value })
    }

    /// The value as a whole number, where it is one and fits 128 bits.
    pub fn to_i128(&self) -> Option<i128> {
        let zeros = usize::try_from(self.exponent)
            .ok()
            .filter(|zeros| *zeros < 40)?;
        if self.digits.is_empty() {
            return Some(0);
        }
        let sign = if self.negative { "-" } else { "" };
        format!("{sign}{}{}", self.digits, "0".repeat(zeros))
            .parse()
            .ok()
    }
}

impl fmt::Display for Decimal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(whole) = self.to_i128() {
            return write!(f, "{whole}");
        }
        let sign = if self.negative { "-" } else { "" };
        let places = usize::try_from(self.places()).unwrap_or(usize::MAX);
        if self.exponent < 0 && places < 40 {
            let digits = format!("{:0>width$}", self.digits, width = places + 1);
            let (whole, fraction) = digits.split_at(digits.len() - places);
            return write!(f, "{sign}{whole}.{fraction}");
        }
        write!(f, "{sign}{}e{}", self.digits, self.exponent)
    }
}

/// `value` / 10^`places` as a JSON number.
pub fn from_scaled(value: impl fmt::Display, places: u32) -> Number {
    let decimal = Decimal::parse(&format!("{value}e-{places}"));
    decimal
        .to_string()
        .parse()
        .expect("a decimal prints as a JSON number")
}

impl PartialOrd for Decimal {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Decimal {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        let rank = |decimal: &Self| match (decimal.digits.is_empty(), decimal.negative) {
            (true, _) => 1,
            (false, true) => 0,
            (false, false) => 2,
        };
        let magnitude = |decimal: &Self| {
            decimal
                .exponent
                .saturating_add(i64::try_from(decimal.digits.len()).unwrap_or(i64::MAX))
        };
        rank(self).cmp(&rank(other)).then_with(|| {
            // Digits carry no zeros at the end, so a shared prefix decides by length, as text does.
            let larger = magnitude(self)
                .cmp(&magnitude(other))
                .then_with(|| self.digits.cmp(&other.digits));
            if self.negative {
                larger.reverse()
            } else {
                larger
            }
        })
    }
}

/// Whether two JSON values are equal with numbers compared by value (`1` is `1.0`), as JSON Schema compares them.
pub fn same(a: &serde_json::Value, b: &serde_json::Value) -> bool {
    use serde_json::Value;
    match (a, b) {
        (Value::Number(a), Value::Number(b)) => a == b || Decimal::of(a) == Decimal::of(b),
        (Value::Array(a), Value::Array(b)) => {
            a.len() == b.len() && a.iter().zip(b).all(|(a, b)| same(a, b))
        }
        (Value::Object(a), Value::Object(b)) => {
            a.len() == b.len()
                && a.iter()
                    .all(|(name, a)| b.get(name).is_some_and(|b| same(a, b)))
        }
        _ => a == b,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn decimal(text: &str) -> Decimal {
        Decimal::of(&text.parse().unwrap())
    }

    #[test]
    fn spelling_does_not_matter() {
        assert_eq!(decimal("1.0"), decimal("10e-1"));
        assert_eq!(decimal("-0"), decimal("0.00"));
        assert!(decimal("1e3").is_integer());
        assert!(!decimal("1.5").is_integer());
        assert_eq!(decimal("12e2").to_i128(), Some(1200));
    }

    #[test]
    fn floor_goes_down() {
        for (text, floor) in [
            ("1.5", 1),
            ("-1.5", -2),
            ("0.001", 0),
            ("-1e-9", -1),
            ("12e1", 120),
        ] {
            assert_eq!(decimal(text).floor(), floor, "{text}");
        }
        assert_eq!(decimal("-1e400").floor(), i128::MIN);
    }

    #[test]
    fn decimals_print_plainly() {
        for (number, printed) in [
            ("1.50", "1.5"),
            ("-5e-2", "-0.05"),
            ("1e3", "1000"),
            ("0", "0"),
        ] {
            assert_eq!(decimal(number).to_string(), printed);
        }
        assert_eq!(from_scaled(-125, 2).to_string(), "-1.25");
        assert_eq!(decimal("0.3").is_multiple_of(&decimal("0.1")), Some(true));
        assert_eq!(decimal("1e300").is_multiple_of(&decimal("3")), Some(false));
        assert_eq!(decimal("1e9000").is_multiple_of(&decimal("3")), None);
    }

    #[test]
    fn order_is_by_value() {
        let sorted = [
            "-1e400",
            "-2",
            "-1.5",
            "0",
            "1e-9",
            "0.99",
            "1",
            "9007199254740993",
            "1e400",
        ];
        for pair in sorted.windows(2) {
            assert!(decimal(pair[0]) < decimal(pair[1]), "{pair:?}");
        }
    }
}
