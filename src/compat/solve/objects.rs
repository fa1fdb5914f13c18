//! Objects: members that are required, members that have to be there somewhere, and counts.
//!
//! Literals in; objects that meet them out.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

use super::formula::Literal;
use super::matching;
use super::names::{Asked, Layout, Wish};
use super::search::{Found, Goal, Search};

/// Objects with more members are not written.
const LARGEST: u64 = 20_000;

/// Whether a member of some name grants a wish.
enum Fit {
    /// Where it is what these say.
    Asking(Goal),
    Never,
    Unclear,
}

/// A member of a region that is to be there.
#[derive(Clone)]
struct Extra {
    region: usize,
    names: Goal,
    members: Goal,
}

/// The members that wishes were granted with.
#[derive(Clone, Default)]
struct Granted {
    named: BTreeMap<String, Goal>,
    extras: Vec<Extra>,
}

impl Search<'_> {
    /// Up to `wanted` objects that meet all the literals.
    pub(super) fn objects(&mut self, atoms: &[Literal], wanted: usize) -> Found {
        let asked = Asked::of(self, atoms);
        if asked.most.is_some_and(|most| most < asked.least)
            || !asked.required.is_disjoint(&asked.forbidden)
        {
            return Found::none();
        }
        if asked.least > LARGEST {
            return Found::doubtful(format!(
                "objects of {} members are not written",
                asked.least
            ));
        }
        let mut layout = asked.layout(self);
        // What is required comes first: where it cannot be, nothing else matters.
        for name in &asked.required {
            let Some(goal) = layout.named.get(name) else {
                return match layout.doubt {
                    Some(why) => Found::doubtful(why),
                    None => Found::none(),
                };
            };
            if self.solve(goal.clone(), 1).is_none() {
                return Found::none();
            }
        }
        let simple = asked.wishes.is_empty() && asked.least <= asked.required.len() as u64;
        if !simple || wanted > 1 {
            asked.regions(self, &mut layout);
        }
        let mut found = Found::none();
        self.grant(&asked, &layout, 0, &Granted::default(), wanted, &mut found);
        if let Some(why) = layout.doubt {
            found.all = false;
            found.doubt.get_or_insert(why);
        }
        found
    }

    /// Grants the wishes from one on in every way there is, until enough is found.
    fn grant(
        &mut self,
        asked: &Asked,
        layout: &Layout,
        next: usize,
        granted: &Granted,
        wanted: usize,
        found: &mut Found,
    ) {
        if found.values.len() >= wanted {
            found.all = false;
            return;
        }
        let Some(wish) = asked.wishes.get(next) else {
            let built = self.build(asked, layout, granted, wanted);
            found.add(built);
            return;
        };
        if !self.spend(8) {
            found.add(Found::doubtful("it takes more work than is allowed"));
            return;
        }
        for (name, goal) in &layout.named {
            let more = match self.fits(wish, name) {
                Fit::Asking(more) => more,
                Fit::Never => continue,
                Fit::Unclear => {
                    let why = format!("whether a pattern matches the name `{name}` is not known");
                    found.add(Found::doubtful(why));
                    continue;
                }
            };
            let mut goal = granted.named.get(name).unwrap_or(goal).clone();
            goal.extend(more);
            if self.solve(goal.clone(), 1).is_none() {
                continue;
            }
            let mut granted = granted.clone();
            granted.named.insert(name.clone(), goal);
            self.grant(asked, layout, next + 1, &granted, wanted, found);
        }
        for (number, region) in layout.regions.iter().enumerate() {
            let Some((names, members)) = wish.of_region(region) else {
                continue;
            };
            // A member of its own first, then one that is there anyway.
            let shared = granted.extras.iter().enumerate();
            let shared = shared.filter(|(_, extra)| extra.region == number);
            let ways = [None].into_iter().chain(shared.map(|(at, _)| Some(at)));
            for way in ways.collect::<Vec<_>>() {
                let mut granted = granted.clone();
                let extra = match way.and_then(|at| granted.extras.get_mut(at)) {
                    Some(extra) => extra,
                    None => {
                        granted.extras.push(Extra {
                            region: number,
                            names: region.names.clone(),
                            members: region.members.clone(),
                        });
                        granted.extras.last_mut().expect("it was just put there")
                    }
                };
                extra.names.extend(&names);
                extra.members.extend(&members);
                let (names, members) = (extra.names.clone(), extra.members.clone());
                if self.solve(names, 1).is_none() || self.solve(members, 1).is_none() {
                    continue;
                }
                self.grant(asked, layout, next + 1, &granted, wanted, found);
            }
        }
    }

    /// What a member of that name has to be for the wish.
    fn fits(&self, wish: &Wish, name: &str) -> Fit {
        let (fits, member) = match wish {
            Wish::Matching(pattern, member) => {
                (self.formulas.matches(*pattern, name), vec![*member])
            }
            Wish::Other(mentioned, member) => {
                (self.formulas.others(mentioned, name), vec![*member])
            }
            Wish::Name(literal) => (
                self.formulas.holds(*literal, &Value::from(name)),
                Vec::new(),
            ),
        };
        match fits {
            Some(true) => Fit::Asking(member),
            Some(false) => Fit::Never,
            None => Fit::Unclear,
        }
    }

    /// Objects with these members and what else is needed.
    fn build(&mut self, asked: &Asked, layout: &Layout, granted: &Granted, wanted: usize) -> Found {
        let mut present: BTreeMap<&String, &Goal> = BTreeMap::new();
        for (name, goal) in &layout.named {
            if let Some(more) = granted.named.get(name) {
                present.insert(name, more);
            } else if asked.required.contains(name) {
                present.insert(name, goal);
            }
        }
        let count = (present.len() + granted.extras.len()) as u64;
        if asked.most.is_some_and(|most| count > most) {
            return Found::none();
        }
        let mut found = Found::none();
        let mut columns: Vec<(String, Found)> = Vec::new();
        for (name, goal) in present {
            let values = self.solve(goal.clone(), wanted);
            if values.values.is_empty() {
                return values;
            }
            columns.push((name.clone(), values));
        }
        let names = match self.distinct_names(&granted.extras) {
            Ok(names) => names,
            Err(none) => return none,
        };
        for (name, extra) in names.into_iter().zip(&granted.extras) {
            let values = self.solve(extra.members.clone(), wanted);
            if values.values.is_empty() {
                return values;
            }
            found.all = false;
            columns.push((name, values));
        }
        let room = asked.most.map_or(u64::MAX, |most| most - count);
        let missing = asked.least.saturating_sub(count);
        let optional = if missing > 0 || (wanted > 1 && room > 0) {
            let enough = missing.max(u64::from(wanted > 1) * wanted as u64).min(room);
            self.optional(layout, &columns, enough)
        } else {
            Found::none()
        };
        let more: Vec<(String, Value)> = optional
            .values
            .iter()
            .filter_map(|pair| Some((pair.get(0)?.as_str()?.to_owned(), pair.get(1)?.clone())))
            .collect();
        if (more.len() as u64) < missing {
            return if optional.all {
                Found::none()
            } else {
                optional
            };
        }
        let (needed, spare) = more.split_at(usize::try_from(missing).unwrap_or(more.len()));
        found.all &= needed.is_empty() && (room == 0 || (optional.all && spare.is_empty()));
        let (names, columns): (Vec<String>, Vec<Found>) = columns.into_iter().unzip();
        for column in &columns {
            found.all &= column.all;
            found.doubt = found.doubt.take().or_else(|| column.doubt.clone());
        }
        for row in matching::rows(
            &columns.iter().collect::<Vec<_>>(),
            false,
            wanted,
            &mut found.all,
        ) {
            let mut object: Map<String, Value> = names.iter().cloned().zip(row).collect();
            object.extend(needed.iter().cloned());
            let more = spare.iter().take(wanted).map(|(name, value)| {
                let mut object = object.clone();
                object.insert(name.clone(), value.clone());
                Value::Object(object)
            });
            let more: Vec<Value> = more.collect();
            found.offer(Value::Object(object));
            for object in more {
                found.offer(object);
            }
        }
        found
    }

    /// A name of its own for each of the members; what is known where there are none.
    fn distinct_names(&mut self, extras: &[Extra]) -> Result<Vec<String>, Found> {
        let mut lists = Vec::new();
        for extra in extras {
            let names = self.solve(extra.names.clone(), extras.len());
            if names.values.is_empty() {
                return Err(names);
            }
            lists.push(names);
        }
        if let Some(names) = matching::distinct(&lists.iter().collect::<Vec<_>>()) {
            let names = names.iter().filter_map(Value::as_str);
            return Ok(names.map(str::to_owned).collect());
        }
        let doubt = lists
            .into_iter()
            .find(|list| !list.all && list.values.len() < extras.len());
        Err(doubt.map_or_else(Found::none, |list| {
            Found::doubtful(
                list.doubt
                    .unwrap_or_else(|| "no other name was found".to_owned()),
            )
        }))
    }

    /// Members that may be there and are not yet, as pairs of name and value.
    fn optional(&mut self, layout: &Layout, present: &[(String, Found)], enough: u64) -> Found {
        let mut found = Found::none();
        let enough = usize::try_from(enough).unwrap_or(usize::MAX);
        for (name, goal) in &layout.named {
            if found.values.len() >= enough {
                found.all = false;
                return found;
            }
            if present.iter().any(|(other, _)| other == name) {
                continue;
            }
            let member = self.solve(goal.clone(), 1);
            match member.values.first() {
                Some(value) => {
                    found
                        .values
                        .push(Value::from(vec![Value::from(name.as_str()), value.clone()]));
                }
                None => found.add(member),
            }
        }
        for region in &layout.regions {
            let missing = enough.saturating_sub(found.values.len());
            if missing == 0 {
                found.all = false;
                return found;
            }
            let member = self.solve(region.members.clone(), 1);
            let Some(value) = member.values.first() else {
                found.add(member);
                continue;
            };
            let names = self.solve(region.names.clone(), missing + present.len());
            found.all &= names.all;
            found.doubt = found.doubt.take().or(names.doubt);
            for name in names.values.iter().filter(|name| {
                present
                    .iter()
                    .all(|(other, _)| name.as_str() != Some(other))
            }) {
                if found.values.len() < enough {
                    found
                        .values
                        .push(Value::from(vec![name.clone(), value.clone()]));
                }
            }
        }
        found
    }
}
