//! OCSP requests (RFC 6960 §4.1).

use alloc::vec::Vec;

use super::certificate::Certificate;
use super::oids;
use crate::der;
use crate::signature::{Hash, key_bits};

/// The OCSP request for one certificate, not signed, in DER. `issuer_spki` is the SubjectPublicKeyInfo of the
/// issuer.
///
/// `None` if `issuer_spki` is not a DER-encoded SubjectPublicKeyInfo. The response to a request with a
/// `nonce` must have the same nonce: see
/// [`RevocationOptions::ocsp_nonce`](super::RevocationOptions::ocsp_nonce).
#[must_use]
pub fn ocsp_request(
    certificate: &Certificate<'_>,
    issuer_spki: &[u8],
    nonce: Option<&[u8]>,
) -> Option<Vec<u8>> {
    let name = Hash::Sha1.digest(certificate.issuer_der());
    let key = Hash::Sha1.digest(key_bits(issuer_spki)?);
    // RFC 5019 §2.1.1 requires SHA-1 here, with NULL parameters. It identifies the issuer and protects
    // nothing.
    let sha1 = element(der::OBJECT_IDENTIFIER, &[Hash::Sha1.oid().as_bytes()]);
    let id = sequence(&[
        &sequence(&[&sha1, &element(der::NULL, &[])]),
        &element(der::OCTET_STRING, &[&name]),
        &element(der::OCTET_STRING, &[&key]),
        &element(der::INTEGER, &[certificate.serial()]),
    ]);
    let list = sequence(&[&sequence(&[&id])]);
    let extensions = nonce.map(|nonce| {
        let extension = sequence(&[
            &element(der::OBJECT_IDENTIFIER, &[oids::OCSP_NONCE.as_bytes()]),
            &element(der::OCTET_STRING, &[&element(der::OCTET_STRING, &[nonce])]),
        ]);
        element(der::context_constructed(2), &[&sequence(&[&extension])])
    });
    let body = sequence(&[&list, extensions.as_deref().unwrap_or_default()]);
    Some(sequence(&[&body]))
}

fn sequence(parts: &[&[u8]]) -> Vec<u8> {
    element(der::SEQUENCE, parts)
}

/// A DER element.
fn element(tag: u8, parts: &[&[u8]]) -> Vec<u8> {
    let length: usize = parts.iter().map(|part| part.len()).sum();
    let mut bytes = vec![tag];
    let big_endian = length.to_be_bytes();
    let zeros = big_endian.iter().take_while(|byte| **byte == 0).count();
    let digits = big_endian.get(zeros..).unwrap_or_default();
    match (length, u8::try_from(length), u8::try_from(digits.len())) {
        (..0x80, Ok(short), _) => bytes.push(short),
        (.., Ok(count)) => {
            bytes.push(0x80 | count);
            bytes.extend_from_slice(digits);
        }
        // At most eight digits.
        _ => {}
    }
    for part in parts {
        bytes.extend_from_slice(part);
    }
    bytes
}
