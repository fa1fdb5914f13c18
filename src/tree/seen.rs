//! A file as it was seen: what is in it, and what the disk says of it, so that it need not be read again.

use std::path::Path;

use serde::{Deserialize, Serialize};

use super::hash;
use crate::source::{Sources, Touched};

/// A disk's clock is no finer than this.
const TICK: u64 = 20_000_000;
/// One that counts whole seconds may count in twos.
const COARSE_TICK: u64 = 2_000_000_000;

/// A file as it was seen.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Seen {
    /// SHA-256 of its text, a byte order mark left out.
    pub hash: String,
    /// Its size and when it was last changed, both from before it was read.
    touched: Option<Touched>,
}

impl Seen {
    /// A file of this text; `touched` is what the disk said before the text was read, or after it was written.
    pub fn new(text: &str, touched: Option<Touched>) -> Self {
        Self {
            hash: hash(text.strip_prefix('\u{feff}').unwrap_or(text)),
            touched,
        }
    }

    /// Whether the disk says that nothing was done to the file since `seen`, a time by the same disk's clock. A
    /// change in the same tick could not be told, so what is as young is not trusted.
    pub fn is_untouched(&self, path: &Path, seen: u64) -> bool {
        let Some(touched) = self.touched else {
            return false;
        };
        let tick = match touched.nanoseconds % 1_000_000_000 {
            0 => COARSE_TICK,
            _ => TICK,
        };
        touched.nanoseconds.saturating_add(tick) < seen && Sources::touched(path) == Some(touched)
    }

    /// The file as it is now, if its text is what it was; `seen` is when that was known.
    #[must_use]
    pub fn again(&self, path: &Path, seen: u64) -> Option<Self> {
        if self.is_untouched(path, seen) {
            return Some(self.clone());
        }
        let touched = Sources::touched(path);
        let now = Self::new(&Sources::read(path).ok()?, touched);
        (now.hash == self.hash).then_some(now)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tree::write_file;

    #[test]
    fn what_is_young_is_read_again() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.txt");
        write_file(&path, "one").unwrap();
        let touched = Sources::touched(&path).unwrap();
        let seen = Seen::new("one", Some(touched));
        assert!(!seen.is_untouched(&path, touched.nanoseconds));
        assert!(seen.is_untouched(&path, touched.nanoseconds + 3_000_000_000));
        assert!(seen.again(&path, touched.nanoseconds).is_some());
        write_file(&path, "two").unwrap();
        assert!(seen.again(&path, touched.nanoseconds).is_none());
    }
}
