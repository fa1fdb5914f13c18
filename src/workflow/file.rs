//! Workflow files as values: what `contracts/workflows/*.yaml` may say, typed. Their JSON Schema is made of these
//! types (`contracts schema workflow`).
//!
//! Knows nothing of places; `read` turns a text into these values and says what is wrong where.

use indexmap::IndexMap;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::length::Length;
use super::profile::Profile;
use super::templated::{OneOrMany, Or, Templated, one_or_many};

/// A graph of steps in phases.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Workflow {
    /// What people call it; the file's name where it says nothing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// What it is for, in a sentence.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// Its version, as semver.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub version: Option<String>,
    /// What may be given to a run (`--input NAME=VALUE`).
    #[serde(default, skip_serializing_if = "IndexMap::is_empty")]
    pub inputs: IndexMap<String, Input>,
    /// Environment variables of every step; values may hold `${{ }}` over `inputs`.
    #[serde(default, skip_serializing_if = "IndexMap::is_empty")]
    pub env: IndexMap<String, String>,
    /// What programs of steps may see and touch, by the name steps choose it by; `default` is for steps that
    /// choose none.
    #[serde(default, skip_serializing_if = "IndexMap::is_empty")]
    pub profiles: IndexMap<String, Profile>,
    /// Groups of steps, in order: a phase begins when all of the phases before it have ended.
    pub phases: Vec<Phase>,
    /// What a workflow that calls this one sees as the step's outputs; `${{ }}` over `inputs` and `needs`.
    #[serde(default, skip_serializing_if = "IndexMap::is_empty")]
    pub outputs: IndexMap<String, String>,
}

/// A value given to a run.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub struct Input {
    /// The JSON type of the value.
    pub r#type: InputType,
    /// What it is for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// The value where none is given; without a default the input is required.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub default: Option<Value>,
    /// The only values it may have.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub r#enum: Vec<Value>,
    /// A regular expression that a text must match somewhere.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub pattern: Option<String>,
    /// The least number.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub minimum: Option<f64>,
    /// The greatest number.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub maximum: Option<f64>,
}

/// The JSON type of an input.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum InputType {
    /// A text.
    #[default]
    String,
    /// A whole number.
    Integer,
    /// A number.
    Number,
    /// `true` or `false`.
    Boolean,
    /// A list; on the command line as JSON.
    Array,
    /// An object; on the command line as JSON.
    Object,
}

/// A group of steps.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Phase {
    /// What `--phase` and reports call it: letters, digits, `-` and `_`.
    pub name: String,
    /// What it is for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// Its steps. Their order says nothing; `needs` does.
    pub steps: Vec<Step>,
}

/// One step: what it does, and when.
///
/// What it does is either `uses` with `with`, or one of the kinds' own names with its arguments: `shell: cargo test`
/// is `uses: shell` with `with: {run: cargo test}`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub struct Step {
    /// Its name within the file: letters, digits, `-` and `_`. In expressions `-` is written `_`.
    pub id: String,
    /// What it is for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// Its kind: `pass`, `shell`, `template`, `assert`, `webhook`, `conditional`, `workflow` or `agent`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub uses: Option<String>,
    /// The kind's arguments.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub with: Option<Map<String, Value>>,
    /// A pass of the toolchain: its name, or its arguments.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub pass: Option<Value>,
    /// A script for a shell, or its arguments.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub shell: Option<Value>,
    /// Files made from templates.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub template: Option<Value>,
    /// Expressions that must be true: one, a list, or by name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub assert: Option<Value>,
    /// An HTTP request.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub webhook: Option<Value>,
    /// Branches with steps of their own: a list of `{if, steps}` and at last `{else: true, steps}`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub conditional: Option<Vec<Branch>>,
    /// Another workflow: its name or file, or its arguments.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub workflow: Option<Value>,
    /// A coding agent's command line.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub agent: Option<Value>,
    /// The steps that must have ended well before this one begins; a text is a list of one.
    #[serde(
        skip_serializing_if = "Vec::is_empty",
        deserialize_with = "one_or_many"
    )]
    #[schemars(with = "OneOrMany")]
    pub needs: Vec<String>,
    /// An expression; where it is false the step is skipped. Without `success()`, `failure()`, `always()` or
    /// `cancelled()` in it, `success()` is asked for as well.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub r#if: Option<String>,
    /// The step once for each combination: lists of values by name, or expressions that are lists, known before the
    /// run. `include` adds combinations, `exclude` leaves out those that have all of a row's values.
    #[serde(skip_serializing_if = "IndexMap::is_empty")]
    pub matrix: IndexMap<String, Templated<Vec<Value>>>,
    /// Environment variables; values may hold `${{ }}`.
    #[serde(skip_serializing_if = "IndexMap::is_empty")]
    pub env: IndexMap<String, String>,
    /// The most time an attempt may take (`30s`, `10m`, `1h 30m`).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub timeout: Option<Length>,
    /// How often and when it is tried again; a number is `attempts`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub retry: Option<Or<u32, Retry>>,
    /// What its result depends on and what files it makes, so that it need not run again. `true`: what the kind
    /// itself declares; `false`: never kept.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cache: Option<Or<bool, Declared>>,
    /// The values it hands on: their JSON type by name. A program writes them as `name=value` lines, or as lines of
    /// JSON objects, to the file that `CONTRACTS_OUTPUT` names.
    #[serde(skip_serializing_if = "IndexMap::is_empty")]
    pub outputs: IndexMap<String, InputType>,
    /// Whether the run goes on as if it had ended well where it fails; an expression may decide.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub continue_on_error: Option<Templated<bool>>,
    /// Steps that run only if this one fails; a text is a list of one.
    #[serde(
        skip_serializing_if = "Vec::is_empty",
        deserialize_with = "one_or_many"
    )]
    #[schemars(with = "OneOrMany")]
    pub on_failure: Vec<String>,
    /// What is begun first where more is ready than workers are free; greater goes first. For `--strategy priority`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub priority: Option<i32>,
    /// By when it should have ended, from the beginning of the run. For `--strategy deadline`; missing it is told.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub deadline: Option<Length>,
    /// What its program may see and touch: the name of one of the workflow's profiles.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub profile: Option<String>,
}

/// One branch of a conditional step: the first whose `if` is true is taken.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub struct Branch {
    /// The expression.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub r#if: Option<String>,
    /// Instead of `if`: taken where no other is.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub r#else: bool,
    /// What runs then.
    pub steps: Vec<Step>,
}

/// How often and when a step is tried again.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub struct Retry {
    /// The most attempts, the first among them.
    #[schemars(range(min = 1, max = 100))]
    pub attempts: u32,
    /// The time before the second attempt.
    pub delay: Length,
    /// What each further time is multiplied by.
    #[schemars(range(min = 1.0, max = 100.0))]
    pub backoff: f64,
    /// The longest time between two attempts.
    pub max_delay: Length,
    /// Whether each time is drawn at random between nothing and its length (full jitter), so that many that failed
    /// together do not come back together.
    pub jitter: bool,
}

impl Default for Retry {
    fn default() -> Self {
        Self {
            attempts: 3,
            delay: Length::from_millis(1_000),
            backoff: 2.0,
            max_delay: Length::from_millis(60_000),
            jitter: true,
        }
    }
}

/// What a step reads and makes.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub struct Declared {
    /// Globs of the files it reads, relative to the project's folder; `!` before one leaves files out.
    pub inputs: Vec<String>,
    /// Environment variables that its result depends on.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub env: Vec<String>,
    /// Globs of the files it makes: kept, and put back byte for byte.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub outputs: Vec<String>,
    /// Anything else that its result depends on, as an expression.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub key: Option<String>,
}
