//! Incremental digests of long data. The state can be kept as bytes between the pieces.

use sha2::digest::common::hazmat::{SerializableState, SerializedState};
use sha2::{Digest, Sha256, Sha384, Sha512};

use super::hash::Hash;

/// Where a state contains its block counter: the offset after the words of the hash, and the length. A state
/// whose highest `FREE_BYTES` are not zero is rejected, so no length overflows.
const COUNTERS: [(usize, usize); 2] = [(32, 8), (64, 16)];
const FREE_BYTES: usize = 2;

/// An incremental digest.
#[derive(Clone)]
pub struct HashState(State);

#[derive(Clone)]
enum State {
    Sha256(Sha256),
    Sha384(Sha384),
    Sha512(Sha512),
}

impl HashState {
    /// A new digest without data. `None` for SHA-1, which is not for new signatures.
    #[must_use]
    pub fn new(hash: Hash) -> Option<Self> {
        Some(Self(match hash {
            Hash::Sha1 => return None,
            Hash::Sha256 => State::Sha256(Sha256::new()),
            Hash::Sha384 => State::Sha384(Sha384::new()),
            Hash::Sha512 => State::Sha512(Sha512::new()),
        }))
    }

    /// Continues from the bytes that [`HashState::state`] returned. `None` if the bytes are not a state of
    /// this hash. A forged state leads to a digest of other data.
    #[must_use]
    pub fn from_state(hash: Hash, state: &[u8]) -> Option<Self> {
        let [short, long] = COUNTERS;
        Some(Self(match hash {
            Hash::Sha1 => return None,
            Hash::Sha256 => State::Sha256(restore(state, short)?),
            Hash::Sha384 => State::Sha384(restore(state, long)?),
            Hash::Sha512 => State::Sha512(restore(state, long)?),
        }))
    }

    /// Adds the next piece.
    pub fn update(&mut self, data: &[u8]) {
        match &mut self.0 {
            State::Sha256(hash) => hash.update(data),
            State::Sha384(hash) => hash.update(data),
            State::Sha512(hash) => hash.update(data),
        }
    }

    /// The state as bytes. They depend on the data and reveal part of it.
    #[must_use]
    pub fn state(&self) -> Vec<u8> {
        match &self.0 {
            State::Sha256(hash) => hash.serialize().to_vec(),
            State::Sha384(hash) => hash.serialize().to_vec(),
            State::Sha512(hash) => hash.serialize().to_vec(),
        }
    }

    /// The digest of all pieces.
    #[must_use]
    pub fn finish(self) -> Vec<u8> {
        match self.0 {
            State::Sha256(hash) => hash.finalize().to_vec(),
            State::Sha384(hash) => hash.finalize().to_vec(),
            State::Sha512(hash) => hash.finalize().to_vec(),
        }
    }
}

impl core::fmt::Debug for HashState {
    /// Shows nothing of the data.
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str("HashState(hidden)")
    }
}

fn restore<D: SerializableState>(state: &[u8], (offset, length): (usize, usize)) -> Option<D> {
    let end = offset + length;
    let free = state.get(end - FREE_BYTES..end)?;
    if free.iter().any(|byte| *byte != 0) {
        return None;
    }
    let serialized = SerializedState::<D>::try_from(state).ok()?;
    D::deserialize(&serialized).ok()
}
