//! One version in one role, ready to be judged: its schema as the policies see it, its validator, and
//! its normal form, each made once and when first asked for.

use std::cell::OnceCell;
use std::rc::Rc;

use serde_json::Value;

use super::effort::effort;
use super::prove::Normal;
use super::{prove, reader, writer};
use crate::config::{Policy, Undeclared};
use crate::schema::{Draft, Formats, SchemaId, Schemas, Validator, bundle_with_defaults};

/// A schema that asks for more on one value is not run.
const MOST_EFFORT: u64 = 50_000;

/// A schema, self-contained and in draft 2020-12's words, with what is made of it.
pub(super) struct Side {
    /// The schema.
    pub(super) value: Rc<Value>,
    formats: Formats,
    validator: OnceCell<Result<Validator, String>>,
    normal: OnceCell<Result<Normal, String>>,
}

impl Side {
    /// The version of a bundle as its writers use it.
    pub(super) fn writer(bundle: &Rc<Value>, policy: Policy) -> Self {
        let value = match policy.undeclared {
            Undeclared::WritersOmit => Rc::new(writer::writer(bundle)),
            Undeclared::WritersMaySend => Rc::clone(bundle),
        };
        Self::of(value, policy.formats)
    }

    /// The version at `root`, whose bundle that is, as its readers use it.
    pub(super) fn reader(
        schemas: &Schemas,
        root: SchemaId,
        bundle: &Rc<Value>,
        policy: Policy,
    ) -> Self {
        let lenient = reader::is_lenient(policy)
            .then(|| reader::reader(&bundle_with_defaults(schemas, root), policy))
            .flatten();
        Self::of(
            lenient.map_or_else(|| Rc::clone(bundle), Rc::new),
            policy.formats,
        )
    }

    /// A schema that no policy has to look at.
    pub(super) fn of(value: Rc<Value>, formats: Formats) -> Self {
        Self {
            value,
            formats,
            validator: OnceCell::new(),
            normal: OnceCell::new(),
        }
    }

    /// Whether it accepts a document; `None` where its schema cannot be run.
    pub(super) fn accepts(&self, document: &Value) -> Option<bool> {
        self.validator()
            .as_ref()
            .ok()
            .map(|validator| validator.accepts(document))
    }

    /// What `format` does to its documents.
    pub(super) fn formats(&self) -> Formats {
        self.formats
    }

    /// The judge of its documents.
    pub(super) fn validator(&self) -> &Result<Validator, String> {
        self.validator.get_or_init(|| {
            bearable(&self.value)?;
            Validator::of(&self.value, Draft::Draft202012, self.formats)
        })
    }

    /// Its normal form.
    pub(super) fn normal(&self) -> &Result<Normal, String> {
        self.normal.get_or_init(|| {
            bearable(&self.value).and_then(|()| prove::normal(&self.value, self.formats))
        })
    }
}

fn bearable(schema: &Value) -> Result<(), String> {
    let effort = effort(schema);
    if effort > MOST_EFFORT {
        return Err(format!("{effort} schemas judge one value"));
    }
    Ok(())
}
