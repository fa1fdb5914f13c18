//! Schema → model: keywords in; shapes and residue out.
//!
//! A [`view::View`] merges what `allOf` and `$ref` say of one value; `shape` reads a shape off it; what the
//! shape does not hold goes into checks (`check`). No schema fails: what no shape fits is "anything" with residue.

mod bounds;
mod check;
mod elder;
mod name;
mod order;
mod record;
mod scalar;
mod shape;
mod share;
mod unevaluated;
mod union;
mod view;

use std::collections::BTreeMap;

use sha2::{Digest as _, Sha256};

use super::naming::Scope;
use super::{Body, Check, CheckId, Declaration, DeclarationId, Docs, Model, Shape, Type};
use crate::catalog::{Contract, Release};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Severity};
use crate::schema::{Formats, Kinds, SchemaId, Schemas, bundle};
use elder::Elder;
use share::Shared;
use view::{Part, View};

/// Every code this file can report.
pub(super) const CODES: &[&Code] = &[&TYPE_MISSING, &INTEGER_TOO_WIDE, &KEYWORD_UNHELD];

static TYPE_MISSING: Code = Code {
    name: "type-missing",
    severity: Severity::Warning,
    explain: "\
Keywords about objects (or arrays, strings, numbers) stand without a `type`. JSON Schema then accepts
every value of another type too: `{\"properties\": {…}}` accepts the number 7. Models of such a schema can
only say \"anything\" and check it. Mostly `\"type\": \"object\"` was meant: add it.
",
};

static INTEGER_TOO_WIDE: Code = Code {
    name: "integer-too-wide",
    severity: Severity::Warning,
    explain: "\
An integer's bounds go beyond 64 bits. Generated models hold integers in 64 bits (signed, or unsigned
where the bounds say so) and refuse values beyond in every language alike, never rounding them. Narrow
the bounds, or send the number as a string with a pattern.
",
};

static KEYWORD_UNHELD: Code = Code {
    name: "keyword-unheld",
    severity: Severity::Warning,
    explain: "\
Generated readers do not check this keyword where it stands, so they accept documents that the schema
refuses. The message says which.
",
};

/// Lowers one version of a contract. Never fails: what no shape fits becomes "anything" with residue.
/// What `elder`, the version before it, has too keeps its name.
pub fn lower(
    schemas: &Schemas,
    contract: &Contract,
    release: &Release,
    formats: Formats,
    elder: Option<&Model>,
    diagnostics: &mut Diagnostics,
) -> Model {
    let elder = elder.map(Elder::of).unwrap_or_default();
    let mut scope = Scope::new([], true);
    let document = schemas.value(release.root);
    for name in elder.names(document) {
        scope.keep(name);
    }
    let mut lowering = Lowering {
        schemas,
        formats,
        diagnostics,
        label: contract.label(release),
        declarations: Vec::new(),
        types: BTreeMap::new(),
        merged: BTreeMap::new(),
        names: BTreeMap::new(),
        scope,
        elder,
        checks: Vec::new(),
        check_ids: BTreeMap::new(),
    };
    let root = lowering.root(release.root, &super::naming::phrase(&contract.name));
    let Lowering {
        declarations,
        checks,
        elder,
        ..
    } = lowering;
    let declarations: Vec<Declaration> = declarations
        .into_iter()
        .map(|slot| slot.expect("every declaration reserved is filled before `root` returns"))
        .collect();
    let (mut declarations, root) = order::sort(declarations, root);
    elder.age(&mut declarations);
    let checks = share::settle(checks, &mut declarations);
    let text = bundle(schemas, release.root).to_string();
    let hash = Sha256::digest(text)
        .iter()
        .fold(String::new(), |hash, byte| format!("{hash}{byte:02x}"));
    Model {
        group: contract.group.clone(),
        name: contract.name.clone(),
        version: release.version.to_string(),
        major: release.version.major(),
        hash,
        declarations,
        root,
        checks,
    }
}

struct Lowering<'a> {
    schemas: &'a Schemas,
    formats: Formats,
    diagnostics: &'a mut Diagnostics,
    /// `group/Name@version`, for findings.
    label: String,
    /// Slots are reserved before what they hold is lowered, so that recursion finds them.
    declarations: Vec<Option<Declaration>>,
    /// The type of every referenced node.
    types: BTreeMap<SchemaId, Type>,
    /// The type of what schemas without a name describe, one or several together: so that one that is met
    /// again, or holds itself, is the same type.
    merged: BTreeMap<Vec<Part>, Type>,
    /// The name of every referenced node, given out before any other name.
    names: BTreeMap<SchemaId, String>,
    scope: Scope,
    /// The names of the version before.
    elder: Elder,
    checks: Vec<Shared>,
    check_ids: BTreeMap<SchemaId, CheckId>,
}

impl Lowering<'_> {
    fn root(&mut self, id: SchemaId, phrase: &str) -> DeclarationId {
        let name = self.unique(id, phrase);
        self.names.insert(id, name);
        self.name_references(id);
        let type_ = self.referenced(id);
        match type_ {
            Type {
                shape: Shape::Named { declaration },
                nullable: false,
            } => declaration,
            type_ => {
                // A nullable record, say: the document is an alias of it.
                let name = self.unique(id, &format!("{phrase} document"));
                let slot = self.reserve();
                self.fill(slot, name, id, Body::Alias { type_ }, None);
                slot
            }
        }
    }

    /// The type of a node that a reference (or the document) names: always a declaration.
    fn referenced(&mut self, id: SchemaId) -> Type {
        // Names for names first, in a loop: a chain of them may be long. A circle was reported by `resolve`.
        let mut aliases = Vec::new();
        let mut end = id;
        while !self.types.contains_key(&end)
            && let Some(target) = self.plain_reference(end)
        {
            let slot = self.reserve();
            self.types
                .insert(end, Type::of(Shape::Named { declaration: slot }));
            aliases.push((slot, end));
            end = target;
        }
        let mut type_ = match self.types.get(&end) {
            Some(known) => known.clone(),
            None => {
                let name = self.name_of(end);
                let view = View::of(self.schemas, &[Part::whole(end)]);
                let slot = self.reserve();
                self.types
                    .insert(end, Type::of(Shape::Named { declaration: slot }));
                self.declared(&view, &name, slot)
            }
        };
        for (slot, id) in aliases.into_iter().rev() {
            let name = self.name_of(id);
            self.fill(slot, name, id, Body::Alias { type_ }, None);
            type_ = Type::of(Shape::Named { declaration: slot });
        }
        type_
    }

    fn name_of(&mut self, id: SchemaId) -> String {
        self.names
            .get(&id)
            .cloned()
            .unwrap_or_else(|| self.unique(id, "value"))
    }

    /// The type at `id`, named by its path where it needs a name.
    fn type_at(&mut self, id: SchemaId, hint: &str) -> Type {
        match self.plain_reference(id) {
            Some(target) => self.referenced(target),
            None => self.type_of_parts(&[Part::whole(id)], hint),
        }
    }

    fn type_of_parts(&mut self, parts: &[Part], hint: &str) -> Type {
        if let [
            Part {
                id,
                without_choice: false,
            },
        ] = parts
            && self.plain_reference(*id).is_some()
        {
            return self.type_at(*id, hint);
        }
        if let Some(type_) = self.merged.get(parts) {
            return type_.clone();
        }
        let view = View::of(self.schemas, parts);
        let own = matches!(
            &*view.parts,
            [] | [(
                Part {
                    without_choice: false,
                    ..
                },
                _
            )]
        );
        let nests = view.kinds.meets(Kinds::OBJECT.union(Kinds::ARRAY));
        if own || !nests || view.values.is_some() {
            let type_ = self.inline(&view, hint);
            self.merged.insert(parts.to_vec(), type_.clone());
            return type_;
        }
        let name = self.unique(view.origin, hint);
        let slot = self.reserve();
        self.merged
            .insert(parts.to_vec(), Type::of(Shape::Named { declaration: slot }));
        self.declared(&view, &name, slot)
    }

    /// Where `id` says nothing but `$ref`, alone or as its only `allOf`: what it names.
    fn plain_reference(&self, id: SchemaId) -> Option<SchemaId> {
        let keywords = self.schemas.keywords(id)?;
        if !view::says_nothing_beside(keywords) {
            return None;
        }
        let named = |keywords: &crate::schema::Keywords| {
            keywords
                .reference
                .as_ref()
                .or(keywords.dynamic_reference.as_ref())?
                .target
        };
        match (
            &*keywords.all_of,
            &keywords.reference,
            &keywords.dynamic_reference,
        ) {
            ([], Some(_), None) | ([], None, Some(_)) => named(keywords),
            ([only], None, None) => {
                let inner = self.schemas.keywords(*only)?;
                let plain = inner.all_of.is_empty() && view::says_nothing_beside(inner);
                named(inner).filter(|_| plain)
            }
            _ => None,
        }
    }

    /// A name of its own for a declaration made at `id`: the one it had in the version before, if it had one.
    fn unique(&mut self, id: SchemaId, phrase: &str) -> String {
        let phrase = if phrase.is_empty() { "value" } else { phrase };
        let kept = self.elder.take(&self.origin(id), phrase);
        kept.unwrap_or_else(|| self.scope.claim(phrase))
    }

    /// Where a node stands: `path#pointer`.
    fn origin(&self, id: SchemaId) -> String {
        let (schema, node) = (self.schemas.schema(id), self.schemas.node(id));
        format!("{}#{}", schema.path, node.pointer)
    }

    fn reserve(&mut self) -> DeclarationId {
        self.declarations.push(None);
        self.declarations.len() - 1
    }

    fn fill(
        &mut self,
        slot: DeclarationId,
        name: String,
        id: SchemaId,
        body: Body,
        residue: Option<Check>,
    ) {
        let declaration = Declaration {
            name,
            docs: self.docs(&[id]),
            origin: self.origin(id),
            body,
            residue,
            recursive: false,
            age: 0,
            replaced: None,
        };
        if let Some(place) = self.declarations.get_mut(slot) {
            *place = Some(declaration);
        }
    }

    fn docs(&self, ids: &[SchemaId]) -> Docs {
        let keywords = || ids.iter().filter_map(|id| self.schemas.keywords(*id));
        Docs {
            title: keywords().find_map(|k| k.title.clone()),
            description: keywords().find_map(|k| k.description.clone()),
            deprecated: keywords().any(|k| k.deprecated),
        }
    }

    fn warn(
        &mut self,
        code: &'static Code,
        id: SchemaId,
        keyword: &str,
        message: String,
        help: &str,
    ) {
        let place = self.schemas.keyword_place(id, keyword);
        self.diagnostics.push(
            Diagnostic::new(code, message)
                .at(place, "")
                .help(help)
                .about(&self.label),
        );
    }
}
