//! No answer is contradicted: over schema pairs made at random, `yes` is attacked with documents near both, and the
//! document of every `no` is tried by the validator.
//!
//! `CONTRACTS_AGREEMENT_PAIRS=100000 cargo test --release --test agreement -- --nocapture` for a long run,
//! `CONTRACTS_AGREEMENT_SEED` to begin elsewhere.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::disallowed_methods,
    clippy::format_push_string,
    clippy::needless_pass_by_value,
    clippy::print_stdout,
    clippy::cast_possible_truncation,
    unreachable_pub,
    reason = "a test may fail, and its fixtures are made at random"
)]

use contracts::compat::Policy;
use contracts::pipeline::diff::{self, Difference, Included, Side};
use contracts::schema::{Draft, Formats, Validator};
use rayon::prelude::*;
use serde_json::Value;

#[path = "agreement/generate.rs"]
mod generate;
#[path = "agreement/shrink.rs"]
mod shrink;

use generate::Random;

/// How many pairs, where nothing else is said.
const PAIRS: u64 = 2_000;

fn setting(name: &str) -> Option<u64> {
    std::env::var(name).ok()?.parse().ok()
}

fn answer(old: &Value, new: &Value) -> Result<Difference, String> {
    let policy = Policy::strict(Formats::Annotate);
    diff::values(old.clone(), new.clone(), None, policy)
}

fn validator(schema: &Value) -> Option<Validator> {
    Validator::of(schema, Draft::Draft202012, Formats::Annotate).ok()
}

/// What contradicts an answer, in words.
fn contradiction(old: &Value, new: &Value, side: &Side, documents: &[Value]) -> Option<String> {
    let (sends, reads) = (validator(old)?, validator(new)?);
    let shows = |document: &Value| sends.accepts(document) && !reads.accepts(document);
    match (side.included, &side.witness) {
        (Included::Yes, _) => {
            let found = documents.iter().find(|it| shows(it))?;
            Some(format!("yes, and {found} says no"))
        }
        (Included::No, Some(witness)) if shows(&witness.value) => None,
        (Included::No, Some(witness)) => Some(format!("no, and {} shows nothing", witness.value)),
        (Included::No, None) => Some("no, without a document".to_owned()),
        (Included::Unknown, _) => side
            .reason
            .is_none()
            .then(|| "unknown, without a reason".to_owned()),
    }
}

fn contradictions(
    [old, new]: &[Value; 2],
    answer: &Difference,
    documents: &[Value],
) -> Option<String> {
    let backward = contradiction(old, new, &answer.old_in_new, documents);
    let forward = || contradiction(new, old, &answer.new_in_old, documents);
    backward
        .map(|it| format!("old in new: {it}"))
        .or_else(|| Some(format!("new in old: {}", forward()?)))
}

#[derive(Default)]
struct Tally {
    yes: usize,
    no: usize,
    unknown: usize,
    faulty: usize,
    wrong: Vec<String>,
}

impl Tally {
    fn of(seed: u64) -> Self {
        let mut random = Random::new(seed);
        let old = generate::schema(&mut random);
        let new = generate::edited(&mut random, &old);
        let documents = generate::documents(&mut random, &old, &new);
        let mut tally = Self::default();
        let pair = [old, new];
        let Ok(answered) = answer(&pair[0], &pair[1]) else {
            tally.faulty = 1;
            return tally;
        };
        for side in [&answered.old_in_new, &answered.new_in_old] {
            match side.included {
                Included::Yes => tally.yes += 1,
                Included::No => tally.no += 1,
                Included::Unknown => tally.unknown += 1,
            }
        }
        if contradictions(&pair, &answered, &documents).is_some() {
            let wrong = |[old, new]: &[Value; 2]| {
                let pair = [old.clone(), new.clone()];
                contradictions(&pair, &answer(old, new).ok()?, &documents)
            };
            let [old, new] = &shrink::smallest(pair, &|pair| wrong(pair).is_some());
            let why = wrong(&[old.clone(), new.clone()]).unwrap_or_default();
            tally
                .wrong
                .push(format!("seed {seed}\n  old {old}\n  new {new}\n  {why}"));
        }
        tally
    }

    fn and(mut self, other: Self) -> Self {
        self.yes += other.yes;
        self.no += other.no;
        self.unknown += other.unknown;
        self.faulty += other.faulty;
        self.wrong.extend(other.wrong);
        self
    }
}

#[test]
fn no_answer_is_contradicted() {
    let first = setting("CONTRACTS_AGREEMENT_SEED").unwrap_or(1);
    let pairs = setting("CONTRACTS_AGREEMENT_PAIRS").unwrap_or(PAIRS);
    let seeds = (first..first + pairs).into_par_iter();
    let tally = seeds.map(Tally::of).reduce(Tally::default, Tally::and);
    let Tally {
        yes,
        no,
        unknown,
        faulty,
        wrong,
    } = tally;
    println!("{pairs} pairs: {yes} yes, {no} no, {unknown} unknown; {faulty} pairs with faults");
    assert!(
        wrong.is_empty(),
        "{} contradictions\n{}",
        wrong.len(),
        wrong.join("\n")
    );
}
