//! What generated modules are called: models in; for each the module's path, its files and the name
//! of the document's type out. Programs that run what was generated find it by these.

use super::names::{Edition, Namer, addresses};
use super::{Naming, Per, RoundTrip, Target};
use crate::model::Model;

/// A generated module as programs name it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Located {
    /// Its path: folders of the group, the contract, `v` and the version.
    pub module: Vec<String>,
    /// The identifier of the document's type.
    pub root: String,
    /// The files that are generated for it alone.
    pub files: Vec<String>,
    /// The program that runs it, where the target has one.
    pub program: Option<String>,
}

/// Where each of `models` is found in what [`super::generate`] makes of them.
pub fn locate(target: &Target, models: &[&Model], naming: Naming) -> Vec<Located> {
    let rules = &target.manifest.files;
    let program = match &target.manifest.round_trip {
        RoundTrip::Python { program, .. } | RoundTrip::Mql4 { program, .. } => Some(program),
        RoundTrip::Cargo { .. } | RoundTrip::None { .. } => None,
    };
    let editions: Vec<_> = models.iter().map(|model| Edition::from(*model)).collect();
    let addresses = addresses(target, &editions, naming);
    let pairs = models.iter().zip(addresses);
    pairs
        .map(|(model, address)| {
            let mut namer = Namer::new(target, &address);
            let root = model.declarations.get(model.root);
            let modules = rules.iter().filter(|rule| rule.per == Per::Module);
            let files = modules
                .map(|rule| address.fill(&rule.path, target))
                .collect();
            let version = format!("v{}", address.version);
            let parts = address.group.iter().chain([&address.contract, &version]);
            Located {
                module: parts.cloned().collect(),
                root: root.map_or_else(String::new, |root| namer.type_name(&root.name, true)),
                files,
                program: program.map(|pattern| address.fill(pattern, target)),
            }
        })
        .collect()
}
