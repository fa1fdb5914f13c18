//! Everything a run found, as one value: for people through `render`, for programs as JSON with a schema.

mod fingerprint;

pub use fingerprint::fingerprint;

use std::collections::BTreeMap;

use indexmap::IndexMap;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::compat::{PairReport, Verdict};
use crate::diagnostic::{Acceptance, At, Diagnostic, Diagnostics, Label, Severity};
use crate::source::{Site, Sites, SourceId, Sources, Span};
use crate::verify::{Counts, Outcomes};

/// All of a run.
#[derive(Clone, Debug, Default)]
pub struct Report {
    /// What was run: `check`, `gen`, `gen --check`, `verify`, `run`.
    pub command: &'static str,
    /// Every finding.
    pub diagnostics: Diagnostics,
    /// How many contracts and versions were loaded.
    pub loaded: Loaded,
    /// Whether versions were compared.
    pub compared: bool,
    /// What versions were compared with, where it is not the versions before them.
    pub against: Option<String>,
    /// Each pair of versions that was compared.
    pub pairs: Vec<PairReport>,
    /// What was generated, a row a target.
    pub generated: Vec<Generated>,
    /// What came back from the generated readers and writers, where they were run.
    pub verified: Option<Outcomes>,
}

/// How much there is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Loaded {
    /// Contracts.
    pub contracts: usize,
    /// Versions of all contracts.
    pub versions: usize,
}

/// One target's files.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Generated {
    /// The target's name.
    pub target: String,
    /// The folder.
    pub out: String,
    /// Files in the folder that are the toolchain's.
    pub files: usize,
    /// Files written anew or changed; with `gen --check`, files that would be.
    pub written: usize,
    /// Files that were already so.
    pub unchanged: usize,
    /// Files removed because nothing generates them any more.
    pub removed: usize,
}

/// The report as programs read it; `contracts schema report` prints its schema.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(title = "Report", description = "What a run of `contracts` found.")]
pub struct Json<'a> {
    /// Version of this format.
    pub format: &'static str,
    /// Version of the tool.
    pub tool: &'static str,
    /// What was run.
    pub command: &'static str,
    /// The counts.
    pub summary: Summary,
    /// Every finding.
    pub findings: Vec<Finding>,
    /// What versions were compared with: a version, a folder or a git revision; `null` for those before them.
    pub against: Option<&'a str>,
    /// Each pair of versions that was compared.
    pub pairs: &'a [PairReport],
    /// What was generated.
    pub generated: &'a [Generated],
    /// What came back from the generated readers and writers.
    pub verified: Option<&'a Outcomes>,
}

/// The counts of a run.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Summary {
    /// Contracts.
    pub contracts: usize,
    /// Versions of all contracts.
    pub versions: usize,
    /// Errors that nobody accepted.
    pub errors: usize,
    /// Warnings that nobody accepted.
    pub warnings: usize,
    /// Findings that are let stand.
    pub accepted: usize,
    /// Promises, by verdict.
    pub promises: Promises,
    /// Documents, by the target that read and wrote them.
    #[serde(default, skip_serializing_if = "IndexMap::is_empty")]
    pub targets: IndexMap<String, Counts>,
}

/// How many version pairs keep their promise.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Promises {
    /// Proven to keep it.
    pub kept: usize,
    /// Shown to break it.
    pub broken: usize,
    /// Neither.
    pub unproven: usize,
}

/// A finding as programs read it.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Finding {
    /// Its kind, kebab-case; `contracts explain` says more.
    pub code: &'static str,
    /// How grave it is.
    pub severity: Severity,
    /// What is.
    pub message: String,
    /// The contract it is about, `group/Name@version`.
    pub contract: Option<String>,
    /// Where; the first is the main place.
    pub places: Vec<FindingPlace>,
    /// Facts that go with it.
    pub notes: Vec<String>,
    /// The ways out.
    pub help: Vec<String>,
    /// The version that `contract` is compared with.
    pub since: Option<String>,
    /// Stays the same while the finding is the same: 12 hexadecimal digits over code, contract, versions, pointer
    /// and the words in backticks of the message. `[[accept]]` rows of contracts.toml name it.
    pub fingerprint: String,
    /// Why it is let stand, where it is.
    pub accepted: Option<Acceptance>,
}

/// A place as programs read it; lines and columns from 1, columns in characters.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct FindingPlace {
    /// The file.
    pub file: String,
    /// The JSON Pointer, where the place has one.
    pub pointer: Option<String>,
    /// First line.
    pub line: usize,
    /// First column.
    pub column: usize,
    /// Last line.
    pub end_line: usize,
    /// Column after the last.
    pub end_column: usize,
    /// What is there.
    pub label: String,
}

impl Report {
    /// The exit code: 1 where there are errors, else 0.
    pub fn exit_code(&self) -> u8 {
        u8::from(self.diagnostics.has_errors())
    }

    /// Whether nothing was looked at: a workflow of other steps than passes.
    pub fn is_idle(&self) -> bool {
        self.command == "run"
            && self.diagnostics.is_empty()
            && self.loaded == Loaded::default()
            && self.generated.is_empty()
            && !self.compared
            && self.verified.is_none()
    }

    /// How many pairs of versions keep their promise, in every direction it speaks of.
    pub fn promises(&self) -> Promises {
        let mut promises = Promises::default();
        for pair in &self.pairs {
            let promised = [
                (pair.promise.backward, &pair.backward),
                (pair.promise.forward, &pair.forward),
            ];
            let verdicts = || {
                promised
                    .iter()
                    .filter(|(said, _)| *said)
                    .map(|(_, verdict)| verdict)
            };
            if verdicts().any(|verdict| matches!(verdict, Verdict::Broken { .. })) {
                promises.broken += 1;
            } else if verdicts().any(|verdict| matches!(verdict, Verdict::Unproven { .. })) {
                promises.unproven += 1;
            } else if verdicts().count() > 0 {
                promises.kept += 1;
            }
        }
        promises
    }

    /// The findings that are let stand.
    pub fn accepted(&self) -> impl Iterator<Item = &Diagnostic> {
        self.diagnostics.iter().filter(|it| it.accepted.is_some())
    }

    /// The findings that count.
    pub fn standing(&self) -> impl Iterator<Item = &Diagnostic> {
        self.diagnostics.iter().filter(|it| it.accepted.is_none())
    }

    /// The counts.
    pub fn summary(&self) -> Summary {
        Summary {
            contracts: self.loaded.contracts,
            versions: self.loaded.versions,
            errors: self.diagnostics.count(Severity::Error),
            warnings: self.diagnostics.count(Severity::Warning),
            accepted: self.accepted().count(),
            promises: self.promises(),
            targets: self
                .verified
                .as_ref()
                .map(|it| it.targets.clone())
                .unwrap_or_default(),
        }
    }
}

/// Turns places into byte ranges, each source's sites made once.
pub struct Places<'a> {
    sources: &'a Sources,
    sites: BTreeMap<SourceId, Sites>,
}

impl<'a> Places<'a> {
    /// For places in `sources`.
    pub fn new(sources: &'a Sources) -> Self {
        Self {
            sources,
            sites: BTreeMap::new(),
        }
    }

    /// The bytes of a label's place; `None` for a file as a whole.
    pub fn span(&mut self, label: &Label) -> Option<Span> {
        let source = label.place.source;
        let (pointer, key) = match &label.place.at {
            At::File => return None,
            At::Bytes(span) => return Some(self.within(source, span.clone())),
            At::Key(pointer) => (pointer, true),
            At::Value(pointer) => (pointer, false),
        };
        let sites = self
            .sites
            .entry(source)
            .or_insert_with(|| Sites::of(self.sources.get(source)));
        let Site {
            key: key_span,
            value,
        } = sites.nearest(pointer)?.clone();
        let span = if key {
            key_span.unwrap_or(value)
        } else {
            value
        };
        Some(self.within(source, span))
    }

    /// A range cut to the text, on character boundaries.
    fn within(&self, source: SourceId, span: Span) -> Span {
        let text = &self.sources.get(source).text;
        let at = |mut offset: usize| {
            offset = offset.min(text.len());
            while !text.is_char_boundary(offset) {
                offset -= 1;
            }
            offset
        };
        let start = at(span.start);
        start..at(span.end).max(start)
    }

    fn finding_place(&mut self, label: &Label) -> FindingPlace {
        let span = self.span(label).unwrap_or(0..0);
        let source = self.sources.get(label.place.source);
        let (line, column) = source.line_column(span.start);
        let (end_line, end_column) = source.line_column(span.end);
        let pointer = match &label.place.at {
            At::Key(pointer) | At::Value(pointer) => Some(pointer.to_string()),
            At::File | At::Bytes(_) => None,
        };
        let file = source.name.clone();
        FindingPlace {
            file,
            pointer,
            line,
            column,
            end_line,
            end_column,
            label: label.text.clone(),
        }
    }

    /// A diagnostic as programs read it.
    pub fn finding(&mut self, diagnostic: &Diagnostic) -> Finding {
        let places: Vec<FindingPlace> = diagnostic
            .labels
            .iter()
            .map(|label| self.finding_place(label))
            .collect();
        Finding {
            code: diagnostic.code.name,
            severity: diagnostic.severity,
            message: diagnostic.message.clone(),
            contract: diagnostic.contract.clone(),
            since: diagnostic.since.clone(),
            accepted: diagnostic.accepted.clone(),
            notes: diagnostic.notes.clone(),
            help: diagnostic.help.clone(),
            fingerprint: fingerprint(diagnostic, self.sources),
            places,
        }
    }
}
