//! Where test vectors made by others lie: beside the project, or in the folder that `HONNIN_VECTORS` names.
#![allow(dead_code)]

use std::io::Write as _;
use std::path::PathBuf;

/// The folder `name` of the vectors; says so where it is absent, and the test is skipped.
pub fn folder(name: &str) -> Option<PathBuf> {
    let folder = std::env::var_os("HONNIN_VECTORS")
        .map_or_else(
            || PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../shared/vectors"),
            PathBuf::from,
        )
        .join(name);
    if folder.is_dir() {
        return Some(folder);
    }
    skipped(&format!("there are no vectors at {}", folder.display()));
    None
}

/// A notice past the test harness, which keeps what a passing test prints to itself.
pub fn skipped(why: &str) {
    let _ = writeln!(std::io::stderr(), "SKIPPED: {why}");
}
