//! What templates see of one module: every name given, every type written, every choice made.
//!
//! Texts that may be missing are empty or `none`; numbers are text. Field names here are the templates' words.

use minijinja::{Environment, Error};
use serde::Serialize;

use super::checks::{Check, Checks};
use super::names::{Address, Namer, NamesBeside, Wanted};
use super::order::{eager, order, typed};
use super::patterns::{Pattern, Patterns};
use super::types::{Type, Types};
use super::{RuleScope, Target};
use crate::model::naming::{Scope, phrase};
use crate::model::{self, Body, Extra, Model, ToldApart};
use crate::tree::BANNER;

/// One generated version of a contract.
#[derive(Debug, Serialize)]
pub(super) struct Module {
    /// The line that says who wrote the file.
    pub(super) banner: String,
    /// `group/Name`
    full_name: String,
    /// `group/Name@version`
    label: String,
    group: String,
    name: String,
    version: String,
    major: u64,
    hash: String,
    /// Where it stands: `group` (folders), `contract` and `version` as identifiers.
    address: Address,
    /// The identifier of the root's declaration.
    pub(super) root: String,
    /// What people wrote of the document.
    docs: Docs,
    declarations: Vec<Declaration>,
    checks: Vec<Check>,
    /// The automata of its patterns, where the target asks for them.
    patterns: Vec<Pattern>,
    /// Names of the module as a whole.
    names: NamesBeside,
}

/// What people wrote.
#[derive(Clone, Debug, Default, Serialize)]
struct Docs {
    title: String,
    description: String,
    deprecated: bool,
    /// The description, or else the title.
    text: String,
}

/// A named type.
#[derive(Debug, Serialize)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each answers a template's question"
)]
struct Declaration {
    name: String,
    names: NamesBeside,
    /// The words it was made of.
    phrase: String,
    docs: Docs,
    origin: String,
    root: bool,
    recursive: bool,
    /// Whether it cannot be a mere name for its type: it is the document, or it names itself.
    wrapped: bool,
    /// Whether it is nothing but one string.
    constant: bool,
    /// The check beside its shape.
    residue: Option<usize>,
    #[serde(flatten)]
    body: Detail,
}

#[derive(Debug, Serialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
enum Detail {
    Record {
        fields: Vec<Field>,
        /// `forbidden`, `kept` or `typed`
        extra: &'static str,
        extra_type: Option<Type>,
    },
    Choice {
        values: Vec<Value>,
    },
    Union {
        variants: Vec<Variant>,
        /// `tag`, `kind` or `trial`
        told_apart: &'static str,
        /// The tag's name in JSON.
        tag: Option<String>,
        /// The tag's identifier, where it is the same in every variant.
        tag_name: Option<String>,
    },
    Alias {
        #[serde(rename = "type")]
        type_: Type,
    },
}

#[derive(Debug, Serialize)]
struct Field {
    name: String,
    names: NamesBeside,
    json_name: String,
    /// Whether the two differ.
    renamed: bool,
    docs: Docs,
    #[serde(rename = "type")]
    type_: Type,
    required: bool,
    /// Whether `null` is a value of it, by its own type or by one it names.
    null: bool,
    /// As JSON.
    default: Option<String>,
}

#[derive(Debug, Serialize)]
struct Value {
    name: String,
    value: String,
}

#[derive(Debug, Serialize)]
struct Variant {
    name: String,
    names: NamesBeside,
    #[serde(rename = "type")]
    type_: Type,
    /// The one string it may be, where it is no more than that.
    constant: Option<String>,
    /// The constant of the tag.
    tag: Option<String>,
    /// The tag's identifier in the variant's record.
    tag_name: Option<String>,
    /// JSON types.
    kinds: Vec<&'static str>,
}

/// What a use of a declaration must know of it.
pub(super) struct Declared {
    pub(super) identifier: String,
    pub(super) names: NamesBeside,
    pub(super) kind: &'static str,
    pub(super) constant: Option<String>,
    pub(super) recursive: bool,
    /// Its place in the order.
    pub(super) place: usize,
    /// The identifiers of a record's fields, in their order.
    fields: Vec<(String, NamesBeside)>,
}

impl Module {
    /// The context of `model` at `address`; fails where an expression of the target's types does.
    pub(super) fn new(
        target: &Target,
        environment: &Environment<'static>,
        model: &Model,
        address: &Address,
        patterns: Patterns,
    ) -> Result<Self, Error> {
        let order = order(model, target.manifest.order);
        let mut namer = Namer::new(target, address);
        let names = namer.whole();
        let declared = declared(target, model, &order, &mut namer);
        let mut build = Build {
            target,
            model,
            types: Types {
                environment,
                declared: &declared,
                patterns: &patterns,
            },
            declared: &declared,
            namer,
            checks: Checks::of(model, &patterns),
        };
        let declarations = order
            .iter()
            .enumerate()
            .map(|(place, id)| build.declaration(*id, place))
            .collect::<Result<_, _>>()?;
        let root = declared.get(model.root);
        let docs = model.declarations.get(model.root).map(|it| docs(&it.docs));
        let label = model.label();
        Ok(Self {
            banner: format!("{BANNER} from {label}; do not edit"),
            full_name: label
                .rsplit_once('@')
                .map_or("", |(name, _)| name)
                .to_owned(),
            label,
            group: model.group.clone(),
            name: model.name.clone(),
            version: model.version.clone(),
            major: model.major,
            hash: model.hash.clone(),
            address: address.clone(),
            root: root.map_or_else(String::new, |it| it.identifier.clone()),
            docs: docs.unwrap_or_default(),
            declarations,
            checks: build.checks.into_list(),
            patterns: patterns.into_list(),
            names,
        })
    }
}

/// Names every declaration and its fields; the document's own first, so that nothing takes its name.
fn declared(
    target: &Target,
    model: &Model,
    order: &[usize],
    namer: &mut Namer<'_>,
) -> Vec<Declared> {
    let root = model.declarations.get(model.root);
    let root = root.map(|it| namer.type_name(&it.name, true));
    model
        .declarations
        .iter()
        .enumerate()
        .map(|(id, declaration)| Declared {
            identifier: match &root {
                Some(root) if id == model.root => root.clone(),
                _ => namer.type_name(&declaration.name, false),
            },
            names: namer.beside(
                None,
                &target.manifest.names.types,
                Wanted {
                    declaration: &declaration.name,
                    phrase: &declaration.name,
                    is_root: id == model.root,
                },
            ),
            kind: kind(&declaration.body),
            constant: constant(model, id).map(str::to_owned),
            recursive: declaration.recursive,
            place: order.iter().position(|it| *it == id).unwrap_or(id),
            fields: fields(target, namer, declaration),
        })
        .collect()
}

fn fields(
    target: &Target,
    namer: &mut Namer<'_>,
    declaration: &model::Declaration,
) -> Vec<(String, NamesBeside)> {
    let Body::Record(record) = &declaration.body else {
        return Vec::new();
    };
    let rule = &target.manifest.names.fields;
    let mut scope = namer.declaration(rule);
    let phrases: Vec<String> = record
        .fields
        .iter()
        .map(|field| phrase(&field.json_name))
        .collect();
    let wanted = |phrase| Wanted {
        declaration: &declaration.name,
        phrase,
        is_root: false,
    };
    let mut given = Vec::new();
    for phrase in &phrases {
        given.push(namer.within(&mut scope, rule, wanted(phrase)));
    }
    let beside = phrases
        .iter()
        .map(|phrase| namer.beside(Some(&mut scope), rule, wanted(phrase)));
    given.into_iter().zip(beside).collect()
}

fn kind(body: &Body) -> &'static str {
    match body {
        Body::Record(_) => "record",
        Body::Choice(_) => "choice",
        Body::Union(_) => "union",
        Body::Alias { .. } => "alias",
    }
}

/// The one string a declaration stands for, where it is nothing more.
pub(super) fn constant(model: &Model, id: usize) -> Option<&str> {
    let declaration = model.declarations.get(id)?;
    match &declaration.body {
        Body::Choice(choice) if id != model.root && declaration.residue.is_none() => {
            match choice.values.as_slice() {
                [value] => Some(value),
                _ => None,
            }
        }
        Body::Choice(_) | Body::Record(_) | Body::Union(_) | Body::Alias { .. } => None,
    }
}

struct Build<'a> {
    target: &'a Target,
    model: &'a Model,
    types: Types<'a>,
    declared: &'a [Declared],
    namer: Namer<'a>,
    checks: Checks<'a>,
}

impl Build<'_> {
    fn declaration(&mut self, id: usize, place: usize) -> Result<Declaration, Error> {
        let (Some(from), Some(declared)) = (self.model.declarations.get(id), self.declared.get(id))
        else {
            unreachable!("the order holds the model's own declarations")
        };
        let root = id == self.model.root;
        let forward = eager(self.model, id)
            .into_iter()
            .filter_map(|named| self.declared.get(named))
            .any(|named| named.place >= place);
        let is_record = matches!(from.body, Body::Record(_));
        let body = self.detail(id, from, declared, place)?;
        Ok(Declaration {
            name: declared.identifier.clone(),
            names: declared.names.clone(),
            phrase: from.name.clone(),
            docs: docs(&from.docs),
            origin: from.origin.clone(),
            root,
            recursive: from.recursive,
            wrapped: forward || (root && !is_record),
            constant: declared.constant.is_some(),
            residue: from.residue.as_ref().map(|check| self.checks.add(check)),
            body,
        })
    }

    fn detail(
        &mut self,
        id: usize,
        from: &model::Declaration,
        declared: &Declared,
        place: usize,
    ) -> Result<Detail, Error> {
        Ok(match &from.body {
            Body::Record(record) => {
                let fields = record.fields.iter().zip(&declared.fields);
                let fields =
                    fields.map(|(field, (name, names))| self.field(field, name, names, place));
                let extra_type = typed(&record.extra).map(|type_| self.types.of(type_, place));
                Detail::Record {
                    fields: fields.collect::<Result<_, _>>()?,
                    extra: match record.extra {
                        Extra::Forbidden => "forbidden",
                        Extra::Kept => "kept",
                        Extra::Typed { .. } => "typed",
                    },
                    extra_type: extra_type.transpose()?,
                }
            }
            Body::Choice(choice) => Detail::Choice {
                values: self.values(choice, &from.name, id == self.model.root),
            },
            Body::Union(union) => self.union(union, &from.name, id == self.model.root, place)?,
            Body::Alias { type_ } => Detail::Alias {
                type_: self.types.of(type_, place)?,
            },
        })
    }

    fn field(
        &self,
        from: &model::Field,
        name: &str,
        names: &NamesBeside,
        place: usize,
    ) -> Result<Field, Error> {
        Ok(Field {
            name: name.to_owned(),
            names: names.clone(),
            json_name: from.json_name.clone(),
            renamed: name != from.json_name,
            docs: docs(&from.docs),
            null: accepts_null(self.model, &from.type_, &mut Vec::new()),
            type_: self.types.of(&from.type_, place)?,
            required: from.required,
            default: from.default.as_ref().map(ToString::to_string),
        })
    }

    fn values(&mut self, choice: &model::Choice, declaration: &str, is_root: bool) -> Vec<Value> {
        let rule = &self.target.manifest.names.constants;
        let mut scope: Scope = self.namer.declaration(rule);
        let mut name = |value: &String| {
            let phrase = phrase(value);
            let of = Wanted {
                declaration,
                phrase: &phrase,
                is_root,
            };
            match rule.scope {
                RuleScope::Declaration => self.namer.within(&mut scope, rule, of),
                RuleScope::Module => self.namer.within_module(rule, of),
            }
        };
        let values = choice.values.iter();
        values
            .map(|value| Value {
                name: name(value),
                value: value.clone(),
            })
            .collect()
    }

    fn union(
        &mut self,
        union: &model::Union,
        declaration: &str,
        is_root: bool,
        place: usize,
    ) -> Result<Detail, Error> {
        let rule = &self.target.manifest.names.variants;
        let mut scope = self.namer.declaration(rule);
        let (told_apart, tag) = match &union.told_apart {
            ToldApart::Tag { property } => ("tag", Some(property.clone())),
            ToldApart::Kind => ("kind", None),
            ToldApart::Trial => ("trial", None),
        };
        let wanted = |variant| Wanted {
            declaration,
            phrase: variant,
            is_root,
        };
        let variants = union.variants.iter();
        let given: Vec<String> = variants
            .map(|it| self.namer.within(&mut scope, rule, wanted(&it.name)))
            .collect();
        let variants = union.variants.iter().zip(given).map(|(variant, name)| {
            let of = wanted(&variant.name);
            Ok(Variant {
                name,
                names: self.namer.beside(Some(&mut scope), rule, of),
                tag_name: tag
                    .as_ref()
                    .and_then(|tag| tag_name(self.model, self.declared, variant, tag)),
                type_: self.types.of(&variant.type_, place)?,
                constant: constant_of(self.declared, &variant.type_),
                tag: variant.tag.clone(),
                kinds: variant.kinds.names(),
            })
        });
        let variants: Vec<Variant> = variants.collect::<Result<_, Error>>()?;
        let tag_name = variants.first().and_then(|it| it.tag_name.clone());
        let same = variants.iter().all(|it| it.tag_name == tag_name);
        Ok(Detail::Union {
            told_apart,
            tag_name: tag_name.filter(|_| same),
            tag,
            variants,
        })
    }
}

/// The one string that a type may be, where it names a declaration that is no more than that.
fn constant_of(declared: &[Declared], type_: &model::Type) -> Option<String> {
    let model::Shape::Named { declaration } = type_.shape else {
        return None;
    };
    declared.get(declaration)?.constant.clone()
}

/// The identifier of the tag in the record that a variant is, where it is one.
fn tag_name(
    model: &Model,
    declared: &[Declared],
    variant: &model::Variant,
    tag: &str,
) -> Option<String> {
    let model::Shape::Named { declaration } = variant.type_.shape else {
        return None;
    };
    let Body::Record(record) = &model.declarations.get(declaration)?.body else {
        return None;
    };
    let index = record.fields.iter().position(|it| it.json_name == tag)?;
    let (name, _) = declared.get(declaration)?.fields.get(index)?;
    Some(name.clone())
}

/// Whether `null` is a value of a type; `seen` are the declarations on the way to it.
fn accepts_null(model: &Model, type_: &model::Type, seen: &mut Vec<usize>) -> bool {
    let model::Shape::Named { declaration } = &type_.shape else {
        let is_null = matches!(type_.shape, model::Shape::Anything | model::Shape::Null);
        return type_.nullable || is_null;
    };
    if type_.nullable || seen.contains(declaration) {
        return type_.nullable;
    }
    seen.push(*declaration);
    match model.declarations.get(*declaration).map(|it| &it.body) {
        Some(Body::Alias { type_ }) => accepts_null(model, type_, seen),
        Some(Body::Union(union)) => {
            let mut variants = union.variants.iter();
            variants.any(|variant| accepts_null(model, &variant.type_, seen))
        }
        Some(Body::Record(_) | Body::Choice(_)) | None => false,
    }
}

fn docs(from: &model::Docs) -> Docs {
    let title = from.title.clone().unwrap_or_default();
    let description = from.description.clone().unwrap_or_default();
    Docs {
        text: if description.trim().is_empty() {
            title.clone()
        } else {
            description.clone()
        },
        title,
        description,
        deprecated: from.deprecated,
    }
}
