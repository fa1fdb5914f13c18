//! What the JSON Schema validator says to a vector that asks what a schema could ask.

use serde_json::{Value, json};

/// How the validator contradicts the vector, if it does, or does not where the vector's `validator`
/// says why it should.
pub(crate) fn disagreement(vector: &Value) -> Option<String> {
    let expected = vector["answer"] == "true";
    let (schema, instance) = question(vector)?;
    let validator = jsonschema::options()
        .should_validate_formats(true)
        .build(&schema);
    let says = validator.ok()?.is_valid(&instance);
    let differs = vector.get("validator").is_some();
    (differs == (says == expected))
        .then(|| format!("{vector}\n    but the validator says {says} to {schema}"))
}

fn question(vector: &Value) -> Option<(Value, Value)> {
    let op = vector["op"].as_str()?;
    let text = vector["text"].as_str().unwrap_or_default();
    let other = || serde_json::from_str::<Value>(vector["other"].as_str()?).ok();
    match op {
        "date" | "date-time" | "uuid" | "hostname" | "email" | "ipv4" | "ipv6" | "uri"
        | "uri-reference" => Some((json!({ "format": op }), json!(text))),
        "time-of-day" => Some((json!({ "format": "time" }), json!(text))),
        "match" => Some((json!({ "pattern": vector["pattern"] }), json!(text))),
        "multiple" => {
            let instance = serde_json::from_str(text).ok()?;
            Some((json!({ "multipleOf": other()? }), instance))
        }
        "same" => {
            let instance = serde_json::from_str(text).ok()?;
            Some((json!({ "const": other()? }), instance))
        }
        "differ" => Some((json!({ "uniqueItems": true }), vector["items"].clone())),
        _ => None,
    }
}
