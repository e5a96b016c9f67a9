//! The supported JWS algorithms (RFC 7518 §3.1). There is no `none`, and no symmetric algorithm to confuse
//! with a public key.

use core::fmt;
use core::str::FromStr;

use crate::code::Code;
use crate::error::Error;
use crate::signature::Scheme;

/// A JWS algorithm.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Algorithm {
    /// ECDSA on P-256 with SHA-256, the algorithm of the service.
    Es256,
    /// ECDSA on P-384 with SHA-384.
    Es384,
    /// RSASSA-PKCS1-v1_5 with SHA-256.
    Rs256,
    /// RSASSA-PSS with SHA-256.
    Ps256,
}

impl Algorithm {
    /// All algorithms.
    pub const ALL: &'static [Algorithm] = &[
        Algorithm::Es256,
        Algorithm::Es384,
        Algorithm::Rs256,
        Algorithm::Ps256,
    ];

    /// The name in the `alg` of a header or a key.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Algorithm::Es256 => "ES256",
            Algorithm::Es384 => "ES384",
            Algorithm::Rs256 => "RS256",
            Algorithm::Ps256 => "PS256",
        }
    }

    /// The signature scheme of the algorithm.
    #[must_use]
    pub const fn scheme(self) -> Scheme {
        // The options of the small module allow no other, and what it does not need is left out.
        if cfg!(feature = "id-token") {
            return Scheme::EcdsaP256Sha256;
        }
        match self {
            Algorithm::Es256 => Scheme::EcdsaP256Sha256,
            Algorithm::Es384 => Scheme::EcdsaP384Sha384,
            Algorithm::Rs256 => Scheme::RsaPkcs1Sha256,
            Algorithm::Ps256 => Scheme::RsaPssSha256,
        }
    }
}

impl fmt::Display for Algorithm {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl FromStr for Algorithm {
    type Err = Error;

    /// The algorithm with the given name; [`Code::AlgorithmUnsupported`] for any other.
    fn from_str(name: &str) -> Result<Self, Error> {
        Algorithm::ALL
            .iter()
            .copied()
            .find(|algorithm| algorithm.as_str() == name)
            .ok_or_else(|| {
                Error::new(
                    Code::AlgorithmUnsupported,
                    "the algorithm is not supported; use ES256, ES384, RS256 or PS256",
                )
            })
    }
}
