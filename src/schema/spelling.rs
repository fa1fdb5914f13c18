//! "Did you mean": the closest of some known words.

/// The word of `known` closest to `word`, if it is close enough to be a slip: at most one edit for
/// short words, two for words of six letters or more.
pub fn closest<'a>(word: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let length = word.chars().count();
    let limit = if length < 6 { 1 } else { 2 };
    known
        .into_iter()
        .filter(|candidate| candidate.chars().count().abs_diff(length) <= limit)
        .map(|candidate| (distance(word, candidate), candidate))
        .filter(|(edits, candidate)| *edits <= limit && *candidate != word)
        .min()
        .map(|(_, candidate)| candidate)
}

#[expect(clippy::indexing_slicing, reason = "every row is one longer than `b`")]
/// Edits (insert, delete, replace, swap of neighbours) between two words, case ignored for letters.
fn distance(a: &str, b: &str) -> usize {
    let a: Vec<char> = a.to_lowercase().chars().collect();
    let b: Vec<char> = b.to_lowercase().chars().collect();
    let mut before: Vec<usize> = Vec::new();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.iter().enumerate() {
        let mut next = vec![i + 1];
        for (j, y) in b.iter().enumerate() {
            let replaced = row[j] + usize::from(x != y);
            let mut best = replaced.min(row[j + 1] + 1).min(next[j] + 1);
            if i > 0 && j > 0 && *x == b[j - 1] && a[i - 1] == *y {
                best = best.min(before[j - 1] + 1);
            }
            next.push(best);
        }
        before = std::mem::replace(&mut row, next);
    }
    row.last().copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::closest;

    #[test]
    fn slips_are_found_and_other_words_are_not() {
        let known = ["required", "minimum", "type"];
        assert_eq!(closest("requried", known), Some("required"));
        assert_eq!(closest("typ", known), Some("type"));
        assert_eq!(closest("required", known), None);
        assert_eq!(closest("x-owner", known), None);
    }
}
