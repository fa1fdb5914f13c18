//! `unevaluatedProperties` and `unevaluatedItems` as checks of other keywords: what the schemas beside
//! them see of a value is read off those schemas, and where it depends on the value, asked of the value.

use indexmap::IndexMap;

use super::{KEYWORD_UNHELD, Lowering, check};
use crate::model::Check;
use crate::schema::{Keywords, Kind, SchemaId};

/// So many alternatives that see whole patterns, or everything, are told apart.
const SPLITS: usize = 8;

/// What one schema sees of a value that it judges.
#[derive(Clone)]
struct Seen {
    /// What must hold for it to see anything.
    when: Check,
    names: Vec<String>,
    patterns: Vec<String>,
    all_properties: bool,
    prefix: usize,
    all_items: bool,
    contains: Option<Check>,
}

impl Lowering<'_> {
    /// The checks for `unevaluated*` of the schema at `id`.
    pub(super) fn unevaluated_here(&mut self, id: SchemaId, k: &Keywords, checks: &mut Vec<Check>) {
        let present = [
            ("unevaluatedProperties", k.unevaluated_properties),
            ("unevaluatedItems", k.unevaluated_items),
        ];
        for (keyword, rest) in present {
            let Some(rest) = rest else { continue };
            if matches!(self.schemas.node(rest).kind, Kind::Anything) {
                continue;
            }
            let mut seen = Vec::new();
            self.seen(id, &Check::Always, true, &mut seen);
            let of_object = keyword == "unevaluatedProperties";
            let sweeping = |it: &&Seen| {
                if of_object {
                    it.sweeps()
                } else {
                    it.sees_items()
                }
            };
            let splits = seen
                .iter()
                .filter(sweeping)
                .filter(|it| it.is_conditional());
            if splits.count() > SPLITS {
                self.unheld(id, keyword);
                continue;
            }
            let rest = self.check(rest);
            checks.push(if of_object {
                properties(seen, &rest)
            } else {
                items(seen, &rest)
            });
        }
    }

    /// What the schema at `id`, and all that judge the same value for it, see.
    fn seen(&mut self, id: SchemaId, when: &Check, first: bool, out: &mut Vec<Seen>) {
        let Some(k) = self.schemas.keywords(id) else {
            return;
        };
        let k = k.clone();
        let contains = k.contains.map(|id| self.check(id));
        out.push(Seen {
            when: when.clone(),
            names: k.properties.keys().cloned().collect(),
            patterns: k.pattern_properties.keys().cloned().collect(),
            all_properties: k.additional_properties.is_some()
                || (!first && k.unevaluated_properties.is_some()),
            prefix: k.prefix_items.len(),
            all_items: k.items.is_some() || (!first && k.unevaluated_items.is_some()),
            contains,
        });
        let targets = [&k.reference, &k.dynamic_reference];
        let targets = targets.into_iter().filter_map(|it| it.as_ref()?.target);
        for next in targets.chain(k.all_of.iter().copied()) {
            self.seen(next, when, false, out);
        }
        for next in k.any_of.iter().chain(&k.one_of) {
            let holds = both(when, self.check(*next));
            self.seen(*next, &holds, false, out);
        }
        if let Some(condition) = k.condition {
            let is = self.check(condition);
            let holds = both(when, is.clone());
            self.seen(condition, &holds, false, out);
            if let Some(then) = k.then {
                self.seen(then, &holds, false, out);
            }
            if let Some(otherwise) = k.otherwise {
                let fails = Check::Not {
                    inner: Box::new(is),
                };
                self.seen(otherwise, &both(when, fails), false, out);
            }
        }
        for (name, next) in &k.dependent_schemas {
            let names = vec![name.clone()];
            self.seen(*next, &both(when, Check::Required { names }), false, out);
        }
    }

    /// Reports a keyword whose meaning takes too many cases.
    fn unheld(&mut self, id: SchemaId, keyword: &str) {
        self.warn(
            &KEYWORD_UNHELD,
            id,
            keyword,
            format!("`{keyword}` is not checked by generated readers here"),
            "they accept documents with further properties or elements that the schema refuses",
        );
    }
}

impl Seen {
    fn is_conditional(&self) -> bool {
        !matches!(self.when, Check::Always)
    }

    /// Whether it sees properties that it does not name.
    fn sweeps(&self) -> bool {
        self.all_properties || !self.patterns.is_empty()
    }

    fn sees_items(&self) -> bool {
        self.all_items || self.prefix > 0 || self.contains.is_some()
    }
}

fn both(when: &Check, other: Check) -> Check {
    check::all(vec![when.clone(), other])
}

/// One of the conditional parts that `asks`, taken as seen where it holds and as not there where it does not.
fn split(
    mut seen: Vec<Seen>,
    asks: impl Fn(&Seen) -> bool,
    go_on: &dyn Fn(Vec<Seen>) -> Check,
) -> Result<Check, Vec<Seen>> {
    let Some(index) = seen.iter().position(|it| it.is_conditional() && asks(it)) else {
        return Err(seen);
    };
    let mut chosen = seen.remove(index);
    let condition = Box::new(std::mem::replace(&mut chosen.when, Check::Always));
    let otherwise = Box::new(go_on(seen.clone()));
    seen.push(chosen);
    let then = Box::new(go_on(seen));
    Ok(Check::If {
        condition,
        then,
        otherwise,
    })
}

fn properties(seen: Vec<Seen>, rest: &Check) -> Check {
    let seen = match split(seen, Seen::sweeps, &|seen| properties(seen, rest)) {
        Ok(check) => return check,
        Err(seen) => seen,
    };
    if seen.iter().any(|it| it.all_properties) {
        return Check::Always;
    }
    let mut by_name: IndexMap<&String, Vec<usize>> = IndexMap::new();
    for (index, it) in seen.iter().enumerate() {
        for name in &it.names {
            by_name.entry(name).or_default().push(index);
        }
    }
    let patterns = each(seen.iter().flat_map(|it| &it.patterns), &Check::Always);
    let outside = |named: Vec<&String>| Check::Properties {
        named: each(named, &Check::Always),
        patterns: patterns.clone(),
        rest: Box::new(rest.clone()),
    };
    let mut checks = vec![outside(by_name.keys().copied().collect())];
    // Names that the same conditional parts see are judged together.
    let mut groups: IndexMap<&[usize], Vec<&String>> = IndexMap::new();
    for (name, by) in &by_name {
        groups.entry(by).or_default().push(name);
    }
    for (by, names) in groups {
        let by: Vec<&Seen> = by.iter().filter_map(|index| seen.get(*index)).collect();
        if by.iter().any(|it| !it.is_conditional()) {
            continue;
        }
        let unseen = if patterns.is_empty() {
            Check::Properties {
                named: each(names, rest),
                patterns: IndexMap::new(),
                rest: Box::new(Check::Always),
            }
        } else {
            let others = by_name.keys().copied();
            outside(others.filter(|name| !names.contains(name)).collect())
        };
        let mut any = vec![unseen];
        any.extend(by.into_iter().map(|it| it.when.clone()));
        checks.push(Check::Any { checks: any });
    }
    check::all(checks)
}

fn each<'a>(names: impl IntoIterator<Item = &'a String>, check: &Check) -> IndexMap<String, Check> {
    let names = names.into_iter();
    names.map(|name| (name.clone(), check.clone())).collect()
}

fn items(seen: Vec<Seen>, rest: &Check) -> Check {
    let seen = match split(seen, Seen::sees_items, &|seen| items(seen, rest)) {
        Ok(check) => return check,
        Err(seen) => seen,
    };
    let seen: Vec<Seen> = seen.into_iter().filter(|it| !it.is_conditional()).collect();
    if seen.iter().any(|it| it.all_items) {
        return Check::Always;
    }
    let prefix = seen.iter().map(|it| it.prefix).max().unwrap_or(0);
    let mut any: Vec<Check> = seen.into_iter().filter_map(|it| it.contains).collect();
    any.push(rest.clone());
    let rest = match any.len() {
        1 => rest.clone(),
        _ => Check::Any { checks: any },
    };
    Check::Items {
        prefix: vec![Check::Always; prefix],
        rest: Box::new(rest),
    }
}
