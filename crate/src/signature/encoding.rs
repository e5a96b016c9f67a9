//! The encodings inside signatures. Each is compared or read as a whole; nothing is searched for.

use alloc::vec::Vec;

use super::hash::Hash;
use crate::der;

/// Whether `block` is EMSA-PKCS1-v1_5 (RFC 8017 §9.2) with `prefix` and `digest`. The expected block is built
/// and compared as a whole.
pub(super) fn is_pkcs1_v1_5(block: &[u8], prefix: &[u8], digest: &[u8]) -> bool {
    // 00 01, at least eight FF, 00.
    let Some(padding) = block
        .len()
        .checked_sub(3 + prefix.len() + digest.len())
        .filter(|length| *length >= 8)
    else {
        return false;
    };
    let mut expected = Vec::with_capacity(block.len());
    expected.extend_from_slice(&[0x00, 0x01]);
    expected.resize(2 + padding, 0xff);
    expected.push(0x00);
    expected.extend_from_slice(prefix);
    expected.extend_from_slice(digest);
    block == expected
}

/// Whether `block` is EMSA-PSS (RFC 8017 §9.1.2) for `digest`, with MGF1 using the same hash and a salt as
/// long as the hash. `modulus_bits` is the length of the modulus in bits; `block` has the length of the
/// modulus in bytes.
pub(super) fn is_pss(block: &[u8], modulus_bits: usize, hash: Hash, digest: &[u8]) -> bool {
    verify_pss(block, modulus_bits, hash, digest).is_some()
}

fn verify_pss(block: &[u8], modulus_bits: usize, hash: Hash, digest: &[u8]) -> Option<()> {
    // emBits is the length of the modulus minus 1. With 8n + 1 bits, the block has one byte more than EM,
    // which is zero.
    let bits = modulus_bits.checked_sub(1)?;
    let length = bits.div_ceil(8);
    let (lead, encoded) = block.split_at_checked(block.len().checked_sub(length)?)?;
    let (trailer, rest) = encoded.split_last()?;
    let (masked, seed) = rest.split_at_checked(rest.len().checked_sub(hash.length())?)?;
    let free_bits = (8 * length - bits) as u32;
    let mask = 0xff_u8.checked_shr(free_bits)?;
    let first = masked.first()?;
    if lead.iter().any(|byte| *byte != 0) || *trailer != 0xbc || first & !mask != 0 {
        return None;
    }

    let mut data = mgf1(hash, seed, masked.len());
    for (byte, masked) in data.iter_mut().zip(masked) {
        *byte ^= masked;
    }
    *data.first_mut()? &= mask;

    let (padding, salt) = data.split_at_checked(data.len().checked_sub(hash.length())?)?;
    let (one, zeros) = padding.split_last()?;
    if *one != 0x01 || zeros.iter().any(|byte| *byte != 0) {
        return None;
    }
    (hash.digest_parts(&[&[0; 8], digest, salt]) == seed).then_some(())
}

/// MGF1 (RFC 8017 appendix B.2.1).
fn mgf1(hash: Hash, seed: &[u8], length: usize) -> Vec<u8> {
    let mut mask = Vec::with_capacity(length + hash.length());
    let mut counter: u32 = 0;
    while mask.len() < length {
        mask.extend(hash.digest_parts(&[seed, &counter.to_be_bytes()]));
        counter += 1;
    }
    mask.truncate(length);
    mask
}

/// r‖s from a DER-encoded `ECDSA-Sig-Value`; `None` for another encoding or for numbers longer than the
/// field.
pub(super) fn ecdsa_from_der<const LENGTH: usize>(signature: &[u8]) -> Option<[u8; LENGTH]> {
    let mut numbers = der::outer_sequence(signature).ok()?;
    let r = numbers.positive_integer().ok()?;
    let s = numbers.positive_integer().ok()?;
    numbers.finish().ok()?;

    let mut raw = [0; LENGTH];
    let (left, right) = raw.split_at_mut(LENGTH / 2);
    put_right(left, r)?;
    put_right(right, s)?;
    Some(raw)
}

fn put_right(target: &mut [u8], number: &[u8]) -> Option<()> {
    let start = target.len().checked_sub(number.len())?;
    target.get_mut(start..)?.copy_from_slice(number);
    Some(())
}
