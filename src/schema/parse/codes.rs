//! What is said of schemas that can be read and mean less than their author thinks.

use crate::diagnostic::{Code, Severity};

pub(in super::super) static DRAFT_UNKNOWN: Code = Code {
    name: "draft-unknown",
    severity: Severity::Warning,
    explain: "\
`$schema` names a metaschema that is no published draft of JSON Schema (4, 6, 7, 2019-09, 2020-12).
The workspace's default draft reads the file instead. Say which draft such files follow in
contracts.toml:

    [drafts]
    \"http://example.com/my/metaschema\" = \"7\"
",
};

pub(in super::super) static KEYWORD_UNKNOWN: Code = Code {
    name: "keyword-unknown",
    severity: Severity::Warning,
    explain: "\
A keyword looks like a slip of a known one, or belongs to another draft than the file declares. JSON
Schema ignores keywords it does not know, so the constraint you meant is silently not there. Names
that begin with `x-` are taken for your own.
",
};

pub(in super::super) static PATTERN_INVALID: Code = Code {
    name: "pattern-invalid",
    severity: Severity::Error,
    explain: "\
`pattern` and the keys of `patternProperties` are regular expressions in the dialect of ECMA-262
(JSON Schema core §6.4). This one does not parse.
",
};
