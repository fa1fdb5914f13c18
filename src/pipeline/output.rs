//! Generated trees and the disk: written where they differ, or compared.

use std::path::{Path, PathBuf};

use crate::diagnostic::{Code, Diagnostic, Place, Severity};
use crate::report::{Generated, Report};
use crate::source::Sources;
use crate::tree::{Difference, Drafts, Settled, Tree, WriteError};

pub(super) static GENERATED_STALE: Code = Code {
    name: "generated-stale",
    severity: Severity::Error,
    explain: "\
`contracts gen --check` found that a generated file on disk is not what would be generated now: a schema
or a template changed without `contracts gen`, or somebody edited the file. Run `contracts gen` and
commit what it writes.
",
};

/// A target with its folder and the files that belong there.
#[derive(Clone, Debug)]
pub struct Output<Files = Tree> {
    /// The target's name.
    pub target: String,
    /// The folder, as contracts.toml writes it.
    pub out: String,
    /// The folder.
    pub folder: PathBuf,
    /// The files.
    pub files: Files,
}

impl<Files> Output<Files> {
    /// The same with other files.
    pub(super) fn with<Others>(self, others: impl FnOnce(Files) -> Others) -> Output<Others> {
        Output {
            target: self.target,
            out: self.out,
            folder: self.folder,
            files: others(self.files),
        }
    }
}

/// Puts each target's files in their places; a row a target goes into the report.
pub fn write(
    outputs: Vec<Output<Drafts>>,
    report: &mut Report,
) -> Result<Vec<Output<Settled>>, WriteError> {
    let mut all = Vec::new();
    for output in outputs {
        let Output {
            target,
            out,
            folder,
            files,
        } = output;
        let files = files.settle()?;
        report.generated.push(Generated {
            target: target.clone(),
            out: out.clone(),
            files: files.files.len(),
            written: files.written.written,
            unchanged: files.written.unchanged,
            removed: files.written.removed,
        });
        all.push(Output {
            target,
            out,
            folder,
            files,
        });
    }
    Ok(all)
}

/// Compares each target's files with the disk: a finding for each that differs, and the differences.
pub fn compare(
    outputs: &[Output],
    shown: &dyn Fn(&Path) -> String,
    sources: &mut Sources,
    report: &mut Report,
) -> Vec<Difference> {
    let mut all = Vec::new();
    for output in outputs {
        let differences = output.files.differences(&output.folder);
        report.generated.push(Generated {
            target: output.target.clone(),
            out: output.out.clone(),
            files: output.files.len(),
            written: differences.len(),
            unchanged: output.files.len().saturating_sub(differences.len()),
            removed: 0,
        });
        for difference in &differences {
            let name = shown(&output.folder.join(&difference.path));
            let source = sources.add(&name, "");
            let what = difference.kind.words();
            report.diagnostics.push(
                Diagnostic::new(&GENERATED_STALE, format!("`{name}` {what}"))
                    .at(Place::file(source), "")
                    .help("run `contracts gen` and commit what it writes"),
            );
        }
        all.extend(differences);
    }
    all
}
