//! AlgorithmIdentifier and its signature scheme (RFC 4055, RFC 5758).

use super::oids;
use crate::code::Code;
use crate::der::{self, Oid, Reader};
use crate::error::Error;
use crate::signature::{self, EcdsaForm, Hash, KeyType, Message, PublicKey, Scheme};
use crate::text::text;

/// An AlgorithmIdentifier.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Algorithm<'a> {
    /// The object identifier of the algorithm.
    pub oid: Oid<'a>,
    /// The parameters as a whole element; empty if absent.
    pub parameters: &'a [u8],
}

const NULL: &[u8] = &[der::NULL, 0];

impl<'a> Algorithm<'a> {
    /// Reads an AlgorithmIdentifier.
    ///
    /// # Errors
    /// [`der::Malformed`] if it is not an AlgorithmIdentifier.
    pub fn read(reader: &mut Reader<'a>) -> der::Result<Self> {
        Self::from_contents(reader.contents(der::SEQUENCE)?)
    }

    /// Reads the contents of an AlgorithmIdentifier.
    ///
    /// # Errors
    /// [`der::Malformed`] if they are not those of an AlgorithmIdentifier.
    pub fn from_contents(contents: &'a [u8]) -> der::Result<Self> {
        let mut reader = Reader::new(contents);
        let oid = reader.oid()?;
        let parameters = reader.rest();
        if !reader.is_empty() {
            reader.element()?;
        }
        reader.finish()?;
        Ok(Self { oid, parameters })
    }

    fn has_no_parameters(&self) -> bool {
        // RFC 4055 §2.1 and §5: absent and NULL are equivalent.
        self.parameters.is_empty() || self.parameters == NULL
    }

    /// The signature scheme of the identifier.
    ///
    /// # Errors
    /// - [`Code::AlgorithmUnsupported`]: the scheme is not supported; the message contains the object
    ///   identifier.
    /// - [`Code::AlgorithmNotAllowed`]: SHA-1 without `allow_sha1`.
    pub fn scheme(&self, allow_sha1: bool) -> Result<Scheme, Error> {
        let scheme = match self.oid {
            oids::SHA256_WITH_RSA if self.has_no_parameters() => Scheme::RsaPkcs1Sha256,
            oids::SHA384_WITH_RSA if self.has_no_parameters() => Scheme::RsaPkcs1Sha384,
            oids::SHA512_WITH_RSA if self.has_no_parameters() => Scheme::RsaPkcs1Sha512,
            oids::SHA1_WITH_RSA if self.has_no_parameters() => Scheme::RsaPkcs1Sha1,
            // RFC 5758 §3.2: parameters are absent.
            oids::ECDSA_WITH_SHA256 if self.parameters.is_empty() => Scheme::EcdsaP256Sha256,
            oids::ECDSA_WITH_SHA384 if self.parameters.is_empty() => Scheme::EcdsaP384Sha384,
            oids::RSASSA_PSS => pss_scheme(self.parameters).ok_or_else(|| {
                Error::new(
                    Code::AlgorithmUnsupported,
                    "the RSASSA-PSS parameters are not supported: the hash and MGF1 must use the same SHA-2 hash, and the salt must be as long as the hash",
                )
            })?,
            oid => {
                return Err(Error::new(
                    Code::AlgorithmUnsupported,
                    text!["the signature algorithm ", oid, " (or its parameters) is not supported"],
                ));
            }
        };
        if scheme == Scheme::RsaPkcs1Sha1 && !allow_sha1 {
            return Err(Error::new(
                Code::AlgorithmNotAllowed,
                "signed with SHA-1, which is not accepted by default",
            ));
        }
        Ok(scheme)
    }
}

/// RFC 4055 §3.1. All defaults use SHA-1, so all fields must be present.
fn pss_scheme(parameters: &[u8]) -> Option<Scheme> {
    let mut fields = der::outer_sequence(parameters).ok()?;
    let mut explicit = |number| {
        let contents = fields.optional(der::context_constructed(number)).ok()??;
        Some(Reader::new(contents))
    };
    let (mut hash, mut mask, mut salt) = (explicit(0)?, explicit(1)?, explicit(2)?);
    // trailerField: 1 is the default and the only value, but an explicit value must be read.
    if let Some(mut trailer) = explicit(3)
        && (trailer.small_integer() != Ok(1) || trailer.finish().is_err())
    {
        return None;
    }
    fields.finish().ok()?;
    let hash_algorithm = Algorithm::read(&mut hash).ok()?;
    let mask_algorithm = Algorithm::read(&mut mask).ok()?;
    let salt_length = salt.small_integer().ok()?;
    for reader in [hash, mask, salt] {
        reader.finish().ok()?;
    }
    let mut mask_parameters = Reader::new(mask_algorithm.parameters);
    let mask_hash = Algorithm::read(&mut mask_parameters).ok()?;
    mask_parameters.finish().ok()?;
    if mask_algorithm.oid != oids::MGF1
        || mask_hash.oid != hash_algorithm.oid
        || !hash_algorithm.has_no_parameters()
        || !mask_hash.has_no_parameters()
    {
        return None;
    }
    match (Hash::from_oid(hash_algorithm.oid)?, salt_length) {
        (Hash::Sha256, 32) => Some(Scheme::RsaPssSha256),
        (Hash::Sha384, 48) => Some(Scheme::RsaPssSha384),
        (Hash::Sha512, 64) => Some(Scheme::RsaPssSha512),
        _ => None,
    }
}

/// Verifies that `signature` matches the key of `spki`, `data` and `algorithm`.
///
/// # Errors
/// [`Code::AlgorithmUnsupported`], [`Code::AlgorithmNotAllowed`], [`Code::KeyMalformed`],
/// [`Code::KeySizeUnsupported`], [`Code::SignatureMismatch`].
pub fn verify_signed(
    data: &[u8],
    algorithm: &Algorithm<'_>,
    signature: &[u8],
    spki: &[u8],
    allow_sha1: bool,
) -> Result<(), Error> {
    let key = PublicKey::from_spki(spki)?;
    verify_with(Message::Data(data), algorithm, signature, &key, allow_sha1)
}

pub(super) fn verify_with(
    message: Message<'_>,
    algorithm: &Algorithm<'_>,
    signature: &[u8],
    key: &PublicKey,
    allow_sha1: bool,
) -> Result<(), Error> {
    let scheme = algorithm.scheme(allow_sha1)?;
    match (scheme.key_type(), key.key_type()) {
        (wanted, found) if wanted == found => {}
        // Other combinations of curve and hash are legal, but not supported.
        (KeyType::P256 | KeyType::P384, KeyType::P256 | KeyType::P384) => {
            return Err(Error::new(
                Code::AlgorithmUnsupported,
                "the ECDSA hash does not match the curve (P-256 with SHA-256, P-384 with SHA-384)",
            ));
        }
        _ => {
            return Err(Error::new(
                Code::SignatureMismatch,
                "the signature algorithm does not match the type of the issuer's key",
            ));
        }
    }
    signature::verify(scheme, key, message, signature, EcdsaForm::Der)
}
