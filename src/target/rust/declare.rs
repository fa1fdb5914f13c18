//! Model → plan: every declaration as a Rust type, with the types its parts need.

use crate::model::{
    self, Check, Choice, Declaration, DeclarationId, Docs, Extra, Model, Record, Shape, ToldApart,
    Type, Union,
};
use crate::schema::Kinds;

use super::super::names::{Address, Namer, Wanted};
use super::super::{Names, Target};
use super::checks::{self, Patterns, literal};
use super::docs;
use super::imports::imports;
use super::plan::{Body, Field, Item, Plan, Static, Value, Variant};
use super::size::is_large;
use super::types::{PLAIN, Way, declaration};

/// Where a type's own check stands in the template.
const CHECK_INDENT: usize = 8;

/// The plan of a module.
pub(super) fn plan(target: &Target, model: &Model, address: &Address) -> Plan {
    let mut names = Namer::new(target, address);
    // The document first, so that nothing takes its name.
    let root = names.type_name(&declaration(model, model.root).name, true);
    let declared = model.declarations.iter().enumerate();
    let declared = declared.map(|(id, it)| match id {
        _ if id == model.root => root.clone(),
        _ => names.type_name(&it.name, false),
    });
    let declared = declared.collect();
    let mut planner = Planner {
        model,
        rules: &target.manifest.names,
        names,
        declared,
        items: Vec::new(),
        statics: Vec::new(),
        patterns: Patterns::default(),
    };
    for (id, check) in model.checks.iter().enumerate() {
        let name = format!("CHECK_{id}");
        let table = checks::expression(check, &mut planner.patterns);
        planner.statics.push(Static {
            value: table.print(0, format!("static {name}: Check = ").len()),
            name,
            type_: "Check",
        });
    }
    for (id, declaration) in model.declarations.iter().enumerate() {
        planner.declare(id, declaration);
    }
    let root = planner.declared(model.root).to_owned();
    let patterns = planner.patterns.iter().map(|(name, pattern)| Static {
        name,
        type_: "Pattern",
        value: format!("Pattern::new({})", literal(pattern)),
    });
    let mut plan = Plan {
        contract: model.label(),
        hash: model.hash.clone(),
        root,
        imports: Vec::new(),
        statics: patterns.chain(planner.statics).collect(),
        items: planner.items,
    };
    plan.imports = imports(&plan);
    plan
}

/// A plan in the making.
pub(super) struct Planner<'a> {
    pub(super) model: &'a Model,
    pub(super) names: Namer<'a>,
    rules: &'a Names,
    /// The name of each declaration.
    declared: Vec<String>,
    items: Vec<Item>,
    statics: Vec<Static>,
    patterns: Patterns,
}

impl Planner<'_> {
    /// The name of a declaration.
    pub(super) fn declared(&self, id: DeclarationId) -> &str {
        self.declared.get(id).expect("every declaration was named")
    }

    /// Adds a type.
    pub(super) fn push(&mut self, name: String, docs: &Docs, check: Option<Check>, body: Body) {
        let check = check.map(|check| {
            let table = checks::expression(&check, &mut self.patterns);
            table.print(CHECK_INDENT, CHECK_INDENT + "static CHECK: Check = ".len())
        });
        self.items.push(Item {
            name,
            docs: docs::lines(docs, None),
            check,
            body,
        });
    }

    fn declare(&mut self, id: DeclarationId, declaration: &Declaration) {
        let name = self.declared(id).to_owned();
        let way = Way {
            declaration: id,
            words: declaration.name.clone(),
            docs: Docs::default(),
            direct: true,
        };
        let mut residue = declaration.residue.clone();
        let at = self.items.len();
        let body = match &declaration.body {
            model::Body::Record(record) => self.record(record, &way),
            model::Body::Choice(choice) => self.choice(choice, &way),
            model::Body::Union(union) => self.union(union, &way),
            model::Body::Alias { type_ } => {
                let (body, check) = self.alias(id, type_, residue.as_ref(), &way);
                residue = check;
                body
            }
        };
        self.push(name, &declaration.docs, residue, body);
        // The whole stands before the parts that were named on the way.
        if let Some(parts) = self.items.get_mut(at..) {
            parts.rotate_right(1);
        }
    }

    /// An alias is a newtype where it is checked, read as a document, or contains itself.
    fn alias(
        &mut self,
        id: DeclarationId,
        type_: &Type,
        residue: Option<&Check>,
        way: &Way,
    ) -> (Body, Option<Check>) {
        if matches!(type_.shape, Shape::Named { declaration } if declaration == id) {
            // A name for itself accepts nothing; `resolve` has said so.
            let inner = "Value".to_owned();
            return (
                Body::Checked {
                    inner,
                    derives: PLAIN,
                },
                Some(Check::Never),
            );
        }
        let holds_null = matches!(type_.shape, Shape::Anything | Shape::Null);
        let (body, check) = if type_.nullable && !holds_null {
            let type_ = self.written(type_, &way.to("value"));
            let check = residue.cloned();
            (Body::Alias { type_ }, check)
        } else {
            self.newtype(&type_.shape, residue, way)
        };
        match body {
            Body::Alias { type_: inner } => {
                let recursive = declaration(self.model, id).recursive;
                if check.is_none() && id != self.model.root && !recursive {
                    return (Body::Alias { type_: inner }, None);
                }
                let derives = PLAIN;
                (Body::Checked { inner, derives }, check)
            }
            Body::Record { .. }
            | Body::Choice { .. }
            | Body::Text { .. }
            | Body::Checked { .. }
            | Body::Union { .. }
            | Body::Tuple { .. } => (body, check),
        }
    }

    fn record(&mut self, record: &Record, way: &Way) -> Body {
        let rule = &self.rules.fields;
        let mut scope = self.names.declaration(rule);
        let names: Vec<_> = record
            .fields
            .iter()
            .map(|field| {
                self.names
                    .within(&mut scope, rule, wanted(way, &field.json_name))
            })
            .collect();
        let fields = record.fields.iter().zip(names).map(|(field, name)| {
            let way = Way {
                docs: field.docs.clone(),
                ..way.to(&field.json_name)
            };
            let written = self.written(&field.type_, &way);
            let type_ = if field.required {
                written
            } else {
                format!("Option<{written}>")
            };
            Field {
                name,
                literal: literal(&field.json_name),
                json_name: field.json_name.clone(),
                docs: docs::lines(&field.docs, field.default.as_ref()),
                type_,
                required: field.required,
            }
        });
        let fields = fields.collect();
        let kept = match &record.extra {
            Extra::Forbidden => None,
            Extra::Kept => Some("Map<String, Value>".to_owned()),
            Extra::Typed { type_ } => {
                let value = Way {
                    direct: false,
                    ..way.to("extra")
                };
                Some(format!("BTreeMap<String, {}>", self.written(type_, &value)))
            }
        };
        let extra = kept.map(|type_| Field {
            name: scope.claim("extra"),
            json_name: String::new(),
            literal: String::new(),
            docs: vec!["All other properties.".to_owned()],
            type_,
            required: true,
        });
        Body::Record { fields, extra }
    }

    fn choice(&self, choice: &Choice, way: &Way) -> Body {
        let rule = &self.rules.constants;
        let mut scope = self.names.declaration(rule);
        let values = choice.values.iter().map(|text| Value {
            name: self.names.within(&mut scope, rule, wanted(way, text)),
            text: text.clone(),
        });
        Body::Choice {
            values: values.collect(),
        }
    }

    fn union(&mut self, union: &Union, way: &Way) -> Body {
        let rule = &self.rules.variants;
        let mut scope = self.names.declaration(rule);
        let mut all = Kinds::NONE;
        let mut variants = Vec::new();
        for variant in &union.variants {
            let name = self
                .names
                .within(&mut scope, rule, wanted(way, &variant.name));
            let mut type_ = self.written(&variant.type_, &way.to(&variant.name));
            if is_large(self.model, &variant.type_) && !type_.starts_with("Box<") {
                type_ = format!("Box<{type_}>");
            }
            all = all.union(variant.kinds);
            variants.push(Variant {
                name,
                type_,
                tag: variant.tag.as_deref().map(literal),
                kinds: checks::kind_list(variant.kinds).join(" | "),
            });
        }
        let mut tag = None;
        let mut by_kind = false;
        match &union.told_apart {
            ToldApart::Tag { property } => {
                let all_tagged = variants.iter().all(|variant| variant.tag.is_some());
                tag = all_tagged.then(|| literal(property));
            }
            ToldApart::Kind => by_kind = true,
            ToldApart::Trial => {}
        }
        Body::Union {
            variants,
            tag,
            by_kind,
            exhaustive: all == Kinds::ALL,
        }
    }
}

/// A name within the declaration that `way` leads to.
fn wanted<'a>(way: &'a Way, phrase: &'a str) -> Wanted<'a> {
    Wanted {
        declaration: &way.words,
        phrase,
        is_root: false,
    }
}
