//! From a folder and its settings to a catalog: every file read, parsed and resolved, all faults kept.

use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;
use serde_json::Value;

use super::lineage::{self, Found, WORKSPACE_EMPTY};
use super::{Catalog, faults};
use crate::config::{Config, Layout, Matched};
use crate::diagnostic::{Diagnostic, Diagnostics, Place};
use crate::schema::{self, Defaults, Files, Schema, SchemaId, Schemas};
use crate::source::{self, Document, Fault, Folder, ReadError, Source, SourceId, Sources};

/// A workspace whose files are read and parsed, references not yet bound.
pub struct Parsed {
    layout: Option<Layout>,
    config_source: Option<SourceId>,
    schemas: Schemas,
    by_path: BTreeMap<String, SchemaId>,
    /// Paths of files that are there and gave no schema.
    broken: BTreeSet<String>,
    /// Files that references name and that are not there.
    absent: BTreeSet<String>,
    found: Vec<Found>,
    examples: Vec<(String, Matched)>,
}

/// Loads a workspace: [`parse`], then [`resolve`].
pub fn load(
    root: &(impl Folder + ?Sized),
    shown: &str,
    config: &Config,
    config_source: Option<SourceId>,
    sources: &mut Sources,
    diagnostics: &mut Diagnostics,
) -> Catalog {
    let parsed = parse(root, shown, config, config_source, sources, diagnostics);
    resolve(parsed, config, diagnostics)
}

/// Reads and parses every schema below `root` that the layout matches, and those they reference. `shown`
/// goes before paths in messages (`contracts/`, say); `config_source` is the contracts.toml, for
/// findings that have no other place.
pub fn parse(
    root: &(impl Folder + ?Sized),
    shown: &str,
    config: &Config,
    config_source: Option<SourceId>,
    sources: &mut Sources,
    diagnostics: &mut Diagnostics,
) -> Parsed {
    let layout = Layout::schemas(&config.layout).ok();
    let examples = config
        .examples
        .as_deref()
        .and_then(|it| Layout::examples(it).ok());
    let mut schema_files = Vec::new();
    let mut example_files = Vec::new();
    for path in list(root, shown, sources, diagnostics) {
        if let Some(matched) = examples.as_ref().and_then(|layout| layout.matches(&path)) {
            example_files.push((path, matched));
        } else if let Some(matched) = layout.as_ref().and_then(|layout| layout.matches(&path)) {
            schema_files.push((path, matched));
        }
    }
    if schema_files.is_empty() {
        diagnostics.push(empty(config, config_source));
    }
    let mut loader = Loader::new(root, shown, config, sources, diagnostics);
    let paths: Vec<String> = schema_files.iter().map(|(path, _)| path.clone()).collect();
    let read = loader.read(&paths);
    loader.follow_references();
    let Loader {
        schemas,
        by_path,
        broken,
        absent,
        ..
    } = loader;
    let found = schema_files
        .into_iter()
        .zip(read)
        .map(|((path, matched), source)| {
            let root = by_path.get(&path).copied();
            Found {
                path,
                matched,
                source,
                root,
            }
        })
        .collect();
    Parsed {
        layout,
        config_source,
        schemas,
        by_path,
        broken,
        absent,
        found,
        examples: example_files,
    }
}

/// Groups the files into contracts and binds every reference.
pub fn resolve(parsed: Parsed, config: &Config, diagnostics: &mut Diagnostics) -> Catalog {
    let Parsed {
        layout,
        config_source,
        mut schemas,
        by_path,
        broken,
        absent,
        found,
        examples,
    } = parsed;
    let mut contracts = lineage::gather(found, config, &schemas, diagnostics);
    lineage::attach(&mut contracts, examples, config_source, diagnostics);
    let versions = |path: &str| {
        let Matched { group, name, .. } = layout.as_ref()?.matches(path)?;
        let group = group.unwrap_or_default();
        let contract = contracts
            .iter()
            .find(|it| it.name == name && it.group == group)?;
        let versions = contract
            .releases
            .iter()
            .map(|release| release.version.to_string())
            .collect();
        Some((contract.full_name(), versions))
    };
    schema::resolve(
        &mut schemas,
        &Files {
            by_path,
            references: &config.references,
            broken,
            versions: &versions,
        },
        diagnostics,
    );
    Catalog {
        contracts,
        schemas,
        absent,
    }
}

/// Reads and parses the named files below `root` and those they reference, without a layout; every schema,
/// references bound, and the root of each file by its path.
pub fn files(
    root: &(impl Folder + ?Sized),
    shown: &str,
    paths: &[String],
    config: &Config,
    sources: &mut Sources,
    diagnostics: &mut Diagnostics,
) -> (Schemas, BTreeMap<String, SchemaId>) {
    let mut loader = Loader::new(root, shown, config, sources, diagnostics);
    loader.read(paths);
    loader.follow_references();
    let Loader {
        mut schemas,
        by_path,
        broken,
        ..
    } = loader;
    let files = Files {
        by_path: by_path.clone(),
        references: &config.references,
        broken,
        versions: &|_| None,
    };
    schema::resolve(&mut schemas, &files, diagnostics);
    (schemas, by_path)
}

fn empty(config: &Config, config_source: Option<SourceId>) -> Diagnostic {
    let message = format!("no file matches `{}`", config.layout);
    let mut diagnostic = Diagnostic::new(&WORKSPACE_EMPTY, message)
        .help("set `layout` to where the schemas are, say \"{group}/{name}@{version}.json\"");
    if let Some(source) = config_source {
        diagnostic = diagnostic.at(Place::file(source), "");
    }
    diagnostic
}

fn list(
    root: &(impl Folder + ?Sized),
    shown: &str,
    sources: &mut Sources,
    diagnostics: &mut Diagnostics,
) -> Vec<String> {
    let (files, trouble) = root.list();
    for (path, message) in trouble {
        let name = format!("{shown}{path}");
        let source = sources.add(&name, "");
        diagnostics.push(
            Diagnostic::new(
                &faults::FOLDER_UNREADABLE,
                format!("cannot list `{name}`: {message}"),
            )
            .at(Place::file(source), String::new()),
        );
    }
    files
}

struct Loader<'a, F: ?Sized> {
    root: &'a F,
    shown: &'a str,
    defaults: Defaults,
    references: &'a BTreeMap<String, String>,
    sources: &'a mut Sources,
    diagnostics: &'a mut Diagnostics,
    schemas: Schemas,
    by_path: BTreeMap<String, SchemaId>,
    broken: BTreeSet<String>,
    /// Files that references name and that are not there.
    absent: BTreeSet<String>,
}

type Read = (Source, Result<(Option<Value>, Vec<Fault>), ReadError>);

impl<'a, F: Folder + ?Sized> Loader<'a, F> {
    fn new(
        root: &'a F,
        shown: &'a str,
        config: &'a Config,
        sources: &'a mut Sources,
        diagnostics: &'a mut Diagnostics,
    ) -> Self {
        Self {
            root,
            shown,
            defaults: Defaults {
                draft: config.draft,
                drafts: config.drafts.clone(),
            },
            references: &config.references,
            sources,
            diagnostics,
            schemas: Schemas::default(),
            by_path: BTreeMap::new(),
            broken: BTreeSet::new(),
            absent: BTreeSet::new(),
        }
    }

    /// Reads and parses files in parallel, then adds them in order; the source of each.
    fn read(&mut self, paths: &[String]) -> Vec<SourceId> {
        let (root, shown) = (self.root, self.shown);
        let texts: Vec<Read> = paths
            .par_iter()
            .map(|path| {
                let name = format!("{shown}{path}");
                match root.read(path) {
                    Ok(text) => {
                        let source = Source::new(name, text).of_file(path);
                        let parsed = source::parse(&source);
                        (source, Ok(parsed))
                    }
                    Err(error) => (Source::new(name, "").of_file(path), Err(error)),
                }
            })
            .collect();
        let mut ids = Vec::new();
        let mut documents = Vec::new();
        for (path, (source, parsed)) in paths.iter().zip(texts) {
            let name = source.name.clone();
            let id = self.sources.push(source);
            ids.push(id);
            match parsed {
                Ok((value, faults)) => {
                    for fault in faults {
                        self.diagnostics.push(faults::say(fault, id));
                    }
                    documents
                        .extend(value.map(|value| (path.clone(), Document { source: id, value })));
                }
                Err(error) => self.diagnostics.push(faults::unreadable(&error, id, &name)),
            }
        }
        self.understand(documents);
        let gave_none = |path: &&String| !self.by_path.contains_key(*path);
        self.broken.extend(paths.iter().filter(gave_none).cloned());
        ids
    }

    /// Adds published metaschemas; their text is for messages.
    fn know(&mut self, uris: Vec<String>) {
        let documents = uris.into_iter().filter_map(|uri| {
            let value = schema::published(&uri)?.clone();
            let text = serde_json::to_string_pretty(&value).unwrap_or_default();
            let source = self.sources.add(&uri, text);
            Some((uri, Document { source, value }))
        });
        let documents = documents.collect();
        self.understand(documents);
    }

    fn understand(&mut self, documents: Vec<(String, Document)>) {
        let first = self.schemas.iter().count();
        let defaults = &self.defaults;
        let parsed: Vec<(Schema, Diagnostics)> = documents
            .into_par_iter()
            .enumerate()
            .map(|(offset, (path, document))| {
                let index = u32::try_from(first + offset).expect("fewer than 2^32 documents");
                let mut diagnostics = Diagnostics::default();
                let schema = schema::parse(document, path, index, defaults, &mut diagnostics);
                (schema, diagnostics)
            })
            .collect();
        for (schema, found) in parsed {
            let path = schema.path.clone();
            self.by_path.insert(path, self.schemas.add(schema));
            self.diagnostics.extend(found);
        }
    }

    /// Reads files that references name and no layout matched, until there are no more.
    fn follow_references(&mut self) {
        let mut from = 0;
        loop {
            let mut wanted: Vec<String> = self
                .schemas
                .iter()
                .skip(from)
                .flat_map(|(_, schema)| schema.nodes.iter().map(move |node| (schema, node)))
                .filter_map(|(schema, node)| node.reference_text().map(|text| (schema, text)))
                .filter_map(|(schema, text)| {
                    schema::file_reference(&schema.path, text, self.references)
                })
                .filter(|path| !self.by_path.contains_key(path) && !self.broken.contains(path))
                .collect();
            from = self.schemas.iter().count();
            wanted.sort();
            wanted.dedup();
            wanted.retain(|path| {
                let there = schema::published(path).is_some() || self.root.is_file(path);
                if !there {
                    self.absent.insert(path.clone());
                }
                there
            });
            if wanted.is_empty() {
                return;
            }
            let (known, files): (Vec<String>, Vec<String>) = wanted
                .into_iter()
                .partition(|path| schema::published(path).is_some());
            self.read(&files);
            self.know(known);
        }
    }
}
