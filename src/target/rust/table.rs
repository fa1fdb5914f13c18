//! Tables of checks as Rust expressions: on one line where they fit, else an item a line, small ones side by side.

use super::layout::WIDTH;

/// More columns than an item may take to stand beside others.
const SMALL: usize = 34;

/// An expression in pieces.
#[derive(Clone, Debug)]
pub(super) enum Table {
    /// What is never broken.
    Text(String),
    /// Items between brackets.
    Group {
        /// All up to the opening bracket, and it.
        open: String,
        /// The items.
        items: Vec<Table>,
        /// The closing bracket.
        close: &'static str,
        /// The columns that all of it takes on one line.
        width: usize,
    },
}

impl Table {
    /// Items between brackets.
    pub(super) fn group(open: impl Into<String>, items: Vec<Self>, close: &'static str) -> Self {
        let open = open.into();
        let inner: usize = items.iter().map(|item| item.width() + 2).sum();
        let space = 2 * usize::from(close == "}");
        let width = open.chars().count() + inner.saturating_sub(2) + space + close.len();
        Self::Group {
            open,
            items,
            close,
            width,
        }
    }

    /// With a word before it.
    pub(super) fn behind(self, word: &str) -> Self {
        match self {
            Self::Text(text) => Self::Text(format!("{word}{text}")),
            Self::Group {
                open, items, close, ..
            } => Self::group(format!("{word}{open}"), items, close),
        }
    }

    /// The expression, behind `column` columns of a line that is indented by `indent`.
    pub(super) fn print(&self, indent: usize, column: usize) -> String {
        let mut out = String::new();
        self.write(&mut out, indent, column);
        out
    }

    fn width(&self) -> usize {
        match self {
            Self::Text(text) => text.chars().count(),
            Self::Group { width, .. } => *width,
        }
    }

    fn flat(&self, out: &mut String) {
        match self {
            Self::Text(text) => out.push_str(text),
            Self::Group {
                open, items, close, ..
            } => {
                let space = if *close == "}" { " " } else { "" };
                out.extend([open, space]);
                for (index, item) in items.iter().enumerate() {
                    if index > 0 {
                        out.push_str(", ");
                    }
                    item.flat(out);
                }
                out.extend([space, close]);
            }
        }
    }

    fn write(&self, out: &mut String, indent: usize, column: usize) {
        // What follows is a comma or the end of the statement.
        let fits = column + self.width() < WIDTH;
        let (open, items, close) = match self {
            Self::Group {
                open, items, close, ..
            } if !fits && !items.is_empty() => (open, items, close),
            Self::Text(_) | Self::Group { .. } => return self.flat(out),
        };
        out.push_str(open);
        let inner = indent + 4;
        let small = items.iter().all(|item| item.width() <= SMALL);
        let mut at = WIDTH;
        for item in items {
            if small && at + 1 + item.width() < WIDTH {
                out.push(' ');
                at += 1;
            } else {
                out.push('\n');
                out.extend(std::iter::repeat_n(' ', inner));
                at = inner;
            }
            item.write(out, inner, at);
            out.push(',');
            at += item.width() + 1;
        }
        out.push('\n');
        out.extend(std::iter::repeat_n(' ', indent));
        out.push_str(close);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn small_items_stand_side_by_side() {
        let word = |text: &str| Table::Text(text.to_owned());
        let few = Table::group("&[", vec![word("1"), word("2")], "]");
        assert_eq!(few.print(0, 0), "&[1, 2]");
        let many = vec![word("\"a word of 20 columns\""); 5];
        let line =
            "    \"a word of 20 columns\", \"a word of 20 columns\", \"a word of 20 columns\",\n";
        let rest = "    \"a word of 20 columns\", \"a word of 20 columns\",\n";
        let printed = Table::group("&[", many, "]").print(0, 0);
        assert_eq!(printed, format!("&[\n{line}{rest}]"));
    }
}
