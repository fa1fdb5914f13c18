//! `contracts.toml`, typed: text in; settings and diagnostics out. schemars makes its own schema.

mod accept;
mod cache;
mod custom;
mod date;
mod layout;
mod policy;
mod promise;

pub use accept::Accept;
pub use cache::{CacheConfig, Size};
pub use custom::{Custom, Hold, Replace, place_of};
pub use date::{Date, DateError};
pub use layout::{Layout, LayoutError, Matched};
pub use policy::{DefaultPolicy, Enums, Policies, Policy, PreReleases, Undeclared};
pub use promise::{Promise, PromiseError};

use std::collections::BTreeMap;

use globset::{Glob, GlobMatcher};
use indexmap::IndexMap;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::diagnostic::{Code, Diagnostic, Diagnostics, Place, Severity};
use crate::schema::{Draft, Formats};
use crate::source::{Source, SourceId};

/// Every code this room can report.
pub const CODES: &[&Code] = &[&CONFIG_INVALID];

static CONFIG_INVALID: Code = Code {
    name: "config-invalid",
    severity: Severity::Error,
    explain: "\
contracts.toml does not say something the toolchain understands: the TOML is broken, a setting is
unknown or has a value it cannot take, a pattern has an unknown placeholder. `contracts schema config`
prints the schema of the file for editors.
",
};

/// The settings of a workspace.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub struct Config {
    /// Where the schemas are, relative to the root. `{group}` may span folders, `{name}` and
    /// `{version}` may not; without `{version}` every contract has the one version 1.0. A pattern
    /// that ends in `.json` finds `.yaml` and `.yml` files too.
    pub layout: String,
    /// Where example documents are: the placeholders of `layout`, `{valid|invalid}`, and `*`.
    pub examples: Option<String>,
    /// The folder that patterns start from, relative to this file.
    pub root: String,
    /// The draft of schemas that declare none.
    pub draft: Draft,
    /// Which draft schemas with another `$schema` follow.
    pub drafts: BTreeMap<String, Draft>,
    /// Where schemas that are referenced by URL are kept: the URL's beginning → a folder below the root.
    pub references: BTreeMap<String, String>,
    /// How grave findings of a kind are, by code, where another severity than the built-in is wanted.
    pub severities: IndexMap<String, Level>,
    /// Whether `format` refuses texts or only describes them.
    pub formats: Formats,
    /// What each contract promises, by a glob over `group/Name`; the last that matches wins.
    pub promises: IndexMap<String, Promise>,
    /// What writers send beside what their version declares.
    pub undeclared: Undeclared,
    /// Whether a reader's `default` satisfies a new required property.
    pub defaults: DefaultPolicy,
    /// Whether readers tolerate constants that their `enum` does not list.
    pub enums: Enums,
    /// What is promised of pre-releases (`1.2.0-alpha`) and of 0.x.
    pub pre_releases: PreReleases,
    /// Versions that may still be edited although a baseline has them, by globs over
    /// `group/Name@version`.
    pub unreleased: Vec<String>,
    /// Policies of some contracts, by a glob over `group/Name`; the last that matches and sets one wins.
    pub policies: IndexMap<String, Policies>,
    /// Findings that are let stand, each with a reason.
    pub accept: Vec<Accept>,
    /// A folder of generators that adds to the built-in ones or overrides them, relative to this file.
    pub generators: Option<String>,
    /// Where results of workflow steps are kept between runs.
    pub cache: CacheConfig,
    /// What is generated, by the target's name (`rust`, `pydantic`, `mql4`, or your own).
    pub targets: IndexMap<String, TargetConfig>,
}

impl Default for Config {
    fn default() -> Self {
        Self {
            layout: "{group}/{name}@{version}.json".to_owned(),
            examples: None,
            root: ".".to_owned(),
            draft: Draft::default(),
            drafts: BTreeMap::new(),
            references: BTreeMap::new(),
            severities: IndexMap::new(),
            formats: Formats::default(),
            promises: IndexMap::new(),
            undeclared: Undeclared::default(),
            defaults: DefaultPolicy::default(),
            enums: Enums::default(),
            pre_releases: PreReleases::default(),
            unreleased: Vec::new(),
            policies: IndexMap::new(),
            accept: Vec::new(),
            generators: None,
            cache: CacheConfig::default(),
            targets: IndexMap::new(),
        }
    }
}

/// How grave a finding is to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Level {
    /// Exit code 1.
    Error,
    /// Shown.
    Warning,
    /// Shown as a remark.
    Note,
    /// Not shown.
    Off,
}

impl Level {
    /// The severity, unless it is not to be shown.
    pub fn severity(self) -> Option<Severity> {
        match self {
            Self::Error => Some(Severity::Error),
            Self::Warning => Some(Severity::Warning),
            Self::Note => Some(Severity::Note),
            Self::Off => None,
        }
    }
}

/// One target's settings.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct TargetConfig {
    /// The folder that is written, relative to this file. The toolchain owns it: files it did not
    /// write are left alone, files it no longer writes are removed.
    pub out: String,
    /// Which versions get a module.
    #[serde(default)]
    pub emit: Emit,
    /// The name of the package that is generated, where the target makes one.
    #[serde(default)]
    pub package: Option<String>,
    /// What the package needs beside its own, as its manifest writes it, a line each.
    #[serde(default)]
    pub dependencies: Vec<String>,
    /// What is generated otherwise, by a glob over `group/Name`; later rows add to earlier ones.
    #[serde(default)]
    pub custom: IndexMap<String, Custom>,
}

impl TargetConfig {
    /// A target that writes to `out` and is as it is by itself.
    pub fn to(out: impl Into<String>) -> Self {
        Self {
            out: out.into(),
            emit: Emit::default(),
            package: None,
            dependencies: Vec::new(),
            custom: IndexMap::new(),
        }
    }

    /// Whether a row's glob means the contract `name`.
    pub fn means(&self, glob: &str, name: &str) -> bool {
        matcher(glob).is_some_and(|glob| glob.is_match(name))
    }

    /// What is generated otherwise for the contract `name` (`group/Name`).
    pub fn custom(&self, name: &str) -> Custom {
        let rows = self.custom.iter();
        let rows = rows.filter(|(glob, _)| self.means(glob, name));
        rows.fold(Custom::default(), |custom, (_, later)| custom.and(later))
    }
}

/// Which versions of a contract are generated.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Emit {
    /// The newest of each major version, since a minor version keeps the promise.
    #[default]
    LatestPerMajor,
    /// Every version.
    All,
}

impl Config {
    /// Reads the text of a contracts.toml; `None` (and findings) where it cannot be used.
    pub fn parse(source: &Source, id: SourceId, diagnostics: &mut Diagnostics) -> Option<Self> {
        match toml::from_str::<Self>(&source.text) {
            Ok(config) => {
                let faults = config.faults();
                let faults = faults
                    .into_iter()
                    .map(|(needle, message)| (quoted(source, id, &needle), message));
                let places = Accept::places(source, id);
                let rows = config.accept.iter().zip(places);
                let rows = rows.filter_map(|(row, place)| Some((place, row.fault()?.to_owned())));
                let faults: Vec<(Place, String)> = faults.chain(rows).collect();
                let usable = faults.is_empty();
                for (place, message) in faults {
                    diagnostics.push(Diagnostic::new(&CONFIG_INVALID, message).at(place, "here"));
                }
                usable.then_some(config)
            }
            Err(error) => {
                let span = error.span().unwrap_or(0..0);
                let (message, help) = split_expectation(error.message());
                let mut diagnostic = Diagnostic::new(&CONFIG_INVALID, message)
                    .at(Place::bytes(id, span), String::new());
                diagnostic.help.extend(help);
                diagnostics.push(diagnostic);
                None
            }
        }
    }

    /// The promise of the contract `name` (`group/Name`): the last glob that matches, else none.
    pub fn promise(&self, name: &str) -> Promise {
        self.promises
            .iter()
            .rev()
            .find(|(glob, _)| matcher(glob).is_some_and(|glob| glob.is_match(name)))
            .map_or(Promise::NONE, |(_, promise)| *promise)
    }

    /// What is assumed of the writers and readers of the contract `name` (`group/Name`).
    pub fn policy(&self, name: &str) -> Policy {
        let own = self.own_policies(name);
        Policy {
            undeclared: own.undeclared.unwrap_or(self.undeclared),
            defaults: own.defaults.unwrap_or(self.defaults),
            enums: own.enums.unwrap_or(self.enums),
            formats: own.formats.unwrap_or(self.formats),
        }
    }

    /// What is promised of unfinished versions of the contract `name` (`group/Name`).
    pub fn pre_releases(&self, name: &str) -> PreReleases {
        let own = self.own_policies(name).pre_releases;
        own.unwrap_or(self.pre_releases)
    }

    /// Whether a version, `group/Name@version`, may still be edited.
    pub fn is_unreleased(&self, label: &str) -> bool {
        let matches = |glob: &String| matcher(glob).is_some_and(|glob| glob.is_match(label));
        self.unreleased.iter().any(matches)
    }

    /// What `[policies]` sets for a contract, later rows before earlier ones.
    fn own_policies(&self, name: &str) -> Policies {
        self.policies
            .iter()
            .filter(|(glob, _)| matcher(glob).is_some_and(|glob| glob.is_match(name)))
            .fold(Policies::default(), |earlier, (_, later)| Policies {
                undeclared: later.undeclared.or(earlier.undeclared),
                defaults: later.defaults.or(earlier.defaults),
                enums: later.enums.or(earlier.enums),
                formats: later.formats.or(earlier.formats),
                pre_releases: later.pre_releases.or(earlier.pre_releases),
            })
    }

    /// The texts that cannot be used and why.
    fn faults(&self) -> Vec<(String, String)> {
        let mut faults = Vec::new();
        if let Err(error) = Layout::schemas(&self.layout) {
            faults.push((self.layout.clone(), error.to_string()));
        }
        if let Some(pattern) = &self.examples
            && let Err(error) = Layout::examples(pattern)
        {
            faults.push((pattern.clone(), error.to_string()));
        }
        let by_contract = self.promises.keys().chain(self.policies.keys());
        let custom = || self.targets.values().flat_map(|target| &target.custom);
        let by_contract = by_contract.chain(custom().map(|(glob, _)| glob));
        let globs = by_contract.chain(&self.unreleased);
        for glob in globs.filter(|glob| matcher(glob).is_none()) {
            faults.push((glob.clone(), format!("`{glob}` is no glob")));
        }
        faults.extend(custom().flat_map(|(_, custom)| custom.faults()));
        let mut folders: BTreeMap<&str, &str> = BTreeMap::new();
        for (name, target) in &self.targets {
            if let Some(other) = folders.insert(&target.out, name) {
                let out = &target.out;
                faults.push((
                    out.clone(),
                    format!("`{other}` and `{name}` both write to `{out}`"),
                ));
            }
        }
        faults
    }
}

pub(crate) fn matcher(glob: &str) -> Option<GlobMatcher> {
    Glob::new(glob).ok().map(|glob| glob.compile_matcher())
}

/// The last place in the file where a text stands in quotes.
fn quoted(source: &Source, id: SourceId, needle: &str) -> Place {
    match source.text.rfind(&format!("\"{needle}\"")) {
        Some(start) => Place::bytes(id, start..start + needle.len() + 2),
        None => Place::file(id),
    }
}

/// serde's "unknown field `x`, expected one of …" as a message and its help.
fn split_expectation(message: &str) -> (String, Option<String>) {
    let line = message.lines().next().unwrap_or_default();
    match line.split_once(", expected ") {
        Some((what, expected)) => (what.to_owned(), Some(format!("expected {expected}"))),
        None => (line.to_owned(), None),
    }
}
