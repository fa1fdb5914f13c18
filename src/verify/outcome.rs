//! What came back, as plain values for the report.

use indexmap::IndexMap;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// What came back from every language.
#[derive(Clone, Debug, Default, Serialize, Deserialize, JsonSchema)]
pub struct Outcomes {
    /// Every version with the documents tried.
    pub versions: Vec<VersionOutcome>,
    /// Languages that were not run.
    pub skipped: Vec<Skipped>,
    /// Documents that the languages did not treat alike.
    pub disagreements: Vec<Disagreement>,
    /// The counts, by target; a report has them in its summary.
    #[serde(skip)]
    pub targets: IndexMap<String, Counts>,
}

/// One version of a contract.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct VersionOutcome {
    /// `group/Name@version`
    pub contract: String,
    /// What came back, by target.
    pub targets: IndexMap<String, TargetOutcome>,
}

/// One version in one language.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct TargetOutcome {
    /// The files generated for it alone.
    pub files: Vec<String>,
    /// Whether it compiles, or can be imported.
    pub compiled: bool,
    /// The documents.
    pub documents: Vec<Tried>,
}

/// One document in one language.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct Tried {
    /// The example's path, or `sample: ` and what it shows.
    pub document: String,
    /// Whether the schema accepts it.
    pub expected: bool,
    /// Whether the reader accepts it; `null` where it gave no answer.
    pub accepted: Option<bool>,
    /// How the value that was written compares; `null` where nothing was.
    pub round_trip: Option<RoundTrip>,
    /// The documented limit that has all languages refuse it, or the type that is not generated and does.
    pub unsupported: Option<String>,
    /// Why it was refused, or where it differs.
    pub detail: Option<String>,
}

/// How what was written compares with what was read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum RoundTrip {
    /// The same value; some whole number or fraction is spelled as the other.
    Equal,
    /// The same value, whole numbers and fractions spelled alike.
    Exact,
    /// The same value, but for what types that are not generated spell anew.
    Respelled,
    /// Another value.
    Different,
}

/// A language that was not run.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Skipped {
    /// The target.
    pub target: String,
    /// Why.
    pub reason: String,
    /// The way out.
    pub help: String,
}

/// A document that languages did not treat alike.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Disagreement {
    /// `group/Name@version`
    pub contract: String,
    /// The document.
    pub document: String,
    /// What each target made of it.
    pub verdicts: IndexMap<String, String>,
}

/// The counts of one target.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Counts {
    /// Versions.
    pub schemas: usize,
    /// Versions that were generated.
    pub generated: usize,
    /// Versions that compile, or can be imported.
    pub compiled: usize,
    /// Documents the schemas accept.
    pub valid: Valid,
    /// Documents the schemas refuse.
    pub invalid: Invalid,
    /// Versions with every document right.
    pub perfect: usize,
}

/// Documents the schemas accept.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Valid {
    /// All of them.
    pub documents: usize,
    /// Those the reader accepts.
    pub accepted: usize,
    /// Those that came back as an equal value.
    pub equal: usize,
    /// Those of them that came back with whole numbers and fractions spelled alike.
    pub exact: usize,
}

/// Documents the schemas refuse.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Invalid {
    /// All of them.
    pub documents: usize,
    /// Those the reader refuses.
    pub refused: usize,
}

impl Tried {
    /// Whether the language did what the schema says.
    pub fn is_right(&self) -> bool {
        let came_back = self.round_trip.is_some_and(|it| it != RoundTrip::Different);
        self.accepted == Some(self.expected) && (came_back || !self.expected)
    }
}

impl Counts {
    pub(super) fn add(&mut self, outcome: &TargetOutcome) {
        self.schemas += 1;
        self.generated += usize::from(!outcome.files.is_empty());
        self.compiled += usize::from(outcome.compiled);
        self.perfect +=
            usize::from(outcome.compiled && outcome.documents.iter().all(Tried::is_right));
        for tried in &outcome.documents {
            if tried.expected {
                self.valid.documents += 1;
                self.valid.accepted += usize::from(tried.accepted == Some(true));
                self.valid.equal += usize::from(tried.is_right());
                self.valid.exact += usize::from(tried.round_trip == Some(RoundTrip::Exact));
            } else {
                self.invalid.documents += 1;
                self.invalid.refused += usize::from(tried.is_right());
            }
        }
    }

    /// Documents that the language did not treat as the schema says.
    pub fn differing(&self) -> usize {
        self.valid.documents - self.valid.equal + self.invalid.documents - self.invalid.refused
    }
}

impl Outcomes {
    /// A line a target for the summary: its name, and how many documents went how.
    pub fn rows(&self) -> Vec<(String, String)> {
        let ran = self.targets.iter().map(|(target, counts)| {
            let (back, refused) = (counts.valid.equal, counts.invalid.refused);
            let line = format!(
                "{back} round-tripped, {refused} refused, {} differing",
                counts.differing()
            );
            (target.clone(), line)
        });
        let skipped = self
            .skipped
            .iter()
            .map(|it| (it.target.clone(), format!("skipped: {}", it.reason)));
        ran.chain(skipped).collect()
    }
}
