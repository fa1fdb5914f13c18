//! stub
use crate::{
    catalog::Catalog,
    config::Config,
    diagnostic::{Code, Diagnostics},
    model::Model,
    source::Sources,
    target::Target,
};
use std::path::PathBuf;
pub const CODES: &[&Code] = &[];
#[derive(Clone, Debug, serde::Serialize, schemars::JsonSchema)]
pub struct Outcomes {}
impl Outcomes {
    pub fn rows(&self) -> Vec<(String, String)> {
        Vec::new()
    }
}
pub struct Options {
    pub targets: Vec<String>,
    pub require_all: bool,
    pub sanitize: bool,
    pub work: PathBuf,
}
pub struct Input<'a> {
    pub catalog: &'a Catalog,
    pub config: &'a Config,
    pub models: &'a [Model],
    pub targets: &'a [Target],
    pub root: &'a std::path::Path,
    pub shown: &'a str,
}
pub fn verify(_: &Input<'_>, _: &Options, _: &mut Sources, _: &mut Diagnostics) -> Outcomes {
    Outcomes {}
}
