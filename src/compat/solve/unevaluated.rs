//! `unevaluatedProperties` and `unevaluatedItems` as formulas without them.
//!
//! A schema in; what the keywords beside it and below it have judged, each under the condition that
//! makes it count, out. A part is unevaluated where no condition that covers it holds.

use std::collections::BTreeSet;

use serde_json::{Map, Value};

use super::formula::{Formula, Literal, Mentioned, OfItems, OfMembers};
use super::formulas::Formulas;
use super::read::{DEEPEST, Reader, list, members};
use crate::compat::shape;
use crate::schema::Kinds;

/// More conditions with patterns than this are not spelled out: each doubles the formula.
const MOST_CASES: usize = 6;

/// What one schema judges, where its condition holds.
#[derive(Clone, Debug)]
struct Judged {
    when: Literal,
    everything: bool,
    mentioned: Mentioned,
    /// How many elements of the prefix.
    prefix: usize,
    /// Elements that are of these are judged.
    held: Vec<Literal>,
}

impl Judged {
    fn when(when: Literal) -> Self {
        Self {
            when,
            everything: false,
            mentioned: Mentioned::default(),
            prefix: 0,
            held: Vec::new(),
        }
    }
}

/// Everything that is judged beside an `unevaluated…` keyword.
pub(super) struct Evaluated {
    always: Judged,
    sometimes: Vec<Judged>,
    /// Whether something lies too deep to be seen.
    cut: bool,
}

impl Evaluated {
    /// What `map` judges beside the keyword itself.
    pub(super) fn of<'a>(
        reader: &mut Reader<'a>,
        map: &'a Map<String, Value>,
        keyword: &'static str,
    ) -> Self {
        let mut evaluated = Self {
            always: Judged::when(Literal::ANYTHING),
            sometimes: Vec::new(),
            cut: false,
        };
        let mut own = Judged::when(Literal::ANYTHING);
        evaluated.collect(reader, map, keyword, &mut own, true);
        evaluated.add(own);
        evaluated
    }

    fn add(&mut self, judged: Judged) {
        if judged.when == Literal::ANYTHING {
            let always = &mut self.always;
            always.everything |= judged.everything;
            always.mentioned.names.extend(judged.mentioned.names);
            always.mentioned.patterns.extend(judged.mentioned.patterns);
            always.prefix = always.prefix.max(judged.prefix);
            always.held.extend(judged.held);
        } else {
            self.sometimes.push(judged);
        }
    }

    /// Adds what a map judges to `into`, and what it judges under a condition to the list.
    fn collect<'a>(
        &mut self,
        reader: &mut Reader<'a>,
        map: &'a Map<String, Value>,
        keyword: &'static str,
        into: &mut Judged,
        own: bool,
    ) {
        if keyword == "unevaluatedProperties" {
            let names = members(map, "properties").map(|(name, _)| name.clone());
            into.mentioned.names.extend(names);
            for (pattern, _) in members(map, "patternProperties") {
                into.mentioned
                    .patterns
                    .insert(reader.formulas.pattern(pattern));
            }
            into.everything |= map.contains_key("additionalProperties");
        } else {
            into.prefix = into.prefix.max(list(map, "prefixItems").len());
            into.everything |= map.contains_key("items");
            if let Some(held) = map.get("contains") {
                into.held.push(reader.schema(held));
            }
        }
        into.everything |= !own && map.contains_key(keyword);
        let target = shape::reference(map).and_then(|name| shape::definition(reader.root, name));
        for schema in target.into_iter().chain(list(map, "allOf")) {
            if let Some(map) = schema.as_object() {
                self.below(reader, map, keyword, into.when);
            }
        }
        let mut conditional: Vec<(Literal, &'a Value)> = Vec::new();
        for schema in ["anyOf", "oneOf"].into_iter().flat_map(|it| list(map, it)) {
            conditional.push((reader.schema(schema), schema));
        }
        if let Some(condition) = map.get("if") {
            let holds = reader.schema(condition);
            conditional.push((holds, condition));
            conditional.extend(map.get("then").map(|it| (holds, it)));
            conditional.extend(map.get("else").map(|it| (holds.not(), it)));
        }
        for (name, schema) in members(map, "dependentSchemas") {
            conditional.push((reader.formulas.has(name), schema));
        }
        for (condition, schema) in conditional {
            if let Some(map) = schema.as_object() {
                let when = reader.formulas.all([into.when, condition]);
                self.below(reader, map, keyword, when);
            }
        }
    }

    fn below<'a>(
        &mut self,
        reader: &mut Reader<'a>,
        map: &'a Map<String, Value>,
        keyword: &'static str,
        when: Literal,
    ) {
        reader.depth += 1;
        if reader.depth < DEEPEST {
            let mut judged = Judged::when(when);
            self.collect(reader, map, keyword, &mut judged, false);
            self.add(judged);
        } else {
            self.cut = true;
        }
        reader.depth -= 1;
    }

    /// The conditions under which something is judged after all.
    fn conditions(&self, covers: impl Fn(&Judged) -> bool) -> Vec<Literal> {
        let covering = self.sometimes.iter().filter(|judged| covers(judged));
        covering.map(|judged| judged.when).collect()
    }

    /// Every member that nothing judges is of `rest`.
    pub(super) fn properties(&self, formulas: &mut Formulas, rest: Literal) -> Literal {
        if self.always.everything || rest == Literal::ANYTHING {
            return Literal::ANYTHING;
        }
        let patterned: Vec<&Judged> = self
            .sometimes
            .iter()
            .filter(|judged| !judged.mentioned.patterns.is_empty())
            .collect();
        if self.cut || patterned.len() > MOST_CASES {
            let why = "what is evaluated depends on too many patterns";
            return formulas.put(Formula::Opaque(why.to_owned()));
        }
        let mut named: BTreeSet<&String> = BTreeSet::new();
        for judged in &self.sometimes {
            named.extend(&judged.mentioned.names);
        }
        let mut parts = Vec::new();
        // Every choice of conditions that do not hold; the others are taken to cover what they speak of.
        for chosen in 0..1_usize << patterned.len() {
            let mut patterns = self.always.mentioned.patterns.clone();
            let mut unless = Vec::new();
            for (bit, judged) in patterned.iter().enumerate() {
                if chosen >> bit & 1 == 1 {
                    patterns.extend(&judged.mentioned.patterns);
                } else {
                    unless.push(judged.when);
                }
            }
            for name in &named {
                if self.always.mentioned.names.contains(*name) {
                    continue;
                }
                let mut either =
                    self.conditions(|it| it.everything || it.mentioned.names.contains(*name));
                either.extend(&unless);
                // The member alone: all others are put aside, and those a pattern covers.
                let only = formulas.only(name, &patterns, rest);
                either.push(only);
                parts.push(formulas.any(either));
            }
            let mut mentioned = Mentioned {
                names: self.always.mentioned.names.clone(),
                patterns,
            };
            mentioned
                .names
                .extend(named.iter().map(|name| (*name).clone()));
            let mut either = self.conditions(|judged| judged.everything);
            either.extend(unless);
            either.push(formulas.put(Formula::Members(OfMembers::Others(mentioned, rest))));
            parts.push(formulas.any(either));
        }
        let all = formulas.all(parts);
        formulas.unless(Kinds::OBJECT, all)
    }

    /// Every element that nothing judges is of `rest`.
    pub(super) fn items(&self, formulas: &mut Formulas, rest: Literal) -> Literal {
        if self.always.everything || rest == Literal::ANYTHING {
            return Literal::ANYTHING;
        }
        let holding: Vec<&Judged> = self
            .sometimes
            .iter()
            .filter(|judged| !judged.held.is_empty())
            .collect();
        if self.cut || holding.len() > MOST_CASES {
            let why = "what is evaluated depends on too many conditions";
            return formulas.put(Formula::Opaque(why.to_owned()));
        }
        let prefixes = self.sometimes.iter().map(|judged| judged.prefix);
        let last = prefixes.max().unwrap_or(0).max(self.always.prefix);
        let mut parts = Vec::new();
        for chosen in 0..1_usize << holding.len() {
            let mut good = self.always.held.clone();
            good.push(rest);
            let mut unless = Vec::new();
            for (bit, judged) in holding.iter().enumerate() {
                if chosen >> bit & 1 == 1 {
                    good.extend(&judged.held);
                } else {
                    unless.push(judged.when);
                }
            }
            let good = formulas.any(good);
            for index in self.always.prefix..last {
                let mut either = self.conditions(|it| it.everything || it.prefix > index);
                either.extend(&unless);
                either.push(formulas.put(Formula::Items(OfItems::Item(index, good))));
                parts.push(formulas.any(either));
            }
            let mut either = self.conditions(|judged| judged.everything);
            either.extend(unless);
            either.push(formulas.put(Formula::Items(OfItems::ItemsFrom(last, good))));
            parts.push(formulas.any(either));
        }
        let all = formulas.all(parts);
        formulas.unless(Kinds::ARRAY, all)
    }
}
