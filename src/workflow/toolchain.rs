//! The toolchain itself for steps: a workspace opened once, its passes run one at a time, and what they found gathered.

use std::path::{Component, Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use serde_json::Value;

use super::files::Digests;
use super::key::Parts;
use crate::catalog::{Catalog, Parsed};
use crate::config::Layout;
use crate::diagnostic::Severity;
use crate::pipeline::{self, Workspace};
use crate::report::Report;
use crate::source::Sources;

/// Makes a path fit for messages.
pub type Shown = Arc<dyn Fn(&Path) -> String + Send + Sync>;

/// A workspace that passes run on.
pub struct Toolchain {
    state: Mutex<State>,
    /// The folder that paths of the command line start from.
    pub here: PathBuf,
    /// The project's folder: what `out` is written below.
    pub project: PathBuf,
    /// Where programs are built.
    pub work: PathBuf,
    /// Makes a path fit for messages.
    pub shown: Shown,
    /// The process's `PATH`.
    pub search: String,
}

/// What passes share.
pub struct State {
    /// The workspace.
    pub workspace: Workspace,
    /// Every text read.
    pub sources: Sources,
    /// What all passes found.
    pub report: Report,
    /// The schemas, once parsed and not yet resolved.
    pub parsed: Option<Parsed>,
    /// The contracts, once resolved.
    pub catalog: Option<Arc<Catalog>>,
}

/// Programs that verify builds and runs with.
const TOOLS: [&str; 7] = ["cargo", "rustc", "uv", "python3", "g++", "clang++", "c++"];

impl Toolchain {
    /// For an opened workspace; `report` has what opening found.
    pub fn new(
        workspace: Workspace,
        sources: Sources,
        report: Report,
        places: (PathBuf, PathBuf, PathBuf),
        shown: Shown,
        search: String,
    ) -> Self {
        let (here, project, work) = places;
        Self {
            state: Mutex::new(State {
                workspace,
                sources,
                report,
                parsed: None,
                catalog: None,
            }),
            here,
            project,
            work,
            shown,
            search,
        }
    }

    /// The state, for one pass at a time.
    pub fn state(&self) -> MutexGuard<'_, State> {
        // A pass that panicked left a report that is still true.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The workspace, the texts and the report.
    pub fn into_parts(self) -> (Workspace, Sources, Report) {
        let state = self.state.into_inner();
        let state = state.unwrap_or_else(PoisonError::into_inner);
        (state.workspace, state.sources, state.report)
    }

    /// Says again what a kept result says; `false` where it cannot.
    pub fn replay(&self, kept: &Value) -> bool {
        let mut state = self.state();
        let State {
            workspace, sources, ..
        } = &mut *state;
        let Some(part) = pipeline::replay(kept, workspace, sources) else {
            return false;
        };
        state.gather(part);
        true
    }

    /// What the passes' results depend on: settings, schemas, templates; examples and programs for `verify`.
    pub fn parts(&self, pass: &str, digests: &Digests, parts: &mut Parts) -> Result<(), String> {
        let state = self.state();
        let workspace = &state.workspace;
        let config = state.sources.get(workspace.config_source);
        parts.add(
            "input contracts.toml",
            &super::files::digest(config.text.as_bytes()),
        );
        parts.add("shown", &workspace.shown);
        if workspace
            .config
            .accept
            .iter()
            .any(|row| row.until.is_some())
        {
            let day = workspace.today.map(|day| day.to_string());
            parts.add("today", &day.unwrap_or_default());
        }
        let examples = workspace.config.examples.as_deref();
        let examples = examples.and_then(|it| Layout::examples(it).ok());
        let (files, _) = Sources::list(&workspace.root);
        for file in files {
            let Ok(path) = file.strip_prefix(&workspace.root) else {
                continue;
            };
            let path = spelled(path);
            let is_example = examples
                .as_ref()
                .is_some_and(|it| it.matches(&path).is_some());
            if (is_example && pass != "verify") || path.starts_with("workflows/") {
                continue;
            }
            let digest = digests.of(&file).unwrap_or_else(|| "unreadable".to_owned());
            parts.add(format!("input {path}"), &digest);
        }
        if ["generate", "verify"].contains(&pass) {
            generators(workspace, digests, parts);
        }
        if pass == "generate" {
            for (name, target) in &workspace.config.targets {
                let folder = workspace.folder.join(&target.out);
                if self.in_project(&folder).is_none() {
                    return Err(format!("the target `{name}` writes outside of the project"));
                }
                let names: Vec<String> = Sources::list(&folder)
                    .0
                    .iter()
                    .filter_map(|file| Some(spelled(file.strip_prefix(&folder).ok()?)))
                    .collect();
                let mut known = names.join("\n");
                known.push('\n');
                parts.add(format!("beside {name}"), &known);
            }
        }
        if pass == "verify" {
            for tool in TOOLS {
                parts.add(format!("program {tool}"), &self.tool(tool));
            }
        }
        Ok(())
    }

    /// Where a program is, how large and how old; empty where it is not.
    fn tool(&self, name: &str) -> String {
        let found = std::env::split_paths(&self.search)
            .filter_map(|folder| {
                let path = folder.join(name);
                Some((path.metadata().ok()?, path))
            })
            .find(|(about, _)| about.is_file());
        found.map_or_else(String::new, |(about, path)| {
            let changed = about.modified().ok();
            let since = changed.and_then(|it| it.duration_since(std::time::UNIX_EPOCH).ok());
            let seconds = since.map_or(0, |it| it.as_secs());
            format!("{} {} {seconds}", path.display(), about.len())
        })
    }

    /// A path relative to the project's folder; `None` where it leads out of it.
    pub fn in_project(&self, path: &Path) -> Option<String> {
        let path = normal(path);
        path.strip_prefix(normal(&self.project)).ok().map(spelled)
    }
}

impl State {
    /// The contracts; read now where no pass read them.
    pub fn catalog(&mut self) -> Option<Arc<Catalog>> {
        if self.catalog.is_none() {
            let mut report = Report::default();
            let State {
                workspace, sources, ..
            } = self;
            let found = pipeline::load(workspace, sources, &mut report, &pipeline::Silent);
            self.catalog = found.map(Arc::new);
            self.report.loaded = report.loaded;
        }
        self.catalog.clone()
    }

    /// Adds what a pass found to what all did.
    pub fn gather(&mut self, part: Report) {
        let whole = &mut self.report;
        whole.diagnostics.extend(part.diagnostics);
        if part.loaded.versions > 0 || part.loaded.contracts > 0 {
            whole.loaded = part.loaded;
        }
        whole.compared |= part.compared;
        whole.against = part.against.or(whole.against.take());
        whole.pairs.extend(part.pairs);
        whole.generated.extend(part.generated);
        whole.verified = part.verified.or(whole.verified.take());
    }

    /// Errors that nobody accepted, in a part.
    pub fn errors(&self, part: &mut Report) -> usize {
        pipeline::regrade(&self.workspace, part);
        pipeline::mark(&self.workspace, &self.sources, &mut part.diagnostics);
        part.diagnostics.count(Severity::Error)
    }
}

/// The workspace's own templates, by their digests.
fn generators(workspace: &Workspace, digests: &Digests, parts: &mut Parts) {
    let Some(folder) = &workspace.config.generators else {
        return;
    };
    let folder = workspace.folder.join(folder);
    for file in Sources::list(&folder).0 {
        if let (Ok(path), Some(digest)) = (file.strip_prefix(&folder), digests.of(&file)) {
            parts.add(format!("template {}", spelled(path)), &digest);
        }
    }
}

/// A path without `.` and `..`, by its words alone.
fn normal(path: &Path) -> PathBuf {
    let mut out = PathBuf::new();
    for part in path.components() {
        match part {
            Component::CurDir => {}
            Component::ParentDir => {
                out.pop();
            }
            Component::Prefix(_) | Component::RootDir | Component::Normal(_) => out.push(part),
        }
    }
    out
}

fn spelled(path: &Path) -> String {
    let parts = path
        .components()
        .map(|part| part.as_os_str().to_string_lossy());
    parts.collect::<Vec<_>>().join("/")
}
