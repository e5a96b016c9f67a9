//! What is measured. Built with optimisation (`cargo test --profile measured --test bounds`): `npm test` does that.
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
