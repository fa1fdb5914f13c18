//! One declaration after the other as templates see it: the model's own in; names given, types written out.

use minijinja::Error;

use super::declared::{Declared, accepts_null, constant_of, tag_name};
use super::{Declaration, Detail, Field, Value, Variant, docs};
use crate::model::naming::{Scope, phrase};
use crate::model::{self, Body, Extra, Model, ToldApart};
use crate::target::checks::Checks;
use crate::target::names::{Namer, NamesBeside, Wanted};
use crate::target::order::{eager, typed};
use crate::target::types::Types;
use crate::target::{RuleScope, Target};

pub(super) struct Build<'a> {
    pub(super) target: &'a Target,
    pub(super) model: &'a Model,
    pub(super) types: Types<'a>,
    pub(super) declared: &'a [Declared],
    pub(super) namer: Namer<'a>,
    pub(super) checks: Checks<'a>,
}

impl Build<'_> {
    pub(super) fn declaration(&mut self, id: usize, place: usize) -> Result<Declaration, Error> {
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
        let use_ = model::Type::of(model::Shape::Named { declaration: id });
        let written = self.types.of(&use_, place)?.expression;
        Ok(Declaration {
            name: declared.identifier.clone(),
            names: declared.names.clone(),
            written,
            phrase: from.name.clone(),
            docs: docs(&from.docs),
            origin: from.origin.clone(),
            root,
            recursive: from.recursive,
            wrapped: forward || (root && !is_record),
            constant: declared.constant.is_some(),
            residue: from
                .residue
                .as_ref()
                .map(|check| self.checks.add_residue(check)),
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
        let aged = choice.by_age().into_iter();
        let aged = aged.filter_map(|at| Some((at, choice.values.get(at)?)));
        let mut named: Vec<(usize, Value)> = aged
            .map(|(at, value)| {
                let (name, value) = (name(value), value.clone());
                (at, Value { name, value })
            })
            .collect();
        named.sort_by_key(|(at, _)| *at);
        named.into_iter().map(|(_, value)| value).collect()
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
