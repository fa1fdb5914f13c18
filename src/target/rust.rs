//! Rust: a model in; the text of one module out.
//!
//! `declare` lays the module out in Rust's words, typify prints the structs, the enums of strings and the
//! bounded strings of it (`skeleton`), a template prints the rest, prettyplease formats it all.
//! Knows models and Rust; no JSON Schema.

mod checks;
mod declare;
mod docs;
mod dress;
mod foreign;
mod imports;
mod layout;
mod plan;
mod size;
mod skeleton;
mod tokens;
mod types;

use minijinja::value::Serde;
use minijinja::{Error, ErrorKind, Template};

use super::Target;
use super::map::TypeNames;
use super::names::Address;
use crate::model::Model;
use crate::tree::BANNER;

/// The text of a module, and the names in it.
pub(super) fn module(
    target: &Target,
    template: &Template<'_, '_>,
    model: &Model,
    address: &Address,
) -> Result<(String, Vec<(String, TypeNames)>), Error> {
    let plan = declare::plan(target, model, address);
    let failed = |what: &str, error: &dyn std::fmt::Display| {
        let message = format!("{what} for `{}`: {error}", model.label());
        Error::new(ErrorKind::InvalidOperation, message)
    };
    let printed = skeleton::print(&plan);
    let printed = printed.map_err(|error| failed("typify prints nothing", &error))?;
    let text = template.render(Serde(&plan))?;
    let file = syn::parse_file(&text);
    let mut file = file.map_err(|error| failed("the template prints no Rust", &error))?;
    file.items = skeleton::put_in(file.items, printed);
    let banner = format!(
        "// @{BANNER} from {}, schema {}; do not edit\n\n",
        plan.contract, plan.hash
    );
    let text = banner + &layout::layout(&prettyplease::unparse(&file));
    Ok((text, plan.names()))
}
