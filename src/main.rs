//! The `contracts` command: the library's command line on this process's streams.

use std::process::ExitCode;

use contracts::cli::{self, Screen};

fn main() -> ExitCode {
    ExitCode::from(cli::main(std::env::args_os(), &mut Screen::standard()))
}
