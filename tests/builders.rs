//! Builders of generated Rust: what they make, and what they refuse and where.
//!
//! `builders/program.rs` is built with the crate generated from `verify/custom`; `builders/program.txt` is
//! what it prints. Update with `SNAPSHOTS=overwrite cargo test --test builders`.

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

use std::fs;
use std::path::Path;
use std::process::Command;

use snapbox::{Data, assert_data_eq};

#[test]
fn builders_check_what_they_make() {
    let folder = tempfile::tempdir().unwrap();
    for file in ["contracts.toml", "Trade@1.0.json"] {
        let from = Path::new("tests/verify/custom").join(file);
        fs::copy(from, folder.path().join(file)).unwrap();
    }
    let generated = Command::new(env!("CARGO_BIN_EXE_contracts"))
        .args(["gen", "--config"])
        .arg(folder.path().join("contracts.toml"))
        .output()
        .unwrap();
    assert!(generated.status.success(), "{generated:?}");
    let package = folder.path().join("out/rust");
    fs::create_dir(package.join("examples")).unwrap();
    fs::copy(
        "tests/builders/program.rs",
        package.join("examples/build.rs"),
    )
    .unwrap();
    let ran = Command::new(env!("CARGO"))
        .args(["run", "--quiet", "--example", "build", "--target-dir"])
        .arg(Path::new(env!("CARGO_TARGET_TMPDIR")).join("builders"))
        .current_dir(&package)
        .output()
        .unwrap();
    let errors = String::from_utf8(ran.stderr).unwrap();
    if errors.contains("failed to get") || errors.contains("download") {
        eprintln!("skipped: a package is not there: {errors}");
        return;
    }
    assert!(ran.status.success(), "{errors}");
    let expected = Data::read_from(Path::new("tests/builders/program.txt"), None);
    assert_data_eq!(String::from_utf8(ran.stdout).unwrap(), expected.raw());
}
