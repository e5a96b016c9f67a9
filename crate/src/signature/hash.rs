//! The hash functions.

use alloc::vec::Vec;

use super::arithmetic::{Digest, Sha1, Sha256, Sha384, Sha512};
use crate::der::Oid;
use crate::sort::sort_by_key;

/// The DER of `DigestInfo` up to the digest, with the NULL parameters that RFC 8017 §9.2 note 1 lists.
const SHA1_PREFIX: &[u8] = &[
    0x30, 0x21, 0x30, 0x09, 0x06, 0x05, 0x2b, 0x0e, 0x03, 0x02, 0x1a, 0x05, 0x00, 0x04, 0x14,
];
const SHA256_PREFIX: &[u8] = &[
    0x30, 0x31, 0x30, 0x0d, 0x06, 0x09, 0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x02, 0x01, 0x05, 0x00,
    0x04, 0x20,
];
const SHA384_PREFIX: &[u8] = &[
    0x30, 0x41, 0x30, 0x0d, 0x06, 0x09, 0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x02, 0x02, 0x05, 0x00,
    0x04, 0x30,
];
const SHA512_PREFIX: &[u8] = &[
    0x30, 0x51, 0x30, 0x0d, 0x06, 0x09, 0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x02, 0x03, 0x05, 0x00,
    0x04, 0x40,
];

/// A hash function (FIPS 180-4).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Hash {
    /// SHA-1, only for signatures of old cards and only if you choose it.
    Sha1,
    /// SHA-256.
    Sha256,
    /// SHA-384.
    Sha384,
    /// SHA-512.
    Sha512,
}

impl Hash {
    /// The name of the hash in FIPS 180-4.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Hash::Sha1 => "SHA-1",
            Hash::Sha256 => "SHA-256",
            Hash::Sha384 => "SHA-384",
            Hash::Sha512 => "SHA-512",
        }
    }

    /// The length of the digest in bytes.
    #[must_use]
    pub const fn length(self) -> usize {
        match self {
            Hash::Sha1 => 20,
            Hash::Sha256 => 32,
            Hash::Sha384 => 48,
            Hash::Sha512 => 64,
        }
    }

    /// The object identifier of the hash.
    #[must_use]
    pub const fn oid(self) -> Oid<'static> {
        Oid::new(match self {
            // id-sha1, 1.3.14.3.2.26.
            Hash::Sha1 => &[0x2b, 14, 3, 2, 26],
            // id-sha256 to id-sha512, 2.16.840.1.101.3.4.2.1 to .3.
            Hash::Sha256 => &[0x60, 0x86, 0x48, 1, 101, 3, 4, 2, 1],
            Hash::Sha384 => &[0x60, 0x86, 0x48, 1, 101, 3, 4, 2, 2],
            Hash::Sha512 => &[0x60, 0x86, 0x48, 1, 101, 3, 4, 2, 3],
        })
    }

    /// The hash with the given object identifier.
    #[must_use]
    pub fn from_oid(oid: Oid<'_>) -> Option<Self> {
        let all = [Hash::Sha1, Hash::Sha256, Hash::Sha384, Hash::Sha512];
        all.into_iter().find(|hash| hash.oid() == oid)
    }

    /// The bytes before the digest in a `DigestInfo`.
    pub(super) const fn digest_info_prefix(self) -> &'static [u8] {
        match self {
            Hash::Sha1 => SHA1_PREFIX,
            Hash::Sha256 => SHA256_PREFIX,
            Hash::Sha384 => SHA384_PREFIX,
            Hash::Sha512 => SHA512_PREFIX,
        }
    }

    /// The digest of `data`.
    #[must_use]
    #[cfg_attr(feature = "id-token", inline(always))]
    pub fn digest(self, data: &[u8]) -> Vec<u8> {
        self.digest_parts(&[data])
    }

    /// For each `(end, suffix)` in `ends`, the digest of the first `end` bytes of `data` followed by
    /// `suffix`. The common part is hashed once.
    pub(crate) fn digests_from(self, data: &[u8], ends: &[(usize, &[u8])]) -> Vec<Vec<u8>> {
        fn of<D: Digest>(data: &[u8], ends: &[(usize, &[u8])]) -> Vec<Vec<u8>> {
            let mut order: Vec<_> = ends.iter().enumerate().collect();
            sort_by_key(&mut order, |(_, (end, _))| *end);
            let (mut hash, mut at) = (D::new(), 0);
            let mut digests = vec![Vec::new(); ends.len()];
            for (place, (end, behind)) in order {
                hash.update(data.get(at..*end).unwrap_or_default());
                at = *end;
                let mut own = hash.clone();
                own.update(behind);
                if let Some(digest) = digests.get_mut(place) {
                    *digest = own.finish();
                }
            }
            digests
        }
        match self {
            Hash::Sha1 => of::<Sha1>(data, ends),
            Hash::Sha256 => of::<Sha256>(data, ends),
            Hash::Sha384 => of::<Sha384>(data, ends),
            Hash::Sha512 => of::<Sha512>(data, ends),
        }
    }

    /// The digest of the concatenation of `parts`.
    #[cfg_attr(feature = "id-token", inline(always))]
    pub(super) fn digest_parts(self, parts: &[&[u8]]) -> Vec<u8> {
        fn of<D: Digest>(parts: &[&[u8]]) -> Vec<u8> {
            let mut hash = D::new();
            for part in parts {
                hash.update(part);
            }
            hash.finish()
        }
        match self {
            Hash::Sha1 => of::<Sha1>(parts),
            Hash::Sha256 => of::<Sha256>(parts),
            Hash::Sha384 => of::<Sha384>(parts),
            Hash::Sha512 => of::<Sha512>(parts),
        }
    }
}
