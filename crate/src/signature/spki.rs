//! SubjectPublicKeyInfo (RFC 5280 §4.1.2.7).

use super::key::{PublicKey, malformed};
use crate::code::Code;
use crate::der::{self, BitString, Reader};
use crate::error::Error;

/// 1.2.840.113549.1.1.1 (RFC 3279 §2.3.1).
const RSA_ENCRYPTION: &[u8] = &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01, 0x01];
/// 1.2.840.10045.2.1 (RFC 5480 §2.1).
const EC_PUBLIC_KEY: &[u8] = &[0x2a, 0x86, 0x48, 0xce, 0x3d, 0x02, 0x01];
const NULL: &[u8] = &[0x05, 0x00];
/// OBJECT IDENTIFIER 1.2.840.10045.3.1.7 (RFC 5480 §2.1.1.1).
const P256: &[u8] = &[0x06, 0x08, 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x03, 0x01, 0x07];
/// OBJECT IDENTIFIER 1.3.132.0.34 (RFC 5480 §2.1.1.1).
const P384: &[u8] = &[0x06, 0x05, 0x2b, 0x81, 0x04, 0x00, 0x22];

/// The maximum length in bytes of the contents of a SubjectPublicKeyInfo.
const MAX_BYTES: usize = 0xffff;

/// A parsed SubjectPublicKeyInfo.
pub(crate) struct Spki<'a> {
    /// The contents of the AlgorithmIdentifier.
    pub(crate) algorithm: &'a [u8],
    /// subjectPublicKey.
    pub(crate) key: BitString<'a>,
}

impl<'a> Spki<'a> {
    /// Reads the DER of a SubjectPublicKeyInfo. The contents of the AlgorithmIdentifier are not checked.
    pub(crate) fn from_der(der: &'a [u8]) -> der::Result<Self> {
        let mut fields = der::outer_sequence(der)?;
        let algorithm = fields.contents(der::SEQUENCE)?;
        let key = fields.bit_string()?;
        fields.finish()?;
        Ok(Self { algorithm, key })
    }
}

/// The key bits of a SubjectPublicKeyInfo.
pub(crate) fn key_bits(spki: &[u8]) -> Option<&[u8]> {
    Spki::from_der(spki).ok()?.key.whole_bytes().ok()
}

impl PublicKey {
    /// The key in a DER-encoded `SubjectPublicKeyInfo` (RFC 5280 §4.1.2.7): rsaEncryption with NULL
    /// parameters, or id-ecPublicKey with the named curve P-256 or P-384 and an uncompressed point.
    ///
    /// # Errors
    /// - [`Code::AlgorithmUnsupported`]: another algorithm, curve or parameters.
    /// - [`Code::KeyMalformed`]: not a SubjectPublicKeyInfo, or an invalid key.
    /// - [`Code::KeySizeUnsupported`]: as for [`PublicKey::rsa`].
    pub fn from_spki(der: &[u8]) -> Result<Self, Error> {
        let Some((algorithm, parameters, key)) = split(der) else {
            return Err(malformed(
                "the public key is not a DER-encoded SubjectPublicKeyInfo",
            ));
        };
        match (algorithm, parameters) {
            (RSA_ENCRYPTION, NULL) => {
                let (n, e) = rsa_numbers(key)
                    .map_err(|_| malformed("the RSA key is not a DER-encoded RSAPublicKey"))?;
                PublicKey::rsa(n, e)
            }
            (RSA_ENCRYPTION, _) => Err(Error::new(
                Code::AlgorithmUnsupported,
                "the algorithm parameters of the RSA key are not NULL (RFC 3279 §2.3.1)",
            )),
            (EC_PUBLIC_KEY, P256) => PublicKey::ec_p256(key),
            (EC_PUBLIC_KEY, P384) => PublicKey::ec_p384(key),
            _ => Err(Error::new(
                Code::AlgorithmUnsupported,
                "the key is neither RSA nor on the curves P-256 and P-384",
            )),
        }
    }
}

/// The algorithm, the parameters (with their tag) and the key bits.
fn split(der: &[u8]) -> Option<(&[u8], &[u8], &[u8])> {
    if der::outer_sequence(der).ok()?.rest().len() > MAX_BYTES {
        return None;
    }
    let spki = Spki::from_der(der).ok()?;
    let mut identifier = Reader::new(spki.algorithm);
    let algorithm = identifier.contents(der::OBJECT_IDENTIFIER).ok()?;
    let key = spki.key.whole_bytes().ok()?;
    (!algorithm.is_empty()).then_some((algorithm, identifier.rest(), key))
}

fn rsa_numbers(der: &[u8]) -> der::Result<(&[u8], &[u8])> {
    let mut numbers = der::outer_sequence(der)?;
    let (n, e) = (numbers.positive_integer()?, numbers.positive_integer()?);
    numbers.finish()?;
    Ok((n, e))
}
