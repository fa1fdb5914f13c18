//! Lines that are too wide, broken as rustfmt leaves them; and blank lines between items. A template then prints
//! statements and counts no columns.

/// The widest line; as in the generated rustfmt.toml.
pub(super) const WIDTH: usize = 89;

/// The widest line that rustfmt leaves whole where a comma or a bracket follows what it measures.
const INNER_WIDTH: usize = WIDTH - 1;

/// Adds a text to `out`, its wide lines broken.
pub(super) fn layout(mut out: String, text: &str) -> String {
    out.reserve(text.len() * 17 / 16);
    let mut rest = text;
    while let Some((line, behind)) = rest.split_once('\n') {
        rest = behind;
        // One blank line between items, and none at the beginning of one or of the file.
        if line.is_empty() && (out.ends_with("\n\n") || out.ends_with("{\n")) {
            continue;
        }
        let code = line.trim_start();
        if code.starts_with("//") {
            out.extend([line, "\n"]);
        } else if let Some((joined, taken)) = literal_of_a_struct(line, rest) {
            out.push_str(&joined);
            rest = rest.get(taken..).unwrap_or_default();
        } else if let Some(broken) = broken_line(line, code, rest) {
            out.push_str(&broken);
        } else {
            out.extend([line, "\n"]);
        }
    }
    out.truncate(out.trim_end().len());
    out.push('\n');
    out
}

/// A struct's literal that fits on a line, and the bytes that its lines behind the first take.
fn literal_of_a_struct(line: &str, rest: &str) -> Option<(String, usize)> {
    let head = line.strip_suffix(" {")?;
    let (before, name) = head.split_at(head.rfind([' ', '('])? + 1);
    let is_type = name.starts_with(char::is_uppercase) && name.chars().all(char::is_alphanumeric);
    if !is_type || !(before.ends_with('(') || before.ends_with("= ")) {
        return None;
    }
    let indent = indent(line);
    let mut fields = String::new();
    let mut taken = 0;
    let room = WIDTH.saturating_sub(indent.len());
    loop {
        let (next, _) = rest.get(taken..)?.split_once('\n')?;
        taken += next.len() + 1;
        let inner = next.trim_start();
        if next.len() == indent.len() + inner.len() {
            let fields = fields.trim_end_matches(',');
            let close = inner.strip_prefix('}')?;
            let literal = match fields {
                "" => format!("{name} {{}}{close}"),
                _ => format!("{name} {{{fields} }}{close}"),
            };
            let whole = format!("{before}{literal}");
            if width(&whole) <= WIDTH {
                return Some((format!("{whole}\n"), taken));
            }
            let place = before.strip_suffix("= ")?;
            let below = format!("{indent}    {literal}");
            return (width(&below) <= WIDTH).then(|| (format!("{place}=\n{below}\n"), taken));
        }
        fields.extend([" ", inner]);
        if fields.len() > 2 * room {
            return None;
        }
    }
}

/// A line that is too wide in the form that rustfmt gives it.
fn broken_line(line: &str, code: &str, rest: &str) -> Option<String> {
    let indent = indent(line);
    if code.starts_with("static ") {
        return table(line, indent);
    }
    // Bytes are never fewer than columns.
    if line.len() < INNER_WIDTH || width(line) < INNER_WIDTH {
        return None;
    }
    if let Some((field, call)) = line.split_once(": fields.") {
        let is_last = rest.trim_start().starts_with('}');
        let room = if call.ends_with("?,") {
            INNER_WIDTH - usize::from(is_last)
        } else {
            WIDTH
        };
        return (width(line) > room).then(|| format!("{field}: fields\n{indent}    .{call}\n"));
    }
    if code.starts_with("#[serde(") && width(line) > INNER_WIDTH {
        return attribute(line, indent);
    }
    if width(line) <= WIDTH {
        return None;
    }
    if let Some((path, names)) = line.strip_suffix("};").and_then(|it| it.split_once('{')) {
        return Some(imports(path, names));
    }
    if let Some(header) = line.strip_suffix(" {") {
        if code.starts_with("fn ") || code.starts_with("pub fn ") {
            return Some(format!("{}\n", spread(line, indent)));
        }
        return Some(match header.split_once(" for ") {
            Some((name, of)) => format!("{name}\n{indent}    for {of}\n{indent}{{\n"),
            None => format!("{header}\n{indent}{{\n"),
        });
    }
    if let Some((pattern, value)) = code.split_once(" => ") {
        return Some(arm(indent, pattern, " => ", value));
    }
    if let Some(value) = code.strip_prefix("|value| ") {
        return Some(arm(indent, "|value|", " ", value));
    }
    if let Some((name, value)) = line.split_once(" = ") {
        let below = format!("{indent}    {value}");
        if width(&below) <= WIDTH {
            return Some(format!("{name} =\n{below}\n"));
        }
    }
    if let Some((name, type_)) = line.split_once(": ")
        && code.starts_with("pub ")
    {
        let below = format!("{indent}    {type_}");
        if width(&below) <= WIDTH || !type_.contains('<') {
            return Some(format!("{name}:\n{below}\n"));
        }
    }
    Some(format!("{}\n", spread(line, indent)))
}

/// A table of its own lines reads better as it is than folded.
fn table(line: &str, indent: &str) -> Option<String> {
    let skip = format!("{indent}#[rustfmt::skip]\n");
    if !line.ends_with(';') {
        return Some(format!("{skip}{line}\n"));
    }
    if width(line) <= WIDTH {
        return None;
    }
    Some(format!("{skip}{}\n", spread(line, indent)))
}

/// An expression or a type with each part between its first brackets on a line of its own.
fn spread(line: &str, indent: &str) -> String {
    let brackets: &[char] = if line.contains("fn ") {
        &['(']
    } else {
        &['(', '<']
    };
    let Some(open) = line.find(brackets) else {
        return line.to_owned();
    };
    let (head, inner) = line.split_at(open + 1);
    let closing = if head.ends_with('(') { ')' } else { '>' };
    let Some(close) = inner.rfind(closing) else {
        return line.to_owned();
    };
    let (inner, tail) = inner.split_at(close);
    let mut out = format!("{head}\n");
    for part in parts(inner) {
        let part = format!("{indent}    {part},");
        if width(&part) > WIDTH && part.contains('<') {
            out.push_str(&spread(&part, &format!("{indent}    ")));
        } else {
            out.push_str(&part);
        }
        out.push('\n');
    }
    format!("{out}{indent}{tail}")
}

/// What stands between commas outside brackets and strings.
fn parts(text: &str) -> Vec<&str> {
    let mut parts = Vec::new();
    let (mut depth, mut start, mut quoted, mut escaped) = (0_usize, 0, false, false);
    for (at, next) in text.char_indices() {
        match next {
            _ if escaped => escaped = false,
            '\\' if quoted => escaped = true,
            '"' => quoted = !quoted,
            _ if quoted => {}
            '(' | '<' | '[' => depth += 1,
            ')' | '>' | ']' => depth = depth.saturating_sub(1),
            ',' if depth == 0 => {
                parts.extend(text.get(start..at));
                start = at + 1;
            }
            _ => {}
        }
    }
    parts.extend(text.get(start..));
    parts
        .into_iter()
        .map(str::trim)
        .filter(|it| !it.is_empty())
        .collect()
}

/// A list of names to import, as many a line as there is room for.
fn imports(path: &str, names: &str) -> String {
    let mut out = format!("{path}{{\n   ");
    let mut at = 3;
    for name in names.split(", ") {
        if at + name.len() + 2 > WIDTH {
            out.push_str("\n   ");
            at = 3;
        }
        out.extend([" ", name, ","]);
        at += name.len() + 2;
    }
    format!("{out}\n}};\n")
}

/// An arm of a `match`, or a closure, with its value in a block or in brackets of its own.
fn arm(indent: &str, pattern: &str, arrow: &str, value: &str) -> String {
    let value = value.strip_suffix(',').unwrap_or(value);
    let fits = indent.len() + width(pattern) + arrow.len() < WIDTH;
    let bar = if fits {
        " | "
    } else {
        &format!("\n{indent}| ")
    };
    let pattern = pattern.replace(" | ", bar);
    let last = pattern.rsplit('\n').next().map_or(0, width);
    if !fits && last + arrow.len() + width(value) < WIDTH {
        return format!("{indent}{pattern}{arrow}{value},\n");
    }
    let end = if arrow == " " { "," } else { "" };
    let block = |inner: &str| format!("{indent}{pattern}{arrow}{{\n{inner}\n{indent}}}{end}\n");
    let inner = format!("{indent}    {value}");
    if width(&inner) <= WIDTH {
        return block(&inner);
    }
    match inner.split_once(".map(") {
        Some((read, map)) => block(&format!("{read}\n{indent}        .map({map}")),
        None => {
            let line = format!("{indent}{pattern}{arrow}{value},");
            format!("{}\n", spread(&line, indent))
        }
    }
}

/// An attribute of serde's with one part a line.
fn attribute(line: &str, indent: &str) -> Option<String> {
    let parts = line
        .trim_start()
        .strip_prefix("#[serde(")?
        .strip_suffix(")]")?;
    let inner = match parts.rsplit_once(", skip_serializing_if") {
        Some((rename, skip)) => {
            format!("{indent}    {rename},\n{indent}    skip_serializing_if{skip}\n")
        }
        None if width(line) <= WIDTH => return None,
        None => format!("{indent}    {parts}\n"),
    };
    Some(format!("{indent}#[serde(\n{inner}{indent})]\n"))
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

    fn laid_out(text: &str) -> String {
        layout(String::new(), text)
    }

    #[test]
    fn one_blank_line_stands_between_items() {
        assert_eq!(
            laid_out("struct A;\n\n\n\nfn b() {\n\n}\n\n"),
            "struct A;\n\nfn b() {\n}\n"
        );
    }

    #[test]
    fn a_struct_that_fits_stands_on_one_line() {
        let text = "    let record = Self {\n        a: 1,\n    };\n";
        assert_eq!(laid_out(text), "    let record = Self { a: 1 };\n");
    }

    #[test]
    fn a_type_that_does_not_fit_stands_below_its_field() {
        let type_ = "T".repeat(70);
        let text = format!("    pub a_field: Option<{type_}>,\n");
        let below = format!("    pub a_field:\n        Option<{type_}>,\n");
        assert_eq!(laid_out(&text), below);
    }

    #[test]
    fn a_table_is_left_as_it_is() {
        let text = "static A: B = C(\n    1,\n);\n";
        assert_eq!(laid_out(text), format!("#[rustfmt::skip]\n{text}"));
    }

    #[test]
    fn words_of_people_are_no_code() {
        let text = "/// Lists <\n/// a,\n/// >;\n";
        assert_eq!(laid_out(text), text);
    }
}
