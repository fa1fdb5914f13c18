//! Two texts side by side: what was and what is in; rows with the lines that changed, and in those the part
//! that changed, out.

use serde::Serialize;
use similar::{DiffTag, TextDiff};

/// Lines that are shown around a change.
const AROUND: usize = 3;
/// Rows of one comparison; what goes beyond is counted.
const MOST_ROWS: usize = 600;

/// Two texts side by side.
#[derive(Debug, Serialize)]
pub(super) struct Comparison {
    rows: Vec<Row>,
    /// Rows that are not shown.
    more: usize,
}

#[derive(Debug, Serialize)]
struct Row {
    /// `same`, `changed` or `fold`.
    class: &'static str,
    old: Option<Cell>,
    new: Option<Cell>,
}

#[derive(Debug, PartialEq, Serialize)]
struct Cell {
    line: usize,
    before: String,
    changed: String,
    after: String,
}

impl Comparison {
    /// Sets two texts side by side; `None` where they are alike.
    pub(super) fn of(old: &str, new: &str) -> Option<Self> {
        let diff = TextDiff::from_lines(old, new);
        let groups = diff.grouped_ops(AROUND);
        if groups.is_empty() {
            return None;
        }
        let (old, new): (Vec<&str>, Vec<&str>) = (old.lines().collect(), new.lines().collect());
        let line = |lines: &[&str], at: usize| lines.get(at).map(|it| (*it).to_owned());
        let mut rows = Vec::new();
        for (index, group) in groups.iter().enumerate() {
            if index > 0 {
                rows.push(Row {
                    class: "fold",
                    old: None,
                    new: None,
                });
            }
            for op in group {
                let (from, to) = (op.old_range(), op.new_range());
                let same = op.tag() == DiffTag::Equal;
                for step in 0..from.len().max(to.len()) {
                    let was = from.clone().nth(step);
                    let is = to.clone().nth(step);
                    let was = was.and_then(|at| Some((at + 1, line(&old, at)?)));
                    let is = is.and_then(|at| Some((at + 1, line(&new, at)?)));
                    rows.push(Row::of(was, is, same));
                }
            }
        }
        let more = rows.len().saturating_sub(MOST_ROWS);
        rows.truncate(MOST_ROWS);
        Some(Self { rows, more })
    }
}

impl Row {
    fn of(old: Option<(usize, String)>, new: Option<(usize, String)>, same: bool) -> Self {
        let class = if same { "same" } else { "changed" };
        // A line that stands alone changed as a whole: nothing in it is marked.
        let (start, end) = match (&old, &new) {
            (Some((_, was)), Some((_, is))) => alike(was, is),
            (Some((_, alone)), None) | (None, Some((_, alone))) => (alone.len(), 0),
            (None, None) => (0, 0),
        };
        let cell = |(line, text): (usize, String)| Cell::cut(line, &text, start, end);
        Self {
            class,
            old: old.map(cell),
            new: new.map(cell),
        }
    }
}

impl Cell {
    /// A line of which the first `start` and the last `end` bytes are as they were.
    fn cut(line: usize, text: &str, start: usize, end: usize) -> Self {
        let (before, rest) = text.split_at(start);
        let (changed, after) = rest.split_at(rest.len() - end);
        Self {
            line,
            before: before.to_owned(),
            changed: changed.to_owned(),
            after: after.to_owned(),
        }
    }
}

/// How many bytes two lines have in common at their start and at their end, whole characters.
fn alike(old: &str, new: &str) -> (usize, usize) {
    let same = |(a, b): &(char, char)| a == b;
    let width = |pairs: usize, (a, _): (char, char)| pairs + a.len_utf8();
    let start = old.chars().zip(new.chars()).take_while(same).fold(0, width);
    let (old, new) = (&old[start..], &new[start..]);
    let end = old
        .chars()
        .rev()
        .zip(new.chars().rev())
        .take_while(same)
        .fold(0, width);
    (start, end)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_part_that_changed_is_cut_out() {
        assert_eq!(alike("  \"ä\": 1,", "  \"ä\": 12,"), (9, 1));
        assert_eq!(alike("same", "same"), (4, 0));
        assert_eq!(alike("aa", "aaa"), (2, 0));
        let comparison = Comparison::of("a\nb\n", "a\nc\nd\n").expect("they differ");
        let classes: Vec<&str> = comparison.rows.iter().map(|row| row.class).collect();
        assert_eq!(classes, ["same", "changed", "changed"]);
        assert!(Comparison::of("a\n", "a\n").is_none());
    }

    #[test]
    fn a_long_comparison_is_cut() {
        let long = |word: &str| format!("{word}\n").repeat(MOST_ROWS + 7);
        let comparison = Comparison::of(&long("a"), &long("b")).expect("they differ");
        assert_eq!((comparison.rows.len(), comparison.more), (MOST_ROWS, 7));
    }
}
