//! A plan as people and programs see it: text, JSON, Mermaid, Graphviz, one page of HTML.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use indexmap::IndexMap;
use serde::Serialize;

use super::graph::{Graph, NodeId, Role};
use super::plan::Plan;
use super::run::predict::{Fate, Prediction};

/// One step of a plan.
#[derive(Debug, Serialize)]
pub struct Planned<'a> {
    /// The step.
    pub step: &'a str,
    /// Its phase.
    pub phase: &'a str,
    /// Its kind.
    pub kind: &'static str,
    /// The steps it waits for.
    pub after: Vec<&'a str>,
    /// `runs`, `cached`, `skipped`, `open` or `left`.
    pub fate: &'static str,
    /// Why, where there is something to say.
    pub why: &'a str,
}

/// Every step that people see, in the order of the plan.
pub fn steps<'a>(plan: &'a Plan, prediction: &'a Prediction) -> Vec<Planned<'a>> {
    let order = plan.order.iter();
    order
        .filter_map(|id| {
            let node = plan.graph.nodes.get(*id).filter(|node| node.is_shown())?;
            let fate = prediction.fates.get(*id)?.as_ref();
            let (fate, why) = match fate {
                None => ("runs", ""),
                Some(Fate::Runs(why)) => ("runs", why.as_str()),
                Some(Fate::Cached) => ("cached", ""),
                Some(Fate::Skipped(why)) => ("skipped", why.as_str()),
                Some(Fate::Open(why)) => ("open", why.as_str()),
                Some(Fate::Left) => ("left", ""),
            };
            Some(Planned {
                step: &node.id,
                phase: &node.phase,
                kind: node.action.as_ref().map_or("", |it| it.kind.name()),
                after: shown_waits(&plan.graph, *id),
                fate,
                why,
            })
        })
        .collect()
}

/// The steps that a node waits for; what opens a branch or a call is looked through, and phases are told apart.
fn shown_waits(graph: &Graph, id: NodeId) -> Vec<&str> {
    let mut found: Vec<&str> = Vec::new();
    let mut open = vec![id];
    while let Some(at) = open.pop() {
        let Some(node) = graph.nodes.get(at) else {
            continue;
        };
        for before in node.waits() {
            match graph.nodes.get(before) {
                Some(it) if it.is_shown() => found.push(&it.id),
                Some(it) if it.role == Role::Open && node.role != Role::Close => open.push(before),
                Some(_) | None => {}
            }
        }
    }
    found.sort_unstable();
    found.dedup();
    found
}

/// For a terminal.
pub fn text(plan: &Plan, prediction: &Prediction) -> String {
    let steps = steps(plan, prediction);
    let width = steps.iter().map(|it| it.step.len()).max().unwrap_or(0);
    let mut out = String::new();
    let mut phase = "";
    for step in &steps {
        if step.phase != phase {
            phase = step.phase;
            let _ = writeln!(out, "{phase}");
        }
        let line = format!("  {:<8}{:<width$}  {}", step.fate, step.step, step.why);
        let _ = writeln!(out, "{}", line.trim_end());
    }
    let count = |fate: &str| steps.iter().filter(|it| it.fate == fate).count();
    let _ = writeln!(
        out,
        "{} to run, {} cached, {} skipped",
        count("runs") + count("open"),
        count("cached"),
        count("skipped")
    );
    out
}

/// For programs.
pub fn json(plan: &Plan, prediction: &Prediction) -> String {
    let value = serde_json::json!({
        "workflow": plan.frozen.workflow,
        "plan": plan.frozen.digest(),
        "inputs": plan.frozen.inputs,
        "steps": steps(plan, prediction),
    });
    format!("{value:#}\n")
}

/// Steps by their phase, in order.
fn by_phase<'a, 'b>(steps: &'b [Planned<'a>]) -> IndexMap<&'a str, Vec<(usize, &'b Planned<'a>)>> {
    let mut phases: IndexMap<&str, Vec<_>> = IndexMap::new();
    for (index, step) in steps.iter().enumerate() {
        phases.entry(step.phase).or_default().push((index, step));
    }
    phases
}

/// A flowchart as Mermaid draws it: a box a phase.
pub fn mermaid(plan: &Plan, prediction: &Prediction) -> String {
    let steps = steps(plan, prediction);
    let mut out = "flowchart LR\n".to_owned();
    let names = steps.iter().enumerate();
    let numbers: BTreeMap<&str, usize> = names.map(|(index, step)| (step.step, index)).collect();
    let quoted = |text: &str| text.replace('"', "#quot;");
    let phases = by_phase(&steps);
    for (number, (phase, steps)) in phases.iter().enumerate() {
        let _ = writeln!(out, "  subgraph p{number}[\"{}\"]", quoted(phase));
        for (index, step) in steps {
            let _ = writeln!(
                out,
                "    s{index}[\"{}\"]:::{}",
                quoted(step.step),
                step.fate
            );
        }
        out.push_str("  end\n");
    }
    for number in 1..phases.len() {
        let _ = writeln!(out, "  p{} --> p{number}", number - 1);
    }
    for (index, step) in steps.iter().enumerate() {
        for before in step.after.iter().filter_map(|it| numbers.get(it)) {
            let _ = writeln!(out, "  s{before} --> s{index}");
        }
    }
    out.push_str("  classDef cached fill:#d7f0dd,stroke:#3a7d4f,color:#123\n");
    out.push_str("  classDef runs fill:#dbe8fb,stroke:#34649f,color:#123\n");
    out.push_str("  classDef open fill:#fdf1d0,stroke:#a07a1c,color:#123\n");
    out.push_str("  classDef skipped fill:#eee,stroke:#999,color:#666\n");
    out.push_str("  classDef left fill:#fff,stroke:#ccc,color:#999\n");
    out
}

/// A graph as Graphviz draws it: a box a phase.
pub fn dot(plan: &Plan, prediction: &Prediction) -> String {
    let quoted = |text: &str| format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""));
    let mut out = "digraph workflow {\n  rankdir = LR\n  node [shape = box]\n".to_owned();
    let steps = steps(plan, prediction);
    for (number, (phase, steps)) in by_phase(&steps).into_iter().enumerate() {
        let _ = writeln!(
            out,
            "  subgraph cluster_{number} {{\n    label = {}",
            quoted(phase)
        );
        for (_, step) in steps {
            let style = match step.fate {
                "cached" => ", style = filled, fillcolor = \"#d7f0dd\"",
                "skipped" | "left" => ", style = dashed",
                _ => "",
            };
            let (name, why) = (quoted(step.step), quoted(step.why));
            let _ = writeln!(out, "    {name} [tooltip = {why}{style}]");
        }
        out.push_str("  }\n");
    }
    for step in &steps {
        for before in &step.after {
            let _ = writeln!(out, "  {} -> {}", quoted(before), quoted(step.step));
        }
    }
    out.push_str("}\n");
    out
}

/// One page to look at, without a script and with nothing to fetch: a column a phase, a card a step.
pub fn html(plan: &Plan, prediction: &Prediction) -> String {
    let steps = steps(plan, prediction);
    let name = escaped(&plan.frozen.workflow);
    let mut body = String::new();
    let mut phase = "";
    for step in &steps {
        if step.phase != phase {
            if !phase.is_empty() {
                body.push_str("</section>\n");
            }
            phase = step.phase;
            let _ = writeln!(body, "<section><h2>{}</h2>", escaped(phase));
        }
        let after = step.after.join(", ");
        let _ = writeln!(
            body,
            "<article class=\"{}\"><h3>{}</h3><p><b>{}</b> {}</p><p class=\"after\">{}{}</p></article>",
            step.fate,
            escaped(step.step),
            step.fate,
            escaped(step.why),
            if after.is_empty() { "" } else { "after " },
            escaped(&after),
        );
    }
    if !phase.is_empty() {
        body.push_str("</section>\n");
    }
    format!("{HEAD}<title>{name}: plan</title>\n<h1>{name}</h1>\n<main>\n{body}</main>\n</html>\n")
}

/// The beginning of a page.
pub const HEAD: &str = include_str!("page.html");

/// A text within HTML.
pub fn escaped(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
}
