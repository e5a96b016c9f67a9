//! Test suites of other projects.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing
)]

#[path = "../vectors/mod.rs"]
mod vectors;

mod limbo;
mod pkits;
mod wycheproof;
