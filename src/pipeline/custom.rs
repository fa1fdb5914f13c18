//! Rows of contracts.toml that ask for something else than a target does by itself, against what there is: a
//! target that does not do it, a contract, a type or a place that nobody has.

use std::collections::BTreeSet;

use super::Workspace;
use crate::catalog::Catalog;
use crate::config::{Custom, TargetConfig, place_of};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Severity};
use crate::model::Model;
use crate::schema::closest;
use crate::source::Sources;
use crate::target::{self, Naming, Target};

pub(super) static OPTION_UNKNOWN: Code = Code {
    name: "option-unknown",
    severity: Severity::Error,
    explain: "\
A target of contracts.toml has a setting that it does not follow, such as `derives` for Python. What a
target follows is in its target.toml, as `follows`.
",
};

pub(super) static CUSTOM_UNMATCHED: Code = Code {
    name: "custom-unmatched",
    severity: Severity::Error,
    explain: "\
A row of a target's `custom` means nothing that is generated: no contract has such a name, no schema has the
format, the property or the pointer that `replace` names, no type has the name that `derives` asks for.
So it does nothing, and its writer thinks that it does.
",
};

/// Reports settings of targets that do nothing.
pub(super) fn check(
    workspace: &Workspace,
    catalog: &Catalog,
    targets: &[Target],
    sources: &Sources,
    diagnostics: &mut Diagnostics,
) {
    let is_custom = |target: &&Target| {
        let TargetConfig {
            package,
            dependencies,
            custom,
            ..
        } = &target.settings;
        package.is_some() || !dependencies.is_empty() || !custom.is_empty()
    };
    let custom: Vec<&Target> = targets.iter().filter(is_custom).collect();
    if custom.is_empty() {
        return;
    }
    // Such workspaces are few and small; what is generated is known by then only as files.
    let models = super::lower(workspace, catalog, &mut Diagnostics::default());
    let models: Vec<&Model> = models.iter().collect();
    for target in custom {
        of_target(workspace, target, &models, sources, diagnostics);
    }
}

fn of_target(
    workspace: &Workspace,
    target: &Target,
    models: &[&Model],
    sources: &Sources,
    diagnostics: &mut Diagnostics,
) {
    let mut report = |code: &'static Code, path: &[&str], message: String, help: String| {
        let source = sources.get(workspace.config_source);
        let way = ["targets", &target.name];
        let way: Vec<&str> = way.iter().chain(path).copied().collect();
        let place = place_of(source, workspace.config_source, &way);
        diagnostics.push(Diagnostic::new(code, message).at(place, "here").help(help));
    };
    let name = &target.name;
    let follows = &target.manifest.follows;
    let known = |setting: &str| follows.iter().any(|it| it == setting);
    let help = match follows.as_slice() {
        [] => "it follows none but `out` and `emit`".to_owned(),
        follows => format!("it follows {}", follows.join(", ")),
    };
    let settings = &target.settings;
    let whole = [
        ("package", settings.package.is_some()),
        ("dependencies", !settings.dependencies.is_empty()),
    ];
    for (setting, is_said) in whole {
        if is_said && !known(setting) {
            let message = format!("target `{name}` does not follow `{setting}`");
            report(&OPTION_UNKNOWN, &[setting], message, help.clone());
        }
    }
    for (glob, custom) in &settings.custom {
        for setting in custom.said() {
            if !known(setting) {
                let message = format!("target `{name}` does not follow `{setting}`");
                let path = ["custom", glob, setting];
                report(&OPTION_UNKNOWN, &path, message, help.clone());
            }
        }
        let meant = models
            .iter()
            .filter(|it| settings.means(glob, &it.full_name()));
        let meant: Vec<&Model> = meant.copied().collect();
        if meant.is_empty() {
            let names: BTreeSet<String> = models.iter().map(|it| it.full_name()).collect();
            let message = format!("no contract is called `{glob}`");
            let help = suggestion(glob, &names, "contracts");
            report(&CUSTOM_UNMATCHED, &["custom", glob], message, help);
            continue;
        }
        for (setting, what, found) in nothing(target, custom, &meant) {
            let path = ["custom", glob, setting];
            report(&CUSTOM_UNMATCHED, &path, what, found);
        }
    }
}

/// The rows of a custom that mean nothing in some models: the setting, what to say, and the help.
fn nothing(
    target: &Target,
    custom: &Custom,
    meant: &[&Model],
) -> Vec<(&'static str, String, String)> {
    let mut found = Vec::new();
    for (row, here) in target::unused(&custom.replace, meant) {
        let message = format!("`{}` is nowhere in the contracts this is for", row.meant());
        let help = suggestion(row.meant(), &here, "there");
        found.push(("replace", message, help));
    }
    if !custom.derives.is_empty() {
        let (mut sources, mut said) = (Sources::default(), Diagnostics::default());
        let naming = Naming::Version;
        let tree = target::generate(target, meant, naming, &mut sources, &mut said);
        let types = target::type_names(target, meant, &tree);
        for glob in custom.derives.keys() {
            if !types.iter().any(|it| custom.derives_by(glob, it)) {
                let message = format!("no type is called `{glob}`");
                found.push(("derives", message, suggestion(glob, &types, "types")));
            }
        }
    }
    found
}

fn suggestion(word: &str, known: &BTreeSet<String>, what: &str) -> String {
    match closest(word, known.iter().map(String::as_str)) {
        Some(meant) => format!("did you mean `{meant}`?"),
        None => {
            let some: Vec<&str> = known.iter().take(8).map(String::as_str).collect();
            let more = if known.len() > some.len() {
                ", …"
            } else {
                ""
            };
            format!("{what}: {}{more}", some.join(", "))
        }
    }
}
