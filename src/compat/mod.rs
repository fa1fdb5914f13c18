//! stub
use crate::{
    catalog::Catalog,
    config::Config,
    diagnostic::{Code, Diagnostics},
};
pub const CODES: &[&Code] = &[];
pub enum Outcome {
    Kept,
    Broken,
    Unproven,
}
#[derive(Clone, Debug, serde::Serialize, schemars::JsonSchema)]
pub struct PairReport {}
impl PairReport {
    pub fn is_promised(&self) -> bool {
        true
    }
    pub fn outcome(&self) -> Outcome {
        Outcome::Kept
    }
}
pub fn check(_: &Catalog, _: &Config, _: &mut Diagnostics) -> Vec<PairReport> {
    Vec::new()
}
