//! `template`: files made from templates, each whole or not at all.

use std::path::{Component, Path};

use minijinja::syntax::SyntaxConfig;
use minijinja::{Environment, UndefinedBehavior, Value as Word};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::workflow::expression::to_word;
use crate::workflow::files;
use crate::workflow::run::desk::{Desk, Done, Fault};

/// What a step of this kind is told.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Arguments {
    /// A template's file, or a folder of them: each `.j2` file in it makes a file without that ending.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<String>,
    /// The template itself, instead of `from`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
    /// The file that is made, or the folder, relative to the project's.
    pub to: String,
    /// What the template's names mean.
    #[serde(default)]
    pub values: Map<String, Value>,
}

/// Makes the files.
pub fn run(arguments: &Arguments, desk: &Desk) -> Result<Done, Fault> {
    let to = inside(&arguments.to)?;
    let templates: Vec<(String, String)> = match (&arguments.from, &arguments.text) {
        (None, Some(text)) => vec![(to, text.clone())],
        (Some(from), None) => {
            let folder = desk.project.join(from);
            if folder.metadata().is_ok_and(|it| it.is_dir()) {
                let paths = files::matching(&folder, &["**/*.j2".to_owned()]);
                let paths = paths.map_err(|error| Fault::for_good(error.to_string()))?;
                let read = paths.iter().map(|path| {
                    let made = path.trim_end_matches(".j2");
                    Ok((format!("{to}/{made}"), read(&folder.join(path))?))
                });
                read.collect::<Result<_, Fault>>()?
            } else {
                vec![(to, read(&folder)?)]
            }
        }
        (Some(_), Some(_)) | (None, None) => {
            let why = "a template needs `from` or `text`, and only one of them";
            return Err(Fault::for_good(why));
        }
    };
    let values = to_word(&Value::Object(arguments.values.clone()));
    let mut rendered = Vec::new();
    for (path, template) in &templates {
        rendered.push((path, render(path, template, &values)?));
    }
    let mut outputs = Map::new();
    for (path, text) in &rendered {
        let target = desk.project.join(path);
        if files::read(&target).is_ok_and(|before| before == text.as_bytes()) {
            desk.log.line(&format!("{path} is as it should be"));
            continue;
        }
        let written = files::write(&target, text.as_bytes());
        written.map_err(|error| Fault::new(format!("cannot write `{path}`: {error}")))?;
        desk.log.line(&format!("{path} written"));
    }
    let paths: Vec<String> = rendered.into_iter().map(|(path, _)| path.clone()).collect();
    outputs.insert("files".to_owned(), paths.clone().into());
    Ok(Done {
        outputs,
        files: paths,
        beside: Value::Null,
    })
}

fn render(path: &str, template: &str, values: &Word) -> Result<String, Fault> {
    let mut environment = Environment::new();
    environment.set_undefined_behavior(UndefinedBehavior::Strict);
    let syntax = SyntaxConfig::builder()
        .trim_blocks(true)
        .lstrip_blocks(true)
        .keep_trailing_newline(true)
        .build();
    environment.set_syntax(syntax.map_err(|error| Fault::for_good(error.to_string()))?);
    environment.set_auto_escape_callback(|_| minijinja::AutoEscape::None);
    let rendered = environment.render_named_str(path, template, values);
    rendered.map_err(|error| Fault::for_good(format!("the template of `{path}`: {error}")))
}

fn read(path: &Path) -> Result<String, Fault> {
    let bytes = files::read(path);
    let bytes = bytes
        .map_err(|error| Fault::for_good(format!("cannot read `{}`: {error}", path.display())))?;
    String::from_utf8(bytes)
        .map_err(|_| Fault::for_good(format!("`{}` is no text", path.display())))
}

/// A path within the project; one that leads out of it is refused.
fn inside(path: &str) -> Result<String, Fault> {
    let leaves = Path::new(path)
        .components()
        .any(|part| !matches!(part, Component::Normal(_) | Component::CurDir));
    if leaves || path.is_empty() {
        let why = format!("`{path}` is no path within the project");
        return Err(Fault::for_good(why));
    }
    Ok(path
        .trim_start_matches("./")
        .trim_end_matches('/')
        .to_owned())
}
