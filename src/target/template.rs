//! Models × templates → files. A fault of a template is a finding in the template's own text.

mod faults;
mod whole;

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::{Mutex, PoisonError};

use minijinja::syntax::SyntaxConfig;
use minijinja::value::Serde;
use minijinja::{AutoEscape, Environment, Error, UndefinedBehavior, context};
use rayon::prelude::*;

use super::context::Module;
use super::declare::declare;
use super::foreign::{Foreign, put_in, used_in};
use super::formats::spell_out;
use super::map::{self, ModuleNames};
use super::names::{Address, Edition, addresses};
use super::patterns::{Compiled, Missing, Patterns};
use super::{Context, FileRule, Naming, Per, Target, filters, rust};
use crate::diagnostic::Diagnostics;
use crate::model::Model;
use crate::source::Sources;
use crate::tree::{Shelf, Tree};
use faults::{Faults, Makers};
use whole::{Summary, Whole};

/// The files a target makes of `models`, which are of different contracts or versions.
pub fn generate(
    target: &Target,
    models: &[&Model],
    naming: Naming,
    sources: &mut Sources,
    diagnostics: &mut Diagnostics,
) -> Tree {
    let rules = &target.manifest.files;
    render(target, rules, models, naming, sources, diagnostics)
}

/// The files of the program that runs what [`generate`] made of the same models.
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

fn render(
    target: &Target,
    rules: &[FileRule],
    models: &[&Model],
    naming: Naming,
    sources: &mut Sources,
    diagnostics: &mut Diagnostics,
) -> Tree {
    let editions: Vec<Edition<'_>> = models.iter().map(|model| Edition::from(*model)).collect();
    let printer = Printer::of(target, rules, &editions, naming);
    let shelf = Mutex::new(Tree::default());
    let printed = models.par_iter().enumerate();
    let printed = printed.map(|(number, model)| printer.module(number, model, &shelf));
    let printed = printed.collect();
    printer.finish(printed, &shelf, sources, diagnostics);
    shelf.into_inner().unwrap_or_else(PoisonError::into_inner)
}

/// A target ready to print modules, each as its model comes.
pub struct Printer<'a> {
    target: &'a Target,
    rules: &'a [FileRule],
    environment: Environment<'static>,
    /// What is wrong with the templates themselves.
    errors: Vec<Error>,
    addresses: Vec<Address>,
    compiled: Compiled,
    /// Paths that two modules would be written to.
    repeated: BTreeSet<String>,
}

/// What remains of a module when its files are on the shelf.
pub struct Printed {
    label: String,
    paths: Vec<String>,
    summary: Option<Summary>,
    names: Option<ModuleNames>,
    foreign: BTreeSet<Foreign>,
    errors: Vec<Error>,
    missing: Vec<Missing>,
}

impl<'a> Printer<'a> {
    /// A printer of the modules of `editions`.
    pub fn new(target: &'a Target, editions: &[Edition<'_>], naming: Naming) -> Self {
        Self::of(target, &target.manifest.files, editions, naming)
    }

    fn of(
        target: &'a Target,
        rules: &'a [FileRule],
        editions: &[Edition<'_>],
        naming: Naming,
    ) -> Self {
        let (mut environment, errors) = environment(target);
        environment.add_global("package", target.package());
        let addresses = addresses(target, editions, naming);
        let mut seen = BTreeSet::new();
        let rules_of_modules = || rules.iter().filter(|rule| rule.per == Per::Module);
        let paths = addresses.iter();
        let paths = paths.flat_map(|it| rules_of_modules().map(|rule| it.fill(&rule.path, target)));
        let repeated = paths.filter(|path| !seen.insert(path.clone())).collect();
        Self {
            target,
            rules,
            environment,
            errors,
            addresses,
            compiled: Compiled::default(),
            repeated,
        }
    }

    /// Prints the module of the edition of this number.
    pub fn module(&self, number: usize, model: &Model, shelf: &dyn Shelf) -> Printed {
        let mut printed = Printed {
            label: model.label(),
            paths: Vec::new(),
            summary: None,
            names: None,
            foreign: BTreeSet::new(),
            errors: Vec::new(),
            missing: Vec::new(),
        };
        let address = self.addresses.get(number);
        let address = address.expect("a printer is told of every edition it prints");
        let texts = module(self, model, address, &mut printed);
        for (path, text) in texts {
            if !self.repeated.contains(&path) {
                shelf.put(&path, text);
            }
            printed.paths.push(path);
        }
        printed
    }

    /// Prints the files that are not of one module, and says what went wrong with any; `printed` is in the
    /// editions' order.
    pub fn finish(
        &self,
        printed: Vec<Printed>,
        shelf: &dyn Shelf,
        sources: &mut Sources,
        diagnostics: &mut Diagnostics,
    ) {
        let mut faults = Faults::new(self.target, sources, diagnostics);
        for error in &self.errors {
            faults.report(error);
        }
        let mut makers = Makers::default();
        let mut summaries = Vec::new();
        let mut names = BTreeMap::new();
        let mut foreign = BTreeSet::new();
        for module in printed {
            summaries.extend(module.summary);
            foreign.extend(module.foreign);
            names.extend(module.names.map(|names| (module.label.clone(), names)));
            for error in module.errors {
                faults.report(&error);
            }
            for missing in module.missing {
                faults.missing(&module.label, missing);
            }
            for path in &module.paths {
                makers.add(path, &module.label, &mut faults);
            }
        }
        let dependencies = self.target.needed(&foreign);
        let whole = Whole::new(summaries, foreign, dependencies);
        let path = self.target.manifest.names.map.as_ref();
        if let Some(path) = path.filter(|_| !names.is_empty()) {
            shelf.put(path, map::text(&names));
        }
        for rule in self.rules {
            match whole.render(self.target, rule, &self.environment) {
                Ok(made) => {
                    for (path, text) in made {
                        makers.add(&path, &rule.template, &mut faults);
                        shelf.put(&path, text);
                    }
                }
                Err(error) => faults.report(&error),
            }
        }
    }
}

/// Every template of a target, compiled once; and what is wrong with those that do not compile.
fn environment(target: &Target) -> (Environment<'static>, Vec<Error>) {
    let mut errors = Vec::new();
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
            errors.push(error);
        }
    }
    (environment, errors)
}

/// The model as the target can print it, where that is not as it is.
fn prepared(target: &Target, model: &Model, foreign: &[Foreign]) -> Option<Model> {
    let manifest = &target.manifest;
    let mut prepared = manifest.declare.as_ref().map(|rules| declare(model, rules));
    if !manifest.formats.is_empty() {
        let model = prepared.get_or_insert_with(|| model.clone());
        spell_out(model, &manifest.formats);
    }
    if !foreign.is_empty() {
        prepared = Some(put_in(prepared.as_ref().unwrap_or(model), foreign));
    }
    prepared
}

/// The files of a module; what else is known of it goes into `printed`.
fn module(
    printer: &Printer<'_>,
    model: &Model,
    address: &Address,
    printed: &mut Printed,
) -> Vec<(String, String)> {
    let Printer {
        target,
        rules,
        environment,
        ..
    } = printer;
    let mut files = Vec::new();
    let foreign = Foreign::all(target, &model.full_name());
    let prepared = prepared(target, model, &foreign);
    let of = prepared.as_ref().unwrap_or(model);
    printed.foreign = used_in(of, &foreign).cloned().collect();
    let mut patterns = Patterns::of(of, target.manifest.patterns, &printer.compiled);
    printed.missing = std::mem::take(&mut patterns.missing);
    let module = match Module::new(target, environment, of, address, patterns) {
        Ok(module) => module,
        Err(error) => {
            printed.errors.push(error);
            return files;
        }
    };
    printed.summary = Some(Summary {
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
        return files;
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
                printed.names.get_or_insert_with(|| ModuleNames {
                    file: path.clone(),
                    root: module.root.clone(),
                    types: types.into_iter().collect(),
                });
                files.push((path, text));
            }
            Err(error) => printed.errors.push(error),
        }
    }
    files
}
