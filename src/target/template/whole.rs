//! The files that are not a module's: the generated versions in; those of contracts, groups and the workspace out.

use std::collections::{BTreeMap, BTreeSet};

use minijinja::value::Serde;
use minijinja::{Environment, Error, ErrorKind, context};
use serde::Serialize;

use crate::target::foreign::Foreign;
use crate::target::names::Address;
use crate::target::{FileRule, Per, Target};
use crate::tree::BANNER;

/// A generated version as the templates of contracts, groups and the workspace see it.
#[derive(Clone, Debug, Serialize)]
pub(super) struct Summary {
    pub(super) label: String,
    pub(super) group: String,
    pub(super) name: String,
    pub(super) version: String,
    pub(super) major: u64,
    pub(super) address: Address,
    /// The identifier of the document's declaration.
    pub(super) root: String,
}

/// A contract with its generated versions, oldest first.
#[derive(Clone, Debug, Serialize)]
struct Contract {
    address: Address,
    /// `group/Name`
    full_name: String,
    group: String,
    name: String,
    modules: Vec<Summary>,
}

/// A folder of contracts and of such folders.
#[derive(Clone, Debug, Default, Serialize)]
struct Group {
    path: Vec<String>,
    groups: BTreeSet<String>,
    contracts: BTreeSet<String>,
}

/// The contracts and groups of a workspace.
pub(super) struct Whole {
    contracts: Vec<Contract>,
    groups: Vec<Group>,
    /// Types that were not generated.
    foreign: BTreeSet<Foreign>,
    /// What a package needs beside its own.
    dependencies: Vec<String>,
}

impl Whole {
    pub(super) fn new(
        summaries: Vec<Summary>,
        foreign: BTreeSet<Foreign>,
        dependencies: Vec<String>,
    ) -> Self {
        let mut contracts: BTreeMap<(Vec<String>, String), Contract> = BTreeMap::new();
        let mut groups = BTreeMap::from([(Vec::new(), Group::default())]);
        for summary in summaries {
            let Address {
                group, contract, ..
            } = &summary.address;
            for (depth, segment) in group.iter().enumerate() {
                let (above, _) = group.split_at(depth);
                let (path, _) = group.split_at(depth + 1);
                let parent: &mut Group = groups.entry(above.to_vec()).or_default();
                parent.groups.insert(segment.clone());
                groups.entry(path.to_vec()).or_default().path = path.to_vec();
            }
            let holder = groups.entry(group.clone()).or_default();
            holder.contracts.insert(contract.clone());
            contracts
                .entry((group.clone(), contract.clone()))
                .or_insert_with(|| Contract {
                    address: summary.address.clone(),
                    full_name: summary
                        .label
                        .rsplit_once('@')
                        .map_or_else(String::new, |(name, _)| name.to_owned()),
                    group: summary.group.clone(),
                    name: summary.name.clone(),
                    modules: Vec::new(),
                })
                .modules
                .push(summary);
        }
        Self {
            contracts: contracts.into_values().collect(),
            groups: groups.into_values().collect(),
            foreign,
            dependencies,
        }
    }

    /// The files of a rule that is not for modules.
    pub(super) fn render(
        &self,
        target: &Target,
        rule: &FileRule,
        environment: &Environment<'static>,
    ) -> Result<Vec<(String, String)>, Error> {
        let banner = format!("{BANNER}; do not edit");
        let path = rule.path.replace("{package}", target.package());
        let rendered = |path: String, context: minijinja::Value| {
            let text = environment.get_template(&rule.template)?.render(context)?;
            Ok((path, text))
        };
        match rule.per {
            Per::Module => Ok(Vec::new()),
            Per::Contract => {
                let contracts = self.contracts.iter();
                contracts
                    .map(|contract| {
                        let path = contract.address.fill(&rule.path, target);
                        rendered(
                            path,
                            context! { banner => banner.clone(), contract => Serde(contract) },
                        )
                    })
                    .collect()
            }
            Per::Group => {
                let groups = self.groups.iter();
                groups
                    .map(|group| {
                        let address = Address {
                            group: group.path.clone(),
                            contract: String::new(),
                            phrase: String::new(),
                            version: String::new(),
                        };
                        let path = address.fill(&rule.path, target);
                        rendered(
                            path,
                            context! { banner => banner.clone(), group => Serde(group) },
                        )
                    })
                    .collect()
            }
            Per::Workspace => {
                let context = context! {
                    banner,
                    contracts => Serde(&self.contracts),
                    groups => Serde(&self.groups),
                    foreign => Serde(&self.foreign),
                    dependencies => Serde(&self.dependencies),
                };
                Ok(vec![rendered(path, context)?])
            }
            Per::Static => match target.files.get(&rule.template) {
                Some(text) => Ok(vec![(path, text.clone())]),
                None => Err(Error::new(
                    ErrorKind::TemplateNotFound,
                    format!("`{}` is no file of the target", rule.template),
                )),
            },
        }
    }
}
