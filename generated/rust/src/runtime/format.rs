//! Texts of a `format`, where a contract asserts formats. An unknown format accepts every text.

use std::net::{Ipv4Addr, Ipv6Addr};

/// Whether a text is of a format.
pub(super) fn is(format: &str, text: &str) -> bool {
    match format {
        "date-time" => is_date_time(text),
        "date" => is_date(text),
        "time" => is_time(text),
        "duration" => is_duration(text),
        "email" => is_email(text),
        "hostname" => is_hostname(text),
        "ipv4" => text.parse::<Ipv4Addr>().is_ok(),
        "ipv6" => text.parse::<Ipv6Addr>().is_ok(),
        "uuid" => is_uuid(text),
        "uri" => is_uri(text),
        "json-pointer" => is_json_pointer(text),
        "regex" => regress::Regex::with_flags(text, "u").is_ok(),
        _ => true,
    }
}

fn is_date_time(text: &str) -> bool {
    match (text.get(..10), text.get(10..11), text.get(11..)) {
        (Some(date), Some("T" | "t"), Some(time)) => is_date(date) && is_time(time),
        _ => false,
    }
}

fn is_date(text: &str) -> bool {
    let parts: Vec<_> = text.split('-').collect();
    let [year, month, day] = parts[..] else {
        return false;
    };
    let (Some(year), Some(month), Some(day)) =
        (digits(year, 4), digits(month, 2), digits(day, 2))
    else {
        return false;
    };
    let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let days = match month {
        1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
        4 | 6 | 9 | 11 => 30,
        2 if leap => 29,
        2 => 28,
        _ => 0,
    };
    (1..=days).contains(&day)
}

fn is_time(text: &str) -> bool {
    let Some(zone) = text.find(['Z', 'z', '+', '-']) else {
        return false;
    };
    let (clock, zone) = text.split_at(zone);
    let (clock, fraction) = clock.split_once('.').unwrap_or((clock, "0"));
    let parts: Vec<_> = clock.split(':').map(|part| digits(part, 2)).collect();
    let [Some(hour), Some(minute), Some(second)] = parts[..] else {
        return false;
    };
    let Some(offset) = offset(zone) else {
        return false;
    };
    // A leap second ends a day of UTC.
    let leap = (hour * 60 + minute + 1440 - offset) % 1440 == 1439;
    let is_clock = hour < 24 && minute < 60 && (second < 60 || (second == 60 && leap));
    is_clock
        && !fraction.is_empty()
        && fraction.bytes().all(|byte| byte.is_ascii_digit())
}

/// Minutes ahead of UTC, from 0 to 1439.
fn offset(zone: &str) -> Option<u32> {
    if matches!(zone, "Z" | "z") {
        return Some(0);
    }
    let (hours, minutes) = zone.get(1..)?.split_once(':')?;
    let hours = digits(hours, 2).filter(|hours| *hours < 24)?;
    let minutes = digits(minutes, 2).filter(|minutes| *minutes < 60)? + hours * 60;
    Some(if zone.starts_with('-') { (1440 - minutes) % 1440 } else { minutes })
}

fn digits(text: &str, length: usize) -> Option<u32> {
    let all = text.len() == length && text.bytes().all(|byte| byte.is_ascii_digit());
    all.then(|| text.parse().ok()).flatten()
}

fn is_duration(text: &str) -> bool {
    let Some(text) = text.strip_prefix('P') else {
        return false;
    };
    if let Some(weeks) = text.strip_suffix('W') {
        return !weeks.is_empty() && weeks.bytes().all(|byte| byte.is_ascii_digit());
    }
    let (date, time) = match text.split_once('T') {
        Some((_, "")) => return false,
        Some((date, time)) => (date, time),
        None => (text, ""),
    };
    !text.is_empty() && has_units(date, "YMD") && has_units(time, "HMS")
}

/// Whether a text is numbers with units, in this order and without a gap.
fn has_units(mut text: &str, mut units: &str) -> bool {
    let mut first = true;
    while !text.is_empty() {
        let end = text.find(|next: char| !next.is_ascii_digit());
        let Some(end) = end.filter(|end| *end > 0) else {
            return false;
        };
        let unit = text[end..].chars().next().unwrap_or_default();
        let Some(place) = units.find(unit).filter(|place| first || *place == 0) else {
            return false;
        };
        first = false;
        units = &units[place + 1..];
        text = &text[end + unit.len_utf8()..];
    }
    true
}

fn is_email(text: &str) -> bool {
    let Some((local, domain)) = text.rsplit_once('@') else {
        return false;
    };
    let is_atom = |atom: &str| {
        !atom.is_empty()
            && atom.chars().all(|next| {
                next.is_ascii_alphanumeric() || "!#$%&'*+/=?^_`{|}~-".contains(next)
            })
    };
    local.split('.').all(is_atom) && is_hostname(domain)
}

fn is_hostname(text: &str) -> bool {
    let is_label = |label: &str| {
        (1..=63).contains(&label.len())
            && !label.starts_with('-')
            && !label.ends_with('-')
            && label.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
    };
    text.len() <= 253 && text.split('.').all(is_label)
}

fn is_uuid(text: &str) -> bool {
    let lengths = text.split('-').map(str::len);
    lengths.eq([8, 4, 4, 4, 12])
        && text.bytes().all(|byte| byte.is_ascii_hexdigit() || byte == b'-')
}

fn is_uri(text: &str) -> bool {
    let Some((scheme, rest)) = text.split_once(':') else {
        return false;
    };
    let is_scheme = scheme.starts_with(|first: char| first.is_ascii_alphabetic())
        && scheme
            .chars()
            .all(|next| next.is_ascii_alphanumeric() || "+-.".contains(next));
    let allowed = "-._~:/?#[]@!$&'()*+,;=%";
    is_scheme
        && rest
            .chars()
            .all(|next| next.is_ascii_alphanumeric() || allowed.contains(next))
}

fn is_json_pointer(text: &str) -> bool {
    let escapes = text.replace("~0", "").replace("~1", "");
    (text.is_empty() || text.starts_with('/')) && !escapes.contains('~')
}
