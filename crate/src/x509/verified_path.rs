//! A valid path.

use super::anchor::TrustAnchor;
use super::certificate::Certificate;
use super::revocation_status::Revocation;
use crate::der::Oid;
use crate::report::Report;

/// A path that was found valid.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct VerifiedPath<'a> {
    /// The certificates, the one that was asked about first; the anchor is not among them.
    pub certificates: Vec<Certificate<'a>>,
    /// The trust anchor of the path.
    pub anchor: &'a TrustAnchor<'a>,
    /// user-constrained-policy-set (RFC 9618 §5.5), in order; `2.5.29.32.0` stands for any policy.
    pub policies: Vec<Oid<'a>>,
    /// What is known of each certificate's revocation, in the order of `certificates`.
    pub revocation: Vec<Revocation>,
    /// The steps made. They call the certificate that was asked about "certificate 1".
    pub report: Report,
}

impl<'a> VerifiedPath<'a> {
    /// The DER of the SubjectPublicKeyInfo of the key that signed the certificate that was asked about.
    #[must_use]
    pub fn issuer_spki(&self) -> &'a [u8] {
        let issuer = self.certificates.get(1);
        issuer.map_or(self.anchor.spki, Certificate::spki)
    }
}
