//! Names that outlive a version: the model of the version before in; the name each declaration had there, and
//! the order in which fields and values were named, out. So a schema that grows renames nothing.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::model::{Body, Declaration, Extra, Model, Shape, Type};

/// What the version before had.
#[derive(Default)]
pub(super) struct Elder {
    /// The file of its document.
    path: String,
    /// Names by where their declaration stood; those given out again are taken away.
    names: BTreeMap<String, Vec<String>>,
    /// Declarations in the order they were named.
    declarations: Vec<String>,
    /// JSON names of fields and values in the order they were named, by declaration.
    members: BTreeMap<String, Vec<String>>,
    /// The words that fields' types were named by, by declaration and JSON name.
    fields: BTreeMap<String, BTreeMap<String, String>>,
    /// All words that a target may have named a part of a declaration by, and how often.
    phrases: BTreeMap<String, usize>,
}

impl Elder {
    pub(super) fn of(model: &Model) -> Self {
        let root = model.declarations.get(model.root);
        let root = root.and_then(|root| root.origin.split_once('#'));
        let mut elder = Self {
            path: root.map_or_else(String::new, |(path, _)| path.to_owned()),
            ..Self::default()
        };
        let aged = model.by_age();
        for declaration in aged.iter().filter_map(|at| model.declarations.get(*at)) {
            let name = declaration.name.clone();
            let place = pointer(&declaration.origin, &elder.path);
            elder.names.entry(place).or_default().push(name.clone());
            elder.members.insert(name.clone(), members(declaration));
            elder.parts(declaration);
            elder.declarations.push(name);
        }
        elder
    }

    /// The names of what may still be there: `document` has the place, or another file does.
    pub(super) fn names(&self, document: &Value) -> impl Iterator<Item = &str> {
        let there = |place: &str| place.contains('#') || document.pointer(place).is_some();
        let names = self.names.iter().filter(move |(place, _)| there(place));
        names.flat_map(|(_, names)| names.iter().map(String::as_str))
    }

    /// The name made of `phrase` that the declaration at `origin` had.
    pub(super) fn take(&mut self, origin: &str, phrase: &str) -> Option<String> {
        // The document's own file is another now, and was read by its pointers.
        let (_, own) = origin.split_once('#')?;
        let places = [origin, own];
        let place = places
            .iter()
            .find(|place| self.names.contains_key(**place))?;
        let names = self.names.get_mut(*place)?;
        let numbered = |name: &String| {
            let rest = name.strip_prefix(phrase);
            rest.is_some_and(|rest| rest.chars().all(|it| it.is_ascii_digit() || it == '_'))
        };
        let at = names.iter().position(numbered)?;
        Some(names.remove(at))
    }

    /// Takes in the words of a declaration's parts.
    fn parts(&mut self, declaration: &Declaration) {
        let name = &declaration.name;
        match &declaration.body {
            Body::Record(record) => {
                let of_fields = self.fields.entry(name.clone()).or_default();
                for field in &record.fields {
                    of_fields.insert(field.json_name.clone(), field.phrase.clone());
                    phrases(&field.type_, &field.phrase, &mut self.phrases);
                }
                if let Extra::Typed { type_ } = &record.extra {
                    phrases(type_, &format!("{name} extra"), &mut self.phrases);
                }
            }
            Body::Union(union) => {
                for variant in &union.variants {
                    let phrase = format!("{name} {}", variant.name);
                    phrases(&variant.type_, &phrase, &mut self.phrases);
                }
            }
            Body::Alias { type_ } => phrases(type_, name, &mut self.phrases),
            Body::Choice(_) => {}
        }
    }

    /// The words by which the type of a field is named: those it had; of a new one, those of no other.
    pub(super) fn phrase(&self, declaration: &str, json_name: &str, hint: &str) -> String {
        let known = self.fields.get(declaration);
        let known = known.and_then(|fields| fields.get(json_name));
        known.cloned().unwrap_or_else(|| self.free(hint))
    }

    /// `hint`, with a number if a part of something was named by it.
    pub(super) fn free(&self, hint: &str) -> String {
        let Some(count) = self.phrases.get(hint) else {
            return hint.to_owned();
        };
        let mut numbered = (count + 2..).map(|number| format!("{hint}{number}"));
        let free = numbered.find(|it| !self.phrases.contains_key(it));
        free.expect("there are more numbers than phrases")
    }

    /// Gives declarations, fields and values their place in the order of naming.
    pub(super) fn age(&self, declarations: &mut [Declaration]) {
        for (place, declaration) in declarations.iter_mut().enumerate() {
            declaration.age = place_of(&self.declarations, &declaration.name, place);
            let known = self.members.get(&declaration.name);
            let known = known.map(Vec::as_slice).unwrap_or_default();
            match &mut declaration.body {
                Body::Record(record) => {
                    for (place, field) in record.fields.iter_mut().enumerate() {
                        field.age = place_of(known, &field.json_name, place);
                    }
                }
                Body::Choice(choice) => {
                    let values = choice.values.iter().enumerate();
                    let ages = values.map(|(place, value)| place_of(known, value, place));
                    choice.ages = ages.collect();
                }
                Body::Union(_) | Body::Alias { .. } => {}
            }
        }
    }
}

/// The place of a name among the known ones, or behind them all.
fn place_of(known: &[String], name: &str, place: usize) -> usize {
    let found = known.iter().position(|it| it == name);
    found.unwrap_or(known.len() + place)
}

/// The JSON names within a declaration, in the order they were named.
fn members(declaration: &Declaration) -> Vec<String> {
    match &declaration.body {
        Body::Record(record) => {
            let fields = record.by_age().into_iter();
            let fields = fields.filter_map(|at| record.fields.get(at));
            fields.map(|field| field.json_name.clone()).collect()
        }
        Body::Choice(choice) => {
            let values = choice.by_age().into_iter();
            values
                .filter_map(|at| choice.values.get(at).cloned())
                .collect()
        }
        Body::Union(_) | Body::Alias { .. } => Vec::new(),
    }
}

/// The words that a type and its parts may be named by, where it stands at `phrase`.
fn phrases(type_: &Type, phrase: &str, found: &mut BTreeMap<String, usize>) {
    *found.entry(phrase.to_owned()).or_default() += 1;
    let mut part = |type_: &Type, word: &str| phrases(type_, &format!("{phrase} {word}"), found);
    match &type_.shape {
        Shape::List(list) => part(&list.item, "item"),
        Shape::Map(map) => part(&map.value, "value"),
        Shape::Tuple(tuple) => {
            for (at, item) in tuple.items.iter().enumerate() {
                part(item, &format!("item {}", at + 1));
                part(item, &format!("{}", at + 1));
            }
        }
        Shape::Anything
        | Shape::Null
        | Shape::Boolean
        | Shape::Integer(_)
        | Shape::Number(_)
        | Shape::Text(_)
        | Shape::Named { .. } => {}
    }
}

/// A place, without the file where that is the document's own.
fn pointer(origin: &str, own: &str) -> String {
    let pointer = origin
        .strip_prefix(own)
        .and_then(|rest| rest.strip_prefix('#'));
    pointer.unwrap_or(origin).to_owned()
}
