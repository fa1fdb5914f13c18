//! One value from each of several lists: in every way, or all distinct (the marriage problem, by
//! augmenting paths).

use std::collections::BTreeMap;

use serde_json::Value;

use super::constant::Constant;
use super::holds;
use super::search::Found;

/// One value of each list, no two the same; nothing where there are none.
pub(super) fn distinct(lists: &[&Found]) -> Option<Vec<Value>> {
    let options: Vec<Vec<Constant>> = lists
        .iter()
        .map(|list| list.values.iter().map(Constant::new).collect())
        .collect();
    let mut owners: BTreeMap<&Constant, usize> = BTreeMap::new();
    for list in 0..options.len() {
        let mut tried = Vec::new();
        if !give(&options, list, &mut owners, &mut tried) {
            return None;
        }
    }
    let mut values = vec![Value::Null; lists.len()];
    for (constant, list) in owners {
        if let Some(slot) = values.get_mut(list) {
            *slot = constant.value.clone();
        }
    }
    Some(values)
}

/// Gives a list one of its values, moving other lists to others of theirs.
fn give<'a>(
    options: &'a [Vec<Constant>],
    list: usize,
    owners: &mut BTreeMap<&'a Constant, usize>,
    tried: &mut Vec<&'a Constant>,
) -> bool {
    let free = options.get(list).into_iter().flatten();
    for constant in free {
        if tried.contains(&constant) {
            continue;
        }
        tried.push(constant);
        let owner = owners.get(constant).copied();
        if owner.is_none_or(|owner| give(options, owner, owners, tried)) {
            owners.insert(constant, list);
            return true;
        }
    }
    false
}

/// Up to `wanted` rows with a value of each list, the last list varied first; `all` stays only where no
/// other is left.
pub(super) fn rows(
    columns: &[&Found],
    distinct: bool,
    wanted: usize,
    all: &mut bool,
) -> Vec<Vec<Value>> {
    let mut rows = Vec::new();
    let mut digits = vec![0; columns.len()];
    let mut tried = 0;
    loop {
        let row = || {
            columns
                .iter()
                .zip(&digits)
                .filter_map(|(column, at)| column.values.get(*at).cloned())
        };
        if !distinct || holds::distinct(row()) {
            rows.push(row().collect());
        }
        tried += 1;
        let mut place = columns.len();
        let further = loop {
            let Some(at) = place.checked_sub(1) else {
                break false;
            };
            place = at;
            if let (Some(digit), Some(column)) = (digits.get_mut(at), columns.get(at)) {
                *digit += 1;
                if *digit < column.values.len() {
                    break true;
                }
                *digit = 0;
            }
        };
        if !further {
            return rows;
        }
        if rows.len() >= wanted || tried >= 8 * wanted {
            *all = false;
            return rows;
        }
    }
}
