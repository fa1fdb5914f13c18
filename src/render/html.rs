//! The report as one page that opens from disk: nothing is fetched, no script runs, every text is escaped.
//!
//! `page` says what is on it, `finding` what a finding shows, `compare` sets two versions side by side,
//! `marks` makes HTML of texts; the template and the style sheet print.

mod compare;
mod finding;
mod marks;
mod page;

use minijinja::syntax::SyntaxConfig;
use minijinja::value::Serde;
use minijinja::{Environment, UndefinedBehavior, context};

use crate::report::Report;
use crate::source::Sources;
use page::Page;

/// The name decides that what is printed is escaped.
const NAME: &str = "page.html";

/// One HTML document.
pub fn html(report: &Report, sources: &Sources) -> String {
    let mut environment = Environment::new();
    environment.set_undefined_behavior(UndefinedBehavior::Strict);
    environment.set_syntax(
        SyntaxConfig::builder()
            .trim_blocks(true)
            .lstrip_blocks(true)
            .keep_trailing_newline(true)
            .build()
            .expect("the delimiters are the usual ones"),
    );
    marks::install(&mut environment);
    environment
        .add_template(NAME, include_str!("html/page.html.j2"))
        .expect("the page's template is part of the program, and tested");
    let page = Page::of(report, sources);
    let style = include_str!("html/style.css");
    environment
        .get_template(NAME)
        .and_then(|template| template.render(context! { page => Serde(&page), style => style }))
        .expect("the page's template knows all that a page holds, and is tested")
}
