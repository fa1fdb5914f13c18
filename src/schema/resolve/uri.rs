//! The little of RFC 3986 that references need: joining, percent-decoding, paths.

use std::collections::BTreeMap;

use super::published;

/// The path below the workspace's root that `uri` names from the file `from`: of a URL, by the prefixes in
/// `references` (prefix → folder); a published metaschema's path is its URI. `None` for other URLs.
pub(crate) fn file_reference(
    from: &str,
    uri: &str,
    references: &BTreeMap<String, String>,
) -> Option<String> {
    let uri = uri.split('#').next().unwrap_or_default();
    if published(uri).is_some() {
        return Some(uri.to_owned());
    }
    let longest = references
        .iter()
        .rev()
        .find(|(prefix, _)| uri.starts_with(prefix.as_str()));
    if let Some((prefix, folder)) = longest {
        let rest = uri.get(prefix.len()..).unwrap_or_default();
        return Some(normalize(&format!("{folder}/{}", decode(rest))));
    }
    if uri.is_empty() || has_scheme(uri) {
        return None;
    }
    if published(from).is_some() {
        return Some(join(from, uri));
    }
    let path = decode(uri);
    let folder = from.rsplit_once('/').map_or("", |(folder, _)| folder);
    let joined = match path.strip_prefix('/') {
        Some(absolute) => absolute.to_owned(),
        None => format!("{folder}/{path}"),
    };
    Some(normalize(&joined))
}

/// A path without `.` and `..` segments and doubled slashes (RFC 3986 §5.2.4, kept relative).
pub(crate) fn normalize(path: &str) -> String {
    let mut kept: Vec<&str> = Vec::new();
    for segment in path.split('/') {
        match segment {
            "" | "." => {}
            ".." if kept.last().is_some_and(|last| *last != "..") => {
                kept.pop();
            }
            _ => kept.push(segment),
        }
    }
    kept.join("/")
}

/// `reference` against `base` (RFC 3986 §5.2), neither with a fragment.
pub(super) fn join(base: &str, reference: &str) -> String {
    if base.is_empty() || has_scheme(reference) {
        return reference.to_owned();
    }
    let (scheme, rest) = base.split_once("://").unwrap_or(("", base));
    if scheme.is_empty() {
        let folder = rest.rsplit_once('/').map_or("", |(folder, _)| folder);
        return if reference.starts_with('/') {
            reference.to_owned()
        } else {
            normalize(&format!("{folder}/{reference}"))
        };
    }
    let (host, path) = rest.split_once('/').unwrap_or((rest, ""));
    if let Some(other) = reference.strip_prefix("//") {
        return format!("{scheme}://{other}");
    }
    let path = match reference.strip_prefix('/') {
        Some(absolute) => normalize(absolute),
        None => {
            let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
            normalize(&format!("{folder}/{reference}"))
        }
    };
    format!("{scheme}://{host}/{path}")
}

fn has_scheme(uri: &str) -> bool {
    uri.split_once(':').is_some_and(|(scheme, _)| {
        scheme.starts_with(|first: char| first.is_ascii_alphabetic())
            && scheme
                .chars()
                .all(|c| c.is_ascii_alphanumeric() || "+-.".contains(c))
    })
}

/// Percent-decoded, where that gives UTF-8; else as it was.
pub(super) fn decode(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((&first, after)) = rest.split_first() {
        let hex = after
            .get(..2)
            .and_then(|digits| std::str::from_utf8(digits).ok());
        match hex.and_then(|digits| u8::from_str_radix(digits, 16).ok()) {
            Some(byte) if first == b'%' => {
                bytes.push(byte);
                rest = after.get(2..).unwrap_or_default();
            }
            Some(_) | None => {
                bytes.push(first);
                rest = after;
            }
        }
    }
    String::from_utf8(bytes).unwrap_or_else(|_| text.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn references_join_as_the_rfc_says() {
        assert_eq!(join("http://a/b/c.json", "d.json"), "http://a/b/d.json");
        assert_eq!(join("http://a/b/c.json", "/d.json"), "http://a/d.json");
        assert_eq!(join("http://a/b/c.json", "../d.json"), "http://a/d.json");
        assert_eq!(join("http://a/b", "urn:x:y"), "urn:x:y");
        assert_eq!(join("", "x.json"), "x.json");
    }

    #[test]
    fn files_are_relative_to_the_file() {
        let from = "events/Order@1.0.json";
        let mapped = BTreeMap::from([("http://a/".to_owned(), "kept".to_owned())]);
        let file_reference = |from, uri| file_reference(from, uri, &mapped);
        assert_eq!(
            file_reference(from, "http://a/b/c").as_deref(),
            Some("kept/b/c")
        );
        assert_eq!(
            file_reference(from, "../common/I@1.0.json#/x").as_deref(),
            Some("common/I@1.0.json")
        );
        assert_eq!(
            file_reference(from, "a%20b.json").as_deref(),
            Some("events/a b.json")
        );
        assert_eq!(file_reference(from, "https://example.com/x"), None);
    }
}
