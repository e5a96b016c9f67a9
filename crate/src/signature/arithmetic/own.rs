//! Our own arithmetic, from the crate `honnin-arithmetic`.

use alloc::{boxed::Box, vec::Vec};

use honnin_arithmetic::{p256, p384, rsa, sha2};

use super::digest::Digest;
use super::kept::{Kept, Recent};
use super::local::local;

/// A modulus, an exponent, and their precomputed values, which cost half a verification.
type KeptRsa = (Vec<u8>, u32, Box<rsa::Key>);

local! { static RSA: Recent<KeptRsa> = Recent::new(); }

/// An RSA public key with its precomputed values.
#[derive(Clone)]
pub(in crate::signature) struct RsaKey(Box<rsa::Key>);

impl RsaKey {
    /// `n` is odd and has `bits` bits; its limits have been checked.
    pub(in crate::signature) fn new(n: &[u8], e: u32, bits: usize) -> Option<Self> {
        let is_it = |(modulus, exponent, _): &KeptRsa| modulus == n && *exponent == e;
        let make = || Some((n.to_vec(), e, Box::new(rsa::Key::new(n, e)?)));
        let key = RSA.with_borrow_mut(|keys| keys.front(is_it, make).map(|(.., key)| key.clone()))?;
        (key.bits() == bits).then_some(Self(key))
    }

    pub(in crate::signature) const fn bits(&self) -> usize {
        self.0.bits()
    }

    /// RSAVP1 (RFC 8017 §5.2.2) for an octet string exactly as long as the modulus. The result has the same
    /// length. `None` if the length differs or the number is not below the modulus.
    pub(in crate::signature) fn public_operation(&self, signature: &[u8]) -> Option<Vec<u8>> {
        let mut block = vec![0; self.bits().div_ceil(8)];
        self.0.apply(signature, &mut block).then_some(block)
    }
}

macro_rules! curve {
    ($name:ident, $curve:ident, $kept:ident, $half:literal, $length:literal) => {
        local! { static $kept: Kept<$curve::Key, $curve::KeyTable, $curve::GeneratorTable> = Kept::new(); }

        /// A point on the curve.
        #[derive(Clone)]
        pub(in crate::signature) struct $name($curve::Key);

        impl $name {
            /// `None` if the point is not on the curve. `point` is `04`, x, y.
            pub(in crate::signature) fn new(point: &[u8]) -> Option<Self> {
                let (_, numbers) = point.split_first()?;
                let (x, y) = numbers.split_first_chunk::<$half>()?;
                $curve::Key::new(x, y.try_into().ok()?).map(Self)
            }

            /// Whether r‖s is a signature for the digest. Both numbers must be from 1 to the order minus 1.
            pub(in crate::signature) fn verify(&self, digest: &[u8], signature: &[u8; $length]) -> bool {
                let (Ok(digest), Some((r, s))) = (digest.try_into(), signature.split_first_chunk::<$half>())
                else {
                    return false;
                };
                let Ok(s) = s.try_into() else {
                    return false;
                };
                Kept::using(
                    &$kept,
                    &self.0,
                    $curve::Key::table,
                    $curve::GeneratorTable::new,
                    |generator, table| generator.verify(table, digest, r, s),
                    || self.0.verify(digest, r, s),
                )
            }
        }
    };
}

curve!(P256Key, p256, P256, 32, 64);
curve!(P384Key, p384, P384, 48, 96);

macro_rules! hash {
    ($(#[$doc:meta])* $name:ident, $inner:ident, $new:ident, $length:literal) => {
        $(#[$doc])*
        #[derive(Clone)]
        pub(in crate::signature) struct $name(sha2::$inner);

        impl Digest for $name {
            fn new() -> Self {
                Self(sha2::$inner::$new())
            }

            fn update(&mut self, data: &[u8]) {
                self.0.update(data);
            }

            fn finish(self) -> Vec<u8> {
                let digest = self.0.finish();
                digest.get(..$length).unwrap_or_default().to_vec()
            }
        }
    };
}

hash!(
    /// SHA-256.
    Sha256, Sha256, new_256, 32
);
hash!(
    /// SHA-384.
    Sha384, Sha512, new_384, 48
);
hash!(
    /// SHA-512.
    Sha512, Sha512, new_512, 64
);
