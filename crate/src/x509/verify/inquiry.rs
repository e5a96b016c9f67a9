//! One question about a certificate's revocation.

use super::evidence::Evidence;
use super::verifier::Goal;
use crate::x509::{Certificate, Extensions, Name, TrustAnchor};

/// The issuer of the certificate whose revocation is looked at.
#[derive(Clone, Copy)]
pub(super) struct IssuerKey<'i, 'a> {
    pub(super) name: &'i Name<'a>,
    pub(super) spki: &'a [u8],
    pub(super) extensions: Option<&'i Extensions<'a>>,
}

/// What one look at the evidence shares.
pub(super) struct Inquiry<'q, 'e, 'a> {
    pub(super) certificate: &'q Certificate<'e>,
    pub(super) issuer: IssuerKey<'q, 'a>,
    pub(super) anchor: &'a TrustAnchor<'a>,
    pub(super) goal: &'q Goal<'q>,
    pub(super) evidence: &'q Evidence<'e>,
}
