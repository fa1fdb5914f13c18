//! Contract-first JSON Schema toolchain.

pub mod mql4;
