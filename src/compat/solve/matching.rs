//! Distinct values, one from each list: the marriage problem, by augmenting paths.

use std::collections::BTreeMap;

use serde_json::Value;

use super::constant::Constant;
use super::search::Found;

/// One value of each list, no two the same; nothing where there are none.
pub(super) fn distinct(lists: &[Found]) -> Option<Vec<Value>> {
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
