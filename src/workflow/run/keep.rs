//! Results kept between runs: what a step's depends on, taking one over, keeping one.

use minijinja::Value as Word;
use serde_json::{Map, Value};

use super::desk::Done;
use super::log::Log;
use super::{Setting, Stores};
use crate::pipeline::TOOL;
use crate::workflow::cache::{CacheError, Entry, KeptFile};
use crate::workflow::expression;
use crate::workflow::file::Declared;
use crate::workflow::files::{self, digest};
use crate::workflow::graph::{Node, NodeId};
use crate::workflow::key::Parts;
use crate::workflow::outcome::Outcome;
use crate::workflow::steps::{Kind, pass};
use crate::workflow::templated::Or;

/// Everything a step's result depends on; why it is not kept, where it is not.
pub(super) fn parts(
    setting: &Setting,
    node: &Node,
    arguments: &Map<String, Value>,
    words: &Word,
    before: &[(NodeId, Option<Outcome>)],
) -> Result<Parts, String> {
    let (Some(step), Some(action)) = (&node.step, &node.action) else {
        return Err("it is no step".to_owned());
    };
    if setting.stores.is_none() {
        return Err("nothing is kept".to_owned());
    }
    let declared = match &step.cache {
        Some(Or::Short(false)) => return Err("`cache: false`".to_owned()),
        Some(Or::Full(declared)) => Some(declared),
        Some(Or::Short(true)) | None => None,
    };
    let mut parts = Parts::default();
    match (action.kind, declared) {
        (Kind::Pass, _) => pass_parts(setting, arguments, &mut parts)?,
        (Kind::Template, _) => {
            for path in template_inputs(setting, arguments) {
                let content = setting.digests.of(&setting.project.join(&path));
                parts.add(format!("input {path}"), &content.unwrap_or_default());
            }
        }
        (Kind::Shell | Kind::Agent | Kind::Webhook, Some(declared))
            if !declared.inputs.is_empty() => {}
        (Kind::Shell | Kind::Agent | Kind::Webhook, _) => {
            return Err("it declares no inputs (`cache.inputs`)".to_owned());
        }
        (Kind::Assert | Kind::Conditional | Kind::Workflow, _) => {
            return Err("it is done in no time".to_owned());
        }
    }
    parts.add("tool", TOOL);
    parts.add("kind", action.kind.name());
    for (name, value) in arguments {
        parts.add(format!("argument {name}"), &value.to_string());
    }
    for (name, value) in super::meaning::env(words) {
        parts.add(format!("env {name}"), &value);
    }
    for (name, kind) in &step.outputs {
        parts.add(format!("output {name}"), kind.name());
    }
    if let Some(declared) = declared {
        declared_parts(setting, declared, words, &mut parts)?;
    }
    let file = setting.graph.scopes.get(node.scope);
    let file = file.and_then(|scope| setting.graph.files.get(scope.file));
    let name = step.profile.as_deref().unwrap_or("default");
    if let Some(profile) = file.and_then(|file| file.workflow.profiles.get(name)) {
        let json = serde_json::to_string(profile).unwrap_or_default();
        parts.add("profile", &json);
    }
    for (id, outcome) in before {
        let Some(outcome) = outcome else { continue };
        let name = setting.graph.nodes.get(*id).map_or("", |it| it.id.as_str());
        let value = match &outcome.key {
            Some(key) => key.clone(),
            None => {
                let outputs = serde_json::to_string(&outcome.outputs).unwrap_or_default();
                digest(outputs.as_bytes())
            }
        };
        parts.add(format!("needs {name}"), &value);
    }
    Ok(parts)
}

fn pass_parts(
    setting: &Setting,
    arguments: &Map<String, Value>,
    parts: &mut Parts,
) -> Result<(), String> {
    let read: pass::Arguments = serde_json::from_value(Value::Object(arguments.clone()))
        .map_err(|error| error.to_string())?;
    if let Some(why) = read.uncached() {
        return Err(why.to_owned());
    }
    let Some(toolchain) = &setting.toolchain else {
        return Err("there is no workspace".to_owned());
    };
    toolchain.parts(read.pass.name(), &setting.digests, parts)
}

/// The files that a template step reads.
fn template_inputs(setting: &Setting, arguments: &Map<String, Value>) -> Vec<String> {
    let Some(from) = arguments.get("from").and_then(Value::as_str) else {
        return Vec::new();
    };
    if setting
        .project
        .join(from)
        .metadata()
        .is_ok_and(|it| it.is_dir())
    {
        let glob = format!("{}/**/*.j2", from.trim_end_matches('/'));
        return files::matching(&setting.project, &[glob]).unwrap_or_default();
    }
    vec![from.to_owned()]
}

fn declared_parts(
    setting: &Setting,
    declared: &Declared,
    words: &Word,
    parts: &mut Parts,
) -> Result<(), String> {
    let inputs = filled(&declared.inputs, words)?;
    let paths = files::matching(&setting.project, &inputs);
    for path in paths.map_err(|error| error.to_string())? {
        let content = setting.digests.of(&setting.project.join(&path));
        let content = content.unwrap_or_else(|| "unreadable".to_owned());
        parts.add(format!("input {path}"), &content);
    }
    for name in &declared.env {
        let value = setting.ambient.get(name);
        // A variable may be a secret: it is known by its digest only.
        let value = value.map(|value| digest(value.as_bytes()));
        parts.add(
            format!("environment {name}"),
            value.as_deref().unwrap_or("not set"),
        );
    }
    for glob in &declared.outputs {
        parts.add(format!("makes {glob}"), "");
    }
    if let Some(key) = &declared.key {
        let value = expression::evaluate(expression::bare(key), words)?;
        parts.add("key", &expression::to_json(&value).to_string());
    }
    Ok(())
}

fn filled(texts: &[String], words: &Word) -> Result<Vec<String>, String> {
    let filled = texts.iter().map(|text| {
        let value = expression::fill(text, words)?;
        Ok(expression::plain(value))
    });
    filled.collect()
}

/// A kept result, taken over: files put back, the log said again. `None` where there is none that can be used.
pub(super) async fn take(
    setting: &Setting,
    stores: &Stores,
    key: &str,
    log: &Log,
) -> Option<Outcome> {
    let refused = |error: CacheError| log.line(&format!("a kept result is not used: {error}"));
    let entry = match stores.local.entry(key) {
        Ok(Some(entry)) => entry,
        Ok(None) => fetched(stores, key, log).await?,
        Err(error) => {
            refused(error);
            fetched(stores, key, log).await?
        }
    };
    match restore(setting, stores, &entry, log) {
        Ok(true) => {}
        Ok(false) => return None,
        Err(CacheError::Io(error)) if error.kind() == std::io::ErrorKind::NotFound => {
            fetched(stores, key, log).await?;
            match restore(setting, stores, &entry, log) {
                Ok(true) => {}
                Ok(false) => return None,
                Err(error) => {
                    refused(error);
                    return None;
                }
            }
        }
        Err(error) => {
            refused(error);
            return None;
        }
    }
    Some(Outcome {
        cached: true,
        key: Some(key.to_owned()),
        ..Outcome::success(entry.outputs)
    })
}

/// An entry from the remote store, its contents with it.
#[cfg(feature = "remote")]
async fn fetched(stores: &Stores, key: &str, log: &Log) -> Option<Entry> {
    let remote = stores.remote.as_ref()?;
    match remote.fetch(key, &stores.local).await {
        Ok(entry) => entry,
        Err(error) => {
            log.line(&format!("the remote store was of no use: {error}"));
            None
        }
    }
}

#[cfg(not(feature = "remote"))]
#[expect(clippy::unused_async, reason = "as with a remote store")]
async fn fetched(_: &Stores, _: &str, _: &Log) -> Option<Entry> {
    None
}

/// Puts files back and says the log again; `false` where the kind cannot say its result again.
fn restore(
    setting: &Setting,
    stores: &Stores,
    entry: &Entry,
    log: &Log,
) -> Result<bool, CacheError> {
    // Everything is read before anything is written.
    let mut wanted = Vec::new();
    for file in &entry.files {
        let target = setting.project.join(&file.path);
        if setting.digests.of(&target).as_ref() == Some(&file.digest) {
            continue;
        }
        wanted.push((target, stores.local.content(&file.digest)?, file.executable));
    }
    let said = entry.log.as_ref().map(|log| stores.local.content(log));
    let said = said.transpose()?;
    if !entry.beside.is_null() {
        let replayed = setting.toolchain.as_ref();
        if !replayed.is_some_and(|it| it.replay(&entry.beside)) {
            return Ok(false);
        }
    }
    for (target, bytes, executable) in wanted {
        files::write(&target, &bytes)?;
        set_executable(&target, executable)?;
    }
    if let Some(said) = said {
        log.replay(&String::from_utf8_lossy(&said));
    }
    Ok(true)
}

#[cfg(unix)]
fn set_executable(path: &std::path::Path, executable: bool) -> std::io::Result<()> {
    use std::os::unix::fs::PermissionsExt as _;
    let mode = if executable { 0o755 } else { 0o644 };
    std::fs::set_permissions(path, std::fs::Permissions::from_mode(mode))
}

#[cfg(not(unix))]
#[expect(clippy::unnecessary_wraps, reason = "as on unix")]
fn set_executable(_: &std::path::Path, _: bool) -> std::io::Result<()> {
    Ok(())
}

#[cfg(unix)]
fn is_executable(path: &std::path::Path) -> bool {
    use std::os::unix::fs::PermissionsExt as _;
    path.metadata()
        .is_ok_and(|it| it.permissions().mode() & 0o111 != 0)
}

#[cfg(not(unix))]
fn is_executable(_: &std::path::Path) -> bool {
    false
}

/// A result that is to be kept.
pub(super) struct Made<'a> {
    pub(super) node: &'a Node,
    pub(super) parts: &'a Parts,
    pub(super) done: &'a Done,
    /// How long its log was before.
    pub(super) before: usize,
    /// Milliseconds.
    pub(super) took: u64,
}

/// Keeps a result; what it makes must be there.
pub(super) async fn keep(
    setting: &Setting,
    stores: &Stores,
    made: &Made<'_>,
    words: &Word,
    log: &Log,
) -> Result<(), String> {
    let Made {
        node,
        parts,
        done,
        before,
        took,
    } = *made;
    let mut paths = done.files.clone();
    if let Some(Or::Full(declared)) = node.step.as_ref().and_then(|it| it.cache.as_ref()) {
        for glob in filled(&declared.outputs, words)? {
            let found = files::matching(&setting.project, std::slice::from_ref(&glob));
            let found = found.map_err(|error| error.to_string())?;
            if found.is_empty() && !glob.starts_with('!') {
                return Err(format!("it made no file `{glob}`, which it declares"));
            }
            paths.extend(found);
        }
    }
    paths.sort();
    paths.dedup();
    let io = |error: CacheError| error.to_string();
    let mut kept = Vec::new();
    for path in paths {
        let source = setting.project.join(&path);
        // What is gone again (an agent's removal) is no file to put back.
        let Ok(bytes) = files::read(&source) else {
            continue;
        };
        kept.push(KeptFile {
            digest: stores.local.keep(&bytes).map_err(io)?,
            executable: is_executable(&source),
            path,
        });
    }
    let text = log.text();
    let text = text.get(before..).unwrap_or_default();
    let said = if text.is_empty() {
        None
    } else {
        Some(stores.local.keep(text).map_err(io)?)
    };
    let entry = Entry {
        step: node.id.clone(),
        parts: parts.clone(),
        outputs: done.outputs.clone(),
        files: kept,
        log: said,
        beside: done.beside.clone(),
        took,
    };
    let key = parts.key();
    stores.local.put(&key, &entry).map_err(io)?;
    sent(stores, &key, &entry, log).await;
    Ok(())
}

/// Hands a result to the remote store.
#[cfg(feature = "remote")]
async fn sent(stores: &Stores, key: &str, entry: &Entry, log: &Log) {
    if let Some(remote) = &stores.remote
        && let Err(error) = remote.send(key, entry, &stores.local).await
    {
        log.line(&format!(
            "the remote store did not take the result: {error}"
        ));
    }
}

#[cfg(not(feature = "remote"))]
#[expect(clippy::unused_async, reason = "as with a remote store")]
async fn sent(_: &Stores, _: &str, _: &Entry, _: &Log) {}
