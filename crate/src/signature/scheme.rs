//! The table of signature schemes.

use alloc::string::String;
use core::fmt;
use core::str::FromStr;

use super::hash::Hash;
use super::key::KeyType;
use crate::code::Code;
use crate::error::Error;
use crate::text::Piece;

/// A signature scheme. You choose it; it is never guessed from the signature or the key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Scheme {
    /// RSASSA-PKCS1-v1_5 with SHA-1 (RFC 8017 §8.2). Broken for new signatures: use it for old ones only.
    RsaPkcs1Sha1,
    /// RSASSA-PKCS1-v1_5 with SHA-256 (RFC 8017 §8.2).
    RsaPkcs1Sha256,
    /// RSASSA-PKCS1-v1_5 with SHA-384 (RFC 8017 §8.2).
    RsaPkcs1Sha384,
    /// RSASSA-PKCS1-v1_5 with SHA-512 (RFC 8017 §8.2).
    RsaPkcs1Sha512,
    /// The signature of a card for a SHA-256 digest without a prefix: the block of RFC 8017 §9.2 with the 32
    /// bytes alone, without a DigestInfo. Not RSASSA-PKCS1-v1_5.
    RsaPkcs1Bare,
    /// RSASSA-PSS with SHA-256, MGF1 with SHA-256 and a salt of 32 bytes (RFC 8017 §8.1).
    RsaPssSha256,
    /// RSASSA-PSS with SHA-384, MGF1 with SHA-384 and a salt of 48 bytes (RFC 8017 §8.1).
    RsaPssSha384,
    /// RSASSA-PSS with SHA-512, MGF1 with SHA-512 and a salt of 64 bytes (RFC 8017 §8.1).
    RsaPssSha512,
    /// ECDSA on P-256 with SHA-256 (FIPS 186-5 §6).
    EcdsaP256Sha256,
    /// ECDSA on P-384 with SHA-384 (FIPS 186-5 §6).
    EcdsaP384Sha384,
}

/// How a scheme encodes the digest.
pub(super) enum Method {
    /// EMSA-PKCS1-v1_5 with these bytes before the digest.
    Pkcs1 { prefix: &'static [u8] },
    /// EMSA-PSS with a salt as long as the hash.
    Pss,
    /// ECDSA.
    Ecdsa,
}

impl Scheme {
    /// All schemes.
    pub const ALL: &'static [Scheme] = &[
        Scheme::RsaPkcs1Sha1,
        Scheme::RsaPkcs1Sha256,
        Scheme::RsaPkcs1Sha384,
        Scheme::RsaPkcs1Sha512,
        Scheme::RsaPkcs1Bare,
        Scheme::RsaPssSha256,
        Scheme::RsaPssSha384,
        Scheme::RsaPssSha512,
        Scheme::EcdsaP256Sha256,
        Scheme::EcdsaP384Sha384,
    ];

    /// The name of the scheme.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Scheme::RsaPkcs1Sha1 => "rsa-pkcs1-sha1",
            Scheme::RsaPkcs1Sha256 => "rsa-pkcs1-sha256",
            Scheme::RsaPkcs1Sha384 => "rsa-pkcs1-sha384",
            Scheme::RsaPkcs1Sha512 => "rsa-pkcs1-sha512",
            Scheme::RsaPkcs1Bare => "rsa-pkcs1-bare",
            Scheme::RsaPssSha256 => "rsa-pss-sha256",
            Scheme::RsaPssSha384 => "rsa-pss-sha384",
            Scheme::RsaPssSha512 => "rsa-pss-sha512",
            Scheme::EcdsaP256Sha256 => "ecdsa-p256-sha256",
            Scheme::EcdsaP384Sha384 => "ecdsa-p384-sha384",
        }
    }

    /// The hash of the message. For [`Scheme::RsaPkcs1Bare`] it is SHA-256, although the signature does not
    /// contain its name.
    #[must_use]
    pub const fn hash(self) -> Hash {
        match self {
            Scheme::RsaPkcs1Sha1 => Hash::Sha1,
            Scheme::RsaPkcs1Sha256
            | Scheme::RsaPkcs1Bare
            | Scheme::RsaPssSha256
            | Scheme::EcdsaP256Sha256 => Hash::Sha256,
            Scheme::RsaPkcs1Sha384 | Scheme::RsaPssSha384 | Scheme::EcdsaP384Sha384 => Hash::Sha384,
            Scheme::RsaPkcs1Sha512 | Scheme::RsaPssSha512 => Hash::Sha512,
        }
    }

    /// The key type of the scheme.
    #[must_use]
    pub const fn key_type(self) -> KeyType {
        match self {
            Scheme::EcdsaP256Sha256 => KeyType::P256,
            Scheme::EcdsaP384Sha384 => KeyType::P384,
            _ => KeyType::Rsa,
        }
    }

    pub(super) const fn method(self) -> Method {
        match self {
            Scheme::RsaPkcs1Sha1
            | Scheme::RsaPkcs1Sha256
            | Scheme::RsaPkcs1Sha384
            | Scheme::RsaPkcs1Sha512 => Method::Pkcs1 {
                prefix: self.hash().digest_info_prefix(),
            },
            Scheme::RsaPkcs1Bare => Method::Pkcs1 { prefix: &[] },
            Scheme::RsaPssSha256 | Scheme::RsaPssSha384 | Scheme::RsaPssSha512 => Method::Pss,
            Scheme::EcdsaP256Sha256 | Scheme::EcdsaP384Sha384 => Method::Ecdsa,
        }
    }
}

impl Piece for Scheme {
    fn add_to(&self, text: &mut String) {
        self.as_str().add_to(text);
    }
}

impl fmt::Display for Scheme {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl FromStr for Scheme {
    type Err = Error;

    /// The scheme with the given name, exactly as in [`Scheme::as_str`]; [`Code::AlgorithmUnsupported`] for
    /// any other.
    fn from_str(name: &str) -> Result<Self, Error> {
        Scheme::ALL
            .iter()
            .copied()
            .find(|scheme| scheme.as_str() == name)
            .ok_or_else(|| {
                Error::new(
                    Code::AlgorithmUnsupported,
                    "unknown signature scheme; see the list of schemes in the documentation",
                )
            })
    }
}

/// The encoding of an ECDSA signature.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum EcdsaForm {
    /// DER-encoded `ECDSA-Sig-Value` (RFC 5480 appendix A), as in X.509 and CMS. Strict.
    Der,
    /// r‖s, both as long as the field of the curve (IEEE P1363), as in JOSE (RFC 7518 §3.4).
    Raw,
}

/// What was signed.
#[derive(Clone, Copy, Debug)]
pub enum Message<'a> {
    /// The bytes themselves.
    Data(&'a [u8]),
    /// Their digest with the hash of the scheme.
    Digest(&'a [u8]),
}
