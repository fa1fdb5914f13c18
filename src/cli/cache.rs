//! `contracts cache`

use clap::{Args, Subcommand};

use super::flow;
use super::session::Session;
use super::{Common, Failure, Format, Screen};
use crate::config::Size;

/// Show or clean what is kept of steps' results.
#[derive(Debug, Args)]
pub(super) struct Cache {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, Subcommand)]
enum What {
    /// How many results are kept, and how large they are
    Status,
    /// Take away what was not used for longest
    Clean {
        /// Until the rest is no larger than this
        #[arg(long, value_name = "SIZE", default_value = "0B")]
        to: Size,
    },
}

impl Cache {
    pub(super) fn run(self, common: &Common, screen: &mut Screen) -> Result<u8, Failure> {
        let session = Session::open("cache", common, screen)?;
        let local = flow::local(&session, &flow::ambient());
        match self.what {
            What::Status => {
                let status = local.status();
                let limit = session.workspace.config.cache.limit;
                let text = if common.format == Format::Json {
                    let value = serde_json::to_value(status).expect("numbers by name are JSON");
                    format!("{value:#}\n")
                } else {
                    format!(
                        "{} results, {} files and logs, {} bytes of at most {limit}\n",
                        status.entries, status.contents, status.bytes
                    )
                };
                screen.print(&text)?;
            }
            What::Clean { to } => {
                let freed = local.shrink(to.0);
                screen.print(&format!("{freed} bytes freed\n"))?;
            }
        }
        Ok(0)
    }
}
