//! The public functions against other crates. One program, one module for each subject.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing
)]

mod ecdsa;
mod rsa;
mod sha2;
#[path = "../../src/tests/support.rs"]
mod support;

use honnin_arithmetic as own;
