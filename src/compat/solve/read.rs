//! A bundle → formulas: every keyword of draft 2020-12's vocabulary, references bound.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value};

use super::formula::{Beyond, Formula, Literal, Mentioned, OfItems, OfMembers, OfText};
use super::formulas::Formulas;
use super::unevaluated::Evaluated;
use crate::compat::shape;
use crate::schema::{Formats, Kinds, instance};

/// Deeper schemas are not read: reading recurses.
pub(super) const DEEPEST: usize = 120;

/// Reads one bundle.
pub(super) struct Reader<'a> {
    pub(super) formulas: &'a mut Formulas,
    pub(super) root: &'a Value,
    formats: Formats,
    definitions: BTreeMap<&'a str, Definition>,
    /// Schemas read before, by address.
    known: BTreeMap<usize, Literal>,
    pub(super) depth: usize,
}

/// How far a definition is read.
enum Definition {
    /// It is being read; its number once something in it refers to it.
    Open(Option<usize>),
    Read(Literal),
}

impl<'a> Reader<'a> {
    pub(super) fn new(formulas: &'a mut Formulas, root: &'a Value, formats: Formats) -> Self {
        Self {
            formulas,
            root,
            formats,
            definitions: BTreeMap::new(),
            known: BTreeMap::new(),
            depth: 0,
        }
    }

    /// What those of the names say that have been read.
    pub(super) fn read(&self, names: &BTreeSet<&str>) -> BTreeMap<String, Literal> {
        let read = |name: &&str| match self.definitions.get(*name) {
            Some(Definition::Read(literal)) => Some(((*name).to_owned(), *literal)),
            Some(Definition::Open(_)) | None => None,
        };
        names.iter().filter_map(read).collect()
    }

    /// Takes it that names say this.
    pub(super) fn know(&mut self, names: &BTreeMap<String, Literal>) {
        for (name, _) in self
            .root
            .as_object()
            .into_iter()
            .flat_map(|root| members(root, "$defs"))
        {
            let known = names.get(name).copied().map(Definition::Read);
            self.definitions.extend(known.map(|it| (name.as_str(), it)));
        }
    }

    /// What a schema says.
    pub(super) fn schema(&mut self, schema: &'a Value) -> Literal {
        let Value::Object(map) = schema else {
            return if *schema == Value::Bool(false) {
                Literal::NOTHING
            } else {
                Literal::ANYTHING
            };
        };
        let address = std::ptr::from_ref(map).addr();
        if let Some(known) = self.known.get(&address) {
            return *known;
        }
        if self.depth >= DEEPEST {
            return self.opaque("the schema is too deep to be read");
        }
        self.depth += 1;
        let literal = self.keywords(map);
        self.depth -= 1;
        self.known.insert(address, literal);
        literal
    }

    pub(super) fn opaque(&mut self, why: &str) -> Literal {
        self.formulas.put(Formula::Opaque(why.to_owned()))
    }

    /// What the definition of a name says.
    pub(super) fn definition(&mut self, name: &'a str) -> Literal {
        match self.definitions.get_mut(name) {
            Some(Definition::Read(literal)) => return *literal,
            Some(Definition::Open(number)) => {
                let definitions = &mut self.formulas.definitions;
                let number = *number.get_or_insert_with(|| {
                    definitions.push(Literal::ANYTHING);
                    definitions.len() - 1
                });
                return self.formulas.put(Formula::Reference(number));
            }
            None => {}
        }
        let Some(schema) = shape::definition(self.root, name) else {
            return Literal::ANYTHING;
        };
        self.definitions.insert(name, Definition::Open(None));
        let mut literal = self.schema(schema);
        if let Some(Definition::Open(Some(number))) = self.definitions.get(name) {
            let number = *number;
            literal = self.formulas.unlooped(literal, number);
            // Whoever referred to it while it was open sees what it says through its number.
            if let Some(slot) = self.formulas.definitions.get_mut(number) {
                *slot = literal;
            }
        }
        self.definitions.insert(name, Definition::Read(literal));
        literal
    }

    fn keywords(&mut self, map: &'a Map<String, Value>) -> Literal {
        let mut parts = Vec::new();
        if let Some(name) = shape::reference(map) {
            parts.push(self.definition(name));
        }
        self.kinds(map, &mut parts);
        self.scalars(map, &mut parts);
        self.arrays(map, &mut parts);
        self.objects(map, &mut parts);
        self.applicators(map, &mut parts);
        if let Some(rest) = map.get("unevaluatedProperties") {
            let evaluated = Evaluated::of(self, map, "unevaluatedProperties");
            let rest = self.schema(rest);
            parts.push(evaluated.properties(self.formulas, rest));
        }
        if let Some(rest) = map.get("unevaluatedItems") {
            let evaluated = Evaluated::of(self, map, "unevaluatedItems");
            let rest = self.schema(rest);
            parts.push(evaluated.items(self.formulas, rest));
        }
        self.formulas.all(parts)
    }

    fn kinds(&mut self, map: &'a Map<String, Value>, parts: &mut Vec<Literal>) {
        if map.contains_key("type") {
            let kinds = shape::kinds(map);
            let fractions = Kinds::NUMBER.without(Kinds::INTEGER);
            let whole = kinds.contains(Kinds::INTEGER) && !kinds.meets(fractions);
            parts.push(self.formulas.kind(if whole {
                kinds.union(Kinds::NUMBER)
            } else {
                kinds
            }));
            if whole {
                parts.push(self.formulas.put(Formula::whole()));
            }
        }
        if let Some(constant) = map.get("const") {
            parts.push(self.formulas.among([constant]));
        }
        if let Some(Value::Array(values)) = map.get("enum") {
            parts.push(self.formulas.among(values));
        }
    }

    fn scalars(&mut self, map: &'a Map<String, Value>, parts: &mut Vec<Literal>) {
        let formulas = &mut *self.formulas;
        let bounds = [
            ("minimum", Beyond::From, true),
            ("exclusiveMinimum", Beyond::After, true),
            ("maximum", Beyond::After, false),
            ("exclusiveMaximum", Beyond::From, false),
        ];
        for (keyword, beyond, least) in bounds {
            if let Some(Value::Number(bound)) = map.get(keyword) {
                let above = formulas.above(bound, beyond);
                parts.push(if least {
                    above
                } else {
                    formulas.unless(Kinds::NUMBER, above.not())
                });
            }
        }
        if let Some(Value::Number(step)) = map.get("multipleOf") {
            parts.push(formulas.put(Formula::multiple(step)));
        }
        if let Some(pattern) = map.get("pattern").and_then(Value::as_str) {
            let number = formulas.pattern(pattern);
            parts.push(formulas.put(Formula::Text(OfText::Matches(number))));
        }
        if let Some(format) = map.get("format").and_then(Value::as_str) {
            let said = match self.formats {
                Formats::Assert => Some(OfText::Format(format.to_owned())),
                Formats::Annotate => {
                    instance::sample(format).map(|text| OfText::Like(text.to_owned()))
                }
            };
            parts.extend(said.map(|said| formulas.put(Formula::Text(said))));
        }
        self.counts(
            map,
            ("minLength", "maxLength"),
            |least| Formula::Text(OfText::Longer(least)),
            parts,
        );
    }

    /// A least and a most of something counted.
    fn counts(
        &mut self,
        map: &'a Map<String, Value>,
        (least, most): (&str, &str),
        formula: fn(u64) -> Formula,
        parts: &mut Vec<Literal>,
    ) {
        if let Some(least) = map.get(least).and_then(Value::as_u64)
            && least > 0
        {
            parts.push(self.formulas.put(formula(least)));
        }
        if let Some(most) = map.get(most).and_then(Value::as_u64)
            && most < u64::MAX
        {
            let more = formula(most + 1);
            let about = more.about();
            let more = self.formulas.put(more);
            parts.push(self.formulas.unless(about, more.not()));
        }
    }

    fn arrays(&mut self, map: &'a Map<String, Value>, parts: &mut Vec<Literal>) {
        let prefix = list(map, "prefixItems");
        for (index, schema) in prefix.iter().enumerate() {
            let item = self.schema(schema);
            parts.push(
                self.formulas
                    .every(Formula::Items(OfItems::Item(index, item)), item),
            );
        }
        if let Some(rest) = map.get("items") {
            let rest = self.schema(rest);
            parts.push(
                self.formulas
                    .every(Formula::Items(OfItems::ItemsFrom(prefix.len(), rest)), rest),
            );
        }
        self.counts(
            map,
            ("minItems", "maxItems"),
            |least| Formula::Items(OfItems::LeastItems(least)),
            parts,
        );
        if map.get("uniqueItems") == Some(&Value::Bool(true)) {
            parts.push(self.formulas.put(Formula::Items(OfItems::Distinct)));
        }
        if let Some(held) = map.get("contains") {
            let held = self.schema(held);
            let least = map.get("minContains").and_then(Value::as_u64).unwrap_or(1);
            if least > 0 {
                parts.push(
                    self.formulas
                        .put(Formula::Items(OfItems::Holding(held, least))),
                );
            }
            if let Some(most) = map.get("maxContains").and_then(Value::as_u64)
                && most < u64::MAX
            {
                let more = self
                    .formulas
                    .put(Formula::Items(OfItems::Holding(held, most + 1)));
                parts.push(self.formulas.unless(Kinds::ARRAY, more.not()));
            }
        }
    }

    fn objects(&mut self, map: &'a Map<String, Value>, parts: &mut Vec<Literal>) {
        let mut mentioned = Mentioned::default();
        for (name, schema) in members(map, "properties") {
            let member = self.schema(schema);
            mentioned.names.insert(name.clone());
            let formula = Formula::Members(OfMembers::Member(name.clone(), member));
            parts.push(self.formulas.every(formula, member));
        }
        for (pattern, schema) in members(map, "patternProperties") {
            let member = self.schema(schema);
            let number = self.formulas.pattern(pattern);
            mentioned.patterns.insert(number);
            parts.push(self.formulas.every(
                Formula::Members(OfMembers::Matching(number, member)),
                member,
            ));
        }
        if let Some(rest) = map.get("additionalProperties") {
            let rest = self.schema(rest);
            parts.push(
                self.formulas
                    .every(Formula::Members(OfMembers::Others(mentioned, rest)), rest),
            );
        }
        if let Some(names) = map.get("propertyNames") {
            let names = self.schema(names);
            parts.push(
                self.formulas
                    .every(Formula::Members(OfMembers::Names(names)), names),
            );
        }
        for name in list(map, "required").iter().filter_map(Value::as_str) {
            parts.push(
                self.formulas
                    .put(Formula::Members(OfMembers::Has(name.to_owned()))),
            );
        }
        self.counts(
            map,
            ("minProperties", "maxProperties"),
            |least| Formula::Members(OfMembers::LeastMembers(least)),
            parts,
        );
        for (name, needed) in members(map, "dependentRequired") {
            let needed: Vec<Literal> = needed
                .as_array()
                .into_iter()
                .flatten()
                .filter_map(Value::as_str)
                .map(|name| {
                    self.formulas
                        .put(Formula::Members(OfMembers::Has(name.to_owned())))
                })
                .collect();
            let needed = self.formulas.all(needed);
            parts.push(self.depends(name, needed));
        }
        for (name, schema) in members(map, "dependentSchemas") {
            let schema = self.schema(schema);
            parts.push(self.depends(name, schema));
        }
    }

    /// Objects that have the member are of the schema too.
    fn depends(&mut self, name: &str, schema: Literal) -> Literal {
        let has = self.formulas.has(name);
        self.formulas.any([has.not(), schema])
    }

    fn applicators(&mut self, map: &'a Map<String, Value>, parts: &mut Vec<Literal>) {
        for schema in list(map, "allOf") {
            parts.push(self.schema(schema));
        }
        if map.contains_key("anyOf") {
            let either = self.each(map, "anyOf");
            parts.push(self.formulas.any(either));
        }
        if map.contains_key("oneOf") {
            let either = self.each(map, "oneOf");
            parts.push(self.formulas.one(either));
        }
        if let Some(refused) = map.get("not") {
            parts.push(self.schema(refused).not());
        }
        if let Some(condition) = map.get("if") {
            let condition = self.schema(condition);
            for (keyword, unless) in [("then", condition.not()), ("else", condition)] {
                if let Some(branch) = map.get(keyword) {
                    let branch = self.schema(branch);
                    parts.push(self.formulas.any([unless, branch]));
                }
            }
        }
    }

    fn each(&mut self, map: &'a Map<String, Value>, keyword: &str) -> Vec<Literal> {
        let schemas = list(map, keyword).iter();
        schemas.map(|schema| self.schema(schema)).collect()
    }
}

/// The schemas of a keyword that has a list.
pub(super) fn list<'a>(map: &'a Map<String, Value>, keyword: &str) -> &'a [Value] {
    let list = map.get(keyword).and_then(Value::as_array);
    list.map(Vec::as_slice).unwrap_or_default()
}

/// The members of a keyword that has an object.
pub(super) fn members<'a>(
    map: &'a Map<String, Value>,
    keyword: &str,
) -> impl Iterator<Item = (&'a String, &'a Value)> + use<'a> {
    let members = map.get(keyword).and_then(Value::as_object);
    members.into_iter().flatten()
}
