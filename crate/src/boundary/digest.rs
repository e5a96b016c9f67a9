//! [`super::digest`]: state in, state out.

use sha2::digest::common::hazmat::{SerializableState, SerializedState};
use sha2::{Digest, Sha256, Sha384, Sha512};

use super::answer::{accepted, refused};
use super::input::Input;
use super::members::{invalid, missing, with_members};
use crate::error::Error;

const HASHES: &[(&str, Hash)] = &[
    ("sha256", Hash::Sha256),
    ("sha384", Hash::Sha384),
    ("sha512", Hash::Sha512),
];

#[derive(Clone, Copy)]
enum Hash {
    Sha256,
    Sha384,
    Sha512,
}

/// Where a state counts its blocks: behind the words of the hash. With this much left free above, no length overflows.
const COUNTERS: [(usize, usize); 2] = [(32, 8), (64, 16)];
const FREE_BYTES: usize = 2;

/// Hashes long data piece by piece: `hash` is `sha256`, `sha384` or `sha512`, `data` the next piece, `state` what the
/// answer before had as `state` (base64 there, bytes here). With `last`, the answer has `digest` instead.
#[must_use]
pub fn digest(options: &str, bytes: &[u8]) -> String {
    let outcome = with_members(options, |members| {
        let input = Input::new(bytes, members)?;
        let hash = members.word("hash", HASHES)?.ok_or_else(|| missing("hash"))?;
        let state = input.bytes(members, "state")?;
        let data = input.bytes(members, "data")?.ok_or_else(|| missing("data"))?;
        let last = members.flag("last")?.ok_or_else(|| missing("last"))?;
        members.refuse_others()?;
        let [short, long] = COUNTERS;
        let found = match hash {
            Hash::Sha256 => go_on::<Sha256>(state, short, data, last),
            Hash::Sha384 => go_on::<Sha384>(state, long, data, last),
            Hash::Sha512 => go_on::<Sha512>(state, long, data, last),
        }?;
        Ok(accepted(|json| {
            json.name(if last { "digest" } else { "state" }).base64(&found);
        }))
    });
    outcome.unwrap_or_else(|error| refused(&error))
}

fn go_on<D: Digest + SerializableState>(
    state: Option<&[u8]>,
    counter: (usize, usize),
    data: &[u8],
    last: bool,
) -> Result<Vec<u8>, Error> {
    let mut hash = match state {
        None => D::new(),
        Some(state) => {
            restore(state, counter).ok_or_else(|| invalid("state is none that this function gave"))?
        }
    };
    hash.update(data);
    Ok(if last {
        hash.finalize().to_vec()
    } else {
        hash.serialize().to_vec()
    })
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
