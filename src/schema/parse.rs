//! Value → nodes: every draft's wording read into one vocabulary, all faults kept.

use std::collections::{BTreeMap, BTreeSet};

use indexmap::IndexMap;
use serde_json::{Map, Value};

use values::{adapt_old_drafts, count, kinds, members, nameless, names, reference};

use super::{Draft, Keywords, Kind, Node, Schema, SchemaId, closest};
use crate::diagnostic::{Diagnostic, Diagnostics, Place};
use crate::pointer::Pointer;
use crate::source::Document;

mod codes;
mod metaschema;
mod values;

pub(super) use codes::{DRAFT_UNKNOWN, KEYWORD_UNKNOWN, PATTERN_INVALID};
pub(super) use metaschema::KEYWORD_INVALID;

/// How documents are read where they do not say it themselves.
#[derive(Clone, Debug, Default)]
pub struct Defaults {
    /// The draft of files that declare none.
    pub draft: Draft,
    /// Which draft other metaschemas follow, by their URI.
    pub drafts: BTreeMap<String, Draft>,
}

/// Reads a document's schema. `path` is below the workspace's root; `index` is the document's place in the [`super::Schemas`] to come.
///
/// Never fails: what cannot be understood is left out and reported.
pub fn parse(
    document: Document,
    path: String,
    index: u32,
    defaults: &Defaults,
    diagnostics: &mut Diagnostics,
) -> Schema {
    let source = document.source;
    let drafts = &defaults.drafts;
    let draft = declared(&document, defaults.draft, drafts, diagnostics);
    let wrong = metaschema::check(&document, draft, diagnostics);
    let mut schema = Schema {
        source,
        path,
        value: document.value,
        draft,
        nodes: Vec::new(),
        by_pointer: BTreeMap::new(),
    };
    let mut parser = Parser {
        schema: &mut schema,
        document: index,
        drafts,
        wrong,
        diagnostics,
    };
    let root = parser.node_at(&Pointer::root(), draft);
    if root.is_none() {
        // No schema at all, and reported: whatever refers to it finds a node that says nothing.
        let pointer = Pointer::root();
        schema.by_pointer.insert(pointer.clone(), 0);
        schema.nodes.push(Node {
            pointer,
            draft,
            kind: Kind::Anything,
        });
    }
    schema
}

fn declared(
    document: &Document,
    draft: Draft,
    drafts: &BTreeMap<String, Draft>,
    diagnostics: &mut Diagnostics,
) -> Draft {
    let Some(uri) = document.value.get("$schema").and_then(Value::as_str) else {
        return draft;
    };
    if let Some(known) = named(uri, drafts) {
        return known;
    }
    diagnostics.push(
        Diagnostic::new(
            &DRAFT_UNKNOWN,
            format!("`{uri}` is no draft of JSON Schema"),
        )
        .at(
            Place::value(document.source, Pointer::root().join("$schema")),
            format!("read as draft {}", draft.name()),
        )
        .help(format!(
            "say what it follows in contracts.toml: [drafts] \"{uri}\" = \"7\""
        )),
    );
    draft
}

fn named(uri: &str, drafts: &BTreeMap<String, Draft>) -> Option<Draft> {
    let bare = uri.trim_end_matches('#');
    Draft::from_uri(uri).or_else(|| {
        drafts
            .iter()
            .find(|(known, _)| known.trim_end_matches('#') == bare)
            .map(|(_, draft)| *draft)
    })
}

/// Makes a node of what stands at `pointer`, if it is a schema and not one already.
pub(super) fn node_at(
    schema: &mut Schema,
    document: u32,
    pointer: &Pointer,
    diagnostics: &mut Diagnostics,
) -> Option<u32> {
    let draft = schema.draft;
    let drafts = BTreeMap::new();
    let wrong = BTreeSet::new();
    Parser {
        schema,
        document,
        drafts: &drafts,
        wrong,
        diagnostics,
    }
    .node_at(pointer, draft)
    .map(|id| id.node)
}

struct Parser<'a> {
    schema: &'a mut Schema,
    document: u32,
    drafts: &'a BTreeMap<String, Draft>,
    /// Keywords the metaschema refused: already reported, not read.
    wrong: BTreeSet<Pointer>,
    diagnostics: &'a mut Diagnostics,
}

impl Parser<'_> {
    fn node_at(&mut self, pointer: &Pointer, draft: Draft) -> Option<SchemaId> {
        if let Some(node) = self.schema.by_pointer.get(pointer) {
            return Some(SchemaId {
                document: self.document,
                node: *node,
            });
        }
        let value = pointer.find(&self.schema.value)?.clone();
        let index = u32::try_from(self.schema.nodes.len()).expect("fewer than 2^32 nodes");
        let kind = match &value {
            Value::Bool(true) => Kind::Anything,
            Value::Bool(false) => Kind::Nothing,
            Value::Object(members) if members.is_empty() => Kind::Anything,
            Value::Object(_) => Kind::Keywords(Box::default()),
            Value::Null | Value::Number(_) | Value::String(_) | Value::Array(_) => return None,
        };
        self.schema.nodes.push(Node {
            pointer: pointer.clone(),
            draft,
            kind,
        });
        self.schema.by_pointer.insert(pointer.clone(), index);
        if let Value::Object(members) = &value
            && !members.is_empty()
        {
            let draft = self.embedded(members, draft);
            let keywords = self.keywords(pointer, members, draft);
            let node = self
                .schema
                .nodes
                .get_mut(index as usize)
                .expect("it was pushed above");
            node.draft = draft;
            node.kind = Kind::Keywords(Box::new(keywords));
        }
        Some(SchemaId {
            document: self.document,
            node: index,
        })
    }

    /// A schema with its own `$id` and `$schema` may follow another draft.
    fn embedded(&self, members: &Map<String, Value>, draft: Draft) -> Draft {
        members
            .get("$schema")
            .filter(|_| members.contains_key("$id"))
            .and_then(Value::as_str)
            .and_then(|uri| named(uri, self.drafts))
            .unwrap_or(draft)
    }

    fn keywords(
        &mut self,
        pointer: &Pointer,
        members: &Map<String, Value>,
        draft: Draft,
    ) -> Keywords {
        let hides =
            draft.reference_hides_siblings() && members.get("$ref").is_some_and(Value::is_string);
        let mut keywords = Keywords::default();
        for (name, value) in members {
            let at = pointer.join(name);
            if self.wrong.contains(&at) {
                continue;
            }
            if hides
                && !matches!(
                    name.as_str(),
                    "$ref" | "definitions" | "$defs" | "title" | "description"
                )
            {
                continue;
            }
            self.keyword(&mut keywords, name, value, &at, draft);
        }
        adapt_old_drafts(&mut keywords, members, draft);
        keywords
    }

    fn keyword(&mut self, k: &mut Keywords, name: &str, value: &Value, at: &Pointer, draft: Draft) {
        let text = || value.as_str().map(str::to_owned);
        let number = || value.as_number().cloned();
        if !metaschema::known(name, draft) {
            self.unknown(name, at, draft);
            return;
        }
        match name {
            "$ref" => k.reference = reference("$ref", value),
            "$dynamicRef" => k.dynamic_reference = reference("$dynamicRef", value),
            "$recursiveRef" => k.dynamic_reference = reference("$recursiveRef", value),
            "$id" | "id" => k.identifier = text(),
            "$anchor" => k.anchor = text(),
            "$dynamicAnchor" => k.dynamic_anchor = text(),
            "$recursiveAnchor" => k.dynamic_anchor = nameless(value),
            "$defs" | "definitions" => k.definitions.extend(self.map(value, at, draft)),
            "type" => k.types = kinds(value),
            "enum" => k.values = value.as_array().cloned(),
            "const" => k.constant = Some(value.clone()),
            "multipleOf" => k.multiple_of = number(),
            "minimum" => k.minimum = number(),
            "maximum" => k.maximum = number(),
            "exclusiveMinimum" => k.exclusive_minimum = number(),
            "exclusiveMaximum" => k.exclusive_maximum = number(),
            "minLength" => k.min_length = count(value),
            "maxLength" => k.max_length = count(value),
            "pattern" => {
                k.pattern = text().filter(|pattern| {
                    self.regex(pattern, Place::value(self.schema.source, at.clone()))
                });
            }
            "format" => k.format = text(),
            "contentEncoding" => k.content_encoding = text(),
            "contentMediaType" => k.content_media_type = text(),
            "prefixItems" => k.prefix_items = self.list(value, at, draft),
            "items" if value.is_array() => k.prefix_items = self.list(value, at, draft),
            "items" => k.items = self.node_at(at, draft),
            "additionalItems" => {
                let parent = at.parent().unwrap_or_default();
                let tuple = parent
                    .join("items")
                    .find(&self.schema.value)
                    .is_some_and(Value::is_array);
                if tuple {
                    k.items = self.node_at(at, draft);
                }
            }
            "minItems" => k.min_items = count(value),
            "maxItems" => k.max_items = count(value),
            "uniqueItems" => k.unique_items = value == &Value::Bool(true),
            "contains" => k.contains = self.node_at(at, draft),
            "minContains" => k.min_contains = count(value),
            "maxContains" => k.max_contains = count(value),
            "unevaluatedItems" => k.unevaluated_items = self.node_at(at, draft),
            "properties" => k.properties = self.map(value, at, draft),
            "patternProperties" => {
                k.pattern_properties = self.map(value, at, draft);
                let source = self.schema.source;
                let patterns: Vec<String> = k.pattern_properties.keys().cloned().collect();
                for pattern in patterns {
                    if !self.regex(&pattern, Place::key(source, at.join(&pattern))) {
                        k.pattern_properties.shift_remove(&pattern);
                    }
                }
            }
            "additionalProperties" => k.additional_properties = self.node_at(at, draft),
            "propertyNames" => k.property_names = self.node_at(at, draft),
            "required" => k.required = names(value),
            "minProperties" => k.min_properties = count(value),
            "maxProperties" => k.max_properties = count(value),
            "dependentRequired" => {
                k.dependent_required
                    .extend(members(value).map(|(name, list)| (name.clone(), names(list))));
            }
            "dependentSchemas" => k.dependent_schemas.extend(self.map(value, at, draft)),
            "dependencies" => {
                for (name, item) in members(value) {
                    if item.is_array() {
                        k.dependent_required.insert(name.clone(), names(item));
                    } else if let Some(id) = self.node_at(&at.join(name), draft) {
                        k.dependent_schemas.insert(name.clone(), id);
                    }
                }
            }
            "unevaluatedProperties" => k.unevaluated_properties = self.node_at(at, draft),
            "allOf" => k.all_of = self.list(value, at, draft),
            "anyOf" => k.any_of = self.list(value, at, draft),
            "oneOf" => k.one_of = self.list(value, at, draft),
            "not" => k.not = self.node_at(at, draft),
            "if" => k.condition = self.node_at(at, draft),
            "then" => k.then = self.node_at(at, draft),
            "else" => k.otherwise = self.node_at(at, draft),
            "title" => k.title = text(),
            "description" => k.description = text(),
            "default" => k.default = Some(value.clone()),
            "examples" => k.examples = value.as_array().cloned().unwrap_or_default(),
            "deprecated" => k.deprecated = value == &Value::Bool(true),
            "readOnly" => k.read_only = value == &Value::Bool(true),
            "writeOnly" => k.write_only = value == &Value::Bool(true),
            _ => {}
        }
    }

    fn list(&mut self, value: &Value, at: &Pointer, draft: Draft) -> Vec<SchemaId> {
        let length = value.as_array().map_or(0, Vec::len);
        (0..length)
            .filter_map(|index| self.node_at(&at.index(index), draft))
            .collect()
    }

    fn map(&mut self, value: &Value, at: &Pointer, draft: Draft) -> IndexMap<String, SchemaId> {
        members(value)
            .filter_map(|(name, _)| Some((name.clone(), self.node_at(&at.join(name), draft)?)))
            .collect()
    }

    fn regex(&mut self, pattern: &str, place: Place) -> bool {
        let Some(fault) = metaschema::pattern_fault(pattern) else {
            return true;
        };
        self.diagnostics.push(
            Diagnostic::new(
                &PATTERN_INVALID,
                format!("`{pattern}` is no regular expression"),
            )
            .at(place, fault)
            .help("patterns follow ECMA-262; in JSON every backslash is written twice"),
        );
        false
    }

    fn unknown(&mut self, name: &str, at: &Pointer, draft: Draft) {
        let place = Place::key(self.schema.source, at.clone());
        let words = metaschema::drafts_of(name);
        if let Some(drafts) = words {
            let message = format!("`{name}` has no meaning in draft {}", draft.name());
            self.diagnostics.push(
                Diagnostic::new(&KEYWORD_UNKNOWN, message)
                    .at(place, "ignored by every validator")
                    .help(format!("it is a keyword of {drafts}: declare that in `$schema`, or write it in this draft's words")),
            );
        } else if let Some(meant) = closest(name, metaschema::names(draft))
            && !name.starts_with("x-")
        {
            self.diagnostics.push(
                Diagnostic::new(&KEYWORD_UNKNOWN, format!("`{name}` is no keyword"))
                    .at(place, "ignored by every validator")
                    .help(format!(
                        "did you mean `{meant}`? A name of your own begins with `x-`"
                    )),
            );
        }
    }
}
