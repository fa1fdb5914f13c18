//! Every command and every fault a user can make, by files: `cmd/<case>.toml`, `<case>.in/`.

#[test]
fn commands() {
    trycmd::TestCases::new().case("tests/cmd/*.toml");
}
