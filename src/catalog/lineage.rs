//! Files grouped into contracts, versions in order; gaps, doubles and strays reported.

use std::collections::BTreeMap;

use super::{Contract, Example, Release, Version};
use crate::config::{Config, Matched};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Place, Severity};
use crate::schema::{SchemaId, Schemas};
use crate::source::SourceId;

pub(super) static VERSION_INVALID: Code = Code {
    name: "version-invalid",
    severity: Severity::Error,
    explain: "\
The part of a path that the layout calls `{version}` is no version. Versions are written `1.2`, `1.2.3`
(semver, with a pre-release if you like) or `1-0-2` (SchemaVer).
",
};

pub(super) static VERSION_REPEATED: Code = Code {
    name: "version-repeated",
    severity: Severity::Error,
    explain: "\
Two files are the same version of one contract: `1.2` and `1.2.0`, or a `.json` and a `.yaml`. Nobody
could say which one counts.
",
};

pub(super) static VERSION_GAP: Code = Code {
    name: "version-gap",
    severity: Severity::Warning,
    explain: "\
A version is missing between two that are there: 1.0 is followed by 1.2, or 1.x by 3.0. Often a file
was forgotten or deleted; the check across the gap says less than one for each step would.
",
};

pub(super) static NAME_CLASH: Code = Code {
    name: "name-clash",
    severity: Severity::Error,
    explain: "\
Two contracts have names that differ in case only. File systems of Windows and macOS, and MQL4, hold
them for one, so generated files would overwrite each other.
",
};

pub(super) static EXAMPLE_ORPHANED: Code = Code {
    name: "example-orphaned",
    severity: Severity::Warning,
    explain: "\
An example document stands where the `examples` pattern says it belongs to a contract and version that
the workspace does not have, so it shows nothing.
",
};

pub(super) static WORKSPACE_EMPTY: Code = Code {
    name: "workspace-empty",
    severity: Severity::Warning,
    explain: "\
No file below the workspace's root matches the `layout` pattern, so there is nothing to do. The pattern
is matched against the whole path below the root.
",
};

/// A schema file that the layout matched.
pub(super) struct Found {
    pub(super) path: String,
    pub(super) matched: Matched,
    pub(super) source: SourceId,
    /// The schema, where the file could be parsed.
    pub(super) root: Option<SchemaId>,
}

/// Groups files into contracts.
pub(super) fn gather(
    found: Vec<Found>,
    config: &Config,
    schemas: &Schemas,
    diagnostics: &mut Diagnostics,
) -> Vec<Contract> {
    let mut contracts: BTreeMap<(String, String), Vec<(Version, Found)>> = BTreeMap::new();
    for file in found {
        let version = match &file.matched.version {
            None => Ok(Version::only()),
            Some(text) => text.parse::<Version>(),
        };
        match version {
            Ok(version) => {
                let group = file.matched.group.clone().unwrap_or_default();
                let name = file.matched.name.clone();
                contracts
                    .entry((group, name))
                    .or_default()
                    .push((version, file));
            }
            Err(error) => diagnostics.push(
                Diagnostic::new(&VERSION_INVALID, format!("{error}: `{}`", file.path))
                    .at(Place::file(file.source), String::new())
                    .help("write `1.2`, `1.2.3` or `1-0-2`"),
            ),
        }
    }
    clashes(&contracts, diagnostics);
    contracts
        .into_iter()
        .map(|((group, name), files)| contract(group, name, files, config, schemas, diagnostics))
        .filter(|contract| !contract.releases.is_empty())
        .collect()
}

fn contract(
    group: String,
    name: String,
    mut files: Vec<(Version, Found)>,
    config: &Config,
    schemas: &Schemas,
    diagnostics: &mut Diagnostics,
) -> Contract {
    files.sort_by(|(a, file), (b, other)| a.cmp(b).then_with(|| file.path.cmp(&other.path)));
    let mut contract = Contract {
        group,
        name,
        promise: crate::config::Promise::NONE,
        releases: Vec::new(),
    };
    contract.promise = config.promise(&contract.full_name());
    for pair in files.windows(2) {
        let [(old, before), (new, after)] = pair else {
            continue;
        };
        let label = contract.full_name();
        if old == new {
            diagnostics.push(
                Diagnostic::new(
                    &VERSION_REPEATED,
                    format!("two files are version {new} of `{label}`"),
                )
                .at(Place::file(after.source), "the second")
                .at(Place::file(before.source), "the first")
                .help("remove one of them")
                .about(format!("{label}@{new}")),
            );
        } else if let Some(missing) = gap(old.number(), new.number()) {
            diagnostics.push(
                Diagnostic::new(
                    &VERSION_GAP,
                    format!("`{label}` has {old} and {new}, but no {missing}"),
                )
                .at(Place::file(after.source), String::new())
                .help("number versions without gaps, or bring the missing file back")
                .about(format!("{label}@{new}")),
            );
        }
    }
    for (version, file) in files {
        let Some(root) = file.root else { continue };
        if contract
            .releases
            .last()
            .is_some_and(|last: &Release| last.version == version)
        {
            continue;
        }
        debug_assert_eq!(schemas.schema(root).path, file.path);
        contract.releases.push(Release {
            version,
            root,
            path: file.path,
            examples: Vec::new(),
        });
    }
    contract
}

/// The version that should stand between two neighbours, if one should.
fn gap(old: &semver::Version, new: &semver::Version) -> Option<String> {
    if new.major > old.major {
        let first = !new.pre.is_empty() || (new.minor == 0 && new.patch == 0);
        let next = old.major + 1;
        return (new.major > next)
            .then(|| format!("{next}.0"))
            .or_else(|| (!first).then(|| format!("{}.0", new.major)));
    }
    if new.minor > old.minor {
        let next = old.minor + 1;
        return (new.minor > next).then(|| format!("{}.{next}", new.major));
    }
    let next = old.patch + 1;
    (new.patch > next).then(|| format!("{}.{}.{next}", new.major, new.minor))
}

fn clashes(
    contracts: &BTreeMap<(String, String), Vec<(Version, Found)>>,
    diagnostics: &mut Diagnostics,
) {
    let mut lower: BTreeMap<String, &Found> = BTreeMap::new();
    for ((group, name), files) in contracts {
        let Some((_, file)) = files.first() else {
            continue;
        };
        if let Some(other) = lower.insert(format!("{group}/{name}").to_lowercase(), file) {
            diagnostics.push(
                Diagnostic::new(
                    &NAME_CLASH,
                    format!("`{}` and `{}` differ in case only", other.path, file.path),
                )
                .at(Place::file(file.source), String::new())
                .at(Place::file(other.source), String::new())
                .help("rename one of them"),
            );
        }
    }
}

/// Puts each example with its version; those that have none are reported.
pub(super) fn attach(
    contracts: &mut [Contract],
    examples: Vec<(String, Matched)>,
    config_source: Option<SourceId>,
    diagnostics: &mut Diagnostics,
) {
    for (path, matched) in examples {
        let version = match &matched.version {
            None => Some(Version::only()),
            Some(text) => text.parse().ok(),
        };
        let release = contracts
            .iter_mut()
            .filter(|contract| {
                contract.name == matched.name
                    && matched
                        .group
                        .as_ref()
                        .is_none_or(|group| *group == contract.group)
            })
            .flat_map(|contract| &mut contract.releases)
            .find(|release| Some(&release.version) == version.as_ref());
        if let Some(release) = release {
            release.examples.push(Example {
                path,
                valid: matched.valid.unwrap_or(true),
            });
            continue;
        }
        let written = matched.version.unwrap_or_else(|| "1.0".to_owned());
        let mut diagnostic = Diagnostic::new(
            &EXAMPLE_ORPHANED,
            format!(
                "`{path}` shows `{}@{written}`, which does not exist",
                matched.name
            ),
        )
        .help("rename its folder, or remove it");
        if let Some(source) = config_source {
            diagnostic = diagnostic.at(Place::file(source), String::new());
        }
        diagnostics.push(diagnostic);
    }
}
