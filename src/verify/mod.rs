//! Shows that generated readers and writers agree with the schemas.

mod compare;
pub mod sample;
