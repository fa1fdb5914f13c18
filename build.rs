//! Has the crate built anew when a file of `generators/` changes: they are embedded.

fn main() {
    println!("cargo::rerun-if-changed=generators");
}
