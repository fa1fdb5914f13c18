//! Which policies decide: two versions and their judgement in; the settings whose other value would give
//! another verdict out.

use serde_json::Value;

use super::effect::Direction;
use super::judge::{Judgement, Outcome, Prepared, glanced};
use super::side::Side;

/// The settings that decide, as contracts.toml writes them. Only answers count: what is unproven either
/// way is decided by nothing.
pub(super) fn decisive(
    old: &Prepared<'_>,
    new: &Prepared<'_>,
    judgement: &Judgement,
) -> Vec<&'static str> {
    if old.bundle == new.bundle {
        return Vec::new();
    }
    let policy = new.policy;
    let turned = policy.settings().into_iter().zip(policy.turned());
    turned
        .filter(|(_, other)| {
            let turned = [old, new].map(|it| Prepared::new(it.schemas, it.root, *other));
            let [before, after] = &turned;
            Direction::ALL.into_iter().any(|direction| {
                let (from, to, writer, reader) = match direction {
                    Direction::Backward => (old, new, before, after),
                    Direction::Forward => (new, old, after, before),
                };
                if alike(&from.writer, &writer.writer) && alike(&to.reader, &reader.reader) {
                    return false;
                }
                matches!(
                    (judgement.outcome(direction), glanced(writer, reader)),
                    (Outcome::Kept, Outcome::Refused(_)) | (Outcome::Refused(_), Outcome::Kept)
                )
            })
        })
        .map(|(setting, _)| setting)
        .collect()
}

/// Whether two sides accept the same documents because they say the same.
fn alike(one: &Side, other: &Side) -> bool {
    one.value == other.value
        && (one.formats() == other.formats() || !mentions(&one.value, "format"))
}

fn mentions(value: &Value, keyword: &str) -> bool {
    match value {
        Value::Object(map) => {
            map.contains_key(keyword) || map.values().any(|value| mentions(value, keyword))
        }
        Value::Array(list) => list.iter().any(|value| mentions(value, keyword)),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => false,
    }
}
