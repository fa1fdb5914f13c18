//! The documents of one version: its examples as files keep them, and samples of its schema; each with
//! what the validator says of it.

use serde_json::Value;

use super::Input;
use super::codes::EXAMPLE_CONTRADICTED;
use super::sample::samples;
use crate::catalog::{Example, Release};
use crate::diagnostic::{Diagnostic, Diagnostics, Place};
use crate::schema::{Formats, Validator};
use crate::source::{self, Fault, Source, SourceId, Sources};

/// A document to try.
#[derive(Debug)]
pub(super) struct Trial {
    /// The example's path, or `sample: ` and what it shows.
    pub(super) document: String,
    /// Its text, as kept.
    pub(super) text: String,
    /// What it says; `None` where it is no JSON.
    pub(super) value: Option<Value>,
    /// Whether the schema accepts it.
    pub(super) expected: bool,
    /// Its file.
    pub(super) source: Option<SourceId>,
    /// The documented limit it is beyond.
    pub(super) limit: Option<&'static str>,
}

/// The documents of one version before their files have a place among the sources.
pub(super) struct Found {
    examples: Vec<(Source, Trial, Option<String>)>,
    samples: Vec<Trial>,
}

/// Reads the examples of `release` and makes at most `limit` samples.
pub(super) fn find(input: &Input<'_>, release: &Release, formats: Formats, limit: usize) -> Found {
    let schemas = &input.catalog.schemas;
    let Ok(validator) = Validator::new(schemas, release.root, formats) else {
        // Reported when the schema was resolved; nobody can say what it accepts.
        return Found {
            examples: Vec::new(),
            samples: Vec::new(),
        };
    };
    let examples = release
        .examples
        .iter()
        .map(|it| example(input, it, &validator))
        .collect();
    let samples = samples(schemas, release.root, &validator, limit).into_iter();
    let samples = samples.map(|sample| {
        let value: Option<Value> = serde_json::from_str(&sample.text).ok();
        Trial {
            document: format!("sample: {}", sample.shows),
            limit: value.as_ref().and_then(beyond),
            text: sample.text,
            value,
            expected: sample.accepted,
            source: None,
        }
    });
    Found {
        examples,
        samples: samples.collect(),
    }
}

/// An example, and what contradicts it.
fn example(
    input: &Input<'_>,
    example: &Example,
    validator: &Validator,
) -> (Source, Trial, Option<String>) {
    let name = format!("{}{}", input.shown, example.path);
    let (text, trouble) = match Sources::read(&input.root.join(&example.path)) {
        Ok(text) => (text, None),
        Err(error) => (String::new(), Some(error.to_string())),
    };
    let source = Source::new(name, text);
    let (value, faults) = source::parse(&source);
    let refusal = match (&trouble, &value) {
        (Some(trouble), _) => Some(trouble.clone()),
        (None, Some(value)) => validator.refusal(value),
        (None, None) => faults.first().map(syntax),
    };
    let expected = value.is_some() && refusal.is_none();
    let path = &example.path;
    let contradiction = match (example.valid, &refusal) {
        (true, Some(reason)) => Some(format!(
            "`{path}` stands as valid, and the schema refuses it: {reason}"
        )),
        (false, None) => Some(format!(
            "`{path}` stands as invalid, and the schema accepts it"
        )),
        (true, None) | (false, Some(_)) => None,
    };
    // YAML goes through the readers as the JSON it stands for.
    let text = match &value {
        Some(value) if source.is_yaml() => value.to_string(),
        Some(_) | None => source.text.clone(),
    };
    let limit = value.as_ref().and_then(beyond);
    let trial = Trial {
        document: path.clone(),
        text,
        value,
        expected,
        source: None,
        limit,
    };
    (source, trial, contradiction)
}

fn syntax(fault: &Fault) -> String {
    match fault {
        Fault::Syntax { message, .. } => message.clone(),
        Fault::RepeatedKey { key, .. } => format!("`{key}` stands twice"),
        Fault::TooDeep { .. } => "it is nested too deeply".to_owned(),
    }
}

impl Found {
    /// Gives the files their place, and reports examples that their schema contradicts.
    pub(super) fn settle(
        self,
        label: &str,
        sources: &mut Sources,
        diagnostics: &mut Diagnostics,
    ) -> Vec<Trial> {
        let mut trials = Vec::new();
        for (source, mut trial, contradiction) in self.examples {
            let id = sources.push(source);
            trial.source = Some(id);
            if let Some(message) = contradiction {
                let help = "mend the example or the schema, or move the file to the other folder";
                let diagnostic =
                    Diagnostic::new(&EXAMPLE_CONTRADICTED, message).at(Place::file(id), "");
                diagnostics.push(diagnostic.about(label).help(help));
            }
            trials.push(trial);
        }
        trials.extend(self.samples);
        trials
    }
}

/// The documented limit that a document is beyond: whole numbers outside int64, U+0000.
pub(super) fn beyond(value: &Value) -> Option<&'static str> {
    let text = |text: &str| text.contains('\0').then_some("a string holds U+0000");
    match value {
        Value::String(it) => text(it),
        Value::Number(number) => {
            let decimal = crate::number::Decimal::of(number);
            let fits = decimal
                .to_i128()
                .is_some_and(|it| i64::try_from(it).is_ok());
            (decimal.is_integer() && !fits).then_some("a whole number is beyond 64 bits")
        }
        Value::Array(items) => items.iter().find_map(beyond),
        Value::Object(members) => members
            .iter()
            .find_map(|(name, it)| text(name).or_else(|| beyond(it))),
        Value::Null | Value::Bool(_) => None,
    }
}
