//! Preprocessor lines of the subset, and where an include leads. No conditions beside the guard.

/// A line the subset knows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Directive<'a> {
    /// `#property strict`
    Strict,
    /// `#ifndef NAME`
    OpenGuard { name: &'a str },
    /// `#endif`
    EndGuard,
    /// `#define NAME`; what it stands for comes as tokens of the same line.
    Define { name: &'a str },
    /// `#include <target>` or `#include "target"`
    Include { target: &'a str, beside: bool },
}

/// Reads one line; None when it is outside the subset.
pub(super) fn directive(line: &str) -> Option<Directive<'_>> {
    let mut words = line.trim_end().splitn(2, [' ', '\t']);
    let (head, rest) = (words.next()?, words.next().unwrap_or("").trim());
    match head {
        "#property" if rest == "strict" => Some(Directive::Strict),
        "#endif" if rest.is_empty() => Some(Directive::EndGuard),
        "#ifndef" if is_macro(rest) => Some(Directive::OpenGuard { name: rest }),
        "#define" if is_macro(rest) => Some(Directive::Define { name: rest }),
        "#include" => included(rest),
        _ => None,
    }
}

fn included(rest: &str) -> Option<Directive<'_>> {
    let bracketed = rest
        .strip_prefix('<')
        .and_then(|rest| rest.strip_suffix('>'));
    let quoted = rest
        .strip_prefix('"')
        .and_then(|rest| rest.strip_suffix('"'));
    let beside = bracketed.is_none();
    let target = bracketed.or(quoted)?;
    let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.' | '\\');
    (target.chars().all(plain) && !target.is_empty())
        .then_some(Directive::Include { target, beside })
}

fn is_macro(word: &str) -> bool {
    word.starts_with(|c: char| c.is_ascii_uppercase())
        && word
            .chars()
            .all(|c| c.is_ascii_uppercase() || c.is_ascii_digit() || c == '_')
}

/// The path of the file an include names; `..` steps are not followed.
pub(super) fn resolve(target: &str, beside: bool, from: &str) -> String {
    let target = target.replace('\\', "/");
    if !beside {
        return format!("Include/{target}");
    }
    match from.rsplit_once('/') {
        Some((folder, _)) => format!("{folder}/{target}"),
        None => target,
    }
}
