//! `workflow`: another workflow's steps, with inputs given and outputs taken.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::workflow::expression::{self, to_word};

/// What a step of this kind is told.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Arguments {
    /// The workflow's name, or its file beside this one.
    pub workflow: String,
    /// Its inputs.
    #[serde(default)]
    pub inputs: Map<String, Value>,
}

/// The name of the workflow that is called.
pub fn callee(arguments: &Map<String, Value>) -> Option<String> {
    let name = arguments.get("workflow")?.as_str()?;
    let name = name.strip_prefix("./").unwrap_or(name);
    let name = name
        .strip_suffix(".yaml")
        .or_else(|| name.strip_suffix(".yml"))
        .unwrap_or(name);
    Some(name.to_owned())
}

/// The inputs that are known before the run; `around` are the caller's.
pub fn known_inputs(
    arguments: &Map<String, Value>,
    around: Option<&Map<String, Value>>,
) -> Option<Map<String, Value>> {
    let names = Map::from_iter([(
        "inputs".to_owned(),
        Value::Object(around.cloned().unwrap_or_default()),
    )]);
    let names = to_word(&Value::Object(names));
    let given = arguments.get("inputs").and_then(Value::as_object);
    let known = given.into_iter().flatten().filter_map(|(name, value)| {
        let value = expression::fill_all(value, &names).ok()?;
        Some((name.clone(), value))
    });
    Some(known.collect())
}
