//! A valid path.

use alloc::vec::Vec;

use super::anchor::TrustAnchor;
use super::certificate::Certificate;
use super::revocation_status::Revocation;
use crate::der::Oid;
use crate::report::Report;

/// A valid path.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct VerifiedPath<'a> {
    /// The certificates, with the verified certificate first and without the trust anchor.
    pub certificates: Vec<Certificate<'a>>,
    /// The trust anchor of the path.
    pub anchor: &'a TrustAnchor<'a>,
    /// user-constrained-policy-set (RFC 9618 §5.5), in order; `2.5.29.32.0` means any policy.
    pub policies: Vec<Oid<'a>>,
    /// The revocation status of each certificate, in the order of `certificates`.
    pub revocation: Vec<Revocation>,
    /// The steps of the verification. "certificate 1" is the verified certificate.
    pub report: Report,
}

impl<'a> VerifiedPath<'a> {
    /// The SubjectPublicKeyInfo, in DER, of the key that signed the verified certificate.
    #[must_use]
    pub fn issuer_spki(&self) -> &'a [u8] {
        let issuer = self.certificates.get(1);
        issuer.map_or(self.anchor.spki, Certificate::spki)
    }
}
