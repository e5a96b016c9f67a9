//! Verifying every signature of a PDF file.

use std::cell::RefCell;
use std::fmt;

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
use crate::x509::Certificate;

/// A signature of a PDF file that holds and whose certificate was accepted.
#[derive(Clone)]
#[non_exhaustive]
pub struct PdfSigner<P> {
    /// Whether it covers the file as it is now; see [`PdfSignature::covers_whole_file`].
    pub covers_whole_file: bool,
    /// The signer's certificate in DER. Personal data.
    pub certificate: Vec<u8>,
    /// How the signature was made.
    pub scheme: Scheme,
    /// The signing time that the signer claims, in seconds since 1970. It is not confirmed by anyone else.
    pub claimed_signing_time: Option<i64>,
    /// What the verification of the certificate found.
    pub chain: P,
    /// The steps for this signature.
    pub report: Report,
}

impl<P: fmt::Debug> fmt::Debug for PdfSigner<P> {
    /// Without the certificate, which is personal.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("PdfSigner")
            .field("covers_whole_file", &self.covers_whole_file)
            .field("scheme", &self.scheme)
            .field("chain", &self.chain)
            .finish_non_exhaustive()
    }
}

/// A file that was refused.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct PdfError<P> {
    /// Why: the refusal of the file, or that of the first bad signature.
    pub error: Error,
    /// How each signature fared, in the order of the file. Empty if the file was refused before.
    pub signatures: Vec<Result<PdfSigner<P>, Error>>,
}

/// Verifies every signature of a PDF file, leaving the certificates to `chain`, as
/// [`super::verify_signed_data_with`] does.
///
/// `options.content` has no meaning here. The signatures come in the order of the file; one of them covers all of it.
///
/// What comes with the file may cost all of them together about what it may cost one message; what the caller gives is read for
/// each of them. [`Enclosed::signers`] counts the signatures of the file, so that
/// [`Limits::shared_among`](crate::x509::Limits::shared_among) gives each its share. For files of many signatures with long paths
/// or costly keys, hand over greater bounds.
///
/// # Errors
/// Unless every signature is good: as [`pdf_signatures`] and [`super::verify_signed_data_with`]. [`PdfError::signatures`] has the
/// result of each.
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
            let message = format!("signature {} of {count}: {}", index + 1, refusal.message());
            Error::new(refusal.code(), message).with_report(refusal.report().clone())
        };
        return Err(Box::new(PdfError { error, signatures }));
    }
    Ok(signatures.into_iter().flatten().collect())
}

/// The digests of what each signature covers. What lies before one belongs to those before it as well, and is hashed once.
struct FileDigests<'f> {
    file: &'f [u8],
    /// Where each signature lies, and what it covers behind that.
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

/// What a signature has to do with the others of the file.
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
        // ETSI EN 319 142-1 §5.3 and §6.3: it names the signing certificate.
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

/// Before any is verified: all of them together may cost what one signature may.
fn one_signer(message: &Message<'_>, report: &mut Report) -> Result<(), Error> {
    match message.signers.len() {
        // None at all has a code of its own.
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
