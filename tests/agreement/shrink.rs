//! The smallest pair that still shows a contradiction: parts are taken away one by one as long as it does.

use serde_json::Value;

/// The pointers of all values in a value, the root's first.
pub fn places(value: &Value) -> Vec<String> {
    let mut all = vec![String::new()];
    let mut at = 0;
    while let Some(pointer) = all.get(at).cloned() {
        match value.pointer(&pointer) {
            Some(Value::Object(map)) => {
                let keys = map
                    .keys()
                    .map(|key| key.replace('~', "~0").replace('/', "~1"));
                all.extend(keys.map(|key| format!("{pointer}/{key}")));
            }
            Some(Value::Array(list)) => {
                all.extend((0..list.len()).map(|index| format!("{pointer}/{index}")));
            }
            _ => {}
        }
        at += 1;
    }
    all
}

/// A value without what stands at a pointer.
fn without(value: &Value, pointer: &str) -> Option<Value> {
    let (parent, key) = pointer.rsplit_once('/')?;
    let mut value = value.clone();
    match value.pointer_mut(parent)? {
        Value::Object(map) => {
            map.shift_remove(&key.replace("~1", "/").replace("~0", "~"))?;
        }
        Value::Array(list) => {
            list.remove(key.parse().ok()?);
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => return None,
    }
    Some(value)
}

/// The smallest pair for which `wrong` holds, from one for which it does.
pub fn smallest(pair: [Value; 2], wrong: &dyn Fn(&[Value; 2]) -> bool) -> [Value; 2] {
    let mut pair = pair;
    loop {
        let smaller = (0..2).find_map(|side| {
            let places = places(&pair[side]);
            let other = 1 - side;
            places.iter().skip(1).find_map(|place| {
                let mut next = pair.clone();
                next[side] = without(&pair[side], place)?;
                // The same part of both at once, where both have it.
                let mut both = next.clone();
                if let Some(value) = without(&pair[other], place) {
                    both[other] = value;
                    if wrong(&both) {
                        return Some(both);
                    }
                }
                wrong(&next).then_some(next)
            })
        });
        match smaller {
            Some(smaller) => pair = smaller,
            None => return pair,
        }
    }
}
