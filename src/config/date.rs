//! A day of the calendar: `2027-01-31` in; days that can be compared out. Knows no clock.

use std::fmt;
use std::str::FromStr;

/// A day, year before month before day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Date {
    year: u16,
    month: u8,
    day: u8,
}

/// A text that is no day.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is no day, expected year-month-day as in \"2027-01-31\"")]
pub struct DateError(String);

impl Date {
    /// The day of a second since 1970, in UTC.
    pub fn of_second(second: u64) -> Self {
        // Days counted from 0000-03-01, so that leap days end a year; 400 years repeat.
        let days = second / 86_400 + 719_468;
        let (era, of_era) = (days / 146_097, days % 146_097);
        let year_of_era = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
        let of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
        let from_march = (5 * of_year + 2) / 153;
        let day = of_year - (153 * from_march + 2) / 5 + 1;
        let month = if from_march < 10 {
            from_march + 3
        } else {
            from_march - 9
        };
        let year = year_of_era + era * 400 + u64::from(month <= 2);
        Self {
            year: u16::try_from(year).unwrap_or(u16::MAX),
            month: u8::try_from(month).expect("one of twelve"),
            day: u8::try_from(day).expect("at most 31"),
        }
    }

    fn days_of_month(year: u16, month: u8) -> u8 {
        let leap =
            year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
        match month {
            2 => 28 + u8::from(leap),
            4 | 6 | 9 | 11 => 30,
            _ => 31,
        }
    }
}

impl FromStr for Date {
    type Err = DateError;

    fn from_str(text: &str) -> Result<Self, DateError> {
        let error = || DateError(text.to_owned());
        let parts: Vec<&str> = text.split('-').collect();
        let [year, month, day] = parts.as_slice() else {
            return Err(error());
        };
        let digits = |part: &str, count| {
            let all = part.len() == count && part.bytes().all(|byte| byte.is_ascii_digit());
            if all { part.parse::<u16>().ok() } else { None }
        };
        let (Some(year), Some(month), Some(day)) =
            (digits(year, 4), digits(month, 2), digits(day, 2))
        else {
            return Err(error());
        };
        let small = |part: u16| u8::try_from(part).map_err(|_| error());
        let (month, day) = (small(month)?, small(day)?);
        let known =
            (1..=12).contains(&month) && (1..=Self::days_of_month(year, month)).contains(&day);
        known.then_some(Self { year, month, day }).ok_or_else(error)
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.year, self.month, self.day)
    }
}

impl serde::Serialize for Date {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> serde::Deserialize<'de> for Date {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}

impl schemars::JsonSchema for Date {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Date".into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({
            "type": "string",
            "description": "A day, year-month-day.",
            "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$",
        })
    }
}

#[cfg(test)]
mod tests {
    use super::Date;

    #[test]
    fn seconds_fall_on_days() {
        let day = |second| Date::of_second(second).to_string();
        assert_eq!(day(0), "1970-01-01");
        assert_eq!(day(951_782_399), "2000-02-28");
        assert_eq!(day(951_782_400), "2000-02-29");
        assert_eq!(day(951_868_800), "2000-03-01");
        assert_eq!(day(1_798_761_599), "2026-12-31");
        assert_eq!(day(1_798_761_600), "2027-01-01");
    }

    #[test]
    fn days_that_are_not_are_refused() {
        let read = |text: &str| text.parse::<Date>().map(|it| it.to_string());
        assert_eq!(read("2028-02-29").as_deref(), Ok("2028-02-29"));
        for wrong in [
            "",
            "2027-02-29",
            "2027-13-01",
            "2027-1-1",
            "27-01-01",
            "2027-01-01T00",
        ] {
            assert!(read(wrong).is_err(), "{wrong}");
        }
    }
}
