//! Synthetic certificates and messages, written byte by byte, because libraries rightly refuse to write half
//! of the forms.
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
