//! Public keys, checked on construction.

use core::fmt;

use super::arithmetic::{P256Key, P384Key, RsaKey};
use crate::code::Code;
use crate::error::Error;
use crate::text::text;

const RSA_BITS: core::ops::RangeInclusive<usize> = 2048..=8192;

/// The type of a key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum KeyType {
    /// RSA.
    Rsa,
    /// NIST P-256 (secp256r1).
    P256,
    /// NIST P-384 (secp384r1).
    P384,
}

/// A public key that passed its checks: an RSA key within the limits, or a point on its curve.
#[derive(Clone)]
pub struct PublicKey(pub(super) Inner);

#[derive(Clone)]
pub(super) enum Inner {
    /// With its exponent.
    Rsa(RsaKey, u32),
    P256(P256Key),
    P384(P384Key),
}

impl PublicKey {
    /// An RSA key with modulus `n` and public exponent `e`, both big-endian and without leading zero bytes.
    ///
    /// # Errors
    /// - [`Code::KeySizeUnsupported`]: the modulus does not have 2048 to 8192 bits, or the exponent is even,
    ///   below 3 or above 2³².
    /// - [`Code::KeyMalformed`]: an empty value, a leading zero byte, or an even modulus.
    pub fn rsa(n: &[u8], e: &[u8]) -> Result<Self, Error> {
        let (Some(n_lead @ 1..), Some(1..)) = (n.first(), e.first()) else {
            return Err(malformed(
                "the RSA modulus or exponent is empty or has leading zeros",
            ));
        };
        let bits = n
            .len()
            .saturating_mul(8)
            .saturating_sub(n_lead.leading_zeros() as usize);
        if !RSA_BITS.contains(&bits) {
            return Err(Error::new(
                Code::KeySizeUnsupported,
                text!["an RSA modulus of ", bits, " bits; 2048 to 8192 are accepted"],
            ));
        }
        // Four bytes hold all odd numbers up to 2³².
        if e.len() > 4 || e == [1] || e.last().is_none_or(|byte| byte % 2 == 0) {
            return Err(Error::new(
                Code::KeySizeUnsupported,
                "the RSA exponent is even, below 3 or above 2^32",
            ));
        }
        if n.last().is_none_or(|byte| byte % 2 == 0) {
            return Err(malformed("the RSA modulus is even"));
        }
        let exponent = e.iter().fold(0, |number, byte| number << 8 | u32::from(*byte));
        let key = RsaKey::new(n, exponent, bits).ok_or_else(|| malformed("the RSA modulus is invalid"))?;
        Ok(Self(Inner::Rsa(key, exponent)))
    }

    /// A point on P-256, uncompressed (SEC 1 §2.3.3): `04`, x, y; 65 bytes.
    ///
    /// # Errors
    /// [`Code::KeyMalformed`]: another form, or not on the curve.
    pub fn ec_p256(point: &[u8]) -> Result<Self, Error> {
        is_uncompressed(point, 65)
            .then(|| P256Key::new(point))
            .flatten()
            .map(|key| Self(Inner::P256(key)))
            .ok_or_else(|| malformed("the public key is not an uncompressed point on P-256"))
    }

    /// A point on P-384, uncompressed (SEC 1 §2.3.3): `04`, x, y; 97 bytes.
    ///
    /// # Errors
    /// [`Code::KeyMalformed`]: another form, or not on the curve.
    pub fn ec_p384(point: &[u8]) -> Result<Self, Error> {
        is_uncompressed(point, 97)
            .then(|| P384Key::new(point))
            .flatten()
            .map(|key| Self(Inner::P384(key)))
            .ok_or_else(|| malformed("the public key is not an uncompressed point on P-384"))
    }

    /// The type of the key.
    #[must_use]
    pub const fn key_type(&self) -> KeyType {
        match self.0 {
            Inner::Rsa(..) => KeyType::Rsa,
            Inner::P256(_) => KeyType::P256,
            Inner::P384(_) => KeyType::P384,
        }
    }

    /// The length of the modulus or of the curve's field, in bits.
    #[must_use]
    pub const fn bits(&self) -> usize {
        match &self.0 {
            Inner::Rsa(key, _) => key.bits(),
            Inner::P256(_) => 256,
            Inner::P384(_) => 384,
        }
    }
}

impl PublicKey {
    /// The number of products of numbers as long as the key that a verification takes, for RSA.
    pub(crate) const fn products(&self) -> Option<u32> {
        match self.0 {
            Inner::Rsa(_, exponent) => Some(exponent.ilog2() + exponent.count_ones()),
            _ => None,
        }
    }
}

impl fmt::Debug for PublicKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "PublicKey({:?}, {} bits)", self.key_type(), self.bits())
    }
}

fn is_uncompressed(point: &[u8], length: usize) -> bool {
    point.len() == length && point.first() == Some(&0x04)
}

pub(super) fn malformed(message: &'static str) -> Error {
    Error::new(Code::KeyMalformed, message)
}
