//! The command line: words typed in; a report on the screen and an exit code out. One file a command.
//!
//! Exit codes: 0 all is well, 1 there are findings, 2 it could not run.

mod cache;
mod check;
mod diff;
mod explain;
mod flow;
mod r#gen;
mod help;
mod init;
mod plan;
mod progress;
mod run;
mod runs;
mod schema;
mod screen;
mod session;
mod tail;
mod trials;
mod verify;
mod workflow;

use std::ffi::OsString;
use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};

pub use screen::Screen;

use crate::config::Date;

/// Contract-first JSON Schema toolchain: proves compatibility, generates Rust, Pydantic and MQL4 models,
/// and verifies them by running them.
///
/// Exit codes: 0 all is well, 1 there are findings, 2 it could not run.
#[derive(Debug, Parser)]
#[command(
    name = "contracts",
    version,
    max_term_width = 100,
    arg_required_else_help = true
)]
struct Cli {
    #[command(subcommand)]
    command: Command,
    #[command(flatten)]
    common: Common,
}

/// What every command takes.
#[derive(Debug, Args)]
struct Common {
    /// The workspace's contracts.toml [default: the nearest upwards, itself or in contracts/]
    #[arg(long, global = true, value_name = "FILE")]
    config: Option<PathBuf>,
    /// The folder that the patterns of contracts.toml start from, in place of its `root`
    #[arg(long, global = true, value_name = "FOLDER")]
    root: Option<PathBuf>,
    /// How findings are shown
    #[arg(long, global = true, value_enum, default_value_t = Format::Text)]
    format: Format,
    /// Write the report in this format to a file; the screen shows it as text
    #[arg(long, global = true, value_name = "FILE")]
    output: Option<PathBuf>,
    /// What makes the exit code 1
    #[arg(long, global = true, value_enum, default_value_t = FailOn::Error, value_name = "WHAT")]
    fail_on: FailOn,
    /// Show the fingerprint of each finding, for `[[accept]]` rows of contracts.toml
    #[arg(long, global = true)]
    fingerprints: bool,
    /// The day that `until` of `[[accept]]` rows is compared with [default: that of `SOURCE_DATE_EPOCH`, else
    /// today's, UTC]
    #[arg(long, global = true, value_name = "DATE")]
    today: Option<Date>,
    /// Whether the screen is coloured; `auto` honours `NO_COLOR`
    #[arg(long, global = true, value_enum, default_value_t = Color::Auto, value_name = "WHEN")]
    color: Color,
}

/// How findings are shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For people: the lines in question, with labels
    Text,
    /// A line each: `file:line:column: severity[code]: message`
    Short,
    /// For programs, by the schema that `contracts schema report` prints
    Json,
    /// For code scanning: SARIF 2.1.0
    Sarif,
    /// For GitHub workflows: annotations beside the lines of a pull request
    Github,
    /// For GitLab merge requests: its code quality report
    Gitlab,
    /// For build servers: JUnit XML
    Junit,
    /// For a comment on a pull request
    Markdown,
    /// One page to look at: versions side by side, with the documents that show a break
    Html,
    /// A plan as a flowchart: for `run --plan`
    Mermaid,
    /// A plan as Graphviz reads it: for `run --plan`
    Dot,
}

/// What makes the exit code 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum FailOn {
    /// Errors
    Error,
    /// Errors and warnings
    Warning,
    /// Errors, and promises that could be neither proven nor broken
    Unproven,
}

/// When the screen is coloured.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Color {
    /// On a terminal
    Auto,
    /// Always
    Always,
    /// Never
    Never,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Check that every version keeps its promise to the versions before it
    Check(check::Check),
    /// Compare any two schemas: does one accept every document of the other?
    Diff(diff::Diff),
    /// Generate models for the targets of contracts.toml
    Gen(r#gen::Gen),
    /// Send documents through the generated readers and writers of every language
    Verify(verify::Verify),
    /// Run a workflow: by default all of it, parse, resolve, check, generate, verify
    Run(Box<run::Run>),
    /// List, check and test workflows
    Workflow(workflow::Workflow),
    /// Show the runs of this workspace, or the steps of one
    Status(runs::Status),
    /// Show what a step of a run said
    Logs(runs::Logs),
    /// Report on a run: markdown, json, junit, html
    Report(runs::Report),
    /// Show or clean what is kept of steps' results
    Cache(cache::Cache),
    /// Start a workspace in a folder
    Init(init::Init),
    /// Say what a finding's code means, or list all codes
    Explain(explain::Explain),
    /// Print what a shell needs to complete commands
    Completions(help::Completions),
    /// Write man pages
    Man(help::Man),
    /// Print the JSON Schema of one of the toolchain's own formats
    Schema(schema::Schema),
}

impl Command {
    /// Whether it may be asked for a drawing of a plan.
    fn shows_plans(&self) -> bool {
        matches!(self, Self::Run(_))
    }
}

/// Why a command could not run at all: exit code 2.
#[derive(Debug, thiserror::Error)]
enum Failure {
    #[error("{0}")]
    Open(#[from] crate::pipeline::OpenError),
    #[error("{0}")]
    Write(#[from] crate::tree::WriteError),
    #[error("cannot write the report: {0}")]
    Output(#[from] std::io::Error),
    #[error("{message}")]
    Said {
        message: String,
        help: Option<String>,
    },
    /// The findings say it, and were printed.
    #[error("")]
    Reported,
}

/// Runs the command that `arguments` (the program's name first) say; the exit code.
pub fn main(arguments: impl IntoIterator<Item = OsString>, screen: &mut Screen) -> u8 {
    let cli = match Cli::try_parse_from(arguments) {
        Ok(cli) => cli,
        Err(error) => return screen.usage(&error),
    };
    screen.set_color(cli.common.color);
    if let (Format::Mermaid | Format::Dot, false) = (cli.common.format, cli.command.shows_plans()) {
        screen.failure(&Failure::Said {
            message: "only plans are shown so".to_owned(),
            help: Some("`contracts run --plan --format mermaid|dot`".to_owned()),
        });
        return 2;
    }
    let done = match cli.command {
        Command::Check(command) => command.run(&cli.common, screen),
        Command::Diff(command) => command.run(&cli.common, screen),
        Command::Gen(command) => command.run(&cli.common, screen),
        Command::Verify(command) => command.run(&cli.common, screen),
        Command::Run(command) => command.run(&cli.common, screen),
        Command::Workflow(command) => command.run(&cli.common, screen),
        Command::Status(command) => command.run(&cli.common, screen),
        Command::Logs(command) => command.run(&cli.common, screen),
        Command::Report(command) => command.run(&cli.common, screen),
        Command::Cache(command) => command.run(&cli.common, screen),
        Command::Init(command) => command.run(screen),
        Command::Explain(command) => command.run(screen),
        Command::Schema(command) => command.run(screen),
        Command::Completions(command) => command.run(screen),
        Command::Man(command) => command.run(screen),
    };
    match done {
        Ok(code) => code,
        Err(failure) => {
            screen.failure(&failure);
            2
        }
    }
}
