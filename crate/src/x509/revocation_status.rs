//! What is known of a certificate's revocation, and what a caller asks and brings.

use super::certificate::Certificate;
use crate::der::{self, Malformed};

/// What is known of a certificate's revocation. Only `Good` means that it was checked and is not revoked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Revocation {
    /// Checked: not revoked.
    Good,
    /// Checked: revoked.
    Revoked(Revoked),
    /// There is evidence, and it does not settle the question.
    Unknown,
    /// There is no evidence.
    NotChecked,
}

impl Revocation {
    /// The answer as it is documented.
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
    /// No certificate's. Evidence that is present is used nevertheless.
    #[default]
    Nothing,
    /// The certificate itself.
    Certificate,
    /// Every certificate of the path. The anchor is not one of them.
    Path,
}

/// A question to a caller's [`RevocationChecker`].
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct RevocationQuery<'q, 'a> {
    /// The certificate.
    pub certificate: &'q Certificate<'a>,
    /// The DER of its issuer's SubjectPublicKeyInfo.
    pub issuer_spki: &'q [u8],
    /// The time to answer for, in seconds since 1970.
    pub time: i64,
}

/// Evidence from a caller's [`RevocationChecker`], in DER. It is verified like any other.
#[derive(Clone, Debug, Default)]
#[non_exhaustive]
pub struct FetchedEvidence {
    /// CRLs.
    pub crls: Vec<Vec<u8>>,
    /// OCSP responses.
    pub ocsp_responses: Vec<Vec<u8>>,
}

/// A caller's own source of evidence, or of answers that it trusts.
pub trait RevocationChecker {
    /// Returns evidence about the certificate. Called if the evidence in the options does not settle it.
    fn fetch_evidence(&self, query: &RevocationQuery<'_, '_>) -> FetchedEvidence {
        let _ = query;
        FetchedEvidence::default()
    }

    /// Returns an answer that is accepted without evidence, or `None`.
    fn status(&self, query: &RevocationQuery<'_, '_>) -> Option<Revocation> {
        let _ = query;
        None
    }
}

/// Evidence of revocation and what is required of it.
#[derive(Clone, Copy)]
#[non_exhaustive]
pub struct RevocationOptions<'a> {
    /// CRLs, complete and delta, in any order, in DER.
    pub crls: &'a [&'a [u8]],
    /// OCSP responses, in DER.
    pub ocsp_responses: &'a [&'a [u8]],
    /// The caller's own source of evidence.
    pub checker: Option<&'a dyn RevocationChecker>,
    /// Which certificates must be known not to be revoked.
    pub require: Requirement,
    /// Report a revoked certificate by [`Revocation::Revoked`] and a failed step, instead of an error.
    pub report_only: bool,
    /// By how many seconds clocks may differ.
    pub clock_tolerance: i64,
    /// The maximum age of a CRL, in seconds since its thisUpdate, independent of its nextUpdate. A delta CRL that is not
    /// older makes up for it.
    pub crl_max_age: Option<i64>,
    /// The maximum age of an OCSP answer, in seconds since its thisUpdate. Answers without nextUpdate are accepted only if
    /// this or the next is set.
    pub ocsp_max_age: Option<i64>,
    /// The same for answers without nextUpdate only, if `ocsp_max_age` is not set.
    pub ocsp_max_age_without_end: Option<i64>,
    /// The nonce of the OCSP request, which the response must have.
    pub ocsp_nonce: Option<&'a [u8]>,
    /// Ignore "good" in an OCSP response if it includes a certificate that the issuer did not sign, so that every part of
    /// the response is verified. "Revoked" counts in any case.
    pub ocsp_certificates_of_issuer: bool,
}

impl Default for RevocationOptions<'_> {
    /// No evidence, nothing required, 300 seconds of skew.
    fn default() -> Self {
        Self {
            crls: &[],
            ocsp_responses: &[],
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

/// Why a certificate was revoked (RFC 5280 §5.3.1).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Reason {
    /// Not said.
    Unspecified,
    /// The private key may be known to others.
    KeyCompromise,
    /// The authority's private key may be.
    CaCompromise,
    /// The name or other data have changed.
    AffiliationChanged,
    /// Replaced by another.
    Superseded,
    /// No longer needed.
    CessationOfOperation,
    /// On hold.
    CertificateHold,
    /// No longer on hold; in delta CRLs only.
    RemoveFromCrl,
    /// A privilege was withdrawn.
    PrivilegeWithdrawn,
    /// The attribute authority's private key may be known to others.
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
            _ => return Err(Malformed("a reason that does not exist")),
        })
    }

    /// The reason as RFC 5280 writes it.
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

/// What a list says about one certificate.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Revoked {
    /// Why.
    pub reason: Reason,
    /// Since when, in seconds since 1970.
    pub time: i64,
}
