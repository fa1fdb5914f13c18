//! How much work it is to run a schema on one value, before anybody runs it.
//!
//! A bundle in, a number out: how many schemas judge one value at one place in the worst case. With
//! references shared, a few lines can ask for billions.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

use super::shape;

/// Longer chains of schemas that judge one value count as endless.
const LONGEST: usize = 400;

/// The most schemas that judge one value at any place of the bundle.
pub(super) fn effort(bundle: &Value) -> u64 {
    let mut count = Count {
        root: bundle,
        known: BTreeMap::new(),
    };
    let mut most = 0;
    let mut queue = vec![bundle];
    while let Some(value) = queue.pop() {
        match value {
            Value::Array(items) => queue.extend(items),
            Value::Object(map) => {
                most = most.max(count.of(map, 0));
                queue.extend(map.values());
            }
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
        }
    }
    most
}

struct Count<'a> {
    root: &'a Value,
    known: BTreeMap<usize, u64>,
}

impl<'a> Count<'a> {
    fn of(&mut self, map: &'a Map<String, Value>, length: usize) -> u64 {
        let address = std::ptr::from_ref(map).addr();
        if let Some(known) = self.known.get(&address) {
            return *known;
        }
        if length > LONGEST {
            return u64::MAX;
        }
        // A cycle that judges nothing new ends here.
        self.known.insert(address, 1);
        let count = shape::in_place(self.root, map)
            .into_iter()
            .filter_map(Value::as_object)
            .map(|below| self.of(below, length + 1))
            .fold(1, u64::saturating_add);
        self.known.insert(address, count);
        count
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn doubling_is_counted_and_recursion_is_not() {
        let mut definitions = Map::new();
        for level in 0..40 {
            let next = json!({ "$ref": format!("#/$defs/d{}", level + 1) });
            definitions.insert(format!("d{level}"), json!({ "anyOf": [next, next] }));
        }
        definitions.insert("d40".to_owned(), json!({}));
        assert!(effort(&json!({ "$defs": definitions })) > 1 << 40);
        let tree =
            json!({ "$defs": { "n": { "items": { "$ref": "#/$defs/n" } } }, "$ref": "#/$defs/n" });
        assert_eq!(effort(&tree), 2);
    }
}
