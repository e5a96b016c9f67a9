//! What the caller decides (RFC 5280 §6.1.1), and the bounds.

use super::anchor::{AnchorConstraints, SkippedAnchor, TrustAnchor};
use super::extensions::KeyUsage;
use super::name_constraints::NameConstraints;
use super::revocation_status::RevocationOptions;
use crate::der::Oid;

/// A required purpose.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Purpose<'a> {
    /// If the extension is there, it has this purpose or anyExtendedKeyUsage (RFC 5280 §4.2.1.12).
    Allowed(Oid<'a>),
    /// The certificate itself names this very purpose; its issuers allow it.
    Named(Oid<'a>),
}

impl<'a> Purpose<'a> {
    pub(super) const fn oid(self) -> Oid<'a> {
        match self {
            Purpose::Allowed(oid) | Purpose::Named(oid) => oid,
        }
    }
}

/// Bounds on the work that input can cause.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Limits {
    /// The longest certificate, in bytes.
    pub certificate_bytes: usize,
    /// How many intermediates there may be.
    pub intermediates: usize,
    /// How many certificates a path may have, self-issued ones too, the anchor not counted.
    pub path_length: usize,
    /// How many signature checks all paths together may cost: RSA-2048 and P-256 count 1, RSA-3072 3, P-384 and RSA-4096 4.
    pub signatures: u32,
    /// How many candidates may be looked at, all paths together; each counts 1, and another 1 for each KiB.
    pub candidates: u32,
    /// Nodes and edges of the policy graph of one path; all paths together may have 16 times as many.
    pub policies: usize,
    /// Comparisons of names: with each other, with name constraints, of distribution points with those of CRLs; and hashing
    /// certificates, to compare them with what a signer names; in units of 32 bytes.
    pub name_comparisons: u32,
    /// How many CRLs and how many OCSP responses there may be.
    pub evidence: usize,
    /// Bytes of CRL entries that may be scanned, all scans together.
    pub scanned_bytes: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            certificate_bytes: 65_536,
            intermediates: 10_000,
            path_length: 10,
            signatures: 60,
            candidates: 5_000,
            policies: 4_096,
            name_comparisons: 100_000,
            evidence: 4_096,
            scanned_bytes: 512 << 20,
        }
    }
}

impl Limits {
    /// The share of each of several verifications that one input asks for. All of them together may check more signatures than one may,
    /// so that each has its path and evidence: up to four 2.4 times as many, up to 16 1.9 times, more of them 1.3 times. Of
    /// everything else they share what one may have.
    #[must_use]
    pub fn shared_among(&self, parts: usize) -> Self {
        let number = u32::try_from(parts).unwrap_or(u32::MAX).max(1);
        let (times, of) = match number {
            ..=4 => (12, 5),
            5..=16 => (28, 15),
            _ => (4, 3),
        };
        let all = self.signatures.saturating_mul(times) / of;
        Self {
            signatures: self.signatures.min(all / number),
            candidates: self.candidates / number,
            name_comparisons: self.name_comparisons / number,
            scanned_bytes: self.scanned_bytes / parts.max(1),
            ..*self
        }
    }

    /// What this many verifications may cost, each with these bounds, for one in their place.
    #[must_use]
    pub fn joined(&self, parts: usize) -> Self {
        let number = u32::try_from(parts).unwrap_or(u32::MAX).max(1);
        Self {
            signatures: self.signatures.saturating_mul(number),
            candidates: self.candidates.saturating_mul(number),
            name_comparisons: self.name_comparisons.saturating_mul(number),
            evidence: self.evidence.saturating_mul(parts.max(1)),
            scanned_bytes: self.scanned_bytes.saturating_mul(parts.max(1)),
            ..*self
        }
    }
}

/// The inputs of path validation. [`PathOptions::new`] gives the strict defaults.
#[derive(Clone, Copy)]
#[non_exhaustive]
pub struct PathOptions<'a> {
    /// The trust anchors. Nothing else is trusted.
    pub anchors: &'a [TrustAnchor<'a>],
    /// Whether the constraints in the certificates of anchors apply.
    pub anchor_constraints: AnchorConstraints,
    /// Anchors that [`super::read_anchors`] could not read; errors mention them.
    pub skipped_anchors: &'a [SkippedAnchor],
    /// Untrusted certificates for building a path, in DER, in any order. Unreadable ones are ignored.
    pub intermediates: &'a [&'a [u8]],
    /// The time to validate for, in seconds since 1970.
    pub time: i64,
    /// user-initial-policy-set; empty for any policy.
    pub initial_policies: &'a [Oid<'a>],
    /// initial-explicit-policy: the path has to be valid under one of the initial policies.
    pub explicit_policy: bool,
    /// initial-policy-mapping-inhibit.
    pub inhibit_policy_mapping: bool,
    /// initial-any-policy-inhibit.
    pub inhibit_any_policy: bool,
    /// initial-permitted-subtrees and initial-excluded-subtrees.
    pub name_constraints: Option<NameConstraints<'a>>,
    /// Bits that keyUsage of the certificate must have. If set, the extension is required.
    pub key_usage: Option<KeyUsage>,
    /// The purpose that extKeyUsage must allow.
    pub purpose: Option<Purpose<'a>>,
    /// Accept signatures with SHA-1 on certificates, CRLs and OCSP responses.
    pub allow_sha1: bool,
    /// Evidence of revocation, and how it is judged.
    pub revocation: RevocationOptions<'a>,
    /// The bounds.
    pub limits: Limits,
}

impl<'a> PathOptions<'a> {
    /// These anchors, this time, and the defaults: any policy, no purpose, no SHA-1, no revocation check required.
    #[must_use]
    pub fn new(anchors: &'a [TrustAnchor<'a>], time: i64) -> Self {
        Self {
            anchors,
            anchor_constraints: AnchorConstraints::Apply,
            skipped_anchors: &[],
            intermediates: &[],
            time,
            initial_policies: &[],
            explicit_policy: false,
            inhibit_policy_mapping: false,
            inhibit_any_policy: false,
            name_constraints: None,
            key_usage: None,
            purpose: None,
            allow_sha1: false,
            revocation: RevocationOptions::default(),
            limits: Limits::default(),
        }
    }
}
