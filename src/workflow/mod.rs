//! Workflows: a graph of steps in; every step done once, in order, and journaled, out.
//!
//! `file` and `read` say what files mean, `check` what is wrong with them, `graph` what waits for what, `run` does it,
//! `cache` keeps results, `journal` remembers, `steps` has the kinds, one file each.

pub mod cache;
pub mod check;
pub(crate) mod codes;
pub mod engine;
pub mod expression;
pub mod file;
pub mod files;
pub mod graph;
pub mod inputs;
pub mod journal;
pub mod key;
pub mod length;
pub mod library;
pub mod names;
pub mod outcome;
pub mod plan;
pub mod profile;
pub mod read;
pub mod report;
pub mod run;
pub mod runs;
pub mod show;
pub mod steps;
pub mod templated;
pub mod toolchain;
pub mod trial;

pub use codes::CODES;
