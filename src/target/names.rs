//! A model's words → a target's identifiers: modules over the whole workspace, then the names in each.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use serde::{Serialize, Serializer};
use sha2::{Digest as _, Sha256};

use super::{Naming, Rule, RuleScope, Target};
use crate::model::Model;
use crate::model::naming::{Case, Scope, identifier, phrase, words};

/// Where a module stands among the generated ones.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub(super) struct Address {
    /// The group's folders.
    pub(super) group: Vec<String>,
    /// The contract.
    pub(super) contract: String,
    /// The words it was made of.
    #[serde(skip)]
    pub(super) phrase: String,
    /// The version as a word: `1`, or `1_2`.
    pub(super) version: String,
}

impl Address {
    /// A path pattern filled in; folders that come out empty are left out.
    pub(super) fn fill(&self, pattern: &str, target: &Target) -> String {
        let path = pattern
            .replace("{package}", target.package())
            .replace("{group}", &self.group.join("/"))
            .replace("{contract}", &self.contract)
            .replace("{version}", &self.version);
        let parts: Vec<&str> = path.split('/').filter(|part| !part.is_empty()).collect();
        parts.join("/")
    }
}

/// A version of a contract, as its module is named by it.
#[derive(Clone, Copy, Debug)]
pub struct Edition<'a> {
    /// The folder of the contract, `/` between segments; may be empty.
    pub group: &'a str,
    /// The contract's name.
    pub name: &'a str,
    /// The version as written.
    pub version: &'a str,
    /// The major version.
    pub major: u64,
}

impl<'a> From<&'a Model> for Edition<'a> {
    fn from(model: &'a Model) -> Self {
        Self {
            group: &model.group,
            name: &model.name,
            version: &model.version,
            major: model.major,
        }
    }
}

/// Names a group's folder or a contract within its parent folder.
type Key<'a> = (Vec<String>, bool, &'a str);

/// The addresses of modules, in their order; two contracts never share one.
pub(super) fn addresses(target: &Target, editions: &[Edition<'_>], naming: Naming) -> Vec<Address> {
    if target.manifest.names.flat {
        return flat(target, editions, naming);
    }
    let rule = &target.manifest.names.modules;
    let called: Vec<String> = editions.iter().map(|it| called(target, it)).collect();
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
    editions
        .iter()
        .zip(&called)
        .map(|(edition, called)| {
            let mut group = Vec::new();
            for segment in edition.group.split('/').filter(|it| !it.is_empty()) {
                let segment = give(&group, false, segment);
                group.push(segment);
            }
            Address {
                contract: give(&group, true, called),
                group,
                phrase: phrase(edition.name),
                version: version(edition, naming),
            }
        })
        .collect()
}

/// What a contract's module is called: as contracts.toml says, or like the contract.
fn called(target: &Target, edition: &Edition<'_>) -> String {
    let full_name = match edition.group {
        "" => edition.name.to_owned(),
        group => format!("{group}/{}", edition.name),
    };
    let custom = target.settings.custom(&full_name);
    custom.module.unwrap_or_else(|| edition.name.to_owned())
}

/// Addresses without folders: a name that contracts of several groups have begins with the group.
fn flat(target: &Target, editions: &[Edition<'_>], naming: Naming) -> Vec<Address> {
    let rule = &target.manifest.names.modules;
    let mut groups: BTreeMap<String, BTreeSet<&str>> = BTreeMap::new();
    for edition in editions {
        let of_name = groups.entry(phrase(&called(target, edition))).or_default();
        of_name.insert(edition.group);
    }
    let mut scope = Scope::new(rule.reserved.iter().map(String::as_str), true);
    let mut given: BTreeMap<(&str, &str), String> = BTreeMap::new();
    let mut give = |edition: &Edition<'_>| {
        let mut name = phrase(&called(target, edition));
        if groups.get(&name).is_some_and(|groups| groups.len() > 1) {
            name = phrase(&format!("{} {name}", edition.group));
        }
        scope.give(&name, rule.case)
    };
    editions
        .iter()
        .map(|edition| {
            let made = given.entry((edition.group, edition.name));
            let contract = made.or_insert_with(|| give(edition)).clone();
            Address {
                group: Vec::new(),
                phrase: phrase(&contract),
                contract,
                version: version(edition, naming),
            }
        })
        .collect()
}

fn version(edition: &Edition<'_>, naming: Naming) -> String {
    match naming {
        Naming::Major => edition.major.to_string(),
        Naming::Version => words(edition.version).join("_"),
    }
}

/// A scope with the reserved words of the target and of `rules`.
fn scope(target: &Target, rules: &[&Rule], ignore_case: bool) -> Scope {
    let own = rules.iter().flat_map(|rule| &rule.reserved);
    Scope::sharing(&target.reserved, own.map(String::as_str), ignore_case)
}

/// Names that stand beside another, by what templates call them.
#[derive(Clone, Debug)]
pub(super) struct NamesBeside(Arc<BTreeMap<String, String>>);

impl Serialize for NamesBeside {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.as_ref().serialize(serializer)
    }
}

/// What a name is for.
#[derive(Clone, Copy)]
pub(super) struct Wanted<'a> {
    /// The declaration it belongs to, as words.
    pub(super) declaration: &'a str,
    /// Itself, as words.
    pub(super) phrase: &'a str,
    /// Whether it is of the document's own declaration.
    pub(super) is_root: bool,
}

fn pattern<'a>(rule: &'a Rule, of: Wanted<'_>) -> &'a str {
    let root = rule.root.as_ref().filter(|_| of.is_root);
    root.unwrap_or(&rule.pattern)
}

/// Gives out the identifiers of one module.
pub(super) struct Namer<'a> {
    target: &'a Target,
    contract: &'a str,
    version: &'a str,
    module: Scope,
    /// Identifiers made before, by case and words.
    identifiers: RefCell<BTreeMap<Case, BTreeMap<String, String>>>,
}

impl<'a> Namer<'a> {
    /// A module's namer, nothing given out yet.
    pub(super) fn new(target: &'a Target, address: &'a Address) -> Self {
        let names = &target.manifest.names;
        let rules = [&names.types, &names.constants];
        Self {
            target,
            contract: &address.phrase,
            version: &address.version,
            module: scope(target, &rules, names.ignore_case),
            identifiers: RefCell::default(),
        }
    }

    /// Leaves the names alone that lines of code say, since a module says them too.
    pub(super) fn leave<'b>(&mut self, code: impl IntoIterator<Item = &'b str>) {
        let word = |it: char| it.is_alphanumeric() || it == '_';
        for name in code
            .into_iter()
            .flat_map(|code| code.split(move |it| !word(it)))
        {
            self.module.keep(name);
        }
    }

    /// An empty scope of a declaration's own names.
    pub(super) fn declaration(&self, rule: &Rule) -> Scope {
        scope(self.target, &[rule], false)
    }

    /// The names of the module as a whole.
    pub(super) fn whole(&mut self) -> NamesBeside {
        let of = Wanted {
            declaration: "",
            phrase: "",
            is_root: true,
        };
        let names = self.target.manifest.names.module.iter();
        let names = names.map(|(role, beside)| {
            let wanted = self.wanted(beside.case, &beside.pattern, of);
            (role.clone(), self.module.claim(&wanted))
        });
        NamesBeside(Arc::new(names.collect()))
    }

    /// The identifier of a declaration.
    pub(super) fn type_name(&mut self, phrase: &str, is_root: bool) -> String {
        let rule = &self.target.manifest.names.types;
        let of = Wanted {
            declaration: phrase,
            phrase,
            is_root,
        };
        self.within_module(rule, of)
    }

    /// An identifier within the module.
    pub(super) fn within_module(&mut self, rule: &Rule, of: Wanted<'_>) -> String {
        let wanted = self.wanted(rule.case, pattern(rule, of), of);
        self.module.claim(&wanted)
    }

    /// An identifier within a declaration.
    pub(super) fn within(&self, scope: &mut Scope, rule: &Rule, of: Wanted<'_>) -> String {
        scope.claim(&self.wanted(rule.case, pattern(rule, of), of))
    }

    /// The names beside one that `rule` gave; `scope` is that of the declaration it belongs to.
    pub(super) fn beside(
        &mut self,
        scope: Option<&mut Scope>,
        rule: &Rule,
        of: Wanted<'_>,
    ) -> NamesBeside {
        let mut scope = scope;
        let mut names = BTreeMap::new();
        for (role, beside) in &rule.beside {
            let root = beside.root.as_ref().filter(|_| of.is_root);
            let wanted = self.wanted(beside.case, root.unwrap_or(&beside.pattern), of);
            let in_module = beside.scope == Some(RuleScope::Module);
            let scope = scope.as_deref_mut().filter(|_| !in_module);
            let name = scope.unwrap_or(&mut self.module).claim(&wanted);
            names.insert(role.clone(), name);
        }
        NamesBeside(Arc::new(names))
    }

    fn wanted(&self, case: Case, pattern: &str, of: Wanted<'_>) -> String {
        let declaration = self.own_words(of.declaration);
        let phrase = if of.phrase == of.declaration {
            declaration
        } else {
            of.phrase
        };
        let mut name = String::with_capacity(64);
        let mut rest = pattern;
        while let Some((before, behind)) = rest.split_once('{') {
            name.push_str(before);
            let (place, behind) = behind.split_once('}').unwrap_or((behind, ""));
            match place {
                "version" => name.push_str(self.version),
                "contract" => self.add_identifier(&mut name, self.contract, case),
                "declaration" => self.add_identifier(&mut name, declaration, case),
                "name" => self.add_identifier(&mut name, phrase, case),
                _ => name.extend(["{", place, "}"]),
            }
            rest = behind;
        }
        name.push_str(rest);
        match self.target.manifest.names.max_length {
            Some(max) if name.len() > max => shortened(&name, max, case),
            _ => name,
        }
    }

    /// Adds an [`identifier`], remembered: a declaration's words are in the names of all its parts.
    fn add_identifier(&self, name: &mut String, words: &str, case: Case) {
        let mut known = self.identifiers.borrow_mut();
        let known = known.entry(case).or_default();
        if let Some(made) = known.get(words) {
            return name.push_str(made);
        }
        let made = identifier(words, case);
        name.push_str(&made);
        known.insert(words.to_owned(), made);
    }

    /// A declaration's words without the contract's, where patterns name the contract anyway.
    fn own_words<'b>(&self, declaration: &'b str) -> &'b str {
        let strip = self.target.manifest.names.strip_contract;
        let rest = declaration.strip_prefix(self.contract).filter(|_| strip);
        let rest = rest.and_then(|rest| rest.strip_prefix(' '));
        rest.unwrap_or(declaration)
    }
}

/// The name cut to fit, with room for an escape and a number, and eight digits of its hash.
fn shortened(name: &str, max: usize, case: Case) -> String {
    let hash = Sha256::digest(name.as_bytes());
    let digits = hash
        .iter()
        .take(4)
        .fold(String::new(), |digits, byte| format!("{digits}{byte:02x}"));
    let digits = match case {
        Case::ScreamingSnake => digits.to_uppercase(),
        Case::Pascal | Case::Camel | Case::Snake | Case::Kebab => digits,
    };
    let kept: String = name.chars().take(max.saturating_sub(13)).collect();
    format!("{kept}_{digits}")
}
