//! What each draft allows: its keywords, and its own metaschema's word on a document.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use jsonschema::error::{TypeKind, ValidationErrorKind};
use serde_json::{Value, json};

use super::super::{Draft, Kinds};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Place, Severity};
use crate::pointer::Pointer;
use crate::source::Document;

pub(in super::super) static KEYWORD_INVALID: Code = Code {
    name: "keyword-invalid",
    severity: Severity::Error,
    explain: "\
A keyword has a value that the metaschema of the declared draft refuses: a `type` that is no type, a
negative `minLength`, a `required` that is no list of names. Validators disagree on what such a
schema means, so nothing is made of the keyword until it is mended.
",
};

use Draft::{Draft4 as D4, Draft6 as D6, Draft7 as D7, Draft201909 as D19, Draft202012 as D20};

/// Keyword, first draft, last draft, and what it takes.
const KEYWORDS: &[(&str, Draft, Draft, &str)] = &[
    ("$schema", D4, D20, "the URI of a metaschema"),
    ("$id", D6, D20, "a URI reference without a fragment"),
    ("id", D4, D4, "a URI reference"),
    ("$ref", D4, D20, "a URI reference"),
    (
        "$anchor",
        D19,
        D20,
        "a name of letters, digits, `-`, `_` and `.`",
    ),
    (
        "$dynamicAnchor",
        D20,
        D20,
        "a name of letters, digits, `-`, `_` and `.`",
    ),
    ("$dynamicRef", D20, D20, "a URI reference"),
    ("$recursiveAnchor", D19, D19, "a boolean"),
    ("$recursiveRef", D19, D19, "`#`"),
    ("$vocabulary", D19, D20, "an object of URIs and booleans"),
    ("$comment", D7, D20, "a string"),
    ("$defs", D19, D20, "an object of schemas"),
    ("definitions", D4, D20, "an object of schemas"),
    (
        "type",
        D4,
        D20,
        "one of array, boolean, integer, null, number, object, string, or a list of them",
    ),
    ("enum", D4, D20, "a list of values"),
    ("const", D6, D20, "any value"),
    ("multipleOf", D4, D20, "a number greater than 0"),
    ("minimum", D4, D20, "a number"),
    ("maximum", D4, D20, "a number"),
    (
        "exclusiveMinimum",
        D4,
        D20,
        "a number (a boolean in draft 4)",
    ),
    (
        "exclusiveMaximum",
        D4,
        D20,
        "a number (a boolean in draft 4)",
    ),
    ("minLength", D4, D20, "a whole number from 0"),
    ("maxLength", D4, D20, "a whole number from 0"),
    ("pattern", D4, D20, "a regular expression"),
    ("format", D4, D20, "a string"),
    ("contentEncoding", D7, D20, "a string"),
    ("contentMediaType", D7, D20, "a string"),
    ("contentSchema", D19, D20, "a schema"),
    ("prefixItems", D20, D20, "a list of schemas"),
    (
        "items",
        D4,
        D20,
        "a schema (a list of schemas before 2020-12)",
    ),
    ("additionalItems", D4, D19, "a schema"),
    ("minItems", D4, D20, "a whole number from 0"),
    ("maxItems", D4, D20, "a whole number from 0"),
    ("uniqueItems", D4, D20, "a boolean"),
    ("contains", D6, D20, "a schema"),
    ("minContains", D19, D20, "a whole number from 0"),
    ("maxContains", D19, D20, "a whole number from 0"),
    ("unevaluatedItems", D19, D20, "a schema"),
    ("properties", D4, D20, "an object of schemas"),
    ("patternProperties", D4, D20, "an object of schemas"),
    ("additionalProperties", D4, D20, "a schema or a boolean"),
    ("propertyNames", D6, D20, "a schema"),
    ("required", D4, D20, "a list of distinct property names"),
    ("minProperties", D4, D20, "a whole number from 0"),
    ("maxProperties", D4, D20, "a whole number from 0"),
    (
        "dependentRequired",
        D19,
        D20,
        "an object of lists of property names",
    ),
    ("dependentSchemas", D19, D20, "an object of schemas"),
    (
        "dependencies",
        D4,
        D20,
        "an object of schemas or lists of property names",
    ),
    ("unevaluatedProperties", D19, D20, "a schema"),
    ("allOf", D4, D20, "a list of schemas, at least one"),
    ("anyOf", D4, D20, "a list of schemas, at least one"),
    ("oneOf", D4, D20, "a list of schemas, at least one"),
    ("not", D4, D20, "a schema"),
    ("if", D7, D20, "a schema"),
    ("then", D7, D20, "a schema"),
    ("else", D7, D20, "a schema"),
    ("title", D4, D20, "a string"),
    ("description", D4, D20, "a string"),
    ("default", D4, D20, "any value"),
    ("examples", D6, D20, "a list of values"),
    ("deprecated", D19, D20, "a boolean"),
    ("readOnly", D7, D20, "a boolean"),
    ("writeOnly", D7, D20, "a boolean"),
];

/// Keywords that older drafts never had but that are harmless in them, so nobody is told.
const TOLERATED: &[&str] = &[
    "$defs",
    "$comment",
    "examples",
    "deprecated",
    "readOnly",
    "writeOnly",
];

pub(super) fn known(name: &str, draft: Draft) -> bool {
    TOLERATED.contains(&name)
        || KEYWORDS
            .iter()
            .any(|(known, first, last, _)| *known == name && (*first..=*last).contains(&draft))
}

/// The names of a draft's keywords.
pub(super) fn names(draft: Draft) -> impl Iterator<Item = &'static str> {
    KEYWORDS
        .iter()
        .filter(move |(_, first, last, _)| (*first..=*last).contains(&draft))
        .map(|(name, ..)| *name)
}

/// In words, the drafts that know a keyword; `None` where none does, or where nobody need care.
pub(super) fn drafts_of(name: &str) -> Option<String> {
    // `id` and `$id` are ordinary names where they are no keyword.
    if name == "id" {
        return None;
    }
    let (_, first, last, _) = KEYWORDS.iter().find(|(known, ..)| *known == name)?;
    Some(match (first == last, *last == D20) {
        (true, _) => format!("draft {}", first.name()),
        (false, true) => format!("draft {} and later", first.name()),
        (false, false) => format!("drafts {} to {}", first.name(), last.name()),
    })
}

/// Reports every keyword the draft's metaschema refuses; the pointers of those keywords.
pub(super) fn check(
    document: &Document,
    draft: Draft,
    diagnostics: &mut Diagnostics,
) -> BTreeSet<Pointer> {
    let mut wrong = BTreeSet::new();
    let mut report = |error: &jsonschema::ValidationError<'_>| {
        let pointer = pointer_of(error);
        if wrong
            .iter()
            .any(|known: &Pointer| starts_with(&pointer, known))
        {
            return;
        }
        diagnostics.push(say(document, &pointer, error));
        wrong.insert(pointer);
    };
    let value = &document.value;
    match draft {
        D4 => jsonschema::draft4::meta::validator()
            .iter_errors(value)
            .for_each(|e| report(&e)),
        D6 => jsonschema::draft6::meta::validator()
            .iter_errors(value)
            .for_each(|e| report(&e)),
        D7 => jsonschema::draft7::meta::validator()
            .iter_errors(value)
            .for_each(|e| report(&e)),
        D19 => {
            jsonschema::draft201909::meta::validator()
                .iter_errors(value)
                .for_each(|e| report(&e));
        }
        D20 => {
            jsonschema::draft202012::meta::validator()
                .iter_errors(value)
                .for_each(|e| report(&e));
        }
    }
    wrong
}

fn pointer_of(error: &jsonschema::ValidationError<'_>) -> Pointer {
    error.instance_path().as_str().parse().unwrap_or_default()
}

fn starts_with(pointer: &Pointer, prefix: &Pointer) -> bool {
    pointer
        .as_str()
        .strip_prefix(prefix.as_str())
        .is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

fn say(
    document: &Document,
    pointer: &Pointer,
    error: &jsonschema::ValidationError<'_>,
) -> Diagnostic {
    let value = pointer.find(&document.value).unwrap_or(&Value::Null);
    let met = Kinds::of(value).names().join("");
    let named_by_user = pointer.parent().and_then(|up| up.last()).is_some_and(|up| {
        matches!(
            up.as_str(),
            "properties" | "patternProperties" | "$defs" | "definitions"
        )
    });
    let keyword = pointer.last().filter(|_| !named_by_user);
    let takes = keyword.as_deref().and_then(|keyword| {
        KEYWORDS
            .iter()
            .find(|(known, ..)| *known == keyword)
            .map(|(.., takes)| *takes)
    });
    let is_schema_place = matches!(error.kind(), ValidationErrorKind::Type { kind }
        if matches!(kind, TypeKind::Multiple(_)) && takes.is_none());
    let (message, label) = match (keyword, takes) {
        (Some(keyword), Some(takes)) => (
            format!("`{keyword}` has a value it cannot take"),
            format!("it takes {takes}"),
        ),
        _ if is_schema_place => (
            format!("a schema cannot be of type {met}"),
            "a schema is an object or a boolean".to_owned(),
        ),
        _ => ("the metaschema refuses this".to_owned(), error.to_string()),
    };
    Diagnostic::new(&KEYWORD_INVALID, message)
        .at(Place::value(document.source, pointer.clone()), label)
}

/// What is wrong with a pattern, or `None` if it is a regular expression of ECMA-262.
pub(super) fn pattern_fault(pattern: &str) -> Option<String> {
    // The plain ones need no compiler.
    static PLAIN: LazyLock<BTreeSet<&str>> =
        LazyLock::new(|| BTreeSet::from(["^.*$", ".*", "^x-"]));
    if PLAIN.contains(pattern) {
        return None;
    }
    jsonschema::draft202012::new(&json!({ "pattern": pattern }))
        .err()
        .map(|_| "this does not parse".to_owned())
}
