//! Every code of every room, and what contracts.toml makes of them.

use super::{CODE_UNKNOWN, Workspace};
use crate::config::Config;
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Place};
use crate::schema::closest;
use crate::source::Sources;
use crate::{catalog, compat, config, model, schema, target, verify};

/// Every code, by name.
pub fn codes() -> Vec<&'static Code> {
    let rooms: [&[&'static Code]; 6] = [
        config::CODES,
        catalog::CODES,
        schema::CODES,
        model::CODES,
        target::CODES,
        verify::CODES,
    ];
    let own = super::CODES.iter().copied();
    let rooms = rooms.into_iter().flatten().copied();
    let mut codes: Vec<&Code> = rooms.chain(compat::codes()).chain(own).collect();
    codes.sort_by_key(|code| code.name);
    codes
}

/// Reports severities that are set for codes nobody has.
pub(super) fn check(workspace: &Workspace, sources: &Sources, diagnostics: &mut Diagnostics) {
    let mut codes = codes();
    codes.extend(workspace.known);
    let config = &workspace.config;
    let accepted = config.accept.iter().filter_map(|row| row.code.as_ref());
    for name in config.severities.keys().chain(accepted) {
        if codes.iter().any(|code| code.name == name) {
            continue;
        }
        let source = sources.get(workspace.config_source);
        let place = match source.text.find(name.as_str()) {
            Some(start) => Place::bytes(workspace.config_source, start..start + name.len()),
            None => Place::file(workspace.config_source),
        };
        let help = closest(name, codes.iter().map(|code| code.name)).map_or_else(
            || "`contracts explain` lists all codes".to_owned(),
            |meant| format!("did you mean `{meant}`?"),
        );
        diagnostics.push(
            Diagnostic::new(&CODE_UNKNOWN, format!("`{name}` is no code"))
                .at(place, "no finding has it")
                .help(help),
        );
    }
}

/// Gives findings the severities that contracts.toml asks for.
pub(super) fn regrade(config: &Config, diagnostics: &mut Diagnostics) {
    if config.severities.is_empty() {
        return;
    }
    diagnostics.regrade(
        |diagnostic| match config.severities.get(diagnostic.code.name) {
            Some(level) => level.severity(),
            None => Some(diagnostic.severity),
        },
    );
}
