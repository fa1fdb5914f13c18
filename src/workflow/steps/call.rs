//! `workflow`: another workflow's steps, with inputs given and outputs taken.

use indexmap::IndexMap;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::workflow::expression::{self, to_word};
use crate::workflow::file::Input;

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
    matrix: &Map<String, Value>,
    asked: &IndexMap<String, Input>,
) -> Map<String, Value> {
    let inputs = Value::Object(around.cloned().unwrap_or_default());
    let matrix = Value::Object(matrix.clone());
    let names = [("inputs", to_word(&inputs)), ("matrix", to_word(&matrix))];
    let names = expression::object(names);
    let given = arguments.get("inputs").and_then(Value::as_object);
    let known = given.into_iter().flatten().filter_map(|(name, value)| {
        let value = expression::fill_all(value, &names).ok()?;
        Some((name.clone(), value))
    });
    let known: Map<String, Value> = known.collect();
    let open = |name: &String| given.is_some_and(|given| given.contains_key(name));
    let defaults = asked.iter().filter(|(name, _)| !open(name));
    let defaults = defaults.filter_map(|(name, of)| Some((name.clone(), of.default.clone()?)));
    defaults.chain(known).collect()
}
