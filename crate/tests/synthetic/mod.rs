//! Synthetic certificates and messages, written byte by byte: half of the forms wanted are ones that a library rightly does
//! not write.
#![allow(
    dead_code,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing
)]

pub mod cert;
pub mod cms;
pub mod der;
pub mod keys;
pub mod lists;
pub mod package;
pub mod pdf;
