//! Which shape a view has: decided first (a [`Plan`]), built after, so that recursion finds its name.

use crate::model::{Body, Check, Choice, DeclarationId, List, Map, Shape, Tuple, Type};
use crate::schema::{Keywords, Kinds, SchemaId};

use super::view::View;
use super::{Lowering, TYPE_MISSING, check, union};

/// What a view is to become, `null` apart, and the checks that does not hold.
pub(super) struct Plan {
    pub(super) what: What,
    pub(super) nullable: bool,
    pub(super) residue: Vec<Check>,
}

/// The shapes, with what is needed to build them.
pub(super) enum What {
    /// A shape without parts.
    Scalar(Shape),
    Choice(Vec<String>),
    List {
        items: Option<SchemaId>,
        bounds: (Option<u64>, Option<u64>),
        unique: bool,
    },
    Tuple(Vec<SchemaId>),
    Map {
        value: Option<SchemaId>,
        bounds: (Option<u64>, Option<u64>),
    },
    Record(super::record::Plan),
    Union(union::Plan),
    /// One type for each JSON type.
    Kinds(Vec<Kinds>),
    /// What a schema that is only a reference names.
    Same(SchemaId),
}

/// Where a declaration goes.
enum Place {
    Slot(DeclarationId, String),
    Inline(String),
}

impl What {
    fn declares(&self) -> bool {
        matches!(
            self,
            Self::Choice(_) | Self::Record(_) | Self::Union(_) | Self::Kinds(_)
        )
    }
}

impl Lowering<'_> {
    /// Fills a reserved declaration with a view's type, and returns its use.
    pub(super) fn declared(&mut self, view: &View<'_>, name: &str, slot: DeclarationId) -> Type {
        let type_ = Type::of(Shape::Named { declaration: slot });
        let plan = self.plan(view);
        let residue = check::residue(plan.residue);
        if plan.what.declares() && !plan.nullable {
            self.build(plan.what, view, Place::Slot(slot, name.to_owned()), residue);
        } else {
            let hint = format!("{name} value");
            let mut inner = self.build(plan.what, view, Place::Inline(hint), None);
            inner.nullable |= plan.nullable;
            self.fill(
                slot,
                name.to_owned(),
                view.origin,
                Body::Alias { type_: inner },
                residue,
            );
        }
        type_
    }

    /// The type of a view where it stands; an alias is declared only for a residue.
    pub(super) fn inline(&mut self, view: &View<'_>, hint: &str) -> Type {
        let plan = self.plan(view);
        let residue = check::residue(plan.residue);
        let place = Place::Inline(hint.to_owned());
        if plan.what.declares() && !plan.nullable {
            return self.build(plan.what, view, place, residue);
        }
        let Some(residue) = residue else {
            let mut type_ = self.build(plan.what, view, place, None);
            type_.nullable |= plan.nullable;
            return type_;
        };
        let slot = self.reserve();
        let name = self.unique(view.origin, hint);
        let inner_hint = format!("{hint} value");
        let mut type_ = self.build(plan.what, view, Place::Inline(inner_hint), None);
        type_.nullable |= plan.nullable;
        self.fill(
            slot,
            name,
            view.origin,
            Body::Alias { type_ },
            Some(residue),
        );
        Type::of(Shape::Named { declaration: slot })
    }

    pub(super) fn plan(&mut self, view: &View<'_>) -> Plan {
        if let Some(values) = &view.values {
            return self.values(view, values);
        }
        let mut residue = Vec::new();
        for (_, keywords) in view.keywords() {
            self.logic(keywords, &mut residue);
        }
        if let Some(mut plan) = self.choice(view, &mut residue) {
            plan.residue.append(&mut residue);
            return plan;
        }
        let nullable = view.kinds.contains(Kinds::NULL);
        let kinds = separate(view.kinds.without(Kinds::NULL));
        let mut plan = match &*kinds {
            [] if nullable => Plan {
                what: What::Scalar(Shape::Null),
                nullable: false,
                residue: Vec::new(),
            },
            [] => Plan {
                what: What::Scalar(Shape::Anything),
                nullable: false,
                residue: vec![Check::Never],
            },
            [kind] => self.of_kind(view, *kind),
            _ if !view.typed => self.untyped(view),
            _ => Plan {
                what: What::Kinds(kinds),
                nullable: false,
                residue: Vec::new(),
            },
        };
        let is_null = matches!(&plan.what, What::Scalar(Shape::Null | Shape::Anything));
        plan.nullable = nullable && !is_null;
        plan.residue.append(&mut residue);
        plan
    }

    /// The plan for values of one JSON type, as far as the view speaks of that type.
    pub(super) fn of_kind(&mut self, view: &View<'_>, kind: Kinds) -> Plan {
        let mut residue = Vec::new();
        let what = if kind == Kinds::OBJECT {
            self.object(view, &mut residue)
        } else if kind == Kinds::ARRAY {
            self.array(view, &mut residue)
        } else {
            What::Scalar(self.scalar(view, kind, &mut residue))
        };
        Plan {
            what,
            nullable: false,
            residue,
        }
    }

    /// Nothing says which type: anything, and every assertion is residue.
    fn untyped(&mut self, view: &View<'_>) -> Plan {
        let mut residue = Vec::new();
        for (id, keywords) in view.keywords() {
            self.scalars(keywords, &mut residue);
            self.arrays(keywords, &mut residue);
            self.properties(keywords, &mut residue);
            self.counts(keywords, &mut residue);
            self.unevaluated_here(id, keywords, &mut residue);
            if !keywords.properties.is_empty() {
                self.warn(
                    &TYPE_MISSING,
                    id,
                    "properties",
                    "`properties` without `type` accepts everything that is no object".to_owned(),
                    "add `\"type\": \"object\"`; until then models say \"anything\" here",
                );
            }
        }
        Plan {
            what: What::Scalar(Shape::Anything),
            nullable: false,
            residue,
        }
    }

    fn array(&mut self, view: &View<'_>, residue: &mut Vec<Check>) -> What {
        let min = super::bounds::most(view, |k| k.min_items);
        let max = super::bounds::least(view, |k| k.max_items);
        let unique = view.keywords().any(|(_, k)| k.unique_items);
        for (_, keywords) in view.keywords() {
            self.contains(keywords, residue);
        }
        let mut shaped = None;
        for (id, keywords) in view.keywords() {
            let alone = keywords.items.is_none() && keywords.prefix_items.is_empty();
            let items = match keywords.unevaluated_items {
                Some(rest) if alone && view.parts.len() == 1 && keywords.contains.is_none() => {
                    Some(rest)
                }
                Some(_) => {
                    let only = Keywords {
                        unevaluated_properties: None,
                        ..keywords.clone()
                    };
                    self.unevaluated_here(id, &only, residue);
                    keywords.items
                }
                None => keywords.items,
            };
            if items.is_none() && keywords.prefix_items.is_empty() {
                continue;
            }
            if shaped.is_none() {
                shaped = Some((id, keywords, items));
                continue;
            }
            let mut further = Vec::new();
            let only = Keywords {
                prefix_items: keywords.prefix_items.clone(),
                items,
                ..Keywords::default()
            };
            self.arrays(&only, &mut further);
            residue.append(&mut further);
        }
        let list = |items| What::List {
            items,
            bounds: (min, max),
            unique,
        };
        let Some((_, keywords, items)) = shaped else {
            return list(None);
        };
        if keywords.prefix_items.is_empty() {
            return list(items);
        }
        let places = keywords.prefix_items.len() as u64;
        let closed = max == Some(places)
            || items.is_some_and(|id| {
                matches!(self.schemas.node(id).kind, crate::schema::Kind::Nothing)
            });
        if closed && min == Some(places) && !unique {
            return What::Tuple(keywords.prefix_items.clone());
        }
        let only = Keywords {
            prefix_items: keywords.prefix_items.clone(),
            items,
            ..Keywords::default()
        };
        self.arrays(&only, residue);
        list(None)
    }

    fn build(&mut self, what: What, view: &View<'_>, place: Place, residue: Option<Check>) -> Type {
        let hint = match &place {
            Place::Slot(_, name) | Place::Inline(name) => name.clone(),
        };
        match what {
            What::Scalar(shape) => Type::of(shape),
            What::List {
                items,
                bounds: (min_items, max_items),
                unique,
            } => {
                let item = Box::new(self.part(items, &format!("{hint} item")));
                Type::of(Shape::List(List {
                    item,
                    min_items,
                    max_items,
                    unique,
                }))
            }
            What::Tuple(places) => {
                let items = places
                    .iter()
                    .enumerate()
                    .map(|(index, id)| self.type_at(*id, &format!("{hint} {}", index + 1)))
                    .collect();
                Type::of(Shape::Tuple(Tuple { items }))
            }
            What::Map {
                value,
                bounds: (min_properties, max_properties),
            } => {
                let value = Box::new(self.part(value, &format!("{hint} value")));
                Type::of(Shape::Map(Map {
                    value,
                    min_properties,
                    max_properties,
                }))
            }
            What::Same(id) => self.type_at(id, &hint),
            What::Choice(values) => self.declare(place, view, residue, |_, _| {
                Body::Choice(Choice::of(values))
            }),
            What::Record(plan) => self.declare(place, view, residue, |it, name| {
                Body::Record(it.record(&plan, name))
            }),
            What::Union(plan) => self.declare(place, view, residue, |it, name| {
                Body::Union(it.union(plan, name))
            }),
            What::Kinds(kinds) => self.declare(place, view, residue, |it, name| {
                Body::Union(it.union_of_kinds(view, &kinds, name))
            }),
        }
    }

    /// A declaration in its slot: named and reserved before its parts are lowered.
    fn declare(
        &mut self,
        place: Place,
        view: &View<'_>,
        residue: Option<Check>,
        body: impl FnOnce(&mut Self, &str) -> Body,
    ) -> Type {
        let (slot, name) = match place {
            Place::Slot(slot, name) => (slot, name),
            Place::Inline(hint) => (self.reserve(), self.unique(view.origin, &hint)),
        };
        let body = body(self, &name);
        self.fill(slot, name, view.origin, body, residue);
        Type::of(Shape::Named { declaration: slot })
    }

    /// The type of a kind of a view, where it stands.
    pub(super) fn inline_kind(&mut self, view: &View<'_>, kind: Kinds, hint: &str) -> Type {
        let plan = self.of_kind(view, kind);
        let residue = check::residue(plan.residue);
        if plan.what.declares() || residue.is_none() {
            return self.build(plan.what, view, Place::Inline(hint.to_owned()), residue);
        }
        let slot = self.reserve();
        let name = self.unique(view.origin, hint);
        let inner = Place::Inline(format!("{hint} value"));
        let type_ = self.build(plan.what, view, inner, None);
        self.fill(slot, name, view.origin, Body::Alias { type_ }, residue);
        Type::of(Shape::Named { declaration: slot })
    }

    fn part(&mut self, id: Option<SchemaId>, hint: &str) -> Type {
        id.map_or_else(|| Type::of(Shape::Anything), |id| self.type_at(id, hint))
    }
}

/// A set of types as a list, `number` for `integer` where both are in it.
fn separate(kinds: Kinds) -> Vec<Kinds> {
    kinds
        .names()
        .into_iter()
        .filter_map(Kinds::from_name)
        .collect()
}
