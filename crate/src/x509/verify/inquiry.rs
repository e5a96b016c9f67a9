//! The question for the revocation status of one certificate.

use super::evidence::Evidence;
use super::verifier::Goal;
use crate::x509::{Certificate, Extensions, Name, TrustAnchor};

/// The issuer of the certificate in question.
#[derive(Clone, Copy)]
pub(super) struct IssuerKey<'i, 'a> {
    pub(super) name: &'i Name<'a>,
    pub(super) spki: &'a [u8],
    pub(super) extensions: Option<&'i Extensions<'a>>,
}

/// The common input of the checks of one certificate.
pub(super) struct Inquiry<'q, 'e, 'a> {
    pub(super) certificate: &'q Certificate<'e>,
    pub(super) issuer: IssuerKey<'q, 'a>,
    pub(super) anchor: &'a TrustAnchor<'a>,
    pub(super) goal: &'q Goal<'q>,
    pub(super) evidence: &'q Evidence<'e>,
}
