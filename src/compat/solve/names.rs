//! The names of an object in groups that the constraints do not tell apart.
//!
//! Literals in; a goal for each name that is mentioned, and regions of all others by the patterns that
//! match them, out. A region is itself a goal of texts.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::formula::{Formula, Literal, Mentioned, OfMembers, OfText};
use super::search::{Goal, Search};
use crate::schema::Kinds;

/// A name for members that nothing is said of.
const UNDECLARED: &str = "undeclared";
/// More regions of names are not told apart.
const MOST_REGIONS: usize = 48;

/// What is asked of an object.
#[derive(Default)]
pub(super) struct Asked {
    pub(super) required: BTreeSet<String>,
    pub(super) forbidden: BTreeSet<String>,
    pub(super) members: BTreeMap<String, Goal>,
    pub(super) matching: Vec<(usize, Literal)>,
    pub(super) others: Vec<(Mentioned, Literal)>,
    pub(super) names: Vec<Literal>,
    pub(super) least: u64,
    pub(super) most: Option<u64>,
    pub(super) wishes: Vec<Wish>,
}

/// A member that has to be there: whose name this says, and what it is.
pub(super) enum Wish {
    Matching(usize, Literal),
    Other(Mentioned, Literal),
    Name(Literal),
}

/// Names that nobody mentions and that the same patterns match.
#[derive(Clone)]
pub(super) struct Region {
    /// What the names are.
    pub(super) names: Goal,
    /// The patterns that match, and those that do not.
    pub(super) patterns: BTreeMap<usize, bool>,
    /// What the members are.
    pub(super) members: Goal,
}

/// What is known of the names and their goals.
pub(super) struct Layout {
    /// Names that are mentioned and may be used, with what their members are.
    pub(super) named: BTreeMap<String, Goal>,
    pub(super) regions: Vec<Region>,
    pub(super) doubt: Option<String>,
}

impl Wish {
    /// What a member of a region has to be named, and what it has to be; nothing where none fits.
    pub(super) fn of_region(&self, region: &Region) -> Option<(Goal, Goal)> {
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
    pub(super) fn of(search: &Search<'_>, atoms: &[Literal]) -> Self {
        let mut asked = Self::default();
        for atom in atoms {
            match (search.formulas.get(*atom), atom.is_positive()) {
                (Formula::Members(OfMembers::Has(name)), true) => {
                    asked.required.insert(name.clone());
                }
                (Formula::Members(OfMembers::Has(name)), false) => {
                    asked.forbidden.insert(name.clone());
                }
                (Formula::Members(OfMembers::Member(name, each)), true) => {
                    asked.members.entry(name.clone()).or_default().push(*each);
                }
                (Formula::Members(OfMembers::Member(name, each)), false) => {
                    asked.required.insert(name.clone());
                    asked
                        .members
                        .entry(name.clone())
                        .or_default()
                        .push(each.not());
                }
                (Formula::Members(OfMembers::Matching(pattern, each)), true) => {
                    asked.matching.push((*pattern, *each));
                }
                (Formula::Members(OfMembers::Matching(pattern, each)), false) => {
                    asked.wishes.push(Wish::Matching(*pattern, each.not()));
                }
                (Formula::Members(OfMembers::Others(mentioned, each)), true) => {
                    asked.others.push((mentioned.clone(), *each));
                }
                (Formula::Members(OfMembers::Others(mentioned, each)), false) => {
                    asked
                        .wishes
                        .push(Wish::Other(mentioned.clone(), each.not()));
                }
                (Formula::Members(OfMembers::Names(each)), true) => asked.names.push(*each),
                (Formula::Members(OfMembers::Names(each)), false) => {
                    asked.wishes.push(Wish::Name(each.not()));
                }
                (Formula::Members(OfMembers::LeastMembers(least)), true) => {
                    asked.least = asked.least.max(*least);
                }
                (Formula::Members(OfMembers::LeastMembers(least)), false) => {
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
    pub(super) fn layout(&self, search: &mut Search<'_>) -> Layout {
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
                if search.formulas.others(mentioned, name) == Some(true) {
                    goal.push(*each);
                }
            }
            layout.named.insert(name.clone(), goal);
        }
        layout
    }

    /// All other names, in regions.
    pub(super) fn regions(&self, search: &mut Search<'_>, layout: &mut Layout) {
        let names: BTreeSet<String> = self.mentioned().into_iter().cloned().collect();
        let mut base: Goal = self.names.clone();
        base.push(search.formulas.kind(Kinds::STRING));
        let nice = Formula::Text(OfText::Like(UNDECLARED.to_owned()));
        base.push(search.formulas.put(nice));
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
            let literal = search.formulas.put(Formula::Text(OfText::Matches(pattern)));
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
