//! Pairs of schemas made at random: a proof is attacked with documents, a refusal is put before the
//! validator. `CONTRACTS_AGREEMENT_PAIRS` says how many; some thousands without it.

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

use contracts::compat::{Direction, Outcome, Policy, judge};
use contracts::schema::Formats;
use proptest::prelude::*;
use proptest::sample::Index;
use proptest::test_runner::RngSeed;
use serde_json::{Map, Value, json};

mod pairs;

fn scalar() -> impl Strategy<Value = Value> {
    let types = vec![
        "null", "boolean", "integer", "number", "string", "array", "object",
    ];
    let values = vec![
        json!(0),
        json!(1),
        json!(1.5),
        json!("a"),
        json!("ab"),
        json!(null),
        json!([1]),
    ];
    prop_oneof![
        Just(json!({})),
        Just(json!(false)),
        Just(json!({ "$ref": "#/$defs/d" })),
        prop::sample::subsequence(types, 1..3).prop_map(|types| json!({ "type": types })),
        prop::sample::subsequence(values, 1..4).prop_map(|values| json!({ "enum": values })),
        (0..4_i32, 0..4_i32).prop_map(|(low, more)| {
            json!({ "type": "integer", "minimum": low, "maximum": low + more })
        }),
        (0..3_i32, 1..3_i32).prop_map(|(low, more)| {
            json!({ "exclusiveMinimum": low, "exclusiveMaximum": low + more })
        }),
        prop::sample::select(vec![json!(1), json!(2), json!(3), json!(0.5), json!(1.5)])
            .prop_map(|step| json!({ "type": "number", "multipleOf": step })),
        (0..3_i32, 0..3_i32).prop_map(|(low, more)| {
            json!({ "type": "string", "minLength": low, "maxLength": low + more })
        }),
        pattern().prop_map(|pattern| json!({ "type": "string", "pattern": pattern })),
    ]
}

fn pattern() -> impl Strategy<Value = &'static str> {
    prop::sample::select(vec!["^a", "b$", "^[a-c]*$", "a", "^.{2}$", "^(a|bc)+$"])
}

fn name() -> impl Strategy<Value = &'static str> {
    prop::sample::select(vec!["a", "b", "c", "ab"])
}

fn object(inner: BoxedStrategy<Value>) -> impl Strategy<Value = Value> {
    let members = prop::collection::btree_map(name(), inner.clone(), 0..3);
    let matching = prop::collection::btree_map(pattern(), inner.clone(), 0..2);
    let required = prop::sample::subsequence(vec!["a", "b"], 0..2);
    let rest = prop_oneof![3 => Just(None), 1 => Just(Some(json!(false))), 1 => inner.clone().prop_map(Some)];
    let keyword = prop::sample::select(vec![
        "additionalProperties",
        "unevaluatedProperties",
        "propertyNames",
    ]);
    let counts = (0..3_u8, 0..3_u8, any::<bool>());
    let dependent = prop::option::of((name(), name(), inner));
    (
        members,
        matching,
        required,
        (keyword, rest),
        counts,
        dependent,
    )
        .prop_map(
            |(
                properties,
                matching,
                required,
                (keyword, rest),
                (least, more, counted),
                dependent,
            )| {
                let mut map = Map::new();
                map.insert("type".to_owned(), json!("object"));
                map.insert("properties".to_owned(), json!(properties));
                map.insert("patternProperties".to_owned(), json!(matching));
                map.insert("required".to_owned(), json!(required));
                map.extend(rest.map(|rest| (keyword.to_owned(), rest)));
                if counted {
                    map.insert("minProperties".to_owned(), json!(least));
                    map.insert("maxProperties".to_owned(), json!(least + more));
                }
                if let Some((name, other, schema)) = dependent {
                    map.insert("dependentRequired".to_owned(), json!({ name: [other] }));
                    map.insert("dependentSchemas".to_owned(), json!({ other: schema }));
                }
                Value::Object(map)
            },
        )
}

fn array(inner: BoxedStrategy<Value>) -> impl Strategy<Value = Value> {
    let prefix = prop::collection::vec(inner.clone(), 0..3);
    let rest = prop::option::of(inner.clone());
    let keyword = prop::sample::select(vec!["items", "unevaluatedItems"]);
    let held = prop::option::of((inner, 0..3_u8, 0..3_u8));
    let counts = (0..3_u8, 0..3_u8, any::<bool>());
    (prefix, keyword, rest, held, counts).prop_map(
        |(prefix, keyword, rest, held, (least, more, unique))| {
            let mut map = Map::new();
            map.insert("type".to_owned(), json!("array"));
            if !prefix.is_empty() {
                map.insert("prefixItems".to_owned(), json!(prefix));
            }
            map.extend(rest.map(|rest| (keyword.to_owned(), rest)));
            if let Some((held, least, more)) = held {
                map.insert("contains".to_owned(), held);
                map.insert("minContains".to_owned(), json!(least));
                map.insert("maxContains".to_owned(), json!(least + more));
            }
            map.insert("minItems".to_owned(), json!(least));
            map.insert("maxItems".to_owned(), json!(least + more));
            map.insert("uniqueItems".to_owned(), json!(unique));
            Value::Object(map)
        },
    )
}

fn schema() -> impl Strategy<Value = Value> {
    scalar().prop_recursive(3, 14, 3, |inner| {
        let inner = inner.boxed();
        let list = prop::collection::vec(inner.clone(), 1..4);
        let keyword = prop::sample::select(vec!["allOf", "anyOf", "oneOf"]);
        let combined = (keyword, list).prop_map(|(keyword, list)| json!({ keyword: list }));
        let negated = inner.clone().prop_map(|schema| json!({ "not": schema }));
        let condition = (inner.clone(), inner.clone(), inner.clone()).prop_map(
            |(condition, then, other)| json!({ "if": condition, "then": then, "else": other }),
        );
        prop_oneof![
            4 => object(inner.clone()),
            3 => array(inner),
            2 => combined,
            1 => negated,
            1 => condition,
        ]
    })
}

/// A schema with a definition that may hold itself further down.
fn document() -> impl Strategy<Value = Value> {
    let stop = any::<bool>();
    (schema(), schema(), stop).prop_map(|(body, definition, stop)| {
        let definition = if stop {
            without_references(&definition)
        } else {
            json!({ "type": ["object", "null"], "properties": { "c": definition } })
        };
        json!({ "allOf": [body], "$defs": { "d": definition } })
    })
}

fn without_references(schema: &Value) -> Value {
    let text = schema.to_string();
    serde_json::from_str(&text.replace(r##"{"$ref":"#/$defs/d"}"##, "true")).unwrap()
}

/// One edit: something in the schema is left out, or another number, text or schema.
fn edited(schema: &Value, place: Index, other: Value) -> Value {
    let mut places = Vec::new();
    let mut queue = vec![(
        String::from("/allOf/0"),
        schema.pointer("/allOf/0").unwrap(),
    )];
    while let Some((pointer, value)) = queue.pop() {
        match value {
            Value::Object(map) => {
                for (name, member) in map {
                    queue.push((
                        format!("{pointer}/{}", name.replace('~', "~0").replace('/', "~1")),
                        member,
                    ));
                }
            }
            Value::Array(items) => {
                let each = items.iter().enumerate();
                queue.extend(each.map(|(at, item)| (format!("{pointer}/{at}"), item)));
            }
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
        }
        let keyword = pointer.rsplit('/').next().unwrap();
        let is_schema = value.is_object()
            && !matches!(
                keyword,
                "properties" | "patternProperties" | "dependentSchemas" | "dependentRequired"
            );
        if is_schema || value.is_u64() || (value.is_boolean() && keyword != "uniqueItems") {
            places.push(pointer);
        }
    }
    let mut new = schema.clone();
    let pointer = place.get(&places);
    let slot = new.pointer_mut(pointer).unwrap();
    let counted = slot.as_u64();
    let constant = pointer.contains("/enum");
    *slot = match counted {
        Some(_) if constant => json!(2),
        Some(count) => json!(count + 1),
        None => other,
    };
    new
}

/// The same pairs every time, unless a number is asked for: then others each time.
fn config() -> ProptestConfig {
    let pairs = std::env::var("CONTRACTS_AGREEMENT_PAIRS").ok();
    let asked: Option<u32> = pairs.and_then(|pairs| pairs.parse().ok());
    ProptestConfig {
        failure_persistence: None,
        cases: asked.unwrap_or(2_500),
        rng_seed: asked.map_or(RngSeed::Fixed(1), |_| RngSeed::Random),
        ..ProptestConfig::default()
    }
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn no_answer_is_contradicted(
        old in document(),
        other in document(),
        edit in prop::option::weighted(0.6, (any::<Index>(), scalar())),
    ) {
        // Two schemas at random have little in common; an edit of the old one does.
        let new = match edit {
            Some((place, other)) => edited(&old, place, other),
            None => json!({ "anyOf": [old["allOf"][0].clone(), other["allOf"][0].clone()], "$defs": old["$defs"].clone() }),
        };
        let (schemas, before, after) = pairs::pair(&old, &new);
        let strict = judge(&schemas, before, after, Policy::strict(Formats::Annotate));
        pairs::consistent(&old, &new, &strict, true);
        let lenient = judge(&schemas, before, after, Policy::default());
        pairs::consistent(&old, &new, &lenient, false);
        for direction in Direction::ALL {
            let kept = *strict.outcome(direction) == Outcome::Kept;
            let refused = matches!(lenient.outcome(direction), Outcome::Refused(_));
            prop_assert!(!(kept && refused), "writers that send less break more");
        }
    }
}
