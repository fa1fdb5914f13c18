//! `contracts run --plan` and `--why`: what a run would do.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::flow;
use super::session::Session;
use super::{Common, Failure, Format, Screen};
use crate::tree;
use crate::workflow::plan::{Plan, named};
use crate::workflow::run::predict::{Fate, Prediction, predict};
use crate::workflow::run::watch::Unwatched;
use crate::workflow::run::{Options, Stores};
use crate::workflow::show;

/// Shows a plan, or why a step's result is not taken over.
pub(super) fn show(
    mut session: Session,
    plan: &Plan,
    options: Options,
    why: Option<&str>,
    common: &Common,
    screen: &mut Screen,
) -> Result<u8, Failure> {
    let watch = Arc::new(Unwatched);
    let engine = flow::engine(&mut session, options, watch, BTreeMap::new(), screen);
    let stores = engine.stores.clone();
    let prediction = predict(&engine.setting(plan));
    if let Some(step) = why {
        let text = explained(plan, &prediction, stores.as_deref(), step)?;
        screen.print(&text)?;
        return Ok(0);
    }
    let text = match common.format {
        Format::Text | Format::Short => show::text(plan, &prediction),
        Format::Json => show::json(plan, &prediction),
        Format::Mermaid => show::mermaid(plan, &prediction),
        Format::Dot => show::dot(plan, &prediction),
        Format::Html => show::html(plan, &prediction),
        Format::Sarif | Format::Github | Format::Gitlab | Format::Junit | Format::Markdown => {
            let help = "a plan is shown as text, json, mermaid, dot or html";
            return Err(flow::said("a plan has no findings", Some(help)));
        }
    };
    match &common.output {
        Some(output) => tree::write_file(&session.here().join(output), &text)?,
        None => screen.print(&text)?,
    }
    Ok(0)
}

/// Why a step would run: every part of its key that changed.
fn explained(
    plan: &Plan,
    prediction: &Prediction,
    stores: Option<&Stores>,
    step: &str,
) -> Result<String, Failure> {
    let mut out = Vec::new();
    for id in named(&plan.graph, step).map_err(flow::missing)? {
        let Some(node) = plan.graph.nodes.get(id).filter(|node| node.is_shown()) else {
            continue;
        };
        let fate = prediction.fates.get(id).and_then(Option::as_ref);
        let parts = prediction.parts.get(id).and_then(Option::as_ref);
        let name = &node.id;
        match fate {
            Some(Fate::Cached) => out.push(format!("{name}: its result is taken over")),
            Some(Fate::Skipped(why)) => out.push(format!("{name}: skipped, {why}")),
            Some(Fate::Left) => out.push(format!("{name}: not asked for")),
            Some(Fate::Open(why)) => out.push(format!("{name}: {why}")),
            Some(Fate::Runs(why)) => {
                let why = if why.is_empty() { "" } else { ", " }.to_owned() + why;
                out.push(format!("{name}: runs{why}"));
                let last = stores.and_then(|it| it.local.last_parts(&plan.frozen.workflow, name));
                let changes = parts.zip(last).map(|(parts, last)| parts.changes(&last));
                for change in changes.unwrap_or_default() {
                    out.push(format!("  {change}"));
                }
            }
            None => {}
        }
    }
    Ok(format!("{}\n", out.join("\n")))
}
