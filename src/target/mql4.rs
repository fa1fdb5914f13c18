//! What templates of MQL4 may do with a value: write it as a literal or in a remark, lay an automaton out as
//! the runtime reads it, take a declaration's members with the lines that its class has for each.

mod lines;
mod member;
mod methods;
mod wrong;

use minijinja::{Environment, Error, ErrorKind, Value};

use super::filters::mql4 as quoted;
use member::Held;

/// Adds to a text, which never fails.
macro_rules! put {
    ($out:expr, $($text:tt)*) => {
        let _ = write!($out, $($text)*);
    };
}

use put;

/// Columns of a remark in a box.
const BOX: usize = 66;
/// UTF-16 units of a literal on one line.
const LINE: usize = 400;

/// Gives an environment the filters.
pub(super) fn install(environment: &mut Environment<'static>) {
    environment.add_filter("mql4_integer", integer);
    environment.add_filter("mql4_double", double);
    environment.add_filter("mql4_count", count);
    environment.add_filter("mql4_ranges", |automaton: &Value| {
        units(&ranges(automaton)?)
    });
    environment.add_filter("mql4_table", |automaton: &Value| units(&table(automaton)?));
    environment.add_filter("mql4_members", |declaration: &Value, checks: &str| {
        member::members(declaration, checks)
    });
    environment.add_filter("mql4_held", |type_: &Value, expression: &str| {
        Held::of(type_, expression).map(Value::from_object)
    });
    environment.add_filter("one_line", one_line);
    environment.add_filter("json_step", json_step);
    environment.add_filter("ascii", ascii);
    environment.add_filter("boxed", boxed);
    environment.add_filter("remark", |text: &str, width: usize| {
        super::filters::wrap(&ascii(text), width)
    });
    environment.add_filter("pad", |text: &str, width: usize| {
        let width = width.max(text.chars().count() + 1);
        format!("{text:<width$}")
    });
    environment.add_filter("rjust", |text: &str, width: usize| {
        format!("{text:>width$}")
    });
}

/// A whole number as an expression; the ends of the widths have names, and literals stop below them.
fn integer(text: &str) -> Result<String, Error> {
    let wrong = || Error::new(ErrorKind::InvalidOperation, "not a whole number of 64 bits");
    if let Ok(value) = text.parse::<i64>() {
        return Ok(match value {
            i64::MIN => "LONG_MIN".to_owned(),
            i64::MAX => "LONG_MAX".to_owned(),
            _ => value.to_string(),
        });
    }
    let below = u64::MAX - text.parse::<u64>().map_err(|_| wrong())?;
    Ok(match i64::try_from(below) {
        Ok(0) => "ULONG_MAX".to_owned(),
        Ok(below) if below < i64::MAX => format!("ULONG_MAX-(ulong){below}"),
        _ => "(ulong)LONG_MAX+1".to_owned(),
    })
}

/// A number as an expression of type double: a literal that any compiler reads alike, or an exact product.
fn double(text: &str) -> Result<String, Error> {
    let value: f64 = text
        .parse()
        .map_err(|_| Error::new(ErrorKind::InvalidOperation, "not a number"))?;
    if !value.is_finite() {
        let sign = if value < 0.0 { "-" } else { "" };
        return Ok(format!("{sign}ContractsScale(9007199254740991,971)"));
    }
    let shortest = format!("{value:e}");
    let (digits, exponent) = shortest.split_once('e').unwrap_or((&shortest, "0"));
    let length = digits.chars().filter(char::is_ascii_digit).count();
    let exponent: i32 = exponent.parse().unwrap_or_default();
    if length <= 15 && (-5..15).contains(&exponent) {
        let plain = format!("{value}");
        let point = if plain.contains('.') { "" } else { ".0" };
        return Ok(format!("{plain}{point}"));
    }
    if length <= 15 && (-300..300).contains(&exponent) {
        return Ok(shortest);
    }
    let bits = value.abs().to_bits();
    let (fraction, power) = (bits & ((1 << 52) - 1), bits >> 52);
    let mantissa = if power == 0 {
        fraction
    } else {
        fraction | 1 << 52
    };
    let power = i64::try_from(power.max(1)).unwrap_or_default() - 1075;
    let shift = mantissa.trailing_zeros();
    let sign = if value < 0.0 { "-" } else { "" };
    Ok(format!(
        "{sign}ContractsScale({},{})",
        mantissa >> shift,
        power + i64::from(shift)
    ))
}

/// A bound of a count, which no array or text exceeds.
fn count(text: &str) -> String {
    match text.parse::<i32>() {
        Ok(i32::MAX) | Err(_) => "INT_MAX".to_owned(),
        Ok(value) => value.to_string(),
    }
}

/// Numbers as a string of the runtime's tables: each a unit, 35 above it.
fn units(numbers: &[usize]) -> Result<String, Error> {
    let mut pieces = Vec::new();
    for piece in numbers.chunks(LINE) {
        let text = piece.iter().map(|number| {
            let unit = u32::try_from(number + 35).ok();
            let character = unit.and_then(char::from_u32);
            character.ok_or_else(|| {
                Error::new(
                    ErrorKind::InvalidOperation,
                    "an automaton with too many states",
                )
            })
        });
        pieces.push(quoted(&text.collect::<Result<String, Error>>()?));
    }
    Ok(pieces.join("\n                +"))
}

fn ranges(automaton: &Value) -> Result<Vec<usize>, Error> {
    let mut numbers = Vec::new();
    for run in automaton.get_attr("classes")?.try_iter()? {
        let first = usize::try_from(run.get_attr("first")?)?;
        numbers.extend([
            first / 1024,
            first % 1024,
            usize::try_from(run.get_attr("class")?)?,
        ]);
    }
    Ok(numbers)
}

fn table(automaton: &Value) -> Result<Vec<usize>, Error> {
    let mut numbers = Vec::new();
    for state in automaton.get_attr("states")?.try_iter()? {
        numbers.push(usize::from(state.get_attr("accepting")?.is_true()));
        for next in state.get_attr("next")?.try_iter()? {
            numbers.push(usize::try_from(next)?);
        }
    }
    Ok(numbers)
}

/// A text without line ends and other control characters.
fn one_line(text: &str) -> String {
    text.chars()
        .map(|it| if it.is_control() { ' ' } else { it })
        .collect()
}

/// The step of a path to a property: `.name`, or `["odd name"]`.
fn json_step(name: &str) -> String {
    let plain = name
        .chars()
        .all(|it| it.is_ascii_alphanumeric() || it == '_')
        && !name.starts_with(|first: char| first.is_ascii_digit());
    if plain && !name.is_empty() {
        format!(".{name}")
    } else {
        format!("[{}]", serde_json::Value::String(name.to_owned()))
    }
}

/// A remark in MetaTrader's frame, `indent` spaces more than one from its left side.
fn boxed(text: &str, indent: usize) -> String {
    let width = BOX - 2 - indent;
    let mut lines = Vec::new();
    for line in super::filters::wrap(&ascii(text), width) {
        let mut rest = line.as_str();
        while let Some((piece, behind)) =
            rest.split_at_checked(width).filter(|_| rest.len() > width)
        {
            lines.push(piece.to_owned());
            rest = behind;
        }
        lines.push(rest.to_owned());
    }
    let framed = lines
        .iter()
        .map(|line| format!("//|{:indent$} {line:<width$} |", ""));
    framed.collect::<Vec<_>>().join("\n")
}

/// A text for a remark: in ASCII, and no line of it goes on in the next one.
fn ascii(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '\n' | ' '..='~' => out.push(character),
            '\u{2010}'..='\u{2015}' => out.push('-'),
            '\u{2018}' | '\u{2019}' => out.push('\''),
            '\u{201c}' | '\u{201d}' => out.push('"'),
            '\u{2026}' => out.push_str("..."),
            _ if character.is_whitespace() => out.push(' '),
            _ => out.push('?'),
        }
    }
    out.replace('\\', "/")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_exact_literals() {
        assert_eq!(integer("-9223372036854775808").unwrap(), "LONG_MIN");
        assert_eq!(
            integer("18446744073709551614").unwrap(),
            "ULONG_MAX-(ulong)1"
        );
        assert_eq!(integer("9223372036854775808").unwrap(), "(ulong)LONG_MAX+1");
        assert_eq!(double("0.5").unwrap(), "0.5");
        assert_eq!(double("1000").unwrap(), "1000.0");
        assert_eq!(
            double("1e300").unwrap(),
            "ContractsScale(1681218273811815,946)"
        );
        assert_eq!(
            double("0.1234567890123456789").unwrap(),
            "ContractsScale(8895999183877727,-56)"
        );
        assert_eq!(
            double("-1e999").unwrap(),
            "-ContractsScale(9007199254740991,971)"
        );
    }

    #[test]
    fn remarks_are_framed() {
        assert_eq!(boxed("a – b", 1).len(), 70);
        assert_eq!(json_step("a b"), "[\"a b\"]");
    }
}
