//! The two streams a command writes to: what was asked for on the first, everything else on the second.

use std::io::Write;

use anstream::{AutoStream, ColorChoice};

use super::{Color, Failure};

/// Standard output and standard error, coloured or not.
pub struct Screen {
    out: AutoStream<std::io::Stdout>,
    err: AutoStream<std::io::Stderr>,
}

impl Screen {
    /// The process's own streams.
    pub fn standard() -> Self {
        Self {
            out: AutoStream::new(std::io::stdout(), ColorChoice::Auto),
            err: AutoStream::new(std::io::stderr(), ColorChoice::Auto),
        }
    }

    pub(super) fn set_color(&mut self, color: Color) {
        let choice = match color {
            Color::Auto => return,
            Color::Always => ColorChoice::Always,
            Color::Never => ColorChoice::Never,
        };
        self.out = AutoStream::new(std::io::stdout(), choice);
        self.err = AutoStream::new(std::io::stderr(), choice);
    }

    /// Writes what was asked for. A reader that has gone away is no failure.
    pub(super) fn print(&mut self, text: &str) -> Result<(), Failure> {
        match self
            .out
            .write_all(text.as_bytes())
            .and_then(|()| self.out.flush())
        {
            Err(error) if error.kind() == std::io::ErrorKind::BrokenPipe => Ok(()),
            done => Ok(done?),
        }
    }

    /// Writes a remark.
    pub(super) fn remark(&mut self, text: &str) {
        let _ = self.err.write_all(text.as_bytes());
        let _ = self.err.flush();
    }

    pub(super) fn failure(&mut self, failure: &Failure) {
        let help = match failure {
            Failure::Reported => return,
            Failure::Open(crate::pipeline::OpenError::NotFound(_)) => {
                Some("start one with `contracts init`, or name it with `--config`")
            }
            Failure::Said { help, .. } => help.as_deref(),
            Failure::Open(_) | Failure::Write(_) | Failure::Output(_) => None,
        };
        self.remark(&format!("error: {failure}\n"));
        if let Some(help) = help {
            self.remark(&format!("help: {help}\n"));
        }
    }

    /// Prints clap's word: help and version are answers, the rest is a failure.
    pub(super) fn usage(&mut self, error: &clap::Error) -> u8 {
        let text = error.render().ansi().to_string();
        if error.use_stderr() {
            self.remark(&text);
            return 2;
        }
        u8::from(self.print(&text).is_err()) * 2
    }
}
