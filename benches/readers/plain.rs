//! What a person would write who asks for no more than serde's derive, and the generated reader beside it.

use std::collections::BTreeMap;
use std::hint::black_box;
use std::time::{Duration, Instant};

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

#[derive(Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
struct Order {
    order_id: String,
    account: i64,
    created_at: String,
    symbol: String,
    side: Side,
    quantity: f64,
    price: f64,
    #[serde(skip_serializing_if = "Option::is_none")]
    stop: Option<f64>,
    live: bool,
    parent: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    comment: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    venue: Option<Venue>,
    legs: Vec<Leg>,
    tags: Vec<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    limits: Option<BTreeMap<String, f64>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    expires_at: Option<String>,
}

#[derive(Debug, Deserialize, Serialize)]
enum Side {
    #[serde(rename = "BUY")]
    Buy,
    #[serde(rename = "SELL")]
    Sell,
}

#[derive(Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
struct Venue {
    code: String,
    country: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    maker_fee: Option<f64>,
}

#[derive(Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
struct Leg {
    symbol: String,
    side: Side,
    ratio: i64,
    #[serde(skip_serializing_if = "Option::is_none")]
    price: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    note: Option<String>,
}

const ROUNDS: u32 = 2_000;

/// Nanoseconds a document: the best of some rounds, so that a busy machine counts little.
fn measure<T: DeserializeOwned>(text: &str) -> u128 {
    let mut best = Duration::MAX;
    for _ in 0..60 {
        let start = Instant::now();
        for _ in 0..ROUNDS {
            black_box(serde_json::from_str::<T>(black_box(text)).expect("the document is right"));
        }
        best = best.min(start.elapsed());
    }
    best.as_nanos() / u128::from(ROUNDS)
}

fn main() {
    let text = include_str!("document.json");
    let plain = measure::<Order>(text);
    let generated = measure::<contracts_models::order::v1::Order>(text);
    println!("{plain} {generated}");
}
