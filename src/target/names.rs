//! A model's words → a target's identifiers: modules over the whole workspace, then the names in each.

use std::collections::BTreeMap;

use serde::Serialize;
use sha2::{Digest as _, Sha256};

use super::{Naming, Rule, Target};
use crate::model::Model;
use crate::model::naming::{Scope, identifier, words};

/// Where a module stands among the generated ones.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub(super) struct Address {
    /// The group's folders.
    pub(super) group: Vec<String>,
    /// The contract.
    pub(super) contract: String,
    /// The version as a word: `1`, or `1_2`.
    pub(super) version: String,
}

impl Address {
    /// A path pattern filled in; folders that come out empty are left out.
    pub(super) fn fill(&self, pattern: &str) -> String {
        let path = pattern
            .replace("{group}", &self.group.join("/"))
            .replace("{contract}", &self.contract)
            .replace("{version}", &self.version);
        let parts: Vec<&str> = path.split('/').filter(|part| !part.is_empty()).collect();
        parts.join("/")
    }
}

/// Names a group's folder or a contract within its parent folder.
type Key<'a> = (Vec<String>, bool, &'a str);

/// The addresses of `models`, in their order; two contracts never share one.
pub(super) fn addresses(target: &Target, models: &[&Model], naming: Naming) -> Vec<Address> {
    let rule = &target.manifest.names.modules;
    let mut scopes: BTreeMap<Vec<String>, Scope> = BTreeMap::new();
    let mut given: BTreeMap<Key<'_>, String> = BTreeMap::new();
    let mut give = |folder: &[String], is_contract: bool, name| {
        let scope = scopes
            .entry(folder.to_vec())
            .or_insert_with(|| scope(target, &[rule], true));
        let key = (folder.to_vec(), is_contract, name);
        let made = given.entry(key);
        made.or_insert_with(|| scope.give(name, rule.case)).clone()
    };
    models
        .iter()
        .map(|model| {
            let mut group = Vec::new();
            for segment in model.group.split('/').filter(|it| !it.is_empty()) {
                let segment = give(&group, false, segment);
                group.push(segment);
            }
            Address {
                contract: give(&group, true, &model.name),
                group,
                version: version(model, naming),
            }
        })
        .collect()
}

fn version(model: &Model, naming: Naming) -> String {
    match naming {
        Naming::Major => model.major.to_string(),
        Naming::Version => words(&model.version).join("_"),
    }
}

/// A scope with the reserved words of the target and of `rules`.
fn scope(target: &Target, rules: &[&Rule], ignore_case: bool) -> Scope {
    let all = target.reserved.iter();
    let own = rules.iter().flat_map(|rule| &rule.reserved);
    let ignore_case = ignore_case || target.manifest.names.ignore_case;
    Scope::new(all.chain(own).map(String::as_str), ignore_case)
}

/// Gives out the identifiers of one module.
pub(super) struct Namer<'a> {
    target: &'a Target,
    contract: &'a str,
    version: &'a str,
    module: Scope,
}

impl<'a> Namer<'a> {
    /// A module's namer, nothing given out yet.
    pub(super) fn new(target: &'a Target, model: &'a Model, address: &'a Address) -> Self {
        let names = &target.manifest.names;
        Self {
            target,
            contract: &model.name,
            version: &address.version,
            module: scope(target, &[&names.types, &names.constants], false),
        }
    }

    /// An empty scope of a declaration's own names.
    pub(super) fn declaration(&self, rule: &Rule) -> Scope {
        scope(self.target, &[rule], false)
    }

    /// The identifier of a declaration.
    pub(super) fn type_name(&mut self, phrase: &str, is_root: bool) -> String {
        let rule = &self.target.manifest.names.types;
        let root = rule.root.as_ref().filter(|_| is_root);
        let wanted = self.wanted(rule, root.unwrap_or(&rule.pattern), phrase, phrase);
        self.module.claim(&wanted)
    }

    /// An identifier within the module.
    pub(super) fn within_module(&mut self, rule: &Rule, declaration: &str, phrase: &str) -> String {
        let wanted = self.wanted(rule, &rule.pattern, declaration, phrase);
        self.module.claim(&wanted)
    }

    /// An identifier within a declaration.
    pub(super) fn within(
        &self,
        scope: &mut Scope,
        rule: &Rule,
        declaration: &str,
        phrase: &str,
    ) -> String {
        scope.claim(&self.wanted(rule, &rule.pattern, declaration, phrase))
    }

    fn wanted(&self, rule: &Rule, pattern: &str, declaration: &str, phrase: &str) -> String {
        let name = pattern
            .replace("{contract}", &identifier(self.contract, rule.case))
            .replace("{version}", self.version)
            .replace("{declaration}", &identifier(declaration, rule.case))
            .replace("{name}", &identifier(phrase, rule.case));
        match self.target.manifest.names.max_length {
            Some(max) if name.len() > max => shortened(&name, max),
            _ => name,
        }
    }
}

/// The name cut to fit, with room for an escape and a number, and eight digits of its hash.
fn shortened(name: &str, max: usize) -> String {
    let hash = Sha256::digest(name.as_bytes());
    let digits = hash
        .iter()
        .take(4)
        .fold(String::new(), |digits, byte| format!("{digits}{byte:02x}"));
    let kept: String = name.chars().take(max.saturating_sub(13)).collect();
    format!("{kept}_{digits}")
}
