//! Evidence of revocation, one piece at a time: each has to show by itself that the certificate was good, so that a change
//! in any of them is noticed.

use std::slice::from_ref;

use super::choose::Candidates;
use crate::cms::Chain;
use crate::code::Code;
use crate::error::Error;
use crate::jpki::{JpkiOptions, VerifiedCard, verify_card_certificate};
use crate::report::Report;
use crate::x509::{
    self, Certificate, Crl, OcspResponse, PathOptions, Requirement, Revocation, RevocationOptions,
};

/// The step that looks at evidence.
const STEP: &str = "revocation";

/// What the certificate is held to. Time and evidence of revocation in it do not count: the package has them. What it says
/// of the age of evidence and of the nonce counts for [`super::choose_evidence`], and nowhere else.
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
    pub(super) fn time(time: i64, clock_skew: i64) -> Self {
        let revocation = RevocationOptions {
            clock_skew,
            // An answer that names no end is of its own time only (RFC 6960 §4.2.2.1).
            ocsp_max_age_without_end: Some(0),
            ..RevocationOptions::default()
        };
        Self { time, revocation }
    }

    /// Today, where evidence is current under the same rules as in a verification without a package.
    pub(super) fn today(now: i64, clock_skew: i64, rules: &Rules<'a>) -> Self {
        let given = match rules {
            Rules::Card(options) => &options.revocation,
            Rules::Path(options) => &options.revocation,
        };
        let revocation = RevocationOptions {
            clock_skew,
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

/// A certificate that was found good, and how.
pub(super) struct Judged {
    pub(super) judgement: Judgement,
    pub(super) report: Report,
    /// The SubjectPublicKeyInfo of its issuer.
    pub(super) issuer_spki: Vec<u8>,
}

impl Judged {
    /// Whether evidence was there and says that the certificate was not revoked.
    pub(super) fn is_good(&self) -> bool {
        let revocation = match &self.judgement {
            Judgement::Card(card) => Some(&card.revocation),
            Judgement::Path(chain) => chain.revocation.first(),
        };
        revocation == Some(&Revocation::Good)
    }
}

/// Verifies the certificate, with one piece of evidence that has to settle its revocation, or with none.
pub(super) fn judge(
    certificate: &[u8],
    rules: &Rules<'_>,
    at: For<'_>,
    piece: Option<&Piece<'_>>,
) -> Result<Judged, Error> {
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
) -> Result<Judged, Error> {
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
) -> Result<Judged, Error> {
    match rules {
        Rules::Card(options) => {
            let options = JpkiOptions {
                time,
                revocation,
                ..*options
            };
            let card = verify_card_certificate(certificate, &options)?;
            Ok(Judged {
                report: card.report.clone(),
                issuer_spki: card.issuer_spki.clone(),
                judgement: Judgement::Card(card),
            })
        }
        Rules::Path(options) => {
            let options = PathOptions {
                time,
                revocation,
                ..*options
            };
            let found = x509::verify_certificate(certificate, &options)?;
            let issuer_spki = found.issuer_spki().to_vec();
            let (chain, report) = Chain::of(found, options.anchors);
            Ok(Judged {
                judgement: Judgement::Path(chain),
                report,
                issuer_spki,
            })
        }
    }
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
