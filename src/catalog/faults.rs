//! What is wrong with files before they are schemas, said to a person.

use crate::diagnostic::{Code, Diagnostic, Place, Severity};
use crate::source::{Fault, MAX_DEPTH, ReadError, SourceId};

pub(super) static FILE_UNREADABLE: Code = Code {
    name: "file-unreadable",
    severity: Severity::Error,
    explain: "\
A file of the workspace could not be read as text: it is gone, it may not be read, it is not UTF-8, or
it is larger than any schema is (16 MiB).
",
};

pub(super) static FOLDER_UNREADABLE: Code = Code {
    name: "folder-unreadable",
    severity: Severity::Error,
    explain: "\
A folder of the workspace could not be listed: a link leads back to a folder it stands in, or it may
not be read.
",
};

pub(super) static SYNTAX_INVALID: Code = Code {
    name: "syntax-invalid",
    severity: Severity::Error,
    explain: "\
The text breaks the grammar of JSON (RFC 8259) or YAML (1.2), so nothing after that place was read. The
label stands on the first byte that does not fit.
",
};

pub(super) static KEY_REPEATED: Code = Code {
    name: "key-repeated",
    severity: Severity::Error,
    explain: "\
A property name stands twice in one object. Readers disagree on which one counts (RFC 8259 §4), so a
schema must not leave it open.
",
};

pub(super) static NESTING_TOO_DEEP: Code = Code {
    name: "nesting-too-deep",
    severity: Severity::Error,
    explain: "\
Arrays and objects are nested more than 256 deep. No schema is; a file that is would exhaust the stack
of most programs that read it.
",
};

/// A fault of the text as a finding.
pub fn say(fault: Fault, source: SourceId) -> Diagnostic {
    match fault {
        Fault::Syntax {
            span,
            message,
            help,
        } => {
            let mut diagnostic = Diagnostic::new(&SYNTAX_INVALID, message)
                .at(Place::bytes(source, span), String::new());
            diagnostic.help.extend(help);
            diagnostic
        }
        Fault::RepeatedKey {
            object: _,
            key,
            first,
            again,
        } => Diagnostic::new(&KEY_REPEATED, format!("`{key}` stands twice in one object"))
            .at(Place::bytes(source, again), "the second")
            .at(Place::bytes(source, first), "the first")
            .help("remove one of them"),
        Fault::TooDeep { span } => Diagnostic::new(
            &NESTING_TOO_DEEP,
            format!("nested more than {MAX_DEPTH} deep"),
        )
        .at(Place::bytes(source, span), "this level is one too many"),
    }
}

/// A file that could not be read as a finding.
pub(super) fn unreadable(error: &ReadError, source: SourceId, name: &str) -> Diagnostic {
    let diagnostic = Diagnostic::new(&FILE_UNREADABLE, format!("cannot read `{name}`: {error}"))
        .at(Place::file(source), String::new());
    match error {
        ReadError::NotUtf8 { .. } => diagnostic.help("save it as UTF-8"),
        ReadError::TooLarge(_) => {
            diagnostic.help("is it a document? Exclude it by a narrower `layout`")
        }
        ReadError::NotHeld(_) => {
            diagnostic.help("a partial clone? Bring the objects with `git fetch`")
        }
        ReadError::Io(_) => diagnostic,
    }
}
