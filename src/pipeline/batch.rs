//! Questions of `contracts diff --jsonl`: a line of JSON in, a line of JSON out, and no line stops another.

use std::panic::AssertUnwindSafe;
use std::time::Instant;

use serde::Serialize;
use serde_json::Value;

use super::diff::{self, Difference, Included, Witness};
use crate::compat::Bump;
use crate::config::Policy;
use crate::schema::Draft;
use crate::source::{self, Fault, Source};

/// An answer as programs read it.
#[derive(Serialize)]
struct Answer {
    id: Value,
    old_in_new: Included,
    new_in_old: Included,
    /// Old accepts it, new refuses it.
    #[serde(skip_serializing_if = "Option::is_none")]
    witness: Option<Witness>,
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<String>,
    /// New accepts it, old refuses it.
    #[serde(skip_serializing_if = "Option::is_none")]
    new_in_old_witness: Option<Witness>,
    #[serde(skip_serializing_if = "Option::is_none")]
    new_in_old_reason: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    bump: Option<Bump>,
    micros: u64,
}

#[derive(Serialize)]
struct Refusal {
    id: Value,
    error: String,
}

struct Question {
    id: Value,
    old: Value,
    new: Value,
    draft: Option<Draft>,
}

/// Answers one line `{id, old, new, draft?}`, without the line's end. A line that cannot be answered gives
/// `{id, error}`; `id` is null where the line has none. What a faulty schema holds is unknown.
pub fn answer(line: &str, policy: Policy) -> String {
    let begin = Instant::now();
    let mut id = Value::Null;
    let answered = question(line, &mut id).and_then(|question| {
        let Question {
            id,
            old,
            new,
            draft,
        } = question;
        // The validator and the algebra are not ours: a fault of theirs is this line's alone.
        let judged =
            std::panic::catch_unwind(AssertUnwindSafe(|| diff::values(old, new, draft, policy)));
        let judged = judged.map_err(|_| "the comparison failed: this is a bug".to_owned())?;
        let micros = u64::try_from(begin.elapsed().as_micros()).unwrap_or(u64::MAX);
        Ok(match judged {
            Ok(difference) => said(id, difference, micros),
            Err(fault) => unknown(id, fault, micros),
        })
    });
    let text = match answered {
        Ok(answer) => serde_json::to_string(&answer),
        Err(error) => serde_json::to_string(&Refusal { id, error }),
    };
    text.expect("an answer is a JSON value")
}

fn said(id: Value, difference: Difference, micros: u64) -> Answer {
    let Difference {
        old_in_new,
        new_in_old,
        bump,
        ..
    } = difference;
    Answer {
        id,
        old_in_new: old_in_new.included,
        new_in_old: new_in_old.included,
        witness: old_in_new.witness,
        reason: old_in_new.reason,
        new_in_old_witness: new_in_old.witness,
        new_in_old_reason: new_in_old.reason,
        bump: Some(bump),
        micros,
    }
}

/// A schema with a fault says nothing that could be compared.
fn unknown(id: Value, fault: String, micros: u64) -> Answer {
    Answer {
        id,
        old_in_new: Included::Unknown,
        new_in_old: Included::Unknown,
        witness: None,
        reason: Some(fault.clone()),
        new_in_old_witness: None,
        new_in_old_reason: Some(fault),
        bump: None,
        micros,
    }
}

fn question(line: &str, known: &mut Value) -> Result<Question, String> {
    let (value, faults) = source::parse(&Source::new("line.json", line));
    let Some(Value::Object(mut map)) = value else {
        let fault = faults.into_iter().find_map(|fault| match fault {
            Fault::Syntax { message, .. } => Some(message),
            Fault::TooDeep { .. } => Some("too many levels".to_owned()),
            Fault::RepeatedKey { .. } => None,
        });
        return Err(fault.unwrap_or_else(|| "the line is no object".to_owned()));
    };
    let mut take = |name: &str| map.shift_remove(name);
    let id = take("id").unwrap_or_default();
    known.clone_from(&id);
    let (old, new, draft) = (take("old"), take("new"), take("draft"));
    let draft = match draft {
        None | Some(Value::Null) => None,
        Some(draft) => {
            Some(serde_json::from_value(draft).map_err(|error| format!("`draft`: {error}"))?)
        }
    };
    Ok(Question {
        id,
        old: old.ok_or("there is no `old`")?,
        new: new.ok_or("there is no `new`")?,
        draft,
    })
}
