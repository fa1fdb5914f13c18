//! `oneOf`, `anyOf` and lists of types: alternatives, and how a reader tells them apart.

use std::collections::BTreeSet;

use serde_json::Value;

use super::Lowering;
use super::shape::{Plan as Shaped, What};
use super::view::{self, Part, View};
use crate::model::naming::{Scope, phrase};
use crate::model::{Check, Shape, ToldApart, Union, Variant};
use crate::schema::{Kinds, SchemaId};

/// A union to be built.
pub(super) struct Plan {
    /// Each alternative with all that holds beside it.
    alternatives: Vec<Vec<Part>>,
    /// The alternative's own schema, for its name.
    own: Vec<SchemaId>,
    tag: Option<(String, Vec<String>)>,
    kinds: Vec<Kinds>,
}

impl Lowering<'_> {
    /// The plan for a view with alternatives, if they have shapes; those that only constrain become residue.
    pub(super) fn choice(&mut self, view: &View<'_>, residue: &mut Vec<Check>) -> Option<Shaped> {
        let mut shaping = None;
        for (id, exactly_one, alternatives) in view.choices() {
            let shapes = alternatives.iter().any(|id| self.has_shape(*id));
            if shapes && shaping.is_none() {
                shaping = Some((id, exactly_one, alternatives));
            } else {
                residue.push(self.group(exactly_one, alternatives));
            }
        }
        let (owner, exactly_one, alternatives) = shaping?;
        let base = without_choice(view, owner);
        if let Some(plan) = self.constants(view, owner, alternatives) {
            return Some(plan);
        }
        let neutral = self.is_neutral(view, owner);
        let mut kept = Vec::new();
        let mut nullable = false;
        let mut null_twice = false;
        for id in alternatives {
            let parts = if neutral {
                vec![Part::whole(*id)]
            } else {
                base.iter().copied().chain([Part::whole(*id)]).collect()
            };
            let kinds = self.kinds_of(&parts).intersection(view.kinds);
            if kinds.contains(Kinds::NULL) {
                null_twice |= nullable;
                nullable = true;
            }
            if kinds != Kinds::NULL && !kinds.is_empty() {
                kept.push((*id, parts, kinds));
            }
        }
        let tag = self.tag(&kept);
        let disjoint = kept.iter().enumerate().all(|(index, (_, _, kinds))| {
            kept.iter()
                .skip(index + 1)
                .all(|(_, _, other)| !kinds.meets(*other))
        });
        let exclusive = (disjoint || tag.is_some()) && !null_twice;
        if exactly_one && !exclusive {
            residue.push(self.group(true, alternatives));
        }
        if kept.is_empty() {
            residue.push(self.group(exactly_one, alternatives));
            let what = What::Scalar(Shape::Anything);
            return Some(Shaped {
                what,
                nullable: false,
                residue: Vec::new(),
            });
        }
        if let [(_, parts, _)] = &*kept {
            return Some(self.single(parts, nullable));
        }
        let kinds = kept.iter().map(|(_, _, kinds)| *kinds).collect();
        let own = kept.iter().map(|(id, _, _)| *id).collect();
        let alternatives = kept.into_iter().map(|(_, parts, _)| parts).collect();
        let plan = Plan {
            alternatives,
            own,
            tag,
            kinds,
        };
        Some(Shaped {
            what: What::Union(plan),
            nullable,
            residue: Vec::new(),
        })
    }

    /// Alternatives that are each one string, often with a description: a choice.
    fn constants(
        &self,
        view: &View<'_>,
        owner: SchemaId,
        alternatives: &[SchemaId],
    ) -> Option<Shaped> {
        let mut values: Vec<String> = Vec::new();
        for id in alternatives {
            let inner = View::of(self.schemas, &[Part::whole(*id)]);
            let [Value::String(value)] = inner.values.as_deref()? else {
                return None;
            };
            let plain = matches!(&*inner.parts, [(_, k)] if view::judges_by_value_only(k));
            if !plain || !inner.kinds.contains(Kinds::STRING) || values.contains(value) {
                return None;
            }
            values.push(value.clone());
        }
        let alone = self.is_neutral(view, owner) && view.kinds.contains(Kinds::STRING);
        alone.then(|| Shaped {
            what: What::Choice(values),
            nullable: false,
            residue: Vec::new(),
        })
    }

    /// The one alternative that is left beside `null`, or alone.
    fn single(&mut self, parts: &[Part], nullable: bool) -> Shaped {
        if let [
            Part {
                id,
                without_choice: false,
            },
        ] = parts
            && self.plain_reference(*id).is_some()
        {
            return Shaped {
                what: What::Same(*id),
                nullable,
                residue: Vec::new(),
            };
        }
        let view = View::of(self.schemas, parts);
        let mut plan = self.plan(&view);
        plan.nullable |= nullable && !matches!(plan.what, What::Scalar(Shape::Anything));
        plan
    }

    fn group(&mut self, exactly_one: bool, alternatives: &[SchemaId]) -> Check {
        let checks = self.list(alternatives);
        if exactly_one {
            Check::One { checks }
        } else {
            Check::Any { checks }
        }
    }

    fn kinds_of(&self, parts: &[Part]) -> Kinds {
        let view = View::of(self.schemas, parts);
        let mut kinds = view.kinds;
        if let Some(values) = &view.values {
            let listed = values.iter().map(Kinds::of).fold(Kinds::NONE, Kinds::union);
            kinds = kinds.intersection(listed);
        }
        for (_, _, alternatives) in view.choices() {
            let any = alternatives
                .iter()
                .map(|id| self.kinds_of(&[Part::whole(*id)]))
                .fold(Kinds::NONE, Kinds::union);
            kinds = kinds.intersection(any);
        }
        kinds
    }

    /// Whether an alternative says what a value looks like, not only what it must satisfy.
    fn has_shape(&self, id: SchemaId) -> bool {
        let view = View::of(self.schemas, &[Part::whole(id)]);
        view.typed
            || view.keywords().any(|(_, k)| {
                !k.properties.is_empty()
                    || k.additional_properties.is_some()
                    || k.items.is_some()
                    || !k.prefix_items.is_empty()
            })
            || view
                .choices()
                .iter()
                .any(|(_, _, list)| list.iter().any(|id| self.has_shape(*id)))
    }

    /// Whether nothing but types and these alternatives judges the value.
    fn is_neutral(&self, view: &View<'_>, owner: SchemaId) -> bool {
        view.parts.len() == 1
            && view.keywords().all(|(id, k)| {
                id == owner
                    && k.properties.is_empty()
                    && k.pattern_properties.is_empty()
                    && k.additional_properties.is_none()
                    && k.unevaluated_properties.is_none()
                    && k.unevaluated_items.is_none()
                    && k.required.is_empty()
                    && k.items.is_none()
                    && k.prefix_items.is_empty()
                    && k.min_length.is_none()
                    && k.max_length.is_none()
                    && k.pattern.is_none()
                    && k.format.is_none()
                    && k.minimum.is_none()
                    && k.maximum.is_none()
                    && k.exclusive_minimum.is_none()
                    && k.exclusive_maximum.is_none()
                    && k.multiple_of.is_none()
                    && k.min_items.is_none()
                    && k.max_items.is_none()
                    && !k.unique_items
                    && k.min_properties.is_none()
                    && k.max_properties.is_none()
                    && k.dependent_required.is_empty()
                    && k.dependent_schemas.is_empty()
                    && k.property_names.is_none()
                    && k.contains.is_none()
            })
            && match view.kinds {
                Kinds::ALL => true,
                kinds => view.choices().iter().all(|(_, _, list)| {
                    list.iter()
                        .all(|id| kinds.contains(self.kinds_of(&[Part::whole(*id)])))
                }),
            }
    }

    /// A property that is required and a different constant in each alternative.
    fn tag(&self, kept: &[(SchemaId, Vec<Part>, Kinds)]) -> Option<(String, Vec<String>)> {
        if kept.len() < 2 || kept.iter().any(|(_, _, kinds)| *kinds != Kinds::OBJECT) {
            return None;
        }
        let views: Vec<View<'_>> = kept
            .iter()
            .map(|(_, parts, _)| View::of(self.schemas, parts))
            .collect();
        let first = views.first()?;
        let names: Vec<&String> = first
            .keywords()
            .flat_map(|(_, k)| k.properties.keys())
            .collect();
        names.into_iter().find_map(|name| {
            let tags: Option<Vec<String>> =
                views.iter().map(|view| self.constant(view, name)).collect();
            let tags = tags?;
            let distinct: BTreeSet<&String> = tags.iter().collect();
            (distinct.len() == tags.len()).then(|| (name.clone(), tags))
        })
    }

    fn constant(&self, view: &View<'_>, name: &str) -> Option<String> {
        if !view
            .keywords()
            .any(|(_, k)| k.required.iter().any(|it| it == name))
        {
            return None;
        }
        let parts: Vec<Part> = view
            .keywords()
            .filter_map(|(_, k)| k.properties.get(name))
            .map(|id| Part::whole(*id))
            .collect();
        if parts.is_empty() {
            return None;
        }
        match View::of(self.schemas, &parts).values.as_deref() {
            Some([Value::String(tag)]) => Some(tag.clone()),
            Some(_) | None => None,
        }
    }

    /// Builds a planned union; `name` is its own.
    pub(super) fn union(&mut self, plan: Plan, name: &str) -> Union {
        let mut scope = Scope::new([], true);
        let mut variants = Vec::new();
        for (index, parts) in plan.alternatives.iter().enumerate() {
            let kinds = plan.kinds.get(index).copied().unwrap_or(Kinds::ALL);
            let tag = plan
                .tag
                .as_ref()
                .and_then(|(_, tags)| tags.get(index).cloned());
            let own = plan.own.get(index).copied();
            let word = self.variant_word(own, tag.as_deref(), kinds, index);
            let word = scope.claim(&word);
            let mut type_ = self.type_of_parts(parts, &format!("{name} {word}"));
            type_.nullable = false;
            variants.push(Variant {
                name: word,
                type_,
                tag,
                kinds,
            });
        }
        let disjoint = variants.iter().enumerate().all(|(index, variant)| {
            variants
                .iter()
                .skip(index + 1)
                .all(|other| !variant.kinds.meets(other.kinds))
        });
        let told_apart = match plan.tag {
            Some((property, _)) => ToldApart::Tag { property },
            None if disjoint => ToldApart::Kind,
            None => ToldApart::Trial,
        };
        Union {
            variants,
            told_apart,
        }
    }

    /// One variant for each JSON type of a view.
    pub(super) fn union_of_kinds(&mut self, view: &View<'_>, kinds: &[Kinds], name: &str) -> Union {
        let variants = kinds
            .iter()
            .map(|kind| {
                let word = kind_word(*kind).to_owned();
                let type_ = self.inline_kind(view, *kind, &format!("{name} {word}"));
                Variant {
                    name: word,
                    type_,
                    tag: None,
                    kinds: *kind,
                }
            })
            .collect();
        Union {
            variants,
            told_apart: ToldApart::Kind,
        }
    }

    fn variant_word(
        &self,
        own: Option<SchemaId>,
        tag: Option<&str>,
        kinds: Kinds,
        index: usize,
    ) -> String {
        let titled = || {
            let keywords = self.schemas.keywords(own?)?;
            keywords.title.as_deref().map(phrase)
        };
        let referenced = || {
            let target = self.schemas.keywords(own?)?.reference.as_ref()?.target?;
            self.names.get(&target).cloned()
        };
        tag.map(phrase)
            .filter(|word| !word.is_empty())
            .or_else(referenced)
            .or_else(titled)
            .filter(|word| !word.is_empty())
            .or_else(|| (kinds.names().len() == 1).then(|| kind_word(kinds).to_owned()))
            .unwrap_or_else(|| format!("variant {}", index + 1))
    }
}

fn kind_word(kinds: Kinds) -> &'static str {
    match kinds.names().first().copied() {
        Some("string") => "text",
        Some("array") => "list",
        Some(name) => name,
        None => "nothing",
    }
}

/// The view's parts, the owner of the alternatives without them.
fn without_choice(view: &View<'_>, owner: SchemaId) -> Vec<Part> {
    view.parts
        .iter()
        .map(|(part, _)| Part {
            id: part.id,
            without_choice: part.without_choice || owner == part.id,
        })
        .collect()
}
