//! Two JSON values, the document and what a program wrote for it: how well the round trip went.
//!
//! Two numbers are equal if they are the same decimal, or if both are read as the same double and
//! what was sent is no whole number of at most 64 bits: those must come back exact. Order of properties
//! does not count.

use std::collections::BTreeMap;

use serde_json::{Number, Value};

use super::instant::instant;
use crate::number::Decimal;
use crate::pointer::Pointer;
use crate::target::ForeignPlace;

/// What came back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Compared {
    /// The same value, whole numbers and fractions spelled as they were.
    Exact,
    /// The same value, but `1.0` became `1` or the like.
    Equal,
    /// The same value, but for what types that are not generated spell anew; the first of it.
    Respelled(Difference),
    /// Another value.
    Different(Difference),
}

/// Where types that are not generated read in a document.
pub type Places = BTreeMap<Pointer, ForeignPlace>;

/// The first place where two values differ.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    /// Where.
    pub at: Pointer,
    /// What was sent; `None` where there was nothing.
    pub sent: Option<Value>,
    /// What came back; `None` where there was nothing.
    pub back: Option<Value>,
}

/// Compares what was sent with what came back; types that are not generated read at `places`.
pub fn compare(sent: &Value, back: &Value, places: &Places) -> Compared {
    let mut seen = Seen {
        places,
        exact: true,
        respelled: None,
    };
    match difference(sent, back, &Pointer::root(), &mut seen) {
        Some(difference) => Compared::Different(difference),
        None => match seen.respelled {
            Some(first) => Compared::Respelled(first),
            None if seen.exact => Compared::Exact,
            None => Compared::Equal,
        },
    }
}

/// What was seen on the way to a difference.
struct Seen<'a> {
    places: &'a Places,
    exact: bool,
    respelled: Option<Difference>,
}

impl Seen<'_> {
    /// Whether what came back says the same in the words of the type that reads there.
    fn is_respelled(&self, sent: &Value, back: &Value, at: &Pointer) -> bool {
        let when = |value: &Value| instant(value.as_str()?);
        match self.places.get(at) {
            Some(place) if place.is_time => when(sent).is_some() && when(sent) == when(back),
            Some(_) => true,
            None => false,
        }
    }
}

fn difference(sent: &Value, back: &Value, at: &Pointer, seen: &mut Seen<'_>) -> Option<Difference> {
    let differ = |at: Pointer, sent: Option<&Value>, back: Option<&Value>| {
        Some(Difference {
            at,
            sent: sent.cloned(),
            back: back.cloned(),
        })
    };
    if sent != back && seen.is_respelled(sent, back, at) {
        seen.respelled = seen
            .respelled
            .take()
            .or(differ(at.clone(), Some(sent), Some(back)));
        return None;
    }
    match (sent, back) {
        (Value::Object(a), Value::Object(b)) => {
            for (name, sent) in a {
                let at = at.join(name);
                let Some(back) = b.get(name) else {
                    return differ(at, Some(sent), None);
                };
                if let Some(found) = difference(sent, back, &at, seen) {
                    return Some(found);
                }
            }
            let (name, more) = b.iter().find(|(name, _)| !a.contains_key(*name))?;
            differ(at.join(name), None, Some(more))
        }
        (Value::Array(a), Value::Array(b)) => {
            for index in 0..a.len().max(b.len()) {
                let at = at.index(index);
                let (Some(sent), Some(back)) = (a.get(index), b.get(index)) else {
                    return differ(at, a.get(index), b.get(index));
                };
                if let Some(found) = difference(sent, back, &at, seen) {
                    return Some(found);
                }
            }
            None
        }
        (Value::Number(a), Value::Number(b)) if equal(a, b) => {
            seen.exact &= whole(a) == whole(b);
            None
        }
        (sent, back) if sent == back => None,
        (sent, back) => differ(at.clone(), Some(sent), Some(back)),
    }
}

fn equal(sent: &Number, back: &Number) -> bool {
    let (x, y) = (Decimal::of(sent), Decimal::of(back));
    let width = i128::from(i64::MIN)..=i128::from(u64::MAX);
    let whole = x.to_i128().is_some_and(|value| width.contains(&value));
    let double = |number: &Number| number.to_string().parse::<f64>().ok();
    x == y || (!whole && double(sent).is_some_and(f64::is_finite) && double(sent) == double(back))
}

/// Whether it is spelled as a whole number.
fn whole(number: &Number) -> bool {
    !number.to_string().contains(['.', 'e', 'E'])
}

impl std::fmt::Display for Difference {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let at = if self.at.is_root() {
            "the document"
        } else {
            self.at.as_str()
        };
        match (&self.sent, &self.back) {
            (Some(sent), Some(back)) => write!(
                f,
                "`{at}` was {} and came back as {}",
                short(sent),
                short(back)
            ),
            (Some(sent), None) => write!(f, "`{at}` was {} and did not come back", short(sent)),
            (None, Some(back)) => {
                write!(f, "`{at}` was not there and came back as {}", short(back))
            }
            (None, None) => write!(f, "`{at}` differs"),
        }
    }
}

/// A value in at most 80 characters.
fn short(value: &Value) -> String {
    let text = value.to_string();
    if text.chars().count() <= 80 {
        return text;
    }
    text.chars().take(79).chain(['…']).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(sent: &str, back: &str) -> String {
        let read = |text: &str| serde_json::from_str::<Value>(text).unwrap();
        match compare(&read(sent), &read(back), &Places::new()) {
            Compared::Exact => "exact".to_owned(),
            Compared::Equal => "equal".to_owned(),
            Compared::Respelled(difference) => format!("respelled: {difference}"),
            Compared::Different(difference) => difference.to_string(),
        }
    }

    #[test]
    fn spelling_of_numbers_parts_exact_from_equal() {
        assert_eq!(said("[1,2.50]", "[1,2.5]"), "exact");
        assert_eq!(said("[1.0]", "[1]"), "equal");
        assert_eq!(said("[5e2]", "[500]"), "equal");
    }

    #[test]
    fn whole_numbers_of_64_bits_are_never_rounded() {
        assert_eq!(
            said("9007199254740993", "9007199254740992"),
            "`the document` was 9007199254740993 and came back as 9007199254740992"
        );
        assert_eq!(said("9007199254740993.0", "9007199254740993"), "equal");
    }

    #[test]
    fn fractions_are_equal_as_doubles() {
        assert_eq!(said("0.1000000000000000055", "0.1"), "exact");
        assert_eq!(
            said("0.1", "0.10000000000000002"),
            "`the document` was 0.1 and came back as 0.10000000000000002"
        );
        assert_eq!(
            said("1e400", "1e401"),
            "`the document` was 1e+400 and came back as 1e+401"
        );
    }

    #[test]
    fn the_first_difference_is_named() {
        assert_eq!(
            said(r#"{"a":null}"#, "{}"),
            "`/a` was null and did not come back"
        );
        assert_eq!(
            said(r#"{"a":[]}"#, r#"{"a":[1]}"#),
            "`/a/0` was not there and came back as 1"
        );
        assert_eq!(said(r#"{"b":1,"a":2}"#, r#"{"a":2,"b":1}"#), "exact");
    }
}
