//! Which identifier each JSON name got: the modules of a target in; the text of its `names.json` out.
//!
//! Only what a module has by that name is in it: what a language writes without a name has none.

use std::collections::{BTreeMap, BTreeSet};

use indexmap::IndexMap;
use serde::Serialize;
use serde_json::Value;

use super::Target;
use crate::model::Model;
use crate::tree::{BANNER, Tree};

/// The names of one module.
#[derive(Debug, Default, Serialize)]
pub(super) struct ModuleNames {
    /// The file it is written to.
    pub(super) file: String,
    /// The type of the document as a whole.
    pub(super) root: String,
    /// Its types by their identifier.
    pub(super) types: IndexMap<String, TypeNames>,
}

/// The names within one type.
#[derive(Debug, Default, Serialize)]
pub(super) struct TypeNames {
    /// Where its schema stands: `path#pointer`.
    pub(super) schema: String,
    /// The identifier of each property, by its name in JSON.
    #[serde(skip_serializing_if = "IndexMap::is_empty")]
    pub(super) properties: IndexMap<String, String>,
    /// The identifier of each constant, by the string it stands for.
    #[serde(skip_serializing_if = "IndexMap::is_empty")]
    pub(super) values: IndexMap<String, String>,
}

/// The file: modules by contract and version, behind the line that says whose it is.
#[derive(Serialize)]
struct File<'a> {
    #[serde(rename = "//")]
    banner: String,
    #[serde(flatten)]
    modules: &'a BTreeMap<String, ModuleNames>,
}

/// The text that tells all modules' names, by contract and version.
pub(super) fn text(modules: &BTreeMap<String, ModuleNames>) -> String {
    let file = File {
        banner: format!("{BANNER}; do not edit"),
        modules,
    };
    let text = serde_json::to_string_pretty(&file).expect("names are text");
    text + "\n"
}

/// The types that a generated tree has of some models, by its map of names.
pub fn type_names(target: &Target, models: &[&Model], tree: &Tree) -> BTreeSet<String> {
    let path = target.manifest.names.map.as_deref();
    let text = path.and_then(|path| tree.get(path)).unwrap_or_default();
    let map: Value = serde_json::from_str(text).unwrap_or_default();
    let modules = models.iter().filter_map(|model| map.get(model.label()));
    let types = modules.filter_map(|module| module.get("types")?.as_object());
    types.flat_map(|types| types.keys().cloned()).collect()
}
