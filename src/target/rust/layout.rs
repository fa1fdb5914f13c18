//! Where prettyplease and rustfmt differ: blank lines, tables, and what comes after a `=`.

/// The widest line; prettyplease's, and in the generated rustfmt.toml.
const WIDTH: usize = 89;

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
        if let Some((joined, taken)) = assigned(rest) {
            out.push_str(&joined);
            index += taken;
            continue;
        }
        if is_table(line) {
            // A table reads better as it is than folded.
            out.push_str(indent(line));
            out.push_str("#[rustfmt::skip]\n");
        }
        out.push_str(line);
        out.push('\n');
        index += 1;
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
    let is_end = |line: &str, indent: &str| {
        let text = line.strip_prefix(indent).unwrap_or(" ");
        !text.starts_with(' ') && (text.starts_with('}') || text.ends_with(';'))
    };
    is_end(before, "") || (is_end(before, "    ") && line.starts_with("    fn "))
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

fn indent(line: &str) -> &str {
    let width = line.len() - line.trim_start().len();
    line.get(..width).unwrap_or_default()
}

/// Whether a static's value goes on after the line.
fn is_table(line: &str) -> bool {
    line.trim_start().starts_with("static ") && !line.ends_with(';')
}

/// An assignment whose value fits on a line of its own, as rustfmt puts it; and how many lines it took.
fn assigned(lines: &[&str]) -> Option<(String, usize)> {
    let first = lines.first()?;
    let (name, value) = first.split_once(" = ")?;
    let indent = indent(first);
    let (value, taken) = if value.ends_with(';') {
        let is_long = first.chars().count() > WIDTH && name.starts_with("pub const ");
        is_long.then(|| (value.to_owned(), 1))?
    } else {
        joined(value, indent, lines)?
    };
    let alone = format!("{indent}    {value}");
    (alone.chars().count() <= WIDTH || taken == 1).then(|| (format!("{name} =\n{alone}\n"), taken))
}

/// A struct of several lines on one.
fn joined(value: &str, indent: &str, lines: &[&str]) -> Option<(String, usize)> {
    value.ends_with("Self {").then_some(())?;
    let end = format!("{indent}}};");
    let length = lines.iter().position(|line| *line == end)?;
    let fields: Vec<&str> = lines
        .get(1..length)?
        .iter()
        .map(|line| line.trim())
        .collect();
    let fields = fields.join(" ");
    let fields = fields.trim_end_matches(',');
    Some((format!("{value} {fields} }};"), length + 1))
}
