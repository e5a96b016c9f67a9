//! Signers' certificates judged by RFC 5280 alone.

use super::message::Enclosed;
use super::verify::{CmsOptions, Outcome, verify_signed_data_with};
use crate::error::Error;
use crate::report::Report;
use crate::x509::{self, Certificate, Chain, PathOptions, RevocationOptions};

/// Verifies a SignedData message (RFC 5652 §5), and each signer's certificate by RFC 5280 §6.
///
/// The certificates of the message join the caller's intermediates, its CRLs and OCSP responses the caller's evidence; each
/// is trusted only as far as a path to one of the caller's anchors and a signature carry it.
///
/// # Errors
/// As [`verify_signed_data_with`] and [`x509::verify_certificate`].
pub fn verify_signed_data<'a>(
    message: &'a [u8],
    options: &CmsOptions<'a>,
    path: &PathOptions<'a>,
) -> Outcome<'a, Chain> {
    verify_signed_data_with(message, options, |certificate, enclosed| {
        chain(certificate, enclosed, options, path)
    })
}

/// The path of one signer, with what the message encloses.
pub(crate) fn chain<'a>(
    certificate: &Certificate<'a>,
    enclosed: &Enclosed<'a>,
    options: &CmsOptions<'a>,
    path: &PathOptions<'a>,
) -> Result<(Chain, Report), Error> {
    let own = |der: &&[u8]| *der != certificate.as_der();
    let named = |der: &&[u8]| enclosed.named.iter().all(|named| named.names(der));
    let candidates: Vec<&[u8]> = path
        .intermediates
        .iter()
        .chain(options.certificates)
        .chain(&enclosed.certificates)
        .copied()
        .filter(own)
        .filter(named)
        .collect();
    let evidence = Evidence::of(&path.revocation, enclosed);
    let path = PathOptions {
        intermediates: &candidates,
        revocation: evidence.join(&path.revocation),
        limits: path.limits.shared_among(enclosed.signers),
        ..*path
    };
    let found = x509::verify_certificate(certificate.as_der(), &path)?;
    Ok(Chain::of(found, path.anchors))
}

/// Evidence of revocation: the caller's, and what a message encloses.
pub(crate) struct Evidence<'a> {
    crls: Vec<&'a [u8]>,
    ocsp_responses: Vec<&'a [u8]>,
}

impl<'a> Evidence<'a> {
    pub(crate) fn of(given: &RevocationOptions<'a>, enclosed: &Enclosed<'a>) -> Self {
        let join =
            |given: &[&'a [u8]], enclosed: &[&'a [u8]]| given.iter().chain(enclosed).copied().collect();
        Self {
            crls: join(given.crls, &enclosed.crls),
            ocsp_responses: join(given.ocsp_responses, &enclosed.ocsp_responses),
        }
    }

    pub(crate) fn join<'s>(&'s self, given: &RevocationOptions<'s>) -> RevocationOptions<'s> {
        RevocationOptions {
            crls: &self.crls,
            ocsp_responses: &self.ocsp_responses,
            ..*given
        }
    }
}
