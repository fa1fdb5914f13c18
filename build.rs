//! Builds the crate anew when a file of a generator changes, since they are embedded, and gives this build a
//! number of its own: what another build generated may not be what this one would.

#![expect(
    clippy::disallowed_methods,
    reason = "a build script reads the files of the build"
)]

use std::hash::{DefaultHasher, Hash as _, Hasher as _};
use std::path::Path;

fn main() -> std::io::Result<()> {
    let mut hasher = DefaultHasher::new();
    for path in ["generators", "src", "Cargo.toml", "Cargo.lock", "build.rs"] {
        let path = Path::new(path);
        if path.exists() {
            println!("cargo::rerun-if-changed={}", path.display());
            take(path, &mut hasher)?;
        }
    }
    println!("cargo::rustc-env=CONTRACTS_BUILD={:016x}", hasher.finish());
    Ok(())
}

/// Takes in every file of a folder, in the order of their names.
fn take(path: &Path, hasher: &mut DefaultHasher) -> std::io::Result<()> {
    if path.is_file() {
        path.to_string_lossy().hash(hasher);
        std::fs::read(path)?.hash(hasher);
        return Ok(());
    }
    let entries = std::fs::read_dir(path)?.map(|entry| entry.map(|it| it.path()));
    let mut entries = entries.collect::<std::io::Result<Vec<_>>>()?;
    entries.sort();
    entries.iter().try_for_each(|entry| take(entry, hasher))
}
