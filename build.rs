//! Builds the crate anew when a file of a generator changes: they are embedded.

#![expect(clippy::print_stdout, reason = "this is how cargo is spoken to")]

fn main() {
    println!("cargo::rerun-if-changed=generators");
}
