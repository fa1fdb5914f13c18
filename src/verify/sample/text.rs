//! Strings worth trying: lengths, patterns and formats in; texts, each with what it shows, out.
//! Lengths are in code points.

use crate::schema::instance::{Conjunction, text_of_pattern};

/// Longer texts than this are not made.
const MOST: usize = 2000;

/// Texts at and around what the demands bound.
pub(super) fn edges(demands: &Conjunction<'_>) -> Vec<(&'static str, String)> {
    let mut out = Vec::new();
    let least = Some(demands.at_least("minLength")).filter(|it| (1..=MOST).contains(it));
    let most = demands.at_most("maxLength").filter(|it| *it <= MOST);
    if let Some(most) = most {
        out.push(("the longest, in surrogate pairs", "😀".repeat(most)));
        out.push(("too long by one", "x".repeat(most + 1)));
    }
    if let Some(least) = least {
        out.push(("too short by one", "é".repeat(least - 1)));
        out.push(("the shortest, in surrogate pairs", "😀".repeat(least)));
    }
    if let Some(most) = most {
        out.push(("the longest, in ASCII", "x".repeat(most)));
        out.push(("too long by one surrogate pair", "😀".repeat(most + 1)));
    }
    for pattern in demands.texts("pattern") {
        for text in (0..3).filter_map(|extra| text_of_pattern(pattern, extra)) {
            out.push(("what the pattern asks for", text.clone()));
            out.push(("a line end after the pattern", format!("{text}\n")));
            out.push(("a space before the pattern", format!(" {text}")));
        }
    }
    for format in demands.texts("format") {
        let texts = of_format(format).iter();
        out.extend(texts.map(|text| ("a text of the format", (*text).to_owned())));
        out.push(("a text of no format", "no such thing".to_owned()));
    }
    out.extend(TRAPS.iter().map(|(what, text)| (*what, (*text).to_owned())));
    out
}

/// Strings that programs get wrong.
const TRAPS: &[(&str, &str)] = &[
    ("escapes", "\"\\/\u{8}\u{c}\n\r\t"),
    ("non-ASCII", "é円😀"),
    ("control characters", "\u{1}\u{1f}\u{7f}\u{85}"),
    ("an empty string", ""),
    ("separators of lines", "\u{2028}\u{2029}\u{feff}"),
    ("a combining mark", "e\u{301}"),
    ("a word for nothing", "null"),
    ("a text of digits", "5"),
];

/// Texts of a format: valid, in their less common spellings too.
fn of_format(format: &str) -> &'static [&'static str] {
    match format {
        "date-time" => &[
            "2024-02-29T23:59:59.123456789Z",
            "2024-01-01T00:00:00+05:30",
            "1969-12-31T23:59:59.5Z",
            "2024-06-01T12:00:00-00:00",
            "2024-06-01t12:00:00z",
            "2024-06-01T12:00:00.100Z",
        ],
        "date" => &["2024-02-29", "1900-01-01"],
        "time" => &["23:59:59.25Z", "12:00:00+02:00"],
        "duration" => &["P1DT2H", "P2W"],
        "uuid" => &[
            "0f8fad5b-d9cb-469f-a165-70867728950e",
            "0F8FAD5B-D9CB-469F-A165-70867728950E",
        ],
        "email" | "idn-email" => &["trader@example.com", "first.last+tag@example.org"],
        "hostname" | "idn-hostname" => &["feed.example.com", "localhost"],
        "ipv4" => &["192.0.2.1", "255.255.255.255"],
        "ipv6" => &["2001:db8::1", "::", "2001:DB8:0:0:0:0:0:1"],
        "uri" | "iri" => &[
            "https://example.com/a?b=c#d",
            "urn:example:a",
            "HTTP://EXAMPLE.com",
        ],
        "uri-reference" | "iri-reference" => &["/a/b", "https://example.com/", "#d"],
        "uri-template" => &["https://example.com/{id}"],
        "json-pointer" => &["/a~1b/0", ""],
        "relative-json-pointer" => &["1/a", "0#"],
        "regex" => &["^a+$"],
        _ => &[],
    }
}
