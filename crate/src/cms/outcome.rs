//! The options and the result of the verification of a message.

use alloc::{boxed::Box, vec::Vec};
use core::fmt;

use super::content::Content;
use crate::der::Oid;
use crate::error::Error;
use crate::report::Report;
use crate::signature::Scheme;
use crate::x509::Limits;

/// The options for a CMS message.
#[derive(Clone, Copy, Default)]
#[non_exhaustive]
pub struct CmsOptions<'a> {
    /// The content of a detached signature. If the message contains the content, both must be equal.
    pub content: Option<Content<'a>>,
    /// Certificates in DER that may be a signer's, in addition to those in the message. They are not trusted.
    pub certificates: &'a [&'a [u8]],
    /// Accept SHA-1, which is broken. Only for old signatures.
    pub allow_sha1: bool,
    /// The limits on finding the signers' certificates. If a function also takes limits for paths, those
    /// apply to both.
    pub limits: Limits,
}

impl<'a> CmsOptions<'a> {
    /// The options for a detached signature of this content.
    #[must_use]
    pub fn detached(content: Content<'a>) -> Self {
        Self {
            content: Some(content),
            ..Self::default()
        }
    }
}

/// A signer with a valid signature and an accepted certificate.
#[derive(Clone)]
#[non_exhaustive]
pub struct Signer<'a, P> {
    /// The certificate that matches the signer identifier, in DER. Personal data.
    pub certificate: &'a [u8],
    /// The signature scheme.
    pub scheme: Scheme,
    /// The signing time that the signer claims, as Unix time in seconds. It is not verified.
    pub claimed_signing_time: Option<i64>,
    /// The result of the verification of the certificate.
    pub chain: P,
    /// The steps for this signer.
    pub report: Report,
}

/// A message whose signers are all valid.
#[derive(Clone)]
#[non_exhaustive]
pub struct SignedData<'a, P> {
    /// eContentType.
    pub content_type: Oid<'a>,
    /// The enclosed content; `None` if the signature is detached.
    pub content: Option<alloc::borrow::Cow<'a, [u8]>>,
    /// The signers in the order of the message; at least one.
    pub signers: Vec<Signer<'a, P>>,
    /// The steps for the message, followed by those for each signer.
    pub report: Report,
}

impl<P: fmt::Debug> fmt::Debug for Signer<'_, P> {
    /// Omits the certificate, which is personal data.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Signer")
            .field("scheme", &self.scheme)
            .field("chain", &self.chain)
            .finish_non_exhaustive()
    }
}

impl<P: fmt::Debug> fmt::Debug for SignedData<'_, P> {
    /// Omits the content, which may be personal data.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SignedData")
            .field("content_type", &self.content_type)
            .field("signers", &self.signers)
            .finish_non_exhaustive()
    }
}

/// A message that is not valid.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct SignedDataError<'a, P> {
    /// The error of the message, or that of the first invalid signer.
    pub error: Error,
    /// The result of each signer in the order of the message. Empty if the message itself is not valid.
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

/// The result of [`super::verify_signed_data_with`].
pub type Outcome<'a, P> = Result<SignedData<'a, P>, Box<SignedDataError<'a, P>>>;
