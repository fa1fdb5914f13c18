//! Rules, algebra and validator agree: over the cases of `compat/`, and over pairs made at random.

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

use contracts::compat::{Direction, Effect, Judgement, Outcome, Policy, judge};
use contracts::schema::instance::{Builder, Size};
use contracts::schema::{Draft, Formats, Validator};
use proptest::prelude::*;
use serde_json::{Value, json};

mod pairs;

fn validator(schema: &Value) -> Validator {
    Validator::of(schema, Draft::Draft202012, Formats::Annotate).unwrap()
}

/// No proof stands against a document, and no refusal without one.
fn consistent(old: &Value, new: &Value, judgement: &Judgement, strict: bool) {
    for direction in Direction::ALL {
        let (writer, reader) = match direction {
            Direction::Backward => (old, new),
            Direction::Forward => (new, old),
        };
        let (sends, reads) = (validator(writer), validator(reader));
        match judgement.outcome(direction) {
            Outcome::Kept if strict => {
                for document in documents(old).chain(documents(new)) {
                    let refused = sends.accepts(&document) && !reads.accepts(&document);
                    assert!(!refused, "{writer} in {reader}: `{document}` says no");
                }
            }
            Outcome::Refused(document) => {
                let shown = sends.accepts(document) && !reads.accepts(document);
                assert!(shown, "{writer} in {reader}: `{document}` shows nothing");
            }
            Outcome::Kept | Outcome::Unknown(_) => {}
        }
    }
}

/// Documents near a schema, and a handful that belong to none.
fn documents(schema: &Value) -> impl Iterator<Item = Value> + '_ {
    let sizes = [Size::Smallest, Size::Fullest];
    let built = (0..8)
        .flat_map(move |turn| sizes.map(|size| Builder::new(schema, size, turn).build(&[schema])));
    let others = [
        json!(null),
        json!(true),
        json!(0),
        json!(3),
        json!(-1),
        json!(1.5),
        json!(12),
        json!(""),
        json!("a"),
        json!("abc"),
        json!([]),
        json!([1]),
        json!([1, 1]),
        json!(["a", null]),
        json!({}),
        json!({ "a": 1 }),
        json!({ "a": "x", "b": null }),
        json!({ "c": [] }),
    ];
    built.flatten().chain(others)
}

#[test]
fn rules_agree_with_the_algebra() {
    for (name, old, new) in pairs::cases() {
        for (strict, policy) in [
            (false, Policy::default()),
            (true, Policy::strict(Formats::Annotate)),
        ] {
            let (schemas, before, after) = pairs::pair(&old, &new);
            let judgement = judge(&schemas, before, after, policy);
            consistent(&old, &new, &judgement, strict);
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

fn scalar() -> impl Strategy<Value = Value> {
    prop_oneof![
        Just(json!({})),
        Just(json!(false)),
        prop::sample::subsequence(vec!["null", "boolean", "integer", "number", "string"], 1..3)
            .prop_map(|types| json!({ "type": types })),
        prop::sample::subsequence(vec![json!(0), json!(1), json!("a"), json!(null)], 1..4)
            .prop_map(|values| json!({ "enum": values })),
        (0..4_i32, 0..4_i32).prop_map(|(low, more)| {
            json!({ "type": "integer", "minimum": low, "maximum": low + more })
        }),
        (1..4_i32).prop_map(|step| json!({ "type": "number", "multipleOf": step })),
        (0..3_i32, 0..3_i32).prop_map(|(low, more)| {
            json!({ "type": "string", "minLength": low, "maxLength": low + more })
        }),
        prop::sample::select(vec!["^a", "b$", "^[a-c]*$"])
            .prop_map(|pattern| json!({ "type": "string", "pattern": pattern })),
    ]
}

fn schema() -> impl Strategy<Value = Value> {
    scalar().prop_recursive(3, 12, 3, |inner| {
        let members = prop::collection::btree_map("[abc]", inner.clone(), 0..3);
        let required = prop::sample::subsequence(vec!["a", "b"], 0..2);
        let rest = prop_oneof![Just(json!(true)), Just(json!(false)), inner.clone()];
        let object = (members, required, rest).prop_map(|(properties, required, rest)| {
            json!({
                "type": "object",
                "properties": properties,
                "required": required,
                "additionalProperties": rest,
            })
        });
        let array = (inner.clone(), 0..3_u8, 0..3_u8, any::<bool>()).prop_map(
            |(items, least, more, unique)| {
                json!({
                    "type": "array",
                    "items": items,
                    "minItems": least,
                    "maxItems": least + more,
                    "uniqueItems": unique,
                })
            },
        );
        let list = prop::collection::vec(inner.clone(), 1..3);
        let keyword = prop::sample::select(vec!["allOf", "anyOf", "oneOf"]);
        let combined = (keyword, list).prop_map(|(keyword, list)| json!({ keyword: list }));
        let negated = inner.prop_map(|schema| json!({ "not": schema }));
        prop_oneof![4 => object, 2 => array, 2 => combined, 1 => negated]
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_answer_is_contradicted(old in schema(), new in schema(), alike in any::<bool>()) {
        // Two schemas at random have little in common; a union with the old one does.
        let new = if alike { json!({ "anyOf": [old.clone(), new] }) } else { new };
        let (schemas, before, after) = pairs::pair(&old, &new);
        let strict = judge(&schemas, before, after, Policy::strict(Formats::Annotate));
        consistent(&old, &new, &strict, true);
        let lenient = judge(&schemas, before, after, Policy::default());
        consistent(&old, &new, &lenient, false);
        for direction in Direction::ALL {
            let kept = *strict.outcome(direction) == Outcome::Kept;
            let refused = matches!(lenient.outcome(direction), Outcome::Refused(_));
            prop_assert!(!(kept && refused), "writers that send less break more");
        }
    }
}
