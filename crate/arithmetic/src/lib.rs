#![doc = include_str!("../README.md")]
// Nothing generic leaves the crate, so its build profile applies to all of its code. `docs/arithmetic.md` has the arguments why it is
// right, each with its test.
#![cfg_attr(not(test), no_std)]
#![cfg_attr(
    feature = "fiat",
    allow(dead_code, reason = "only tests use what fiat-crypto replaces")
)]
#![forbid(unsafe_code)]
// The indices of digits are those of fixed arrays, and tests run with checks of bounds and overflow. Loops over
// indices show which digits meet.
#![allow(clippy::indexing_slicing, clippy::needless_range_loop)]

#[cfg(test)]
mod claims;
mod curve;
mod digits;
mod ecdsa;
mod field;
mod modulus;
pub mod p256;
pub mod p384;
pub mod rsa;
pub mod sha2;
mod table;
#[cfg(test)]
mod tests;
mod wnaf;
