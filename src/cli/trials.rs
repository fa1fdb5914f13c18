//! `contracts workflow test`

use super::session::Session;
use super::{Common, Failure, Screen};
use crate::diagnostic::Diagnostics;
use crate::workflow::check::Library;

/// Runs the cases of workflows.
pub(super) fn run(
    _session: Session,
    _library: &Library,
    _unread: Diagnostics,
    _names: &[String],
    _common: &Common,
    _screen: &mut Screen,
) -> Result<u8, Failure> {
    Ok(0)
}
