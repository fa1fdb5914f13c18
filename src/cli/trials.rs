//! `contracts workflow test`

use std::sync::Arc;

use super::flow::said;
use super::session::Session;
use super::{Common, Failure, Format, Screen};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Place, Severity};
use crate::pointer::Pointer;
use crate::source::{self, Source, Sources};
use crate::workflow::check::Library;
use crate::workflow::codes::{WORKFLOW_CASE_FAILED, WORKFLOW_INVALID};
use crate::workflow::plan::not_there;
use crate::workflow::trial::{Cases, try_case};

/// How the name of a file of cases ends.
const ENDINGS: [&str; 2] = [".test.yaml", ".test.yml"];

/// Runs the cases of workflows: those named, or all.
pub(super) fn run(
    mut session: Session,
    library: &Library,
    unread: Diagnostics,
    names: &[String],
    common: &Common,
    screen: &mut Screen,
) -> Result<u8, Failure> {
    session.report.diagnostics.extend(unread);
    let folder = session.workspace.folder.join("workflows");
    let shown = session.show();
    let scratch = tempfile::tempdir().map_err(|error| said(error, None))?;
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .map_err(|error| said(error, None))?;
    let files = if Sources::is_folder(&folder) {
        Sources::list(&folder).0
    } else {
        Vec::new()
    };
    let (mut passed, mut failed) = (0, 0);
    for path in files {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        let Some(name) = ENDINGS.iter().find_map(|ending| name.strip_suffix(ending)) else {
            continue;
        };
        if !names.is_empty() && !names.iter().any(|it| it == name) {
            continue;
        }
        let Ok(text) = Sources::read(&path) else {
            continue;
        };
        let id = session
            .sources
            .push(Source::new(shown(&path), text).of_file(&path));
        let mut wrong = |code: &'static Code, at: Pointer, message: String| {
            let found = Diagnostic::new(code, message).at(Place::value(id, at), "");
            session.report.diagnostics.push(found);
        };
        let Some(file) = library.get(name).map(Arc::clone) else {
            let known: Vec<&str> = library.keys().map(String::as_str).collect();
            let missing = not_there("workflow", name, &known);
            wrong(&WORKFLOW_INVALID, Pointer::root(), missing.to_string());
            continue;
        };
        let (value, faults) = source::parse(session.sources.get(id));
        let faults = faults.into_iter();
        let mut faults: Vec<Diagnostic> = faults
            .map(|fault| crate::catalog::fault(fault, id))
            .collect();
        let cases = value.map(serde_path_to_error::deserialize::<_, Cases>);
        let cases = match cases {
            Some(Ok(cases)) => cases.cases,
            Some(Err(error)) => {
                wrong(&WORKFLOW_INVALID, Pointer::root(), error.to_string());
                Vec::new()
            }
            None => Vec::new(),
        };
        session.report.diagnostics.extend(faults.drain(..));
        for (index, case) in cases.iter().enumerate() {
            let folder = scratch.path();
            let lines = try_case(library, &file, case, &session.sources, folder, &runtime);
            if lines.is_empty() {
                passed += 1;
                continue;
            }
            failed += 1;
            let at = Pointer::root().join("cases").index(index).join("name");
            let message = format!("the case \"{}\" of `{name}` went another way", case.name);
            let place = Place::value(id, at);
            let mut found = Diagnostic::new(&WORKFLOW_CASE_FAILED, message).at(place, "");
            for line in lines {
                found = found.note(line);
            }
            session.report.diagnostics.push(found);
        }
    }
    if session.report.diagnostics.count(Severity::Error) == 0 && passed + failed == 0 {
        let help = "write them to `contracts/workflows/NAME.test.yaml`";
        return Err(said("there are no cases", Some(help)));
    }
    let for_people = common.format == Format::Text;
    let code = session.close(screen)?;
    if for_people {
        screen.print(&format!("   cases  {passed} passed, {failed} failed\n"))?;
    }
    Ok(code)
}
