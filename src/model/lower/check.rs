//! Keywords → checks: the whole of a schema, or the keywords that a shape does not hold.

use serde_json::Value;

use super::Lowering;
use super::share::{Shared, is_light};
use crate::model::{Check, CheckId};
use crate::schema::{Formats, Keywords, Kind, SchemaId};

impl Lowering<'_> {
    /// Everything the schema at `id` asserts. Each schema is lowered once; what is more than a few words
    /// becomes [`Check::Named`], and so does every reference, so recursion ends.
    pub(super) fn check(&mut self, id: SchemaId) -> Check {
        match &self.schemas.node(id).kind {
            Kind::Anything => Check::Always,
            Kind::Nothing => Check::Never,
            Kind::Keywords(_) => {
                let slot = self.shared(id);
                let known = self.checks.get(slot).and_then(|it| it.check.as_ref());
                match known {
                    Some(check) if is_light(check) => check.clone(),
                    Some(_) => Check::Named { id: slot },
                    None => self.named(id),
                }
            }
        }
    }

    fn named(&mut self, id: SchemaId) -> Check {
        let slot = self.shared(id);
        if let Some(shared) = self.checks.get_mut(slot) {
            shared.referenced = true;
        }
        Check::Named { id: slot }
    }

    /// The place of the check of a schema, lowered if it is not yet.
    fn shared(&mut self, id: SchemaId) -> CheckId {
        if let Some(known) = self.check_ids.get(&id) {
            return *known;
        }
        let slot = self.checks.len();
        self.checks.push(Shared {
            check: None,
            referenced: false,
        });
        self.check_ids.insert(id, slot);
        let check = match &self.schemas.node(id).kind {
            Kind::Anything => Check::Always,
            Kind::Nothing => Check::Never,
            Kind::Keywords(keywords) => all(self.assertions(id, keywords)),
        };
        if let Some(shared) = self.checks.get_mut(slot) {
            shared.check = Some(check);
        }
        slot
    }

    fn assertions(&mut self, id: SchemaId, k: &Keywords) -> Vec<Check> {
        let mut checks = Vec::new();
        let references = [&k.reference, &k.dynamic_reference].into_iter().flatten();
        let targets: Vec<SchemaId> = references.filter_map(|it| it.target).collect();
        checks.extend(targets.into_iter().map(|target| self.named(target)));
        checks.extend(k.types.map(|kinds| Check::Kinds { kinds }));
        checks.extend(k.values.clone().map(|values| Check::Values { values }));
        checks.extend(k.constant.clone().map(|value| Check::Values {
            values: vec![value],
        }));
        self.scalars(k, &mut checks);
        self.arrays(k, &mut checks);
        self.properties(k, &mut checks);
        self.counts(k, &mut checks);
        if !k.all_of.is_empty() {
            checks.push(Check::All {
                checks: self.list(&k.all_of),
            });
        }
        self.logic(k, &mut checks);
        self.choices(k, &mut checks);
        self.unevaluated_here(id, k, &mut checks);
        checks
    }

    pub(super) fn list(&mut self, ids: &[SchemaId]) -> Vec<Check> {
        ids.iter().map(|id| self.check(*id)).collect()
    }

    /// Bounds, lengths, patterns and asserted formats.
    pub(super) fn scalars(&mut self, k: &Keywords, checks: &mut Vec<Check>) {
        let minimum = |value, exclusive| Check::Minimum { value, exclusive };
        let maximum = |value, exclusive| Check::Maximum { value, exclusive };
        checks.extend(k.minimum.clone().map(|value| minimum(value, false)));
        checks.extend(
            k.exclusive_minimum
                .clone()
                .map(|value| minimum(value, true)),
        );
        checks.extend(k.maximum.clone().map(|value| maximum(value, false)));
        checks.extend(
            k.exclusive_maximum
                .clone()
                .map(|value| maximum(value, true)),
        );
        checks.extend(
            k.multiple_of
                .clone()
                .map(|value| Check::MultipleOf { value }),
        );
        checks.extend(k.min_length.map(|value| Check::MinLength { value }));
        checks.extend(k.max_length.map(|value| Check::MaxLength { value }));
        checks.extend(k.pattern.clone().map(|pattern| Check::Pattern { pattern }));
        if self.formats == Formats::Assert {
            checks.extend(k.format.clone().map(|format| Check::Format { format }));
        }
    }

    /// Elements, counts of elements, uniqueness, `contains`.
    pub(super) fn arrays(&mut self, k: &Keywords, checks: &mut Vec<Check>) {
        if !k.prefix_items.is_empty() || k.items.is_some() {
            let prefix = self.list(&k.prefix_items);
            let rest = Box::new(k.items.map_or(Check::Always, |id| self.check(id)));
            checks.push(Check::Items { prefix, rest });
        }
        checks.extend(k.min_items.map(|value| Check::MinItems { value }));
        checks.extend(k.max_items.map(|value| Check::MaxItems { value }));
        checks.extend(k.unique_items.then_some(Check::UniqueItems));
        self.contains(k, checks);
    }

    pub(super) fn contains(&mut self, k: &Keywords, checks: &mut Vec<Check>) {
        if let Some(id) = k.contains {
            let item = Box::new(self.check(id));
            let min = k.min_contains.unwrap_or(1);
            checks.push(Check::Contains {
                item,
                min,
                max: k.max_contains,
            });
        }
    }

    /// `properties`, `patternProperties`, `additionalProperties` as one check.
    pub(super) fn properties(&mut self, k: &Keywords, checks: &mut Vec<Check>) {
        if k.properties.is_empty()
            && k.pattern_properties.is_empty()
            && k.additional_properties.is_none()
        {
            return;
        }
        let named = k
            .properties
            .iter()
            .map(|(name, id)| (name.clone(), self.check(*id)))
            .collect();
        let patterns = k
            .pattern_properties
            .iter()
            .map(|(name, id)| (name.clone(), self.check(*id)))
            .collect();
        let rest = Box::new(
            k.additional_properties
                .map_or(Check::Always, |id| self.check(id)),
        );
        checks.push(Check::Properties {
            named,
            patterns,
            rest,
        });
    }

    /// What is said of an object as a whole: names, required, counts, dependencies.
    pub(super) fn counts(&mut self, k: &Keywords, checks: &mut Vec<Check>) {
        if !k.required.is_empty() {
            checks.push(Check::Required {
                names: k.required.clone(),
            });
        }
        checks.extend(k.min_properties.map(|value| Check::MinProperties { value }));
        checks.extend(k.max_properties.map(|value| Check::MaxProperties { value }));
        self.dependencies(k, checks);
    }

    /// `propertyNames`, `dependentRequired`, `dependentSchemas`.
    pub(super) fn dependencies(&mut self, k: &Keywords, checks: &mut Vec<Check>) {
        if let Some(id) = k.property_names {
            checks.push(Check::PropertyNames {
                name: Box::new(self.check(id)),
            });
        }
        for (property, names) in &k.dependent_required {
            let then = Box::new(Check::Required {
                names: names.clone(),
            });
            checks.push(Check::Dependent {
                property: property.clone(),
                then,
            });
        }
        for (property, id) in &k.dependent_schemas {
            let then = Box::new(self.check(*id));
            checks.push(Check::Dependent {
                property: property.clone(),
                then,
            });
        }
    }

    /// `not` and `if`.
    pub(super) fn logic(&mut self, k: &Keywords, checks: &mut Vec<Check>) {
        if let Some(id) = k.not {
            checks.push(Check::Not {
                inner: Box::new(self.check(id)),
            });
        }
        if let Some(condition) = k.condition
            && (k.then.is_some() || k.otherwise.is_some())
        {
            let condition = Box::new(self.check(condition));
            let then = Box::new(k.then.map_or(Check::Always, |id| self.check(id)));
            let otherwise = Box::new(k.otherwise.map_or(Check::Always, |id| self.check(id)));
            checks.push(Check::If {
                condition,
                then,
                otherwise,
            });
        }
    }

    /// `anyOf` and `oneOf`.
    fn choices(&mut self, k: &Keywords, checks: &mut Vec<Check>) {
        if !k.any_of.is_empty() {
            checks.push(Check::Any {
                checks: self.list(&k.any_of),
            });
        }
        if !k.one_of.is_empty() {
            checks.push(Check::One {
                checks: self.list(&k.one_of),
            });
        }
    }
}

/// Several checks as one, without what always holds.
pub(super) fn all(checks: Vec<Check>) -> Check {
    let mut checks: Vec<Check> = checks
        .into_iter()
        .filter(|check| !matches!(check, Check::Always))
        .collect();
    match checks.len() {
        0 => Check::Always,
        1 => checks.remove(0),
        _ => Check::All { checks },
    }
}

/// A residue, if there is anything to check.
pub(super) fn residue(checks: Vec<Check>) -> Option<Check> {
    Some(all(checks)).filter(|check| !matches!(check, Check::Always))
}

/// Whether all values are strings, apart from `null`.
pub(super) fn all_strings(values: &[Value]) -> bool {
    values
        .iter()
        .all(|value| value.is_string() || value.is_null())
        && values.iter().any(Value::is_string)
}
