//! Literals in the text, each with the limits MQL4 and the subset put on it.

use super::fault::Position;
use super::lexer::{Lexeme, Lexer};

/// Digits a `double` literal surely keeps.
const DIGIT_LIMIT: usize = 15;

impl<'a> Lexer<'a, '_> {
    /// An integer or a double.
    pub(super) fn number(&mut self, at: Position) -> Option<Lexeme<'a>> {
        let start = self.offset;
        if self.rest().starts_with("0x") || self.rest().starts_with("0X") {
            self.offset += 2;
            let digits = self.take_while(|c| c.is_ascii_hexdigit());
            self.suffix(at);
            if u64::from_str_radix(digits, 16).is_ok_and(|value| value > 0x7FFF_FFFF) {
                let message = format!("`0x{digits}` does not fit an int");
                self.faults
                    .add("hex-mask", at, message, "cast to `uint` instead of masking");
            } else if digits.is_empty() {
                self.faults.add(
                    "integer-literal",
                    at,
                    "`0x` has no digits",
                    "write the digits",
                );
            }
            return self.text.get(start..self.offset).map(Lexeme::Integer);
        }
        let whole = self.take_while(|c| c.is_ascii_digit());
        let mut real = false;
        if self.rest().starts_with('.') {
            real = true;
            self.offset += 1;
            if self.take_while(|c| c.is_ascii_digit()).is_empty() {
                let help = "write at least one digit after the point";
                self.faults
                    .add("double-literal", at, "this number ends in a point", help);
            }
        }
        if matches!(self.peek(), Some('e' | 'E')) {
            real = true;
            self.offset += 1;
            if matches!(self.peek(), Some('+' | '-')) {
                self.offset += 1;
            }
            if self.take_while(|c| c.is_ascii_digit()).is_empty() {
                let help = "write the exponent";
                self.faults
                    .add("double-literal", at, "this exponent has no digits", help);
            }
        }
        let text = self.text.get(start..self.offset)?;
        self.suffix(at);
        if real {
            self.real(text, at);
            return Some(Lexeme::Real(text));
        }
        if whole.parse::<i64>().is_ok_and(|value| value != i64::MAX) {
            if whole.len() > 1 && whole.starts_with('0') {
                let message = format!("`{whole}` starts with a zero");
                self.faults
                    .add("integer-literal", at, message, "remove the leading zeros");
            }
        } else {
            let message = format!("`{whole}` is not below LONG_MAX");
            self.faults.add(
                "integer-literal",
                at,
                message,
                "write `LONG_MAX` or compute it",
            );
        }
        Some(Lexeme::Integer(text))
    }

    fn real(&mut self, text: &str, at: Position) {
        let mantissa = text.split(['e', 'E']).next().unwrap_or("");
        let digits: String = mantissa.chars().filter(char::is_ascii_digit).collect();
        let digits = digits.trim_matches('0').len();
        if digits > DIGIT_LIMIT {
            let help = "write an exact mantissa times a power of two";
            let message = format!("`{text}` has {digits} significant digits");
            self.faults.add("double-literal", at, message, help);
        }
        if text.parse::<f64>().is_ok_and(f64::is_infinite) {
            let message = format!("`{text}` is not finite");
            self.faults
                .add("double-literal", at, message, "write a smaller number");
        }
    }

    /// A letter straight after a number.
    fn suffix(&mut self, at: Position) {
        let suffix = self.take_while(|c| c.is_ascii_alphanumeric() || c == '_');
        if !suffix.is_empty() {
            let message = format!("`{suffix}` is attached to a number");
            self.faults
                .add("literal-suffix", at, message, "cast the number instead");
        }
    }

    /// A string or a character literal; each must end on its line.
    pub(super) fn quoted(&mut self, quote: char, at: Position) -> Option<Lexeme<'a>> {
        self.bump(quote);
        let start = self.offset;
        let mut units = 0;
        let mut unit = 0;
        loop {
            let Some(c) = self.peek().filter(|c| !matches!(c, '\n' | '\r')) else {
                self.faults.add(
                    "unterminated-string",
                    at,
                    "this literal never ends",
                    "close it",
                );
                self.lost = true;
                return self.text.get(start..self.offset).map(Lexeme::Text);
            };
            if c == quote {
                break;
            }
            self.plain(c);
            units += 1;
            unit = u16::try_from(u32::from(c)).unwrap_or(0);
            if c == '\\' {
                unit = self.escape();
            } else {
                self.bump(c);
            }
        }
        let inside = self.text.get(start..self.offset)?;
        self.bump(quote);
        if quote == '"' {
            return Some(Lexeme::Text(inside));
        }
        if units != 1 {
            let help = "write exactly one character, or its number";
            self.faults.add(
                "character-literal",
                at,
                format!("'{inside}' is not one unit"),
                help,
            );
        }
        Some(Lexeme::Character(unit))
    }

    /// Takes one escape and returns the UTF-16 unit it stands for.
    fn escape(&mut self) -> u16 {
        let at = self.here();
        self.bump('\\');
        let c = self.peek().unwrap_or('\n');
        let plain = match c {
            'n' => Some(10),
            'r' => Some(13),
            't' => Some(9),
            '\\' | '"' | '\'' => u16::try_from(u32::from(c)).ok(),
            _ => None,
        };
        if let Some(unit) = plain {
            self.bump(c);
            return unit;
        }
        let digits = if c == 'x' {
            self.rest().get(1..5).unwrap_or("")
        } else {
            ""
        };
        if digits.len() == 4 && digits.chars().all(|c| c.is_ascii_hexdigit()) {
            self.offset += 5;
            let unit = u16::from_str_radix(digits, 16).unwrap_or(0);
            if unit == 0 {
                let help = "an MQL4 string ends at U+0000";
                self.faults
                    .add("bad-escape", at, "`\\x0000` cannot be held", help);
            }
            return unit;
        }
        let help = "use \\n \\r \\t \\\\ \\\" \\' or \\x with exactly four digits";
        self.faults.add(
            "bad-escape",
            at,
            format!("`\\{c}` is outside the subset"),
            help,
        );
        if !matches!(c, '\n' | '\r') {
            self.bump(c);
        }
        0
    }
}
