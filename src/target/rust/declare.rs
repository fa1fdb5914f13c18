//! Model → plan: every declaration as a Rust type, with the types its parts need.

use crate::model::naming::Scope;
use crate::model::{
    self, Check, Choice, Declaration, DeclarationId, Docs, Extra, Model, Record, Shape, ToldApart,
    Type, Union,
};
use crate::schema::Kinds;

use super::super::foreign::{Foreign, used_in};
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
    let foreign = Foreign::all(target, &model.full_name());
    names.leave(used_in(model, &foreign).flat_map(Foreign::code));
    // The document first, so that nothing takes its name.
    let root = names.type_name(&declaration(model, model.root).name, true);
    let aged = model.by_age().into_iter();
    let declared = aged.map(|id| {
        let it = declaration(model, id);
        let name = match it.replaced.and_then(|it| foreign.get(it)) {
            Some(foreign) => foreign.type_.clone(),
            None if id == model.root => root.clone(),
            None => names.type_name(&it.name, false),
        };
        (id, name)
    });
    let declared = in_order(declared.collect());
    let custom = target.settings.custom(&model.full_name());
    let mut planner = Planner {
        model,
        rules: &target.manifest.names,
        builders: custom.builders == Some(true),
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
    let declared = model.by_age().into_iter();
    let declared = declared.filter(|id| declaration(model, *id).replaced.is_none());
    let declared = declared.map(|id| (id, planner.declare(id, declaration(model, id))));
    let items = in_order(declared.collect()).into_iter().flatten();
    let items = items.collect();
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
        items,
    };
    let used = used_in(model, &foreign);
    let own = used.filter_map(|it| it.import.clone());
    plan.imports = imports(&plan, own.chain(custom.imports.iter().cloned()).collect());
    for item in &mut plan.items {
        item.derive(custom.derives_of(&item.name));
    }
    plan
}

/// A plan in the making.
pub(super) struct Planner<'a> {
    pub(super) model: &'a Model,
    pub(super) names: Namer<'a>,
    rules: &'a Names,
    /// Whether records get a builder.
    builders: bool,
    /// The name of each declaration.
    declared: Vec<String>,
    /// The types of the declaration that is being planned.
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
    pub(super) fn push(&mut self, name: String, way: &Way, check: Option<Check>, body: Body) {
        let check = check.map(|check| {
            let table = checks::expression(&check, &mut self.patterns);
            table.print(CHECK_INDENT, CHECK_INDENT + "static CHECK: Check = ".len())
        });
        self.items.push(Item {
            name,
            origin: declaration(self.model, way.declaration).origin.clone(),
            docs: docs::lines(&way.docs, None),
            check,
            body,
            derives: Vec::new(),
        });
    }

    /// A declaration's type, and those of its parts.
    fn declare(&mut self, id: DeclarationId, declaration: &Declaration) -> Vec<Item> {
        let name = self.declared(id).to_owned();
        let way = Way {
            declaration: id,
            words: declaration.name.clone(),
            docs: Docs::default(),
            direct: true,
        };
        let foreign = super::foreign::check(self.model, declaration);
        let residue = declaration.residue.iter().cloned().chain(foreign);
        let mut residue = checks::all(residue.collect());
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
        let docs = declaration.docs.clone();
        self.push(name, &Way { docs, ..way }, residue, body);
        // The whole stands before the parts that were named on the way.
        self.items.rotate_right(1);
        std::mem::take(&mut self.items)
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
                    traits: PLAIN,
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
                let traits = PLAIN;
                (Body::Checked { inner, traits }, check)
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
        let aged = record.by_age();
        let of_age = |at: &usize| record.fields.get(*at);
        let names = aged.iter().filter_map(of_age).map(|field| {
            self.names
                .within(&mut scope, rule, wanted(way, &field.json_name))
        });
        let names: Vec<_> = names.collect();
        let mut setters = Scope::new(["build"], false);
        let fields = aged.iter().filter_map(of_age).zip(names);
        let fields = fields.map(|(field, name)| {
            let way = Way {
                words: field.phrase.clone(),
                docs: field.docs.clone(),
                ..way.clone()
            };
            let written = self.written(&field.type_, &way);
            let type_ = if field.required {
                written.clone()
            } else {
                format!("Option<{written}>")
            };
            Field {
                setter: setters.claim(&name),
                name,
                literal: literal(&field.json_name),
                json_name: field.json_name.clone(),
                docs: docs::lines(&field.docs, field.default.as_ref()),
                type_,
                bare: written,
                required: field.required,
            }
        });
        let fields = fields.collect::<Vec<Field>>();
        let fields = in_order(aged.into_iter().zip(fields).collect());
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
            setter: setters.claim("extra"),
            bare: type_.clone(),
            json_name: String::new(),
            literal: String::new(),
            docs: vec!["All other properties.".to_owned()],
            type_,
            required: true,
        });
        let builder = format!("{} builder", way.words);
        let builder = self.builders.then(|| self.names.type_name(&builder, false));
        Body::Record {
            fields,
            extra,
            builder,
        }
    }

    fn choice(&self, choice: &Choice, way: &Way) -> Body {
        let rule = &self.rules.constants;
        let mut scope = self.names.declaration(rule);
        let aged = choice.by_age().into_iter();
        let aged = aged.filter_map(|at| Some((at, choice.values.get(at)?)));
        let values = aged.map(|(at, text)| {
            let name = self.names.within(&mut scope, rule, wanted(way, text));
            let text = text.clone();
            (at, Value { name, text })
        });
        let values = in_order(values.collect());
        Body::Choice { values }
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

/// What was made in another order, in its own.
fn in_order<T>(mut made: Vec<(usize, T)>) -> Vec<T> {
    made.sort_by_key(|(at, _)| *at);
    made.into_iter().map(|(_, it)| it).collect()
}

/// A name within the declaration that `way` leads to.
fn wanted<'a>(way: &'a Way, phrase: &'a str) -> Wanted<'a> {
    Wanted {
        declaration: &way.words,
        phrase,
        is_root: false,
    }
}
