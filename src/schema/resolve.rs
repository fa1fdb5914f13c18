//! Binds every reference to the node it names: by `$id`, by `$anchor`, by pointer, by relative file.
//!
//! Never asks the network, never reads a file: what is not among the documents given is a finding.

use std::collections::{BTreeMap, BTreeSet};

use super::{Draft, Keywords, Kind, SchemaId, Schemas, closest, parse};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Place, Severity};
use crate::pointer::Pointer;

mod dynamic;
mod endless;
mod missing;
mod published;
mod uri;

pub(super) use endless::REFERENCE_ENDLESS;
pub(crate) use published::published;
pub(crate) use uri::file_reference;

use missing::Missing;

pub(super) static REFERENCE_UNKNOWN: Code = Code {
    name: "reference-unknown",
    severity: Severity::Error,
    explain: "\
A `$ref` names something that does not exist: a file that is not there, a pointer into nothing, an
anchor nobody set. References are resolved against `$id` where one is in force, and else as a path
relative to the file they stand in.
",
};

pub(super) static REFERENCE_REMOTE: Code = Code {
    name: "reference-remote",
    severity: Severity::Error,
    explain: "\
A `$ref` names a URL that no schema of the workspace carries as its `$id`. Nothing is ever fetched: a
build must not depend on somebody's server. Keep a copy of the schema in the workspace, with that
`$id`, or say in contracts.toml in which folder URLs of that kind are kept:

    [references]
    \"https://example.com/schemas/\" = \"vendor/schemas\"

The published metaschemas are known.
",
};

pub(super) static VERSION_UNKNOWN: Code = Code {
    name: "version-unknown",
    severity: Severity::Error,
    explain: "\
A `$ref` names a version of a contract that the workspace does not have. The message lists those it has.
",
};

pub(super) static IDENTIFIER_REPEATED: Code = Code {
    name: "identifier-repeated",
    severity: Severity::Error,
    explain: "\
Two schemas of one file carry the same `$id`, or a reference names an `$id` that several files carry,
so it could mean either. Give each its own; versions of one contract usually differ in a version
segment. Inside a file that carries it, the `$id` always means that file's own.
",
};

/// For a path: the contract it would belong to, and the versions that one has.
pub type Versions<'a> = dyn Fn(&str) -> Option<(String, Vec<String>)> + 'a;

/// The documents of a run by path, and what the catalog knows of the versions beside them.
pub struct Files<'a> {
    /// Root of each document by its path below the workspace's root.
    pub by_path: BTreeMap<String, SchemaId>,
    /// Where schemas that references name by URL are kept: prefix → folder.
    pub references: &'a BTreeMap<String, String>,
    /// Files that are there and could not be read; that was reported.
    pub broken: BTreeSet<String>,
    /// For a path that no document has: the contract it would belong to and the versions that one has.
    pub versions: &'a Versions<'a>,
}

/// Fills in every reference's target and reports those that have none, and cycles that never end.
pub fn resolve(schemas: &mut Schemas, files: &Files<'_>, diagnostics: &mut Diagnostics) {
    let circles = bound(schemas, files, diagnostics);
    endless::cut_all(schemas, circles);
}

/// The same, with references that lead back to themselves left bound: only who expects them may read on.
pub fn resolve_circular(schemas: &mut Schemas, files: &Files<'_>, diagnostics: &mut Diagnostics) {
    bound(schemas, files, diagnostics);
}

fn bound(
    schemas: &mut Schemas,
    files: &Files<'_>,
    diagnostics: &mut Diagnostics,
) -> Vec<endless::Steps> {
    let index = Index::of(schemas, diagnostics);
    let documents: Vec<SchemaId> = schemas.iter().map(|(root, _)| root).collect();
    let mut missing = Vec::new();
    for root in documents {
        // Binding a pointer may make a node, and that node may hold references of its own.
        let mut next = 0;
        while (next as usize) < schemas.schema(root).nodes.len() {
            let id = SchemaId {
                document: root.document,
                node: next,
            };
            bind(schemas, &index, files, id, diagnostics, &mut missing);
            next += 1;
        }
    }
    for diagnostic in missing {
        diagnostics.push(diagnostic);
    }
    dynamic::bind(schemas, &index);
    endless::check(schemas, diagnostics)
}

/// `$id`s and anchors of all documents.
struct Index {
    /// Absolute URI without fragment → the schema resources of that name, a document's own in order.
    identifiers: BTreeMap<String, Vec<SchemaId>>,
    /// Resource and anchor → node.
    anchors: BTreeMap<(SchemaId, String), SchemaId>,
    /// Node → the resource it belongs to, and that resource's base URI.
    resources: BTreeMap<SchemaId, (SchemaId, String)>,
}

impl Index {
    fn of(schemas: &Schemas, diagnostics: &mut Diagnostics) -> Self {
        let mut index = Self {
            identifiers: BTreeMap::new(),
            anchors: BTreeMap::new(),
            resources: BTreeMap::new(),
        };
        for (root, _) in schemas.iter() {
            index.walk(schemas, root, root, String::new(), diagnostics);
        }
        index
    }

    /// The resource of that name, for a reference that stands in `document`: its own, or the only one.
    fn identified(&self, uri: &str, document: u32) -> Result<Option<SchemaId>, Missing> {
        let named = self.identifiers.get(uri).map(Vec::as_slice);
        match named.unwrap_or_default() {
            [] => Ok(None),
            [only] => Ok(Some(*only)),
            [first, second, ..] => {
                let own = named
                    .into_iter()
                    .flatten()
                    .find(|id| id.document == document);
                own.map(|id| Some(*id)).ok_or(Missing::Ambiguous {
                    first: *first,
                    second: *second,
                })
            }
        }
    }

    fn walk(
        &mut self,
        schemas: &Schemas,
        id: SchemaId,
        mut resource: SchemaId,
        mut base: String,
        diagnostics: &mut Diagnostics,
    ) {
        if let Some(keywords) = schemas.keywords(id) {
            let draft = schemas.node(id).draft;
            if let Some(identifier) = &keywords.identifier {
                match identifier.strip_prefix('#') {
                    Some(anchor) => {
                        self.anchor(resource, anchor, id);
                    }
                    None => {
                        base = uri::join(&base, identifier.trim_end_matches('#'));
                        resource = id;
                        self.identify(schemas, id, &base, draft, diagnostics);
                    }
                }
            }
            for anchor in [&keywords.anchor, &keywords.dynamic_anchor]
                .into_iter()
                .flatten()
            {
                self.anchor(resource, anchor, id);
            }
            for child in keywords.children() {
                self.walk(schemas, child, resource, base.clone(), diagnostics);
            }
        }
        self.resources.insert(id, (resource, base));
    }

    /// Of several anchors with one name, which no schema should have, the first one counts.
    fn anchor(&mut self, resource: SchemaId, name: &str, id: SchemaId) {
        let key = (resource, name.to_owned());
        self.anchors.entry(key).or_insert(id);
    }

    fn identify(
        &mut self,
        schemas: &Schemas,
        id: SchemaId,
        base: &str,
        draft: Draft,
        diagnostics: &mut Diagnostics,
    ) {
        let named = self.identifiers.entry(base.to_owned()).or_default();
        let first = named
            .iter()
            .find(|known| known.document == id.document)
            .copied();
        if first == Some(id) {
            return;
        }
        named.push(id);
        // Relative `$id`s of unrelated places often collide and name nothing outside their file.
        let Some(first) = first.filter(|_| base.contains(':')) else {
            return;
        };
        diagnostics.push(
            Diagnostic::new(&IDENTIFIER_REPEATED, format!("`{base}` names two schemas"))
                .at(value_of(schemas, id, draft.identifier()), "the second")
                .at(
                    value_of(schemas, first, schemas.node(first).draft.identifier()),
                    "the first",
                ),
        );
    }
}

fn value_of(schemas: &Schemas, id: SchemaId, keyword: &str) -> Place {
    Place::value(
        schemas.schema(id).source,
        schemas.node(id).pointer.join(keyword),
    )
}

fn bind(
    schemas: &mut Schemas,
    index: &Index,
    files: &Files<'_>,
    id: SchemaId,
    diagnostics: &mut Diagnostics,
    missing: &mut Vec<Diagnostic>,
) {
    let Some(keywords) = schemas.keywords(id) else {
        return;
    };
    let written: Vec<(&'static str, String)> = references(keywords);
    for (keyword, text) in written {
        let place = value_of(schemas, id, keyword);
        match find(schemas, index, files, id, &text, diagnostics) {
            Ok(Some(target)) => set(schemas, id, keyword, target),
            Ok(None) => {}
            Err(fault) => missing.push(fault.say(&text, place, schemas)),
        }
    }
}

fn references(keywords: &Keywords) -> Vec<(&'static str, String)> {
    [&keywords.reference, &keywords.dynamic_reference]
        .into_iter()
        .flatten()
        .map(|reference| (reference.keyword, reference.text.clone()))
        .collect()
}

fn set(schemas: &mut Schemas, id: SchemaId, keyword: &str, target: SchemaId) {
    let nodes = &mut schemas.schema_mut(id).nodes;
    let Some(node) = nodes.get_mut(id.node as usize) else {
        return;
    };
    let Kind::Keywords(keywords) = &mut node.kind else {
        return;
    };
    for reference in [&mut keywords.reference, &mut keywords.dynamic_reference] {
        if let Some(reference) = reference.as_mut().filter(|it| it.keyword == keyword) {
            reference.target = Some(target);
        }
    }
}

/// The node that a reference names; `None` where its file was reported already.
fn find(
    schemas: &mut Schemas,
    index: &Index,
    files: &Files<'_>,
    from: SchemaId,
    text: &str,
    diagnostics: &mut Diagnostics,
) -> Result<Option<SchemaId>, Missing> {
    let (uri, fragment) = text.split_once('#').unwrap_or((text, ""));
    let own = (
        SchemaId {
            document: from.document,
            node: 0,
        },
        String::new(),
    );
    let (resource, base) = index.resources.get(&from).unwrap_or(&own);
    let resource = if uri.is_empty() {
        *resource
    } else {
        match document(schemas, index, files, from, base, uri)? {
            Some(resource) => resource,
            None => return Ok(None),
        }
    };
    let fragment = uri::decode(fragment);
    if fragment.is_empty() {
        return Ok(Some(resource));
    }
    if !fragment.starts_with('/') {
        return index
            .anchors
            .get(&(resource, fragment.clone()))
            .map(|target| Some(*target))
            .ok_or(Missing::Anchor { fragment });
    }
    let base = schemas.node(resource).pointer.clone();
    let pointer: Pointer = format!("{base}{fragment}")
        .parse()
        .expect("a base is a pointer and the fragment begins with `/`");
    let node = parse::node_at(
        schemas.schema_mut(resource),
        resource.document,
        &pointer,
        diagnostics,
    );
    let document = resource.document;
    node.map(|node| Some(SchemaId { document, node }))
        .ok_or_else(|| {
            let closest = pointer.parent().and_then(|up| {
                let members = up.find(&schemas.schema(resource).value)?.as_object()?;
                let last = pointer.last()?;
                closest(&last, members.keys().map(String::as_str))
                    .map(|word| format!("#{}", up.join(word)))
            });
            Missing::Pointer {
                fragment: format!("#{fragment}"),
                closest,
            }
        })
}

fn document(
    schemas: &Schemas,
    index: &Index,
    files: &Files<'_>,
    from: SchemaId,
    base: &str,
    uri: &str,
) -> Result<Option<SchemaId>, Missing> {
    let absolute = uri::join(base, uri);
    for name in [absolute.as_str(), uri] {
        if let Some(target) = index.identified(name, from.document)? {
            return Ok(Some(target));
        }
    }
    let Some(path) = file_reference(&schemas.schema(from).path, uri, files.references) else {
        return Err(Missing::Remote {
            uri: uri.to_owned(),
        });
    };
    if let Some(target) = files.by_path.get(&path) {
        return Ok(Some(*target));
    }
    if files.broken.contains(&path) {
        return Ok(None);
    }
    if let Some((contract, versions)) = (files.versions)(&path) {
        return Err(Missing::Version { contract, versions });
    }
    let closest = closest(&path, files.by_path.keys().map(String::as_str)).map(str::to_owned);
    Err(Missing::File { path, closest })
}
