//! What the caller decides about a message, and what comes of it.

use std::fmt;

use super::content::Content;
use crate::der::Oid;
use crate::error::Error;
use crate::report::Report;
use crate::signature::Scheme;
use crate::x509::Limits;

/// What the caller decides about a message.
#[derive(Clone, Copy, Default)]
#[non_exhaustive]
pub struct CmsOptions<'a> {
    /// The content of a detached signature. If the message encloses its content, both must be the same.
    pub content: Option<Content<'a>>,
    /// Certificates in DER that may be a signer's, in addition to those in the message. Not trusted.
    pub certificates: &'a [&'a [u8]],
    /// Accept SHA-1, which is broken: for old signatures only.
    pub allow_sha1: bool,
    /// The bounds on finding the signers' certificates. Where a function is handed bounds for paths as well, those count for
    /// both.
    pub limits: Limits,
}

impl<'a> CmsOptions<'a> {
    /// The options for a detached signature over this content.
    #[must_use]
    pub fn detached(content: Content<'a>) -> Self {
        Self {
            content: Some(content),
            ..Self::default()
        }
    }
}

/// A signer whose signature holds and whose certificate was accepted.
#[derive(Clone)]
#[non_exhaustive]
pub struct Signer<'a, P> {
    /// The certificate that the signer identifier names, in DER. Personal data.
    pub certificate: &'a [u8],
    /// How the signature was made.
    pub scheme: Scheme,
    /// The signing time that the signer claims, in seconds since 1970. It is not confirmed by anyone else.
    pub claimed_signing_time: Option<i64>,
    /// What the verification of the certificate found.
    pub chain: P,
    /// The steps for this signer.
    pub report: Report,
}

/// A message of which every signer is good.
#[derive(Clone)]
#[non_exhaustive]
pub struct SignedData<'a, P> {
    /// eContentType.
    pub content_type: Oid<'a>,
    /// The enclosed content; nothing if the signature is detached.
    pub content: Option<std::borrow::Cow<'a, [u8]>>,
    /// The signers, in the order of the message; at least one.
    pub signers: Vec<Signer<'a, P>>,
    /// The steps for the message, then those for each signer.
    pub report: Report,
}

impl<P: fmt::Debug> fmt::Debug for Signer<'_, P> {
    /// Without the certificate, which is personal.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Signer")
            .field("scheme", &self.scheme)
            .field("chain", &self.chain)
            .finish_non_exhaustive()
    }
}

impl<P: fmt::Debug> fmt::Debug for SignedData<'_, P> {
    /// Without the content, which may be personal.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SignedData")
            .field("content_type", &self.content_type)
            .field("signers", &self.signers)
            .finish_non_exhaustive()
    }
}

/// A message that was refused.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct SignedDataError<'a, P> {
    /// Why: the refusal of the message, or that of the first bad signer.
    pub error: Error,
    /// How each signer fared, in the order of the message. Empty if the message was refused before.
    pub signers: Vec<Result<Signer<'a, P>, Error>>,
}

impl<P> From<Error> for SignedDataError<'_, P> {
    fn from(error: Error) -> Self {
        Self {
            error,
            signers: Vec::new(),
        }
    }
}

/// How [`super::verify_signed_data_with`] ends.
pub type Outcome<'a, P> = Result<SignedData<'a, P>, Box<SignedDataError<'a, P>>>;
