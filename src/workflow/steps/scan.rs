//! `pass: scan`: texts that files of a repository should not hold: secrets, and patterns of one's own.

use regex_automata::meta::Regex;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::workflow::check::secret;
use crate::workflow::files;
use crate::workflow::run::desk::Fault;
use crate::workflow::run::log::Log;

/// The largest file that is looked into.
const LARGEST: usize = 4 << 20;

/// A pattern that no file should match.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Denied {
    /// A regular expression.
    pub pattern: String,
    /// Why not.
    pub why: String,
}

/// Looks through files; how many lines were found. A line that ends in `contracts: allow` and a reason is let be.
pub(super) fn scan(
    project: &std::path::Path,
    globs: &[String],
    secrets: bool,
    denied: &[Denied],
    log: &Log,
) -> Result<usize, Fault> {
    let wrong = |why: String| Fault::for_good(why);
    let all = ["**".to_owned()];
    let globs = if globs.is_empty() { &all[..] } else { globs };
    let patterns: Vec<(Regex, &str)> = denied
        .iter()
        .map(|it| {
            let regex = Regex::new(&it.pattern);
            let regex =
                regex.map_err(|_| wrong(format!("`{}` is no regular expression", it.pattern)))?;
            Ok((regex, it.why.as_str()))
        })
        .collect::<Result<_, Fault>>()?;
    let paths = files::matching(project, globs).map_err(|error| wrong(error.to_string()))?;
    let mut count = 0;
    for path in paths {
        let bytes = files::read(&project.join(&path)).unwrap_or_default();
        if bytes.len() > LARGEST || bytes.contains(&0) {
            continue;
        }
        let text = String::from_utf8_lossy(&bytes);
        for (number, line) in text.lines().enumerate() {
            if allowed(line) {
                continue;
            }
            let what = secrets.then(|| secret(line)).flatten();
            let what = what.map(|what| format!("this looks like {what}"));
            let denied = || {
                let hit = patterns.iter().find(|(pattern, _)| pattern.is_match(line));
                hit.map(|(_, why)| (*why).to_owned())
            };
            if let Some(what) = what.or_else(denied) {
                count += 1;
                log.line(&format!("{path}:{}: {what}", number + 1));
            }
        }
    }
    Ok(count)
}

fn allowed(line: &str) -> bool {
    line.split_once("contracts: allow")
        .is_some_and(|(_, reason)| reason.trim().len() > 3)
}
