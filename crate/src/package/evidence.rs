//! Evidence of revocation, one piece at a time: each has to show by itself that the certificate was good, so that a change
//! in any of them is noticed.

use std::slice::from_ref;

use crate::cms::Chain;
use crate::error::{Code, Error};
use crate::jpki::{JpkiOptions, VerifiedCard, verify_card_certificate};
use crate::report::Report;
use crate::x509::{self, Certificate, Crl, OcspResponse, PathOptions, Requirement, RevocationOptions};

/// The step that looks at evidence.
const STEP: &str = "revocation";

/// What the certificate is held to. Time and evidence of revocation in it do not count: the package has them.
#[derive(Clone, Copy)]
pub enum Rules<'a> {
    /// A profile of the My Number Card.
    Card(JpkiOptions<'a>),
    /// RFC 5280 alone.
    Path(PathOptions<'a>),
}

/// What was found about the certificate.
#[derive(Clone, Debug)]
pub enum Judgement {
    /// Under a profile of the My Number Card.
    Card(VerifiedCard),
    /// By RFC 5280 alone.
    Path(Chain),
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
    /// thisUpdate and nextUpdate of what it says about the certificate; nothing of it is verified.
    pub(super) fn period(&self, certificate: &Certificate<'_>) -> Option<(i64, Option<i64>)> {
        match self {
            Self::Ocsp(der) => OcspResponse::from_der(der).ok()?.period_of(certificate),
            Self::Crl(der) => {
                let crl = Crl::from_der(der).ok()?;
                Some((crl.this_update(), crl.next_update()))
            }
        }
    }

    const fn what(&self) -> &'static str {
        match self {
            Self::Ocsp(_) => "the OCSP response",
            Self::Crl(_) => "the CRL",
        }
    }
}

/// The time to verify for.
#[derive(Clone, Copy)]
pub(super) struct For {
    pub(super) time: i64,
    /// How many seconds the clocks of those who made the evidence may differ from it.
    pub(super) skew: i64,
}

/// Verifies the certificate, with one piece of evidence that has to settle its revocation, or with none.
pub(super) fn judge(
    certificate: &[u8],
    rules: &Rules<'_>,
    at: For,
    piece: Option<&Piece<'_>>,
) -> Result<(Judgement, Report), Error> {
    let mut revocation = RevocationOptions {
        clock_skew: at.skew,
        ocsp_certificates_of_issuer: true,
        ..RevocationOptions::default()
    };
    if let Some(piece) = piece {
        revocation.require = Requirement::Certificate;
        match piece {
            Piece::Ocsp(der) => revocation.ocsp_responses = from_ref(der),
            Piece::Crl(der) => revocation.crls = from_ref(der),
        }
        // An answer that names no end is of its own time only (RFC 6960 §4.2.2.1).
        let read = Certificate::from_der(certificate).ok();
        if let Some((_, None)) = read.and_then(|read| piece.period(&read)) {
            revocation.ocsp_max_age = Some(0);
        }
    }
    let outcome = match rules {
        Rules::Card(options) => verify_card_certificate(
            certificate,
            &JpkiOptions {
                time: at.time,
                revocation,
                ..*options
            },
        )
        .map(|card| {
            let report = card.report.clone();
            (Judgement::Card(card), report)
        }),
        Rules::Path(options) => {
            let options = PathOptions {
                time: at.time,
                revocation,
                ..*options
            };
            x509::verify_certificate(certificate, &options).map(|found| {
                let (chain, report) = Chain::of(found, options.anchors);
                (Judgement::Path(chain), report)
            })
        }
    };
    outcome.map_err(|error| match piece {
        Some(piece) if is_about_evidence(&error) => as_evidence(error, piece),
        _ => error,
    })
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
