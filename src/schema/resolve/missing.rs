//! References that name nothing: why, in words.

use super::super::{SchemaId, Schemas};
use super::{IDENTIFIER_REPEATED, REFERENCE_REMOTE, REFERENCE_UNKNOWN, VERSION_UNKNOWN};
use crate::diagnostic::{Diagnostic, Place};

/// Why a reference names nothing.
pub(super) enum Missing {
    File {
        path: String,
        closest: Option<String>,
    },
    Version {
        contract: String,
        versions: Vec<String>,
    },
    Remote {
        uri: String,
    },
    Pointer {
        fragment: String,
        closest: Option<String>,
    },
    Anchor {
        fragment: String,
    },
    /// Several files carry the `$id`.
    Ambiguous {
        first: SchemaId,
        second: SchemaId,
    },
}

impl Missing {
    pub(super) fn say(self, text: &str, place: Place, schemas: &Schemas) -> Diagnostic {
        match self {
            Self::File { path, closest } => {
                let diagnostic =
                    Diagnostic::new(&REFERENCE_UNKNOWN, format!("`{text}` names no file"))
                        .at(place, format!("no schema at `{path}`"));
                match closest {
                    Some(path) => diagnostic.help(format!("did you mean `{path}`?")),
                    None => {
                        diagnostic.help("a reference is a path relative to the file it stands in")
                    }
                }
            }
            Self::Version { contract, versions } => Diagnostic::new(
                &VERSION_UNKNOWN,
                format!("`{text}` names a version that does not exist"),
            )
            .at(place, format!("`{contract}` has no such version"))
            .help(format!("`{contract}` has {}", versions.join(", "))),
            Self::Remote { uri } => Diagnostic::new(
                &REFERENCE_REMOTE,
                format!("`{uri}` is not in the workspace"),
            )
            .at(place, "nothing is fetched")
            .help("keep a copy in the workspace, and say where: [references] \"https://…/\" = \"folder\""),
            Self::Pointer { fragment, closest } => {
                let diagnostic =
                    Diagnostic::new(&REFERENCE_UNKNOWN, format!("`{text}` names nothing"))
                        .at(place, format!("no schema at `{fragment}`"));
                match closest {
                    Some(word) => diagnostic.help(format!("did you mean `{word}`?")),
                    None => diagnostic,
                }
            }
            Self::Ambiguous { first, second } => Diagnostic::new(
                &IDENTIFIER_REPEATED,
                format!("`{text}` names schemas of several files"),
            )
            .at(place, "it could mean either")
            .at(schemas.place(first), "the first")
            .at(schemas.place(second), "the second"),
            Self::Anchor { fragment } => {
                Diagnostic::new(&REFERENCE_UNKNOWN, format!("`{text}` names no anchor"))
                    .at(place, format!("no `$anchor` says `{fragment}`"))
                    .help("a pointer begins with `#/`")
            }
        }
    }
}
