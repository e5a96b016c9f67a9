//! Digests of long data, piece by piece, whose state can be kept as bytes between the pieces.

use sha2::digest::common::hazmat::{SerializableState, SerializedState};
use sha2::{Digest, Sha256, Sha384, Sha512};

use super::hash::Hash;

/// Where a state counts its blocks: behind the words of the hash. With this much left free above, no length overflows.
const COUNTERS: [(usize, usize); 2] = [(32, 8), (64, 16)];
const FREE_BYTES: usize = 2;

/// A digest in the making.
#[derive(Clone)]
pub struct HashState(State);

#[derive(Clone)]
enum State {
    Sha256(Sha256),
    Sha384(Sha384),
    Sha512(Sha512),
}

impl HashState {
    /// The digest of nothing so far. `None` for SHA-1, which nothing new is signed with.
    #[must_use]
    pub fn new(hash: Hash) -> Option<Self> {
        Some(Self(match hash {
            Hash::Sha1 => return None,
            Hash::Sha256 => State::Sha256(Sha256::new()),
            Hash::Sha384 => State::Sha384(Sha384::new()),
            Hash::Sha512 => State::Sha512(Sha512::new()),
        }))
    }

    /// Goes on from what [`HashState::state`] gave. `None` if these bytes are not a state of this hash. A state that somebody
    /// else made up leads to a digest of something else.
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

    /// The state as bytes. They depend on what was added, and tell some of it.
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
    /// Nothing of what was added.
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
