//! What became of a run, as people and programs read it: Markdown, JSON, JUnit, one page of HTML with a timeline.

use std::fmt::Write as _;

use serde_json::{Value, json};

use super::outcome::{Ended, Outcome};
use super::runs::Told;
use super::show::{HEAD, escaped};

/// The steps that people see, in the order they ended: what opens branches and calls is left out.
pub fn shown(told: &Told) -> impl Iterator<Item = (&str, &Outcome)> {
    let all = told.outcomes.iter();
    all.filter(|(name, _)| !name.ends_with(":branch") && !name.ends_with(":call"))
        .map(|(name, outcome)| (name.as_str(), outcome))
}

/// A run in a row, for programs.
pub fn summary(told: &Told) -> Value {
    json!({
        "run": told.run,
        "workflow": told.workflow,
        "began": told.began,
        "took": told.last.saturating_sub(told.began),
        "ended": told.ended.map(Ended::word),
        "going-on": told.going_on,
        "resumed": told.resumed,
        "steps": shown(told).count(),
        "cached": shown(told).filter(|(_, it)| it.cached).count(),
        "failed": shown(told).filter(|(_, it)| it.is_failure()).count(),
    })
}

/// A run with its steps, for programs.
pub fn json(told: &Told) -> String {
    let mut value = summary(told);
    let steps: Vec<Value> = shown(told)
        .map(|(name, outcome)| {
            json!({
                "step": name,
                "ended": outcome.ended.word(),
                "reason": outcome.reason,
                "cached": outcome.cached,
                "uncached": outcome.uncached,
                "tolerated": outcome.tolerated,
                "attempts": outcome.attempts,
                "began": outcome.began,
                "took": outcome.took,
                "key": outcome.key,
                "outputs": outcome.outputs,
            })
        })
        .collect();
    if let Some(object) = value.as_object_mut() {
        object.insert("steps".to_owned(), steps.into());
        object.insert("outputs".to_owned(), told.outputs.clone().into());
        let open: Vec<&String> = told.open.iter().collect();
        object.insert("broken-off".to_owned(), json!(open));
    }
    format!("{value:#}\n")
}

/// For a comment or a job's summary.
pub fn markdown(told: &Told) -> String {
    let ended = told.ended.map_or("broken off", Ended::word);
    let mut out = format!("### `{}`: {ended}\n\n", told.workflow);
    out.push_str("| step | result | time | |\n|---|---|---:|---|\n");
    for (name, outcome) in shown(told) {
        let reason = outcome.reason.as_deref().unwrap_or("").replace('|', "\\|");
        let _ = writeln!(
            out,
            "| `{}` | {} | {} ms | {reason} |",
            name.replace('|', "\\|"),
            outcome.word(),
            outcome.took,
        );
    }
    for name in &told.open {
        let _ = writeln!(out, "| `{name}` | broken off | | |");
    }
    let _ = writeln!(
        out,
        "\nrun {}, {} ms",
        told.run,
        told.last.saturating_sub(told.began)
    );
    out
}

/// For build servers.
pub fn junit(told: &Told) -> String {
    let count = |which: fn(&Outcome) -> bool| shown(told).filter(|(_, it)| which(it)).count();
    let failed = count(Outcome::is_failure);
    let skipped = count(|it| it.ended == Ended::Skipped);
    let all = shown(told).count() + told.open.len();
    let took = seconds(told.last.saturating_sub(told.began));
    let mut out = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    let errors = told.open.len();
    let _ = writeln!(
        out,
        "<testsuites name=\"{}\" tests=\"{all}\" failures=\"{failed}\" errors=\"{errors}\" skipped=\"{skipped}\" time=\"{took}\">\n  <testsuite name=\"{}\" tests=\"{all}\" failures=\"{failed}\" errors=\"{errors}\" skipped=\"{skipped}\" time=\"{took}\">",
        escaped(&told.workflow),
        escaped(&told.run),
    );
    for (name, outcome) in shown(told) {
        let reason = escaped(outcome.reason.as_deref().unwrap_or(""));
        let inside = match outcome.ended {
            Ended::Success => String::new(),
            Ended::Failed if outcome.tolerated => String::new(),
            Ended::Failed | Ended::Cancelled => format!("<failure message=\"{reason}\"/>"),
            Ended::Skipped => format!("<skipped message=\"{reason}\"/>"),
        };
        let _ = writeln!(
            out,
            "    <testcase classname=\"{}\" name=\"{}\" time=\"{}\">{inside}</testcase>",
            escaped(&told.workflow),
            escaped(name),
            seconds(outcome.took),
        );
    }
    for name in &told.open {
        let _ = writeln!(
            out,
            "    <testcase classname=\"{}\" name=\"{}\"><error message=\"broken off\"/></testcase>",
            escaped(&told.workflow),
            escaped(name),
        );
    }
    out.push_str("  </testsuite>\n</testsuites>\n");
    out
}

fn seconds(millis: u64) -> String {
    format!("{}.{:03}", millis / 1_000, millis % 1_000)
}

/// One page to look at, without a script and with nothing to fetch.
pub fn html(told: &Told) -> String {
    let ended = told.ended.map_or("broken off", Ended::word);
    let workflow = escaped(&told.workflow);
    let mut rows = String::new();
    for (name, outcome) in shown(told) {
        let reason = outcome.reason.as_deref().or(outcome.uncached.as_deref());
        let _ = writeln!(
            rows,
            "<tr><td>{}</td><td>{}</td><td>{} ms</td><td>{}</td><td>{}</td></tr>",
            escaped(name),
            outcome.word(),
            outcome.took,
            outcome.attempts,
            escaped(reason.unwrap_or("")),
        );
    }
    format!(
        "{HEAD}<title>{workflow}: {ended}</title>\n<h1>{workflow}: {ended}</h1>\n<p>run {}, {} ms</p>\n{}<table><thead><tr><th>step</th><th>result</th><th>time</th><th>attempts</th><th></th></tr></thead><tbody>\n{rows}</tbody></table>\n</html>\n",
        escaped(&told.run),
        told.last.saturating_sub(told.began),
        timeline(told),
    )
}

/// A bar a step, from its beginning to its end.
fn timeline(told: &Told) -> String {
    let steps: Vec<(&str, &Outcome)> = shown(told)
        .filter(|(_, it)| it.ended != Ended::Skipped && !it.earlier)
        .collect();
    let end = steps.iter().map(|(_, it)| it.began + it.took).max();
    let end = end.unwrap_or(0).max(1);
    let (wide, row, label) = (900, 22, 220);
    let tall = steps.len() * row + 24;
    let mut out =
        format!("<svg viewBox=\"0 0 {wide} {tall}\" role=\"img\" aria-label=\"what ran when\">\n");
    for (index, (name, outcome)) in steps.iter().enumerate() {
        let y = index * row;
        let room = u64::try_from(wide - label - 10).unwrap_or(1);
        let x = outcome.began * room / end;
        let width = (outcome.took * room / end).max(2);
        let color = match outcome.ended {
            Ended::Success if outcome.cached => "#8fc7a0",
            Ended::Success => "#3a7d4f",
            Ended::Failed | Ended::Cancelled => "#b3372f",
            Ended::Skipped => "#9aa1ad",
        };
        let short: String = name.chars().take(34).collect();
        let _ = writeln!(
            out,
            "<text x=\"0\" y=\"{}\">{}</text><rect x=\"{}\" y=\"{}\" width=\"{width}\" height=\"14\" rx=\"2\" fill=\"{color}\"><title>{}: {} ms</title></rect>",
            y + 14,
            escaped(&short),
            u64::try_from(label).unwrap_or(0) + x,
            y + 3,
            escaped(name),
            outcome.took,
        );
    }
    let _ = writeln!(
        out,
        "<text x=\"{label}\" y=\"{}\">0</text><text x=\"{}\" y=\"{}\" text-anchor=\"end\">{end} ms</text></svg>",
        tall - 6,
        wide - 10,
        tall - 6,
    );
    out
}
