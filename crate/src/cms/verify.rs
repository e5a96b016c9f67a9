//! Verifies a message with all its signers.

use alloc::{boxed::Box, vec::Vec};

use super::judge::Judge;
use super::message::{Enclosed, Message};
use super::outcome::{CmsOptions, Outcome, SignedData, SignedDataError};
use super::terms::{Chain, Terms};
use crate::error::Error;
use crate::report::Report;
use crate::text::text;
use crate::x509::Certificate;

/// Verifies a SignedData message (RFC 5652 §5), in BER or DER. `chain` verifies the certificates of the
/// signers.
///
/// `chain` is called for each signer with a valid signature. Its arguments are the certificate that matches
/// the signer identifier, and the certificates and evidence in the message. Those certificates are untrusted
/// candidates: `chain` must have trust anchors of its own.
///
/// # Errors
/// If the message or any signer is not valid. [`SignedDataError::signers`] has the result of each signer.
pub fn verify_signed_data_with<'a, P>(
    message: &'a [u8],
    options: &CmsOptions<'a>,
    mut chain: impl FnMut(&Certificate<'a>, &Enclosed<'a>) -> Result<(P, Report), Error>,
) -> Outcome<'a, P> {
    verify(message, options, Terms::MESSAGE, &mut chain)
}

/// The same for one of several messages that share the limits.
pub(crate) fn verify_one_of<'a, P>(
    parts: usize,
    message: &'a [u8],
    options: &CmsOptions<'a>,
    mut chain: impl FnMut(&Certificate<'a>, &Enclosed<'a>) -> Result<(P, Report), Error>,
) -> Outcome<'a, P> {
    let terms = Terms {
        parts,
        ..Terms::MESSAGE
    };
    verify(message, options, terms, &mut chain)
}

/// The same for a message inside another structure.
pub(super) fn verify_part<'a, P>(
    message: &'a [u8],
    options: &CmsOptions<'a>,
    terms: Terms<'_>,
    mut chain: impl FnMut(&Certificate<'a>, &Enclosed<'a>) -> Result<(P, Report), Error>,
) -> Outcome<'a, P> {
    verify(message, options, terms, &mut chain)
}

fn verify<'a, P>(
    message: &'a [u8],
    options: &CmsOptions<'a>,
    terms: Terms<'_>,
    chain: Chain<'_, 'a, P>,
) -> Outcome<'a, P> {
    const REFERENCE: &str = "RFC 5652 §5";
    let mut report = Report::default();
    let mut read = Message::read(message)
        .map_err(|error| report.failed("cms-structure", REFERENCE, error))
        .map_err(boxed)?;
    read.enclosed
        .share(terms.parts)
        .map_err(|error| report.failed("cms-structure", REFERENCE, error))
        .map_err(boxed)?;
    (terms.form)(&read, &mut report).map_err(boxed)?;
    let mut judge = Judge::new(&read, options, terms, &mut report).map_err(boxed)?;
    let signers: Vec<_> = read
        .signers
        .iter()
        .map(|signer| judge.signer(signer, chain))
        .collect();

    for signer in &signers {
        report.append(signer.as_ref().map_or_else(Error::report, |good| &good.report));
    }
    let count = signers.len();
    let bad = signers
        .iter()
        .enumerate()
        .find_map(|(index, signer)| Some((index, signer.as_ref().err()?)));
    if let Some((index, refusal)) = bad {
        let error = if count == 1 {
            refusal.clone()
        } else {
            let message = text!["signer ", index + 1, " of ", count, ": ", refusal.message()];
            Error::new(refusal.code(), message)
        };
        let error = error.with_report(report);
        return Err(Box::new(SignedDataError { error, signers }));
    }
    Ok(SignedData {
        content_type: read.content_type,
        content: read.content,
        signers: signers.into_iter().flatten().collect(),
        report,
    })
}

fn boxed<'a, P>(error: Error) -> Box<SignedDataError<'a, P>> {
    Box::new(error.into())
}
