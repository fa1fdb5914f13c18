//! The rules: each sees one subject of a pair and says what happened to the set of accepted documents.
//!
//! A rule is one file here and two lines in this one. It owns its codes, their explanations and its
//! words; it knows no promise, no severity and no screen.

mod additional;
mod alternatives;
mod bounds;
mod conditions;
mod contains;
mod counts;
mod definition;
mod dependencies;
mod r#enum;
mod format;
mod items;
mod length;
mod multiple;
mod names;
mod negation;
mod pattern;
mod properties;
mod required;
mod title;
mod r#type;
mod unevaluated;
mod unique;

pub(super) use conditions::same_condition;

use super::changes::Changes;
use super::effect::Effect;
use super::walk::Pair;
use crate::diagnostic::{Code, Severity};
use crate::schema::Kinds;

/// Every rule, in the order they are asked.
pub(super) static RULES: &[&Rule] = &[
    &r#type::RULE,
    &r#enum::RULE,
    &bounds::RULE,
    &multiple::RULE,
    &length::RULE,
    &pattern::RULE,
    &format::RULE,
    &required::RULE,
    &properties::RULE,
    &additional::RULE,
    &names::RULE,
    &dependencies::RULE,
    &counts::RULE,
    &items::RULE,
    &unique::RULE,
    &contains::RULE,
    &alternatives::RULE,
    &negation::RULE,
    &conditions::RULE,
    &unevaluated::RULE,
    &title::RULE,
    &definition::RULE,
];

/// What one subject's changes are called, how they are explained and how they are seen.
#[derive(Debug)]
pub(super) struct Rule {
    /// The first half of its codes.
    pub(super) subject: &'static str,
    /// The types it is about: it is asked where both sides allow one of them.
    pub(super) kinds: Kinds,
    /// The way out for those who broke old documents by accepting less, and for those who broke old
    /// readers by accepting more.
    pub(super) help: [&'static str; 2],
    /// Its codes, by effect in the order of [`Effect::ALL`].
    pub(super) codes: [Option<Code>; 4],
    /// Looks at a pair.
    pub(super) compare: fn(&Pair<'_>, &mut Changes<'_>),
}

impl Rule {
    /// The code of an effect.
    pub(super) fn code(&'static self, effect: Effect) -> Option<&'static Code> {
        self.codes.get(effect as usize)?.as_ref()
    }
}

/// A code of a rule, for its list.
#[expect(clippy::unnecessary_wraps, reason = "the list has gaps")]
const fn code(name: &'static str, explain: &'static str) -> Option<Code> {
    Some(Code {
        name,
        severity: Severity::Error,
        explain,
    })
}

/// A code of changes that reach generated programs and no document.
#[expect(clippy::unnecessary_wraps, reason = "the list has gaps")]
const fn source_code(name: &'static str, explain: &'static str) -> Option<Code> {
    Some(Code {
        name,
        severity: Severity::Note,
        explain,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_follow_the_grammar() {
        for rule in RULES {
            for effect in Effect::ALL {
                let Some(code) = rule.code(effect) else {
                    continue;
                };
                assert_eq!(code.name, format!("{}-{}", rule.subject, effect.word()));
                assert!(
                    code.explain.contains("old "),
                    "{} has no example",
                    code.name
                );
            }
        }
    }

    #[test]
    #[expect(
        clippy::disallowed_methods,
        reason = "the test reads the folder of this file"
    )]
    fn every_file_is_in_the_table() {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/src/compat/rules");
        let mut files: Vec<String> = std::fs::read_dir(folder)
            .unwrap()
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .filter(|name| name != "mod.rs")
            .collect();
        files.sort();
        let mut table: Vec<String> = RULES
            .iter()
            .map(|rule| format!("{}.rs", rule.subject))
            .collect();
        table.sort();
        assert_eq!(files, table);
    }
}
