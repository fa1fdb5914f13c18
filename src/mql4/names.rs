//! Names that are taken: by MQL4, by its libraries, by the C++ the Linux runner compiles.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

/// One name a line under `# [section]`; sections `keyword.*`, `event_handler`, `predefined_*`,
/// `builtin_*` and `cpp_keyword` are hard.
static LIST: &str = include_str!("../../generators/mql4/reserved.txt");

static RESERVED: LazyLock<Reserved> = LazyLock::new(|| Reserved::read(LIST));

/// Sections by the way they open whose names are taken in every scope.
const HARD: &[&str] = &[
    "keyword.",
    "event_handler",
    "predefined_",
    "builtin_",
    "cpp_keyword",
];

struct Reserved {
    hard: BTreeSet<&'static str>,
    /// All names in lower case, with the spelling that is taken.
    folded: BTreeMap<String, &'static str>,
}

impl Reserved {
    fn read(list: &'static str) -> Self {
        let mut reserved = Self {
            hard: BTreeSet::new(),
            folded: BTreeMap::new(),
        };
        let mut hard = false;
        for line in list.lines().map(str::trim) {
            if let Some(section) = line.strip_prefix("# [") {
                hard = HARD.iter().any(|opening| section.starts_with(opening));
            } else if !line.is_empty() && !line.starts_with('#') {
                if hard {
                    reserved.hard.insert(line);
                }
                reserved.folded.insert(line.to_lowercase(), line);
            }
        }
        reserved
    }
}

/// The taken name a local, parameter or member collides with.
pub(super) fn taken(name: &str) -> Option<&'static str> {
    RESERVED.hard.get(name).copied()
}

/// The taken name a global collides with, whatever its case.
pub(super) fn taken_global(name: &str) -> Option<&'static str> {
    RESERVED.folded.get(&name.to_lowercase()).copied()
}
