//! Residue as templates see it: the trees of checks as one numbered list, a check behind those it is made of.

use serde::Serialize;

use super::patterns::Patterns;
use crate::model::{self, CheckId, Model};

/// One check; the others it is made of are named by number.
#[derive(Clone, Debug, Serialize)]
pub(super) struct Check {
    /// Its place in the list.
    number: usize,
    /// Whether others may refer to it, from before it too: it needs a name of its own.
    shared: bool,
    /// Whether it is the residue of a declaration.
    root: bool,
    #[serde(flatten)]
    body: Body,
}

/// [`model::Check`] with numbers for its parts, and numbers and JSON values as text.
#[derive(Clone, Debug, Serialize)]
#[serde(tag = "check", rename_all = "kebab-case")]
enum Body {
    Always,
    Never,
    Kinds {
        kinds: Vec<&'static str>,
    },
    Values {
        values: Vec<String>,
    },
    Minimum {
        value: String,
        exclusive: bool,
    },
    Maximum {
        value: String,
        exclusive: bool,
    },
    MultipleOf {
        value: String,
    },
    MinLength {
        value: String,
    },
    MaxLength {
        value: String,
    },
    Pattern {
        pattern: String,
        /// The number of its automaton.
        automaton: Option<usize>,
    },
    Format {
        format: String,
    },
    Items {
        prefix: Vec<usize>,
        rest: usize,
    },
    Contains {
        item: usize,
        min: String,
        max: Option<String>,
    },
    MinItems {
        value: String,
    },
    MaxItems {
        value: String,
    },
    UniqueItems,
    Properties {
        named: Vec<Part>,
        patterns: Vec<Part>,
        rest: usize,
    },
    PropertyNames {
        name: usize,
    },
    Required {
        names: Vec<String>,
    },
    MinProperties {
        value: String,
    },
    MaxProperties {
        value: String,
    },
    Dependent {
        property: String,
        then: usize,
    },
    All {
        checks: Vec<usize>,
    },
    Any {
        checks: Vec<usize>,
    },
    One {
        checks: Vec<usize>,
    },
    Not {
        inner: usize,
    },
    If {
        condition: usize,
        then: usize,
        otherwise: usize,
    },
}

/// A property's name or pattern, and the check of its value.
#[derive(Clone, Debug, Serialize)]
struct Part {
    key: String,
    /// The number of the automaton of a pattern.
    automaton: Option<usize>,
    check: usize,
}

/// Every check of a model, numbered.
pub(super) struct Checks<'a> {
    patterns: &'a Patterns,
    list: Vec<Check>,
    /// The number of each of the model's shared checks.
    shared: Vec<usize>,
}

impl<'a> Checks<'a> {
    /// The model's shared checks, first in the list; they may refer to each other in circles.
    pub(super) fn of(model: &Model, patterns: &'a Patterns) -> Self {
        let mut sizes = model.checks.iter().map(size);
        let mut next = 0;
        // A shared check stands behind its parts, so its number is known before they are numbered.
        let shared = std::iter::from_fn(|| {
            next += sizes.next()?;
            Some(next - 1)
        });
        let mut checks = Self {
            patterns,
            shared: shared.collect(),
            list: Vec::new(),
        };
        for check in &model.checks {
            let body = checks.body(check);
            checks.push(body, true);
        }
        checks
    }

    /// Adds a declaration's residue and returns its number.
    pub(super) fn add_residue(&mut self, check: &model::Check) -> usize {
        let number = self.add(check);
        if let Some(check) = self.list.get_mut(number) {
            check.root = true;
        }
        number
    }

    /// Adds a check and returns its number.
    fn add(&mut self, check: &model::Check) -> usize {
        if let model::Check::Named { id } = check {
            return self.shared(*id);
        }
        let body = self.body(check);
        self.push(body, false)
    }

    /// The list.
    pub(super) fn into_list(self) -> Vec<Check> {
        self.list
    }

    fn push(&mut self, body: Body, shared: bool) -> usize {
        let number = self.list.len();
        self.list.push(Check {
            number,
            shared,
            root: false,
            body,
        });
        number
    }

    fn shared(&self, id: CheckId) -> usize {
        *self.shared.get(id).expect("a model names its own checks")
    }

    fn all(&mut self, checks: &[model::Check]) -> Vec<usize> {
        checks.iter().map(|check| self.add(check)).collect()
    }

    fn parts(&mut self, checks: &indexmap::IndexMap<String, model::Check>) -> Vec<Part> {
        checks
            .iter()
            .map(|(key, check)| Part {
                key: key.clone(),
                automaton: self.patterns.number(key),
                check: self.add(check),
            })
            .collect()
    }

    fn body(&mut self, check: &model::Check) -> Body {
        use model::Check as From;
        match check {
            From::Always => Body::Always,
            From::Never => Body::Never,
            From::Kinds { kinds } => Body::Kinds {
                kinds: kinds.names(),
            },
            From::Values { values } => Body::Values {
                values: values.iter().map(ToString::to_string).collect(),
            },
            From::Minimum { value, exclusive } => Body::Minimum {
                value: value.to_string(),
                exclusive: *exclusive,
            },
            From::Maximum { value, exclusive } => Body::Maximum {
                value: value.to_string(),
                exclusive: *exclusive,
            },
            From::MultipleOf { value } => Body::MultipleOf {
                value: value.to_string(),
            },
            From::MinLength { value } => Body::MinLength {
                value: value.to_string(),
            },
            From::MaxLength { value } => Body::MaxLength {
                value: value.to_string(),
            },
            From::Pattern { pattern } => Body::Pattern {
                pattern: pattern.clone(),
                automaton: self.patterns.number(pattern),
            },
            From::Format { format } => Body::Format {
                format: format.clone(),
            },
            From::Items { prefix, rest } => Body::Items {
                prefix: self.all(prefix),
                rest: self.add(rest),
            },
            From::Contains { item, min, max } => Body::Contains {
                item: self.add(item),
                min: min.to_string(),
                max: max.map(|max| max.to_string()),
            },
            From::MinItems { value } => Body::MinItems {
                value: value.to_string(),
            },
            From::MaxItems { value } => Body::MaxItems {
                value: value.to_string(),
            },
            From::UniqueItems => Body::UniqueItems,
            From::Properties {
                named,
                patterns,
                rest,
            } => Body::Properties {
                named: self.parts(named),
                patterns: self.parts(patterns),
                rest: self.add(rest),
            },
            From::PropertyNames { name } => Body::PropertyNames {
                name: self.add(name),
            },
            From::Required { names } => Body::Required {
                names: names.clone(),
            },
            From::MinProperties { value } => Body::MinProperties {
                value: value.to_string(),
            },
            From::MaxProperties { value } => Body::MaxProperties {
                value: value.to_string(),
            },
            From::Dependent { property, then } => Body::Dependent {
                property: property.clone(),
                then: self.add(then),
            },
            From::All { checks } => Body::All {
                checks: self.all(checks),
            },
            From::Any { checks } => Body::Any {
                checks: self.all(checks),
            },
            From::One { checks } => Body::One {
                checks: self.all(checks),
            },
            From::Not { inner } => Body::Not {
                inner: self.add(inner),
            },
            From::If {
                condition,
                then,
                otherwise,
            } => Body::If {
                condition: self.add(condition),
                then: self.add(then),
                otherwise: self.add(otherwise),
            },
            // Only a shared check that is another name for one comes here.
            From::Named { id } => Body::All {
                checks: vec![self.shared(*id)],
            },
        }
    }
}

/// How many numbers a shared check takes: its own and its parts'.
fn size(check: &model::Check) -> usize {
    let parts = check.parts().into_iter();
    let numbered = parts.filter(|part| !matches!(part, model::Check::Named { .. }));
    1 + numbered.map(size).sum::<usize>()
}
