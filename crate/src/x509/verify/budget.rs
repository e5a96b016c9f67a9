//! The work that one verification may still do.

use alloc::vec::Vec;

use crate::error::Error;
use crate::signature::{Hash, KeyType, Message, PublicKey};
use crate::x509::{
    KnownDigest, Limits, Name, algorithm::verify_with, cost::exhausted, same_name, signed::Signed,
};

/// The remaining limits, and the signatures already checked, so that none is counted twice.
pub(super) struct Budget {
    signatures: u32,
    candidates: u32,
    pub(super) name_comparisons: u32,
    scanned_bytes: usize,
    policies: usize,
    allow_sha1: bool,
    checked: Vec<(Place, Place, Result<(), Error>)>,
    /// The digests of long data, so that it is hashed once for any number of keys.
    digests: Vec<(Place, Hash, Vec<u8>)>,
}

/// The length in bytes from which a digest is kept. Hashing less costs no more than a signature check.
const LONG: usize = 16_384;

/// The address of a slice. It identifies the slice, because all input stays borrowed.
type Place = (usize, usize);

fn place(bytes: &[u8]) -> Place {
    (bytes.as_ptr() as usize, bytes.len())
}

impl Budget {
    pub(super) fn new(limits: &Limits, allow_sha1: bool, known: &[KnownDigest<'_>]) -> Self {
        let known = known
            .iter()
            .filter(|known| known.digest.len() == known.hash.length());
        Self {
            signatures: limits.signatures,
            candidates: limits.candidates,
            name_comparisons: limits.name_comparisons,
            scanned_bytes: limits.scanned_bytes,
            policies: limits.policies.saturating_mul(PATHS_OF_POLICIES),
            allow_sha1,
            checked: Vec::new(),
            digests: known
                .map(|known| (place(known.data), known.hash, known.digest.to_vec()))
                .collect(),
        }
    }

    /// Counts one candidate before it is read: 1, plus 1 for each KiB.
    pub(super) fn candidate(&mut self, der: &[u8]) -> Result<(), Error> {
        let cost = u32::try_from(der.len() / 1_024).unwrap_or(u32::MAX);
        self.candidates = self
            .candidates
            .checked_sub(cost.saturating_add(1))
            .ok_or_else(|| exhausted("candidates"))?;
        Ok(())
    }

    /// The maximum size of the policy graph of the next path.
    pub(super) fn policies(&self, limits: &Limits) -> usize {
        limits.policies.min(self.policies)
    }

    /// Counts the policy graph of one path by its final size.
    pub(super) fn spend_policies(&mut self, size: usize) {
        self.policies = self.policies.saturating_sub(size);
    }

    /// Compares two names. Counts the comparison if the bytes differ.
    pub(super) fn same_name(&mut self, one: &Name<'_>, other: &Name<'_>) -> Result<bool, Error> {
        same_name(&mut self.name_comparisons, one, other)
    }

    /// Counts name comparisons, in units of 32 bytes.
    pub(super) fn compare(&mut self, units: u32) -> Result<(), Error> {
        self.name_comparisons = self
            .name_comparisons
            .checked_sub(units)
            .ok_or_else(|| exhausted("name comparisons"))?;
        Ok(())
    }

    /// Counts the bytes of something long: the entries of a CRL, or signed data.
    pub(super) fn scan(&mut self, bytes: usize) -> Result<(), Error> {
        self.scanned_bytes = self
            .scanned_bytes
            .checked_sub(bytes)
            .ok_or_else(|| exhausted("bytes to scan"))?;
        Ok(())
    }

    /// Checks a signature, or returns the result of an earlier check. The outer error is
    /// [`crate::Code::PathBudgetExhausted`].
    pub(super) fn verify(&mut self, signed: &Signed<'_>, spki: &[u8]) -> Result<Result<(), Error>, Error> {
        let (signed_at, key_at) = (place(signed.data), place(spki));
        if let Some((.., result)) = self
            .checked
            .iter()
            .find(|(data, key, _)| signed.lasting && *data == signed_at && *key == key_at)
        {
            return Ok(result.clone());
        }
        if !signed.lasting && signed.data.len() >= LONG {
            self.scan(signed.data.len())?;
        }
        let key = PublicKey::from_spki(spki);
        self.signatures = self
            .signatures
            .checked_sub(key.as_ref().map_or(1, cost))
            .ok_or_else(|| exhausted("signature checks"))?;
        let allow_sha1 = self.allow_sha1;
        let message = self.message(signed);
        let result =
            key.and_then(|key| verify_with(message, &signed.algorithm, signed.signature, &key, allow_sha1));
        if signed.lasting {
            self.checked.push((signed_at, key_at, result.clone()));
        }
        Ok(result)
    }

    /// The signed data, or its digest if the data is long.
    fn message<'m>(&'m mut self, signed: &Signed<'m>) -> Message<'m> {
        let hash = match signed.algorithm.scheme(self.allow_sha1) {
            Ok(scheme) if signed.lasting && signed.data.len() >= LONG => scheme.hash(),
            _ => return Message::Data(signed.data),
        };
        let at = place(signed.data);
        let known = |(data, by, _): &(Place, Hash, Vec<u8>)| *data == at && *by == hash;
        if !self.digests.iter().any(known) {
            self.digests.push((at, hash, hash.digest(signed.data)));
        }
        match self.digests.iter().find(|entry| known(entry)) {
            Some((.., digest)) => Message::Digest(digest),
            None => Message::Data(signed.data),
        }
    }
}

/// The number of paths of the maximum size whose policies are allowed together.
const PATHS_OF_POLICIES: usize = 16;

/// The cost of a signature check in checks with RSA-2048 and the usual exponent. With RSA, the work grows with the
/// square of the length, and with the products that the exponent takes.
pub(crate) fn cost(key: &PublicKey) -> u32 {
    /// The products of 65537, which is 2¹⁶ + 1.
    const USUAL: u64 = 16 + 2;
    match (key.key_type(), key.products()) {
        (KeyType::P256, _) => 1,
        (KeyType::P384, _) => 4,
        (_, products) => {
            let bits = u64::try_from(key.bits()).unwrap_or(u64::MAX);
            let products = u64::from(products.unwrap_or(u32::MAX)).max(USUAL);
            let work = bits.saturating_mul(bits).saturating_mul(products);
            u32::try_from(work.div_ceil(2048 * 2048 * USUAL)).unwrap_or(u32::MAX)
        }
    }
}
