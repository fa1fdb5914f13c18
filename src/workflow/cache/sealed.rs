//! Entries as bytes: with a checksum, and a signature where there is a key.

use hmac::{Hmac, KeyInit as _, Mac as _};
use sha2::Sha256;

use super::{CacheError, Entry};
use crate::workflow::files::{digest, hex};

/// Turns entries into bytes and back.
#[derive(Clone, Default)]
pub struct Seal {
    key: Option<Vec<u8>>,
}

impl std::fmt::Debug for Seal {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(if self.key.is_some() {
            "signed"
        } else {
            "unsigned"
        })
    }
}

impl Seal {
    /// With a key, or without.
    pub fn new(key: Option<&str>) -> Self {
        let key = key.filter(|key| !key.is_empty());
        Self {
            key: key.map(|key| key.as_bytes().to_vec()),
        }
    }

    /// An entry's bytes: a line of key, checksum and signature, and the entry as JSON.
    pub fn close(&self, key: &str, entry: &Entry) -> Vec<u8> {
        let json = serde_json::to_string(entry).expect("an entry is a JSON value");
        let sum = digest(format!("{key} {json}").as_bytes());
        let signature = self.signature(&sum).unwrap_or_else(|| "-".to_owned());
        format!("{key} {sum} {signature}\n{json}\n").into_bytes()
    }

    /// The entry of bytes that were put under `key`.
    pub fn open(&self, key: &str, bytes: &[u8]) -> Result<Entry, CacheError> {
        let refused = |why| CacheError::Refused(key.to_owned(), why);
        let text = std::str::from_utf8(bytes).map_err(|_| refused("it is no text"))?;
        let (head, json) = text
            .split_once('\n')
            .ok_or_else(|| refused("it was cut off"))?;
        let json = json
            .strip_suffix('\n')
            .ok_or_else(|| refused("it was cut off"))?;
        let mut head = head.split(' ');
        if head.next() != Some(key) {
            return Err(refused("it was put under another key"));
        }
        let sum = digest(format!("{key} {json}").as_bytes());
        if head.next() != Some(&sum) {
            return Err(refused("its checksum is another"));
        }
        let signed = head.next().unwrap_or("-");
        if self.signature(&sum).is_some_and(|ours| signed != ours) {
            return Err(refused("it is not signed with our key"));
        }
        serde_json::from_str(json).map_err(|_| refused("it is no entry of this version"))
    }

    fn signature(&self, sum: &str) -> Option<String> {
        let key = self.key.as_ref()?;
        let mut mac = Hmac::<Sha256>::new_from_slice(key).expect("keys of any length are good");
        mac.update(sum.as_bytes());
        Some(hex(&mac.finalize().into_bytes()))
    }
}

/// The signature of a request's body, as `webhook` sends it.
pub fn signature(secret: &str, body: &[u8]) -> String {
    let mut mac =
        Hmac::<Sha256>::new_from_slice(secret.as_bytes()).expect("keys of any length are good");
    mac.update(body);
    hex(&mac.finalize().into_bytes())
}
