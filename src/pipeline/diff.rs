//! Any two schemas compared, outside of a workspace: two texts in; inclusion both ways, with a document for
//! every "no" and a reason for every "unknown", out. Knows no promise and no version number.

use serde::Serialize;
use serde_json::Value;

use crate::catalog;
use crate::compat::{self, Bump, ChangeReport, Judgement, Outcome};
use crate::config::{Config, Policy, Promise};
use crate::diagnostic::{Diagnostic, Diagnostics, Severity};
use crate::schema::{self, Defaults, Draft, Files, SchemaId, Schemas};
use crate::source::{Document, Sources};

/// Whether one set of documents is part of another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Included {
    /// Proven.
    Yes,
    /// A document shows that it is not.
    No,
    /// Neither could be shown.
    Unknown,
}

/// A document that shows a "no".
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Witness {
    /// The document: one schema accepts it, the other refuses it.
    pub value: Value,
}

/// What is known of one direction.
#[derive(Clone, Debug, PartialEq)]
pub struct Side {
    /// Whether every document is accepted.
    pub included: Included,
    /// One that is not.
    pub witness: Option<Witness>,
    /// Why neither could be shown.
    pub reason: Option<String>,
}

impl From<Outcome> for Side {
    fn from(outcome: Outcome) -> Self {
        let (included, witness, reason) = match outcome {
            Outcome::Kept => (Included::Yes, None, None),
            Outcome::Refused(value) => (Included::No, Some(Witness { value }), None),
            Outcome::Unknown(reason) => (Included::Unknown, None, Some(reason)),
        };
        Self {
            included,
            witness,
            reason,
        }
    }
}

/// Two schemas compared.
#[derive(Clone, Debug, PartialEq)]
pub struct Difference {
    /// Whether new accepts every document of old.
    pub old_in_new: Side,
    /// Whether old accepts every document of new.
    pub new_in_old: Side,
    /// The least step of a version number for it, old documents being read by new readers.
    pub bump: Bump,
    /// What changed.
    pub changes: Vec<ChangeReport>,
}

impl From<Judgement> for Difference {
    fn from(judgement: Judgement) -> Self {
        Self {
            bump: compat::bump(&judgement, Promise::NONE),
            changes: judgement.changes.iter().map(Into::into).collect(),
            old_in_new: judgement.backward.into(),
            new_in_old: judgement.forward.into(),
        }
    }
}

/// Compares two values that are schemas. References reach into the value itself only.
///
/// # Errors
/// The first fault of either schema, in words.
pub fn values(
    old: Value,
    new: Value,
    draft: Option<Draft>,
    policy: Policy,
) -> Result<Difference, String> {
    let defaults = Defaults {
        draft: draft.unwrap_or_default(),
        ..Defaults::default()
    };
    let mut sources = Sources::default();
    let mut schemas = Schemas::default();
    let mut diagnostics = Diagnostics::default();
    let [old, new] = [("old", old), ("new", new)].map(|(name, value)| {
        let source = sources.add(name, value.to_string());
        let index = u32::try_from(schemas.iter().count()).expect("two schemas");
        let document = Document { source, value };
        let path = name.to_owned();
        let schema = schema::parse(document, path, index, &defaults, &mut diagnostics);
        schemas.add(schema)
    });
    let files = Files {
        by_path: std::collections::BTreeMap::new(),
        references: &std::collections::BTreeMap::new(),
        broken: std::collections::BTreeSet::new(),
        versions: &|_| None,
    };
    schema::resolve_circular(&mut schemas, &files, &mut diagnostics);
    let plain = policy == Policy::strict(policy.formats);
    let (circles, faults): (Vec<&Diagnostic>, Vec<&Diagnostic>) = diagnostics
        .iter()
        .filter(|it| it.severity == Severity::Error)
        .partition(|it| plain && it.code.name == schema::ENDLESS);
    if let Some(fault) = faults.first() {
        return Err(in_words(fault, &sources));
    }
    let judgement = if circles.is_empty() {
        compat::judge(&schemas, old, new, policy)
    } else {
        compat::judge_circular(&schemas, old, new, policy.formats)
    };
    Ok(judgement.into())
}

fn in_words(error: &Diagnostic, sources: &Sources) -> String {
    let side = error.labels.first().map(|label| {
        let name = &sources.get(label.place.source).name;
        format!("{name}: ")
    });
    format!("{}{}", side.unwrap_or_default(), error.message)
}

/// Compares two files, `paths` below `root`, and whatever files they reference; `None` where a file is not a
/// schema: the diagnostics say why.
pub fn files(
    root: &std::path::Path,
    shown: &str,
    [old, new]: [&str; 2],
    config: &Config,
    policy: Policy,
    sources: &mut Sources,
    diagnostics: &mut Diagnostics,
) -> Option<Difference> {
    let paths = [old, new].map(str::to_owned);
    let (schemas, roots) = catalog::files(root, shown, &paths, config, sources, diagnostics);
    let [old, new] = paths.each_ref().map(|path| roots.get(path).copied());
    let (old, new): (SchemaId, SchemaId) = (old?, new?);
    (!diagnostics.has_errors()).then(|| compat::judge(&schemas, old, new, policy).into())
}
