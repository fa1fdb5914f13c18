//! Texts of a pattern, a length and a format.

use regex_automata::nfa::thompson::pikevm::PikeVM;
use regex_syntax::hir::{Class, Hir, HirKind};
use serde_json::Value;

use super::Conjunction;

/// Longer texts are not built.
const LONGEST: usize = 70_000;
/// How many times repetitions are lengthened to reach a length.
const EXTRA: usize = 64;

/// A text for the demands; later turns make it longer.
pub(super) fn build(demands: &Conjunction<'_>, full: bool, turn: usize) -> Option<Value> {
    let least = demands.at_least("minLength");
    let most = demands.at_most("maxLength").unwrap_or(usize::MAX);
    if least > most || least > LONGEST {
        return None;
    }
    let patterns = demands.texts("pattern");
    let mut candidates: Vec<String> = Vec::new();
    for format in demands.texts("format") {
        let fits = |text: &&str| patterns.iter().all(|pattern| matches(pattern, text));
        candidates.extend(sample(format).filter(fits).map(ToOwned::to_owned));
    }
    if patterns.is_empty() {
        let wanted = if full { least.max(4) } else { least };
        candidates.push(plain(wanted.saturating_add(turn).min(most)));
    }
    for pattern in &patterns {
        candidates.extend(of_length(pattern, least, most, full));
    }
    // What was built from the only pattern matches it.
    let others = if patterns.len() > 1 {
        patterns.as_slice()
    } else {
        &[]
    };
    let fits = |text: &&String| {
        let length = text.chars().count();
        (least..=most).contains(&length)
            && others.iter().all(|pattern| matches(pattern, text))
            && !demands.excludes(&Value::String((*text).clone()))
    };
    let found = candidates.iter().find(fits).cloned();
    found
        .or_else(|| {
            let mut longer = (least.max(1)..least + 4).map(plain);
            longer.find(|text| fits(&text) && patterns.iter().all(|pattern| matches(pattern, text)))
        })
        .map(Value::String)
}

/// Whether a pattern matches somewhere in the text; one that cannot be run matches nothing.
pub(super) fn matches(pattern: &str, text: &str) -> bool {
    // Built for one question: no automaton is worth its price.
    PikeVM::new(pattern).is_ok_and(|regex| regex.is_match(&mut regex.create_cache(), text))
}

/// `count` letters.
fn plain(count: usize) -> String {
    "text".chars().cycle().take(count).collect()
}

/// A text of between `least` and `most` characters that the pattern matches, as short or as long as is handy.
pub fn of_length(pattern: &str, least: usize, most: usize, full: bool) -> Option<String> {
    let hir = regex_syntax::parse(pattern).ok()?;
    let start = usize::from(full);
    (start..EXTRA)
        .chain([least.min(LONGEST)])
        .chain([0])
        .filter_map(|extra| printed(&hir, extra))
        .find(|text| (least..=most).contains(&text.chars().count()))
}

/// A text that the pattern matches, each repetition `extra` times longer than it must be.
pub fn from_pattern(pattern: &str, extra: usize) -> Option<String> {
    printed(&regex_syntax::parse(pattern).ok()?, extra)
}

fn printed(hir: &Hir, extra: usize) -> Option<String> {
    let mut text = String::new();
    write(hir, extra, &mut text)?;
    Some(text)
}

fn write(hir: &Hir, extra: usize, out: &mut String) -> Option<()> {
    if out.len() > LONGEST {
        return None;
    }
    match hir.kind() {
        HirKind::Empty | HirKind::Look(_) => {}
        HirKind::Literal(literal) => out.push_str(std::str::from_utf8(&literal.0).ok()?),
        HirKind::Class(class) => out.push(member(class)?),
        HirKind::Repetition(repetition) => {
            let least = usize::try_from(repetition.min).ok()?;
            let most = repetition.max.map_or(usize::MAX, |most| most as usize);
            for _ in 0..least.saturating_add(extra).min(most) {
                write(&repetition.sub, extra, out)?;
            }
        }
        HirKind::Capture(capture) => write(&capture.sub, extra, out)?,
        HirKind::Concat(parts) => {
            for part in parts {
                write(part, extra, out)?;
            }
        }
        HirKind::Alternation(parts) => write(parts.first()?, extra, out)?,
    }
    Some(())
}

/// A character of a class: one that is easy to read, where there is one.
fn member(class: &Class) -> Option<char> {
    const READABLE: &str = "aA0b1B_-. /:";
    match class {
        Class::Unicode(class) => {
            let has = |wanted: char| {
                class
                    .iter()
                    .any(|range| (range.start()..=range.end()).contains(&wanted))
            };
            READABLE
                .chars()
                .find(|wanted| has(*wanted))
                .or_else(|| ('!'..='~').find(|wanted| has(*wanted)))
                .or_else(|| Some(class.iter().next()?.start()))
        }
        Class::Bytes(class) => Some(char::from(class.iter().next()?.start())),
    }
}

/// A text of a known format.
pub fn sample(format: &str) -> Option<&'static str> {
    Some(match format {
        "date-time" => "2024-02-29T23:59:59.5Z",
        "date" => "2024-02-29",
        "time" => "23:59:59Z",
        "duration" => "P1DT2H",
        "email" | "idn-email" => "a@example.com",
        "hostname" | "idn-hostname" => "example.com",
        "ipv4" => "192.0.2.1",
        "ipv6" => "2001:db8::1",
        "uri" | "iri" => "https://example.com/a?b=c#d",
        "uri-reference" | "iri-reference" => "/a?b=c",
        "uri-template" => "/a/{b}",
        "uuid" => "0189f7ea-ae2c-7809-8aeb-b819cf5e9e7f",
        "json-pointer" => "/a/0",
        "relative-json-pointer" => "1/a",
        "regex" => "^a$",
        _ => return None,
    })
}
