//! A regular expression of ECMA-262, as `pattern` has it, in; an automaton over code points, out.
//!
//! For languages without regular expressions of their own. The search for a place to begin is folded
//! in: a text matches if the automaton accepts after its last code point. Knows no language.

mod automaton;
mod minimal;
mod points;
mod steps;
mod syntax;

use serde::Serialize;

/// A deterministic automaton, minimal; state 0 is the start.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Automaton {
    /// Where a run of code points of one class begins, ascending; the first is 0.
    pub classes: Vec<Run>,
    /// How many classes there are.
    pub width: usize,
    /// The states.
    pub states: Vec<State>,
}

/// Code points from one on, up to the next run's.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Run {
    /// The first code point.
    pub first: u32,
    /// The class, from 0.
    pub class: usize,
}

/// A state of an automaton.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct State {
    /// Whether a text may end here.
    pub accepting: bool,
    /// The next state for each class.
    pub next: Vec<usize>,
}

/// Why a pattern has no automaton.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Unheld {
    /// `(?<=…)` or `(?<!…)` in another look, or with more in it than code points.
    #[error("it looks back in a way that is not understood")]
    LooksAround,
    /// `\1`, `\k<name>`
    #[error("it refers back to a group")]
    RefersBack,
    /// More states or transitions than a program should carry.
    #[error("its automaton would be too large")]
    TooLarge,
    /// Not a regular expression of ECMA-262.
    #[error("it is no regular expression of ECMA-262")]
    Malformed,
}

/// The automaton of a pattern.
pub fn compile(pattern: &str) -> Result<Automaton, Unheld> {
    automaton::of(&syntax::parse(pattern)?)
}

impl Automaton {
    /// Whether the pattern is found in `text`.
    pub fn matches(&self, text: &str) -> bool {
        let state = text.chars().try_fold(0, |state: usize, character| {
            let behind = self
                .classes
                .partition_point(|run| run.first <= u32::from(character));
            let run = self.classes.get(behind.checked_sub(1)?)?;
            self.states.get(state)?.next.get(run.class).copied()
        });
        state
            .and_then(|state| self.states.get(state))
            .is_some_and(|state| state.accepting)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn is(pattern: &str, found: &[&str], absent: &[&str]) {
        let automaton = compile(pattern).unwrap();
        for text in found {
            assert!(automaton.matches(text), "{pattern:?} in {text:?}");
        }
        for text in absent {
            assert!(!automaton.matches(text), "{pattern:?} in {text:?}");
        }
    }

    #[test]
    fn a_pattern_is_searched_for() {
        is("", &["", "a"], &[]);
        is("b", &["b", "abc"], &["", "a"]);
        is("^b", &["b", "bc"], &["ab"]);
        is("b$", &["ab"], &["b\n", "ba"]);
        is("^(a|b)+$", &["ab", "b"], &["", "abc"]);
        is("^a{2,3}$", &["aa", "aaa"], &["a", "aaaa"]);
        is("^a{2,}$", &["aa", "aaaa"], &["a"]);
        is("^(|a)$", &["", "a"], &["b"]);
        is("(^|,)x($|,)", &["x", "a,x", "x,b"], &["ax", "xb"]);
        is("a{,2}|{", &["a{,2}", "{"], &["a"]);
    }

    #[test]
    fn classes_are_those_of_ecma() {
        is(r"^\d$", &["7"], &["\u{667}", "a"]);
        is(r"^\w$", &["_", "Z"], &["é"]);
        is(
            r"^\s$",
            &["\u{a0}", "\u{feff}", "\u{2028}"],
            &["a", "\u{85}"],
        );
        is("^.$", &["a", "\u{85}", "😀"], &["\n", "\r", "\u{2028}", ""]);
        is(r"^[^]$", &["\n"], &[""]);
        is("[]", &[], &["", "a"]);
        is(r"^[\w\-.]+$", &["a-.b"], &["a b"]);
        is(r"^\S\D\W$", &["aa "], &["a1 "]);
        is(r"^\p{Lu}$", &["Ä"], &["ä"]);
        is(r"^[^\P{Lu}]$", &["Ä"], &["ä"]);
    }

    #[test]
    fn escapes_are_those_of_ecma() {
        is(r"^\x41\u0042\u{43}\cJ\t\/\-\0$", &["ABC\n\t/-\0"], &[]);
        is(r"^\uD83D\uDE00$", &["😀"], &["\u{fffd}"]);
        is(r"^[\b]$", &["\u{8}"], &["b"]);
        is(r"\bcat\b", &["a cat", "cat"], &["cats", "scat"]);
        is(r"^\Ba|b\B", &["bx"], &["a", "b", "b "]);
        is(r"^[a-]$", &["-", "a"], &["b"]);
        is(r"^]}$", &["]}"], &[]);
    }

    #[test]
    fn patterns_look_around() {
        is("a(?=b)", &["ab", "aab"], &["a", "ba"]);
        is("a(?!b)", &["a", "aba", "ac"], &["ab", "abab"]);
        is(r"^(?!x)\d{2}$", &["12"], &["x2", "123", ""]);
        is(r"^(?!.*\.$).+$", &["a.b", "a"], &["a.", "."]);
        is(
            r"^(?=.*[0-9])(?=.*[a-z]).{3,}$",
            &["a1b", "1xx"],
            &["abc", "123", "a1"],
        );
        is("^((?!--)[a-z-])+$", &["a-b", "-"], &["a--b", "--"]);
        is("^(?!(?:con|nul)$)[a-z]+$", &["cons", "a"], &["con", "nul"]);
        is(r"^(?!(?!a)b|a)", &["c", ""], &["a", "b"]);
        is(r"(?<=a)b", &["ab", "xab"], &["b", "cb", "ba"]);
        is(r"^.*(?<!\.json)$", &["a.txt", "json"], &["a.json"]);
        is(r"x(?=\b)", &["x", "ax y"], &["xy"]);
        is(r"(?!^)a", &["ba"], &["a", "ab"]);
    }

    #[test]
    fn what_no_automaton_holds_is_said() {
        assert_eq!(compile("(?=a(?<!b))a"), Err(Unheld::LooksAround));
        assert_eq!(compile("(?<!^a)b"), Err(Unheld::LooksAround));
        assert_eq!(compile(r"(a)\1"), Err(Unheld::RefersBack));
        assert_eq!(compile("(a"), Err(Unheld::Malformed));
        assert_eq!(compile("a**"), Err(Unheld::Malformed));
        assert_eq!(compile("[b-a]"), Err(Unheld::Malformed));
        assert_eq!(compile("(a{1000}){1000}"), Err(Unheld::TooLarge));
        assert_eq!(compile("[ab]*a[ab]{20}$"), Err(Unheld::TooLarge));
    }

    #[test]
    fn automata_are_minimal() {
        let automaton = compile("^(a|b|[ab])*$").unwrap();
        assert_eq!(automaton.states.len(), 2);
        assert_eq!(automaton.width, 2);
        assert_eq!(compile("x*").unwrap().states.len(), 1);
    }

    proptest::proptest! {
        #[test]
        fn automata_agree_with_a_regex_engine(pattern in "[ab^$|()*+?.]{0,10}", texts in proptest::collection::vec("[abc]{0,6}", 8)) {
            if let (Ok(automaton), Ok(regex)) = (compile(&pattern), regex_automata::meta::Regex::new(&pattern)) {
                for text in &texts {
                    proptest::prop_assert_eq!(automaton.matches(text), regex.is_match(text), "{:?} in {:?}", &pattern, text);
                }
            }
        }
    }
}
