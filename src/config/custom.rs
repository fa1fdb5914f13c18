//! What is generated otherwise than a target does by itself: rows of contracts.toml by contract.

use indexmap::IndexMap;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::diagnostic::Place;
use crate::source::{Source, SourceId};

/// What is generated otherwise, of some contracts of one target.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub struct Custom {
    /// The name of the contract's module, in place of the contract's own.
    pub module: Option<String>,
    /// Lines that every module begins with, beside its own imports.
    pub imports: Vec<String>,
    /// Traits that types derive beside their own, by a glob over the types' names.
    pub derives: IndexMap<String, Vec<String>>,
    /// Whether records get a builder.
    pub builders: Option<bool>,
    /// How texts of the format `date-time` are held.
    pub date_time: Option<Hold>,
    /// How numbers that need not be whole are held.
    pub decimal: Option<Hold>,
    /// Types of your own in place of generated ones; the last that matches wins.
    pub replace: Vec<Replace>,
}

/// How values of a kind are held in a program.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Hold {
    /// As JSON spells them, or as doubles: nothing is lost.
    Plain,
    /// As the language's own type, which spells them anew and may hold fewer.
    Native,
}

/// A type of your own and what it stands in for: one of `format`, `property` and `pointer`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Replace {
    /// Texts of this format.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub format: Option<String>,
    /// Values of the properties of this name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub property: Option<String>,
    /// What the schema at this JSON Pointer describes: a property's, or one that is referred to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pointer: Option<String>,
    /// The type, as the language writes it.
    #[serde(rename = "type")]
    pub type_: String,
    /// The line that imports it, where it needs one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub import: Option<String>,
}

impl Custom {
    /// This, and what `later` says beside it or otherwise.
    pub(super) fn and(mut self, later: &Self) -> Self {
        self.imports.extend(later.imports.iter().cloned());
        self.replace.extend(later.replace.iter().cloned());
        for (types, traits) in &later.derives {
            let known = self.derives.entry(types.clone()).or_default();
            known.extend(traits.iter().cloned());
        }
        Self {
            module: later.module.clone().or(self.module),
            builders: later.builders.or(self.builders),
            date_time: later.date_time.or(self.date_time),
            decimal: later.decimal.or(self.decimal),
            ..self
        }
    }

    /// The settings it has, as contracts.toml names them.
    pub fn said(&self) -> Vec<&'static str> {
        let said = [
            ("module", self.module.is_some()),
            ("imports", !self.imports.is_empty()),
            ("derives", !self.derives.is_empty()),
            ("builders", self.builders.is_some()),
            ("date-time", self.date_time.is_some()),
            ("decimal", self.decimal.is_some()),
            ("replace", !self.replace.is_empty()),
        ];
        let said = said.into_iter().filter(|(_, is_said)| *is_said);
        said.map(|(name, _)| name).collect()
    }

    /// What a type of this name derives beside its own traits.
    pub fn derives_of(&self, type_: &str) -> Vec<String> {
        let rows = self.derives.iter();
        let rows = rows.filter(|(glob, _)| self.derives_by(glob, type_));
        rows.flat_map(|(_, traits)| traits.iter().cloned())
            .collect()
    }

    /// Whether a glob of `derives` means the type of this name.
    pub fn derives_by(&self, glob: &str, type_: &str) -> bool {
        super::matcher(glob).is_some_and(|glob| glob.is_match(type_))
    }

    /// Why it cannot be used: the text in question, and what is wrong.
    pub(super) fn faults(&self) -> Vec<(String, String)> {
        let mut faults = Vec::new();
        for row in &self.replace {
            let named = [&row.format, &row.property, &row.pointer];
            if named.into_iter().flatten().count() != 1 {
                let message = "a row of `replace` needs one of `format`, `property` and `pointer`";
                faults.push((row.type_.clone(), message.to_owned()));
            }
        }
        for glob in self.derives.keys() {
            if super::matcher(glob).is_none() {
                faults.push((glob.clone(), format!("`{glob}` is no glob")));
            }
        }
        faults
    }
}

impl Replace {
    /// What it stands in for, as contracts.toml says it.
    pub fn meant(&self) -> &str {
        let meant = [&self.format, &self.property, &self.pointer];
        meant
            .into_iter()
            .flatten()
            .next()
            .map_or("", String::as_str)
    }
}

/// Where a setting stands in the text of a contracts.toml: its key, by the keys on the way to it.
pub fn place_of(source: &Source, id: SourceId, path: &[&str]) -> Place {
    let span = || {
        let root = toml::de::DeTable::parse(&source.text).ok()?;
        let mut table = root.get_ref().clone();
        let (last, way) = path.split_last()?;
        for key in way {
            let next = table.get(*key)?.get_ref().as_table()?.clone();
            table = next;
        }
        let (key, _) = table.iter().find(|(key, _)| key.get_ref() == last)?;
        Some(key.span())
    };
    span().map_or_else(|| Place::file(id), |span| Place::bytes(id, span))
}
