//! Objects: their names in groups that the constraints do not tell apart, a goal for each group's members.
//!
//! Literals in; objects that meet them out. Names that are mentioned stand alone; all others fall into
//! regions by the patterns that match them, and a region is itself a goal of texts.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value};

use super::formula::{Formula, Literal, Mentioned};
use super::search::{Found, Goal, Search};
use crate::schema::Kinds;

/// More regions of names are not told apart.
const MOST_REGIONS: usize = 48;
/// Objects with more members are not written.
const LARGEST: u64 = 20_000;

/// What is asked of an object.
#[derive(Default)]
pub(super) struct Asked {
    required: BTreeSet<String>,
    forbidden: BTreeSet<String>,
    members: BTreeMap<String, Goal>,
    matching: Vec<(usize, Literal)>,
    others: Vec<(Mentioned, Literal)>,
    names: Vec<Literal>,
    least: u64,
    most: Option<u64>,
    wishes: Vec<Wish>,
}

/// A member that has to be there: whose name this says, and what it is.
enum Wish {
    Matching(usize, Literal),
    Other(Mentioned, Literal),
    Name(Literal),
}

/// Names that nobody mentions and that the same patterns match.
#[derive(Clone)]
struct Region {
    /// What the names are.
    names: Goal,
    /// The patterns that match, and those that do not.
    patterns: BTreeMap<usize, bool>,
    /// What the members are.
    members: Goal,
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

/// What is known of the names and their goals.
struct Layout {
    /// Names that are mentioned and may be used, with what their members are.
    named: BTreeMap<String, Goal>,
    regions: Vec<Region>,
    doubt: Option<String>,
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
        self.grant(&asked, &layout, 0, Granted::default(), wanted, &mut found);
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
        granted: Granted,
        wanted: usize,
        found: &mut Found,
    ) {
        if found.values.len() >= wanted {
            found.all = false;
            return;
        }
        let Some(wish) = asked.wishes.get(next) else {
            let built = self.build(asked, layout, &granted, wanted);
            found.add(built);
            return;
        };
        if !self.spend(8) {
            found.add(Found::doubtful("it takes more work than is allowed"));
            return;
        }
        for (name, goal) in &layout.named {
            let Some(more) = self.fits(wish, name) else {
                continue;
            };
            let mut goal = granted.named.get(name).unwrap_or(goal).clone();
            goal.extend(more);
            if self.solve(goal.clone(), 1).is_none() {
                continue;
            }
            let mut granted = granted.clone();
            granted.named.insert(name.clone(), goal);
            self.grant(asked, layout, next + 1, granted, wanted, found);
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
                self.grant(asked, layout, next + 1, granted, wanted, found);
            }
        }
    }

    /// What a member of that name has to be for the wish; nothing where the name does not fit.
    fn fits(&mut self, wish: &Wish, name: &str) -> Option<Goal> {
        match wish {
            Wish::Matching(pattern, member) => {
                (self.formulas.matches(*pattern, name)?).then(|| vec![*member])
            }
            Wish::Other(mentioned, member) => {
                let mut patterns = mentioned.patterns.iter();
                let free = !mentioned.names.contains(name)
                    && patterns.all(|it| self.formulas.matches(*it, name) == Some(false));
                free.then(|| vec![*member])
            }
            Wish::Name(literal) => {
                (self.formulas.holds(*literal, &Value::from(name))?).then(Vec::new)
            }
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
        let mut taken: BTreeSet<String> = BTreeSet::new();
        for extra in &granted.extras {
            let names = self.solve(extra.names.clone(), granted.extras.len());
            let name = names
                .values
                .iter()
                .filter_map(Value::as_str)
                .find(|it| !taken.contains(*it));
            let Some(name) = name else {
                return names;
            };
            taken.insert(name.to_owned());
            let values = self.solve(extra.members.clone(), wanted);
            if values.values.is_empty() {
                return values;
            }
            found.all = false;
            columns.push((name.to_owned(), values));
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
        for combination in product(&columns, wanted, &mut found) {
            let mut object: Map<String, Value> = combination;
            object.extend(needed.iter().cloned());
            found.offer(Value::Object(object.clone()));
            for (name, value) in spare.iter().take(wanted) {
                let mut object = object.clone();
                object.insert(name.clone(), value.clone());
                found.offer(Value::Object(object));
            }
        }
        found
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

/// Up to `wanted` objects with one value for each name.
fn product(
    columns: &[(String, Found)],
    wanted: usize,
    found: &mut Found,
) -> Vec<Map<String, Value>> {
    let mut rows = vec![Map::new()];
    for (name, values) in columns {
        let mut next = Vec::new();
        'rows: for row in &rows {
            for value in &values.values {
                if next.len() >= wanted {
                    found.all = false;
                    break 'rows;
                }
                let mut row: Map<String, Value> = row.clone();
                row.insert(name.clone(), value.clone());
                next.push(row);
            }
        }
        found.all &= values.all;
        found.doubt = found.doubt.take().or_else(|| values.doubt.clone());
        rows = next;
    }
    rows
}

impl Wish {
    /// What a member of a region has to be named, and what it has to be; nothing where none fits.
    fn of_region(&self, region: &Region) -> Option<(Goal, Goal)> {
        match self {
            Self::Matching(pattern, member) => {
                let matches = region.patterns.get(pattern).copied().unwrap_or(false);
                matches.then(|| (Vec::new(), vec![*member]))
            }
            Self::Other(mentioned, member) => {
                let mut patterns = mentioned.patterns.iter();
                let free = patterns.all(|it| region.patterns.get(it) == Some(&false));
                free.then(|| (Vec::new(), vec![*member]))
            }
            Self::Name(literal) => Some((vec![*literal], Vec::new())),
        }
    }
}

impl Asked {
    fn of(search: &Search<'_>, atoms: &[Literal]) -> Self {
        let mut asked = Self::default();
        for atom in atoms {
            match (search.formulas.get(*atom), atom.is_positive()) {
                (Formula::Has(name), true) => {
                    asked.required.insert(name.clone());
                }
                (Formula::Has(name), false) => {
                    asked.forbidden.insert(name.clone());
                }
                (Formula::Member(name, each), true) => {
                    asked.members.entry(name.clone()).or_default().push(*each);
                }
                (Formula::Member(name, each), false) => {
                    asked.required.insert(name.clone());
                    asked
                        .members
                        .entry(name.clone())
                        .or_default()
                        .push(each.not());
                }
                (Formula::Matching(pattern, each), true) => asked.matching.push((*pattern, *each)),
                (Formula::Matching(pattern, each), false) => {
                    asked.wishes.push(Wish::Matching(*pattern, each.not()));
                }
                (Formula::Others(mentioned, each), true) => {
                    asked.others.push((mentioned.clone(), *each));
                }
                (Formula::Others(mentioned, each), false) => {
                    asked
                        .wishes
                        .push(Wish::Other(mentioned.clone(), each.not()));
                }
                (Formula::Names(each), true) => asked.names.push(*each),
                (Formula::Names(each), false) => asked.wishes.push(Wish::Name(each.not())),
                (Formula::LeastMembers(least), true) => asked.least = asked.least.max(*least),
                (Formula::LeastMembers(least), false) => {
                    let fewer = least.saturating_sub(1);
                    asked.most = Some(asked.most.map_or(fewer, |most| most.min(fewer)));
                }
                _ => {}
            }
        }
        asked
    }

    /// Every name that something is said of.
    fn mentioned(&self) -> BTreeSet<&String> {
        let mut names: BTreeSet<&String> = self.required.iter().chain(&self.forbidden).collect();
        names.extend(self.members.keys());
        names.extend(
            self.others
                .iter()
                .flat_map(|(mentioned, _)| &mentioned.names),
        );
        for wish in &self.wishes {
            if let Wish::Other(mentioned, _) = wish {
                names.extend(&mentioned.names);
            }
        }
        names
    }

    /// The goal of each mentioned name that may be used.
    fn layout(&self, search: &mut Search<'_>) -> Layout {
        let mut layout = Layout {
            named: BTreeMap::new(),
            regions: Vec::new(),
            doubt: None,
        };
        for name in self.mentioned() {
            if self.forbidden.contains(name) {
                continue;
            }
            let value = Value::from(name.as_str());
            if search.formulas.all_hold(&self.names, &value) == Some(false) {
                continue;
            }
            let mut goal = self.members.get(name).cloned().unwrap_or_default();
            for (pattern, each) in &self.matching {
                if search.formulas.matches(*pattern, name) == Some(true) {
                    goal.push(*each);
                }
            }
            for (mentioned, each) in &self.others {
                let mut patterns = mentioned.patterns.iter();
                let free = !mentioned.names.contains(name)
                    && patterns.all(|it| search.formulas.matches(*it, name) == Some(false));
                if free {
                    goal.push(*each);
                }
            }
            layout.named.insert(name.clone(), goal);
        }
        layout
    }

    /// All other names, in regions.
    fn regions(&self, search: &mut Search<'_>, layout: &mut Layout) {
        let names: BTreeSet<String> = self.mentioned().into_iter().cloned().collect();
        let mut base: Goal = self.names.clone();
        base.push(search.formulas.kind(Kinds::STRING));
        base.push(search.formulas.texts(&names).not());
        let mut patterns: BTreeSet<usize> = self.matching.iter().map(|(it, _)| *it).collect();
        patterns.extend(
            self.others
                .iter()
                .flat_map(|(mentioned, _)| &mentioned.patterns),
        );
        for wish in &self.wishes {
            match wish {
                Wish::Matching(pattern, _) => {
                    patterns.insert(*pattern);
                }
                Wish::Other(mentioned, _) => patterns.extend(&mentioned.patterns),
                Wish::Name(_) => {}
            }
        }
        let mut regions = vec![Region {
            names: base,
            patterns: BTreeMap::new(),
            members: Goal::new(),
        }];
        for pattern in patterns {
            let literal = search.formulas.put(Formula::Matches(pattern));
            let mut split = Vec::new();
            for region in regions {
                for (matches, literal) in [(true, literal), (false, literal.not())] {
                    let mut part = region.clone();
                    part.names.push(literal);
                    part.patterns.insert(pattern, matches);
                    if !search.solve(part.names.clone(), 1).is_none() {
                        split.push(part);
                    }
                }
            }
            if split.len() > MOST_REGIONS {
                layout.doubt = Some("names are matched by too many patterns".to_owned());
                split.truncate(MOST_REGIONS);
            }
            regions = split;
        }
        for region in &mut regions {
            for (pattern, each) in &self.matching {
                if region.patterns.get(pattern) == Some(&true) {
                    region.members.push(*each);
                }
            }
            for (mentioned, each) in &self.others {
                let mut patterns = mentioned.patterns.iter();
                if patterns.all(|it| region.patterns.get(it) == Some(&false)) {
                    region.members.push(*each);
                }
            }
        }
        layout.regions = regions;
    }
}
