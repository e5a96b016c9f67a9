//! A valid path, copied out of what it was found in.

use std::fmt;

use super::anchor::TrustAnchor;
use super::revocation_status::Revocation;
use super::verified_path::VerifiedPath;
use crate::report::Report;

/// A valid path that borrows nothing.
#[derive(Clone)]
#[non_exhaustive]
pub struct Chain {
    /// The certificates in DER, the one that was asked about first; the anchor is not among them. Personal data.
    pub certificates: Vec<Vec<u8>>,
    /// The trust anchor of the path: its index in [`PathOptions::anchors`](super::PathOptions::anchors).
    pub anchor: usize,
    /// The policies under which the path is valid, as dotted text; `2.5.29.32.0` stands for any.
    pub policies: Vec<String>,
    /// What is known of each certificate's revocation, in the order of `certificates`.
    pub revocation: Vec<Revocation>,
}

impl fmt::Debug for Chain {
    /// Without the certificates, which are personal.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Chain")
            .field("anchor", &self.anchor)
            .field("policies", &self.policies)
            .field("revocation", &self.revocation)
            .finish_non_exhaustive()
    }
}

impl Chain {
    /// What was found with these anchors, and the steps made.
    pub(crate) fn of(found: VerifiedPath<'_>, anchors: &[TrustAnchor<'_>]) -> (Self, Report) {
        let chain = Self {
            certificates: found
                .certificates
                .iter()
                .map(|certificate| certificate.as_der().to_vec())
                .collect(),
            anchor: anchors
                .iter()
                .position(|anchor| std::ptr::addr_eq(anchor, found.anchor))
                .unwrap_or_default(),
            policies: found.policies.iter().map(ToString::to_string).collect(),
            revocation: found.revocation,
        };
        (chain, found.report)
    }
}
