//! ECMA-262's regular expressions, read over code points: text in, a tree out.

use super::Unheld;
use super::points::{DIGIT, LAST, LINE_END, SPACE, WORD, all_but, property, tidy};

/// How often a count may ask for a part, and how deep groups may nest.
const MOST: u32 = 10_000;
const DEEPEST: usize = 200;

/// What a regular expression is made of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Node {
    /// Nothing, or a sequence.
    Sequence(Vec<Node>),
    /// One of several.
    Either(Vec<Node>),
    /// One code point of these ranges, both ends included.
    One(Vec<(u32, u32)>),
    Repeat {
        node: Box<Node>,
        least: u32,
        most: Option<u32>,
    },
    /// `^`
    Start,
    /// `$`
    End,
    /// `\b`, or `\B`
    Boundary(bool),
    /// `(?=…)`, `(?!…)`, `(?<=…)`, `(?<!…)`
    Look {
        node: Box<Node>,
        look: Look,
        holds: bool,
    },
}

/// Which way a pattern looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Look {
    Ahead,
    Behind,
}

impl Node {
    /// Whether it takes code points and asks for nothing else.
    pub(super) fn is_plain(&self) -> bool {
        match self {
            Self::Sequence(parts) | Self::Either(parts) => parts.iter().all(Self::is_plain),
            Self::Repeat { node, .. } => node.is_plain(),
            Self::One(_) => true,
            Self::Start | Self::End | Self::Boundary(_) | Self::Look { .. } => false,
        }
    }
}

/// Reads a pattern.
pub(super) fn parse(pattern: &str) -> Result<Node, Unheld> {
    let mut parser = Parser {
        rest: pattern.chars().collect(),
        at: 0,
        depth: 0,
    };
    let node = parser.either()?;
    if parser.peek().is_some() {
        return Err(Unheld::Malformed);
    }
    Ok(node)
}

struct Parser {
    rest: Vec<char>,
    at: usize,
    depth: usize,
}

impl Parser {
    fn peek(&self) -> Option<char> {
        self.rest.get(self.at).copied()
    }

    fn take(&mut self) -> Option<char> {
        let next = self.peek()?;
        self.at += 1;
        Some(next)
    }

    fn takes(&mut self, text: &str) -> bool {
        let ahead = self.rest.get(self.at..).unwrap_or_default();
        let found = ahead.len() >= text.chars().count()
            && ahead.iter().copied().zip(text.chars()).all(|(a, b)| a == b);
        if found {
            self.at += text.chars().count();
        }
        found
    }

    fn either(&mut self) -> Result<Node, Unheld> {
        let mut branches = vec![self.sequence()?];
        while self.takes("|") {
            branches.push(self.sequence()?);
        }
        Ok(match branches.pop() {
            Some(only) if branches.is_empty() => only,
            last => {
                branches.extend(last);
                Node::Either(branches)
            }
        })
    }

    fn sequence(&mut self) -> Result<Node, Unheld> {
        let mut parts = Vec::new();
        while self.peek().is_some_and(|next| !matches!(next, '|' | ')')) {
            let part = self.part()?;
            parts.push(self.repeated(part)?);
        }
        Ok(Node::Sequence(parts))
    }

    fn part(&mut self) -> Result<Node, Unheld> {
        match self.take() {
            Some('^') => Ok(Node::Start),
            Some('$') => Ok(Node::End),
            Some('.') => Ok(Node::One(all_but(LINE_END.to_vec()))),
            Some('(') => self.group(),
            Some('[') => self.class(),
            Some('\\') if self.takes("b") => Ok(Node::Boundary(true)),
            Some('\\') if self.takes("B") => Ok(Node::Boundary(false)),
            Some('\\') => self.escape(false).map(Node::One),
            Some('*' | '+' | '?') | None => Err(Unheld::Malformed),
            Some(character) => Ok(Node::One(vec![(character.into(), character.into())])),
        }
    }

    fn group(&mut self) -> Result<Node, Unheld> {
        let looks = [
            ("?=", Look::Ahead, true),
            ("?!", Look::Ahead, false),
            ("?<=", Look::Behind, true),
            ("?<!", Look::Behind, false),
        ];
        for (opening, look, holds) in looks {
            if self.takes(opening) {
                let node = Box::new(self.inside()?);
                return Ok(Node::Look { node, look, holds });
            }
        }
        if self.takes("?<") {
            while self.take().ok_or(Unheld::Malformed)? != '>' {}
        } else if !self.takes("?:") && self.peek() == Some('?') {
            return Err(Unheld::Malformed);
        }
        self.inside()
    }

    /// What stands before the closing bracket.
    fn inside(&mut self) -> Result<Node, Unheld> {
        self.depth += 1;
        if self.depth > DEEPEST {
            return Err(Unheld::TooLarge);
        }
        let inside = self.either()?;
        self.depth -= 1;
        if self.takes(")") {
            Ok(inside)
        } else {
            Err(Unheld::Malformed)
        }
    }

    /// A part with the count behind it; how eager it is does not change what matches.
    fn repeated(&mut self, node: Node) -> Result<Node, Unheld> {
        let (least, most) = match self.peek() {
            Some('*') => (0, None),
            Some('+') => (1, None),
            Some('?') => (0, Some(1)),
            Some('{') => {
                let start = self.at;
                let Some(counts) = self.counts() else {
                    self.at = start;
                    return Ok(node);
                };
                self.at -= 1;
                counts
            }
            _ => return Ok(node),
        };
        self.at += 1;
        self.takes("?");
        if most.is_some_and(|most| most < least) || matches!(self.peek(), Some('*' | '+' | '?')) {
            return Err(Unheld::Malformed);
        }
        if least > MOST || most.is_some_and(|most| most > MOST) {
            return Err(Unheld::TooLarge);
        }
        Ok(Node::Repeat {
            node: Box::new(node),
            least,
            most,
        })
    }

    /// `{2}`, `{2,}` or `{2,3}`; anything else is no count, and the brace stands for itself.
    fn counts(&mut self) -> Option<(u32, Option<u32>)> {
        self.takes("{");
        let least = self.count()?;
        let most = if self.takes(",") {
            if self.peek() == Some('}') {
                None
            } else {
                Some(self.count()?)
            }
        } else {
            Some(least)
        };
        self.takes("}").then_some((least, most))
    }

    fn count(&mut self) -> Option<u32> {
        let mut digits = String::new();
        while let Some(digit) = self.peek().filter(char::is_ascii_digit) {
            digits.push(digit);
            self.at += 1;
        }
        (!digits.is_empty()).then(|| digits.parse().unwrap_or(u32::MAX))
    }

    /// What a backslash makes of what follows it.
    fn escape(&mut self, in_class: bool) -> Result<Vec<(u32, u32)>, Unheld> {
        let character = self.take().ok_or(Unheld::Malformed)?;
        let point = match character {
            'd' => return Ok(DIGIT.to_vec()),
            'D' => return Ok(all_but(DIGIT.to_vec())),
            'w' => return Ok(WORD.to_vec()),
            'W' => return Ok(all_but(WORD.to_vec())),
            's' => return Ok(SPACE.to_vec()),
            'S' => return Ok(all_but(SPACE.to_vec())),
            'p' | 'P' => return self.property(character == 'P'),
            'b' if in_class => 8,
            't' => 9,
            'n' => 10,
            'v' => 11,
            'f' => 12,
            'r' => 13,
            'c' => {
                let letter = self.take().filter(char::is_ascii_alphabetic);
                u32::from(letter.ok_or(Unheld::Malformed)?) % 32
            }
            'x' => self.hexadecimal(2)?,
            'u' => self.unicode()?,
            '0' if !self.peek().is_some_and(|next| next.is_ascii_digit()) => 0,
            'k' | '1'..='9' => return Err(Unheld::RefersBack),
            _ if character.is_ascii_alphanumeric() => return Err(Unheld::Malformed),
            _ => character.into(),
        };
        Ok(vec![(point, point)])
    }

    fn hexadecimal(&mut self, digits: usize) -> Result<u32, Unheld> {
        let mut value = 0;
        for _ in 0..digits {
            let digit = self.take().and_then(|it| it.to_digit(16));
            value = value * 16 + digit.ok_or(Unheld::Malformed)?;
        }
        Ok(value)
    }

    /// `\u0041`, `\u{1F600}`, or a pair of surrogates.
    fn unicode(&mut self) -> Result<u32, Unheld> {
        if self.takes("{") {
            let mut value = 0u32;
            while !self.takes("}") {
                let digit = self.take().and_then(|it| it.to_digit(16));
                value = value
                    .saturating_mul(16)
                    .saturating_add(digit.ok_or(Unheld::Malformed)?);
            }
            return if value <= LAST {
                Ok(value)
            } else {
                Err(Unheld::Malformed)
            };
        }
        let first = self.hexadecimal(4)?;
        let start = self.at;
        if (0xD800..0xDC00).contains(&first) && self.takes("\\u") {
            let second = self.hexadecimal(4).unwrap_or(0);
            if (0xDC00..0xE000).contains(&second) {
                return Ok(0x10000 + (first - 0xD800) * 0x400 + (second - 0xDC00));
            }
            self.at = start;
        }
        Ok(first)
    }

    /// `\p{…}`, as the crate that knows Unicode has it.
    fn property(&mut self, negated: bool) -> Result<Vec<(u32, u32)>, Unheld> {
        if !self.takes("{") {
            return Err(Unheld::Malformed);
        }
        let mut name = String::new();
        loop {
            match self.take().ok_or(Unheld::Malformed)? {
                '}' => break,
                character => name.push(character),
            }
        }
        let ranges = property(&name).ok_or(Unheld::Malformed)?;
        Ok(if negated { all_but(ranges) } else { ranges })
    }

    fn class(&mut self) -> Result<Node, Unheld> {
        let negated = self.takes("^");
        let mut ranges = Vec::new();
        while !self.takes("]") {
            let first = self.member()?;
            let dash = self.peek() == Some('-') && self.rest.get(self.at + 1) != Some(&']');
            if !dash {
                ranges.extend(first);
                continue;
            }
            self.at += 1;
            let last = self.member()?;
            match (first.as_slice(), last.as_slice()) {
                ([(first, same)], [(last, also)]) if first == same && last == also => {
                    if first > last {
                        return Err(Unheld::Malformed);
                    }
                    ranges.push((*first, *last));
                }
                _ => {
                    ranges.extend(first.into_iter().chain(last));
                    ranges.push((45, 45));
                }
            }
        }
        Ok(Node::One(if negated {
            all_but(ranges)
        } else {
            tidy(ranges)
        }))
    }

    fn member(&mut self) -> Result<Vec<(u32, u32)>, Unheld> {
        match self.take().ok_or(Unheld::Malformed)? {
            '\\' if self.takes("-") => Ok(vec![(45, 45)]),
            '\\' => self.escape(true),
            character => Ok(vec![(character.into(), character.into())]),
        }
    }
}
