//! `$dynamicRef` and `$recursiveRef`: what they name depends on the schemas passed through on the way.
//!
//! Every document that meets one gets nodes of its own for each way in, with the reference bound to what
//! it names on that way; nobody after this needs to know of dynamic scopes.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use super::super::{Keywords, Kind, Node, SchemaId, Schemas};
use super::Index;

/// The dynamic anchors in force: of each name the outermost.
type Scope = BTreeMap<String, SchemaId>;

/// Binds the dynamic references of every document, read from its root.
pub(super) fn bind(schemas: &mut Schemas, index: &Index) {
    let tainted = tainted(schemas);
    if tainted.is_empty() {
        return;
    }
    let mut anchors: BTreeMap<SchemaId, Scope> = BTreeMap::new();
    for (id, (resource, _)) in &index.resources {
        if let Some(name) = schemas
            .keywords(*id)
            .and_then(|k| k.dynamic_anchor.as_ref())
        {
            anchors
                .entry(*resource)
                .or_default()
                .entry(name.clone())
                .or_insert(*id);
        }
    }
    let roots: Vec<SchemaId> = schemas
        .iter()
        .map(|(root, _)| root)
        .filter(|root| tainted.contains(root))
        .collect();
    let mut rebound = Vec::new();
    for root in roots {
        let mut ways = Ways {
            schemas,
            index,
            tainted: &tainted,
            anchors: &anchors,
            first: BTreeMap::new(),
            known: BTreeMap::new(),
            queue: VecDeque::new(),
        };
        rebound.push((root, ways.keywords(root)));
    }
    // Roots keep their place, and what they said before is read by every other root: so they come last.
    for (root, keywords) in rebound {
        let node = schemas.schema_mut(root).nodes.get_mut(root.node as usize);
        if let (Some(node), Some(keywords)) = (node, keywords) {
            node.kind = Kind::Keywords(Box::new(keywords));
        }
    }
}

/// Every node from which a dynamic reference can be reached.
fn tainted(schemas: &Schemas) -> BTreeSet<SchemaId> {
    let mut reached_from: BTreeMap<SchemaId, Vec<SchemaId>> = BTreeMap::new();
    let mut queue = Vec::new();
    for (root, schema) in schemas.iter() {
        for node in (0..).take(schema.nodes.len()) {
            let id = SchemaId {
                document: root.document,
                node,
            };
            let Some(keywords) = schemas.keywords(id) else {
                continue;
            };
            for next in keywords.children().chain(keywords.in_place()) {
                reached_from.entry(next).or_default().push(id);
            }
            if keywords.dynamic_reference.is_some() {
                queue.push(id);
            }
        }
    }
    let mut tainted = BTreeSet::new();
    while let Some(id) = queue.pop() {
        if tainted.insert(id) {
            queue.extend(reached_from.get(&id).into_iter().flatten());
        }
    }
    tainted
}

/// The nodes of one root, each for every scope it is met in.
struct Ways<'a> {
    schemas: &'a mut Schemas,
    index: &'a Index,
    tainted: &'a BTreeSet<SchemaId>,
    /// Resource → its dynamic anchors.
    anchors: &'a BTreeMap<SchemaId, Scope>,
    /// The root in its own scope, which keeps its id.
    first: BTreeMap<(SchemaId, Scope), SchemaId>,
    known: BTreeMap<(SchemaId, Scope), SchemaId>,
    /// Nodes that are there and not yet filled: the new, the old, the scope in force.
    queue: VecDeque<(SchemaId, SchemaId, Scope)>,
}

impl Ways<'_> {
    /// What the root says, with nodes of its own below.
    fn keywords(&mut self, root: SchemaId) -> Option<Keywords> {
        let scope = self.entered(root, &Scope::new());
        self.first.insert((root, scope.clone()), root);
        let keywords = self.rebind(root, &scope);
        while let Some((new, old, scope)) = self.queue.pop_front() {
            let Some(keywords) = self.rebind(old, &scope) else {
                continue;
            };
            let nodes = &mut self.schemas.schema_mut(new).nodes;
            if let Some(node) = nodes.get_mut(new.node as usize) {
                node.kind = Kind::Keywords(Box::new(keywords));
            }
        }
        keywords
    }

    /// The scope inside a node: what was in force, and the anchors of its resource.
    fn entered(&self, id: SchemaId, scope: &Scope) -> Scope {
        let mut scope = scope.clone();
        let resource = self.index.resources.get(&id).map(|(resource, _)| *resource);
        let own = resource.and_then(|resource| self.anchors.get(&resource));
        for (name, anchor) in own.into_iter().flatten() {
            scope.entry(name.clone()).or_insert(*anchor);
        }
        scope
    }

    /// The node for `id` where it is met in `scope`.
    fn node(&mut self, id: SchemaId, scope: &Scope) -> SchemaId {
        if !self.tainted.contains(&id) {
            return id;
        }
        let scope = self.entered(id, scope);
        let key = (id, scope.clone());
        if let Some(known) = self.first.get(&key).or_else(|| self.known.get(&key)) {
            return *known;
        }
        let Node { pointer, draft, .. } = self.schemas.node(id).clone();
        let nodes = &mut self.schemas.schema_mut(id).nodes;
        let new = SchemaId {
            document: id.document,
            node: u32::try_from(nodes.len()).expect("fewer than 2^32 nodes"),
        };
        nodes.push(Node {
            pointer,
            draft,
            kind: Kind::Anything,
        });
        self.known.insert(key, new);
        self.queue.push_back((new, id, scope));
        new
    }

    /// What a node says, everything in it bound for `scope`.
    fn rebind(&mut self, id: SchemaId, scope: &Scope) -> Option<Keywords> {
        let mut keywords = self.schemas.keywords(id)?.clone();
        let named = keywords
            .dynamic_reference
            .as_ref()
            .and_then(|it| it.target)
            .map(|target| self.outermost(target, &keywords, scope));
        keywords.each_child(&mut |child| *child = self.node(*child, scope));
        if let Some(reference) = &mut keywords.reference {
            reference.target = reference.target.map(|target| self.node(target, scope));
        }
        if let Some(reference) = &mut keywords.dynamic_reference {
            reference.target = named.map(|target| self.node(target, scope));
        }
        Some(keywords)
    }

    /// What a dynamic reference names: where its target is a dynamic anchor, the outermost of that name.
    fn outermost(&self, target: SchemaId, keywords: &Keywords, scope: &Scope) -> SchemaId {
        let text = keywords.dynamic_reference.as_ref().map(|it| &*it.text);
        let fragment = text.and_then(|text| text.split_once('#'));
        let name = fragment.map_or("", |(_, fragment)| fragment);
        let anchor = self.schemas.keywords(target);
        match anchor.and_then(|it| it.dynamic_anchor.as_deref()) {
            Some(anchor) if anchor == name => scope.get(name).copied().unwrap_or(target),
            Some(_) | None => target,
        }
    }
}
