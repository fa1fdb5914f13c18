//! What the front end has to say: one rule broken at one place of one file.

/// A place in a text, counted from one; columns count bytes, and the subset is ASCII.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Position {
    pub(super) line: usize,
    pub(super) column: usize,
}

/// One rule of the subset, broken at one place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// The rule, in kebab-case; it never changes its meaning.
    pub rule: &'static str,
    /// The file, as the caller named it.
    pub path: String,
    /// The line, from 1.
    pub line: usize,
    /// The column, from 1.
    pub column: usize,
    /// What is the case.
    pub message: String,
    /// What to do about it.
    pub help: Option<String>,
}

/// The faults of one file while it is read.
#[derive(Debug)]
pub(super) struct Faults {
    path: String,
    list: Vec<Fault>,
}

impl Faults {
    pub(super) fn new(path: &str) -> Self {
        Self {
            path: path.to_owned(),
            list: Vec::new(),
        }
    }

    /// Records a fault; an empty `help` is none.
    pub(super) fn add(
        &mut self,
        rule: &'static str,
        at: Position,
        message: impl Into<String>,
        help: &str,
    ) {
        self.list.push(Fault {
            rule,
            path: self.path.clone(),
            line: at.line,
            column: at.column,
            message: message.into(),
            help: (!help.is_empty()).then(|| help.to_owned()),
        });
    }

    /// The faults by place, one a rule and place.
    pub(super) fn sorted(mut self) -> Vec<Fault> {
        self.list.sort_by_key(|fault| (fault.line, fault.column));
        self.list
            .dedup_by_key(|fault| (fault.line, fault.column, fault.rule));
        self.list
    }
}
