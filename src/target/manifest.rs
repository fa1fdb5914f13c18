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
    /// Which types get a declaration of their own.
    pub declare: Option<Declare>,
    /// What templates are given of a regular expression.
    #[serde(default)]
    pub patterns: Patterns,
    /// Formats that are nothing but a regular expression, with it.
    #[serde(default)]
    pub formats: BTreeMap<String, String>,
    /// What of contracts.toml it follows, beside `out` and `emit`.
    #[serde(default)]
    pub follows: Vec<String>,
    /// The name of its package, where nobody gives another.
    pub package: Option<String>,
    /// Types of the language for what is else held as JSON spells it: `date-time` and `decimal`.
    #[serde(default)]
    pub natives: BTreeMap<String, Native>,
    /// The files that are written.
    #[serde(default)]
    pub files: Vec<FileRule>,
    /// How documents are sent through what is generated.
    pub round_trip: RoundTrip,
}

/// A type of the language's own, or of its best known package.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Native {
    /// As the language writes it.
    #[serde(rename = "type")]
    pub type_: String,
    /// The line that imports it.
    pub import: Option<String>,
    /// What the package needs for it, as its manifest writes it.
    pub dependency: Option<String>,
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

/// Types that a language cannot write where they stand, by the place: each becomes a declaration of its
/// own. Aliases that can be written in place are resolved.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct Declare {
    /// In a field of a record.
    pub field: Vec<Kind>,
    /// In an alternative of a union.
    pub variant: Vec<Kind>,
    /// In a list.
    pub item: Vec<Kind>,
    /// In a map.
    pub value: Vec<Kind>,
    /// In a tuple.
    pub place: Vec<Kind>,
    /// In a declaration that is nothing but a name for the type.
    pub alias: Vec<Kind>,
    /// Whether the properties a record does not name, where they have a type, become a map.
    pub extra: bool,
}

/// A kind of type that needs a declaration.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// `null` only.
    Null,
    /// One string only.
    Constant,
    /// An array of one type.
    List,
    /// An array with a type for each place.
    Tuple,
    /// An object whose names are data.
    Map,
    /// A tuple or `null`.
    NullableTuple,
    /// A map or `null`.
    NullableMap,
    /// Anything that may also be `null`, `null` included.
    Nullable,
}

/// What templates are given of a regular expression.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Patterns {
    /// Its text.
    #[default]
    Text,
    /// Its text, and the number of an automaton among the module's.
    Automaton,
    /// Its text, reported where neither the `regex` crate nor Python's `re` can say it.
    Python,
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
    /// Whether case does not tell a module's identifiers apart. Within a declaration it does.
    #[serde(default)]
    pub ignore_case: bool,
    /// Whether contracts of all groups stand together; the group is part of a name that two have.
    #[serde(default)]
    pub flat: bool,
    /// Whether declarations lose the contract's own words at their beginning, as patterns name it.
    #[serde(default)]
    pub strip_contract: bool,
    /// The file that says which identifier each JSON name got.
    pub map: Option<String>,
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
    /// Names of a module as a whole, by what templates call them.
    #[serde(default)]
    pub module: BTreeMap<String, Beside>,
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
    /// Further names of the same thing, by what templates call them; no two may be equal either.
    #[serde(default)]
    pub beside: BTreeMap<String, Beside>,
}

/// How a name is made that stands beside another.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Beside {
    /// How words are joined.
    pub case: Case,
    /// As in [`Rule`].
    pub pattern: String,
    /// As in [`Rule`].
    pub root: Option<String>,
    /// Within what it differs from others, where that is not its rule's own scope.
    pub scope: Option<RuleScope>,
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
    pub context: Context,
}

/// What a module's template is given.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Context {
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
