//! Strings worth trying: lengths, patterns and formats in; texts out. Lengths are in code points.

use serde_json::{Value, json};

use super::build::Size;
use super::facts::Facts;
use super::pattern;

/// Longer texts than this are not made.
const MOST: u64 = 2000;

/// Texts for building: by format and pattern where there are any, else a plain word of the right length.
pub(super) fn plain(facts: &Facts<'_>, size: Size) -> Vec<String> {
    let least = facts.least(|it| it.min_length).unwrap_or(0).min(MOST);
    let most = facts.most(|it| it.max_length).unwrap_or(MOST).min(MOST);
    let formats = facts.texts(|it| it.format.as_ref());
    let mut out: Vec<String> = formats
        .into_iter()
        .flat_map(of_format)
        .map(str::to_owned)
        .collect();
    let mut patterned: Vec<String> = facts
        .texts(|it| it.pattern.as_ref())
        .into_iter()
        .flat_map(pattern::texts)
        .collect();
    if size == Size::Fullest {
        let shortest = patterned.len().min(1);
        patterned.rotate_left(shortest);
    }
    out.extend(patterned);
    match size {
        Size::Smallest => out.push(of_length("a", least)),
        Size::Fullest => out.push(of_length("text", 4.clamp(least, most.max(least)))),
    }
    out.push(of_length("a", least));
    out
}

/// A text of `length` code points that repeats `word`.
pub(super) fn of_length(word: &str, length: u64) -> String {
    word.chars()
        .cycle()
        .take(usize::try_from(length).unwrap_or(usize::MAX))
        .collect()
}

/// Texts like `first`, if it is one, with other characters.
pub(super) fn numbered(first: &Value, number: usize) -> Vec<Value> {
    let Some(text) = first.as_str() else {
        return Vec::new();
    };
    let mut texts = vec![json!(format!("{text}{number}"))];
    let mut characters: Vec<char> = text.chars().collect();
    for new in ('a'..='z').chain('0'..='9') {
        if let Some(last) = characters.last_mut() {
            *last = new;
            texts.push(json!(characters.iter().collect::<String>()));
        }
    }
    texts
}

/// Texts with what each shows, at and around what the facts bound.
pub(super) fn edges(facts: &Facts<'_>) -> Vec<(&'static str, String)> {
    let mut out = Vec::new();
    let least = facts.least(|it| it.min_length).filter(|it| *it <= MOST);
    let most = facts.most(|it| it.max_length).filter(|it| *it <= MOST);
    if let Some(most) = most {
        out.push(("the longest, in surrogate pairs", of_length("😀", most)));
        out.push(("too long by one", of_length("x", most + 1)));
    }
    if let Some(least) = least {
        out.push(("too short by one", of_length("é", least.saturating_sub(1))));
        out.push(("the shortest, in surrogate pairs", of_length("😀", least)));
    }
    if let Some(most) = most {
        out.push(("the longest, in ASCII", of_length("x", most)));
        out.push(("too long by one surrogate pair", of_length("😀", most + 1)));
    }
    for pattern in facts.texts(|it| it.pattern.as_ref()) {
        for text in pattern::texts(pattern) {
            out.push(("what the pattern asks for", text.clone()));
            out.push(("a line end after the pattern", format!("{text}\n")));
            out.push(("a space before the pattern", format!(" {text}")));
        }
    }
    for format in facts.texts(|it| it.format.as_ref()) {
        out.extend(
            of_format(format)
                .into_iter()
                .map(|text| ("a text of the format", text.to_owned())),
        );
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
fn of_format(format: &str) -> Vec<&'static str> {
    match format {
        "date-time" => vec![
            "2024-02-29T23:59:59.123456789Z",
            "2024-01-01T00:00:00+05:30",
            "1969-12-31T23:59:59.5Z",
            "2024-06-01T12:00:00-00:00",
            "2024-06-01t12:00:00z",
            "2024-06-01T12:00:00.100Z",
        ],
        "date" => vec!["2024-02-29", "1900-01-01"],
        "time" => vec!["23:59:59.25Z", "12:00:00+02:00"],
        "duration" => vec!["P1DT2H", "P2W"],
        "uuid" => vec![
            "0f8fad5b-d9cb-469f-a165-70867728950e",
            "0F8FAD5B-D9CB-469F-A165-70867728950E",
        ],
        "email" | "idn-email" => vec!["trader@example.com", "first.last+tag@example.org"],
        "hostname" | "idn-hostname" => vec!["feed.example.com", "localhost"],
        "ipv4" => vec!["192.0.2.1", "255.255.255.255"],
        "ipv6" => vec!["2001:db8::1", "::", "2001:DB8:0:0:0:0:0:1"],
        "uri" | "iri" => vec![
            "https://example.com/a?b=c#d",
            "urn:example:a",
            "HTTP://EXAMPLE.com",
        ],
        "uri-reference" | "iri-reference" => vec!["/a/b", "https://example.com/", "#d"],
        "uri-template" => vec!["https://example.com/{id}"],
        "json-pointer" => vec!["/a~1b/0", ""],
        "relative-json-pointer" => vec!["1/a", "0#"],
        "regex" => vec!["^a+$"],
        _ => Vec::new(),
    }
}
