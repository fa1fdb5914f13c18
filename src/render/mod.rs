//! Reports for people and programs: a report and its sources in, a text out. The only room that
//! speaks lines and columns; knows nothing of how a finding was made.

mod github;
mod gitlab;
mod html;
mod json;
mod junit;
mod markdown;
mod sarif;
mod short;
mod summary;
#[cfg(feature = "cli")]
mod text;

pub use github::github;
pub use gitlab::gitlab;
pub use html::html;
pub use json::json;
pub use junit::junit;
pub use markdown::markdown;
pub use sarif::sarif;
pub use short::short;
pub use summary::summary;
#[cfg(feature = "cli")]
pub use text::text;
