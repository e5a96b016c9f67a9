//! Trust anchors, and the constraints in their certificates (RFC 5280 §6.1.1 (d), RFC 5937).

use alloc::{string::String, vec::Vec};

use super::certificate::Certificate;
use super::extensions::Extensions;
use super::name::Name;
use crate::code::Code;
use crate::error::Error;
use crate::text::text;

/// A trust anchor: a name and a key that you trust.
#[derive(Clone, Debug)]
pub struct TrustAnchor<'a> {
    pub(super) name: Name<'a>,
    pub(super) spki: &'a [u8],
    pub(super) certificate: Option<Certificate<'a>>,
}

impl<'a> TrustAnchor<'a> {
    /// A trust anchor from a certificate, usually self-signed. Its signature is not checked. The constraints
    /// in the certificate apply to paths that end at the anchor, unless [`AnchorConstraints::Ignore`] is set.
    ///
    /// # Errors
    /// [`crate::Code::CertificateMalformed`].
    pub fn from_certificate(der: &'a [u8]) -> Result<Self, Error> {
        let certificate = Certificate::from_der(der)?;
        Ok(Self {
            name: *certificate.subject(),
            spki: certificate.spki(),
            certificate: Some(certificate),
        })
    }

    /// A trust anchor from a name and a DER-encoded SubjectPublicKeyInfo.
    #[must_use]
    pub const fn from_name_and_key(name: Name<'a>, spki: &'a [u8]) -> Self {
        Self {
            name,
            spki,
            certificate: None,
        }
    }

    /// The name of the trust anchor.
    #[must_use]
    pub const fn name(&self) -> &Name<'a> {
        &self.name
    }

    /// The certificate of the trust anchor, if it was made from one.
    #[must_use]
    pub const fn certificate(&self) -> Option<&Certificate<'a>> {
        self.certificate.as_ref()
    }

    pub(super) fn extensions(&self) -> Option<&Extensions<'a>> {
        self.certificate.as_ref().map(Certificate::extensions)
    }
}

/// Whether the constraints in the certificate of a trust anchor apply.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum AnchorConstraints {
    /// All constraints apply: validity period, keyUsage, basicConstraints with pathLenConstraint, name
    /// constraints, policies and policy constraints, extKeyUsage, and unsupported critical extensions (RFC
    /// 5937 §3).
    #[default]
    Apply,
    /// No constraint applies; only the name and the key are used (RFC 5280 §6.1.1 (d)).
    Ignore,
}

/// A given trust anchor that cannot be read.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct SkippedAnchor {
    /// Its position in the list, counted from 1.
    pub position: usize,
    /// The reason.
    pub error: Error,
}

/// Reads a list of trust anchors. An anchor that cannot be read is skipped, because the others may be enough.
///
/// # Errors
/// [`Code::CertificateMalformed`] if the list is not empty and no anchor can be read.
pub fn read_anchors<'a>(
    certificates: &[&'a [u8]],
) -> Result<(Vec<TrustAnchor<'a>>, Vec<SkippedAnchor>), Error> {
    let (mut anchors, mut skipped) = (Vec::new(), Vec::new());
    for (index, der) in certificates.iter().enumerate() {
        match TrustAnchor::from_certificate(der) {
            Ok(anchor) => anchors.push(anchor),
            Err(error) => skipped.push(SkippedAnchor {
                position: index + 1,
                error,
            }),
        }
    }
    match skipped.first() {
        Some(first) if anchors.is_empty() => Err(Error::new(
            first.error.code(),
            text![
                "trust anchor ",
                first.position,
                ": ",
                first.error.message(),
                "; no trust anchor can be read"
            ],
        )),
        _ => Ok((anchors, skipped)),
    }
}

/// Adds to an error that trust anchors were skipped, because a path to one of them might have been valid.
pub(crate) fn mention_skipped(error: Error, skipped: &[SkippedAnchor]) -> Error {
    // A reached limit has nothing to do with the skipped anchors.
    let (Some(first), false) = (skipped.first(), error.code() == Code::PathBudgetExhausted) else {
        return error;
    };
    let more = match skipped.len() {
        1 => String::new(),
        count => text![" (and ", count - 1, " more)"],
    };
    error.with_note(&text![
        "trust anchor ",
        first.position,
        more,
        " cannot be read and was ignored: ",
        first.error.message()
    ])
}
