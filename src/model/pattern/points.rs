//! Sets of code points as ranges, both ends included: the named ones of ECMA-262, and what is not in one.

use regex_syntax::hir::{Class, HirKind};

/// The last code point.
pub(super) const LAST: u32 = 0x0010_FFFF;

/// The code points of `\w`.
pub(super) const WORD: &[(u32, u32)] = &[(48, 57), (65, 90), (95, 95), (97, 122)];
/// The code points of `\d`.
pub(super) const DIGIT: &[(u32, u32)] = &[(48, 57)];
/// The code points of `\s`.
pub(super) const SPACE: &[(u32, u32)] = &[
    (9, 13),
    (32, 32),
    (0xA0, 0xA0),
    (0x1680, 0x1680),
    (0x2000, 0x200A),
    (0x2028, 0x2029),
    (0x202F, 0x202F),
    (0x205F, 0x205F),
    (0x3000, 0x3000),
    (0xFEFF, 0xFEFF),
];
/// What `.` does not match.
pub(super) const LINE_END: &[(u32, u32)] = &[(10, 10), (13, 13), (0x2028, 0x2029)];

/// Sorted, without overlaps.
pub(super) fn tidy(mut ranges: Vec<(u32, u32)>) -> Vec<(u32, u32)> {
    ranges.sort_unstable();
    let mut tidied: Vec<(u32, u32)> = Vec::new();
    for (first, last) in ranges {
        match tidied.last_mut() {
            Some(before) if first <= before.1.saturating_add(1) => before.1 = before.1.max(last),
            _ => tidied.push((first, last)),
        }
    }
    tidied
}

/// Every code point that is in none of `ranges`.
pub(super) fn all_but(ranges: Vec<(u32, u32)>) -> Vec<(u32, u32)> {
    let mut others = Vec::new();
    let mut next = 0;
    for (first, last) in tidy(ranges) {
        if next < first {
            others.push((next, first - 1));
        }
        next = last + 1;
    }
    if next <= LAST {
        others.push((next, LAST));
    }
    others
}

/// The code points of `\p{name}`, as the crate that knows Unicode has them.
pub(super) fn property(name: &str) -> Option<Vec<(u32, u32)>> {
    let hir = regex_syntax::parse(&format!("\\p{{{name}}}")).ok()?;
    let HirKind::Class(Class::Unicode(class)) = hir.kind() else {
        return None;
    };
    let ranges = class.iter();
    Some(
        ranges
            .map(|range| (range.start().into(), range.end().into()))
            .collect(),
    )
}
