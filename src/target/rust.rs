//! Rust: a model in; the text of one module out.
//!
//! `declare` lays the module out in Rust's words, typify prints the structs, the enums of strings and the
//! bounded strings of it (`skeleton`), a template prints the rest, prettyplease formats it all.
//! Knows models and Rust; no JSON Schema.

mod checks;
mod declare;
mod docs;
mod dress;
mod layout;
mod plan;
mod size;
mod skeleton;
mod tokens;
mod types;

use std::collections::BTreeSet;

use minijinja::value::Serde;
use minijinja::{Error, ErrorKind, Template};

use super::Target;
use super::names::Address;
use crate::model::Model;
use crate::tree::BANNER;

/// The text of a module.
pub(super) fn module(
    target: &Target,
    template: &Template<'_, '_>,
    model: &Model,
    address: &Address,
) -> Result<String, Error> {
    let mut plan = declare::plan(target, model, address);
    let failed = |what: &str, error: &dyn std::fmt::Display| {
        let message = format!("{what} for `{}`: {error}", model.label());
        Error::new(ErrorKind::InvalidOperation, message)
    };
    skeleton::fill(&mut plan).map_err(|error| failed("typify prints nothing", &error))?;
    let printed = template.render(Serde(&plan))?;
    let no_rust = |error| failed("the template prints no Rust", &error);
    let mut file = syn::parse_file(&printed).map_err(no_rust)?;
    let imports = syn::parse_file(&imports(&file)).map_err(no_rust)?;
    file.items.splice(0..0, imports.items);
    let banner = format!(
        "// @{BANNER} from {}, schema {}; do not edit\n\n",
        plan.contract, plan.hash
    );
    Ok(banner + &layout::layout(&prettyplease::unparse(&file)))
}

/// What a module may import: the path up to the names, and the names.
const IMPORTS: [(&str, &[&str]); 4] = [
    ("std::collections", &["BTreeMap"]),
    ("serde", &["Serialize"]),
    ("serde_json", &["Map", "Value"]),
    (
        "crate::runtime",
        &[
            "Check", "Checked", "Error", "Fields", "FromJson", "Kind", "Pattern", "Places",
        ],
    ),
];

/// The `use` lines for what a file names.
fn imports(file: &syn::File) -> String {
    let used: BTreeSet<String> = tokens::idents(file).into_iter().collect();
    let lines = IMPORTS.iter().filter_map(|(path, names)| {
        let mut names: Vec<&str> = names
            .iter()
            .copied()
            .filter(|it| used.contains(*it))
            .collect();
        if *path == "crate::runtime" {
            names.insert(0, "self");
        }
        match names[..] {
            [] => None,
            ["self"] => Some(format!("use {path};")),
            [name] => Some(format!("use {path}::{name};")),
            _ => Some(format!("use {path}::{{{}}};", names.join(", "))),
        }
    });
    lines.collect()
}
