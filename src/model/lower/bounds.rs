//! Bounds that several schemas set, as one: the tightest.

use serde_json::Number;

use super::view::View;
use crate::number::Decimal as Exact;
use crate::schema::Keywords;

/// The greatest (`tightest = Greater`) or least of the numbers the schemas give.
pub(super) fn tightest(
    view: &View<'_>,
    of: fn(&Keywords) -> Option<&Number>,
    tightest: std::cmp::Ordering,
) -> Option<Number> {
    view.keywords()
        .filter_map(|(_, keywords)| of(keywords))
        .reduce(|kept, other| {
            if Exact::of(other).cmp(&Exact::of(kept)) == tightest {
                other
            } else {
                kept
            }
        })
        .cloned()
}

/// The greatest of the counts the schemas give.
pub(super) fn most(view: &View<'_>, of: fn(&Keywords) -> Option<u64>) -> Option<u64> {
    view.keywords()
        .filter_map(|(_, keywords)| of(keywords))
        .max()
}

/// The least of the counts the schemas give.
pub(super) fn least(view: &View<'_>, of: fn(&Keywords) -> Option<u64>) -> Option<u64> {
    view.keywords()
        .filter_map(|(_, keywords)| of(keywords))
        .min()
}

/// The least whole number that is not below `number` (above it, if `exclusive`); saturates at the ends of 128 bits.
pub(super) fn whole_from(number: &Number, exclusive: bool) -> i128 {
    let exact = Exact::of(number);
    let floor = exact.floor();
    if exact.is_integer() && !exclusive {
        floor
    } else {
        floor.saturating_add(1)
    }
}

/// The greatest whole number that is not above `number` (below it, if `exclusive`).
pub(super) fn whole_to(number: &Number, exclusive: bool) -> i128 {
    let exact = Exact::of(number);
    let floor = exact.floor();
    if exact.is_integer() && exclusive {
        floor.saturating_sub(1)
    } else {
        floor
    }
}
