//! What outlives a crash: runs killed at random points and resumed; journals cut off and changed.

#![cfg(unix)]
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::disallowed_methods,
    clippy::format_push_string,
    clippy::needless_pass_by_value,
    clippy::print_stdout,
    unreachable_pub,
    reason = "a test may fail, and its fixtures are files"
)]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use contracts::workflow::journal::{Journal, JournalError, Record};
use contracts::workflow::outcome::{Ended, Outcome};

fn contracts(folder: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_contracts"));
    command
        .args(arguments)
        .current_dir(folder)
        .env_remove("GITHUB_ACTIONS")
        .stdout(Stdio::null())
        .stderr(Stdio::null());
    command
}

fn project(workflow: &str) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let workflows = folder.path().join("contracts/workflows");
    fs::create_dir_all(&workflows).unwrap();
    fs::write(folder.path().join("contracts/contracts.toml"), "").unwrap();
    fs::write(workflows.join("it.yaml"), workflow).unwrap();
    folder
}

/// 200 steps in layers, each with an effect that is idempotent by the step's key: a file named by it.
fn large() -> String {
    let mut text = "phases:\n  - name: all\n    steps:\n".to_owned();
    for step in 0..200 {
        let needs = if step < 10 {
            String::new()
        } else {
            format!(", needs: [s{}, s{}]", step - 10, (step * 7) % (step - 9))
        };
        text.push_str(&format!(
            "      - {{id: s{step}, shell: 'sleep 0.06; mkdir -p \"effects/s{step}-$CONTRACTS_STEP_KEY\"', timeout: 60s{needs}}}\n"
        ));
    }
    text
}

fn journal_of(folder: &Path) -> Option<PathBuf> {
    let runs = fs::read_dir(folder.join("target/contracts/runs")).ok()?;
    let mut runs: Vec<PathBuf> = runs.map(|it| it.unwrap().path().join("journal")).collect();
    runs.retain(|it| it.exists());
    assert!(runs.len() <= 1, "a resumed run is the same run");
    runs.pop()
}

/// Steps that the journal says have ended.
fn finished(journal: &Path) -> Vec<String> {
    let read = Journal::read(journal).unwrap();
    let records = read.records.into_iter();
    records
        .filter_map(|record| match record {
            Record::Finished { step, outcome } if outcome.ended == Ended::Success => Some(step),
            Record::Begun { .. }
            | Record::Resumed { .. }
            | Record::Started { .. }
            | Record::Retrying { .. }
            | Record::Finished { .. }
            | Record::Cancelled { .. }
            | Record::Ended { .. } => None,
        })
        .collect()
}

/// The steps that had an effect, once for each key they had it under.
fn effects(path: &Path) -> Vec<String> {
    let entries = fs::read_dir(path.join("effects")).unwrap();
    let names = entries.map(|it| it.unwrap().file_name().into_string().unwrap());
    let mut steps: Vec<String> = names
        .map(|name| name.split_once('-').unwrap().0.to_owned())
        .collect();
    steps.sort();
    steps
}

#[test]
fn a_run_killed_fifty_times_does_everything_once() {
    let folder = project(&large());
    let path = folder.path();
    fs::create_dir(path.join("effects")).unwrap();
    let mut random = 0x9e37_79b9_7f4a_7c15_u64;
    let mut kills = 0;
    let mut arguments = vec!["run", "it", "--jobs", "4"];
    while kills < 50 {
        let mut child = contracts(path, &arguments).spawn().unwrap();
        random ^= random << 13;
        random ^= random >> 7;
        random ^= random << 17;
        std::thread::sleep(Duration::from_millis(5 + random % 100));
        if child.try_wait().unwrap().is_some() {
            break;
        }
        child.kill().unwrap();
        child.wait().unwrap();
        kills += 1;
        let Some(journal) = journal_of(path) else {
            continue;
        };
        // What the journal says has ended has had its effect.
        let effects = effects(path);
        for step in finished(&journal) {
            assert!(effects.contains(&step), "the journal says {step} ended");
        }
        arguments = vec!["run", "--resume", "--jobs", "4"];
    }
    let status = contracts(path, &arguments).status().unwrap();
    // The last kill may have come after the end of all.
    assert!(matches!(status.code(), Some(0 | 2)), "{status}");
    assert_eq!(kills, 50);
    // A step that was begun twice had the same key twice.
    let mut all: Vec<String> = (0..200).map(|step| format!("s{step}")).collect();
    all.sort();
    assert_eq!(effects(path), all);
    let ended = finished(&journal_of(path).unwrap());
    let mut unique = ended.clone();
    unique.sort();
    unique.dedup();
    assert_eq!(
        (ended.len(), unique.len()),
        (200, 200),
        "nothing that finished ran again"
    );
}

/// A journal with a step's records of every kind.
fn sample(path: &Path) -> Vec<u8> {
    let mut journal = Journal::create(path).unwrap();
    let mut records = vec![Record::Begun {
        run: "r".to_owned(),
        workflow: "w".to_owned(),
        plan: "p".to_owned(),
        tool: "t".to_owned(),
        at: 1,
    }];
    for step in 0..6 {
        let step = format!("step-{step}");
        records.push(Record::Started {
            step: step.clone(),
            attempt: 1,
            at: 2,
        });
        let outputs = [
            ("text".to_owned(), "ü\n\"".into()),
            ("n".to_owned(), 12.into()),
        ];
        let outcome = Outcome::success(outputs.into_iter().collect());
        records.push(Record::Finished { step, outcome });
    }
    journal.write(&records).unwrap();
    journal.sync().unwrap();
    drop(journal);
    fs::read(path).unwrap()
}

#[test]
fn journals_cut_off_or_changed_are_recovered_or_refused() {
    let folder = tempfile::tempdir().unwrap();
    let whole_path = folder.path().join("whole");
    let whole = sample(&whole_path);
    let records = Journal::read(&whole_path).unwrap().records;
    let path = folder.path().join("journal");
    let mut random = 0x2545_f491_4f6c_dd1d_u64;
    let mut next = |below: usize| {
        random ^= random << 13;
        random ^= random >> 7;
        random ^= random << 17;
        usize::try_from(random % below as u64).unwrap()
    };
    let (mut recovered, mut refused) = (0, 0);
    for round in 0..1_000 {
        let mut bytes = whole.clone();
        match round % 4 {
            0 => bytes.truncate(next(whole.len())),
            1 => {
                let at = next(bytes.len());
                bytes[at] ^= 1 << next(8);
            }
            2 => {
                // A line taken out, or two exchanged.
                let mut lines: Vec<Vec<u8>> = bytes
                    .split_inclusive(|it| *it == b'\n')
                    .map(<[u8]>::to_vec)
                    .collect();
                let (one, other) = (next(lines.len()), next(lines.len()));
                if one == other {
                    lines.remove(one);
                } else {
                    lines.swap(one, other);
                }
                bytes = lines.concat();
            }
            _ => {
                // Zeros where the disk did not get to write.
                let from = next(bytes.len());
                bytes[from..].fill(0);
            }
        }
        fs::write(&path, &bytes).unwrap();
        match Journal::reopen(&path) {
            Ok((mut journal, read)) => {
                recovered += 1;
                assert_eq!(
                    read.records,
                    records[..read.records.len()],
                    "a true beginning"
                );
                journal.write(&[Record::Resumed { at: 9 }]).unwrap();
                drop(journal);
                let again = Journal::read(&path).unwrap();
                assert_eq!(again.records.len(), read.records.len() + 1);
            }
            Err(JournalError::Damaged { record, .. }) => {
                refused += 1;
                assert!(record <= records.len());
            }
            Err(other) => panic!("{other}"),
        }
    }
    println!("{recovered} recovered, {refused} refused");
    assert!(recovered > 300 && refused > 300);
}

fn wait(child: &mut Child) -> i32 {
    let begin = Instant::now();
    loop {
        if let Some(status) = child.try_wait().unwrap() {
            return status.code().unwrap_or(-1);
        }
        assert!(begin.elapsed() < Duration::from_secs(30), "it does not end");
        std::thread::sleep(Duration::from_millis(10));
    }
}

fn until(path: &Path) {
    let begin = Instant::now();
    while !path.exists() {
        assert!(
            begin.elapsed() < Duration::from_secs(30),
            "{}",
            path.display()
        );
        std::thread::sleep(Duration::from_millis(10));
    }
}

fn signal(child: &Child, name: &str) {
    let id = child.id().to_string();
    let done = Command::new("kill").args([name, &id]).status().unwrap();
    assert!(done.success());
}

const CANCELLED: &str = "
phases:
  - name: all
    steps:
      - {id: gentle, shell: 'trap \"touch ended; exit 1\" TERM; touch began; while :; do sleep 0.05; done', timeout: 60s}
      - {id: stubborn, shell: 'trap \"\" TERM; touch stubborn; while :; do sleep 0.05; done', timeout: 60s}
      - {id: next, needs: [gentle], shell: touch next, timeout: 60s}
      - {id: tidy, needs: [gentle], if: cancelled(), shell: touch tidied, timeout: 60s}
";

#[test]
fn a_cancelled_run_ends_its_programs_and_can_go_on() {
    for name in ["-INT", "-TERM"] {
        let folder = project(CANCELLED);
        let path = folder.path();
        let mut child = contracts(path, &["run", "it", "--jobs", "4", "--grace", "300ms"])
            .spawn()
            .unwrap();
        until(&path.join("began"));
        until(&path.join("stubborn"));
        signal(&child, name);
        assert_eq!(wait(&mut child), 2);
        assert!(path.join("ended").exists(), "asked to end first");
        assert!(path.join("tidied").exists(), "`cancelled()` runs");
        assert!(!path.join("next").exists());
        let read = Journal::read(&journal_of(path).unwrap()).unwrap();
        let ended = |record: &Record| {
            matches!(
                record,
                Record::Ended {
                    ended: Ended::Cancelled,
                    ..
                }
            )
        };
        assert!(read.records.iter().any(ended));
    }
}

#[test]
fn what_a_killed_run_left_running_is_ended_before_it_goes_on() {
    let folder = project(
        "
phases:
  - name: all
    steps:
      - {id: long, shell: 'if [ -e began ]; then exit 0; fi; touch began; sleep 2; touch orphan', timeout: 60s}
",
    );
    let path = folder.path();
    let mut child = contracts(path, &["run", "it"]).spawn().unwrap();
    until(&path.join("began"));
    child.kill().unwrap();
    child.wait().unwrap();
    let status = contracts(path, &["run", "--resume"]).status().unwrap();
    assert!(status.success());
    if cfg!(target_os = "linux") {
        std::thread::sleep(Duration::from_millis(2_500));
        assert!(!path.join("orphan").exists(), "the orphan was ended");
    }
}

#[test]
fn two_processes_do_not_go_on_with_one_run() {
    let folder = project(
        "
phases:
  - name: all
    steps:
      - {id: long, shell: 'touch began; sleep 3', timeout: 60s}
",
    );
    let path = folder.path();
    let mut child = contracts(path, &["run", "it"]).spawn().unwrap();
    until(&path.join("began"));
    let run = journal_of(path).unwrap();
    let run = run.parent().unwrap().file_name().unwrap().to_str().unwrap();
    let second = contracts(path, &["run", "--resume", run])
        .stderr(Stdio::piped())
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&second.stderr).into_owned();
    assert_eq!(second.status.code(), Some(2));
    assert!(said.contains("still going on in another process"), "{said}");
    assert_eq!(wait(&mut child), 0);
}
