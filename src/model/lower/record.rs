//! Objects: records with named properties, maps whose names are data, and what neither holds.

use indexmap::IndexMap;

use super::shape::What;
use super::view::{Part, View};
use super::{Lowering, bounds};
use crate::model::naming::phrase;
use crate::model::{Check, Extra, Field, Record};
use crate::schema::{Keywords, Kind, SchemaId};

/// A record to be built.
pub(super) struct Plan {
    /// Each property's schemas, all of which hold.
    properties: IndexMap<String, Vec<SchemaId>>,
    required: Vec<String>,
    extra: Rest,
}

/// What stands beside the named properties.
#[derive(Clone, Copy)]
enum Rest {
    Forbidden,
    Kept,
    Typed(SchemaId),
}

impl Lowering<'_> {
    /// The shape of the objects in a view.
    pub(super) fn object(&mut self, view: &View<'_>, residue: &mut Vec<Check>) -> What {
        let mut properties: IndexMap<String, Vec<SchemaId>> = IndexMap::new();
        let mut required: Vec<String> = Vec::new();
        for (_, keywords) in view.keywords() {
            for (name, id) in &keywords.properties {
                properties.entry(name.clone()).or_default().push(*id);
            }
            for name in &keywords.required {
                if !required.contains(name) {
                    required.push(name.clone());
                }
            }
            self.dependencies(keywords, residue);
        }
        let additional = self.additional(view, &properties, residue);
        let bounds = (
            bounds::most(view, |k| k.min_properties),
            bounds::least(view, |k| k.max_properties),
        );
        let unnamed: Vec<String> = required
            .iter()
            .filter(|name| !properties.contains_key(*name))
            .cloned()
            .collect();
        if !unnamed.is_empty() {
            residue.push(Check::Required { names: unnamed });
        }
        if properties.is_empty() {
            match additional {
                Rest::Kept => {
                    return What::Map {
                        value: None,
                        bounds,
                    };
                }
                Rest::Typed(id) => {
                    return What::Map {
                        value: Some(id),
                        bounds,
                    };
                }
                Rest::Forbidden => {}
            }
        }
        residue.extend(bounds.0.map(|value| Check::MinProperties { value }));
        residue.extend(bounds.1.map(|value| Check::MaxProperties { value }));
        self.drop_impossible(&mut properties, additional, residue);
        What::Record(Plan {
            properties,
            required,
            extra: additional,
        })
    }

    /// What a view says of properties it does not name; patterns become residue.
    fn additional(
        &mut self,
        view: &View<'_>,
        properties: &IndexMap<String, Vec<SchemaId>>,
        residue: &mut Vec<Check>,
    ) -> Rest {
        let speaking: Vec<(SchemaId, &Keywords)> = view
            .keywords()
            .filter(|(_, k)| {
                !k.properties.is_empty()
                    || !k.pattern_properties.is_empty()
                    || k.additional_properties.is_some()
            })
            .collect();
        let unevaluated = self.unevaluated(view, residue);
        if let [(_, keywords)] = &*speaking {
            let rest = keywords.additional_properties.or(unevaluated);
            if keywords.pattern_properties.is_empty() {
                return self.rest(rest);
            }
            if let (true, 1, Some(Kind::Nothing)) = (
                properties.is_empty(),
                keywords.pattern_properties.len(),
                rest.map(|id| &self.schemas.node(id).kind),
            ) && let Some((pattern, id)) = keywords.pattern_properties.first()
            {
                residue.push(Check::Properties {
                    named: IndexMap::new(),
                    patterns: IndexMap::from([(pattern.clone(), Check::Always)]),
                    rest: Box::new(Check::Never),
                });
                return Rest::Typed(*id);
            }
            residue.push(self.beside(properties, &keywords.pattern_properties, rest));
            return Rest::Kept;
        }
        // `additionalProperties` sees only its own schema's properties, so several of them do not merge.
        let closed = speaking
            .iter()
            .any(|(_, k)| k.additional_properties.is_some());
        for (_, keywords) in &speaking {
            let only = Keywords {
                properties: if keywords.additional_properties.is_some() {
                    keywords.properties.clone()
                } else {
                    IndexMap::new()
                },
                pattern_properties: keywords.pattern_properties.clone(),
                additional_properties: keywords.additional_properties,
                ..Keywords::default()
            };
            self.properties(&only, residue);
        }
        let patterns = speaking
            .iter()
            .any(|(_, k)| !k.pattern_properties.is_empty());
        if closed || (patterns && unevaluated.is_some()) {
            Rest::Kept
        } else {
            self.rest(unevaluated)
        }
    }

    /// `patternProperties` and what is beside them, the named ones left to the record.
    fn beside(
        &mut self,
        properties: &IndexMap<String, Vec<SchemaId>>,
        patterns: &IndexMap<String, SchemaId>,
        rest: Option<SchemaId>,
    ) -> Check {
        let named = properties
            .keys()
            .map(|name| (name.clone(), Check::Always))
            .collect();
        let patterns = patterns
            .iter()
            .map(|(name, id)| (name.clone(), self.check(*id)))
            .collect();
        let rest = Box::new(rest.map_or(Check::Always, |id| self.check(id)));
        Check::Properties {
            named,
            patterns,
            rest,
        }
    }

    /// `unevaluatedProperties` where it means the same as `additionalProperties` over all that was merged.
    fn unevaluated(&mut self, view: &View<'_>, residue: &mut Vec<Check>) -> Option<SchemaId> {
        let mut found = None;
        let parts: Vec<(SchemaId, &Keywords)> = view.keywords().collect();
        for (index, (id, keywords)) in parts.iter().enumerate() {
            let Some(schema) = keywords.unevaluated_properties else {
                continue;
            };
            let conditional = |k: &Keywords| {
                !k.any_of.is_empty()
                    || !k.one_of.is_empty()
                    || k.condition.is_some()
                    || !k.dependent_schemas.is_empty()
            };
            let closed = parts.iter().any(|(_, k)| {
                k.additional_properties.is_some() || !k.pattern_properties.is_empty()
            });
            if index == 0 && !closed && !parts.iter().any(|(_, k)| conditional(k)) {
                found = Some(schema);
            } else if keywords.additional_properties.is_none() {
                let keywords = (*keywords).clone();
                let only = Keywords {
                    unevaluated_items: None,
                    ..keywords.clone()
                };
                self.unevaluated_here(*id, &only, residue);
            }
        }
        found
    }

    fn rest(&self, additional: Option<SchemaId>) -> Rest {
        match additional.map(|id| (id, &self.schemas.node(id).kind)) {
            None | Some((_, Kind::Anything)) => Rest::Kept,
            Some((_, Kind::Nothing)) => Rest::Forbidden,
            Some((id, Kind::Keywords(_))) => Rest::Typed(id),
        }
    }

    /// A property whose schema is `false` may not be there: no field, and a check where others may.
    fn drop_impossible(
        &mut self,
        properties: &mut IndexMap<String, Vec<SchemaId>>,
        rest: Rest,
        residue: &mut Vec<Check>,
    ) {
        let never = |id: &SchemaId| matches!(self.schemas.node(*id).kind, Kind::Nothing);
        let dropped: Vec<String> = properties
            .iter()
            .filter(|(_, ids)| ids.iter().any(never))
            .map(|(name, _)| name.clone())
            .collect();
        for name in &dropped {
            properties.shift_remove(name);
        }
        if !dropped.is_empty() && !matches!(rest, Rest::Forbidden) {
            residue.push(Check::Properties {
                named: dropped
                    .into_iter()
                    .map(|name| (name, Check::Never))
                    .collect(),
                patterns: IndexMap::new(),
                rest: Box::new(Check::Always),
            });
        }
    }

    /// Builds a planned record; `name` is its own.
    pub(super) fn record(&mut self, plan: &Plan, name: &str) -> Record {
        let fields = plan
            .properties
            .iter()
            .map(|(json_name, ids)| {
                let hint = format!("{name} {}", phrase(json_name));
                let hint = self.elder.phrase(name, json_name, hint.trim_end());
                let parts: Vec<Part> = ids.iter().map(|id| Part::whole(*id)).collect();
                Field {
                    age: 0,
                    phrase: hint.clone(),
                    json_name: json_name.clone(),
                    docs: self.docs(ids),
                    type_: self.type_of_parts(&parts, &hint),
                    required: plan.required.contains(json_name),
                    default: ids
                        .iter()
                        .find_map(|id| self.schemas.keywords(*id)?.default.clone()),
                }
            })
            .collect();
        let extra = match plan.extra {
            Rest::Forbidden => Extra::Forbidden,
            Rest::Kept => Extra::Kept,
            Rest::Typed(id) => Extra::Typed {
                type_: self.type_at(id, &format!("{name} extra")),
            },
        };
        Record { fields, extra }
    }
}
