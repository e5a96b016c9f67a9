//! Removes duplicate certificates of a message.

use alloc::vec::Vec;

use crate::sort::{sort, sort_by};

/// The maximum length in bytes of a certificate that is compared or searched.
pub(super) const MAX_BYTES: usize = 65_536;

/// Removes duplicates. Entries that are too long for a certificate are kept.
pub(super) fn unique(list: Vec<&[u8]>) -> Vec<&[u8]> {
    let mut places: Vec<usize> = (0..list.len()).collect();
    let bytes = |at: &usize| list.get(*at).copied().unwrap_or_default();
    sort_by(&mut places, |one, other| {
        let (one_bytes, other_bytes) = (bytes(one), bytes(other));
        let length = one_bytes.len().cmp(&other_bytes.len());
        length.then_with(|| match one_bytes.len() {
            ..=MAX_BYTES => one_bytes.cmp(other_bytes),
            _ => one.cmp(other),
        })
    });
    places.dedup_by(|one, other| bytes(one).len() <= MAX_BYTES && bytes(one) == bytes(other));
    sort(&mut places);
    places.iter().map(bytes).collect()
}
