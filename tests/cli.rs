//! Every command and every fault a user can make, by files: `cmd/<case>.toml`, `<case>.in/`.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::disallowed_methods,
    clippy::format_push_string,
    clippy::needless_pass_by_value,
    clippy::print_stdout,
    unreachable_pub,
    reason = "a test may fail, and its fixtures are files"
)]

#[test]
fn commands() {
    trycmd::TestCases::new().case("tests/cmd/*.toml");
}
