//! Reading a `SubjectPublicKeyInfo`.

use super::der::Reader;
use super::key::{PublicKey, malformed};
use crate::code::Code;
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

pub(super) fn read(der: &[u8]) -> Result<PublicKey, Error> {
    let Some((algorithm, parameters, key)) = split(der) else {
        return Err(malformed("not the DER of a SubjectPublicKeyInfo"));
    };
    match (algorithm, parameters) {
        (RSA_ENCRYPTION, NULL) => {
            let (n, e) = rsa_numbers(key).ok_or_else(|| malformed("not the DER of an RSAPublicKey"))?;
            PublicKey::rsa(n, e)
        }
        (RSA_ENCRYPTION, _) => Err(Error::new(
            Code::AlgorithmUnsupported,
            "the parameters of the RSA key's algorithm are not NULL (RFC 3279 §2.3.1)",
        )),
        (EC_PUBLIC_KEY, P256) => PublicKey::ec_p256(key),
        (EC_PUBLIC_KEY, P384) => PublicKey::ec_p384(key),
        _ => Err(Error::new(
            Code::AlgorithmUnsupported,
            "the key is neither RSA nor on the curves P-256 and P-384",
        )),
    }
}

/// Algorithm, parameters (with their tag) and the bits of the key.
fn split(der: &[u8]) -> Option<(&[u8], &[u8], &[u8])> {
    let mut outer = Reader::new(der);
    let mut info = Reader::new(outer.sequence()?);
    let mut identifier = Reader::new(info.sequence()?);
    let algorithm = identifier.object_identifier()?;
    let key = info.bit_string()?;
    (info.is_empty() && outer.is_empty()).then_some((algorithm, identifier.rest(), key))
}

fn rsa_numbers(der: &[u8]) -> Option<(&[u8], &[u8])> {
    let mut outer = Reader::new(der);
    let mut numbers = Reader::new(outer.sequence()?);
    let n = numbers.positive_integer()?;
    let e = numbers.positive_integer()?;
    (numbers.is_empty() && outer.is_empty()).then_some((n, e))
}
