//! Asks a program many things at once and copes with its end: how many questions in; a reply each out.
//!
//! A program that ends before its last reply is asked again, each half of what is open by itself, until
//! the question it ends at is found.

use serde::Deserialize;
use serde_json::{Value, json};

use super::{Answer, Trouble};

/// After so many ends nothing more is asked.
const MOST_ENDS: usize = 40;

/// A reply to a question.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Reply {
    /// What became of the document.
    Answered(Answer),
    /// There is no module to read it by.
    Broken(String),
}

/// A line that a program prints.
#[derive(Debug, Deserialize)]
struct Line {
    /// Which question; where there is none, the lines are in the questions' order.
    id: Option<usize>,
    /// Whether the reader accepted the document.
    ok: bool,
    /// What the writer wrote.
    text: Option<String>,
    /// The same, as JSON.
    json: Option<Value>,
    /// Why it was refused.
    error: Option<String>,
    /// That there is no module to read by.
    #[serde(default)]
    broken: bool,
}

impl Reply {
    /// The answer it amounts to where modules are known to be there.
    pub(super) fn answer(self) -> Answer {
        match self {
            Self::Answered(answer) => answer,
            Self::Broken(reason) => Answer::Died(reason),
        }
    }
}

impl Line {
    fn reply(self) -> Reply {
        match (self.ok, self.text, self.json) {
            (true, Some(text), _) => Reply::Answered(Answer::Written(text)),
            (true, None, json) => {
                Reply::Answered(Answer::Written(json.unwrap_or_default().to_string()))
            }
            (false, _, _) if self.broken => Reply::Broken(self.error.unwrap_or_default()),
            (false, _, _) => Reply::Answered(Answer::Refused(self.error.unwrap_or_default())),
        }
    }
}

/// What one run of a program printed, and how it ended.
pub(super) struct Run {
    pub(super) output: String,
    pub(super) end: String,
}

/// The replies to questions `0..count`. `ask` runs the program with some of them, by index; its second
/// value says whether this is the first run.
pub(super) fn converse(
    count: usize,
    mut ask: impl FnMut(&[usize], bool) -> Result<Run, Trouble>,
) -> Result<Vec<Reply>, Trouble> {
    let mut replies: Vec<Option<Reply>> = vec![None; count];
    let mut ends = 0;
    let mut open: Vec<Vec<usize>> = vec![(0..count).collect()];
    while let Some(some) = open.pop().filter(|_| ends <= MOST_ENDS) {
        if some.is_empty() {
            continue;
        }
        let run = ask(&some, ends == 0)?;
        // A line that is cut short is no reply.
        let lines = run
            .output
            .lines()
            .filter_map(|line| serde_json::from_str::<Line>(line).ok());
        for (place, line) in lines.enumerate() {
            let question = line.id.or_else(|| some.get(place).copied());
            if let Some(slot) = question.and_then(|question| replies.get_mut(question)) {
                *slot = Some(line.reply());
            }
        }
        let unanswered = |it: &usize| replies.get(*it).is_some_and(Option::is_none);
        let left: Vec<usize> = some.into_iter().filter(unanswered).collect();
        if left.is_empty() {
            continue;
        }
        ends += 1;
        if let [one] = left[..] {
            let died = Reply::Answered(Answer::Died(run.end));
            replies.splice(one..=one, [Some(died)]);
        } else {
            let (first, second) = left.split_at(left.len() / 2);
            open.extend([second.to_vec(), first.to_vec()]);
        }
    }
    let unasked = || {
        Reply::Answered(Answer::Died(
            "not asked: the program ended too often".to_owned(),
        ))
    };
    Ok(replies
        .into_iter()
        .map(|reply| reply.unwrap_or_else(unasked))
        .collect())
}

/// The questions as JSON lines, each with its number.
pub(super) fn lines(open: &[Value], some: &[usize]) -> String {
    let mut out = String::new();
    for id in some {
        let Some(Value::Object(question)) = open.get(*id) else {
            continue;
        };
        let mut question = question.clone();
        question.insert("id".to_owned(), json!(id));
        out.push_str(&Value::Object(question).to_string());
        out.push('\n');
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn printed(some: &[usize], stop_at: usize) -> Run {
        let said = some.iter().take_while(|it| **it != stop_at);
        let line = |it: &usize| format!("{{\"id\":{it},\"ok\":true,\"text\":\"{it}\"}}\n");
        Run {
            output: said.map(line).collect(),
            end: "aborted".to_owned(),
        }
    }

    #[test]
    fn the_question_a_program_ends_at_is_found() {
        let replies = converse(100, |some, _| Ok(printed(some, 61))).unwrap();
        for (index, reply) in replies.into_iter().enumerate() {
            let answer = match index {
                61 => Answer::Died("aborted".to_owned()),
                _ => Answer::Written(index.to_string()),
            };
            assert_eq!(reply, Reply::Answered(answer));
        }
    }

    #[test]
    fn a_program_that_says_nothing_is_not_asked_for_ever() {
        let mut runs = 0;
        let silent = |_: &[usize], _| {
            runs += 1;
            Ok(Run {
                output: "{\"id\":0,\"ok".to_owned(),
                end: "exit code 1".to_owned(),
            })
        };
        let replies = converse(1000, silent).unwrap();
        assert!(
            replies
                .iter()
                .all(|it| matches!(it, Reply::Answered(Answer::Died(_))))
        );
        assert_eq!(runs, MOST_ENDS + 1);
    }
}
