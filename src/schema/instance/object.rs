//! Objects: the members that must be there, and those that may where a full one is wanted.

use std::collections::BTreeSet;

use indexmap::IndexSet;
use serde_json::{Map, Value};

use super::{Builder, Conjunction, text};

/// Larger objects are not built.
const LARGEST: usize = 300;

pub(super) fn build<'a>(
    builder: &Builder<'a>,
    demands: &Conjunction<'a>,
    full: bool,
    depth: usize,
) -> Option<Value> {
    let least = demands.at_least("minProperties");
    let most = demands.at_most("maxProperties").unwrap_or(usize::MAX);
    if least > LARGEST {
        return None;
    }
    let refused = demands.refused_names();
    let mut demands = demands.clone();
    let mut required = closure(&demands, demands.texts("required"));
    let mut wanted: IndexSet<String> = IndexSet::new();
    let declared = demands.names("properties");
    let optional = || declared.iter().filter(|name| !refused.contains(**name));
    if full {
        wanted.extend(optional().map(|name| (*name).to_owned()));
    } else {
        wanted.extend(
            optional()
                .filter(|it| required.contains(**it))
                .map(|it| (*it).to_owned()),
        );
    }
    // A member that is there may demand more of the object.
    let dependent: Vec<&'a Value> = demands
        .each("dependentSchemas")
        .filter_map(Value::as_object)
        .flatten()
        .filter(|(name, _)| required.contains(name.as_str()) || wanted.contains(name.as_str()))
        .map(|(_, schema)| schema)
        .collect();
    for schema in dependent {
        if !demands.add(schema, builder.choice(depth)) {
            return None;
        }
    }
    required.extend(closure(&demands, demands.texts("required")));
    let dependents: Vec<String> = closure(&demands, wanted.iter().map(String::as_str))
        .into_iter()
        .map(ToOwned::to_owned)
        .collect();
    wanted.extend(dependents);
    wanted.extend(required.iter().map(|name| (*name).to_owned()));

    let mut members = Map::new();
    for name in &wanted {
        if members.len() >= most && !required.contains(name.as_str()) {
            continue;
        }
        match builder.value(&demands.member(name), depth + 1) {
            Some(value) => {
                members.insert(name.clone(), value);
            }
            None if required.contains(name.as_str()) => return None,
            None => {}
        }
    }
    // A map without entries shows nothing of them.
    let floor = if full && is_map(&demands) { 2 } else { 0 };
    fill(
        builder,
        &demands,
        floor.max(least).min(most),
        &mut members,
        depth,
    );
    (members.len() >= least).then_some(Value::Object(members))
}

/// Whether the names of members are data: others than the declared have a schema, or patterns name them.
fn is_map(demands: &Conjunction<'_>) -> bool {
    let rest = demands.each("additionalProperties");
    demands.each("patternProperties").next().is_some()
        || rest
            .filter_map(Value::as_object)
            .any(|schema| !schema.is_empty())
}

/// Adds members until there are `floor`, as far as there are names and values for them.
fn fill<'a>(
    builder: &Builder<'a>,
    demands: &Conjunction<'a>,
    floor: usize,
    members: &mut Map<String, Value>,
    depth: usize,
) {
    let patterns = demands.names("patternProperties");
    let declared = demands.names("properties");
    let from_patterns = patterns
        .iter()
        .flat_map(|pattern| (0..8).filter_map(move |extra| text::from_pattern(pattern, extra)));
    let names = demands.each("propertyNames").collect::<Vec<_>>();
    let from_names = (!names.is_empty())
        .then(|| {
            (0..12).filter_map(|turn| {
                let size = if turn % 2 == 0 {
                    super::Size::Smallest
                } else {
                    super::Size::Fullest
                };
                match builder.turned(size, turn / 2, &names, depth + 1) {
                    Some(Value::String(name)) => Some(name),
                    _ => None,
                }
            })
        })
        .into_iter()
        .flatten();
    let letters = (0..LARGEST).map(|index| {
        let letter = char::from(b'a' + u8::try_from(index % 26).unwrap_or(0));
        if index < 26 {
            letter.to_string()
        } else {
            format!("{letter}{}", index / 26)
        }
    });
    let candidates = declared
        .iter()
        .map(|name| (*name).to_owned())
        .chain(from_patterns)
        .chain(from_names)
        .chain(letters);
    for name in candidates {
        if members.len() >= floor {
            break;
        }
        if !members.contains_key(&name)
            && let Some(value) = builder.value(&demands.member(&name), depth + 1)
        {
            members.insert(name, value);
        }
    }
}

/// The names with all that they demand by `dependentRequired`.
fn closure<'a, 'n>(
    demands: &Conjunction<'a>,
    names: impl IntoIterator<Item = &'n str>,
) -> BTreeSet<&'n str>
where
    'a: 'n,
{
    let mut all: BTreeSet<&str> = BTreeSet::new();
    let mut queue: Vec<&str> = names.into_iter().collect();
    while let Some(name) = queue.pop() {
        if !all.insert(name) {
            continue;
        }
        for map in demands.each("dependentRequired") {
            let demanded = map.get(name).and_then(Value::as_array);
            queue.extend(demanded.into_iter().flatten().filter_map(Value::as_str));
        }
    }
    all
}
