//! Rust: a model in; the text of one module out.
//!
//! `declare` lays the module out in Rust's words, a template prints it, `forms` puts typify's structs, enums of
//! strings and bounded strings where the template says `typify!(number);`, `layout` breaks what is too wide.
//! Knows models and Rust; no JSON Schema.

mod checks;
mod declare;
mod docs;
mod dress;
mod foreign;
mod forms;
mod imports;
mod layout;
mod plan;
mod size;
mod table;
mod tokens;
mod types;

use minijinja::value::Serde;
use minijinja::{Error, ErrorKind, Template};

use super::Target;
use super::map::TypeNames;
use super::names::Address;
use crate::model::Model;
use crate::tree::BANNER;
use plan::Plan;

/// The text of a module, and the names in it.
pub(super) fn module(
    target: &Target,
    template: &Template<'_, '_>,
    model: &Model,
    address: &Address,
) -> Result<(String, Vec<(String, TypeNames)>), Error> {
    let plan = declare::plan(target, model, address);
    let text = template.render(Serde(&plan))?;
    let text = put_in(&text, &plan).map_err(|error| {
        let message = format!("typify prints nothing for `{}`: {error}", model.label());
        Error::new(ErrorKind::InvalidOperation, message)
    })?;
    let banner = format!(
        "// @{BANNER} from {}, schema {}; do not edit\n\n",
        plan.contract, plan.hash
    );
    Ok((layout::layout(banner, &text), plan.names()))
}

/// The template's text with what typify prints where it says so.
fn put_in(text: &str, plan: &Plan) -> Result<String, &'static str> {
    let mut out = String::with_capacity(text.len() * 2);
    for line in text.split_inclusive('\n') {
        let number = line.strip_prefix("typify!(");
        let number = number.and_then(|rest| rest.trim_end().strip_suffix(");"));
        let number = number.and_then(|number| number.parse::<usize>().ok());
        match number.and_then(|number| plan.items.get(number)) {
            Some(item) => out.push_str(&forms::print(item)?),
            None => out.push_str(line),
        }
    }
    Ok(out)
}
