//! The arithmetic of public keys and of hash functions. The feature `reference` exchanges our own for that of the
//! RustCrypto crates.

mod digest;
#[cfg(not(feature = "reference"))]
mod kept;
#[cfg(not(feature = "reference"))]
mod local;
#[cfg(not(feature = "reference"))]
mod own;
#[cfg(feature = "reference")]
mod reference;
#[cfg(any(target_family = "wasm", test))]
mod sha1;

pub(super) use digest::Digest;
#[cfg(not(target_family = "wasm"))]
pub(super) use digest::Sha1;
#[cfg(not(feature = "reference"))]
pub(super) use own::{P256Key, P384Key, RsaKey, Sha256, Sha384, Sha512};
#[cfg(feature = "reference")]
pub(super) use reference::{P256Key, P384Key, RsaKey, Sha256, Sha384, Sha512};
#[cfg(target_family = "wasm")]
pub(super) use sha1::Sha1;
