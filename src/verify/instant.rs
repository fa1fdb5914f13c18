//! When a `date-time` is: an RFC 3339 text in; what is equal for all texts of the same instant out.

/// Seconds since 1970 in UTC, and the digits of the fraction without zeros at their end. A leap second counts as
/// the sixtieth of its minute.
pub(super) fn instant(text: &str) -> Option<(i64, String)> {
    let number = |from: usize, to: usize| text.get(from..to)?.parse::<i64>().ok();
    let (year, month, day) = (number(0, 4)?, number(5, 7)?, number(8, 10)?);
    let (hour, minute, second) = (number(11, 13)?, number(14, 16)?, number(17, 19)?);
    let rest = text.get(19..)?;
    let zone = rest.find(['Z', 'z', '+', '-'])?;
    let (fraction, zone) = rest.split_at(zone);
    let offset = match zone.get(..1)? {
        "Z" | "z" => 0,
        sign => {
            let (hours, minutes) = zone.get(1..)?.split_once(':')?;
            let minutes = hours.parse::<i64>().ok()? * 60 + minutes.parse::<i64>().ok()?;
            if sign == "-" { -minutes } else { minutes }
        }
    };
    let minutes = (days(year, month, day) * 24 + hour) * 60 + minute - offset;
    let digits = fraction.trim_start_matches('.').trim_end_matches('0');
    Some((minutes * 60 + second, digits.to_owned()))
}

/// Days from 1970-01-01, by years that begin in March.
fn days(year: i64, month: i64, day: i64) -> i64 {
    let year = if month <= 2 { year - 1 } else { year };
    let (era, of_era) = (year.div_euclid(400), year.rem_euclid(400));
    let of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    era * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719_468
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_of_one_instant_are_equal() {
        let at = |text: &str| instant(text).unwrap();
        assert_eq!(at("1970-01-01T00:00:00Z"), (0, String::new()));
        assert_eq!(
            at("2000-03-01t00:00:00.50z"),
            at("2000-02-29T22:00:00.5-02:00")
        );
        assert_eq!(at("2024-12-31T23:59:60Z"), at("2025-01-01T00:59:60+01:00"));
        assert_ne!(
            at("2024-01-01T00:00:00Z"),
            at("2024-01-01T00:00:00.000001Z")
        );
        assert_eq!(instant("yesterday"), None);
    }
}
