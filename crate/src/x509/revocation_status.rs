//! The revocation status of a certificate, and the options for its evidence.

use alloc::vec::Vec;

use super::certificate::Certificate;
use crate::der::{self, Malformed};
use crate::signature::Hash;

/// The revocation status of a certificate. Only `Good` means that it was checked and is not revoked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Revocation {
    /// Checked: not revoked.
    Good,
    /// Checked: revoked.
    Revoked(Revoked),
    /// There is evidence, but it does not settle the status.
    Unknown,
    /// There is no evidence.
    NotChecked,
}

impl Revocation {
    /// The status as documented.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Good => "good",
            Self::Revoked(_) => "revoked",
            Self::Unknown => "unknown",
            Self::NotChecked => "not-checked",
        }
    }
}

/// Which certificates must be known not to be revoked.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum Requirement {
    /// None. Evidence is used if present.
    #[default]
    Nothing,
    /// The certificate itself.
    Certificate,
    /// Every certificate in the path, without the trust anchor.
    Path,
}

/// The question to a [`RevocationChecker`].
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct RevocationQuery<'q, 'a> {
    /// The certificate.
    pub certificate: &'q Certificate<'a>,
    /// The SubjectPublicKeyInfo of the issuer, in DER.
    pub issuer_spki: &'q [u8],
    /// The verification time, as Unix time in seconds.
    pub time: i64,
}

/// Evidence from a [`RevocationChecker`], in DER. It is verified like any other evidence.
#[derive(Clone, Debug, Default)]
#[non_exhaustive]
pub struct FetchedEvidence {
    /// CRLs.
    pub crls: Vec<Vec<u8>>,
    /// OCSP responses.
    pub ocsp_responses: Vec<Vec<u8>>,
}

/// Your own source of evidence, or of trusted statuses.
pub trait RevocationChecker {
    /// Returns evidence about the certificate. Called if the evidence in the options does not settle the
    /// status.
    fn fetch_evidence(&self, query: &RevocationQuery<'_, '_>) -> FetchedEvidence {
        let _ = query;
        FetchedEvidence::default()
    }

    /// Returns a status that is accepted without evidence, or `None`.
    fn status(&self, query: &RevocationQuery<'_, '_>) -> Option<Revocation> {
        let _ = query;
        None
    }
}

/// A digest of signed data that you computed yourself. It is trusted: with a wrong one, anything counts as signed.
#[derive(Clone, Copy, Debug)]
pub struct KnownDigest<'a> {
    /// The data: not a copy, but the tbsCertList within the CRL that you give.
    pub data: &'a [u8],
    /// The hash function.
    pub hash: Hash,
    /// The digest.
    pub digest: &'a [u8],
}

/// Revocation evidence and its requirements.
#[derive(Clone, Copy)]
#[non_exhaustive]
pub struct RevocationOptions<'a> {
    /// CRLs, complete and delta, in any order, in DER.
    pub crls: &'a [&'a [u8]],
    /// OCSP responses, in DER.
    pub ocsp_responses: &'a [&'a [u8]],
    /// Digests of long CRLs, if something faster computes them for you. The others are computed as needed.
    pub digests: &'a [KnownDigest<'a>],
    /// Your own source of evidence.
    pub checker: Option<&'a dyn RevocationChecker>,
    /// Which certificates must be known not to be revoked.
    pub require: Requirement,
    /// Report a revoked certificate as [`Revocation::Revoked`] and a failed step, instead of an error.
    pub report_only: bool,
    /// The clock tolerance in seconds.
    pub clock_tolerance: i64,
    /// The maximum age of a CRL in seconds since its thisUpdate, independent of its nextUpdate. A delta CRL
    /// within the maximum age is enough.
    pub crl_max_age: Option<i64>,
    /// The maximum age of an OCSP response in seconds since its thisUpdate. Responses without nextUpdate are
    /// accepted only if this field or the next one is set.
    pub ocsp_max_age: Option<i64>,
    /// The maximum age in seconds for responses without nextUpdate, if `ocsp_max_age` is not set.
    pub ocsp_max_age_without_end: Option<i64>,
    /// The nonce of the OCSP request, which the response must have.
    pub ocsp_nonce: Option<&'a [u8]>,
    /// Ignore "good" in an OCSP response if it contains a certificate that the issuer did not sign, so that
    /// every part of the response is verified. "Revoked" always counts.
    pub ocsp_certificates_of_issuer: bool,
}

impl Default for RevocationOptions<'_> {
    /// No evidence, nothing required, and a clock tolerance of 300 seconds.
    fn default() -> Self {
        Self {
            crls: &[],
            ocsp_responses: &[],
            digests: &[],
            checker: None,
            require: Requirement::Nothing,
            report_only: false,
            clock_tolerance: 300,
            crl_max_age: None,
            ocsp_max_age: None,
            ocsp_max_age_without_end: None,
            ocsp_nonce: None,
            ocsp_certificates_of_issuer: false,
        }
    }
}

/// The revocation reason of a certificate (RFC 5280 §5.3.1).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Reason {
    /// No reason given.
    Unspecified,
    /// The private key may be compromised.
    KeyCompromise,
    /// The private key of the CA may be compromised.
    CaCompromise,
    /// The name or other data has changed.
    AffiliationChanged,
    /// Replaced by another certificate.
    Superseded,
    /// No longer needed.
    CessationOfOperation,
    /// On hold.
    CertificateHold,
    /// No longer on hold; only in delta CRLs.
    RemoveFromCrl,
    /// A privilege was withdrawn.
    PrivilegeWithdrawn,
    /// The private key of the attribute authority may be compromised.
    AaCompromise,
}

impl Reason {
    pub(super) fn from_number(number: u32) -> der::Result<Self> {
        Ok(match number {
            0 => Self::Unspecified,
            1 => Self::KeyCompromise,
            2 => Self::CaCompromise,
            3 => Self::AffiliationChanged,
            4 => Self::Superseded,
            5 => Self::CessationOfOperation,
            6 => Self::CertificateHold,
            8 => Self::RemoveFromCrl,
            9 => Self::PrivilegeWithdrawn,
            10 => Self::AaCompromise,
            _ => return Err(Malformed("an unknown revocation reason")),
        })
    }

    /// The name of the reason in RFC 5280.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Unspecified => "unspecified",
            Self::KeyCompromise => "keyCompromise",
            Self::CaCompromise => "cACompromise",
            Self::AffiliationChanged => "affiliationChanged",
            Self::Superseded => "superseded",
            Self::CessationOfOperation => "cessationOfOperation",
            Self::CertificateHold => "certificateHold",
            Self::RemoveFromCrl => "removeFromCRL",
            Self::PrivilegeWithdrawn => "privilegeWithdrawn",
            Self::AaCompromise => "aACompromise",
        }
    }
}

/// A revocation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Revoked {
    /// The reason.
    pub reason: Reason,
    /// The revocation time, as Unix time in seconds.
    pub time: i64,
}
