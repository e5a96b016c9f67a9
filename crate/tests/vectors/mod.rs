//! The location of third-party test vectors: beside the project, or in the folder in `HONNIN_VECTORS`.
#![allow(dead_code, clippy::panic)]

use std::io::Write as _;
use std::path::PathBuf;

/// The folder `name` of the vectors. If it is absent, the test is skipped and counts `cases` as skipped; with
/// `CI=true`, it fails.
pub fn folder(name: &str, cases: usize) -> Option<PathBuf> {
    let folder = std::env::var_os("HONNIN_VECTORS")
        .map_or_else(
            || PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../shared/vectors"),
            PathBuf::from,
        )
        .join(name);
    if folder.is_dir() {
        return Some(folder);
    }
    let why = format!("there are no vectors at {}", folder.display());
    assert!(std::env::var_os("CI").is_none_or(|ci| ci != "true"), "{why}");
    skipped(cases, &why);
    None
}

/// Writes a notice that the test harness does not capture. `npm test` counts these cases.
pub fn skipped(cases: usize, why: &str) {
    let _ = writeln!(std::io::stderr(), "SKIPPED {cases} cases: {why}");
}
