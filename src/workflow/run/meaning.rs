//! What names mean for one node, from what became of those before it.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

use minijinja::Value as Word;
use serde_json::{Map, Value, json};

use super::Setting;
use crate::workflow::expression;
use crate::workflow::files::{self, digest};
use crate::workflow::graph::{Node, NodeId};
use crate::workflow::names::{Asked, Meaning, Question};
use crate::workflow::outcome::Outcome;

/// What `changed('glob')` compares with, and what it saw.
#[derive(Clone, Debug, Default)]
pub struct Changes {
    /// Glob → digest of the files it named in the last run that ended well.
    pub before: BTreeMap<String, String>,
    /// The same of this run.
    pub now: Arc<Mutex<BTreeMap<String, String>>>,
}

/// What became of the nodes so far.
pub(super) type Outcomes = [Option<Outcome>];

/// What a run's expressions may ask of files.
fn asked(setting: &Setting) -> Asked {
    let project = setting.project.clone();
    Asked {
        changed: changed(setting),
        exists: Arc::new(move |glob| {
            files::matching(&project, &[glob.to_owned()]).is_ok_and(|found| !found.is_empty())
        }),
    }
}

/// The function `changed` of a run.
fn changed(setting: &Setting) -> Question {
    let project = setting.project.clone();
    let digests = Arc::clone(&setting.digests);
    let changes = setting.changes.clone();
    Arc::new(move |glob| {
        let paths = files::matching(&project, &[glob.to_owned()]).unwrap_or_default();
        let lines = paths.iter().map(|path| {
            let content = digests.of(&project.join(path)).unwrap_or_default();
            format!("{path} {content}\n")
        });
        let now = digest(lines.collect::<String>().as_bytes());
        if let Ok(mut seen) = changes.now.lock() {
            seen.insert(glob.to_owned(), now.clone());
        }
        changes.before.get(glob) != Some(&now)
    })
}

/// The names for a node's expressions; `states` are success, failure, cancelled.
pub(super) fn words(
    setting: &Setting,
    outcomes: &Outcomes,
    node: &Node,
    states: [bool; 3],
) -> Result<Word, String> {
    let inputs = inputs(setting, outcomes, node.scope);
    words_over(setting, outcomes, node, states, inputs)
}

/// The same over other inputs than the node's own.
pub(super) fn words_over(
    setting: &Setting,
    outcomes: &Outcomes,
    node: &Node,
    states: [bool; 3],
    inputs: Map<String, Value>,
) -> Result<Word, String> {
    let mut meaning = Meaning {
        inputs,
        needs: needs(outcomes, node),
        matrix: node.matrix.clone(),
        run: run(setting),
        states,
        ..Meaning::default()
    };
    let scope = setting.graph.scopes.get(node.scope);
    let file = scope.and_then(|scope| setting.graph.files.get(scope.file));
    let outer = file.into_iter().flat_map(|file| &file.workflow.env);
    let asked = asked(setting);
    for (name, text) in outer {
        let value = expression::fill(text, &meaning.words(&asked))?;
        meaning.env.insert(name.clone(), as_text(value));
    }
    let words = meaning.words(&asked);
    let own = node.step.iter().flat_map(|step| &step.env);
    for (name, text) in own {
        let value = expression::fill(text, &words)?;
        meaning.env.insert(name.clone(), as_text(value));
    }
    Ok(meaning.words(&asked))
}

/// The environment that the file sets for a node.
pub(super) fn env(words: &Word) -> Vec<(String, String)> {
    let env = words.get_attr("env").unwrap_or_default();
    let env = expression::to_json(&env);
    let members = env.as_object().into_iter().flatten();
    let texts = members.map(|(name, value)| (name.clone(), expression::plain(value.clone())));
    texts.collect()
}

fn as_text(value: Value) -> Value {
    Value::String(expression::plain(value))
}

fn run(setting: &Setting) -> Map<String, Value> {
    let run = [("id", &setting.run), ("workflow", &setting.workflow)];
    run.into_iter()
        .map(|(name, value)| (name.to_owned(), value.clone().into()))
        .collect()
}

/// The inputs of a scope: those of the run, or what opened it has.
pub(super) fn inputs(setting: &Setting, outcomes: &Outcomes, scope: usize) -> Map<String, Value> {
    let open = setting.graph.scopes.get(scope).and_then(|it| it.open);
    match open {
        None => setting.inputs.clone(),
        Some(open) => outcome(outcomes, open)
            .map(|it| it.outputs.clone())
            .unwrap_or_default(),
    }
}

fn needs(outcomes: &Outcomes, node: &Node) -> Map<String, Value> {
    let mut needs = Map::new();
    for (word, ids) in &node.needs {
        let found: Vec<&Outcome> = ids.iter().filter_map(|id| outcome(outcomes, *id)).collect();
        let value = match found.as_slice() {
            [one] if ids.len() == 1 => json!({
                "outputs": one.outputs,
                "result": one.ended.word(),
            }),
            many => json!({
                "outputs": gathered(many),
                "result": worst(many),
            }),
        };
        needs.insert(word.clone(), value);
    }
    needs
}

/// Outputs of a matrix: each name with the list of its values, in the matrix's order.
fn gathered(outcomes: &[&Outcome]) -> Map<String, Value> {
    let mut all: Map<String, Value> = Map::new();
    for name in outcomes.iter().flat_map(|it| it.outputs.keys()) {
        let values = outcomes
            .iter()
            .map(|it| it.outputs.get(name).cloned().unwrap_or_default());
        all.insert(name.clone(), values.collect());
    }
    all
}

fn worst(outcomes: &[&Outcome]) -> &'static str {
    let worst = outcomes.iter().find(|it| it.is_failure());
    let skipped = || outcomes.iter().find(|it| !it.is_well());
    worst
        .or_else(skipped)
        .or(outcomes.first())
        .map_or("success", |it| it.ended.word())
}

/// What became of a node.
pub(super) fn outcome(outcomes: &Outcomes, id: NodeId) -> Option<&Outcome> {
    outcomes.get(id)?.as_ref()
}
