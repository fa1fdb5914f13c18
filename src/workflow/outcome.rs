//! What became of a step, as a plain value: for the journal, for expressions, for reports.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

/// How a step ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Ended {
    /// Well.
    Success,
    /// Not well, after all its attempts.
    Failed,
    /// It was not begun, and `reason` says why.
    Skipped,
    /// The run was cancelled before it ended.
    Cancelled,
}

impl Ended {
    /// The word for it.
    pub fn word(self) -> &'static str {
        match self {
            Self::Success => "success",
            Self::Failed => "failed",
            Self::Skipped => "skipped",
            Self::Cancelled => "cancelled",
        }
    }
}

/// What became of a step.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Outcome {
    /// How it ended.
    pub ended: Ended,
    /// Why, where it is not plain success.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// What it hands on.
    #[serde(default, skip_serializing_if = "Map::is_empty")]
    pub outputs: Map<String, Value>,
    /// Whether an earlier result was taken instead of doing it again.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub cached: bool,
    /// Whether its failure lets the run go on (`continue-on-error`).
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub tolerated: bool,
    /// Whether it comes from a run before this one.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub earlier: bool,
    /// The key of its result.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub key: Option<String>,
    /// Why its result is not kept, where it is not.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub uncached: Option<String>,
    /// Its log, where that is in no file.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub said: Option<String>,
    /// How often it was tried.
    #[serde(default)]
    pub attempts: u32,
    /// When it began, in milliseconds since the run did.
    #[serde(default)]
    pub began: u64,
    /// How long it took, in milliseconds.
    #[serde(default)]
    pub took: u64,
}

impl Outcome {
    /// One without outputs.
    pub fn plain(ended: Ended, reason: Option<String>) -> Self {
        Self {
            ended,
            reason,
            outputs: Map::new(),
            cached: false,
            tolerated: false,
            earlier: false,
            key: None,
            uncached: None,
            said: None,
            attempts: 0,
            began: 0,
            took: 0,
        }
    }

    /// A step that was not begun.
    pub fn skipped(reason: impl Into<String>) -> Self {
        Self::plain(Ended::Skipped, Some(reason.into()))
    }

    /// A step that failed.
    pub fn failed(reason: impl Into<String>) -> Self {
        Self::plain(Ended::Failed, Some(reason.into()))
    }

    /// One that ended well.
    pub fn success(outputs: Map<String, Value>) -> Self {
        Self {
            outputs,
            ..Self::plain(Ended::Success, None)
        }
    }

    /// Whether what needs it may go on.
    pub fn is_well(&self) -> bool {
        match self.ended {
            Ended::Success => true,
            Ended::Failed => self.tolerated,
            Ended::Skipped | Ended::Cancelled => false,
        }
    }

    /// Whether it counts as a failure of the run.
    pub fn is_failure(&self) -> bool {
        match self.ended {
            Ended::Failed => !self.tolerated,
            Ended::Cancelled => true,
            Ended::Success | Ended::Skipped => false,
        }
    }

    /// The word for it in tables: `cached` for a success that was taken over.
    pub fn word(&self) -> &'static str {
        match self.ended {
            Ended::Success if self.cached => "cached",
            Ended::Success if self.earlier => "earlier",
            Ended::Success | Ended::Failed | Ended::Skipped | Ended::Cancelled => self.ended.word(),
        }
    }
}
