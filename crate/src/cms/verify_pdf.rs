//! Verifies all signatures of a PDF file.

use alloc::{boxed::Box, vec::Vec};
use core::cell::RefCell;
use core::fmt;

use super::content::Parts;
use super::message::{Enclosed, Message};
use super::outcome::CmsOptions;
use super::pdf::{PdfSignature, pdf_signatures};
use super::terms::Terms;
use super::verify::verify_part;
use crate::code::Code;
use crate::error::Error;
use crate::report::Report;
use crate::signature::{Hash, Scheme};
use crate::text::text;
use crate::x509::Certificate;

/// A valid signature of a PDF file with an accepted certificate.
#[derive(Clone)]
#[non_exhaustive]
pub struct PdfSigner<P> {
    /// Whether it covers the file in its current form; see [`PdfSignature::covers_whole_file`].
    pub covers_whole_file: bool,
    /// The signer's certificate in DER. Personal data.
    pub certificate: Vec<u8>,
    /// The signature scheme.
    pub scheme: Scheme,
    /// The signing time that the signer claims, as Unix time in seconds. It is not verified.
    pub claimed_signing_time: Option<i64>,
    /// The result of the verification of the certificate.
    pub chain: P,
    /// The steps for this signature.
    pub report: Report,
}

impl<P: fmt::Debug> fmt::Debug for PdfSigner<P> {
    /// Omits the certificate, which is personal data.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("PdfSigner")
            .field("covers_whole_file", &self.covers_whole_file)
            .field("scheme", &self.scheme)
            .field("chain", &self.chain)
            .finish_non_exhaustive()
    }
}

/// A file that is not valid.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct PdfError<P> {
    /// The error of the file, or that of the first invalid signature.
    pub error: Error,
    /// The result of each signature in the order of the file. Empty if the file itself is not valid.
    pub signatures: Vec<Result<PdfSigner<P>, Error>>,
}

/// Verifies all signatures of a PDF file. `chain` verifies the certificates, as in
/// [`super::verify_signed_data_with`].
///
/// `options.content` is ignored. The signatures are in the order of the file; one of them covers the whole
/// file.
///
/// All signatures together share about the limits of one message for the data in the file. The data in the
/// options is read for each signature. [`Enclosed::signers`] is the number of signatures in the file, so that
/// [`Limits::shared_among`](crate::x509::Limits::shared_among) gives each its share. Raise the limits for
/// files with many signatures that have long paths or large keys.
///
/// # Errors
/// If the file or any signature is not valid: as for [`pdf_signatures`] and
/// [`super::verify_signed_data_with`]. [`PdfError::signatures`] has the result of each signature.
pub fn verify_pdf_with<P>(
    file: &[u8],
    options: &CmsOptions<'_>,
    mut chain: impl for<'x> FnMut(&Certificate<'x>, &Enclosed<'x>) -> Result<(P, Report), Error>,
) -> Result<Vec<PdfSigner<P>>, Box<PdfError<P>>> {
    let found = pdf_signatures(file).map_err(|error| {
        let error = Report::default().failed("pdf-byte-range", "ISO 32000-1 §12.8.1", error);
        Box::new(PdfError {
            error,
            signatures: Vec::new(),
        })
    })?;
    let count = found.len();
    let digests = FileDigests::of(file, &found);
    let signatures: Vec<_> = found
        .iter()
        .enumerate()
        .map(|(place, signature)| {
            let share = Share {
                count,
                digest: &|hash| digests.get(hash, place),
            };
            verify_one(signature, share, options, &mut chain)
        })
        .collect();
    let bad = signatures
        .iter()
        .enumerate()
        .find_map(|(index, signature)| Some((index, signature.as_ref().err()?)));
    if let Some((index, refusal)) = bad {
        let error = if count == 1 {
            refusal.clone()
        } else {
            let message = text!["signature ", index + 1, " of ", count, ": ", refusal.message()];
            Error::new(refusal.code(), message).with_report(refusal.report().clone())
        };
        return Err(Box::new(PdfError { error, signatures }));
    }
    Ok(signatures.into_iter().flatten().collect())
}

/// The digests of the parts that the signatures cover. The part before a signature also belongs to the
/// earlier ones, and is hashed once.
struct FileDigests<'f> {
    file: &'f [u8],
    /// The position of each signature, and the part that it covers after that.
    ends: Vec<(usize, &'f [u8])>,
    made: RefCell<Vec<(Hash, Vec<Vec<u8>>)>>,
}

impl<'f> FileDigests<'f> {
    fn of(file: &'f [u8], found: &[Result<PdfSignature<'f>, Error>]) -> Self {
        let end = |signature: &PdfSignature<'f>| {
            let [before, after] = signature.content;
            (before.len(), after)
        };
        let ends = found.iter().map(|found| found.as_ref().map_or((0, &[][..]), end));
        Self {
            file,
            ends: ends.collect(),
            made: RefCell::default(),
        }
    }

    fn get(&self, hash: Hash, place: usize) -> Option<Vec<u8>> {
        let mut made = self.made.borrow_mut();
        if !made.iter().any(|(of, _)| *of == hash) {
            made.push((hash, hash.digests_from(self.file, &self.ends)));
        }
        let digests = made.iter().find(|(of, _)| *of == hash);
        digests.and_then(|(_, digests)| digests.get(place)).cloned()
    }
}

/// The relation of a signature to the others in the file.
struct Share<'s> {
    count: usize,
    digest: &'s dyn Fn(Hash) -> Option<Vec<u8>>,
}

fn verify_one<P>(
    signature: &Result<PdfSignature<'_>, Error>,
    share: Share<'_>,
    options: &CmsOptions<'_>,
    chain: &mut impl for<'x> FnMut(&Certificate<'x>, &Enclosed<'x>) -> Result<(P, Report), Error>,
) -> Result<PdfSigner<P>, Error> {
    let mut report = Report::default();
    let signature = signature.as_ref().map_err(Error::clone);
    let signature = report.step("pdf-byte-range", "ISO 32000-1 §12.8.1", signature, |signature| {
        if signature.covers_whole_file {
            "covers the whole file except the signature"
        } else {
            "covers an earlier revision of the file except the signature"
        }
    })?;
    let terms = Terms {
        content: Some(Parts {
            parts: signature.content,
            digest: share.digest,
        }),
        // ETSI EN 319 142-1 §5.3 and §6.3: the attribute names the signing certificate.
        bound: signature.cades,
        parts: share.count,
        form: one_signer,
    };
    let data = verify_part(&signature.cms, options, terms, chain)
        .map_err(|refusal| report.before(refusal.error.clone()))?;
    report.append(&data.report);
    let mut signers = data.signers.into_iter();
    match (signers.next(), data.content) {
        (Some(signer), None) => Ok(PdfSigner {
            covers_whole_file: signature.covers_whole_file,
            certificate: signer.certificate.to_vec(),
            scheme: signer.scheme,
            claimed_signing_time: signer.claimed_signing_time,
            chain: signer.chain,
            report,
        }),
        _ => Err(another_form(&mut report)),
    }
}

/// Runs before any signature is verified, because all signers of one signature share its limits.
fn one_signer(message: &Message<'_>, report: &mut Report) -> Result<(), Error> {
    match message.signers.len() {
        // A message without signers has a code of its own.
        ..=1 => Ok(()),
        _ => Err(another_form(report)),
    }
}

fn another_form(report: &mut Report) -> Error {
    let error = Error::new(
        Code::PdfMalformed,
        "the CMS message of a signature must have exactly one signer and no enclosed content",
    );
    report.failed("pdf-signer", "ISO 32000-1 §12.8.3.3", error)
}
