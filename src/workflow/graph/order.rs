//! The order in which nodes can run, or the circle that forbids it.

use petgraph::Direction;
use petgraph::algo::tarjan_scc;
use petgraph::graph::{DiGraph, NodeIndex};

use super::{Graph, NodeId};

/// Nodes that wait for each other, each for the next and the last for the first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Circle(pub Vec<NodeId>);

/// Every node after all that it waits for, those that stand first in the files first; or the circles.
pub fn order(graph: &Graph) -> Result<Vec<NodeId>, Vec<Circle>> {
    let mut net: DiGraph<(), (), usize> = DiGraph::with_capacity(graph.nodes.len(), 0);
    for _ in &graph.nodes {
        net.add_node(());
    }
    for (id, node) in graph.nodes.iter().enumerate() {
        for before in node.waits() {
            net.add_edge(NodeIndex::new(before), NodeIndex::new(id), ());
        }
    }
    let mut waiting: Vec<usize> = net
        .node_indices()
        .map(|node| net.edges_directed(node, Direction::Incoming).count())
        .collect();
    let mut ready: std::collections::BTreeSet<NodeId> = waiting
        .iter()
        .enumerate()
        .filter(|(_, count)| **count == 0)
        .map(|(id, _)| id)
        .collect();
    let mut order = Vec::with_capacity(graph.nodes.len());
    while let Some(id) = ready.pop_first() {
        order.push(id);
        for next in net.neighbors_directed(NodeIndex::new(id), Direction::Outgoing) {
            let Some(count) = waiting.get_mut(next.index()) else {
                continue;
            };
            *count -= 1;
            if *count == 0 {
                ready.insert(next.index());
            }
        }
    }
    if order.len() == graph.nodes.len() {
        return Ok(order);
    }
    let groups = tarjan_scc(&net).into_iter();
    let mut circles: Vec<Circle> = groups
        .map(|group| group.iter().map(|node| node.index()).collect())
        .filter(|group: &Vec<NodeId>| {
            group.len() > 1 || group.iter().any(|id| waits(graph, *id, *id))
        })
        .map(|group| circle(graph, &group))
        .collect();
    circles.sort_by_key(|circle| circle.0.first().copied());
    Err(circles)
}

fn waits(graph: &Graph, node: NodeId, before: NodeId) -> bool {
    graph
        .nodes
        .get(node)
        .is_some_and(|node| node.waits().any(|it| it == before))
}

/// One way round within a group of nodes that all reach each other.
fn circle(graph: &Graph, group: &[NodeId]) -> Circle {
    let mut path: Vec<NodeId> = group.iter().min().copied().into_iter().collect();
    while let Some(last) = path.last().copied() {
        let next = graph
            .nodes
            .get(last)
            .and_then(|node| node.waits().find(|it| group.contains(it)));
        let Some(next) = next else { break };
        if let Some(begin) = path.iter().position(|it| *it == next) {
            path.drain(..begin);
            break;
        }
        path.push(next);
    }
    Circle(path)
}
