//! A JSON reader (RFC 8259) that keeps numbers as written, finds repeated keys and says where.

use serde_json::{Map, Number, Value};

use super::{Fault, MAX_DEPTH, Site, Sites, Span};
use crate::pointer::{Pointer, push_token};

/// Reads a whole text; records every place in `sites` if asked.
pub(super) fn parse(text: &str, sites: Option<&mut Sites>) -> (Option<Value>, Vec<Fault>) {
    let mut reader = Reader {
        text,
        bytes: text.as_bytes(),
        at: 0,
        depth: 0,
        pointer: String::new(),
        sites,
        faults: Vec::new(),
    };
    let value = reader.document();
    let mut faults = reader.faults;
    match value {
        Ok(value) => (Some(value), faults),
        Err(fault) => {
            faults.push(fault);
            (None, faults)
        }
    }
}

struct Reader<'a> {
    text: &'a str,
    bytes: &'a [u8],
    at: usize,
    depth: usize,
    pointer: String,
    sites: Option<&'a mut Sites>,
    faults: Vec<Fault>,
}

impl Reader<'_> {
    fn document(&mut self) -> Result<Value, Fault> {
        self.blank();
        if self.peek().is_none() {
            return Err(self.wrong("the file is empty, a JSON value was expected"));
        }
        let value = self.value(None)?;
        self.blank();
        match self.peek() {
            None => Ok(value),
            Some(_) => Err(self.unexpected("the end of the file")),
        }
    }

    fn value(&mut self, key: Option<Span>) -> Result<Value, Fault> {
        let start = self.at;
        let value = match self.peek() {
            Some(b'{') => self.nested(Self::object),
            Some(b'[') => self.nested(Self::array),
            Some(b'"') => self.string().map(Value::String),
            Some(b't') => self.word("true", Value::Bool(true)),
            Some(b'f') => self.word("false", Value::Bool(false)),
            Some(b'n') => self.word("null", Value::Null),
            Some(b'-' | b'0'..=b'9') => self.number(),
            Some(_) | None => Err(self.unexpected("a JSON value")),
        }?;
        let end = self.at;
        if let Some(sites) = &mut self.sites {
            sites.insert(
                &self.pointer,
                Site {
                    key,
                    value: start..end,
                },
            );
        }
        Ok(value)
    }

    fn nested(&mut self, read: fn(&mut Self) -> Result<Value, Fault>) -> Result<Value, Fault> {
        if self.depth == MAX_DEPTH {
            return Err(Fault::TooDeep {
                span: self.at..self.at + 1,
            });
        }
        self.depth += 1;
        let value = read(self);
        self.depth -= 1;
        value
    }

    fn object(&mut self) -> Result<Value, Fault> {
        let mut object = Map::new();
        let mut keys: Vec<(String, Span)> = Vec::new();
        self.at += 1;
        self.blank();
        if self.eat(b'}') {
            return Ok(Value::Object(object));
        }
        loop {
            let start = self.at;
            if self.peek() != Some(b'"') {
                return Err(self.unexpected("a property name in double quotes"));
            }
            let key = self.string()?;
            let span = start..self.at;
            self.blank();
            if !self.eat(b':') {
                return Err(self.unexpected("`:` after the property name"));
            }
            self.blank();
            let length = self.pointer.len();
            push_token(&mut self.pointer, &key);
            let value = self.value(Some(span.clone()))?;
            self.pointer.truncate(length);
            if object.insert(key.clone(), value).is_some() {
                self.repeated(&keys, &key, &span);
            } else {
                keys.push((key, span));
            }
            self.blank();
            if self.eat(b'}') {
                return Ok(Value::Object(object));
            }
            if !self.eat(b',') {
                return Err(self.unexpected("`,` or `}`"));
            }
            self.blank();
            if self.peek() == Some(b'}') {
                return Err(self.wrong("a property name was expected after `,`"));
            }
        }
    }

    fn repeated(&mut self, keys: &[(String, Span)], key: &str, again: &Span) {
        let first = keys
            .iter()
            .find(|(name, _)| name == key)
            .map_or_else(|| again.clone(), |(_, span)| span.clone());
        let object = self
            .pointer
            .parse::<Pointer>()
            .expect("the reader writes only pointers");
        let key = key.to_owned();
        self.faults.push(Fault::RepeatedKey {
            object,
            key,
            first,
            again: again.clone(),
        });
    }

    fn array(&mut self) -> Result<Value, Fault> {
        let mut items = Vec::new();
        self.at += 1;
        self.blank();
        if self.eat(b']') {
            return Ok(Value::Array(items));
        }
        loop {
            let length = self.pointer.len();
            push_token(&mut self.pointer, &items.len().to_string());
            items.push(self.value(None)?);
            self.pointer.truncate(length);
            self.blank();
            if self.eat(b']') {
                return Ok(Value::Array(items));
            }
            if !self.eat(b',') {
                return Err(self.unexpected("`,` or `]`"));
            }
            self.blank();
            if self.peek() == Some(b']') {
                return Err(self.wrong("a value was expected after `,`"));
            }
        }
    }

    fn word(&mut self, word: &str, value: Value) -> Result<Value, Fault> {
        if self
            .text
            .get(self.at..)
            .is_some_and(|rest| rest.starts_with(word))
        {
            self.at += word.len();
            return Ok(value);
        }
        Err(self.unexpected("a JSON value"))
    }

    fn number(&mut self) -> Result<Value, Fault> {
        let start = self.at;
        self.eat(b'-');
        if self.eat(b'0') {
            if matches!(self.peek(), Some(b'0'..=b'9')) {
                return Err(self.wrong("a number has no leading zero"));
            }
        } else if self.digits() == 0 {
            return Err(self.unexpected("a digit"));
        }
        if self.eat(b'.') && self.digits() == 0 {
            return Err(self.unexpected("a digit after `.`"));
        }
        if self.eat(b'e') || self.eat(b'E') {
            let _ = self.eat(b'+') || self.eat(b'-');
            if self.digits() == 0 {
                return Err(self.unexpected("a digit of the exponent"));
            }
        }
        let text = &self.text[start..self.at];
        // The grammar above is JSON's, so this holds for every text that got here.
        text.parse::<Number>()
            .map(Value::Number)
            .map_err(|error| Fault::Syntax {
                span: start..self.at,
                message: format!("`{text}` is no number: {error}"),
                help: None,
            })
    }

    fn digits(&mut self) -> usize {
        let start = self.at;
        while matches!(self.peek(), Some(b'0'..=b'9')) {
            self.at += 1;
        }
        self.at - start
    }

    fn string(&mut self) -> Result<String, Fault> {
        let open = self.at;
        self.at += 1;
        let mut text = String::new();
        loop {
            let start = self.at;
            while !matches!(self.peek(), None | Some(b'"' | b'\\' | 0..=0x1f)) {
                self.at += 1;
            }
            text.push_str(&self.text[start..self.at]);
            match self.peek() {
                Some(b'"') => {
                    self.at += 1;
                    return Ok(text);
                }
                Some(b'\\') => text.push(self.escape()?),
                Some(b'\n' | b'\r') | None => {
                    return Err(Fault::Syntax {
                        span: open..open + 1,
                        message: "this string has no end".to_owned(),
                        help: Some(
                            "close it with `\"`; a line break in it is written `\\n`".to_owned(),
                        ),
                    });
                }
                Some(_) => {
                    return Err(self.wrong("a control character must be escaped in a string"));
                }
            }
        }
    }

    fn escape(&mut self) -> Result<char, Fault> {
        let start = self.at;
        let character = match self.bytes.get(start + 1) {
            Some(b'"') => '"',
            Some(b'\\') => '\\',
            Some(b'/') => '/',
            Some(b'b') => '\u{8}',
            Some(b'f') => '\u{c}',
            Some(b'n') => '\n',
            Some(b'r') => '\r',
            Some(b't') => '\t',
            Some(b'u') => return self.unicode_escape(),
            Some(_) | None => return Err(self.wrong("this escape is not one of JSON's")),
        };
        self.at += 2;
        Ok(character)
    }

    fn unicode_escape(&mut self) -> Result<char, Fault> {
        let start = self.at;
        let high = self.code_unit()?;
        let mut units = vec![high];
        if (0xd800..0xdc00).contains(&high)
            && self.bytes.get(self.at..self.at + 2) == Some(b"\\u".as_slice())
        {
            units.push(self.code_unit()?);
        }
        let mut characters = char::decode_utf16(units.iter().copied());
        match (characters.next(), characters.next()) {
            (Some(Ok(character)), None) => Ok(character),
            _ => Err(Fault::Syntax {
                span: start..self.at,
                message: "this is half of a surrogate pair".to_owned(),
                help: Some("write both halves, or the character itself".to_owned()),
            }),
        }
    }

    fn code_unit(&mut self) -> Result<u16, Fault> {
        let digits = self.text.get(self.at + 2..self.at + 6).unwrap_or_default();
        let all_hex = digits.len() == 4 && digits.bytes().all(|byte| byte.is_ascii_hexdigit());
        match u16::from_str_radix(digits, 16) {
            Ok(unit) if all_hex => {
                self.at += 6;
                Ok(unit)
            }
            Ok(_) | Err(_) => Err(self.wrong("`\\u` takes four hexadecimal digits")),
        }
    }

    fn blank(&mut self) {
        while matches!(self.peek(), Some(b' ' | b'\t' | b'\n' | b'\r')) {
            self.at += 1;
        }
    }

    fn peek(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }

    fn eat(&mut self, byte: u8) -> bool {
        let met = self.peek() == Some(byte);
        self.at += usize::from(met);
        met
    }

    /// The character at the cursor, as a span that never cuts one.
    fn here(&self) -> Span {
        let width = self.text[self.at..]
            .chars()
            .next()
            .map_or(0, char::len_utf8);
        self.at..self.at + width
    }

    fn wrong(&self, message: &str) -> Fault {
        let help = match self.peek() {
            Some(b'}' | b']') => Some("remove the trailing `,`".to_owned()),
            _ => None,
        };
        Fault::Syntax {
            span: self.here(),
            message: message.to_owned(),
            help,
        }
    }

    fn unexpected(&self, expected: &str) -> Fault {
        let span = self.here();
        let met = match self.text[span.clone()].chars().next() {
            None => "the file ends here".to_owned(),
            Some(character) if character.is_control() || !character.is_ascii() => {
                let byte = self.peek().unwrap_or_default();
                format!(
                    "unexpected `{}` (byte 0x{byte:02x})",
                    character.escape_default()
                )
            }
            Some(character) => format!("unexpected `{character}`"),
        };
        let help = match self.peek() {
            Some(b'\'') => Some("JSON strings take double quotes".to_owned()),
            Some(b'/' | b'#') => Some("JSON has no comments".to_owned()),
            _ => None,
        };
        Fault::Syntax {
            span,
            message: format!("{met}, expected {expected}"),
            help,
        }
    }
}
