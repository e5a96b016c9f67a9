//! What the hash functions have in common.

use alloc::vec::Vec;
/// A hash function and its state.
pub(in crate::signature) trait Digest: Clone {
    fn new() -> Self;
    fn update(&mut self, data: &[u8]);
    fn finish(self) -> Vec<u8>;
}

/// SHA-1, which verification of old signatures needs.
#[cfg(not(target_family = "wasm"))]
#[derive(Clone)]
pub(in crate::signature) struct Sha1(sha1::Sha1);

#[cfg(not(target_family = "wasm"))]
impl Digest for Sha1 {
    fn new() -> Self {
        Self(sha1::Digest::new())
    }

    fn update(&mut self, data: &[u8]) {
        sha1::Digest::update(&mut self.0, data);
    }

    fn finish(self) -> Vec<u8> {
        sha1::Digest::finalize(self.0).to_vec()
    }
}
