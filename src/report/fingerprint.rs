//! What a finding is known by from run to run: a finding in; 12 hexadecimal digits out.
//!
//! Taken from its code, the contract with the versions compared (where there is none, the file, from the
//! workspace's root), the address in the schema and the words in backticks of its message: neither lines, nor
//! the folder a contract is kept in, nor the rest of the wording count.

use sha2::{Digest as _, Sha256};

use crate::diagnostic::{At, Diagnostic};
use crate::source::Sources;

/// The fingerprint of a finding.
pub fn fingerprint(diagnostic: &Diagnostic, sources: &Sources) -> String {
    let mut hash = Sha256::new();
    let mut feed = |text: &str| {
        hash.update(text.as_bytes());
        hash.update([0]);
    };
    feed(diagnostic.code.name);
    let place = diagnostic.labels.first().map(|label| &label.place);
    match (&diagnostic.contract, place) {
        (Some(contract), _) => feed(contract),
        (None, Some(place)) => feed(sources.name_below(place.source)),
        (None, None) => feed(""),
    }
    feed(diagnostic.since.as_deref().unwrap_or_default());
    feed(match place.map(|place| &place.at) {
        Some(At::Key(pointer) | At::Value(pointer)) => pointer.as_str(),
        Some(At::File | At::Bytes(_)) | None => "",
    });
    let mut words = diagnostic.message.split('`').skip(1).step_by(2).peekable();
    if words.peek().is_none() {
        feed(&diagnostic.message);
    }
    words.for_each(&mut feed);
    let bytes = hash.finalize();
    bytes
        .iter()
        .take(6)
        .fold(String::new(), |hex, byte| format!("{hex}{byte:02x}"))
}
