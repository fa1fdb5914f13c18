//! Contract-first JSON Schema toolchain: loads versioned schemas, checks that each version keeps its
//! promise to the ones before it, generates Rust, Pydantic and MQL4 models, and shows by running
//! them that all read and write the same JSON.
//!
//! Built like a compiler: sources → documents → schemas → models → files, with diagnostics on the
//! way. The architecture section of the README names the rooms.

pub mod catalog;
#[cfg(feature = "cli")]
pub mod cli;
pub mod compat;
pub mod config;
pub mod diagnostic;
pub mod model;
pub mod mql4;
pub mod number;
pub mod pipeline;
pub mod pointer;
pub mod render;
pub mod report;
pub mod schema;
pub mod source;
pub mod target;
pub mod tree;
pub mod verify;
#[cfg(feature = "cli")]
pub mod workflow;
