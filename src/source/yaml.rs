//! A YAML 1.2 reader for what JSON can say: one document, string keys, the core schema's scalars.

use std::collections::BTreeMap;

use saphyr_parser::{Event, Parser, ScalarStyle};
use serde_json::{Map, Number, Value};

use super::{Fault, MAX_DEPTH, Site, Sites, Span};
use crate::pointer::{Pointer, push_token};

/// The most values a file may unfold to, aliases written out.
const MAX_VALUES: usize = 1_000_000;

/// Reads a whole text; records every place in `sites` if asked.
pub(super) fn parse(text: &str, sites: Option<&mut Sites>) -> (Option<Value>, Vec<Fault>) {
    let mut reader = Reader {
        offsets: Offsets::of(text),
        pointer: String::new(),
        open: Vec::new(),
        anchors: BTreeMap::new(),
        values: 0,
        root: None,
        sites,
        faults: Vec::new(),
    };
    match reader.read(text) {
        Ok(()) => (Some(reader.root.unwrap_or(Value::Null)), reader.faults),
        Err(fault) => {
            reader.faults.push(fault);
            (None, reader.faults)
        }
    }
}

/// Character index → byte offset; the scanner counts characters.
struct Offsets(Option<Vec<usize>>, usize);

impl Offsets {
    fn of(text: &str) -> Self {
        let table = (!text.is_ascii()).then(|| text.char_indices().map(|(at, _)| at).collect());
        Self(table, text.len())
    }

    fn at(&self, index: usize) -> usize {
        match &self.0 {
            Some(table) => table.get(index).copied().unwrap_or(self.1),
            None => index.min(self.1),
        }
    }
}

struct Open {
    start: usize,
    key: Option<Span>,
    pointer: usize,
    anchor: usize,
    body: Body,
}

enum Body {
    List(Vec<Value>),
    Object {
        members: Map<String, Value>,
        keys: Vec<(String, Span)>,
        pending: Option<(String, Span)>,
    },
}

struct Reader<'a> {
    offsets: Offsets,
    pointer: String,
    open: Vec<Open>,
    anchors: BTreeMap<usize, (Value, usize)>,
    values: usize,
    root: Option<Value>,
    sites: Option<&'a mut Sites>,
    faults: Vec<Fault>,
}

impl Reader<'_> {
    fn read(&mut self, text: &str) -> Result<(), Fault> {
        for event in Parser::new_from_str(text) {
            let (event, span) = event.map_err(|error| {
                let at = self.offsets.at(error.marker().index());
                Fault::Syntax {
                    span: at..at,
                    message: error.info().to_owned(),
                    help: None,
                }
            })?;
            let span = self.offsets.at(span.start.index())..self.offsets.at(span.end.index());
            self.event(event, span)?;
        }
        Ok(())
    }

    fn event(&mut self, event: Event<'_>, span: Span) -> Result<(), Fault> {
        match event {
            Event::DocumentStart(_) if self.root.is_some() => {
                Err(wrong(span, "a second document starts here, one is read"))
            }
            Event::Scalar(text, style, anchor, tag) => {
                if self.key_expected() {
                    return self.key(text.into_owned(), span);
                }
                if let Some(tag) = tag.as_ref().filter(|tag| !tag.is_yaml_core_schema()) {
                    let message =
                        format!("the tag `{}{}` says nothing here", tag.handle, tag.suffix);
                    return Err(Fault::Syntax {
                        span,
                        message,
                        help: Some("put the text in quotes if it begins with `!`".to_owned()),
                    });
                }
                let as_text = tag.is_some_and(|tag| tag.suffix == "str");
                let value = if style == ScalarStyle::Plain && !as_text {
                    plain(&text, &span)?
                } else {
                    Value::String(text.into_owned())
                };
                self.enter();
                self.place(span.clone());
                if anchor > 0 {
                    self.anchors.insert(anchor, (value.clone(), 1));
                }
                self.leave(value, 1, &span)
            }
            Event::Alias(anchor) => {
                if self.key_expected() {
                    return Err(wrong(span, "an alias cannot be a property name"));
                }
                let Some((value, size)) = self.anchors.get(&anchor).cloned() else {
                    return Err(wrong(span, "this alias stands inside its own anchor"));
                };
                self.enter();
                self.place(span.clone());
                self.leave(value, size, &span)
            }
            Event::SequenceStart(anchor, _) => self.begin(Body::List(Vec::new()), anchor, span),
            Event::MappingStart(anchor, _) => {
                let body = Body::Object {
                    members: Map::new(),
                    keys: Vec::new(),
                    pending: None,
                };
                self.begin(body, anchor, span)
            }
            Event::SequenceEnd | Event::MappingEnd => self.end(&span),
            Event::Nothing
            | Event::StreamStart
            | Event::StreamEnd
            | Event::DocumentStart(_)
            | Event::DocumentEnd => Ok(()),
        }
    }

    fn key_expected(&self) -> bool {
        matches!(
            self.open.last(),
            Some(Open {
                body: Body::Object { pending: None, .. },
                ..
            })
        )
    }

    fn key(&mut self, name: String, span: Span) -> Result<(), Fault> {
        let object = self
            .pointer
            .parse::<Pointer>()
            .expect("the reader writes only pointers");
        if let Some(Open {
            body: Body::Object { keys, pending, .. },
            ..
        }) = self.open.last_mut()
        {
            if name == "<<" {
                return Err(wrong(span, "merge keys (`<<`) are not read"));
            }
            match keys.iter().find(|(known, _)| *known == name) {
                Some((_, first)) => self.faults.push(Fault::RepeatedKey {
                    object,
                    key: name.clone(),
                    first: first.clone(),
                    again: span.clone(),
                }),
                None => keys.push((name.clone(), span.clone())),
            }
            *pending = Some((name, span));
        }
        Ok(())
    }

    fn begin(&mut self, body: Body, anchor: usize, span: Span) -> Result<(), Fault> {
        if self.key_expected() {
            return Err(wrong(span, "a property name is a scalar"));
        }
        if self.open.len() == MAX_DEPTH {
            return Err(Fault::TooDeep { span });
        }
        let pointer = self.pointer.len();
        let key = self.enter();
        self.open.push(Open {
            start: span.start,
            key,
            pointer,
            anchor,
            body,
        });
        Ok(())
    }

    fn end(&mut self, span: &Span) -> Result<(), Fault> {
        let Some(open) = self.open.pop() else {
            return Ok(());
        };
        let value = match open.body {
            Body::List(items) => Value::Array(items),
            Body::Object { members, .. } => Value::Object(members),
        };
        let end = span.end.max(open.start);
        if let Some(sites) = &mut self.sites {
            sites.insert(
                &self.pointer,
                Site {
                    key: open.key,
                    value: open.start..end,
                },
            );
        }
        if open.anchor > 0 {
            let size = size(&value);
            self.anchors.insert(open.anchor, (value.clone(), size));
        }
        debug_assert!(open.pointer <= self.pointer.len());
        self.leave(value, 1, span)
    }

    /// Steps the pointer onto the value that starts here; its key's place, if it has one.
    fn enter(&mut self) -> Option<Span> {
        match self.open.last() {
            Some(Open {
                body: Body::List(items),
                ..
            }) => {
                push_token(&mut self.pointer, &items.len().to_string());
                None
            }
            Some(Open {
                body:
                    Body::Object {
                        pending: Some((name, span)),
                        ..
                    },
                ..
            }) => {
                push_token(&mut self.pointer, name);
                Some(span.clone())
            }
            Some(Open {
                body: Body::Object { pending: None, .. },
                ..
            })
            | None => None,
        }
    }

    fn place(&mut self, value: Span) {
        let key = match self.open.last() {
            Some(Open {
                body:
                    Body::Object {
                        pending: Some((_, span)),
                        ..
                    },
                ..
            }) => Some(span.clone()),
            _ => None,
        };
        if let Some(sites) = &mut self.sites {
            sites.insert(&self.pointer, Site { key, value });
        }
    }

    /// Puts a finished value into what encloses it and steps the pointer back.
    fn leave(&mut self, value: Value, size: usize, span: &Span) -> Result<(), Fault> {
        self.values += size;
        if self.values > MAX_VALUES {
            return Err(wrong(
                span.clone(),
                "the aliases unfold to more than a million values",
            ));
        }
        let cut = self.pointer.rfind('/').unwrap_or(0);
        self.pointer.truncate(cut);
        match self.open.last_mut().map(|open| &mut open.body) {
            Some(Body::List(items)) => items.push(value),
            Some(Body::Object {
                members, pending, ..
            }) => {
                if let Some((name, _)) = pending.take() {
                    members.insert(name, value);
                }
            }
            None => self.root = Some(value),
        }
        Ok(())
    }
}

fn size(value: &Value) -> usize {
    match value {
        Value::Array(items) => 1 + items.iter().map(size).sum::<usize>(),
        Value::Object(members) => 1 + members.values().map(size).sum::<usize>(),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => 1,
    }
}

fn wrong(span: Span, message: &str) -> Fault {
    Fault::Syntax {
        span,
        message: message.to_owned(),
        help: None,
    }
}

/// A plain scalar by the core schema (YAML 1.2.2 §10.3.2).
fn plain(text: &str, span: &Span) -> Result<Value, Fault> {
    let value = match text {
        "" | "~" | "null" | "Null" | "NULL" => Value::Null,
        "true" | "True" | "TRUE" => Value::Bool(true),
        "false" | "False" | "FALSE" => Value::Bool(false),
        ".inf" | "-.inf" | "+.inf" | ".nan" | ".NaN" | ".Inf" => {
            return Err(wrong(span.clone(), "JSON has no number for this"));
        }
        _ => number(text).unwrap_or_else(|| Value::String(text.to_owned())),
    };
    Ok(value)
}

fn number(text: &str) -> Option<Value> {
    let first = text.trim_start_matches(['-', '+']).bytes().next()?;
    if !(first.is_ascii_digit() || first == b'.') {
        return None;
    }
    if let Some(digits) = text.strip_prefix("0x") {
        return u64::from_str_radix(digits, 16).ok().map(Value::from);
    }
    if let Some(digits) = text.strip_prefix("0o") {
        return u64::from_str_radix(digits, 8).ok().map(Value::from);
    }
    let text = text.strip_prefix('+').unwrap_or(text);
    if let Ok(number) = text.parse::<Number>() {
        return Some(Value::Number(number));
    }
    // `.5`, `1.` and `007` are numbers here and not in JSON.
    let looks = text
        .bytes()
        .all(|byte| byte.is_ascii_digit() || b"+-.eE".contains(&byte));
    let value = text
        .parse::<f64>()
        .ok()
        .filter(|value| looks && value.is_finite())?;
    Number::from_f64(value).map(Value::Number)
}
