use acme_messages::trading::v1::{Trade, TradeSide, Venue};
use chrono::DateTime;
use rust_decimal::Decimal;
use uuid::Uuid;

fn main() {
    let venue = Venue::builder().code("XETR").build().unwrap();
    let trade = Trade::builder()
        .id(Uuid::nil())
        .at(DateTime::parse_from_rfc3339("2026-01-02T03:04:05Z").unwrap())
        .price(Decimal::new(150, 2))
        .fees(None)
        .side("buy")
        .venue(venue);
    let whole = trade.clone().build().unwrap();
    println!("{}", serde_json::to_string(&whole).unwrap());
    assert_eq!(whole.side, Some(TradeSide::Buy));
    let refused = [
        Trade::builder().build(),
        trade.clone().side("hold").build(),
        trade.clone().price(-1).build(),
        trade.fees(Decimal::ONE).seen(Vec::new()).build(),
    ];
    for refused in refused {
        println!("{}", refused.map_or_else(|error| error.to_string(), |_| "made".to_owned()));
    }
    let twice = [("code".to_owned(), "y".into())].into_iter().collect();
    println!("{}", Venue::builder().code("x").extra(twice).build().unwrap_err());
    println!("{}", Venue::builder().code("too long").build().unwrap_err().pointer());
}
