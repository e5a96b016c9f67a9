//! What may still be spent on one verification.

use crate::error::Error;
use crate::signature::{Hash, KeyType, Message, PublicKey};
use crate::x509::{Limits, Name, algorithm::verify_with, cost::exhausted, same_name, signed::Signed};

/// The work left, and the signatures already checked, so that none is paid for twice.
pub(super) struct Budget {
    signatures: u32,
    candidates: u32,
    pub(super) name_comparisons: u32,
    scanned_bytes: usize,
    policies: usize,
    allow_sha1: bool,
    checked: Vec<(Place, Place, Result<(), Error>)>,
    /// Of what is long, so that it is hashed once, however many keys are tried.
    digests: Vec<(Place, Hash, Vec<u8>)>,
}

/// From how many bytes on a digest is kept: hashing less costs no more than checking the signature.
const LONG: usize = 16_384;

/// Where a slice lies: enough to know it again, since all input stays borrowed.
type Place = (usize, usize);

fn place(bytes: &[u8]) -> Place {
    (bytes.as_ptr() as usize, bytes.len())
}

impl Budget {
    pub(super) fn new(limits: &Limits, allow_sha1: bool) -> Self {
        Self {
            signatures: limits.signatures,
            candidates: limits.candidates,
            name_comparisons: limits.name_comparisons,
            scanned_bytes: limits.scanned_bytes,
            policies: limits.policies.saturating_mul(PATHS_OF_POLICIES),
            allow_sha1,
            checked: Vec::new(),
            digests: Vec::new(),
        }
    }

    /// Pays for looking at one candidate, before it is read: 1, and another 1 for each KiB.
    pub(super) fn candidate(&mut self, der: &[u8]) -> Result<(), Error> {
        let cost = u32::try_from(der.len() / 1_024).unwrap_or(u32::MAX);
        self.candidates = self
            .candidates
            .checked_sub(cost.saturating_add(1))
            .ok_or_else(|| exhausted("candidates"))?;
        Ok(())
    }

    /// How large the policy graph of the next path may be.
    pub(super) fn policies(&self, limits: &Limits) -> usize {
        limits.policies.min(self.policies)
    }

    /// Pays for the policy graph of one path, as large as it has become.
    pub(super) fn spend_policies(&mut self, size: usize) {
        self.policies = self.policies.saturating_sub(size);
    }

    /// Pays for a comparison of names where they are not the same bytes, and makes it.
    pub(super) fn same_name(&mut self, one: &Name<'_>, other: &Name<'_>) -> Result<bool, Error> {
        same_name(&mut self.name_comparisons, one, other)
    }

    /// Pays for comparing names: in units of 32 bytes compared.
    pub(super) fn compare(&mut self, units: u32) -> Result<(), Error> {
        self.name_comparisons = self
            .name_comparisons
            .checked_sub(units)
            .ok_or_else(|| exhausted("name comparisons"))?;
        Ok(())
    }

    /// Pays for going through something long: the entries of a CRL, or what was signed.
    pub(super) fn scan(&mut self, bytes: usize) -> Result<(), Error> {
        self.scanned_bytes = self
            .scanned_bytes
            .checked_sub(bytes)
            .ok_or_else(|| exhausted("bytes to scan"))?;
        Ok(())
    }

    /// Checks a signature, or remembers how the check ended. The outer error is [`crate::Code::PathBudgetExhausted`].
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

    /// What was signed, or its digest if it is long.
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

/// As many paths may have as many policies as one may have.
const PATHS_OF_POLICIES: usize = 16;

/// What a check costs, in checks with RSA-2048: with RSA the work grows with the square of the length.
pub(crate) fn cost(key: &PublicKey) -> u32 {
    match key.key_type() {
        KeyType::P256 => 1,
        KeyType::P384 => 4,
        KeyType::Rsa => {
            let bits = u64::try_from(key.bits()).unwrap_or(u64::MAX);
            u32::try_from(bits.saturating_mul(bits).div_ceil(2048 * 2048)).unwrap_or(u32::MAX)
        }
    }
}
