//! What became of versions that were released: a catalog and a baseline in; findings for those edited,
//! deleted or renamed since then out.
//!
//! New versions are `check`'s; here is what must stay as it was.

mod edited;

use serde_json::Value;

use super::members::{Baseline, is_open};
use crate::catalog::{Catalog, Contract, Release, Version};
use crate::config::Config;
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Place, Severity};
use crate::schema::{Schemas, bundle};

pub(super) const CODES: &[&Code] = &[
    &edited::RELEASED_VERSION_EDITED,
    &RELEASED_VERSION_DELETED,
    &RELEASED_VERSION_RENAMED,
    &RELEASED_CONTRACT_REMOVED,
];

static RELEASED_VERSION_DELETED: Code = Code {
    name: "released-version-deleted",
    severity: Severity::Error,
    explain: "\
`contracts check --against` found a version that the baseline has and that is gone, while its contract is
still there. Programs may speak it still, and later versions are no longer checked against it. Bring the
file back, or say in an `[[accept]]` row of contracts.toml why nobody speaks it any more.
",
};

static RELEASED_VERSION_RENAMED: Code = Code {
    name: "released-version-renamed",
    severity: Severity::Error,
    explain: "\
`contracts check --against` found a version that the baseline has under one name and that now stands, with
the same contents, under another. Programs ask for it by its name: keep the old file beside the new one,
or say in an `[[accept]]` row of contracts.toml why nobody asks for it. A file that moves while `layout`
gives it the same group, name and version is not renamed.
",
};

static RELEASED_CONTRACT_REMOVED: Code = Code {
    name: "released-contract-removed",
    severity: Severity::Error,
    explain: "\
`contracts check --against` found a contract that the baseline has and that is gone with all its versions.
Bring its files back, or say in an `[[accept]]` row of contracts.toml why nobody speaks it any more.
",
};

/// Compares what was released with what is there now.
pub(super) fn check(
    catalog: &Catalog,
    baseline: Baseline<'_>,
    config: &Config,
    diagnostics: &mut Diagnostics,
) {
    let check = Check {
        catalog,
        baseline,
        config,
    };
    let mut renamed = Renamed::of(&check);
    for was in &baseline.catalog.contracts {
        check.contract(was, &mut renamed, diagnostics);
    }
}

struct Check<'a> {
    catalog: &'a Catalog,
    baseline: Baseline<'a>,
    config: &'a Config,
}

impl Check<'_> {
    fn contract(&self, was: &Contract, renamed: &mut Renamed<'_>, diagnostics: &mut Diagnostics) {
        let now = self.catalog.contract(&was.full_name());
        let closed = was.releases.iter().filter(|it| self.is_closed(was, it));
        let mut gone = Vec::new();
        let mut moved: Vec<(&Release, Moved<'_>)> = Vec::new();
        for old in closed {
            let new = now.and_then(|now| release(now, &old.version));
            match (now, new) {
                (Some(now), Some(new)) if self.baseline.versioned => {
                    diagnostics.extend(self.edited(was, now, [old, new]));
                }
                (_, Some(_)) => {}
                (_, None) => match renamed.take(self.baseline.catalog, old) {
                    Some(it) => moved.push((old, it)),
                    None => gone.push(old),
                },
            }
        }
        for group in
            moved.chunk_by(|(_, a), (_, b)| a.contract.full_name() == b.contract.full_name())
        {
            diagnostics.extend(self.renamed(was, group));
        }
        if now.is_none() && moved.is_empty() {
            diagnostics.extend(gone.last().map(|last| self.removed(was, last)));
            return;
        }
        for old in gone {
            diagnostics.push(self.deleted(was, now, old));
        }
    }

    fn is_closed(&self, was: &Contract, release: &Release) -> bool {
        !self.baseline.versioned || !is_open(self.config, &was.full_name(), &release.version)
    }

    fn renamed(&self, was: &Contract, group: &[(&Release, Moved<'_>)]) -> Option<Diagnostic> {
        let (first, to) = group.first()?;
        let from = was.full_name();
        let into = to.contract.full_name();
        let message = if from == into {
            let (old, new) = (&first.version, &to.release.version);
            format!("{old} of `{from}` is called {new} now, and was released")
        } else {
            format!("`{from}` is called `{into}` now, and was released")
        };
        let versions: Vec<String> = group
            .iter()
            .map(|(old, to)| format!("{} is {}", was.label(old), to.contract.label(to.release)))
            .collect();
        Some(
            Diagnostic::new(&RELEASED_VERSION_RENAMED, message)
                .at(file(&self.catalog.schemas, to.release), "the new name")
                .at(file(&self.baseline.catalog.schemas, first), "the old name")
                .note(versions.join(", "))
                .help("keep the files under their old names, and add new ones beside them")
                .about(was.label(first)),
        )
    }

    fn deleted(&self, was: &Contract, now: Option<&Contract>, old: &Release) -> Diagnostic {
        let (version, name) = (&old.version, was.full_name());
        let message = format!("{version} of `{name}` is gone, and was released");
        let diagnostic = Diagnostic::new(&RELEASED_VERSION_DELETED, message);
        let neighbour = now.and_then(|now| {
            let next = now.releases.iter().find(|it| it.version > old.version);
            next.or_else(|| now.releases.last())
        });
        let diagnostic = match neighbour {
            Some(next) => diagnostic.at(
                file(&self.catalog.schemas, next),
                "the contract goes on here",
            ),
            None => self.beside_settings(diagnostic),
        };
        self.gone(diagnostic, was, old)
    }

    fn removed(&self, was: &Contract, last: &Release) -> Diagnostic {
        let message = format!("`{}` is gone, and was released", was.full_name());
        let diagnostic = Diagnostic::new(&RELEASED_CONTRACT_REMOVED, message);
        let versions: Vec<String> = was
            .releases
            .iter()
            .map(|it| it.version.to_string())
            .collect();
        let diagnostic = self.gone(self.beside_settings(diagnostic), was, last);
        if self.baseline.versioned {
            diagnostic.note(format!("with it {}", versions.join(", ")))
        } else {
            diagnostic
        }
    }

    fn beside_settings(&self, diagnostic: Diagnostic) -> Diagnostic {
        match self.baseline.settings {
            Some(source) => diagnostic.at(Place::file(source), "the workspace"),
            None => diagnostic,
        }
    }

    fn gone(&self, diagnostic: Diagnostic, was: &Contract, old: &Release) -> Diagnostic {
        let schemas = &self.baseline.catalog.schemas;
        let name = self.baseline.name;
        diagnostic
            .at(file(schemas, old), "was here")
            .help(format!(
                "bring `{}` back from `{name}`, or say why it may go in an `[[accept]]` row",
                old.path
            ))
            .about(was.label(old))
    }
}

/// A version under its new name.
#[derive(Clone, Copy)]
struct Moved<'a> {
    contract: &'a Contract,
    release: &'a Release,
}

/// Versions of now that the baseline has not: where a version that is missing may have gone.
struct Renamed<'a>(Vec<(Value, Moved<'a>)>);

impl<'a> Renamed<'a> {
    fn of(check: &Check<'a>) -> Self {
        let known = |contract: &Contract, new: &Release| {
            let was = check.baseline.catalog.contract(&contract.full_name());
            was.is_some_and(|was| release(was, &new.version).is_some())
        };
        let releases = check.catalog.releases();
        Self(
            releases
                .filter(|(contract, new)| !known(contract, new))
                .map(|(contract, release)| {
                    let is = bundle(&check.catalog.schemas, release.root);
                    (is, Moved { contract, release })
                })
                .collect(),
        )
    }

    /// The version that says what a missing one said; each is found once.
    fn take(&mut self, baseline: &Catalog, old: &Release) -> Option<Moved<'a>> {
        if self.0.is_empty() {
            return None;
        }
        let was = bundle(&baseline.schemas, old.root);
        let at = self.0.iter().position(|(is, _)| *is == was)?;
        Some(self.0.remove(at).1)
    }
}

fn release<'a>(contract: &'a Contract, version: &Version) -> Option<&'a Release> {
    contract.releases.iter().find(|it| it.version == *version)
}

fn file(schemas: &Schemas, release: &Release) -> Place {
    Place::file(schemas.schema(release.root).source)
}
