//! Where prettyplease and rustfmt differ: blank lines, tables, and what does not fit a line.

/// The widest line; prettyplease's, and in the generated rustfmt.toml.
const WIDTH: usize = 89;

/// The widest line that rustfmt leaves whole where a comma or a bracket follows what it measures.
const INNER_WIDTH: usize = WIDTH - 1;

/// prettyplease's text as rustfmt leaves it.
pub(super) fn layout(text: &str) -> String {
    let lines: Vec<&str> = text.lines().collect();
    let mut out = String::with_capacity(text.len() * 9 / 8);
    let mut index = 0;
    while let Some(line) = lines.get(index).copied() {
        let before = index.checked_sub(1).and_then(|before| lines.get(before));
        if before.is_some_and(|before| is_apart(before, line)) {
            out.push('\n');
        }
        let rest = lines.get(index..).unwrap_or_default();
        let (written, taken) = rewritten(line, rest).unwrap_or_else(|| (format!("{line}\n"), 1));
        out.push_str(&written);
        index += taken;
    }
    out
}

/// Whether a blank line stands between two lines: between items, and between groups of `use`.
fn is_apart(before: &str, line: &str) -> bool {
    if before.is_empty() || line.is_empty() {
        return false;
    }
    if let (Some(one), Some(other)) = (imported(before), imported(line)) {
        return one != other;
    }
    let is_end = |indent: &str| {
        let text = before.strip_prefix(indent).unwrap_or(" ");
        !text.starts_with(' ') && (text.starts_with('}') || text.ends_with(';'))
    };
    let is_method = ["    fn ", "    pub fn ", "    ///"];
    let is_method = is_method.iter().any(|start| line.starts_with(start));
    is_end("") || (is_method && (before == "    }" || before.starts_with("    type ")))
}

/// The group of a `use` line: the standard library, other crates, this one.
fn imported(line: &str) -> Option<usize> {
    let path = line.strip_prefix("use ")?;
    Some(match path {
        _ if path.starts_with("std") => 0,
        _ if path.starts_with("crate") => 2,
        _ => 1,
    })
}

/// What rustfmt makes of the next lines, where that is something else; and how many they are.
fn rewritten(line: &str, rest: &[&str]) -> Option<(String, usize)> {
    let indent = indent(line);
    let code = line.trim_start();
    if code.starts_with("for ") && line.ends_with('{') {
        // The end of a long `impl … for …`.
        let header = code.trim_end_matches(" {");
        return Some((format!("{indent}    {header}\n{indent}{{\n"), 1));
    }
    if code.starts_with("pub ")
        && width(line) > WIDTH
        && let Some(header) = line.strip_suffix(" {")
    {
        return Some((format!("{header}\n{indent}{{\n"), 1));
    }
    if code.starts_with("static ") && !line.ends_with(';') {
        // A table reads better as it is than folded.
        return Some((format!("{indent}#[rustfmt::skip]\n{line}\n"), 1));
    }
    if code.starts_with("pub const ") && width(line) > WIDTH {
        return broken(line, "=", 1);
    }
    if code.starts_with("#[serde(") && width(line) > INNER_WIDTH {
        return attribute(line, indent);
    }
    if let Some((field, call)) = line.split_once(": fields.") {
        let is_last = rest
            .get(1)
            .is_some_and(|next| next.trim_start().starts_with('}'));
        return (width(line) + usize::from(is_last) > INNER_WIDTH)
            .then(|| (format!("{field}: fields\n{indent}    .{call}\n"), 1));
    }
    if line.ends_with(',') && width(line) > WIDTH {
        return broken(line, ":", 1).or_else(|| arm(line, indent));
    }
    let makes = code.starts_with("let record = ") || code.starts_with("Ok(");
    if line.ends_with("Self {") || (makes && line.ends_with('{')) {
        let (joined, taken) = joined(rest, indent, &["};", "})"], " ")?;
        return fitting(&joined, "=", taken);
    }
    if line.ends_with('<') {
        let (joined, taken) = joined(rest, indent, &[">,", ">;"], "")?;
        let sign = if code.starts_with("type ") { "=" } else { ":" };
        return fitting(&joined, sign, taken);
    }
    None
}

/// A line as it is, if it fits, or broken behind its `sign`.
fn fitting(line: &str, sign: &str, taken: usize) -> Option<(String, usize)> {
    if width(line) <= WIDTH {
        return Some((format!("{line}\n"), taken));
    }
    broken(line, sign, taken)
}

/// A line broken behind the first `sign`, if what follows then fits.
fn broken(line: &str, sign: &str, taken: usize) -> Option<(String, usize)> {
    let (name, value) = line.split_once(&format!("{sign} "))?;
    let value = format!("{}    {value}", indent(line));
    (width(&value) <= WIDTH).then(|| (format!("{name}{sign}\n{value}\n"), taken))
}

/// An arm of a `match` with its value in a block.
fn arm(line: &str, indent: &str) -> Option<(String, usize)> {
    let (pattern, value) = line.strip_suffix(',')?.split_once(" => ")?;
    let block = format!("{{\n{indent}    {value}\n{indent}}}\n");
    Some((format!("{pattern} => {block}"), 1))
}

/// An attribute of serde's with one part a line.
fn attribute(line: &str, indent: &str) -> Option<(String, usize)> {
    let parts = line
        .trim_start()
        .strip_prefix("#[serde(")?
        .strip_suffix(")]")?;
    let (rename, skip) = parts.rsplit_once(", skip_serializing_if")?;
    let parts = format!("{indent}    {rename},\n{indent}    skip_serializing_if{skip}\n");
    Some((format!("{indent}#[serde(\n{parts}{indent})]\n"), 1))
}

/// Lines up to the closing one of the same indentation as one line, `space` inside the brackets.
fn joined(lines: &[&str], indent: &str, closing: &[&str], space: &str) -> Option<(String, usize)> {
    let first = lines.first()?;
    let is_last = |line: &&str| {
        line.strip_prefix(indent)
            .is_some_and(|it| closing.contains(&it))
    };
    let last = lines.iter().position(is_last)?;
    let inner: Vec<&str> = lines.get(1..last)?.iter().map(|line| line.trim()).collect();
    let inner = inner.join(" ");
    let inner = inner.trim_end_matches(',');
    let close = lines.get(last)?.trim_start();
    Some((format!("{first}{space}{inner}{space}{close}"), last + 1))
}

fn indent(line: &str) -> &str {
    let width = line.len() - line.trim_start().len();
    line.get(..width).unwrap_or_default()
}

fn width(line: &str) -> usize {
    line.chars().count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn items_and_groups_of_imports_stand_apart() {
        let text = "use serde::Serialize;\nuse serde_json::Value;\nuse crate::runtime;\nstruct A;\nfn b() {}\n";
        let apart = "use serde::Serialize;\nuse serde_json::Value;\n\nuse crate::runtime;\n\nstruct A;\n\nfn b() {}\n";
        assert_eq!(layout(text), apart);
    }

    #[test]
    fn a_struct_that_fits_stands_on_one_line() {
        let text = "    let record = Self {\n        a: 1,\n    };\n";
        assert_eq!(layout(text), "    let record = Self { a: 1 };\n");
    }

    #[test]
    fn a_type_that_does_not_fit_stands_below_its_field() {
        let type_ = "T".repeat(70);
        let text = format!("    pub a_field: Option<\n        {type_},\n    >,\n");
        let below = format!("    pub a_field:\n        Option<{type_}>,\n");
        assert_eq!(layout(&text), below);
    }

    #[test]
    fn a_table_is_left_as_it_is() {
        let text = "static A: B = C(\n    1,\n);\n";
        assert_eq!(layout(text), format!("#[rustfmt::skip]\n{text}"));
    }
}
