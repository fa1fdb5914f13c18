//! Models × templates → files. A fault of a template is a finding in the template's own text.

mod faults;
mod whole;

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use minijinja::syntax::SyntaxConfig;
use minijinja::value::Serde;
use minijinja::{AutoEscape, Environment, Error, UndefinedBehavior, context};
use rayon::prelude::*;

use super::context::Module;
use super::declare::declare;
use super::foreign::{Foreign, put_in, used};
use super::formats::spell_out;
use super::map::{self, ModuleNames};
use super::names::{Address, addresses};
use super::patterns::{Missing, Patterns};
use super::{Context, FileRule, Naming, Per, Target, filters, rust};
use crate::diagnostic::Diagnostics;
use crate::model::Model;
use crate::source::Sources;
use crate::tree::Tree;
use faults::{Faults, Files};
use whole::{Summary, Whole};

/// The files a target makes of `models`, which are of different contracts or versions.
pub fn generate(
    target: &Target,
    models: &[&Model],
    naming: Naming,
    sources: &mut Sources,
    diagnostics: &mut Diagnostics,
) -> Tree {
    let (mut tree, names) = render(
        target,
        &target.manifest.files,
        models,
        naming,
        sources,
        diagnostics,
    );
    if let Some(path) = &target.manifest.names.map {
        tree.insert(path.clone(), map::text(&names));
    }
    tree
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
    render(target, rules, models, naming, sources, diagnostics).0
}

struct Rendered {
    files: Vec<(String, String)>,
    summary: Option<Summary>,
    names: Option<ModuleNames>,
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
) -> (Tree, BTreeMap<String, ModuleNames>) {
    let mut faults = Faults::new(target, sources, diagnostics);
    let mut environment = environment(target, &mut faults);
    let foreign: BTreeSet<Foreign> = models.iter().flat_map(|it| used(target, it)).collect();
    environment.add_global("package", target.package());
    environment.add_global("dependencies", Serde(target.dependencies(models)));
    environment.add_global("foreign", Serde(foreign));
    let addresses = addresses(target, models, naming);
    let modules: Vec<Rendered> = models
        .par_iter()
        .zip(&addresses)
        .map(|(model, address)| module(target, rules, &environment, model, address))
        .collect();
    let mut files = Files::default();
    let mut summaries = Vec::new();
    let mut names = BTreeMap::new();
    for (rendered, model) in modules.into_iter().zip(models) {
        summaries.extend(rendered.summary);
        names.extend(rendered.names.map(|names| (model.label(), names)));
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
    (files.tree, names)
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

/// The model as the target can print it, where that is not as it is.
fn prepared(target: &Target, model: &Model) -> Option<Model> {
    let manifest = &target.manifest;
    let mut prepared = manifest.declare.as_ref().map(|rules| declare(model, rules));
    if !manifest.formats.is_empty() {
        let model = prepared.get_or_insert_with(|| model.clone());
        spell_out(model, &manifest.formats);
    }
    let foreign = Foreign::all(target, &model.full_name());
    if !foreign.is_empty() {
        prepared = Some(put_in(prepared.as_ref().unwrap_or(model), &foreign));
    }
    prepared
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
        names: None,
        errors: Vec::new(),
        missing: Vec::new(),
    };
    let prepared = prepared(target, model);
    let of = prepared.as_ref().unwrap_or(model);
    let mut patterns = Patterns::of(of, target.manifest.patterns);
    rendered.missing = std::mem::take(&mut patterns.missing);
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
            Context::Model => {
                let text = template.render(&context)?;
                Ok((text, module.type_names()))
            }
            Context::Rust => rust::module(target, &template, of, address),
        });
        match text {
            Ok((text, types)) => {
                let path = address.fill(&rule.path, target);
                rendered.names.get_or_insert_with(|| ModuleNames {
                    file: path.clone(),
                    root: module.root.clone(),
                    types: types.into_iter().collect(),
                });
                rendered.files.push((path, text));
            }
            Err(error) => rendered.errors.push(error),
        }
    }
    rendered
}
