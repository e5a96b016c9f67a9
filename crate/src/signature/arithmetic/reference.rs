//! The arithmetic of the RustCrypto crates: slower, and written by others. The tests compare it with our own.

use alloc::vec::Vec;

use p256::ecdsa::signature::hazmat::PrehashVerifier as _;
use rsa::hazmat::rsa_encrypt;
use rsa::traits::PublicKeyParts as _;
use rsa::{BoxedUint, PublicKey};

use super::digest::Digest;

/// An RSA public key with its precomputed values.
#[derive(Clone)]
pub(in crate::signature) struct RsaKey {
    key: PublicKey,
    bits: usize,
}

impl RsaKey {
    /// `n` is odd and has `bits` bits; its limits have been checked.
    pub(in crate::signature) fn new(n: &[u8], e: u32, bits: usize) -> Option<Self> {
        let key = PublicKey::new(BoxedUint::from_be_slice_vartime(n), BoxedUint::from(u64::from(e))).ok()?;
        Some(Self { key, bits })
    }

    pub(in crate::signature) const fn bits(&self) -> usize {
        self.bits
    }

    /// RSAVP1 (RFC 8017 §5.2.2) for an octet string exactly as long as the modulus. The result has the same
    /// length. `None` if the length differs or the number is not below the modulus.
    pub(in crate::signature) fn public_operation(&self, signature: &[u8]) -> Option<Vec<u8>> {
        let length = self.bits.div_ceil(8);
        if signature.len() != length {
            return None;
        }
        let number = BoxedUint::from_be_slice_vartime(signature);
        if number >= **self.key.n() {
            return None;
        }
        let bytes = rsa_encrypt(&self.key, &number).ok()?.to_be_bytes();
        let (lead, block) = bytes.split_at_checked(bytes.len().checked_sub(length)?)?;
        lead.iter().all(|byte| *byte == 0).then(|| block.to_vec())
    }
}

macro_rules! curve {
    ($name:ident, $curve:ident, $length:literal) => {
        /// A point on the curve.
        #[derive(Clone)]
        pub(in crate::signature) struct $name($curve::ecdsa::VerifyingKey);

        impl $name {
            /// `None` if the point is not on the curve.
            pub(in crate::signature) fn new(point: &[u8]) -> Option<Self> {
                $curve::ecdsa::VerifyingKey::from_sec1_bytes(point)
                    .ok()
                    .map(Self)
            }

            /// Whether r‖s is a signature for the digest. Both numbers must be from 1 to the order minus 1.
            pub(in crate::signature) fn verify(&self, digest: &[u8], signature: &[u8; $length]) -> bool {
                $curve::ecdsa::Signature::from_slice(signature)
                    .is_ok_and(|signature| self.0.verify_prehash(digest, &signature).is_ok())
            }
        }
    };
}

curve!(P256Key, p256, 64);
curve!(P384Key, p384, 96);

macro_rules! hash {
    ($($(#[$doc:meta])* $name:ident)*) => {$(
        $(#[$doc])*
        #[derive(Clone)]
        pub(in crate::signature) struct $name(sha2::$name);

        impl Digest for $name {
            fn new() -> Self {
                Self(sha2::Digest::new())
            }

            fn update(&mut self, data: &[u8]) {
                sha2::Digest::update(&mut self.0, data);
            }

            fn finish(self) -> Vec<u8> {
                sha2::Digest::finalize(self.0).to_vec()
            }
        }
    )*};
}

hash! {
    /// SHA-256.
    Sha256
    /// SHA-384.
    Sha384
    /// SHA-512.
    Sha512
}
