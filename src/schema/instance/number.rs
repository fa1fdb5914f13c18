//! Numbers within bounds and on a grid, exactly.

use serde_json::Value;

use super::Conjunction;
use crate::number::{self, Decimal};

/// More decimal places than this are not built.
const MOST_PLACES: u32 = 18;

/// The number nearest to zero that is within the bounds, or the largest; later turns step away from it.
pub(super) fn build(
    demands: &Conjunction<'_>,
    whole: bool,
    full: bool,
    turn: usize,
) -> Option<Value> {
    let all = |keyword: &str| demands.numbers(keyword).collect::<Vec<Decimal>>();
    let low = all("minimum");
    let low_open = all("exclusiveMinimum");
    let high = all("maximum");
    let high_open = all("exclusiveMaximum");
    let steps = all("multipleOf");
    let places = [&low, &low_open, &high, &high_open, &steps]
        .into_iter()
        .flatten()
        .map(Decimal::places)
        .max()
        .unwrap_or(0)
        .min(MOST_PLACES);
    // One place more than any bound has leaves room between two neighbours.
    let places = places + u32::from(!whole && steps.is_empty());
    let unit = 10_i128.checked_pow(places)?;
    let mut step = if whole { unit } else { 1 };
    for other in &steps {
        step = common_multiple(step, other.scaled(places)?.abs())?;
    }
    let scaled = |bounds: &[Decimal]| -> Vec<i128> {
        bounds.iter().filter_map(|it| it.scaled(places)).collect()
    };
    let lowest = scaled(&low)
        .into_iter()
        .chain(scaled(&low_open).into_iter().map(|bound| bound + 1))
        .max()
        .map(|bound| ceil(bound, step));
    let highest = scaled(&high)
        .into_iter()
        .chain(scaled(&high_open).into_iter().map(|bound| bound - 1))
        .min()
        .map(|bound| floor(bound, step));
    if let (Some(lowest), Some(highest)) = (lowest, highest)
        && lowest > highest
    {
        return None;
    }
    let nearest = lowest.unwrap_or(0).max(0).min(highest.unwrap_or(i128::MAX));
    let nearest = if lowest.is_none_or(|lowest| lowest <= nearest) {
        nearest
    } else {
        lowest?
    };
    let chosen = if full {
        highest.or(lowest.and_then(|it| it.checked_add(step)))
    } else {
        None
    };
    let chosen = chosen.unwrap_or(if full { step } else { nearest });
    let away = step.checked_mul(i128::try_from(turn).ok()?)?;
    let stepped = [chosen.checked_add(away)?, chosen.checked_sub(away)?];
    let within = |value: &i128| {
        lowest.is_none_or(|lowest| lowest <= *value)
            && highest.is_none_or(|highest| *value <= highest)
    };
    let chosen = stepped.into_iter().find(within).unwrap_or(chosen);
    Some(Value::Number(number::from_scaled(chosen, places)))
}

fn ceil(value: i128, step: i128) -> i128 {
    -((-value).div_euclid(step)) * step
}

fn floor(value: i128, step: i128) -> i128 {
    value.div_euclid(step) * step
}

fn common_multiple(a: i128, b: i128) -> Option<i128> {
    let (mut x, mut y) = (a, b);
    while y != 0 {
        (x, y) = (y, x % y);
    }
    (x != 0).then(|| (a / x).checked_mul(b)).flatten()
}
