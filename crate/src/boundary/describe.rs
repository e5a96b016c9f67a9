//! Describes certificates in results.

use crate::json::Json;
use crate::signature::Hash;
use crate::x509::{Certificate, Revocation, hex};

/// Writes the members that describe a certificate into an open object.
/// `fingerprint` is its SHA-256 digest, which is computed if it is not known.
pub(super) fn certificate(json: &mut Json, certificate: &Certificate<'_>, fingerprint: Option<[u8; 32]>) {
    json.name("subject").string(&certificate.subject().to_text());
    json.name("issuer").string(&certificate.issuer().to_text());
    json.name("serialNumber").string(&certificate.serial_hex());
    json.name("notBefore").number(certificate.not_before());
    json.name("notAfter").number(certificate.not_after());
    json.name("sha256").string(&match fingerprint {
        Some(known) => hex(&known),
        None => hex(&Hash::Sha256.digest(certificate.as_der())),
    });
}

pub(super) fn revocation(json: &mut Json, revocation: Revocation) {
    json.object(|json| {
        json.name("status").string(revocation.as_str());
        if let Revocation::Revoked(revoked) = revocation {
            json.name("reason").string(revoked.reason.as_str());
            json.name("time").number(revoked.time);
        }
    });
}
