//! Where a run is: a spinner on a terminal, a line a phase elsewhere.

use std::io::IsTerminal as _;
use std::time::Duration;

use indicatif::{ProgressBar, ProgressStyle};

use crate::pipeline::Progress;

/// Shows each phase on standard error.
pub(super) struct Phases {
    bar: Option<ProgressBar>,
    quiet: bool,
}

impl Phases {
    /// A spinner if standard error is a terminal; nothing if `quiet`.
    pub(super) fn new(quiet: bool) -> Self {
        let bar = (!quiet && std::io::stderr().is_terminal()).then(|| {
            let bar = ProgressBar::new_spinner();
            let style = ProgressStyle::with_template("{spinner} {msg} {elapsed}");
            bar.set_style(style.expect("the template above is one"));
            bar.enable_steady_tick(Duration::from_millis(100));
            bar
        });
        Self { bar, quiet }
    }
}

impl Drop for Phases {
    fn drop(&mut self) {
        if let Some(bar) = &self.bar {
            bar.finish_and_clear();
        }
    }
}

impl Progress for Phases {
    fn phase(&self, name: &'static str) {
        match &self.bar {
            Some(bar) => bar.set_message(name),
            None if self.quiet => {}
            None => anstream::eprintln!("{name}"),
        }
    }
}
