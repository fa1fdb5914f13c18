//! The same check once. In: residues and the checks of schema nodes, as they were lowered; out: the same,
//! where what is large and asked for in several places is a check of its own that those places name.

use std::collections::BTreeMap;

use crate::model::{Check, CheckId, Declaration};

/// A check up to this weight is written out wherever it is asked for.
const LIGHT: usize = 8;

/// The check of a schema node.
pub(super) struct Shared {
    /// None while it is being lowered.
    pub(super) check: Option<Check>,
    /// Whether a reference of the schema names it, so that it stays one of its own.
    pub(super) referenced: bool,
}

/// Whether a check is so small that a name for it would hide more than it saves.
pub(super) fn is_light(check: &Check) -> bool {
    weight(check, LIGHT) <= LIGHT
}

/// How much there is to read in a check, no further than a little beyond `limit`.
fn weight(check: &Check, limit: usize) -> usize {
    let mut sum = own_weight(check);
    for part in check.parts() {
        if sum > limit {
            break;
        }
        sum += weight(part, limit - sum);
    }
    sum
}

fn own_weight(check: &Check) -> usize {
    if let Check::Values { values } = check {
        return values.len();
    }
    if let Check::Required { names } = check {
        return names.len();
    }
    1 + if matches!(check, Check::Properties { .. }) {
        check.parts().len()
    } else {
        0
    }
}

/// Settles the residues of `declarations`; the checks that they and each other name. What a reference of
/// the schema names comes first, in the order it was met.
pub(super) fn settle(shared: Vec<Shared>, declarations: &mut [Declaration]) -> Vec<Check> {
    let mut web = Web {
        shared,
        ..Web::default()
    };
    let residues = declarations.iter_mut().map(|it| it.residue.take());
    let residues: Vec<Option<usize>> = residues
        .map(|residue| residue.map(|check| web.knot(check)))
        .collect();
    web.follow_references();
    let checks = web.number(&residues);
    for (declaration, residue) in declarations.iter_mut().zip(residues) {
        declaration.residue = residue.map(|knot| web.use_of(knot));
    }
    checks
}

/// Every distinct check once, its parts named by their place in `knots`.
#[derive(Default)]
struct Web {
    shared: Vec<Shared>,
    knots: Vec<Knot>,
    by_text: BTreeMap<String, usize>,
    /// The knot of each schema node's check.
    of_shared: BTreeMap<CheckId, usize>,
    /// References met, by what they name.
    references: BTreeMap<CheckId, usize>,
}

struct Knot {
    check: Check,
    weight: usize,
    uses: usize,
    /// The number of the model's check that it is.
    number: Option<CheckId>,
    /// What it refers to, where it is a reference.
    reference: Option<CheckId>,
}

impl Web {
    fn knot(&mut self, mut check: Check) -> usize {
        if let Check::Named { id } = check {
            return self.named(id);
        }
        let mut weight = own_weight(&check);
        for part in check.parts_mut() {
            let knot = self.knot(std::mem::replace(part, Check::Always));
            weight = weight.saturating_add(self.knots.get(knot).map_or(0, |it| it.weight));
            *part = Check::Named { id: knot };
        }
        self.add(check, weight, None)
    }

    fn named(&mut self, id: CheckId) -> usize {
        let referenced = self.shared.get(id).is_some_and(|it| it.referenced);
        let known = if referenced {
            &self.references
        } else {
            &self.of_shared
        };
        if let Some(knot) = known.get(&id) {
            return *knot;
        }
        if referenced {
            let knot = self.add(Check::Named { id }, 1, Some(id));
            self.references.insert(id, knot);
            return knot;
        }
        self.content(id)
    }

    /// The knot of what a schema node asserts.
    fn content(&mut self, id: CheckId) -> usize {
        let check = self.shared.get_mut(id).and_then(|it| it.check.take());
        let knot = self.knot(check.unwrap_or(Check::Always));
        self.of_shared.insert(id, knot);
        knot
    }

    fn add(&mut self, check: Check, weight: usize, reference: Option<CheckId>) -> usize {
        let kind = if reference.is_some() { "$ref" } else { "" };
        let text = serde_json::to_string(&check).expect("a check has text keys only");
        let next = self.knots.len();
        let knot = *self.by_text.entry(format!("{kind}{text}")).or_insert(next);
        if knot == next {
            self.knots.push(Knot {
                check,
                weight,
                uses: 0,
                number: None,
                reference,
            });
        }
        knot
    }

    /// Takes in what references name, and what that refers to.
    fn follow_references(&mut self) {
        let open = |web: &Self| {
            let mut met = web.references.keys();
            met.find(|id| !web.of_shared.contains_key(*id)).copied()
        };
        while let Some(id) = open(self) {
            self.content(id);
        }
    }

    /// Gives numbers to references and to what is large and used twice; those checks in their order.
    fn number(&mut self, residues: &[Option<usize>]) -> Vec<Check> {
        let referenced: Vec<(CheckId, usize)> = self
            .references
            .keys()
            .filter_map(|id| Some((*id, *self.of_shared.get(id)?)))
            .collect();
        for knot in residues.iter().flatten() {
            self.count(*knot);
        }
        for (_, content) in &referenced {
            self.count_parts(*content);
        }
        let mut next = 0;
        for knot in self.references.values() {
            if let Some(knot) = self.knots.get_mut(*knot) {
                knot.number = Some(next);
            }
            next += 1;
        }
        // What a reference names has its number; used elsewhere, it is named too.
        for (index, (_, content)) in referenced.iter().enumerate() {
            if let Some(knot) = self.knots.get_mut(*content)
                && knot.reference.is_none()
                && knot.number.is_none()
                && knot.weight > LIGHT
            {
                knot.number = Some(index);
            }
        }
        let mut contents: Vec<usize> = referenced.iter().map(|(_, knot)| *knot).collect();
        for (index, knot) in self.knots.iter_mut().enumerate() {
            if knot.number.is_none() && knot.uses > 1 && knot.weight > LIGHT {
                knot.number = Some(next);
                next += 1;
                contents.push(index);
            }
        }
        contents.iter().map(|knot| self.content_of(*knot)).collect()
    }

    /// Counts one more place that asks for a knot, and those within it: once if it may get a number.
    fn count(&mut self, knot: usize) {
        let Some(it) = self.knots.get_mut(knot) else {
            return;
        };
        it.uses += 1;
        if it.uses == 1 || it.weight <= LIGHT {
            self.count_parts(knot);
        }
    }

    fn count_parts(&mut self, knot: usize) {
        let Some(it) = self.knots.get(knot).filter(|it| it.reference.is_none()) else {
            return;
        };
        for part in named(&it.check) {
            self.count(part);
        }
    }

    /// The check that stands where a knot is asked for.
    fn use_of(&self, knot: usize) -> Check {
        match self.knots.get(knot).and_then(|it| it.number) {
            Some(id) => Check::Named { id },
            None => self.content_of(knot),
        }
    }

    fn content_of(&self, knot: usize) -> Check {
        let Some(knot) = self.knots.get(knot) else {
            return Check::Always;
        };
        if knot.reference.is_some() {
            let id = knot.number.unwrap_or_default();
            return Check::Named { id };
        }
        let mut check = knot.check.clone();
        for part in check.parts_mut() {
            if let Check::Named { id } = part {
                *part = self.use_of(*id);
            }
        }
        check
    }
}

/// The knots that a knot's check is made of.
fn named(check: &Check) -> Vec<usize> {
    let mut knots = Vec::new();
    for part in check.parts() {
        if let Check::Named { id } = part {
            knots.push(*id);
        }
    }
    knots
}
