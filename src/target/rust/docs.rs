//! What people wrote about a schema, as lines of Rust documentation.

use serde_json::Value;

use crate::model::Docs;

/// The lines of a type's or field's documentation.
pub(super) fn lines(docs: &Docs, default: Option<&Value>) -> Vec<String> {
    let title = docs
        .title
        .as_deref()
        .filter(|title| !title.trim().is_empty());
    let description = docs
        .description
        .as_deref()
        .filter(|text| !text.trim().is_empty());
    let default = default.map(|default| format!("Where it is absent, `{default}` is meant."));
    let deprecated = docs.deprecated.then_some("Deprecated.");
    let parts = [title, description, default.as_deref(), deprecated];
    let mut lines: Vec<String> = Vec::new();
    for part in parts.into_iter().flatten() {
        if !lines.is_empty() {
            lines.push(String::new());
        }
        lines.extend(part.trim().lines().map(plain));
    }
    lines
}

/// A line that Markdown shows as it is written.
fn plain(line: &str) -> String {
    let line = line.trim().replace('\t', " ");
    let mut shown = String::with_capacity(line.len() + 8);
    if line.starts_with(['-', '*', '+', '>', '#', '=', '~', '|']) {
        shown.push('\\');
    }
    let digits = line.find(|next: char| !next.is_ascii_digit()).unwrap_or(0);
    let mut in_code = false;
    for (index, next) in line.char_indices() {
        if next == '`' {
            in_code = !in_code;
        }
        let is_number = index == digits && digits > 0 && matches!(next, '.' | ')');
        if is_number || (!in_code && matches!(next, '<' | '[' | ']' | '\\')) {
            shown.push('\\');
        }
        if !next.is_control() {
            shown.push(next);
        }
    }
    shown
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markdown_shows_what_was_written() {
        assert_eq!(plain("- a <b> and [c]"), "\\- a \\<b> and \\[c\\]");
        assert_eq!(plain("`a[0]` stays"), "`a[0]` stays");
        assert_eq!(plain("1. first"), "1\\. first");
    }
}
