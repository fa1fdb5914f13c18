//! Regular expressions of ECMA-262 in the dialects that generated code runs them in.
//!
//! `\d`, `\w` and `\b` are ASCII, `$` is the end of the text, `.` stops at four line ends, `\s` knows Unicode's
//! spaces: each dialect gets this spelled out. Knows no language beyond its regular expressions.

/// A dialect of regular expressions.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Dialect {
    /// The `regex` crate: linear, without references to groups and without looking around.
    Rust,
    /// The module `re`.
    Python,
}

/// What `\s` is between brackets.
const SPACES: &str =
    r"\t\n\v\f\r \u{a0}\u{1680}\u{2000}-\u{200a}\u{2028}\u{2029}\u{202f}\u{205f}\u{3000}\u{feff}";
const DIGITS: &str = "0-9";
const WORD: &str = "0-9A-Za-z_";

/// The pattern in `dialect`; `None` where it cannot be said there.
pub(super) fn translate(pattern: &str, dialect: Dialect) -> Option<String> {
    let mut translation = Translation {
        rest: pattern.chars().collect::<Vec<_>>(),
        at: 0,
        out: String::new(),
        dialect,
    };
    translation.expression()?;
    let text = translation.out;
    match dialect {
        Dialect::Rust => regex_automata::meta::Regex::new(&text)
            .is_ok()
            .then_some(text),
        Dialect::Python => Some(text),
    }
}

struct Translation {
    rest: Vec<char>,
    at: usize,
    out: String,
    dialect: Dialect,
}

impl Translation {
    fn peek(&self) -> Option<char> {
        self.rest.get(self.at).copied()
    }

    fn next(&mut self) -> Option<char> {
        let next = self.peek()?;
        self.at += 1;
        Some(next)
    }

    fn looking_at(&self, text: &str) -> bool {
        let ahead = self.rest.get(self.at..).unwrap_or_default();
        text.chars()
            .enumerate()
            .all(|(index, it)| ahead.get(index) == Some(&it))
    }

    fn expression(&mut self) -> Option<()> {
        while let Some(character) = self.next() {
            match character {
                '\\' => self.escape()?,
                '[' => self.class()?,
                '(' => self.group()?,
                '.' => self.out.push_str(&self.spelled(r"[^\n\r\u{2028}\u{2029}]")),
                '$' => self.out.push_str(match self.dialect {
                    Dialect::Rust => "$",
                    Dialect::Python => r"\Z",
                }),
                '{' if self.counts() => self.out.push('{'),
                '{' | '}' if !self.closes(character) => self.literal(character),
                _ if character.is_ascii() => self.out.push(character),
                _ => self.literal(character),
            }
        }
        Some(())
    }

    /// Whether a `{` that was just read begins `{n}`, `{n,}` or `{n,m}`; anything else is itself.
    fn counts(&self) -> bool {
        let ahead: String = self
            .rest
            .get(self.at..)
            .unwrap_or_default()
            .iter()
            .collect();
        let Some((count, _)) = ahead.split_once('}') else {
            return false;
        };
        let (low, high) = count.split_once(',').unwrap_or((count, "0"));
        let digits = |text: &str| text.chars().all(|it| it.is_ascii_digit());
        !low.is_empty() && digits(low) && digits(high)
    }

    /// Whether a `}` that was just read ends a count.
    fn closes(&self, character: char) -> bool {
        let open = self.out.rfind('{').and_then(|at| self.out.get(at + 1..));
        character == '}'
            && open.is_some_and(|it| it.chars().all(|it| it.is_ascii_digit() || it == ','))
            && open.is_some_and(|it| !it.is_empty())
    }

    /// `\u{…}` as the dialect writes it.
    fn spelled(&self, text: &str) -> String {
        if self.dialect == Dialect::Rust {
            return text.to_owned();
        }
        let mut parts = text.split(r"\u{");
        let first = parts.next().unwrap_or_default().to_owned();
        parts.fold(first, |out, part| {
            let (code, rest) = part.split_once('}').unwrap_or((part, ""));
            format!("{out}\\u{code:0>4}{rest}")
        })
    }

    /// A character that stands for itself between brackets.
    fn member(&mut self, character: char) {
        match character {
            '^' | '[' | ']' | '\\' | '&' | '~' | '|' | '-' => self.out.extend(['\\', character]),
            '.' | '$' | '*' | '+' | '?' | '(' | ')' | '{' | '}' => self.out.push(character),
            _ => self.literal(character),
        }
    }

    /// A character that stands for itself.
    fn literal(&mut self, character: char) {
        let code = u32::from(character);
        let visible = character.is_alphanumeric() || matches!(character, ' '..='~');
        // `\<` is a word's start in some dialects, so only what must be escaped is.
        if r"\.^$*+?()[]{}|&~".contains(character) {
            self.out.extend(['\\', character]);
        } else if visible {
            self.out.push(character);
        } else {
            let text = match (self.dialect, code) {
                (Dialect::Rust, _) => format!("\\u{{{code:x}}}"),
                (Dialect::Python, 0..=0xff) => format!("\\x{code:02x}"),
                (Dialect::Python, 0x100..=0xffff) => format!("\\u{code:04x}"),
                (Dialect::Python, _) => format!("\\U{code:08x}"),
            };
            self.out.push_str(&text);
        }
    }

    fn group(&mut self) -> Option<()> {
        let around = ["?=", "?!", "?<=", "?<!"];
        if around.iter().any(|it| self.looking_at(it)) {
            let behind = self.looking_at("?<");
            if self.dialect == Dialect::Rust || (behind && self.varies()) {
                return None;
            }
            self.out.push('(');
        } else if self.looking_at("?<") {
            self.at += 2;
            self.out.push_str("(?P<");
        } else {
            self.out.push('(');
        }
        Some(())
    }

    /// Whether the group that begins here may be of several lengths, or is hard to tell.
    fn varies(&self) -> bool {
        let ahead = self.rest.get(self.at + 3..).unwrap_or_default();
        let inside = ahead.iter().take_while(|it| **it != ')');
        inside.copied().any(|it| "*+?{|(".contains(it))
    }

    fn escape(&mut self) -> Option<()> {
        let character = self.next()?;
        match character {
            'd' | 'w' | 's' => {
                let set = self.set(character);
                self.out.extend(["[", &set, "]"]);
            }
            'D' | 'W' | 'S' => {
                let set = self.set(character);
                self.out.extend(["[^", &set, "]"]);
            }
            'b' | 'B' if self.dialect == Dialect::Python => {
                self.out.extend(["(?a:\\", &character.to_string(), ")"]);
            }
            // Without Unicode, `\B` could stand within a character.
            'B' => return None,
            'b' => self.out.push_str("(?-u:\\b)"),
            '1'..='9' | 'k' if self.dialect == Dialect::Rust => return None,
            '1'..='9' => self.out.extend(['(', '?', ':', '\\', character, ')']),
            'k' if self.looking_at("<") => {
                self.at += 1;
                self.out.push_str("(?P=");
                while let Some(character) = self.next().filter(|it| *it != '>') {
                    self.out.push(character);
                }
                self.out.push(')');
            }
            'p' | 'P' => {
                let set = self.property(character == 'P')?;
                self.out.extend(["[", &set, "]"]);
            }
            _ => {
                let code = self.code(character)?;
                self.literal(code);
            }
        }
        Some(())
    }

    /// What stands between the brackets for `\\d`, `\\w` or `\\s`, or what does not for their capitals.
    fn set(&self, letter: char) -> String {
        match letter {
            'd' | 'D' => DIGITS.to_owned(),
            'w' | 'W' => WORD.to_owned(),
            _ => self.spelled(SPACES),
        }
    }

    /// The character that an escape stands for.
    fn code(&mut self, character: char) -> Option<char> {
        Some(match character {
            't' => '\t',
            'n' => '\n',
            'v' => '\u{b}',
            'f' => '\u{c}',
            'r' => '\r',
            '0' => '\0',
            'c' => char::from_u32(u32::from(self.next()?) % 32)?,
            'x' => char::from_u32(self.hexadecimal(2)?)?,
            'u' if self.looking_at("{") => {
                self.at += 1;
                let mut digits = String::new();
                while let Some(digit) = self.next().filter(|it| *it != '}') {
                    digits.push(digit);
                }
                char::from_u32(u32::from_str_radix(&digits, 16).ok()?)?
            }
            'u' => {
                let unit = self.hexadecimal(4)?;
                if (0xd800..0xdc00).contains(&unit) && self.looking_at("\\u") {
                    self.at += 2;
                    let low = self.hexadecimal(4)?;
                    let code = 0x10000 + ((unit - 0xd800) << 10) + low.checked_sub(0xdc00)?;
                    char::from_u32(code)?
                } else {
                    char::from_u32(unit)?
                }
            }
            other => other,
        })
    }

    fn hexadecimal(&mut self, digits: usize) -> Option<u32> {
        let text: String = self.rest.get(self.at..self.at + digits)?.iter().collect();
        self.at += digits;
        u32::from_str_radix(&text, 16).ok()
    }

    /// The inside of a class for a Unicode property, `\p` and its braces' worth read.
    fn property(&mut self, negated: bool) -> Option<String> {
        let mut name = String::new();
        if self.next()? != '{' {
            return None;
        }
        while let Some(character) = self.next().filter(|it| *it != '}') {
            name.push(character);
        }
        let letter = if negated { 'P' } else { 'p' };
        let source = format!("\\{letter}{{{name}}}");
        let parsed = regex_syntax::parse(&source).ok()?;
        if self.dialect == Dialect::Rust {
            return Some(source);
        }
        let regex_syntax::hir::HirKind::Class(regex_syntax::hir::Class::Unicode(class)) =
            parsed.into_kind()
        else {
            return None;
        };
        let ranges = class.ranges().iter();
        let code = |it: char| format!("\\U{:08x}", u32::from(it));
        let ranges = ranges.map(|range| format!("{}-{}", code(range.start()), code(range.end())));
        Some(ranges.collect())
    }

    fn class(&mut self) -> Option<()> {
        let negated = self.looking_at("^");
        self.at += usize::from(negated);
        if self.looking_at("]") {
            self.at += 1;
            // `[]` is nothing and `[^]` is anything.
            self.out.push_str(match (negated, self.dialect) {
                (true, _) => "(?s:.)",
                (false, Dialect::Rust) => "[^\\x00-\\u{10ffff}]",
                (false, Dialect::Python) => "(?!)",
            });
            return Some(());
        }
        self.out.push_str(if negated { "[^" } else { "[" });
        loop {
            match self.next()? {
                ']' => break,
                '-' => self.hyphen(),
                '\\' => self.class_escape()?,
                character => self.member(character),
            }
        }
        self.out.push(']');
        Some(())
    }

    /// A `-` that was just read: between two characters, at either end, or a character that needs an escape.
    fn hyphen(&mut self) {
        let before = self.rest.get(..self.at - 1).unwrap_or_default();
        let behind_set = matches!(before, [.., '\\', 'd' | 'D' | 's' | 'S' | 'w' | 'W']);
        let ahead = self.rest.get(self.at..).unwrap_or_default();
        let before_set = matches!(ahead, ['\\', 'd' | 'D' | 's' | 'S' | 'w' | 'W', ..]);
        let doubled = self.out.ends_with('-');
        self.out.push_str(if behind_set || before_set || doubled {
            "\\-"
        } else {
            "-"
        });
    }

    fn class_escape(&mut self) -> Option<()> {
        let character = self.next()?;
        match character {
            'b' => self.literal('\u{8}'),
            'd' | 'w' | 's' => {
                let set = self.set(character);
                self.out.push_str(&set);
            }
            'D' | 'W' | 'S' => {
                let set = self.set(character);
                match self.dialect {
                    Dialect::Rust => self.out.extend(["[^", &set, "]"]),
                    Dialect::Python => self.out.push_str(&complement(&set)?),
                }
            }
            'p' | 'P' => {
                let set = self.property(character == 'P')?;
                self.out.push_str(&set);
            }
            _ => {
                let code = self.code(character)?;
                self.member(code);
            }
        }
        Some(())
    }
}

/// The inside of a class for everything that the inside of another is not, in Python's dialect.
fn complement(set: &str) -> Option<String> {
    let set = set.replace("\\v", "\\x0b").replace("\\f", "\\x0c");
    let parsed = regex_syntax::parse(&format!("[^{set}]")).ok()?;
    let regex_syntax::hir::HirKind::Class(regex_syntax::hir::Class::Unicode(class)) =
        parsed.into_kind()
    else {
        return None;
    };
    let code = |it: char| format!("\\U{:08x}", u32::from(it));
    let ranges = class.ranges().iter();
    let ranges = ranges.map(|range| format!("{}-{}", code(range.start()), code(range.end())));
    Some(ranges.collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patterns_keep_their_meaning() {
        let both = |pattern: &str| {
            (
                translate(pattern, Dialect::Rust).unwrap_or_default(),
                translate(pattern, Dialect::Python).unwrap_or_default(),
            )
        };
        assert_eq!(
            both(r"^[A-Z]{3,5}$"),
            (r"^[A-Z]{3,5}$".to_owned(), r"^[A-Z]{3,5}\Z".to_owned())
        );
        assert_eq!(both(r"^\d+\.x").0, r"^[0-9]+\.x");
        assert_eq!(both(r"^[\w\-.]+$").0, r"^[0-9A-Za-z_\-.]+$");
        assert_eq!(both("a{,2}").1, r"a\{,2}");
        assert_eq!(both(r"(?=a)(?<n>b)\k<n>").1, r"(?=a)(?P<n>b)(?P=n)");
        assert_eq!(translate(r"(?!a)b", Dialect::Rust), None);
        assert_eq!(both(r"[+--]\<").1, r"[+-\-]<");
        assert_eq!(both(r"\ud83d\ude00").1, "\\U0001f600");
    }
}
