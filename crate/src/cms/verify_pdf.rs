//! Verifying every signature of a PDF file.

use std::fmt;

use super::content::Content;
use super::message::Enclosed;
use super::pdf::{PdfSignature, pdf_signatures};
use super::verify::{Binding, CmsOptions, verify_bound};
use crate::code::Code;
use crate::error::Error;
use crate::report::Report;
use crate::signature::Scheme;
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
    let signatures: Vec<_> = found
        .into_iter()
        .map(|signature| verify_one(signature, options, &mut chain))
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

fn verify_one<P>(
    signature: Result<PdfSignature<'_>, Error>,
    options: &CmsOptions<'_>,
    chain: &mut impl for<'x> FnMut(&Certificate<'x>, &Enclosed<'x>) -> Result<(P, Report), Error>,
) -> Result<PdfSigner<P>, Error> {
    let mut report = Report::default();
    let signature = report.step("pdf-byte-range", "ISO 32000-1 §12.8.1", signature, |signature| {
        if signature.covers_whole_file {
            "the whole file but the signature"
        } else {
            "an earlier revision of the file but the signature"
        }
    })?;
    // Put together for one signature at a time: a large file may have many.
    let content = signature.content.concat();
    let options = CmsOptions {
        content: Some(Content::Data(&content)),
        ..*options
    };
    let binding = match signature.cades {
        // ETSI EN 319 142-1 §5.3 and §6.3: it names the signing certificate.
        true => Binding::Required,
        false => Binding::Optional,
    };
    let data = verify_bound(&signature.cms, &options, binding, chain)
        .map_err(|refusal| report.before(refusal.error.clone()))?;
    report.append(&data.report);
    let mut signers = data.signers.into_iter();
    match (signers.next(), signers.next(), data.content) {
        (Some(signer), None, None) => Ok(PdfSigner {
            covers_whole_file: signature.covers_whole_file,
            certificate: signer.certificate.to_vec(),
            scheme: signer.scheme,
            claimed_signing_time: signer.claimed_signing_time,
            chain: signer.chain,
            report,
        }),
        _ => {
            let error = Error::new(
                Code::PdfMalformed,
                "the CMS message of a signature has not one signer, or encloses a content",
            );
            Err(report.failed("pdf-signer", "ISO 32000-1 §12.8.3.3", error))
        }
    }
}
