//! Models × templates → files. A fault of a template is a finding in the template's own text.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use minijinja::syntax::SyntaxConfig;
use minijinja::value::Serde;
use minijinja::{AutoEscape, Environment, Error, ErrorKind, UndefinedBehavior, context};
use rayon::prelude::*;
use serde::Serialize;

use super::context::Module;
use super::declare::declare;
use super::names::{Address, addresses};
use super::patterns::{Missing, Patterns};
use super::{
    Context, FileRule, Naming, PATH_REPEATED, PATTERN_UNHELD, Per, TEMPLATE_INVALID, Target,
    filters, manifest, rust,
};
use crate::diagnostic::{Diagnostic, Diagnostics, Place};
use crate::model::Model;
use crate::source::Sources;
use crate::tree::{BANNER, Tree};

/// The files a target makes of `models`, which are of different contracts or versions.
pub fn generate(
    target: &Target,
    models: &[&Model],
    naming: Naming,
    sources: &mut Sources,
    diagnostics: &mut Diagnostics,
) -> Tree {
    render(
        target,
        &target.manifest.files,
        models,
        naming,
        sources,
        diagnostics,
    )
}

/// The files that run what [`generate`] makes of the same `models`; they go beside it.
pub fn round_trip(
    target: &Target,
    models: &[&Model],
    naming: Naming,
    sources: &mut Sources,
    diagnostics: &mut Diagnostics,
) -> Tree {
    let rules = target.manifest.round_trip.files();
    render(target, rules, models, naming, sources, diagnostics)
}

/// A generated version as the templates of contracts, groups and the workspace see it.
#[derive(Clone, Debug, Serialize)]
struct Summary {
    label: String,
    group: String,
    name: String,
    version: String,
    major: u64,
    address: Address,
    /// The identifier of the document's declaration.
    root: String,
}

/// A contract with its generated versions, oldest first.
#[derive(Clone, Debug, Serialize)]
struct Contract {
    address: Address,
    /// `group/Name`
    full_name: String,
    group: String,
    name: String,
    modules: Vec<Summary>,
}

/// A folder of contracts and of such folders.
#[derive(Clone, Debug, Default, Serialize)]
struct Group {
    path: Vec<String>,
    groups: BTreeSet<String>,
    contracts: BTreeSet<String>,
}

struct Rendered {
    files: Vec<(String, String)>,
    summary: Option<Summary>,
    errors: Vec<Error>,
    missing: Vec<Missing>,
}

fn render(
    target: &Target,
    rules: &[FileRule],
    models: &[&Model],
    naming: Naming,
    sources: &mut Sources,
    diagnostics: &mut Diagnostics,
) -> Tree {
    let mut faults = Faults::new(target, sources, diagnostics);
    let environment = environment(target, &mut faults);
    let addresses = addresses(target, models, naming);
    let modules: Vec<Rendered> = models
        .par_iter()
        .zip(&addresses)
        .map(|(model, address)| module(target, rules, &environment, model, address))
        .collect();
    let mut files = Files::default();
    let mut summaries = Vec::new();
    for (rendered, model) in modules.into_iter().zip(models) {
        summaries.extend(rendered.summary);
        for error in rendered.errors {
            faults.report(&error);
        }
        for missing in rendered.missing {
            faults.missing(&model.label(), missing);
        }
        for (path, text) in rendered.files {
            files.insert(path, text, &model.label(), &mut faults);
        }
    }
    let whole = Whole::new(summaries);
    for rule in rules {
        match whole.render(target, rule, &environment) {
            Ok(made) => {
                for (path, text) in made {
                    files.insert(path, text, &rule.template, &mut faults);
                }
            }
            Err(error) => faults.report(&error),
        }
    }
    files.tree
}

/// Every template of a target, compiled once.
fn environment(target: &Target, faults: &mut Faults<'_>) -> Environment<'static> {
    let mut environment = Environment::new();
    environment.set_undefined_behavior(UndefinedBehavior::Strict);
    environment.set_auto_escape_callback(|_| AutoEscape::None);
    environment.set_syntax(
        SyntaxConfig::builder()
            .trim_blocks(true)
            .lstrip_blocks(true)
            .keep_trailing_newline(true)
            .build()
            .expect("the delimiters are the usual ones"),
    );
    filters::install(&mut environment);
    let types = target.manifest.types.iter();
    let types = types.map(|(kind, text)| (format!("types.{kind}"), text));
    let templates = target.files.iter();
    let templates = templates
        .filter(|(path, _)| Path::new(path).extension().is_some_and(|it| it == "j2"))
        .map(|(path, text)| (path.clone(), text));
    for (name, text) in types.chain(templates) {
        if let Err(error) = environment.add_template_owned(name, text.clone()) {
            faults.report(&error);
        }
    }
    environment
}

fn module(
    target: &Target,
    rules: &[FileRule],
    environment: &Environment<'static>,
    model: &Model,
    address: &Address,
) -> Rendered {
    let mut rendered = Rendered {
        files: Vec::new(),
        summary: None,
        errors: Vec::new(),
        missing: Vec::new(),
    };
    let mut patterns = match target.manifest.patterns {
        manifest::Patterns::Automaton => Patterns::of(model),
        manifest::Patterns::Text => Patterns::default(),
    };
    rendered.missing = std::mem::take(&mut patterns.missing);
    let declared = target.manifest.declare.as_ref();
    let declared = declared.map(|rules| declare(model, rules));
    let of = declared.as_ref().unwrap_or(model);
    let module = match Module::new(target, environment, of, address, patterns) {
        Ok(module) => module,
        Err(error) => {
            rendered.errors.push(error);
            return rendered;
        }
    };
    rendered.summary = Some(Summary {
        label: model.label(),
        group: model.group.clone(),
        name: model.name.clone(),
        version: model.version.clone(),
        major: model.major,
        address: address.clone(),
        root: module.root.clone(),
    });
    let rules: Vec<&FileRule> = rules.iter().filter(|it| it.per == Per::Module).collect();
    if rules.is_empty() {
        return rendered;
    }
    let alone = context! { root => module.root.clone(), address => Serde(address) };
    let context = context! {
        banner => module.banner.clone(),
        module => Serde(&module),
        contracts => vec![context! { modules => vec![alone] }],
    };
    for rule in rules {
        let template = environment.get_template(&rule.template);
        let text = template.and_then(|template| match rule.context {
            Context::Model => template.render(&context),
            Context::Rust => rust::module(target, &template, model, address),
        });
        match text {
            Ok(text) => rendered.files.push((address.fill(&rule.path), text)),
            Err(error) => rendered.errors.push(error),
        }
    }
    rendered
}

/// The contracts and groups of a workspace.
struct Whole {
    contracts: Vec<Contract>,
    groups: Vec<Group>,
}

impl Whole {
    fn new(summaries: Vec<Summary>) -> Self {
        let mut contracts: BTreeMap<(Vec<String>, String), Contract> = BTreeMap::new();
        let mut groups = BTreeMap::from([(Vec::new(), Group::default())]);
        for summary in summaries {
            let Address {
                group, contract, ..
            } = &summary.address;
            for (depth, segment) in group.iter().enumerate() {
                let (above, _) = group.split_at(depth);
                let (path, _) = group.split_at(depth + 1);
                let parent: &mut Group = groups.entry(above.to_vec()).or_default();
                parent.groups.insert(segment.clone());
                groups.entry(path.to_vec()).or_default().path = path.to_vec();
            }
            let holder = groups.entry(group.clone()).or_default();
            holder.contracts.insert(contract.clone());
            contracts
                .entry((group.clone(), contract.clone()))
                .or_insert_with(|| Contract {
                    address: summary.address.clone(),
                    full_name: summary
                        .label
                        .rsplit_once('@')
                        .map_or_else(String::new, |(name, _)| name.to_owned()),
                    group: summary.group.clone(),
                    name: summary.name.clone(),
                    modules: Vec::new(),
                })
                .modules
                .push(summary);
        }
        Self {
            contracts: contracts.into_values().collect(),
            groups: groups.into_values().collect(),
        }
    }

    /// The files of a rule that is not for modules.
    fn render(
        &self,
        target: &Target,
        rule: &FileRule,
        environment: &Environment<'static>,
    ) -> Result<Vec<(String, String)>, Error> {
        let banner = format!("{BANNER}; do not edit");
        let rendered = |path: String, context: minijinja::Value| {
            let text = environment.get_template(&rule.template)?.render(context)?;
            Ok((path, text))
        };
        match rule.per {
            Per::Module => Ok(Vec::new()),
            Per::Contract => {
                let contracts = self.contracts.iter();
                contracts
                    .map(|contract| {
                        let path = contract.address.fill(&rule.path);
                        rendered(
                            path,
                            context! { banner => banner.clone(), contract => Serde(contract) },
                        )
                    })
                    .collect()
            }
            Per::Group => {
                let groups = self.groups.iter();
                groups
                    .map(|group| {
                        let address = Address {
                            group: group.path.clone(),
                            contract: String::new(),
                            phrase: String::new(),
                            version: String::new(),
                        };
                        let path = address.fill(&rule.path);
                        rendered(
                            path,
                            context! { banner => banner.clone(), group => Serde(group) },
                        )
                    })
                    .collect()
            }
            Per::Workspace => {
                let context = context! {
                    banner,
                    contracts => Serde(&self.contracts),
                    groups => Serde(&self.groups),
                };
                Ok(vec![rendered(rule.path.clone(), context)?])
            }
            Per::Static => match target.files.get(&rule.template) {
                Some(text) => Ok(vec![(rule.path.clone(), text.clone())]),
                None => Err(Error::new(
                    ErrorKind::TemplateNotFound,
                    format!("`{}` is no file of the target", rule.template),
                )),
            },
        }
    }
}

/// Files with who made them, so that a path given twice is found.
#[derive(Default)]
struct Files {
    tree: Tree,
    makers: BTreeMap<String, String>,
}

impl Files {
    fn insert(&mut self, path: String, text: String, maker: &str, faults: &mut Faults<'_>) {
        if let Some(other) = self.makers.insert(path.clone(), maker.to_owned()) {
            let target = &faults.target.name;
            let message = format!("target `{target}` writes `{path}` for `{other}` and `{maker}`");
            faults
                .diagnostics
                .push(Diagnostic::new(&PATH_REPEATED, message));
        }
        self.tree.insert(path, text);
    }
}

/// Reports each fault of a template once, however many modules meet it.
struct Faults<'a> {
    target: &'a Target,
    sources: &'a mut Sources,
    diagnostics: &'a mut Diagnostics,
    seen: BTreeSet<String>,
}

impl<'a> Faults<'a> {
    fn new(target: &'a Target, sources: &'a mut Sources, diagnostics: &'a mut Diagnostics) -> Self {
        Self {
            target,
            sources,
            diagnostics,
            seen: BTreeSet::new(),
        }
    }

    /// A pattern that the target does not check.
    fn missing(&mut self, label: &str, missing: Missing) {
        let Missing {
            pattern,
            origin,
            why,
        } = missing;
        let target = &self.target.name;
        let message =
            format!("target `{target}` does not check the pattern `{pattern}` of `{label}`");
        let note = format!("{why}; it stands at or below `{origin}`");
        let diagnostic = Diagnostic::new(&PATTERN_UNHELD, message)
            .about(label)
            .note(note);
        self.diagnostics.push(diagnostic);
    }

    fn report(&mut self, error: &Error) {
        let message = match error.detail() {
            Some(detail) => format!("{}: {detail}", error.kind()),
            None => error.kind().to_string(),
        };
        let name = error.name().unwrap_or("target.toml").to_owned();
        if !self
            .seen
            .insert(format!("{name}:{:?}:{message}", error.line()))
        {
            return;
        }
        let text = match name.strip_prefix("types.") {
            Some(kind) => self.target.manifest.types.get(kind),
            None => self.target.files.get(&name),
        };
        let text = text.cloned().unwrap_or_default();
        let span = line_span(&text, error.line());
        let file = format!("generators/{}/{name}", self.target.name);
        let source = self.sources.add(file, text);
        self.diagnostics.push(
            Diagnostic::new(&TEMPLATE_INVALID, message).at(Place::bytes(source, span), "here"),
        );
    }
}

/// The bytes of a line, its indentation left out.
fn line_span(text: &str, line: Option<usize>) -> std::ops::Range<usize> {
    let mut start = 0;
    for (index, content) in text.split_inclusive('\n').enumerate() {
        if Some(index + 1) == line {
            let indent = content.len() - content.trim_start().len();
            return start + indent..start + content.trim_end().len().max(indent);
        }
        start += content.len();
    }
    0..0
}
