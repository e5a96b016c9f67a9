//! Signers: the rules for a certificate, the findings about it, and signatures verified together with the
//! certificate of their signer.

use alloc::vec::Vec;

use crate::cms::{CmsOptions, Outcome, verify_signed_data_as};
use crate::error::Error;
use crate::jpki::{JpkiOptions, VerifiedCard, verify_card_certificate, verify_card_signed_data_as};
use crate::report::Report;
use crate::x509::{self, Chain, PathOptions, Revocation, SignedBy};

/// The rules to verify a certificate with.
#[derive(Clone, Copy)]
#[non_exhaustive]
pub enum Rules<'a> {
    /// A profile of the My Number Card.
    Card(JpkiOptions<'a>),
    /// RFC 5280 alone.
    Path(PathOptions<'a>),
}

/// The findings about a certificate.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub enum Judgement {
    /// Under a profile of the My Number Card.
    Card(VerifiedCard),
    /// RFC 5280 alone.
    Path(Chain),
}

/// A valid certificate.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct VerifiedCertificate {
    /// The findings about it.
    pub judgement: Judgement,
    /// The SubjectPublicKeyInfo of its issuer, in DER.
    pub issuer_spki: Vec<u8>,
    /// The steps of the verification.
    pub report: Report,
}

/// A valid signature, made with the key of a valid certificate.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct VerifiedSignature {
    /// The findings about the certificate.
    pub certificate: Judgement,
    /// The steps of the verification.
    pub report: Report,
}

impl Judgement {
    /// The revocation status of the certificate itself.
    #[must_use]
    pub fn revocation(&self) -> Revocation {
        match self {
            Self::Card(card) => card.revocation,
            Self::Path(chain) => chain
                .revocation
                .first()
                .copied()
                .unwrap_or(Revocation::NotChecked),
        }
    }
}

impl Rules<'_> {
    /// Verifies a DER-encoded certificate with these rules.
    ///
    /// # Errors
    /// As for [`verify_card_certificate`] or [`x509::verify_certificate`].
    pub fn verify_certificate(&self, certificate: &[u8]) -> Result<VerifiedCertificate, Error> {
        match self {
            Rules::Card(options) => {
                let card = verify_card_certificate(certificate, options)?;
                Ok(VerifiedCertificate {
                    report: card.report.clone(),
                    issuer_spki: card.issuer_spki.clone(),
                    judgement: Judgement::Card(card),
                })
            }
            Rules::Path(options) => {
                let found = x509::verify_certificate(certificate, options)?;
                let issuer_spki = found.issuer_spki().to_vec();
                let (chain, report) = Chain::of(found, options.anchors);
                Ok(VerifiedCertificate {
                    judgement: Judgement::Path(chain),
                    issuer_spki,
                    report,
                })
            }
        }
    }
}

impl<'a> Rules<'a> {
    /// Verifies a SignedData message with these rules. With one type of findings, the code exists once.
    ///
    /// # Errors
    /// As for [`crate::jpki::verify_card_signed_data`] or [`crate::cms::verify_signed_data`].
    pub(crate) fn verify_signed_data(
        &self,
        message: &'a [u8],
        options: &CmsOptions<'a>,
    ) -> Outcome<'a, Judgement> {
        match self {
            Rules::Card(card) => verify_card_signed_data_as(message, options, card, Judgement::Card),
            Rules::Path(path) => verify_signed_data_as(message, options, path, Judgement::Path),
        }
    }
}

/// Verifies a signature and the certificate of its signer, with its path and revocation status.
///
/// # Errors
/// - As for [`SignedBy::verify_with_certificate`].
/// - As for [`Rules::verify_certificate`].
pub fn verify_signature(
    signed: &SignedBy<'_>,
    certificate: &[u8],
    rules: &Rules<'_>,
) -> Result<VerifiedSignature, Error> {
    let mut report = Report::default();
    signed.check_with(certificate, &mut report)?;
    let verified = rules
        .verify_certificate(certificate)
        .map_err(|error| report.before(error))?;
    report.append(&verified.report);
    Ok(VerifiedSignature {
        certificate: verified.judgement,
        report,
    })
}
