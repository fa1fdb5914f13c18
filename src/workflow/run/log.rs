//! What a step says: masked, kept in a file of its own, and told to whoever watches.

use std::fs::File;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

use super::watch::{Event, Watch};
use crate::workflow::files::digest;

/// What stands for a secret.
const MASK: &str = "***";

/// Values that no log shows.
#[derive(Clone, Debug, Default)]
pub struct Masks(Vec<String>);

impl Masks {
    /// Those values; what is shorter than four characters would mask half of every text, and is left out.
    pub fn new(values: impl IntoIterator<Item = String>) -> Self {
        let mut values: Vec<String> = values
            .into_iter()
            .flat_map(|value| {
                let lines: Vec<String> = value.lines().map(|it| it.trim().to_owned()).collect();
                lines.into_iter().chain([value])
            })
            .filter(|value| value.chars().count() >= 4)
            .collect();
        // A secret that holds another is masked first.
        values.sort_by_key(|value| std::cmp::Reverse(value.len()));
        values.dedup();
        Self(values)
    }

    /// A text without secrets.
    pub fn mask(&self, text: &str) -> String {
        self.0.iter().fold(text.to_owned(), |text, secret| {
            if text.contains(secret.as_str()) {
                text.replace(secret.as_str(), MASK)
            } else {
                text
            }
        })
    }

    /// A value without secrets.
    pub fn mask_value(&self, value: &serde_json::Value) -> serde_json::Value {
        use serde_json::Value;
        if self.0.is_empty() {
            return value.clone();
        }
        match value {
            Value::String(text) => Value::String(self.mask(text)),
            Value::Array(items) => items.iter().map(|it| self.mask_value(it)).collect(),
            Value::Object(members) => members
                .iter()
                .map(|(name, it)| (name.clone(), self.mask_value(it)))
                .collect(),
            Value::Null | Value::Bool(_) | Value::Number(_) => value.clone(),
        }
    }
}

/// The log of a step.
#[derive(Clone)]
pub struct Log {
    step: Arc<str>,
    path: Arc<Path>,
    masks: Arc<Masks>,
    watch: Arc<dyn Watch>,
    file: Arc<Mutex<Option<File>>>,
    /// What was said, where that goes into the journal and not into a file.
    memory: Option<Arc<Mutex<String>>>,
}

impl std::fmt::Debug for Log {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Log({})", self.path.display())
    }
}

impl Log {
    /// The log of a step below a folder; its file is made with the first line.
    pub fn new(folder: &Path, step: &str, masks: Arc<Masks>, watch: Arc<dyn Watch>) -> Self {
        Self {
            step: step.into(),
            path: path(folder, step).into(),
            masks,
            watch,
            file: Arc::default(),
            memory: None,
        }
    }

    /// The same without a file: for steps that are done in no time, and say a line or two.
    #[must_use]
    pub fn in_memory(self) -> Self {
        Self {
            memory: Some(Arc::default()),
            ..self
        }
    }

    /// What was said, where it is in no file.
    pub fn said(&self) -> Option<String> {
        let said = self.memory.as_ref()?.lock().ok()?;
        (!said.is_empty()).then(|| said.clone())
    }

    /// Adds a line.
    pub fn line(&self, text: &str) {
        let text = self.masks.mask(text);
        self.append(&format!("{text}\n"));
        self.watch.tell(&Event::Line {
            step: &self.step,
            text: &text,
        });
    }

    /// Adds what was said elsewhere, byte for byte, and tells nobody.
    pub fn replay(&self, text: &str) {
        self.append(text);
    }

    /// The values that are masked.
    pub fn masks(&self) -> &Masks {
        &self.masks
    }

    /// All that was said.
    pub fn text(&self) -> Vec<u8> {
        if self.memory.is_some() {
            return self.said().unwrap_or_default().into_bytes();
        }
        crate::workflow::files::read(&self.path).unwrap_or_default()
    }

    #[expect(clippy::disallowed_methods, reason = "the door to logs")]
    fn append(&self, text: &str) {
        if let Some(memory) = &self.memory {
            let _ = memory.lock().map(|mut said| said.push_str(text));
            return;
        }
        let Ok(mut file) = self.file.lock() else {
            return;
        };
        if file.is_none() {
            let open = || File::options().create(true).append(true).open(&self.path);
            // The folder is there but for the first log of a run.
            let opened = open().or_else(|error| {
                let folder = self.path.parent().ok_or(error)?;
                std::fs::create_dir_all(folder)?;
                open()
            });
            *file = opened.ok();
        }
        // A log that cannot be written fails no step.
        let _ = file.as_mut().map(|file| file.write_all(text.as_bytes()));
    }
}

/// The file of a step's log.
pub fn path(folder: &Path, step: &str) -> PathBuf {
    let plain = |it: char| it.is_ascii_alphanumeric() || "-_.=".contains(it);
    if step.chars().all(plain) && step.len() < 100 {
        return folder.join(format!("{step}.log"));
    }
    let name: String = step
        .chars()
        .take(80)
        .map(|it| if plain(it) { it } else { '_' })
        .collect();
    let digest = digest(step.as_bytes());
    folder.join(format!("{name}-{}.log", digest.get(..8).unwrap_or("")))
}
