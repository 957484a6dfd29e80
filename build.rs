//! An optimised binary holds the pages of `web/dist`: Cargo builds it anew when they changed. The other profiles read
//! them from the disk. Nothing is built here: `make run` and `make build` build the pages first.

fn main() {
    let optimised = std::env::var("PROFILE").is_ok_and(|profile| profile == "release");
    let watched = if optimised { "web/dist" } else { "build.rs" };
    println!("cargo::rerun-if-changed={watched}");
}
