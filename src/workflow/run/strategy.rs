//! Which of the steps that are ready begins first, where there are more of them than workers.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BinaryHeap, VecDeque};

use crate::workflow::graph::{Graph, NodeId};

/// In what order ready steps begin.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, clap::ValueEnum)]
pub enum Strategy {
    /// As they become ready.
    #[default]
    Fifo,
    /// Greatest `priority` first.
    Priority,
    /// Shortest first, as learned from earlier runs: most steps are done soonest.
    ShortestFirst,
    /// Earliest `deadline` first.
    Deadline,
    /// Called workflows and matrices in turn: none waits for all of another.
    Balanced,
    /// What the longest chain of steps hangs on first, as learned from earlier runs: the run ends soonest.
    Adaptive,
}

/// What is known of each node before the run.
#[derive(Clone, Debug, Default)]
pub struct Expected {
    /// Milliseconds each took in earlier runs; `None` where it never ran.
    pub took: Vec<Option<u64>>,
}

/// The steps that are ready.
#[derive(Debug)]
pub struct Queue {
    ranks: Ranks,
    heap: BinaryHeap<Reverse<(i64, usize, NodeId)>>,
    turns: BTreeMap<String, (usize, VecDeque<NodeId>)>,
    count: usize,
}

/// How a node's place is found.
#[derive(Debug)]
enum Ranks {
    /// By a number: the least first.
    Number(Vec<i64>),
    /// By the group whose turn it is.
    Turn(Vec<String>),
}

impl Queue {
    /// An empty one; `order` has each node after all that it waits for.
    pub fn new(strategy: Strategy, graph: &Graph, order: &[NodeId], expected: &Expected) -> Self {
        let steps = graph.nodes.iter().map(|node| node.step.as_deref());
        let took = |id: usize| expected.took.get(id).copied().flatten();
        let number = |value: u64| i64::try_from(value).unwrap_or(i64::MAX);
        let ranks = match strategy {
            Strategy::Fifo => Ranks::Number(vec![0; graph.nodes.len()]),
            Strategy::Priority => Ranks::Number(
                steps
                    .map(|step| -i64::from(step.and_then(|it| it.priority).unwrap_or(0)))
                    .collect(),
            ),
            Strategy::ShortestFirst => Ranks::Number(
                (0..graph.nodes.len())
                    .map(|id| took(id).map_or(0, number))
                    .collect(),
            ),
            Strategy::Deadline => Ranks::Number(
                steps
                    .map(|step| {
                        let deadline = step.and_then(|it| it.deadline);
                        deadline.map_or(i64::MAX, |it| {
                            i64::try_from(it.0.as_millis()).unwrap_or(i64::MAX)
                        })
                    })
                    .collect(),
            ),
            Strategy::Balanced => {
                Ranks::Turn(graph.nodes.iter().map(|node| group(&node.id)).collect())
            }
            Strategy::Adaptive => Ranks::Number(
                tails(graph, order, expected)
                    .into_iter()
                    .map(|tail| -number(tail))
                    .collect(),
            ),
        };
        Self {
            ranks,
            heap: BinaryHeap::new(),
            turns: BTreeMap::new(),
            count: 0,
        }
    }

    /// Adds one that is ready.
    pub fn push(&mut self, node: NodeId) {
        self.count += 1;
        match &self.ranks {
            Ranks::Number(ranks) => {
                let rank = ranks.get(node).copied().unwrap_or(0);
                self.heap.push(Reverse((rank, self.count, node)));
            }
            Ranks::Turn(groups) => {
                let group = groups.get(node).cloned().unwrap_or_default();
                self.turns.entry(group).or_default().1.push_back(node);
            }
        }
    }

    /// Takes the one to begin.
    pub fn pop(&mut self) -> Option<NodeId> {
        if let Ranks::Number(_) = self.ranks {
            return self.heap.pop().map(|Reverse((_, _, node))| node);
        }
        let waiting = self.turns.values_mut().filter(|(_, it)| !it.is_empty());
        let (served, nodes) = waiting.min_by_key(|(served, _)| *served)?;
        *served += 1;
        nodes.pop_front()
    }

    /// Whether nothing is ready.
    pub fn is_empty(&self) -> bool {
        self.heap.is_empty() && self.turns.values().all(|(_, nodes)| nodes.is_empty())
    }
}

/// The call or matrix that a node belongs to.
fn group(id: &str) -> String {
    let end = id.find(['/', '[']).unwrap_or(id.len());
    id.get(..end).unwrap_or(id).to_owned()
}

/// For each node the milliseconds from its beginning to the end of the longest chain that hangs on it.
fn tails(graph: &Graph, order: &[NodeId], expected: &Expected) -> Vec<u64> {
    let known = || expected.took.iter().flatten();
    // What never ran is taken to last as long as the others do on average.
    let mean = known().sum::<u64>() / u64::try_from(known().count().max(1)).unwrap_or(1);
    let mut tails = vec![0_u64; graph.nodes.len()];
    for id in order.iter().rev() {
        let Some(node) = graph.nodes.get(*id) else {
            continue;
        };
        let own = match expected.took.get(*id).copied().flatten() {
            Some(took) => took.max(1),
            None if node.is_shown() => mean.max(1),
            None => 0,
        };
        let tail = tails.get(*id).copied().unwrap_or(0) + own;
        if let Some(slot) = tails.get_mut(*id) {
            *slot = tail;
        }
        for before in node.waits() {
            if let Some(slot) = tails.get_mut(before) {
                *slot = (*slot).max(tail);
            }
        }
    }
    tails
}
