//! Tests that measure. `npm test` builds them with optimization (`cargo test --profile measured --test bounds`).
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing
)]

#[path = "../allocations/mod.rs"]
mod allocations;
#[path = "../hostile/mod.rs"]
mod hostile;
#[path = "../pki/mod.rs"]
mod pki;

mod crl_size;
mod work;
