//! Cases of a workflow: inputs and what steps are taken to hand on in; where the run went another way than expected out.
//!
//! Nothing is started, written or sent: steps that do are taken to have ended as the case says, well and without outputs
//! where it says nothing. Assertions, conditions, branches and calls are evaluated.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::Arc;

use indexmap::IndexMap;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::check::Library;
use super::engine::Engine;
use super::inputs;
use super::outcome::{Ended, Outcome};
use super::plan::{Plan, Selection, plan};
use super::read::File;
use super::run::cancel::cancel;
use super::run::watch::Unwatched;
use super::run::{Finished, Options};
use super::runs::Runs;
use super::steps::Kind;
use crate::diagnostic::Diagnostics;
use crate::source::Sources;

/// A file of cases, `contracts/workflows/NAME.test.yaml`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Cases {
    /// The cases.
    pub cases: Vec<Case>,
}

/// One case.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Case {
    /// What it shows.
    pub name: String,
    /// The inputs; those with defaults may be left out.
    #[serde(default)]
    pub inputs: Map<String, Value>,
    /// How steps are taken to end, by name (`build`, `test[python=3.12]`, `release/publish`).
    #[serde(default)]
    pub steps: IndexMap<String, Mock>,
    /// What is expected.
    #[serde(default)]
    pub expect: Expected,
}

/// How a step is taken to end.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub struct Mock {
    /// `success` or `failed`.
    pub result: MockResult,
    /// What it hands on.
    pub outputs: Map<String, Value>,
}

/// How a step is taken to end.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum MockResult {
    /// Well.
    #[default]
    Success,
    /// Not well.
    Failed,
}

/// What is expected of a case; what is not said is not looked at.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub struct Expected {
    /// How the run ends.
    pub result: Option<Ended>,
    /// The steps that run, in any order; all others are skipped.
    pub path: Option<Vec<String>>,
    /// How steps end, by name: `success`, `failed`, `skipped`.
    pub steps: IndexMap<String, Ended>,
    /// Words of the reasons why steps are skipped or fail, by name.
    pub reasons: IndexMap<String, String>,
    /// The workflow's outputs.
    pub outputs: Option<Map<String, Value>>,
}

/// Runs a case; where it went another way than expected, a line each.
pub fn try_case(
    library: &Library,
    file: &Arc<File>,
    case: &Case,
    sources: &Sources,
    folder: &Path,
    runtime: &tokio::runtime::Runtime,
) -> Vec<String> {
    let inputs = match inputs::settle(&file.workflow.inputs, &case.inputs) {
        Ok(inputs) => inputs,
        Err(unfit) => return unfit.iter().map(ToString::to_string).collect(),
    };
    let mut found = Diagnostics::default();
    let selection = Selection::default();
    let planned = plan(library, file, inputs, selection, sources, &mut found);
    let plan = match planned {
        Some(Ok(plan)) => plan,
        Some(Err(not_there)) => return vec![not_there.to_string()],
        None => return found.iter().map(|it| it.message.clone()).collect(),
    };
    let known: BTreeSet<&str> = plan.graph.nodes.iter().map(|it| it.id.as_str()).collect();
    let unknown = |names: &mut dyn Iterator<Item = &String>| -> Vec<String> {
        names
            .filter(|name| !known.contains(name.as_str()) && bases(&known, name).next().is_none())
            .map(|name| format!("there is no step `{name}`"))
            .collect()
    };
    let mut lines = unknown(&mut case.steps.keys());
    let expected = &case.expect;
    lines.extend(unknown(
        &mut expected.steps.keys().chain(expected.reasons.keys()),
    ));
    if !lines.is_empty() {
        return lines;
    }
    let engine = Engine {
        runs: Runs::new(folder.to_owned()),
        project: folder.to_owned(),
        ambient: Arc::default(),
        toolchain: None,
        stores: None,
        watch: Arc::new(Unwatched),
        digests: Arc::default(),
        options: Options::default(),
        mocks: mocks(&plan, case),
    };
    let run = super::runs::name(0);
    let driven = engine.begin(&plan, &run, &BTreeMap::new(), 0).map(|ready| {
        let (_canceller, cancel) = cancel();
        runtime.block_on(engine.drive(ready, cancel))
    });
    match driven {
        Ok(Ok(finished)) => differences(&plan, &finished, expected),
        Ok(Err(error)) => vec![error.to_string()],
        Err(error) => vec![error.to_string()],
    }
}

/// The nodes of a step that has several.
fn bases<'a>(known: &'a BTreeSet<&str>, name: &'a str) -> impl Iterator<Item = &'a str> {
    let nodes = known.iter().copied();
    nodes.filter(move |it| {
        it.strip_prefix(name)
            .is_some_and(|rest| rest.starts_with('['))
    })
}

/// How each step that does something outside is taken to end.
fn mocks(plan: &Plan, case: &Case) -> BTreeMap<String, Outcome> {
    let mut mocks = BTreeMap::new();
    for node in &plan.graph.nodes {
        let Some(action) = &node.action else { continue };
        let without_matrix = node.id.split('[').next().unwrap_or(&node.id);
        let said = case.steps.get(&node.id);
        let said = said.or_else(|| case.steps.get(without_matrix));
        let evaluated = match action.kind {
            Kind::Assert | Kind::Conditional | Kind::Workflow => true,
            Kind::Pass | Kind::Shell | Kind::Template | Kind::Webhook | Kind::Agent => false,
        };
        let outcome = match said {
            None if evaluated => continue,
            None => Outcome::success(Map::new()),
            Some(mock) => match mock.result {
                MockResult::Success => Outcome::success(mock.outputs.clone()),
                MockResult::Failed => Outcome {
                    outputs: mock.outputs.clone(),
                    ..Outcome::failed("the case says so")
                },
            },
        };
        mocks.insert(node.id.clone(), outcome);
    }
    mocks
}

fn differences(plan: &Plan, finished: &Finished, expected: &Expected) -> Vec<String> {
    let mut lines = Vec::new();
    if let Some(result) = expected.result
        && result != finished.ended
    {
        lines.push(format!(
            "the run ended with {}, and {} was expected",
            finished.ended.word(),
            result.word()
        ));
    }
    let nodes = plan.graph.nodes.iter().zip(&finished.outcomes);
    let shown: BTreeMap<&str, &Outcome> = nodes
        .filter(|(node, _)| node.is_shown())
        .filter_map(|(node, outcome)| Some((node.id.as_str(), outcome.as_ref()?)))
        .collect();
    if let Some(path) = &expected.path {
        let wanted: BTreeSet<&str> = path.iter().map(String::as_str).collect();
        let ran: BTreeSet<&str> = shown
            .iter()
            .filter(|(_, outcome)| outcome.ended != Ended::Skipped)
            .map(|(name, _)| *name)
            .collect();
        for name in wanted.difference(&ran) {
            let reason = shown.get(name).and_then(|it| it.reason.as_deref());
            let reason = reason.unwrap_or("there is no such step");
            lines.push(format!(
                "`{name}` was expected to run and did not: {reason}"
            ));
        }
        for name in ran.difference(&wanted) {
            lines.push(format!("`{name}` ran and was not expected to"));
        }
    }
    for (name, ended) in &expected.steps {
        let became = shown.get(name.as_str()).map(|it| it.ended);
        if became != Some(*ended) {
            let became = became.map_or("nothing", Ended::word);
            lines.push(format!(
                "`{name}` ended with {became}, and {} was expected",
                ended.word()
            ));
        }
    }
    for (name, words) in &expected.reasons {
        let reason = shown.get(name.as_str()).and_then(|it| it.reason.clone());
        let reason = reason.unwrap_or_default();
        if !reason.contains(words.as_str()) {
            lines.push(format!(
                "`{name}` says \"{reason}\", and \"{words}\" was expected"
            ));
        }
    }
    if let Some(outputs) = &expected.outputs
        && *outputs != finished.outputs
    {
        let (was, wanted) = (&finished.outputs, outputs);
        let json = |it: &Map<String, Value>| Value::Object(it.clone()).to_string();
        lines.push(format!(
            "the outputs are {}, and {} was expected",
            json(was),
            json(wanted)
        ));
    }
    lines
}
