//! Path patterns with placeholders: where a workspace keeps its schemas and examples.

use regex_automata::meta::Regex;

/// A pattern over paths below the workspace's root.
#[derive(Clone, Debug)]
pub struct Layout {
    regex: Regex,
    /// The placeholders in the order of the regex's groups.
    placeholders: Vec<Placeholder>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Placeholder {
    Group,
    Name,
    Version,
    Validity,
}

/// What the placeholders of a pattern stood for in a path.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Matched {
    /// `{group}`: folders joined by `/`; empty where the pattern has none.
    pub group: Option<String>,
    /// `{name}`
    pub name: String,
    /// `{version}`, as written.
    pub version: Option<String>,
    /// `{valid|invalid}`: whether it is a valid document.
    pub valid: Option<bool>,
}

/// Why a pattern cannot be used.
#[derive(Clone, Debug, thiserror::Error)]
pub enum LayoutError {
    /// A placeholder nobody knows.
    #[error("`{{{0}}}` is no placeholder, expected one of {1}")]
    Unknown(String, &'static str),
    /// The same placeholder twice.
    #[error("`{{{0}}}` stands twice")]
    Repeated(String),
    /// No `{name}`.
    #[error("a pattern needs `{{name}}`")]
    Nameless,
    /// No `{valid|invalid}` in a pattern for examples.
    #[error("a pattern for examples needs `{{valid|invalid}}`")]
    NoValidity,
    /// A brace without its other.
    #[error("`{{` has no `}}`")]
    Unclosed,
    /// The pattern starts at the disk's root or climbs out.
    #[error("a pattern is relative to the root and has no `..`")]
    NotBelow,
}

impl Layout {
    /// Reads a pattern for schemas: `{group}`, `{name}`, `{version}`.
    pub fn schemas(pattern: &str) -> Result<Self, LayoutError> {
        let layout = Self::parse(pattern, "{group}, {name}, {version}")?;
        if layout.placeholders.contains(&Placeholder::Validity) {
            return Err(LayoutError::Unknown(
                "valid|invalid".to_owned(),
                "{group}, {name}, {version}",
            ));
        }
        Ok(layout)
    }

    /// Reads a pattern for example documents: the same, and `{valid|invalid}`.
    pub fn examples(pattern: &str) -> Result<Self, LayoutError> {
        let layout = Self::parse(pattern, "{group}, {name}, {version}, {valid|invalid}")?;
        if !layout.placeholders.contains(&Placeholder::Validity) {
            return Err(LayoutError::NoValidity);
        }
        Ok(layout)
    }

    /// What the placeholders stand for in `path`, if it matches.
    pub fn matches(&self, path: &str) -> Option<Matched> {
        let mut captures = self.regex.create_captures();
        self.regex.captures(path, &mut captures);
        if !captures.is_match() {
            return None;
        }
        let mut matched = Matched::default();
        for (index, placeholder) in self.placeholders.iter().enumerate() {
            let text = captures
                .get_group(index + 1)
                .map(|span| path[span.range()].to_owned());
            match placeholder {
                Placeholder::Group => matched.group = text,
                Placeholder::Name => matched.name = text.unwrap_or_default(),
                Placeholder::Version => matched.version = text,
                Placeholder::Validity => matched.valid = text.map(|word| word == "valid"),
            }
        }
        Some(matched)
    }

    /// Whether it tells versions apart.
    pub fn is_versioned(&self) -> bool {
        self.placeholders.contains(&Placeholder::Version)
    }

    fn parse(pattern: &str, expected: &'static str) -> Result<Self, LayoutError> {
        if pattern.starts_with('/') || pattern.split('/').any(|segment| segment == "..") {
            return Err(LayoutError::NotBelow);
        }
        let mut regex = String::from("^");
        let mut placeholders = Vec::new();
        let mut rest = pattern.trim_start_matches("./");
        while let Some(character) = rest.chars().next() {
            let (placeholder, piece, after) = match character {
                '{' => {
                    let end = rest.find('}').ok_or(LayoutError::Unclosed)?;
                    let word = &rest[1..end];
                    let (placeholder, piece) = match word {
                        "group" => (Placeholder::Group, "(.+)"),
                        "name" => (Placeholder::Name, "([^/]+?)"),
                        "version" => (Placeholder::Version, "([^/]+)"),
                        "valid|invalid" => (Placeholder::Validity, "(valid|invalid)"),
                        _ => return Err(LayoutError::Unknown(word.to_owned(), expected)),
                    };
                    if placeholders.contains(&placeholder) {
                        return Err(LayoutError::Repeated(word.to_owned()));
                    }
                    (Some(placeholder), piece.to_owned(), &rest[end + 1..])
                }
                '*' => (None, "[^/]*".to_owned(), &rest[1..]),
                _ if rest == ".json" => (None, r"\.(?:json|yaml|yml)".to_owned(), ""),
                _ => {
                    let width = character.len_utf8();
                    (None, regex_syntax::escape(&rest[..width]), &rest[width..])
                }
            };
            placeholders.extend(placeholder);
            regex.push_str(&piece);
            rest = after;
        }
        regex.push('$');
        if !placeholders.contains(&Placeholder::Name) {
            return Err(LayoutError::Nameless);
        }
        let regex = Regex::new(&regex).expect("the pieces above are regular expressions");
        Ok(Self {
            regex,
            placeholders,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn groups_span_folders_and_names_do_not() {
        let layout = Layout::schemas("schemas/{group}/{name}/jsonschema/{version}").unwrap();
        let matched = layout
            .matches("schemas/com.acme/eu/order/jsonschema/1-0-2")
            .unwrap();
        assert_eq!(matched.group.as_deref(), Some("com.acme/eu"));
        assert_eq!(matched.name, "order");
        assert_eq!(matched.version.as_deref(), Some("1-0-2"));
        assert_eq!(layout.matches("schemas/com.acme/order/avro/1-0-2"), None);
    }

    #[test]
    fn json_finds_yaml_too() {
        let layout = Layout::schemas("{group}/{name}@{version}.json").unwrap();
        assert!(layout.matches("events/Order@1.0.yaml").is_some());
        assert!(layout.matches("events/Order@1.0.txt").is_none());
    }

    #[test]
    fn wrong_patterns_are_named() {
        assert!(matches!(
            Layout::schemas("{nam}.json"),
            Err(LayoutError::Unknown(..))
        ));
        assert!(matches!(
            Layout::schemas("{name}/{name}"),
            Err(LayoutError::Repeated(_))
        ));
        assert!(matches!(
            Layout::schemas("x.json"),
            Err(LayoutError::Nameless)
        ));
        assert!(matches!(
            Layout::schemas("{name"),
            Err(LayoutError::Unclosed)
        ));
        assert!(matches!(
            Layout::schemas("../{name}"),
            Err(LayoutError::NotBelow)
        ));
        assert!(matches!(
            Layout::examples("{name}.json"),
            Err(LayoutError::NoValidity)
        ));
    }
}
