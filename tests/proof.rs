//! Rules, prover and validator agree over the cases of `compat/`; what is deep or doubled comes to an end.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::disallowed_methods,
    clippy::format_push_string,
    clippy::needless_pass_by_value,
    clippy::print_stdout,
    unreachable_pub,
    reason = "a test may fail, and its fixtures are files"
)]

use contracts::compat::{Direction, Effect, Outcome, Policy, judge};
use contracts::schema::Formats;
use serde_json::{Value, json};

mod pairs;

#[test]
fn rules_agree_with_the_algebra() {
    for (name, old, new) in pairs::cases() {
        for (strict, policy) in [
            (false, Policy::default()),
            (true, Policy::strict(Formats::Annotate)),
        ] {
            let (schemas, before, after) = pairs::pair(&old, &new);
            let judgement = judge(&schemas, before, after, policy);
            pairs::consistent(&old, &new, &judgement, strict);
            for direction in Direction::ALL {
                let breaks = |effect: Effect| effect.breaks(direction);
                let seen = judgement.changes.iter().any(|change| breaks(change.effect));
                match judgement.outcome(direction) {
                    Outcome::Kept => assert!(!seen, "{name}: {direction:?} is kept"),
                    Outcome::Refused(_) => assert!(seen, "{name}: {direction:?} has no rule"),
                    Outcome::Unknown(_) => {}
                }
            }
        }
    }
}

/// Runs on the small stack of a worker thread, as a check does.
fn ends(old: Value, new: Value) {
    let run = move || {
        let (schemas, before, after) = pairs::pair(&old, &new);
        judge(&schemas, before, after, Policy::default())
    };
    let small = std::thread::Builder::new().stack_size(2 << 20);
    small.spawn(run).unwrap().join().unwrap();
}

#[test]
fn deep_and_doubling_schemas_end() {
    for keyword in ["properties", "items", "not", "anyOf", "allOf", "oneOf"] {
        let nested = |innermost: Value| {
            (0..60).fold(innermost, |inner, _| match keyword {
                "properties" => json!({ "properties": { "a": inner } }),
                "items" | "not" => json!({ keyword: inner }),
                _ => json!({ keyword: [inner, { "type": "null" }] }),
            })
        };
        ends(
            nested(json!({ "minimum": 1 })),
            nested(json!({ "minimum": 2 })),
        );
    }
    for keyword in ["anyOf", "allOf", "oneOf"] {
        let doubling = |bound: i32| {
            let mut definitions = serde_json::Map::new();
            for level in 0..24 {
                let next = json!({ "$ref": format!("#/$defs/d{}", level + 1) });
                let other = json!({ "allOf": [next], "title": "again" });
                definitions.insert(format!("d{level}"), json!({ keyword: [next, other] }));
            }
            definitions.insert("d24".to_owned(), json!({ "minimum": bound }));
            json!({ "$ref": "#/$defs/d0", "$defs": definitions })
        };
        ends(doubling(1), doubling(2));
    }
}
