//! `contracts workflow`

use std::fmt::Write as _;

use clap::{Args, Subcommand};

use super::flow;
use super::session::Session;
use super::{Common, Failure, Screen, trials};
use crate::workflow::check;
use crate::workflow::plan::not_there;

/// List, check and test workflows.
#[derive(Debug, Args)]
pub(super) struct Workflow {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, Subcommand)]
enum What {
    /// The workflows there are, with their phases and inputs
    List,
    /// What is wrong with workflow files: names, circles, timeouts, secrets, what a shell would run
    Check {
        /// Only these [default: all of `contracts/workflows`]
        names: Vec<String>,
    },
    /// Run the cases of `contracts/workflows/*.test.yaml`: inputs, mocked steps, the path and outputs expected
    Test {
        /// Only the cases of these workflows
        names: Vec<String>,
    },
    /// Print a workflow that the tool brings with it, as a start for one of your own
    Show {
        /// Its name
        name: String,
    },
}

impl Workflow {
    pub(super) fn run(self, common: &Common, screen: &mut Screen) -> Result<u8, Failure> {
        let mut session = Session::open("workflow", common, screen)?;
        let (library, unread) = flow::workflows(&mut session);
        match self.what {
            What::List => {
                let mut out = String::new();
                for (name, file) in &library {
                    let about = file.workflow.description.as_deref().unwrap_or("");
                    let _ = writeln!(out, "{name}: {about}");
                    let phases = file.workflow.phases.iter().map(|it| it.name.as_str());
                    let _ = writeln!(out, "  phases: {}", phases.collect::<Vec<_>>().join(", "));
                    for (input, of) in &file.workflow.inputs {
                        let default = match &of.default {
                            Some(value) => format!(" [default: {value}]"),
                            None => " [required]".to_owned(),
                        };
                        let about = of.description.as_deref().unwrap_or("");
                        let kind = of.r#type.name();
                        let _ = writeln!(out, "  --input {input}=<{kind}>  {about}{default}");
                    }
                }
                screen.print(&out)?;
                Ok(0)
            }
            What::Show { name } => {
                let Some(file) = library.get(&name) else {
                    let known: Vec<&str> = library.keys().map(String::as_str).collect();
                    return Err(flow::missing(not_there("workflow", &name, &known)));
                };
                let text = session.sources.get(file.source).text.clone();
                screen.print(&text)?;
                Ok(0)
            }
            What::Check { names } => {
                for name in &names {
                    if !library.contains_key(name) && !unread.has_errors() {
                        let known: Vec<&str> = library.keys().map(String::as_str).collect();
                        return Err(flow::missing(not_there("workflow", name, &known)));
                    }
                }
                session.report.diagnostics.extend(unread);
                for (name, file) in &library {
                    let built_in = session.sources.get(file.source).file.is_none();
                    let wanted = if names.is_empty() {
                        !built_in
                    } else {
                        names.contains(name)
                    };
                    if wanted {
                        let mut found = crate::diagnostic::Diagnostics::default();
                        check::check(file, &library, &mut found);
                        session.report.diagnostics.extend(found);
                    }
                }
                session.close(screen)
            }
            What::Test { names } => trials::run(session, &library, unread, &names, common, screen),
        }
    }
}
