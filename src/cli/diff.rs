//! `contracts diff`

use std::io::{BufRead as _, BufReader};
use std::path::{Path, PathBuf};

use clap::Args;
use rayon::prelude::*;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use super::session::{relative, rendered, working_directory};
use super::{Common, Failure, Format, Screen};
use crate::config::{Config, DefaultPolicy, Enums, Policy, Undeclared};
use crate::pipeline::{self, batch, diff};
use crate::report::Report;
use crate::schema::Formats;
use crate::source::Sources;
use crate::tree;

/// So many lines are answered side by side before they are printed.
const LINES: usize = 512;

/// Compare any two schemas: does one accept every document of the other?
///
/// Answers in both directions: yes, with a proof; no, with a document that one accepts and the other
/// refuses; or unknown, with the reason. Without the policy options it is plain inclusion of sets, and
/// `format` refuses nothing.
///
/// With `--jsonl`, questions come as lines `{id, old, new, draft?}` and answers go out in the same order:
/// `{id, old_in_new, new_in_old, witness?, reason?, bump, micros}`; a line that cannot be answered gives
/// `{id, error}`. `new_in_old_witness` and `new_in_old_reason` are the same for the other direction.
#[derive(Debug, Args)]
pub(super) struct Diff {
    /// The old schema
    #[arg(required_unless_present = "jsonl", value_name = "OLD")]
    old: Option<PathBuf>,
    /// The new schema
    #[arg(required_unless_present = "jsonl", value_name = "NEW")]
    new: Option<PathBuf>,
    /// Answer the questions of a file, a line each; `-` is standard input
    #[arg(long, value_name = "FILE", conflicts_with_all = ["old", "new"])]
    jsonl: Option<PathBuf>,
    /// What writers send beside what they declare: `writers-may-send` or `writers-omit`
    #[arg(long, value_name = "POLICY", value_parser = word::<Undeclared>)]
    undeclared: Option<Undeclared>,
    /// What a reader's `default` is worth: `ignore` or `fill`
    #[arg(long, value_name = "POLICY", value_parser = word::<DefaultPolicy>)]
    defaults: Option<DefaultPolicy>,
    /// What readers do with constants they do not know: `closed` or `open`
    #[arg(long, value_name = "POLICY", value_parser = word::<Enums>)]
    enums: Option<Enums>,
    /// Whether `format` refuses texts: `annotate` or `assert`
    #[arg(long, value_name = "POLICY", value_parser = word::<Formats>)]
    formats: Option<Formats>,
}

fn word<T: DeserializeOwned>(text: &str) -> Result<T, String> {
    serde_json::from_value(Value::String(text.to_owned())).map_err(|error| error.to_string())
}

impl Diff {
    pub(super) fn run(self, common: &Common, screen: &mut Screen) -> Result<u8, Failure> {
        let policy = self.policy();
        match (self.jsonl, self.old, self.new) {
            (Some(questions), ..) => answers(&questions, policy, screen),
            (None, Some(old), Some(new)) => pair(&old, &new, policy, common, screen),
            (None, ..) => unreachable_by_clap(),
        }
    }

    fn policy(&self) -> Policy {
        let strict = Policy::strict(Formats::Annotate);
        Policy {
            undeclared: self.undeclared.unwrap_or(strict.undeclared),
            defaults: self.defaults.unwrap_or(strict.defaults),
            enums: self.enums.unwrap_or(strict.enums),
            formats: self.formats.unwrap_or(strict.formats),
        }
    }
}

fn unreachable_by_clap() -> Result<u8, Failure> {
    Err(Failure::Said {
        message: "two schemas are compared, or the questions of `--jsonl`".to_owned(),
        help: None,
    })
}

/// Answers line after line; memory holds a batch of them.
fn answers(questions: &Path, policy: Policy, screen: &mut Screen) -> Result<u8, Failure> {
    let mut reader: Box<dyn std::io::BufRead> = if questions == Path::new("-") {
        Box::new(BufReader::new(std::io::stdin()))
    } else {
        Box::new(Sources::open(questions).map_err(|error| Failure::Said {
            message: format!("cannot read `{}`: {error}", questions.display()),
            help: None,
        })?)
    };
    loop {
        let mut lines: Vec<Vec<u8>> = Vec::new();
        while lines.len() < LINES {
            let mut line = Vec::new();
            if reader.read_until(b'\n', &mut line)? == 0 {
                break;
            }
            lines.push(line);
        }
        if lines.is_empty() {
            return Ok(0);
        }
        let answered: Vec<String> = lines
            .par_iter()
            .with_max_len(1)
            .filter(|line| !line.trim_ascii().is_empty())
            .map(|line| match std::str::from_utf8(line) {
                Ok(line) => batch::answer(line.trim(), policy),
                Err(error) => json!({"id": null, "error": error.to_string()}).to_string(),
            })
            .collect();
        screen.print(&answered.iter().fold(String::new(), |mut all, line| {
            all.push_str(line);
            all.push('\n');
            all
        }))?;
    }
}

fn pair(
    old: &Path,
    new: &Path,
    policy: Policy,
    common: &Common,
    screen: &mut Screen,
) -> Result<u8, Failure> {
    let here = working_directory()?;
    let files = [old, new].map(|path| here.join(path));
    let root = root(&files, &here);
    let shown = match relative(&root, &here) {
        it if it.is_empty() || it.ends_with('/') => it,
        it => format!("{it}/"),
    };
    let below = files.each_ref().map(|path| relative(path, &root));
    let mut sources = Sources::default();
    let mut report = Report {
        command: "diff",
        ..Report::default()
    };
    let config = Config::default();
    let difference = diff::files(
        &root,
        &shown,
        below.each_ref().map(String::as_str),
        &config,
        policy,
        &mut sources,
        &mut report.diagnostics,
    );
    let Some(difference) = difference else {
        screen.print(&rendered(&report, &sources, common.format, true))?;
        return Ok(2);
    };
    let names = [old, new].map(|path| path.display().to_string());
    let text = match common.format {
        Format::Json => as_json(&names, &difference),
        Format::Text | Format::Short => as_text(&names, &difference),
        Format::Sarif
        | Format::Github
        | Format::Gitlab
        | Format::Junit
        | Format::Markdown
        | Format::Html
        | Format::Mermaid
        | Format::Dot => {
            return Err(Failure::Said {
                message: "two schemas are compared as `text` or `json`".to_owned(),
                help: Some("the other formats report the findings of `contracts check`".to_owned()),
            });
        }
    };
    match &common.output {
        Some(output) => tree::write_file(&here.join(output), &text)?,
        None => screen.print(&text)?,
    }
    Ok(0)
}

/// Where references between files may lead: the workspace of the files, or their own folders.
fn root(files: &[PathBuf; 2], here: &Path) -> PathBuf {
    let [old, new] = files;
    let workspace = old
        .parent()
        .and_then(|folder| pipeline::find(folder).ok())
        .and_then(|config| config.parent().map(Path::to_owned));
    [workspace, Some(here.to_owned())]
        .into_iter()
        .flatten()
        .find(|root| old.starts_with(root) && new.starts_with(root))
        .or_else(|| {
            let mut folders = old.ancestors().skip(1);
            folders.find(|it| new.starts_with(it)).map(Path::to_owned)
        })
        .unwrap_or_default()
}

fn as_json(names: &[String; 2], difference: &diff::Difference) -> String {
    let [old, new] = names;
    let side = |side: &diff::Side| json!({"included": side.included, "witness": side.witness, "reason": side.reason});
    let value = json!({
        "old": old,
        "new": new,
        "old_in_new": side(&difference.old_in_new),
        "new_in_old": side(&difference.new_in_old),
        "bump": difference.bump,
        "changes": difference.changes,
    });
    format!("{value:#}\n")
}

fn as_text(names: &[String; 2], difference: &diff::Difference) -> String {
    use std::fmt::Write as _;
    let [old, new] = names;
    let mut out = String::new();
    let sides = [
        (&difference.old_in_new, old, new),
        (&difference.new_in_old, new, old),
    ];
    for (side, writer, reader) in sides {
        let _ = match (&side.witness, &side.reason) {
            (Some(witness), _) => writeln!(
                out,
                "no       {writer} accepts, {reader} refuses: {}",
                witness.value
            ),
            (None, Some(reason)) => writeln!(
                out,
                "unknown  whether {reader} accepts all of {writer}: {reason}"
            ),
            (None, None) => writeln!(out, "yes      {reader} accepts all of {writer}"),
        };
    }
    let bump = match difference.bump {
        crate::compat::Bump::Patch => "patch",
        crate::compat::Bump::Minor => "minor",
        crate::compat::Bump::Major => "major",
    };
    let _ = writeln!(out, "bump     {bump}");
    for change in &difference.changes {
        let at = if change.at.is_empty() {
            String::new()
        } else {
            format!("`{}`: ", change.at)
        };
        let _ = writeln!(
            out,
            "change   {}: {at}{} ({})",
            change.code, change.message, change.was
        );
    }
    out
}
