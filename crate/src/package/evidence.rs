//! Revocation evidence, checked one by one: each CRL and OCSP response must show on its own that the
//! certificate was good, so that a change in any of them is detected.

use alloc::vec::Vec;
use core::slice::from_ref;

use crate::code::Code;
use crate::error::Error;
use crate::jpki::JpkiOptions;
use crate::report::Report;
use crate::signer::{Rules, VerifiedCertificate};
use crate::text::text;
use crate::x509::{Certificate, Crl, OcspResponse, PathOptions, Requirement, RevocationOptions};

/// The step that checks evidence.
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

/// One CRL or OCSP response, in DER.
#[derive(Clone, Copy)]
pub enum Piece<'p> {
    /// An OCSP response.
    Ocsp(&'p [u8]),
    /// A complete CRL.
    Crl(&'p [u8]),
}

impl Piece<'_> {
    /// thisUpdate for a certificate, as Unix time in seconds. `issuer_spki` is the SubjectPublicKeyInfo of
    /// its issuer. Verifies nothing.
    pub(super) fn time(&self, certificate: &Certificate<'_>, issuer_spki: &[u8]) -> Option<i64> {
        match self {
            Self::Ocsp(der) => OcspResponse::from_der(der)
                .ok()?
                .this_update_for(certificate, issuer_spki),
            Self::Crl(der) => Some(Crl::from_der(der).ok()?.this_update()),
        }
    }

    /// The possible results of [`Piece::time`] while the issuer is unknown. Empty if the evidence cannot be
    /// read or does not cover the certificate.
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

/// The verification time, and the rules for evidence to be current at it.
#[derive(Clone, Copy)]
pub(super) struct For<'a> {
    pub(super) time: i64,
    /// Contains no evidence.
    revocation: RevocationOptions<'a>,
}

impl<'a> For<'a> {
    /// The verification time of a package, and the clock tolerance for its evidence, both in seconds.
    pub(super) fn time(time: i64, clock_tolerance: i64) -> Self {
        let revocation = RevocationOptions {
            clock_tolerance,
            // Without nextUpdate, a response is current only at its thisUpdate (RFC 6960 §4.2.2.1).
            ocsp_max_age_without_end: Some(0),
            ..RevocationOptions::default()
        };
        Self { time, revocation }
    }

    /// The current time, with the rules of a verification without a package.
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

/// Verifies the certificate with one CRL or OCSP response, which must settle the revocation status, or with
/// none.
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

/// Verifies the certificate with all evidence that can be used.
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
    // The limits are multiplied, because each CRL or response alone may reach them.
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

/// Gives problems of the evidence the code of evidence: an algorithm in it that is not supported, for
/// example, says nothing about the signature.
fn as_evidence(error: Error, piece: &Piece<'_>) -> Error {
    let code = match error.code() {
        code @ (Code::CertificateRevoked | Code::RevocationUnknown) => code,
        code if code.as_str().starts_with("crl-") || code.as_str().starts_with("ocsp-") => code,
        _ => Code::RevocationUnknown,
    };
    Error::new(code, text![piece.what(), ": ", error.message()]).with_report(error.report().clone())
}

/// The steps about evidence. When the same certificate is verified again, the other steps are the same.
pub(super) fn steps_about_evidence(report: &Report) -> Report {
    report.only(STEP)
}
