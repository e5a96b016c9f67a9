//! Incremental digests of long data. The state can be kept as bytes between the pieces.

use alloc::vec::Vec;

use honnin_arithmetic::sha2::{Sha256, Sha512};

use super::hash::Hash;

/// An incremental digest.
#[derive(Clone)]
pub struct HashState(State);

#[derive(Clone)]
enum State {
    Sha256(Sha256),
    Sha384(Sha512),
    Sha512(Sha512),
}

impl HashState {
    /// A new digest without data. `None` for SHA-1, which is not for new signatures.
    #[must_use]
    pub fn new(hash: Hash) -> Option<Self> {
        Some(Self(match hash {
            Hash::Sha1 => return None,
            Hash::Sha256 => State::Sha256(Sha256::new_256()),
            Hash::Sha384 => State::Sha384(Sha512::new_384()),
            Hash::Sha512 => State::Sha512(Sha512::new_512()),
        }))
    }

    /// Continues from the bytes that [`HashState::state`] returned. `None` if the bytes are not a state of
    /// this hash. A forged state leads to a digest of other data.
    #[must_use]
    pub fn from_state(hash: Hash, state: &[u8]) -> Option<Self> {
        Some(Self(match hash {
            Hash::Sha1 => return None,
            Hash::Sha256 => State::Sha256(Sha256::from_state(state.try_into().ok()?)?),
            Hash::Sha384 => State::Sha384(Sha512::from_state(state.try_into().ok()?)?),
            Hash::Sha512 => State::Sha512(Sha512::from_state(state.try_into().ok()?)?),
        }))
    }

    /// Adds the next piece.
    pub fn update(&mut self, data: &[u8]) {
        match &mut self.0 {
            State::Sha256(hash) => hash.update(data),
            State::Sha384(hash) | State::Sha512(hash) => hash.update(data),
        }
    }

    /// The state as bytes. They depend on the data and reveal part of it.
    #[must_use]
    pub fn state(&self) -> Vec<u8> {
        match &self.0 {
            State::Sha256(hash) => hash.state().to_vec(),
            State::Sha384(hash) | State::Sha512(hash) => hash.state().to_vec(),
        }
    }

    /// The digest of all pieces.
    #[must_use]
    pub fn finish(self) -> Vec<u8> {
        match self.0 {
            State::Sha256(hash) => hash.finish().to_vec(),
            State::Sha384(hash) => hash.finish().get(..48).unwrap_or_default().to_vec(),
            State::Sha512(hash) => hash.finish().to_vec(),
        }
    }
}

impl core::fmt::Debug for HashState {
    /// Shows nothing of the data.
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str("HashState(hidden)")
    }
}
