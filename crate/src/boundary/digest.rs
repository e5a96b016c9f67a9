//! [`super::digest`]: a hash state in, a hash state out.

use alloc::string::String;

use super::answer::accepted;
use super::exported::exported;
use super::members::{invalid, missing};
use crate::signature::{Hash, HashState};

const HASHES: &[(&str, Hash)] = &[
    ("sha256", Hash::Sha256),
    ("sha384", Hash::Sha384),
    ("sha512", Hash::Sha512),
];

/// Hashes long data in pieces: `hash` is `sha256`, `sha384` or `sha512`, `data` is the next piece, and
/// `state` is the `state` of the previous result (base64 there, bytes here). With `last`, the result has
/// `digest` instead.
#[must_use]
pub fn digest(options: &str, bytes: &[u8]) -> String {
    exported(options, bytes, &|members, input| {
        let hash = members.word("hash", HASHES)?.ok_or_else(|| missing("hash"))?;
        let state = input.bytes(members, "state")?;
        let data = input.bytes(members, "data")?.ok_or_else(|| missing("data"))?;
        let last = members.flag("last")?.ok_or_else(|| missing("last"))?;
        members.refuse_others()?;
        let begun = match state {
            None => HashState::new(hash),
            Some(state) => HashState::from_state(hash, state),
        };
        let mut hash =
            begun.ok_or_else(|| invalid("state is not a hash state that this function returned"))?;
        hash.update(data);
        Ok(accepted(|json| match last {
            true => json.name("digest").base64(&hash.finish()),
            false => json.name("state").base64(&hash.state()),
        }))
    })
}
