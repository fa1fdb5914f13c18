//! Texts that look like secrets.

use std::sync::LazyLock;

use regex_automata::meta::Regex;
use serde_json::Value;

use super::Look;
use crate::diagnostic::Diagnostic;
use crate::pointer::Pointer;
use crate::workflow::codes::WORKFLOW_SECRET;
use crate::workflow::expression::OPEN;

/// What tokens of a known make look like, and what they are.
const MAKES: [(&str, &str); 8] = [
    (r"\bAKIA[0-9A-Z]{16}\b", "an access key of AWS"),
    (r"\bgh[pousr]_[A-Za-z0-9]{36,}", "a token of GitHub"),
    (r"\bgithub_pat_[A-Za-z0-9_]{40,}", "a token of GitHub"),
    (r"\bglpat-[A-Za-z0-9_-]{20,}", "a token of GitLab"),
    (r"\bxox[abprs]-[A-Za-z0-9-]{10,}", "a token of Slack"),
    (r"\bsk-[A-Za-z0-9_-]{20,}", "an API key"),
    (r"-----BEGIN [A-Z ]*PRIVATE KEY-----", "a private key"),
    (
        r"\beyJ[A-Za-z0-9_-]{8,}\.eyJ[A-Za-z0-9_-]{8,}\.",
        "a JSON Web Token",
    ),
];

static PATTERNS: LazyLock<Vec<(Regex, &'static str)>> = LazyLock::new(|| {
    MAKES
        .into_iter()
        .map(|(pattern, what)| {
            let regex = Regex::new(pattern).expect("the patterns above are regular expressions");
            (regex, what)
        })
        .collect()
});

/// Names whose plain values are secrets.
const NAMES: [&str; 7] = [
    "password",
    "passwd",
    "secret",
    "token",
    "api-key",
    "apikey",
    "private-key",
];

/// What a text is that looks like a secret.
pub(in crate::workflow) fn secret(text: &str) -> Option<&'static str> {
    PATTERNS
        .iter()
        .find(|(pattern, _)| pattern.is_match(text))
        .map(|(_, what)| *what)
}

pub(super) fn look(look: &mut Look<'_, '_>) {
    let workflow = serde_json::to_value(&look.file.workflow).unwrap_or_default();
    let mut found = Vec::new();
    walk(&workflow, &Pointer::root(), &mut found);
    for (at, what) in found {
        let finding = Diagnostic::new(&WORKFLOW_SECRET, format!("this looks like {what}"))
            .at(look.value(at), "")
            .help("give it through the environment, and name the variable under `secrets` of a profile");
        look.push(finding);
    }
}

fn walk(value: &Value, at: &Pointer, found: &mut Vec<(Pointer, String)>) {
    match value {
        Value::String(text) => {
            if let Some(what) = secret(text) {
                found.push((at.clone(), what.to_owned()));
            } else if let Some(name) = at.last().filter(|name| is_secret(name, text, at)) {
                found.push((at.clone(), format!("the value of a secret, `{name}`")));
            }
        }
        Value::Array(items) => {
            for (index, item) in items.iter().enumerate() {
                walk(item, &at.index(index), found);
            }
        }
        Value::Object(members) => {
            for (name, member) in members {
                walk(member, &at.join(name), found);
            }
        }
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

/// Whether a plain text under such a name is a secret: in an environment or among headers, and long enough.
fn is_secret(name: &str, text: &str, at: &Pointer) -> bool {
    let name = name.to_lowercase().replace('_', "-");
    let named = NAMES
        .iter()
        .any(|it| name == *it || name.ends_with(&format!("-{it}")));
    let parent = at.parent().and_then(|parent| parent.last());
    let carried = matches!(parent.as_deref(), Some("env" | "headers"));
    named && carried && text.len() >= 4 && !text.contains(OPEN)
}
