//! What running workflows costs inside of one process, and what each strategy gains over `fifo`.
//! `cargo bench --bench workflow`, and `cargo bench --bench workflow -- plan` for a part (`steps`, `plan`, `runs`,
//! `strategies`).

#![allow(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    clippy::print_stdout,
    clippy::cast_precision_loss,
    missing_docs,
    reason = "a benchmark may fail, and macros make its entry"
)]

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use contracts::diagnostic::Diagnostics;
use contracts::source::Sources;
use contracts::workflow::check;
use contracts::workflow::engine::Engine;
use contracts::workflow::library::frozen;
use contracts::workflow::outcome::{Ended, Outcome};
use contracts::workflow::plan::{Plan, Selection, plan};
use contracts::workflow::run::cancel::cancel;
use contracts::workflow::run::strategy::Strategy;
use contracts::workflow::run::watch::Unwatched;
use contracts::workflow::run::{Finished, Options};
use contracts::workflow::runs::Runs;
use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use serde_json::Map;
use tokio::runtime::Runtime;

/// Reads, checks and orders a workflow.
fn planned(text: &str) -> Plan {
    let (mut sources, mut found) = (Sources::default(), Diagnostics::default());
    let texts = BTreeMap::from([("it".to_owned(), text.to_owned())]);
    let library = frozen(&texts, &mut sources, &mut found);
    let file = library.get("it").expect("it is a workflow");
    check::check(file, &library, &mut found);
    assert!(!found.has_errors(), "{found:?}");
    let all = Selection::default();
    let plan = plan(&library, file, Map::new(), all, &sources, &mut found);
    plan.expect("it has no circle").expect("it selects nothing")
}

fn workflow(steps: impl IntoIterator<Item = String>) -> String {
    let steps = steps.into_iter().map(|it| format!("      - {it}"));
    let steps: Vec<String> = steps.collect();
    format!("phases:\n  - name: all\n    steps:\n{}\n", steps.join("\n"))
}

fn engine(folder: &Path, workers: usize, strategy: Strategy) -> Engine {
    Engine {
        runs: Runs::new(folder.join("runs")),
        project: folder.to_owned(),
        ambient: Arc::new(std::env::vars().collect()),
        toolchain: None,
        stores: None,
        watch: Arc::new(Unwatched),
        digests: Arc::default(),
        options: Options {
            workers,
            strategy,
            ..Options::default()
        },
        mocks: BTreeMap::new(),
    }
}

/// As many threads as the command line takes.
fn runtime() -> Runtime {
    let mut builder = tokio::runtime::Builder::new_multi_thread();
    builder.worker_threads(2).enable_all().build().unwrap()
}

static RUNS: AtomicUsize = AtomicUsize::new(0);

async fn run(engine: &Engine, plan: &Plan) -> Finished {
    let name = format!("run-{}", RUNS.fetch_add(1, Ordering::Relaxed));
    let ready = engine.begin(plan, &name, &BTreeMap::new(), 0).unwrap();
    let (_canceller, cancel) = cancel();
    let finished = engine.drive(ready, cancel).await.unwrap();
    assert_eq!(finished.ended, Ended::Success);
    finished
}

/// Steps that start no program: journal, expressions and log are all there is.
fn steps(criterion: &mut Criterion) {
    const COUNT: usize = 1_000;
    let apart = (0..COUNT).map(|step| format!("{{id: s{step}, assert: 1 + 1 == 2}}"));
    let chain = (0..COUNT).map(|step| match step {
        0 => "{id: s0, assert: 1 + 1 == 2}".to_owned(),
        _ => format!(
            "{{id: s{step}, needs: [s{0}], assert: needs.s{0}.result == 'success'}}",
            step - 1
        ),
    });
    let runtime = runtime();
    let mut group = criterion.benchmark_group("steps");
    group
        .sample_size(10)
        .throughput(Throughput::Elements(COUNT as u64));
    for (name, text) in [("apart", workflow(apart)), ("chain", workflow(chain))] {
        let plan = planned(&text);
        group.bench_function(name, |it| {
            it.iter_custom(|times| {
                timed(times, || {
                    let folder = tempfile::tempdir().unwrap();
                    let engine = engine(folder.path(), 2, Strategy::Fifo);
                    let begin = Instant::now();
                    runtime.block_on(run(&engine, &plan));
                    begin.elapsed()
                })
            });
        });
    }
    group.finish();
}

fn timed(times: u64, once: impl Fn() -> Duration) -> Duration {
    (0..times).map(|_| once()).sum()
}

/// A graph read, checked, built and ordered.
fn plans(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("plan");
    group.sample_size(10);
    for count in [100, 1_000, 10_000] {
        let steps = (0..count).map(|step| match step {
            0..10 => format!("{{id: s{step}, shell: 'true', timeout: 10s}}"),
            _ => format!(
                "{{id: s{step}, needs: [s{}, s{}], shell: 'true', timeout: 10s}}",
                step - 10,
                (step * 7) % (step - 9)
            ),
        });
        let text = workflow(steps);
        group.bench_function(format!("{count}"), |it| {
            it.iter(|| planned(&text).order.len());
        });
    }
    group.finish();
}

/// A thousand runs of three steps each, all at once.
fn runs(criterion: &mut Criterion) {
    const COUNT: usize = 1_000;
    let chain = |kind: &str| {
        workflow([
            format!("{{id: a, {kind}, timeout: 60s}}"),
            format!("{{id: b, needs: [a], {kind}, timeout: 60s}}"),
            format!("{{id: c, needs: [b], {kind}, timeout: 60s}}"),
        ])
    };
    let runtime = runtime();
    let mut group = criterion.benchmark_group("runs");
    group.sample_size(10);
    for (name, kind) in [("assert", "assert: 1 + 1 == 2"), ("shell", "shell: 'true'")] {
        let plan = Arc::new(planned(&chain(kind)));
        group.bench_function(format!("{COUNT} of three {name} steps"), |it| {
            it.iter_custom(|times| {
                timed(times, || {
                    let folder = tempfile::tempdir().unwrap();
                    let engine = Arc::new(engine(folder.path(), 2, Strategy::Fifo));
                    let begin = Instant::now();
                    runtime.block_on(async {
                        let mut all = tokio::task::JoinSet::new();
                        for _ in 0..COUNT {
                            let (engine, plan) = (Arc::clone(&engine), Arc::clone(&plan));
                            all.spawn(async move { run(&engine, &plan).await });
                        }
                        assert_eq!(all.join_all().await.len(), COUNT);
                    });
                    begin.elapsed()
                })
            });
        });
    }
    group.finish();
}

/// A graph on which a strategy should win: what it is judged by, and less is better.
struct Contest {
    name: &'static str,
    strategy: Strategy,
    text: String,
    figure: &'static str,
    judge: fn(&Plan, &Finished) -> f64,
}

/// When each step that people see ended, in milliseconds.
fn ends<'a>(plan: &'a Plan, finished: &'a Finished) -> impl Iterator<Item = (&'a str, f64)> {
    let nodes = plan.graph.nodes.iter().zip(&finished.outcomes);
    nodes.filter_map(|(node, outcome)| {
        let Outcome { began, took, .. } = outcome.as_ref().filter(|_| node.is_shown())?;
        Some((node.id.as_str(), (began + took) as f64))
    })
}

fn mean(values: impl Iterator<Item = f64>) -> f64 {
    let values: Vec<f64> = values.collect();
    values.iter().sum::<f64>() / values.len() as f64
}

fn makespan(plan: &Plan, finished: &Finished) -> f64 {
    ends(plan, finished).map(|(_, end)| end).fold(0.0, f64::max)
}

fn contests() -> [Contest; 5] {
    let sleep = |id: &str, units: u64, more: &str| {
        let seconds = units as f64 * 0.02;
        format!("{{id: {id}, shell: sleep {seconds:.2}, timeout: 60s{more}}}")
    };
    let plain = (0..16).map(|at| sleep(&format!("s{at}"), 2, ""));
    let urgent = (0..4).map(|at| sleep(&format!("urgent{at}"), 2, ", priority: 9"));
    let priority = workflow(plain.chain(urgent));

    let long = (0..4).map(|at| sleep(&format!("long{at}"), 16, ""));
    let short = (0..16).map(|at| sleep(&format!("short{at}"), 1, ""));
    let shortest = workflow(long.chain(short));

    // The later it is declared, the sooner it is due: two at once, each two units long.
    let due = (0..16_u64).map(|at| {
        let due = (16 - at).div_ceil(2) * 60 + 60;
        sleep(&format!("s{at}"), 2, &format!(", deadline: {due}ms"))
    });
    let deadline = workflow(due);

    let matrix = |id: &str, of: u64| {
        let all: Vec<String> = (0..of).map(|it| it.to_string()).collect();
        sleep(id, 2, &format!(", matrix: {{n: [{}]}}", all.join(", ")))
    };
    let balanced = workflow([matrix("large", 20), matrix("small", 4), matrix("other", 4)]);

    let apart = (0..12).map(|at| sleep(&format!("s{at}"), 2, ""));
    let chain = (0..6).map(|at| match at {
        0 => sleep("c0", 4, ""),
        _ => sleep(&format!("c{at}"), 4, &format!(", needs: [c{}]", at - 1)),
    });
    let adaptive = workflow(apart.chain(chain));

    [
        Contest {
            name: "priority",
            strategy: Strategy::Priority,
            text: priority,
            figure: "mean end of urgent steps, ms",
            judge: |plan, it| {
                let urgent = ends(plan, it).filter(|(id, _)| id.starts_with("urgent"));
                mean(urgent.map(|(_, end)| end))
            },
        },
        Contest {
            name: "shortest-first",
            strategy: Strategy::ShortestFirst,
            text: shortest,
            figure: "mean end of a step, ms",
            judge: |plan, it| mean(ends(plan, it).map(|(_, end)| end)),
        },
        Contest {
            name: "deadline",
            strategy: Strategy::Deadline,
            text: deadline,
            figure: "missed deadlines of 16",
            judge: |plan, it| {
                let steps = plan
                    .graph
                    .nodes
                    .iter()
                    .filter_map(|node| node.step.as_deref());
                let due = steps.map(|it| it.deadline.unwrap().0.as_millis() as f64);
                ends(plan, it)
                    .zip(due)
                    .filter(|((_, end), due)| end > due)
                    .count() as f64
            },
        },
        Contest {
            name: "balanced",
            strategy: Strategy::Balanced,
            text: balanced,
            figure: "mean end of a matrix, ms",
            judge: |plan, it| {
                let end = |of: &str| {
                    let its = ends(plan, it).filter(|(id, _)| id.starts_with(of));
                    its.map(|(_, end)| end).fold(0.0, f64::max)
                };
                mean(["large", "small", "other"].into_iter().map(end))
            },
        },
        Contest {
            name: "adaptive",
            strategy: Strategy::Adaptive,
            text: adaptive,
            figure: "end of the run, ms",
            judge: makespan,
        },
    ]
}

/// Each strategy against `fifo`, with two workers, after one run that both learn from; the median of five.
fn strategies(_: &mut Criterion) {
    let mut asked = std::env::args().skip(1).filter(|it| !it.starts_with('-'));
    if asked
        .next()
        .is_some_and(|part| !"strategies".contains(&part))
    {
        return;
    }
    let runtime = runtime();
    println!(
        "{:16}{:34}{:>10}{:>10}{:>8}",
        "strategy", "figure", "fifo", "with it", "less"
    );
    for contest in contests() {
        let plan = planned(&contest.text);
        let folder = tempfile::tempdir().unwrap();
        let once = |strategy| {
            let engine = engine(folder.path(), 2, strategy);
            let finished = runtime.block_on(run(&engine, &plan));
            (contest.judge)(&plan, &finished)
        };
        once(Strategy::Fifo);
        let median = |strategy| {
            let mut figures: Vec<f64> = (0..5).map(|_| once(strategy)).collect();
            figures.sort_by(f64::total_cmp);
            figures.swap_remove(2)
        };
        let (fifo, with) = (median(Strategy::Fifo), median(contest.strategy));
        let less = 100.0 * (fifo - with) / fifo;
        println!(
            "{:16}{:34}{fifo:10.0}{with:10.0}{less:7.0}%",
            contest.name, contest.figure
        );
    }
}

criterion_group!(benches, steps, plans, runs, strategies);
criterion_main!(benches);
