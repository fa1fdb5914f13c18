//! What templates see of one module: every name given, every type written, every choice made.
//!
//! Texts that may be missing are empty or `none`; numbers are text. Field names here are the templates' words.

mod build;
mod declared;

use std::collections::BTreeSet;

use minijinja::{Environment, Error};
use serde::Serialize;

use super::Target;
use super::checks::{Check, Checks};
use super::foreign::Foreign;
use super::map::TypeNames;
use super::names::{Address, Namer, NamesBeside};
use super::order::order;
use super::patterns::{Pattern, Patterns};
use super::types::{Type, Types};
use crate::model::{self, Model};
use crate::tree::BANNER;
use build::Build;
use declared::declared;
pub(super) use declared::{Declared, constant};

/// One generated version of a contract.
#[derive(Debug, Serialize)]
pub(super) struct Module {
    /// The line that says who wrote the file.
    pub(super) banner: String,
    /// `group/Name`
    full_name: String,
    /// `group/Name@version`
    label: String,
    group: String,
    name: String,
    version: String,
    major: u64,
    hash: String,
    /// Where it stands: `group` (folders), `contract` and `version` as identifiers.
    address: Address,
    /// The identifier of the root's declaration.
    pub(super) root: String,
    /// What people wrote of the document.
    docs: Docs,
    declarations: Vec<Declaration>,
    checks: Vec<Check>,
    /// The automata of its patterns, where the target asks for them.
    patterns: Vec<Pattern>,
    /// Names of the module as a whole.
    names: NamesBeside,
    /// The lines it imports beside the target's own.
    imports: Vec<String>,
}

/// What people wrote.
#[derive(Clone, Debug, Default, Serialize)]
struct Docs {
    title: String,
    description: String,
    deprecated: bool,
    /// The description, or else the title.
    text: String,
}

/// A named type.
#[derive(Debug, Serialize)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each answers a template's question"
)]
struct Declaration {
    name: String,
    names: NamesBeside,
    /// As the target writes a use of it.
    #[serde(skip)]
    written: String,
    /// The words it was made of.
    phrase: String,
    docs: Docs,
    origin: String,
    root: bool,
    recursive: bool,
    /// Whether it cannot be a mere name for its type: it is the document, or it names itself.
    wrapped: bool,
    /// Whether it is nothing but one string.
    constant: bool,
    /// The check beside its shape.
    residue: Option<usize>,
    #[serde(flatten)]
    body: Detail,
}

#[derive(Debug, Serialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
enum Detail {
    Record {
        fields: Vec<Field>,
        /// `forbidden`, `kept` or `typed`
        extra: &'static str,
        extra_type: Option<Type>,
    },
    Choice {
        values: Vec<Value>,
    },
    Union {
        variants: Vec<Variant>,
        /// `tag`, `kind` or `trial`
        told_apart: &'static str,
        /// The tag's name in JSON.
        tag: Option<String>,
        /// The tag's identifier, where it is the same in every variant.
        tag_name: Option<String>,
    },
    Alias {
        #[serde(rename = "type")]
        type_: Type,
    },
}

#[derive(Debug, Serialize)]
struct Field {
    name: String,
    names: NamesBeside,
    json_name: String,
    /// Whether the two differ.
    renamed: bool,
    docs: Docs,
    #[serde(rename = "type")]
    type_: Type,
    required: bool,
    /// Whether `null` is a value of it, by its own type or by one it names.
    null: bool,
    /// As JSON.
    default: Option<String>,
}

#[derive(Debug, Serialize)]
struct Value {
    name: String,
    value: String,
}

#[derive(Debug, Serialize)]
struct Variant {
    name: String,
    names: NamesBeside,
    #[serde(rename = "type")]
    type_: Type,
    /// The one string it may be, where it is no more than that.
    constant: Option<String>,
    /// The constant of the tag.
    tag: Option<String>,
    /// The tag's identifier in the variant's record.
    tag_name: Option<String>,
    /// JSON types.
    kinds: Vec<&'static str>,
}

impl Module {
    /// The context of `model` at `address`; fails where an expression of the target's types does.
    pub(super) fn new(
        target: &Target,
        environment: &Environment<'static>,
        model: &Model,
        address: &Address,
        patterns: Patterns,
    ) -> Result<Self, Error> {
        let order = order(model, target.manifest.order);
        let mut namer = Namer::new(target, address);
        let beside = namer.whole();
        let foreign = Foreign::all(target, &model.full_name());
        let declared = declared(target, model, &order, &mut namer, &foreign);
        let mut build = Build {
            target,
            model,
            types: Types {
                environment,
                model,
                declared: &declared,
                patterns: &patterns,
            },
            declared: &declared,
            namer,
            checks: Checks::of(model, &patterns),
        };
        let generated = |id: usize| declared.get(id).is_some_and(|it| it.foreign.is_none());
        let declarations = order
            .iter()
            .enumerate()
            .filter(|(_, id)| generated(**id))
            .map(|(place, id)| build.declaration(*id, place))
            .collect::<Result<_, _>>()?;
        let root = declared.get(model.root);
        let docs = model.declarations.get(model.root).map(|it| docs(&it.docs));
        let label = model.label();
        Ok(Self {
            banner: format!("{BANNER} from {label}; do not edit"),
            full_name: label
                .rsplit_once('@')
                .map_or("", |(name, _)| name)
                .to_owned(),
            label,
            group: model.group.clone(),
            name: model.name.clone(),
            version: model.version.clone(),
            major: model.major,
            hash: model.hash.clone(),
            address: address.clone(),
            root: root.map_or_else(String::new, |it| it.identifier.clone()),
            docs: docs.unwrap_or_default(),
            declarations,
            checks: build.checks.into_list(),
            patterns: patterns.into_list(),
            names: beside,
            imports: imports(target, &model.full_name(), &declared),
        })
    }
}

impl Module {
    /// The names that JSON names got.
    pub(super) fn type_names(&self) -> Vec<(String, TypeNames)> {
        let declarations = self.declarations.iter().filter(|it| !it.constant);
        let named = declarations.map(|it| (it.written.clone(), it.type_names()));
        named.collect()
    }
}

impl Declaration {
    fn type_names(&self) -> TypeNames {
        let mut names = TypeNames {
            schema: self.origin.clone(),
            ..TypeNames::default()
        };
        match &self.body {
            Detail::Record { fields, .. } => {
                let fields = fields.iter();
                let fields = fields.map(|it| (it.json_name.clone(), it.name.clone()));
                names.properties = fields.collect();
            }
            Detail::Choice { values } => {
                let values = values.iter();
                names.values = values
                    .map(|it| (it.value.clone(), it.name.clone()))
                    .collect();
            }
            Detail::Union { .. } | Detail::Alias { .. } => {}
        }
        names
    }
}

/// The lines of contracts.toml that a module imports, each once.
fn imports(target: &Target, contract: &str, declared: &[Declared]) -> Vec<String> {
    let foreign = declared.iter().filter_map(|it| it.foreign.as_ref());
    let foreign = foreign.filter_map(|it| it.import.clone());
    let own = target.settings.custom(contract).imports.into_iter();
    let lines: BTreeSet<String> = foreign.chain(own).collect();
    lines.into_iter().collect()
}

fn docs(from: &model::Docs) -> Docs {
    let title = from.title.clone().unwrap_or_default();
    let description = from.description.clone().unwrap_or_default();
    Docs {
        text: if description.trim().is_empty() {
            title.clone()
        } else {
            description.clone()
        },
        title,
        description,
        deprecated: from.deprecated,
    }
}
