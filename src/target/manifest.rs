//! `target.toml`, typed: text in; a language's rules out.

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::model::naming::Case;

/// What a target says of its language.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Manifest {
    /// What is generated, in a phrase.
    pub description: String,
    /// How names are made.
    pub names: Names,
    /// How a use of a type is written, by its kind (`list`, `named`, … and `nullable`): a template
    /// each, which sees the type's own fields. A kind without one has the empty expression.
    #[serde(default)]
    pub types: BTreeMap<String, String>,
    /// In which order declarations stand.
    #[serde(default)]
    pub order: Order,
    /// The files that are written.
    #[serde(default)]
    pub files: Vec<FileRule>,
    /// How documents are sent through what is generated.
    pub round_trip: RoundTrip,
}

/// In which order declarations stand.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Order {
    /// What is needed stands first, as far as nothing needs itself.
    #[default]
    NeededFirst,
    /// Records may name what stands behind them; aliases and unions stand behind all they name.
    AliasesBehind,
}

/// How names are made.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Names {
    /// Words that are never given out, whatever they would name.
    #[serde(default)]
    pub reserved: Vec<String>,
    /// A file of the target with more of them, one a line, `#` before remarks.
    pub reserved_file: Option<String>,
    /// Whether case does not tell identifiers apart.
    #[serde(default)]
    pub ignore_case: bool,
    /// The longest identifier; a longer one is cut and ends in a hash of the whole.
    pub max_length: Option<usize>,
    /// Declarations.
    pub types: Rule,
    /// Fields of records.
    pub fields: Rule,
    /// Values of choices.
    pub constants: Rule,
    /// Alternatives of unions.
    pub variants: Rule,
    /// Folders and files.
    pub modules: Rule,
}

/// How names of one kind are made.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Rule {
    /// How words are joined.
    pub case: Case,
    /// What stands around the name: `{name}`, `{contract}`, `{declaration}` and `{version}`.
    #[serde(default = "bare")]
    pub pattern: String,
    /// The same for the declaration of the whole document, where it differs.
    pub root: Option<String>,
    /// Words that are never given out here.
    #[serde(default)]
    pub reserved: Vec<String>,
    /// Within what no two may be equal.
    #[serde(default)]
    pub scope: RuleScope,
}

/// Within what names differ.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum RuleScope {
    /// The declaration they belong to.
    #[default]
    Declaration,
    /// The module, types included.
    Module,
}

fn bare() -> String {
    "{name}".to_owned()
}

/// One kind of file.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct FileRule {
    /// The file of the target that is rendered, or copied where `per` is `static`.
    pub template: String,
    /// Where it goes: `{group}`, `{contract}` and `{version}` in the case of modules; folders that would be empty are left out.
    pub path: String,
    /// What there is one of it for.
    pub per: Per,
    /// What lays a module out for the template.
    #[serde(default)]
    pub context: Layout,
}

/// What a module's template is given.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Layout {
    /// The model with the target's names.
    #[default]
    Model,
    /// The module in Rust's words; what it prints is formatted as Rust.
    Rust,
}

/// What a file is written for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Per {
    /// Each version that is generated.
    Module,
    /// Each contract.
    Contract,
    /// Each folder that holds contracts or folders of contracts.
    Group,
    /// The workspace, once.
    Workspace,
    /// The workspace, once, as it is.
    Static,
}

/// How documents are sent through the generated reader and writer.
#[derive(Clone, Debug, Deserialize)]
#[serde(tag = "kind", deny_unknown_fields, rename_all = "kebab-case")]
pub enum RoundTrip {
    /// A Cargo package.
    Cargo {
        /// What is written beside the generated files to run them.
        #[serde(default)]
        files: Vec<FileRule>,
    },
    /// A Python program.
    Python {
        /// The program's path.
        program: String,
        /// What pip installs for it.
        requirements: Vec<String>,
        /// What is written beside the generated files to run them.
        #[serde(default)]
        files: Vec<FileRule>,
    },
    /// MQL4 under the C++ model.
    Mql4 {
        /// The program's path.
        program: String,
        /// What is written beside the generated files to run them.
        #[serde(default)]
        files: Vec<FileRule>,
    },
    /// Not at all.
    None {
        /// Why.
        reason: String,
    },
}

impl RoundTrip {
    /// What is written beside the generated files to run them.
    pub fn files(&self) -> &[FileRule] {
        match self {
            Self::Cargo { files } | Self::Python { files, .. } | Self::Mql4 { files, .. } => files,
            Self::None { .. } => &[],
        }
    }
}
