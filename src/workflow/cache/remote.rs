//! The remote store: entries and contents in a folder, or in a bucket of an S3-compatible service.

use object_store::path::Path;
use object_store::{ObjectStore, ObjectStoreExt as _, PutPayload};

use super::{CacheError, Entry, Local};
use crate::workflow::files::digest;

/// A store that several machines share.
#[derive(Debug)]
pub struct Remote {
    store: Box<dyn ObjectStore>,
    prefix: Path,
}

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
        let parsed = object_store::parse_url_opts(&url, named);
        let (store, prefix) = parsed.map_err(|error| wrong(error.to_string()))?;
        Ok(Self { store, prefix })
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
        let bytes = got.map_err(|error| CacheError::Remote(error.to_string()))?;
        Ok(Some(bytes.to_vec()))
    }

    async fn put(&self, path: &Path, bytes: Vec<u8>) -> Result<(), CacheError> {
        let put = self.store.put(path, PutPayload::from(bytes)).await;
        put.map_err(|error| CacheError::Remote(error.to_string()))?;
        Ok(())
    }

    /// Brings a result here, if there is one: its contents first, each by its digest.
    pub async fn fetch(&self, key: &str, local: &Local) -> Result<Option<Entry>, CacheError> {
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
        for name in entry.contents() {
            let path = self.content_path(name);
            if self.store.head(&path).await.is_ok() {
                continue;
            }
            self.put(&path, local.content(name)?).await?;
        }
        let sealed = local.seal().close(key, entry);
        self.put(&self.entry_path(key), sealed).await
    }
}

#[expect(clippy::disallowed_methods, reason = "a store's folder is made once")]
fn make(folder: &std::path::Path) -> Result<(), CacheError> {
    Ok(std::fs::create_dir_all(folder)?)
}
