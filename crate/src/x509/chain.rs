//! A valid path, as an owned copy.

use alloc::{string::String, vec::Vec};
use core::fmt;

use super::anchor::TrustAnchor;
use super::revocation_status::Revocation;
use super::verified_path::VerifiedPath;
use crate::report::Report;

/// A valid path that borrows nothing.
#[derive(Clone)]
#[non_exhaustive]
pub struct Chain {
    /// The DER of the certificates, with the verified certificate first and without the trust anchor.
    /// Personal data.
    pub certificates: Vec<Vec<u8>>,
    /// The index of the trust anchor in [`PathOptions::anchors`](super::PathOptions::anchors).
    pub anchor: usize,
    /// The policies that the path is valid for, as dotted text; `2.5.29.32.0` means any policy.
    pub policies: Vec<String>,
    /// The revocation status of each certificate, in the order of `certificates`.
    pub revocation: Vec<Revocation>,
}

impl fmt::Debug for Chain {
    /// Omits the certificates, which are personal data.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Chain")
            .field("anchor", &self.anchor)
            .field("policies", &self.policies)
            .field("revocation", &self.revocation)
            .finish_non_exhaustive()
    }
}

impl Chain {
    /// An owned copy of a path to one of these trust anchors, and its report.
    pub(crate) fn of(found: VerifiedPath<'_>, anchors: &[TrustAnchor<'_>]) -> (Self, Report) {
        let chain = Self {
            certificates: found
                .certificates
                .iter()
                .map(|certificate| certificate.as_der().to_vec())
                .collect(),
            anchor: anchors
                .iter()
                .position(|anchor| core::ptr::addr_eq(anchor, found.anchor))
                .unwrap_or_default(),
            policies: found.policies.iter().map(crate::der::Oid::to_text).collect(),
            revocation: found.revocation,
        };
        (chain, found.report)
    }
}
