//! Languages: a folder of `generators/` in (rules, templates, runtime files); generated files out.
//!
//! Knows models and templates. Knows no language: what is Python's stands in `generators/pydantic`.

mod checks;
mod context;
mod declare;
mod filters;
mod foreign;
mod formats;
mod layout;
mod located;
mod manifest;
mod map;
mod mql4;
mod names;
mod order;
mod pattern;
mod patterns;
mod rust;
mod template;
mod types;

pub use foreign::{ForeignPlace, foreign_places, unused};
pub use located::{Located, locate};
pub use manifest::{
    Beside, Context, Declare, FileRule, Kind, Manifest, Names, Order, Patterns, Per, RoundTrip,
    Rule, RuleScope,
};
pub use map::type_names;
pub use names::Edition;
pub use template::{Printed, Printer, generate, round_trip};

use std::collections::{BTreeMap, BTreeSet};

use include_dir::{Dir, DirEntry, include_dir};

use crate::config::TargetConfig;
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Place, Severity};
use crate::model::Model;
use crate::model::naming::Reserved;
use crate::source::Sources;
use crate::tree::Tree;

static BUILTIN: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/generators");

/// Every code this room can report.
pub const CODES: &[&Code] = &[
    &TARGET_INVALID,
    &TEMPLATE_INVALID,
    &PATH_REPEATED,
    &PATTERN_UNHELD,
];

static TARGET_INVALID: Code = Code {
    name: "target-invalid",
    severity: Severity::Error,
    explain: "\
A target's target.toml does not say something the toolchain understands. The built-in
folders of `generators/` show every setting.
",
};

static TEMPLATE_INVALID: Code = Code {
    name: "template-invalid",
    severity: Severity::Error,
    explain: "\
A template of a target does not parse, or asks for something that its context does not have. Files it
would have made are left out.
",
};

static PATH_REPEATED: Code = Code {
    name: "path-repeated",
    severity: Severity::Error,
    explain: "\
Two contracts would be written to the same generated file. Let the target's `path` name `{group}`,
`{contract}` and `{version}`.
",
};

static PATTERN_UNHELD: Code = Code {
    name: "pattern-unheld",
    severity: Severity::Warning,
    explain: "\
A target runs patterns as automata, or by a library that knows less than ECMA-262, and cannot run this one:
it looks around, refers back to a group, or is too large. The target's readers do not check it, so they
accept texts that the schema refuses. Rewrite the pattern, or accept the finding with the reason.
",
};

/// How modules are named.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Naming {
    /// By the major version (`v1`): one module a major version.
    Major,
    /// By the whole version (`v1_2`).
    Version,
}

/// A language with its templates.
#[derive(Clone, Debug)]
pub struct Target {
    /// The name: that of its folder.
    pub name: String,
    /// Its rules.
    pub manifest: Manifest,
    /// What contracts.toml says of it.
    pub settings: TargetConfig,
    /// Its files by their path in the folder, target.toml left out.
    pub files: BTreeMap<String, String>,
    /// Words that are never given out.
    reserved: Reserved,
}

impl Target {
    /// A built-in target.
    pub fn builtin(name: &str) -> Option<Self> {
        let mut diagnostics = Diagnostics::default();
        Self::all(None, &mut Sources::default(), &mut diagnostics)
            .into_iter()
            .find(|target| target.name == name)
    }

    /// Every target, by name: the built-in ones, and those of `overrides` (`<target>/<file>` → text), whose
    /// files replace built-in ones of the same path or add to them. A folder without a target.toml is none.
    pub fn all(
        overrides: Option<&Tree>,
        sources: &mut Sources,
        diagnostics: &mut Diagnostics,
    ) -> Vec<Self> {
        let mut folders: BTreeMap<String, BTreeMap<String, String>> = BTreeMap::new();
        let mut builtin = Vec::new();
        texts(&BUILTIN, &mut builtin);
        let added = overrides.into_iter().flat_map(Tree::iter);
        for (path, text) in builtin.into_iter().chain(added) {
            if let Some((folder, file)) = path.split_once('/') {
                let files = folders.entry(folder.to_owned()).or_default();
                files.insert(file.to_owned(), text.to_owned());
            }
        }
        folders
            .into_iter()
            .filter_map(|(name, files)| Self::load(name, files, sources, diagnostics))
            .collect()
    }

    /// The name of what it generates as a package; may be empty.
    pub fn package(&self) -> &str {
        let own = self.manifest.package.as_deref().unwrap_or_default();
        self.settings.package.as_deref().unwrap_or(own)
    }

    /// What the package of some models needs beside its own, as its manifest writes it.
    pub fn dependencies(&self, models: &[&Model]) -> Vec<String> {
        let used = models.iter().flat_map(|model| foreign::used(self, model));
        self.needed(&used.collect())
    }

    /// What a package needs that has these types.
    fn needed(&self, foreign: &BTreeSet<foreign::Foreign>) -> Vec<String> {
        let natives = foreign.iter().filter_map(|it| it.native.clone());
        let natives: BTreeSet<String> = natives.collect();
        let natives = natives
            .iter()
            .filter_map(|it| self.manifest.natives.get(it));
        let natives = natives.filter_map(|it| it.dependency.clone());
        natives
            .chain(self.settings.dependencies.iter().cloned())
            .collect()
    }

    fn load(
        name: String,
        mut files: BTreeMap<String, String>,
        sources: &mut Sources,
        diagnostics: &mut Diagnostics,
    ) -> Option<Self> {
        let file = format!("generators/{name}/target.toml");
        let text = files.remove("target.toml")?;
        let manifest: Manifest = match toml::from_str(&text) {
            Ok(manifest) => manifest,
            Err(error) => {
                let source = sources.add(file, text);
                diagnostics.push(
                    Diagnostic::new(&TARGET_INVALID, error.message().to_owned())
                        .at(Place::bytes(source, error.span().unwrap_or(0..0)), ""),
                );
                return None;
            }
        };
        let mut reserved: BTreeSet<String> = manifest.names.reserved.iter().cloned().collect();
        if let Some(file) = &manifest.names.reserved_file {
            let words = files.get(file).map(String::as_str).unwrap_or_default();
            let words = words.lines().map(str::trim);
            let words = words.filter(|word| !word.is_empty() && !word.starts_with('#'));
            reserved.extend(words.map(str::to_owned));
        }
        Some(Self {
            name,
            manifest,
            settings: TargetConfig::to(""),
            files,
            reserved: Reserved::new(reserved),
        })
    }
}

/// Every text of a folder by its path.
fn texts<'a>(folder: &'a Dir<'a>, files: &mut Vec<(&'a str, &'a str)>) {
    for entry in folder.entries() {
        match entry {
            DirEntry::Dir(folder) => texts(folder, files),
            DirEntry::File(file) => files.extend(file.path().to_str().zip(file.contents_utf8())),
        }
    }
}
