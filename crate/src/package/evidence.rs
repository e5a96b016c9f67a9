//! Evidence of revocation, one piece at a time: each has to show by itself that the certificate was good, so that a change
//! in any of them is noticed.

use std::slice::from_ref;

use crate::code::Code;
use crate::error::Error;
use crate::jpki::JpkiOptions;
use crate::report::Report;
use crate::signer::{Rules, VerifiedCertificate};
use crate::x509::{Certificate, Crl, OcspResponse, PathOptions, Requirement, RevocationOptions};

/// The step that looks at evidence.
const STEP: &str = "revocation";

/// The available evidence, in DER.
#[derive(Clone, Copy, Default)]
#[non_exhaustive]
pub struct Candidates<'a> {
    /// OCSP responses.
    pub ocsp_responses: &'a [&'a [u8]],
    /// CRLs.
    pub crls: &'a [&'a [u8]],
}

/// One piece of evidence, in DER.
#[derive(Clone, Copy)]
pub enum Piece<'p> {
    /// An OCSP response.
    Ocsp(&'p [u8]),
    /// A complete CRL.
    Crl(&'p [u8]),
}

impl Piece<'_> {
    /// thisUpdate of what it says about a certificate whose issuer has this SubjectPublicKeyInfo; nothing of it is verified.
    pub(super) fn time(&self, certificate: &Certificate<'_>, issuer_spki: &[u8]) -> Option<i64> {
        match self {
            Self::Ocsp(der) => OcspResponse::from_der(der)
                .ok()?
                .this_update_for(certificate, issuer_spki),
            Self::Crl(der) => Some(Crl::from_der(der).ok()?.this_update()),
        }
    }

    /// The times of which one is that of [`Piece::time`], as long as the issuer is not known. None if it cannot be read or
    /// says nothing about the certificate.
    pub(super) fn possible_times(&self, certificate: &Certificate<'_>) -> Vec<i64> {
        match self {
            Self::Ocsp(der) => OcspResponse::from_der(der).map_or_else(
                |_| Vec::new(),
                |response| response.possible_this_updates(certificate).collect(),
            ),
            Self::Crl(der) => Crl::from_der(der)
                .map(|crl| crl.this_update())
                .into_iter()
                .collect(),
        }
    }

    const fn what(&self) -> &'static str {
        match self {
            Self::Ocsp(_) => "the OCSP response",
            Self::Crl(_) => "the CRL",
        }
    }
}

/// The time to verify for, and what makes evidence current then.
#[derive(Clone, Copy)]
pub(super) struct For<'a> {
    pub(super) time: i64,
    /// Without evidence.
    revocation: RevocationOptions<'a>,
}

impl<'a> For<'a> {
    /// A time that a package is verified for, and how many seconds the clocks of those who made the evidence may differ
    /// from it.
    pub(super) fn time(time: i64, clock_tolerance: i64) -> Self {
        let revocation = RevocationOptions {
            clock_tolerance,
            // An answer that names no end is of its own time only (RFC 6960 §4.2.2.1).
            ocsp_max_age_without_end: Some(0),
            ..RevocationOptions::default()
        };
        Self { time, revocation }
    }

    /// Today, where evidence is current under the same rules as in a verification without a package.
    pub(super) fn today(now: i64, clock_tolerance: i64, rules: &Rules<'a>) -> Self {
        let given = match rules {
            Rules::Card(options) => &options.revocation,
            Rules::Path(options) => &options.revocation,
        };
        let revocation = RevocationOptions {
            clock_tolerance,
            crl_max_age: given.crl_max_age,
            ocsp_max_age: given.ocsp_max_age,
            ocsp_max_age_without_end: given.ocsp_max_age_without_end,
            ocsp_nonce: given.ocsp_nonce,
            ..RevocationOptions::default()
        };
        Self {
            time: now,
            revocation,
        }
    }
}

/// Verifies the certificate, with one piece of evidence that has to settle its revocation, or with none.
pub(super) fn judge(
    certificate: &[u8],
    rules: &Rules<'_>,
    at: For<'_>,
    piece: Option<&Piece<'_>>,
) -> Result<VerifiedCertificate, Error> {
    let mut revocation = RevocationOptions {
        ocsp_certificates_of_issuer: true,
        ..at.revocation
    };
    if let Some(piece) = piece {
        revocation.require = Requirement::Certificate;
        match piece {
            Piece::Ocsp(der) => revocation.ocsp_responses = from_ref(der),
            Piece::Crl(der) => revocation.crls = from_ref(der),
        }
    }
    verify(certificate, rules, at.time, revocation).map_err(|error| match piece {
        Some(piece) if is_about_evidence(&error) => as_evidence(error, piece),
        _ => error,
    })
}

/// Verifies the certificate with all of the evidence together, as far as any of it counts.
pub(super) fn judge_with_all(
    certificate: &[u8],
    rules: &Rules<'_>,
    at: For<'_>,
    evidence: &Candidates<'_>,
) -> Result<VerifiedCertificate, Error> {
    let revocation = RevocationOptions {
        crls: evidence.crls,
        ocsp_responses: evidence.ocsp_responses,
        ..at.revocation
    };
    // One piece alone may cost as much as the bounds allow.
    let pieces = evidence.crls.len() + evidence.ocsp_responses.len();
    let mut rules = *rules;
    match &mut rules {
        Rules::Card(options) => options.limits = options.limits.joined(pieces),
        Rules::Path(options) => options.limits = options.limits.joined(pieces),
    }
    verify(certificate, &rules, at.time, revocation)
}

fn verify(
    certificate: &[u8],
    rules: &Rules<'_>,
    time: i64,
    revocation: RevocationOptions<'_>,
) -> Result<VerifiedCertificate, Error> {
    let rules = match rules {
        Rules::Card(options) => Rules::Card(JpkiOptions {
            time,
            revocation,
            ..*options
        }),
        Rules::Path(options) => Rules::Path(PathOptions {
            time,
            revocation,
            ..*options
        }),
    };
    rules.verify_certificate(certificate)
}

fn is_about_evidence(error: &Error) -> bool {
    error.report().steps().last().is_some_and(|step| step.id == STEP)
}

/// What was wrong with a piece of evidence has a code of evidence: an algorithm that is not supported in it, say, is not
/// one of the signature.
fn as_evidence(error: Error, piece: &Piece<'_>) -> Error {
    let code = match error.code() {
        code @ (Code::CertificateRevoked | Code::RevocationUnknown) => code,
        code if code.as_str().starts_with("crl-") || code.as_str().starts_with("ocsp-") => code,
        _ => Code::RevocationUnknown,
    };
    Error::new(code, format!("{}: {}", piece.what(), error.message())).with_report(error.report().clone())
}

/// The steps that looked at evidence: where the same certificate is verified again, the others say nothing new.
pub(super) fn steps_about_evidence(report: &Report) -> Report {
    report.only(STEP)
}
