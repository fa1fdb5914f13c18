//! The versions a contract is judged by, wherever they were read from, and which of them are compared.
//!
//! Catalogs in; members in the order of their versions and pairs of them out. Knows no verdict.

use crate::catalog::{Catalog, Contract, Release, Version};
use crate::config::{Config, PreReleases, Promise};
use crate::schema::Schemas;
use crate::source::SourceId;

/// What versions are compared with.
#[derive(Clone, Copy, Debug)]
pub enum Against<'a> {
    /// Every version with the one before it, and with all before it where that is promised.
    Previous,
    /// Every later version with this one.
    Version(&'a Version),
    /// Versions that are new since a baseline with all that the baseline has; and the baseline's own with
    /// what has become of them.
    Baseline(Baseline<'a>),
}

/// A workspace as it was: what is released already.
#[derive(Clone, Copy, Debug)]
pub struct Baseline<'a> {
    /// Its contracts.
    pub catalog: &'a Catalog,
    /// What people call it: a revision, a folder.
    pub name: &'a str,
    /// Whether paths tell versions apart. Where they do not, every contract is compared with itself as it
    /// was.
    pub versioned: bool,
    /// The settings of now, for findings that have no other place.
    pub settings: Option<SourceId>,
}

/// One version in a lineage.
pub(super) struct Member<'a> {
    /// What it is called in messages.
    pub(super) name: String,
    pub(super) version: &'a Version,
    pub(super) schemas: &'a Schemas,
    pub(super) release: &'a Release,
    /// Whether it is in the baseline, and so judged already.
    pub(super) released: bool,
}

/// The versions of one contract with what it promises of them.
pub(super) struct Members<'a> {
    pub(super) list: Vec<Member<'a>>,
    pub(super) promise: Promise,
    pub(super) pre_releases: PreReleases,
}

impl<'a> Members<'a> {
    /// The versions of `contract`, those of the baseline as they were there.
    pub(super) fn of(
        catalog: &'a Catalog,
        contract: &'a Contract,
        config: &Config,
        against: Against<'a>,
    ) -> Self {
        let full_name = contract.full_name();
        let member = |schemas, release: &'a Release, released| Member {
            name: release.version.to_string(),
            version: &release.version,
            schemas,
            release,
            released,
        };
        let here = |release| member(&catalog.schemas, release, false);
        let mut list: Vec<Member<'a>> = contract.releases.iter().map(here).collect();
        if let Against::Baseline(baseline) = against
            && let Some(was) = baseline.catalog.contract(&full_name)
        {
            let schemas = &baseline.catalog.schemas;
            let released = was.releases.iter().map(|it| member(schemas, it, true));
            let mut released: Vec<Member<'a>> = released.collect();
            if baseline.versioned {
                released.retain(|it| !is_open(config, &full_name, it.version));
                list.retain(|it| released.iter().all(|was| was.version != it.version));
            } else {
                for it in &mut released {
                    baseline.name.clone_into(&mut it.name);
                }
                for it in &mut list {
                    "the working tree".clone_into(&mut it.name);
                }
            }
            released.append(&mut list);
            list = released;
            list.sort_by(|a, b| a.version.cmp(b.version));
        }
        Self {
            list,
            promise: contract.promise,
            pre_releases: config.pre_releases(&full_name),
        }
    }

    /// The pairs that are judged, older first.
    pub(super) fn pairs(&self, against: Against<'_>) -> Vec<(usize, usize)> {
        let before = |at: usize| self.before(at).map(|old| (old, at));
        match against {
            Against::Previous | Against::Baseline(_) => (0..self.list.len())
                .filter(|at| self.list.get(*at).is_some_and(|it| !it.released))
                .filter_map(before)
                .collect(),
            Against::Version(version) => {
                let old = self.list.iter().position(|it| it.version == version);
                old.map_or_else(Vec::new, |old| {
                    (old + 1..self.list.len()).map(|new| (old, new)).collect()
                })
            }
        }
    }

    /// What is promised between two of them: nothing from one major version to the next.
    pub(super) fn promised(&self, old: &Member<'_>, new: &Member<'_>) -> Promise {
        let bound = old.version.major() == new.version.major() && !self.is_free(old, new);
        if bound { self.promise } else { Promise::NONE }
    }

    /// Whether nothing is asked of a pair because one of the two is not finished.
    pub(super) fn is_free(&self, old: &Member<'_>, new: &Member<'_>) -> bool {
        !self.binds(old) || !self.binds(new)
    }

    /// How many versions that a transitive promise speaks of stand between two.
    pub(super) fn between(&self, older: usize, newer: usize) -> usize {
        let transitive = self.promise.transitive;
        let between = self.list.get(older + 1..newer).filter(|_| transitive);
        between.map_or(0, |list| list.iter().filter(|it| self.binds(it)).count())
    }

    /// The runs of versions that a transitive promise speaks of, one a major version.
    pub(super) fn runs(&self) -> Vec<Vec<usize>> {
        let bound: Vec<(usize, &Member<'_>)> = self
            .list
            .iter()
            .enumerate()
            .filter(|(_, it)| self.binds(it))
            .collect();
        bound
            .chunk_by(|(_, a), (_, b)| a.version.major() == b.version.major())
            .map(|run| run.iter().map(|(at, _)| *at).collect())
            .collect()
    }

    /// The version that one is compared with: the last before it; for a finished one, the last finished.
    fn before(&self, at: usize) -> Option<usize> {
        let earlier = self.list.get(..at)?;
        let bound = || earlier.iter().rposition(|it| self.binds(it));
        self.list
            .get(at)
            .filter(|it| self.binds(it))
            .and_then(|_| bound())
            .or_else(|| at.checked_sub(1))
    }

    fn binds(&self, member: &Member<'_>) -> bool {
        self.pre_releases == PreReleases::Promised || member.version.is_finished()
    }
}

/// Whether a version may still be edited although a baseline has it.
pub(super) fn is_open(config: &Config, contract: &str, version: &Version) -> bool {
    let free = config.pre_releases(contract) == PreReleases::Free;
    (free && !version.is_finished()) || config.is_unreleased(&format!("{contract}@{version}"))
}
