//! The inputs of path validation (RFC 5280 §6.1.1), and the limits.

use super::anchor::{AnchorConstraints, SkippedAnchor, TrustAnchor};
use super::extensions::KeyUsage;
use super::name_constraints::NameConstraints;
use super::revocation_status::RevocationOptions;
use crate::der::Oid;

/// A required purpose.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Purpose<'a> {
    /// If extKeyUsage is present, it contains this purpose or anyExtendedKeyUsage (RFC 5280 §4.2.1.12).
    Allowed(Oid<'a>),
    /// extKeyUsage of the certificate is present and contains this purpose; its issuers allow it.
    Named(Oid<'a>),
}

impl<'a> Purpose<'a> {
    pub(super) const fn oid(self) -> Oid<'a> {
        match self {
            Purpose::Allowed(oid) | Purpose::Named(oid) => oid,
        }
    }
}

/// Limits on the work that input can cause.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Limits {
    /// The maximum length of a certificate in bytes.
    pub certificate_bytes: usize,
    /// The maximum number of intermediate certificates.
    pub intermediates: usize,
    /// The maximum number of certificates in a path, including self-issued ones, without the trust anchor.
    pub path_length: usize,
    /// The maximum number of signature checks for all paths together. RSA-2048 and P-256 count 1, RSA-3072
    /// counts 3, P-384 and RSA-4096 count 4; RSA counts up to four times as
    /// much if its exponent takes more products than 65537.
    pub signatures: u32,
    /// The maximum number of candidates for all paths together. Each counts 1, plus 1 for each KiB.
    pub candidates: u32,
    /// The maximum number of nodes and edges in the policy graph of one path. All paths together may have 16
    /// times as many.
    pub policies: usize,
    /// The maximum number of name comparisons, in units of 32 bytes: names with each other and with name
    /// constraints, distribution points with those of CRLs, and the hashing of certificates that a signer
    /// names.
    pub name_comparisons: u32,
    /// The maximum number of CRLs, and of OCSP responses.
    pub evidence: usize,
    /// The maximum number of bytes of CRL entries scanned, for all scans together.
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
            name_comparisons: 80_000,
            evidence: 4_096,
            scanned_bytes: 512 << 20,
        }
    }
}

impl Limits {
    /// The limits of one of `parts` verifications that one input causes. All verifications together share the
    /// limits of one, except on signature checks, so that each can check its path and evidence: up to 4
    /// verifications together may check 2.4 times as many signatures, up to 16 may check 1.9 times as many,
    /// and more than that 1.3 times as many.
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

    /// The limits of one verification in place of `parts` verifications with these limits.
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

/// The inputs of path validation. [`PathOptions::new`] returns strict defaults.
#[derive(Clone, Copy)]
#[non_exhaustive]
pub struct PathOptions<'a> {
    /// The trust anchors. Nothing else is trusted.
    pub anchors: &'a [TrustAnchor<'a>],
    /// Whether the constraints in the certificates of the trust anchors apply.
    pub anchor_constraints: AnchorConstraints,
    /// Trust anchors that [`super::read_anchors`] could not read; errors mention them.
    pub skipped_anchors: &'a [SkippedAnchor],
    /// Untrusted certificates for building a path, in DER, in any order. Those that cannot be read are
    /// ignored.
    pub intermediates: &'a [&'a [u8]],
    /// The verification time, as Unix time in seconds.
    pub time: i64,
    /// user-initial-policy-set; empty for any policy.
    pub initial_policies: &'a [Oid<'a>],
    /// initial-explicit-policy: the path must be valid under one of the initial policies.
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
    /// Revocation evidence and its requirements.
    pub revocation: RevocationOptions<'a>,
    /// The limits.
    pub limits: Limits,
}

impl<'a> PathOptions<'a> {
    /// Default options with these trust anchors and this verification time (Unix time in seconds): any
    /// policy, no purpose, no SHA-1, no revocation check required.
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
