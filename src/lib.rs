//! Contract-first JSON Schema toolchain.
