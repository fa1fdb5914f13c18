//! The remote store: entries and contents in a folder, or in a bucket of an S3-compatible service.
//!
//! It must never hold up a run: what does not answer soon is left alone from there on.

use std::collections::BTreeSet;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use object_store::aws::AmazonS3Builder;
use object_store::path::Path;
use object_store::{
    BackoffConfig, ObjectStore, ObjectStoreExt as _, ObjectStoreScheme, PutPayload, RetryConfig,
};

use super::{CacheError, Entry, Local};
use crate::workflow::files::digest;

/// A store that several machines share.
#[derive(Debug)]
pub struct Remote {
    store: Box<dyn ObjectStore>,
    prefix: Path,
    /// Whether it failed to answer.
    left: AtomicBool,
    /// Contents that were not what they should be: they are taken there again.
    refused: Mutex<BTreeSet<String>>,
}

/// How long a request is tried for.
const PATIENCE: Duration = Duration::from_secs(5);

impl Remote {
    /// The store of an address: `file:///folder`, `s3://bucket/prefix`. `options` are the environment's: keys, region and
    /// endpoint of S3 by their usual names (`AWS_ACCESS_KEY_ID`, `AWS_ENDPOINT` …).
    pub fn open(
        address: &str,
        options: impl IntoIterator<Item = (String, String)>,
    ) -> Result<Self, CacheError> {
        crate::workflow::run::secure();
        let wrong = |why: String| CacheError::Remote(format!("`{address}`: {why}"));
        let url = reqwest::Url::parse(address).map_err(|error| wrong(error.to_string()))?;
        if url.scheme() == "file" {
            let folder = url
                .to_file_path()
                .map_err(|()| wrong("it is no folder".to_owned()))?;
            make(&folder)?;
        }
        let named = options
            .into_iter()
            .filter(|(name, _)| name.starts_with("AWS_"))
            .map(|(name, value)| (name.to_lowercase(), value));
        let parsed = opened(&url, named);
        let (store, prefix) = parsed.map_err(|error| wrong(error.to_string()))?;
        Ok(Self {
            store,
            prefix,
            left: AtomicBool::new(false),
            refused: Mutex::default(),
        })
    }

    fn entry_path(&self, key: &str) -> Path {
        self.prefix.clone().join("entries").join(key)
    }

    fn content_path(&self, name: &str) -> Path {
        self.prefix.clone().join("contents").join(name)
    }

    async fn get(&self, path: &Path) -> Result<Option<Vec<u8>>, CacheError> {
        let got = match self.store.get(path).await {
            Ok(got) => got.bytes().await,
            Err(object_store::Error::NotFound { .. }) => return Ok(None),
            Err(error) => Err(error),
        };
        Ok(Some(got.map_err(|error| self.leave(&error))?.to_vec()))
    }

    async fn put(&self, path: &Path, bytes: Vec<u8>) -> Result<(), CacheError> {
        let put = self.store.put(path, PutPayload::from(bytes)).await;
        put.map_err(|error| self.leave(&error))?;
        Ok(())
    }

    /// Leaves the store alone from here on.
    fn leave(&self, error: &object_store::Error) -> CacheError {
        self.left.store(true, Ordering::Relaxed);
        CacheError::Remote(format!("{error}; it is left alone until the run ends"))
    }

    fn is_left(&self) -> bool {
        self.left.load(Ordering::Relaxed)
    }

    /// Brings a result here, if there is one: its contents first, each by its digest.
    pub async fn fetch(&self, key: &str, local: &Local) -> Result<Option<Entry>, CacheError> {
        if self.is_left() {
            return Ok(None);
        }
        let Some(bytes) = self.get(&self.entry_path(key)).await? else {
            return Ok(None);
        };
        let entry = local.seal().open(key, &bytes)?;
        for name in entry.contents() {
            if local.has_content(name) {
                continue;
            }
            let Some(content) = self.get(&self.content_path(name)).await? else {
                return Ok(None);
            };
            if digest(&content) != name {
                self.refused().insert(name.to_owned());
                return Err(CacheError::Refused(
                    name.to_owned(),
                    "its content is another",
                ));
            }
            local.keep(&content)?;
        }
        local.put(key, &entry)?;
        Ok(Some(entry))
    }

    /// Takes a result there, the entry last: what is begun and not ended is not seen.
    pub async fn send(&self, key: &str, entry: &Entry, local: &Local) -> Result<(), CacheError> {
        if self.is_left() {
            return Ok(());
        }
        for name in entry.contents() {
            let path = self.content_path(name);
            let again = self.refused().contains(name);
            if !again && self.store.head(&path).await.is_ok() {
                continue;
            }
            self.put(&path, local.content(name)?).await?;
        }
        let sealed = local.seal().close(key, entry);
        self.put(&self.entry_path(key), sealed).await
    }

    fn refused(&self) -> std::sync::MutexGuard<'_, BTreeSet<String>> {
        // A set of names is whole at every moment.
        self.refused.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The store of an address.
fn opened(
    url: &reqwest::Url,
    options: impl Iterator<Item = (String, String)>,
) -> object_store::Result<(Box<dyn ObjectStore>, Path)> {
    let (scheme, prefix) = ObjectStoreScheme::parse(url)?;
    if scheme != ObjectStoreScheme::AmazonS3 {
        return object_store::parse_url_opts(url, options);
    }
    let retry = RetryConfig {
        backoff: BackoffConfig::default(),
        max_retries: 2,
        retry_timeout: PATIENCE,
    };
    let builder = AmazonS3Builder::new()
        .with_url(url.as_str())
        .with_retry(retry);
    let builder = options.fold(builder, |builder, (name, value)| match name.parse() {
        Ok(name) => builder.with_config(name, value),
        // Not every variable of that beginning is a store's.
        Err(_) => builder,
    });
    Ok((Box::new(builder.build()?), prefix))
}

#[expect(clippy::disallowed_methods, reason = "a store's folder is made once")]
fn make(folder: &std::path::Path) -> Result<(), CacheError> {
    Ok(std::fs::create_dir_all(folder)?)
}
