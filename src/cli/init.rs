//! `contracts init`

use std::path::PathBuf;

use clap::Args;

use super::session::working_directory;
use super::{Failure, Screen};
use crate::source::Sources;
use crate::tree::Tree;

/// The files of a new workspace.
const FILES: &[(&str, &str)] = &[
    (
        "contracts/contracts.toml",
        include_str!("init/contracts.toml"),
    ),
    (
        "contracts/events/Greeting@1.0.json",
        include_str!("init/Greeting@1.0.json"),
    ),
    (
        "contracts/events/Greeting@1.1.json",
        include_str!("init/Greeting@1.1.json"),
    ),
    (
        "contracts/examples/Greeting@1.0/valid/hello.json",
        include_str!("init/hello.json"),
    ),
    (
        "contracts/examples/Greeting@1.1/valid/hello.json",
        include_str!("init/hello.json"),
    ),
    (
        "contracts/examples/Greeting@1.1/valid/in_welsh.json",
        include_str!("init/in_welsh.json"),
    ),
    (
        "contracts/examples/Greeting@1.1/invalid/nobody.json",
        include_str!("init/nobody.json"),
    ),
];

/// Start a workspace in a folder.
///
/// Writes `contracts/contracts.toml` and one small contract in two versions with examples; `contracts run`
/// in that folder is green. Files that are there already are never overwritten.
#[derive(Debug, Args)]
pub(super) struct Init {
    /// The folder; made if it is not there
    #[arg(default_value = ".")]
    folder: PathBuf,
}

impl Init {
    pub(super) fn run(self, screen: &mut Screen) -> Result<u8, Failure> {
        let folder = working_directory()?.join(&self.folder);
        let shown = self.folder.display();
        if let Some((path, _)) = FILES
            .iter()
            .find(|(path, _)| Sources::is_file(&folder.join(path)))
        {
            return Err(Failure::Said {
                message: format!("`{shown}/{path}` is there already"),
                help: Some("choose another folder, or remove it".to_owned()),
            });
        }
        let mut tree = Tree::default();
        for (path, text) in FILES {
            tree.insert(*path, *text);
        }
        let written = tree.write(&folder)?;
        screen.print(&format!(
            "{} files written\nnext: cd {shown} && contracts run\n",
            written.written
        ))?;
        Ok(0)
    }
}
