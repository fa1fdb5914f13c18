//! A tree → steps with guards: one machine for the pattern, and one for each place where it looks around.

use super::Unheld;
use super::syntax::{Look, Node};

/// What is worth building.
const MOST_STEPS: usize = 20_000;

/// What is true at a place between two code points.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Guard {
    Start,
    End,
    Boundary(bool),
    /// Whether what follows begins with what this machine finds.
    Ahead {
        machine: usize,
        holds: bool,
    },
    /// Whether what precedes ends with what this machine finds.
    Behind {
        machine: usize,
        holds: bool,
    },
}

/// A step of a machine.
#[derive(Clone, Debug)]
pub(super) enum Step {
    Found,
    /// A code point of these ranges, and on.
    Take(Vec<(u32, u32)>, usize),
    /// On to all of these.
    Split(Vec<usize>),
    /// On, where it is true.
    If(Guard, usize),
}

/// Where a machine may begin.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Begins {
    /// Anywhere.
    Anywhere,
    /// Where it is asked.
    Here,
}

/// Steps with the one they begin at; step 0 is the end.
#[derive(Clone, Debug)]
pub(super) struct Machine {
    pub(super) steps: Vec<Step>,
    pub(super) start: usize,
    pub(super) begins: Begins,
    /// Whether what follows the end does not matter.
    pub(super) open: bool,
}

/// The machines of a tree, those it looks around with first, its own last.
pub(super) fn machines(node: &Node) -> Result<Vec<Machine>, Unheld> {
    let mut machines = Vec::new();
    let own = machine(node, Begins::Anywhere, true, &mut machines)?;
    machines.push(own);
    Ok(machines)
}

fn machine(
    node: &Node,
    begins: Begins,
    open: bool,
    machines: &mut Vec<Machine>,
) -> Result<Machine, Unheld> {
    let mut steps = Steps {
        list: vec![Step::Found],
        inside: begins == Begins::Here || !open,
        machines,
    };
    let start = steps.before(node, 0)?;
    Ok(Machine {
        steps: steps.list,
        start,
        begins,
        open,
    })
}

struct Steps<'a> {
    list: Vec<Step>,
    /// Whether these are the steps of a look.
    inside: bool,
    machines: &'a mut Vec<Machine>,
}

impl Steps<'_> {
    fn add(&mut self, step: Step) -> Result<usize, Unheld> {
        if self.list.len() >= MOST_STEPS {
            return Err(Unheld::TooLarge);
        }
        self.list.push(step);
        Ok(self.list.len() - 1)
    }

    /// The step that begins `node` and goes on to `next`.
    fn before(&mut self, node: &Node, next: usize) -> Result<usize, Unheld> {
        match node {
            Node::Sequence(parts) => {
                let mut parts = parts.iter().rev();
                parts.try_fold(next, |next, part| self.before(part, next))
            }
            Node::Either(branches) => {
                let starts = branches.iter().map(|branch| self.before(branch, next));
                let starts = starts.collect::<Result<_, _>>()?;
                self.add(Step::Split(starts))
            }
            Node::One(ranges) => self.add(Step::Take(ranges.clone(), next)),
            Node::Start => self.add(Step::If(Guard::Start, next)),
            Node::End => self.add(Step::If(Guard::End, next)),
            Node::Boundary(is) => self.add(Step::If(Guard::Boundary(*is), next)),
            Node::Look { node, look, holds } => self.look(node, *look, *holds, next),
            Node::Repeat { node, least, most } => self.repeat(node, *least, *most, next),
        }
    }

    /// A look back tells only where the text is read from its beginning, and not at what stands around it.
    fn look(&mut self, node: &Node, look: Look, holds: bool, next: usize) -> Result<usize, Unheld> {
        if look == Look::Behind && (self.inside || !node.is_plain()) {
            return Err(Unheld::LooksAround);
        }
        let made = match look {
            Look::Ahead => machine(node, Begins::Here, true, self.machines)?,
            Look::Behind => machine(node, Begins::Anywhere, false, self.machines)?,
        };
        let machine = self.machines.len();
        self.machines.push(made);
        let guard = match look {
            Look::Ahead => Guard::Ahead { machine, holds },
            Look::Behind => Guard::Behind { machine, holds },
        };
        self.add(Step::If(guard, next))
    }

    fn repeat(
        &mut self,
        node: &Node,
        least: u32,
        most: Option<u32>,
        next: usize,
    ) -> Result<usize, Unheld> {
        let mut start = next;
        match most {
            Some(most) => {
                for _ in least..most {
                    let once = self.before(node, start)?;
                    start = self.add(Step::Split(vec![once, next]))?;
                }
            }
            None => {
                start = self.add(Step::Split(vec![next]))?;
                let again = self.before(node, start)?;
                if let Some(Step::Split(to)) = self.list.get_mut(start) {
                    to.push(again);
                }
            }
        }
        (0..least).try_fold(start, |next, _| self.before(node, next))
    }
}
