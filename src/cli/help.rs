//! `contracts completions` and `contracts man`: made of the commands themselves, so that they cannot drift.

use clap::{Args, CommandFactory as _};
use clap_complete::Shell;

use super::flow::said;
use super::session::working_directory;
use super::{Cli, Failure, Screen};
use crate::tree;

/// Print what a shell needs to complete commands and options.
///
/// `contracts completions bash > ~/.local/share/bash-completion/completions/contracts`
#[derive(Debug, Args)]
pub(super) struct Completions {
    /// The shell
    #[arg(value_enum)]
    shell: Shell,
}

/// Write man pages: one for each command.
#[derive(Debug, Args)]
pub(super) struct Man {
    /// The folder they are written to; without it, the page of `contracts` itself is printed
    folder: Option<std::path::PathBuf>,
}

impl Completions {
    pub(super) fn run(self, screen: &mut Screen) -> Result<u8, Failure> {
        let mut bytes = Vec::new();
        clap_complete::generate(self.shell, &mut Cli::command(), "contracts", &mut bytes);
        screen.print(&String::from_utf8_lossy(&bytes))?;
        Ok(0)
    }
}

impl Man {
    pub(super) fn run(self, screen: &mut Screen) -> Result<u8, Failure> {
        let mut command = Cli::command();
        command.build();
        let Some(folder) = &self.folder else {
            screen.print(&page(command)?)?;
            return Ok(0);
        };
        let folder = working_directory()?.join(folder);
        let mut open = vec![command];
        let mut count = 0;
        while let Some(command) = open.pop() {
            open.extend(command.get_subcommands().cloned());
            let name = command.get_display_name().unwrap_or(command.get_name());
            tree::write_file(&folder.join(format!("{name}.1")), &page(command.clone())?)?;
            count += 1;
        }
        screen.print(&format!("{count} pages written\n"))?;
        Ok(0)
    }
}

fn page(command: clap::Command) -> Result<String, Failure> {
    let mut bytes = Vec::new();
    let rendered = clap_mangen::Man::new(command).render(&mut bytes);
    rendered.map_err(|error| said(error, None))?;
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}
