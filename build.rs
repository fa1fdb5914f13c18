//! Builds the crate anew when a file of a generator changes: they are embedded.

fn main() {
    println!("cargo::rerun-if-changed=generators");
}
