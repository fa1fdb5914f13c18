//! One schema with everything it references, as a self-contained document in draft 2020-12's words.
//!
//! Validators and the set algebra get this, never the files: references are bound once, by `resolve`,
//! and the drafts' dialects are gone. Annotations are left out; they judge nothing.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

use super::{Draft, Keywords, Kind, Reference, SchemaId, Schemas};

/// The schema at `root` with all it references under `$defs`. References that name nothing become `true`.
pub fn bundle(schemas: &Schemas, root: SchemaId) -> Value {
    print(schemas, root, false)
}

/// The same, with the `default` of each schema beside its assertions.
pub fn bundle_with_defaults(schemas: &Schemas, root: SchemaId) -> Value {
    print(schemas, root, true)
}

fn print(schemas: &Schemas, root: SchemaId, defaults: bool) -> Value {
    let mut printer = Printer {
        schemas,
        defaults,
        names: BTreeMap::new(),
        queue: Vec::new(),
    };
    let mut body = printer.schema(root);
    let mut definitions = Map::new();
    while let Some(id) = printer.queue.pop() {
        let name = printer.names.get(&id).cloned().unwrap_or_default();
        let value = printer.schema(id);
        definitions.insert(name, value);
    }
    definitions.sort_keys();
    if let Value::Bool(all) = body {
        body = if all { json!({}) } else { json!({ "not": {} }) };
    }
    let mut document = Map::new();
    document.insert("$schema".to_owned(), json!(Draft::Draft202012.uri()));
    if let Value::Object(members) = body {
        document.extend(members);
    }
    if !definitions.is_empty() {
        document.insert("$defs".to_owned(), Value::Object(definitions));
    }
    Value::Object(document)
}

struct Printer<'a> {
    schemas: &'a Schemas,
    defaults: bool,
    names: BTreeMap<SchemaId, String>,
    queue: Vec<SchemaId>,
}

impl Printer<'_> {
    fn schema(&mut self, id: SchemaId) -> Value {
        match &self.schemas.node(id).kind {
            Kind::Anything => Value::Bool(true),
            Kind::Nothing => Value::Bool(false),
            Kind::Keywords(keywords) => Value::Object(self.object(keywords)),
        }
    }

    fn object(&mut self, k: &Keywords) -> Map<String, Value> {
        let mut out = Map::new();
        let mut put = |name: &str, value: Option<Value>| {
            if let Some(value) = value {
                out.insert(name.to_owned(), value);
            }
        };
        let mut references = [&k.reference, &k.dynamic_reference].into_iter().flatten();
        put(
            "$ref",
            references
                .next()
                .and_then(|reference| self.reference(reference)),
        );
        let mut all_of: Vec<Value> = k.all_of.iter().map(|id| self.schema(*id)).collect();
        all_of.extend(references.filter_map(|reference| {
            let named = self.reference(reference)?;
            Some(json!({ "$ref": named }))
        }));

        put("type", k.types.map(|kinds| json!(kinds.names())));
        put("enum", k.values.clone().map(Value::Array));
        put("const", k.constant.clone());
        put("default", k.default.clone().filter(|_| self.defaults));
        put("multipleOf", k.multiple_of.clone().map(Value::Number));
        put("minimum", k.minimum.clone().map(Value::Number));
        put("maximum", k.maximum.clone().map(Value::Number));
        put(
            "exclusiveMinimum",
            k.exclusive_minimum.clone().map(Value::Number),
        );
        put(
            "exclusiveMaximum",
            k.exclusive_maximum.clone().map(Value::Number),
        );
        put("minLength", k.min_length.map(Value::from));
        put("maxLength", k.max_length.map(Value::from));
        put("pattern", k.pattern.clone().map(Value::String));
        put("format", k.format.clone().map(Value::String));
        put("prefixItems", self.list(&k.prefix_items));
        put("items", k.items.map(|id| self.schema(id)));
        put("minItems", k.min_items.map(Value::from));
        put("maxItems", k.max_items.map(Value::from));
        put("uniqueItems", k.unique_items.then_some(Value::Bool(true)));
        put("contains", k.contains.map(|id| self.schema(id)));
        put("minContains", k.min_contains.map(Value::from));
        put("maxContains", k.max_contains.map(Value::from));
        put(
            "unevaluatedItems",
            k.unevaluated_items.map(|id| self.schema(id)),
        );
        put("properties", self.map(&k.properties));
        put("patternProperties", self.map(&k.pattern_properties));
        put(
            "additionalProperties",
            k.additional_properties.map(|id| self.schema(id)),
        );
        put("propertyNames", k.property_names.map(|id| self.schema(id)));
        put(
            "required",
            (!k.required.is_empty()).then(|| json!(k.required)),
        );
        put("minProperties", k.min_properties.map(Value::from));
        put("maxProperties", k.max_properties.map(Value::from));
        put(
            "dependentRequired",
            (!k.dependent_required.is_empty()).then(|| json!(k.dependent_required)),
        );
        put("dependentSchemas", self.map(&k.dependent_schemas));
        put(
            "unevaluatedProperties",
            k.unevaluated_properties.map(|id| self.schema(id)),
        );
        put(
            "allOf",
            (!all_of.is_empty()).then_some(Value::Array(all_of)),
        );
        put("anyOf", self.list(&k.any_of));
        put("oneOf", self.list(&k.one_of));
        put("not", k.not.map(|id| self.schema(id)));
        if let Some(condition) = k.condition {
            put("if", Some(self.schema(condition)));
            put("then", k.then.map(|id| self.schema(id)));
            put("else", k.otherwise.map(|id| self.schema(id)));
        }
        out
    }

    fn list(&mut self, ids: &[SchemaId]) -> Option<Value> {
        (!ids.is_empty()).then(|| ids.iter().map(|id| self.schema(*id)).collect())
    }

    fn map(&mut self, ids: &indexmap::IndexMap<String, SchemaId>) -> Option<Value> {
        let members = || ids.iter().map(|(name, id)| (name.clone(), *id));
        (!ids.is_empty()).then(|| {
            Value::Object(
                members()
                    .map(|(name, id)| (name, self.schema(id)))
                    .collect(),
            )
        })
    }

    /// What `$ref` says; `None` where the reference names nothing, and so refuses nothing.
    fn reference(&mut self, reference: &Reference) -> Option<Value> {
        let target = reference.target?;
        if let Some(name) = self.names.get(&target) {
            return Some(json!(format!("#/$defs/{name}")));
        }
        let node = self.schemas.node(target);
        let word = node.pointer.last().unwrap_or_else(|| "document".to_owned());
        let word: String = word.chars().filter(char::is_ascii_alphanumeric).collect();
        let name = format!("{}_{word}", self.names.len());
        self.names.insert(target, name.clone());
        self.queue.push(target);
        Some(json!(format!("#/$defs/{name}")))
    }
}
