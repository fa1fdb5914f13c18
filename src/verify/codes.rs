//! What this room can say, each finding with its explanation.

use crate::diagnostic::{Code, Severity};

pub(super) const ALL: &[&Code] = &[
    &EXAMPLE_CONTRADICTED,
    &READER_TOO_STRICT,
    &READER_TOO_LAX,
    &ROUND_TRIP_DIFFERENT,
    &LANGUAGES_DISAGREE,
    &MODULE_BROKEN,
    &RUNNER_FAILED,
    &TOOL_MISSING,
    &TEXT_RESPELLED,
    &TYPE_HOLDS_LESS,
];

pub(super) static EXAMPLE_CONTRADICTED: Code = Code {
    name: "example-contradicted",
    severity: Severity::Error,
    explain: "\
An example says the opposite of its schema: it stands in `valid/` and the schema refuses it, or it
stands in `invalid/` and the schema accepts it. Either the example or the schema is wrong.
",
};

pub(super) static READER_TOO_STRICT: Code = Code {
    name: "reader-too-strict",
    severity: Severity::Error,
    explain: "\
The schema accepts a document, and the generated reader of a language refuses it. Programs in that
language would not understand messages that others may rightly send.
",
};

pub(super) static READER_TOO_LAX: Code = Code {
    name: "reader-too-lax",
    severity: Severity::Error,
    explain: "\
The schema refuses a document, and the generated reader of a language accepts it. Programs in that
language would act on messages that nobody may send.
",
};

pub(super) static ROUND_TRIP_DIFFERENT: Code = Code {
    name: "round-trip-different",
    severity: Severity::Error,
    explain: "\
A document that was read and written again by generated code is another JSON value than before. Numbers
are compared by value: as decimals, or as doubles where neither is a whole number of at most 64 bits.
The order of properties does not count.
",
};

pub(super) static LANGUAGES_DISAGREE: Code = Code {
    name: "languages-disagree",
    severity: Severity::Note,
    explain: "\
One language accepts a document that another refuses, or they write different values for it. At least
one of them is wrong about the schema, and has a finding of its own.
",
};

pub(super) static MODULE_BROKEN: Code = Code {
    name: "module-broken",
    severity: Severity::Error,
    explain: "\
The module generated for a version does not compile or cannot be imported, so no document of the
version was tried in that language.
",
};

pub(super) static RUNNER_FAILED: Code = Code {
    name: "runner-failed",
    severity: Severity::Error,
    explain: "\
The program that sends documents through a language's generated code could not be built, ended too
early, or did not end in time. A document it was at when it ended is named.
",
};

pub(super) static TOOL_MISSING: Code = Code {
    name: "tool-missing",
    severity: Severity::Warning,
    explain: "\
A language was skipped, because a tool that runs it is not installed: cargo for Rust; Python 3 with venv,
or uv, for Python; g++ or clang++ for MQL4. With `--require-all` this is an error.
",
};

pub(super) static TEXT_RESPELLED: Code = Code {
    name: "text-respelled",
    severity: Severity::Note,
    explain: "\
contracts.toml has a type of your own, or the language's own for `date-time`, stand in for a generated one,
and that type writes what it read in its own way: the same instant, say, with another number of zeros.
Of date-times the instants are compared; of other types nobody but you can say whether it is the same.
",
};

pub(super) static TYPE_HOLDS_LESS: Code = Code {
    name: "type-holds-less",
    severity: Severity::Note,
    explain: "\
contracts.toml has a type of your own, or the language's own, stand in for a generated one, and that type
refuses what the schema accepts: a leap second, a fraction that it would have to round, a text that is not of
the format where formats are only annotated. Programs in that language do not understand such messages.
",
};
