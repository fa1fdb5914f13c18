//! Words → identifiers: split once, joined by a language's case rule, escaped against its reserved
//! words, told apart where two would be one.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use serde::Deserialize;

/// How a language joins words.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Case {
    /// `OrderIntent`
    Pascal,
    /// `orderIntent`
    Camel,
    /// `order_intent`
    Snake,
    /// `ORDER_INTENT`
    ScreamingSnake,
    /// `order-intent`
    Kebab,
}

/// The words of a name: cut at everything that is no letter or digit, at `aB`, and before the last
/// capital of a run (`HTTPServer` → `http server`). Lower case. Letters beyond ASCII are kept.
pub fn words(text: &str) -> Vec<String> {
    let characters: Vec<char> = text.chars().collect();
    let mut words = Vec::new();
    let mut word = String::new();
    for (index, character) in characters.iter().enumerate() {
        if !character.is_alphanumeric() {
            words.extend((!word.is_empty()).then(|| std::mem::take(&mut word)));
            continue;
        }
        let before = index.checked_sub(1).and_then(|at| characters.get(at));
        let after = characters.get(index + 1);
        let starts = character.is_uppercase()
            && before.is_some_and(|before| {
                before.is_lowercase()
                    || before.is_numeric()
                    || (before.is_uppercase() && after.is_some_and(|after| after.is_lowercase()))
            });
        if starts {
            words.extend((!word.is_empty()).then(|| std::mem::take(&mut word)));
        }
        word.extend(character.to_lowercase());
    }
    words.extend((!word.is_empty()).then_some(word));
    words
}

/// The words of a name joined by spaces, as [`super::Declaration::name`] keeps them.
pub fn phrase(text: &str) -> String {
    words(text).join(" ")
}

/// Words (joined by spaces) as an identifier: ASCII letters and digits, other letters as `u` and their
/// code point; one that would be empty or begin with a digit gets an `n` in front, in the rule's case.
pub fn identifier(phrase: &str, case: Case) -> String {
    let words: Vec<String> = words(phrase).iter().map(|word| ascii(word)).collect();
    let mut joined = match case {
        Case::Pascal => words
            .iter()
            .map(|word| capitalized(word))
            .collect::<String>(),
        Case::Camel => words
            .iter()
            .enumerate()
            .map(|(index, word)| {
                if index == 0 {
                    word.clone()
                } else {
                    capitalized(word)
                }
            })
            .collect(),
        Case::Snake => words.join("_"),
        Case::ScreamingSnake => words.join("_").to_uppercase(),
        Case::Kebab => words.join("-"),
    };
    if !joined.starts_with(|first: char| first.is_ascii_alphabetic()) {
        let prefix = match case {
            Case::Pascal => "N",
            Case::ScreamingSnake => "N_",
            Case::Camel => "n",
            Case::Snake => "n_",
            Case::Kebab => "n-",
        };
        joined.insert_str(0, prefix);
    }
    joined.trim_end_matches(['_', '-']).to_owned()
}

fn ascii(word: &str) -> String {
    word.chars()
        .map(|character| {
            if character.is_ascii() {
                character.to_string()
            } else {
                format!("u{:x}", u32::from(character))
            }
        })
        .collect()
}

fn capitalized(word: &str) -> String {
    let mut characters = word.chars();
    characters.next().map_or_else(String::new, |first| {
        first.to_uppercase().chain(characters).collect()
    })
}

/// Words that are never given out, to be shared by many scopes.
#[derive(Clone, Debug, Default)]
pub struct Reserved {
    exact: Arc<BTreeSet<String>>,
    folded: Arc<BTreeSet<String>>,
}

impl Reserved {
    /// These words.
    pub fn new(words: impl IntoIterator<Item = String>) -> Self {
        let exact: BTreeSet<String> = words.into_iter().collect();
        let folded = exact.iter().map(|word| word.to_lowercase()).collect();
        Self {
            exact: Arc::new(exact),
            folded: Arc::new(folded),
        }
    }
}

/// Gives out identifiers of one scope: never a reserved word, never the same twice.
#[derive(Clone, Debug, Default)]
pub struct Scope {
    shared: Arc<BTreeSet<String>>,
    reserved: BTreeSet<String>,
    ignore_case: bool,
    taken: BTreeSet<String>,
    /// How often each identifier was asked for, so that the next free number is near.
    asked: BTreeMap<String, usize>,
}

impl Scope {
    /// A scope in which `reserved` words are never given out; `ignore_case` if case does not tell names apart.
    pub fn new<'a>(reserved: impl IntoIterator<Item = &'a str>, ignore_case: bool) -> Self {
        let mut scope = Self {
            ignore_case,
            ..Self::default()
        };
        scope.reserved = reserved.into_iter().map(|word| scope.key(word)).collect();
        scope
    }

    /// A scope in which neither `shared` nor `reserved` words are given out.
    pub fn sharing<'a>(
        shared: &Reserved,
        reserved: impl IntoIterator<Item = &'a str>,
        ignore_case: bool,
    ) -> Self {
        let mut scope = Self::new(reserved, ignore_case);
        scope.shared = if ignore_case {
            shared.folded.clone()
        } else {
            shared.exact.clone()
        };
        scope
    }

    fn is_reserved(&self, key: &str) -> bool {
        self.shared.contains(key) || self.reserved.contains(key)
    }

    /// Never gives out a word that somebody has already.
    pub fn keep(&mut self, word: &str) {
        self.taken.insert(self.key(word));
    }

    /// The identifier of a phrase, with a `_` where it is reserved, and a number where it is taken.
    pub fn give(&mut self, phrase: &str, case: Case) -> String {
        self.claim(&identifier(phrase, case))
    }

    /// An identifier as it is, escaped and numbered as [`Self::give`] does.
    pub fn claim(&mut self, wanted: &str) -> String {
        let mut base = wanted.to_owned();
        while self.is_reserved(&self.key(&base)) {
            base.push('_');
        }
        let key = self.key(&base);
        if self.taken.insert(key.clone()) {
            return base;
        }
        loop {
            let count = self.asked.entry(key.clone()).or_insert(1);
            *count += 1;
            let separator = if base.ends_with(|last: char| last.is_ascii_digit()) {
                "_"
            } else {
                ""
            };
            let numbered = format!("{base}{separator}{count}");
            let numbered_key = self.key(&numbered);
            if !self.is_reserved(&numbered_key) && self.taken.insert(numbered_key) {
                return numbered;
            }
        }
    }

    fn key(&self, word: &str) -> String {
        if self.ignore_case {
            word.to_lowercase()
        } else {
            word.to_owned()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_cut_into_words() {
        assert_eq!(phrase("HTTPServer_port-v2"), "http server port v2");
        assert_eq!(phrase("orderId"), "order id");
        assert_eq!(phrase("ORDER_TYPE_BUY"), "order type buy");
        assert_eq!(phrase("--"), "");
    }

    #[test]
    fn identifiers_begin_with_a_letter() {
        assert_eq!(identifier("order intent", Case::Pascal), "OrderIntent");
        assert_eq!(identifier("", Case::Snake), "n");
        assert_eq!(identifier("3d point", Case::Snake), "n_3d_point");
        assert_eq!(
            identifier("größe", Case::Snake),
            "gru00f6u00dfe".replace("00", "")
        );
    }

    #[test]
    fn reserved_and_taken_names_give_way() {
        let mut scope = Scope::new(["type"], false);
        assert_eq!(scope.give("type", Case::Snake), "type_");
        assert_eq!(scope.give("type", Case::Snake), "type_2");
        assert_eq!(scope.give("v1", Case::Snake), "v1");
        assert_eq!(scope.give("v1", Case::Snake), "v1_2");
    }
}
