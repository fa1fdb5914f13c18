//! JSON Pointer (RFC 6901): the one address all phases use.
//!
//! Goes in: property names and indices. Comes out: an address inside a document. Knows no files and no lines.

use std::fmt;
use std::str::FromStr;

use serde_json::Value;

/// An address inside a JSON document, RFC 6901, kept in its escaped spelling (`""` is the root).
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Pointer(String);

/// A text that is no JSON Pointer: it neither is empty nor starts with `/`.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is no JSON Pointer: it must be empty or start with `/`")]
pub struct NotAPointer(String);

impl Pointer {
    /// The whole document.
    pub fn root() -> Self {
        Self::default()
    }

    /// The address of `token` (a property name or a keyword) below this one.
    #[must_use]
    pub fn join(&self, token: &str) -> Self {
        let mut text = String::with_capacity(self.0.len() + token.len() + 1);
        text.push_str(&self.0);
        push_token(&mut text, token);
        Self(text)
    }

    /// The address of the `index`-th element below this one.
    #[must_use]
    pub fn index(&self, index: usize) -> Self {
        Self(format!("{}/{index}", self.0))
    }

    /// The address one level up; the root has none.
    pub fn parent(&self) -> Option<Self> {
        self.0.rfind('/').map(|cut| Self(self.0[..cut].to_owned()))
    }

    /// The unescaped tokens, outermost first.
    pub fn tokens(&self) -> impl Iterator<Item = String> + '_ {
        self.0.split('/').skip(1).map(unescape)
    }

    /// The last token, unescaped; the root has none.
    pub fn last(&self) -> Option<String> {
        self.0.rfind('/').map(|cut| unescape(&self.0[cut + 1..]))
    }

    /// Whether this is the whole document.
    pub fn is_root(&self) -> bool {
        self.0.is_empty()
    }

    /// The escaped spelling.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// What stands at this address in `document`.
    pub fn find<'a>(&self, document: &'a Value) -> Option<&'a Value> {
        document.pointer(&self.0)
    }
}

impl fmt::Display for Pointer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl FromStr for Pointer {
    type Err = NotAPointer;

    fn from_str(text: &str) -> Result<Self, NotAPointer> {
        if text.is_empty() || text.starts_with('/') {
            Ok(Self(text.to_owned()))
        } else {
            Err(NotAPointer(text.to_owned()))
        }
    }
}

/// Appends `/token` to a pointer text, `~` and `/` escaped (RFC 6901 §3).
pub(crate) fn push_token(text: &mut String, token: &str) {
    text.push('/');
    if !token.contains(['~', '/']) {
        text.push_str(token);
        return;
    }
    for character in token.chars() {
        match character {
            '~' => text.push_str("~0"),
            '/' => text.push_str("~1"),
            _ => text.push(character),
        }
    }
}

fn unescape(token: &str) -> String {
    if token.contains('~') {
        token.replace("~1", "/").replace("~0", "~")
    } else {
        token.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tokens_are_escaped_and_come_back() {
        let pointer = Pointer::root().join("a/b").join("m~n").index(3);
        assert_eq!(pointer.as_str(), "/a~1b/m~0n/3");
        assert_eq!(pointer.tokens().collect::<Vec<_>>(), ["a/b", "m~n", "3"]);
        assert_eq!(
            pointer.parent().and_then(|up| up.last()).as_deref(),
            Some("m~n")
        );
    }
}
