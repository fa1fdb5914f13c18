//! What names an expression may use where it stands, and what they mean when it is evaluated.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::sync::Arc;

use minijinja::Value as Word;
use serde_json::{Map, Value};

use super::expression::{self, to_word};
use crate::schema::closest;

/// The functions of expressions.
pub const FUNCTIONS: [&str; 6] = [
    "success",
    "failure",
    "always",
    "cancelled",
    "changed",
    "exists",
];

/// The functions that say when a step runs; one without them asks for `success()`.
pub const STATES: [&str; 4] = ["success", "failure", "always", "cancelled"];

/// The names there are at a place.
#[derive(Clone, Debug, Default)]
pub struct Known {
    /// The workflow's inputs.
    pub inputs: Vec<String>,
    /// The environment variables that the file sets.
    pub env: Vec<String>,
    /// The steps needed, by their word; their outputs, where they are known.
    pub needs: BTreeMap<String, Option<Vec<String>>>,
    /// The names of the matrix.
    pub matrix: Vec<String>,
    /// Whether the functions may be used.
    pub functions: bool,
    /// Names there are beside: a template's values, an assertion's `outputs`.
    pub more: Vec<&'static str>,
}

impl Known {
    /// What is wrong with a name that an expression uses: what is, and the way out.
    pub fn unknown(&self, name: &str) -> Option<(String, Option<String>)> {
        let mut parts = name.split('.');
        let root = parts.next().unwrap_or("");
        let next = parts.next();
        let of = |known: &[String], what: &str| {
            let asked = next?;
            if known.iter().any(|it| it == asked) {
                return None;
            }
            Some((format!("there is no {what} `{asked}`"), hint(asked, known)))
        };
        match root {
            "inputs" => of(&self.inputs, "input"),
            "env" => of(&self.env, "environment variable of the file's own"),
            "matrix" => of(&self.matrix, "value of the matrix"),
            "run" => {
                let known = ["id", "workflow", "attempt"].map(ToOwned::to_owned);
                of(&known, "name of the run's")
            }
            "needs" => self.unknown_need(next, parts.next(), parts.next()),
            _ if self.functions && FUNCTIONS.contains(&root) => None,
            _ if self.more.contains(&root) => None,
            _ => {
                let mut roots = vec!["inputs", "env", "needs", "matrix", "run"];
                roots.extend(self.functions.then_some(FUNCTIONS).into_iter().flatten());
                roots.extend(&self.more);
                let help = match closest(root, roots.iter().copied()) {
                    Some(meant) => format!("did you mean `{meant}`?"),
                    None => format!("there are {}", roots.join(", ")),
                };
                Some((format!("there is no `{root}`"), Some(help)))
            }
        }
    }

    fn unknown_need(
        &self,
        step: Option<&str>,
        what: Option<&str>,
        output: Option<&str>,
    ) -> Option<(String, Option<String>)> {
        let step = step?;
        let Some(outputs) = self.needs.get(step) else {
            let known: Vec<String> = self.needs.keys().cloned().collect();
            let help = hint(step, &known)
                .unwrap_or_else(|| format!("add it to the step's `needs`: `needs: [{step}]`"));
            return Some((format!("`needs` does not list `{step}`"), Some(help)));
        };
        match what? {
            "result" => None,
            "outputs" => {
                let (output, outputs) = (output?, outputs.as_ref()?);
                if outputs.iter().any(|it| it == output) {
                    return None;
                }
                let mut help = format!("declare it there: `outputs: {{{output}: string}}`");
                if let Some(meant) = hint(output, outputs) {
                    let _ = write!(help, "; {meant}");
                }
                Some((
                    format!("the step `{step}` has no output `{output}`"),
                    Some(help),
                ))
            }
            other => Some((
                format!("a step has no `{other}`"),
                Some("it has `outputs` and `result`".to_owned()),
            )),
        }
    }
}

fn hint(asked: &str, known: &[String]) -> Option<String> {
    match closest(asked, known.iter().map(String::as_str)) {
        Some(meant) => Some(format!("did you mean `{meant}`?")),
        None if known.is_empty() => None,
        None => Some(format!("there are {}", known.join(", "))),
    }
}

/// A question about the files that a glob names.
pub type Question = Arc<dyn Fn(&str) -> bool + Send + Sync>;

/// What expressions may ask of files.
#[derive(Clone)]
pub struct Asked {
    /// Whether they changed since the last run that ended well.
    pub changed: Question,
    /// Whether there are any.
    pub exists: Question,
}

impl Asked {
    /// No files: none is there, none changed.
    pub fn nothing() -> Self {
        Self {
            changed: Arc::new(|_| false),
            exists: Arc::new(|_| false),
        }
    }
}

/// What names mean where an expression is evaluated.
#[derive(Clone, Debug, Default)]
pub struct Meaning {
    /// Inputs.
    pub inputs: Map<String, Value>,
    /// Environment variables that the file sets.
    pub env: Map<String, Value>,
    /// Needed steps: `{outputs, result}`.
    pub needs: Map<String, Value>,
    /// Values of the matrix.
    pub matrix: Map<String, Value>,
    /// `{id, workflow}`.
    pub run: Map<String, Value>,
    /// Whether all that is needed ended well, any failed, the run was cancelled.
    pub states: [bool; 3],
}

impl Meaning {
    /// The names for the expression language.
    pub fn words(&self, asked: &Asked) -> Word {
        let Asked { changed, exists } = asked.clone();
        let [success, failure, cancelled] = self.states;
        let maps = [
            ("inputs", &self.inputs),
            ("env", &self.env),
            ("needs", &self.needs),
            ("matrix", &self.matrix),
            ("run", &self.run),
        ];
        let maps = maps.map(|(name, map)| (name, object(map)));
        let functions = [
            ("success", Word::from_function(move || success)),
            ("failure", Word::from_function(move || failure)),
            ("cancelled", Word::from_function(move || cancelled)),
            ("always", Word::from_function(|| true)),
            (
                "changed",
                Word::from_function(move |glob: String| changed(&glob)),
            ),
            (
                "exists",
                Word::from_function(move |glob: String| exists(&glob)),
            ),
        ];
        expression::object(maps.into_iter().chain(functions))
    }
}

fn object(map: &Map<String, Value>) -> Word {
    let members = map.iter();
    expression::object(members.map(|(name, value)| (name.as_str(), to_word(value))))
}
