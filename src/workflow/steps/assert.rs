//! `assert`: expressions that must be true; where one is not, the values it saw are printed.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use minijinja::Value as Word;

use crate::pointer::Pointer;
use crate::workflow::expression;
use crate::workflow::run::desk::{Done, Fault};
use crate::workflow::run::log::Log;

/// What a step of this kind is told.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Arguments {
    /// One expression, a list of them, or each by what it says.
    pub that: Value,
}

/// Every expression of arguments, with its address below them.
pub fn expressions(arguments: &Value) -> Vec<(Pointer, String)> {
    let root = Pointer::root();
    let text = |item: &Value| expression::plain(item.clone());
    match arguments.get("that") {
        Some(Value::Array(items)) => {
            let items = items.iter().enumerate();
            items
                .map(|(index, item)| (root.index(index), text(item)))
                .collect()
        }
        Some(Value::Object(members)) => members
            .iter()
            .map(|(name, item)| (root.join(name), text(item)))
            .collect(),
        // Written short, it stands under the kind's own name. `false` is an expression too.
        Some(item) => vec![(root, text(item))],
        None => Vec::new(),
    }
}

/// What is wrong with arguments: they say nothing that could be true or not.
pub fn refuses(arguments: &Value) -> Option<&'static str> {
    let all = expressions(arguments);
    let empty = all.iter().any(|(_, text)| text.trim().is_empty());
    (all.is_empty() || empty).then_some("it asserts nothing")
}

/// Asks each expression.
pub fn run(arguments: &Map<String, Value>, names: &Word, log: &Log) -> Result<Done, Fault> {
    let arguments = Value::Object(arguments.clone());
    let mut failed = Vec::new();
    for (at, text) in expressions(&arguments) {
        let bare = expression::bare(&text);
        let said = match at.last() {
            Some(name) if name.parse::<usize>().is_err() => format!("{name} (`{bare}`)"),
            Some(_) | None => format!("`{bare}`"),
        };
        match expression::holds(bare, names) {
            Ok(true) => log.line(&format!("{said} holds")),
            Ok(false) => {
                log.line(&format!("{said} does not hold"));
                values(bare, names, log);
                failed.push(said);
            }
            Err(why) => {
                log.line(&format!("{said} cannot be evaluated: {why}"));
                values(bare, names, log);
                failed.push(said);
            }
        }
    }
    if failed.is_empty() {
        return Ok(Done::default());
    }
    let verb = if failed.len() == 1 { "does" } else { "do" };
    Err(Fault::for_good(format!(
        "{} {verb} not hold",
        failed.join(", ")
    )))
}

/// The values of the names that an expression uses.
fn values(text: &str, names: &Word, log: &Log) {
    for name in expression::names(text).unwrap_or_default() {
        if let Ok(value) = expression::evaluate(&name, names) {
            log.line(&format!("    {name} = {}", expression::to_json(&value)));
        }
    }
}
