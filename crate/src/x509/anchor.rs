//! Trust anchors, and what their certificates say of paths (RFC 5280 §6.1.1 (d), RFC 5937).

use super::certificate::Certificate;
use super::extensions::Extensions;
use super::name::Name;
use crate::code::Code;
use crate::error::Error;

/// A name and a key that the caller trusts.
#[derive(Clone, Debug)]
pub struct TrustAnchor<'a> {
    pub(super) name: Name<'a>,
    pub(super) spki: &'a [u8],
    pub(super) certificate: Option<Certificate<'a>>,
}

impl<'a> TrustAnchor<'a> {
    /// The anchor of a certificate, usually self-signed. Its signature is not checked. The constraints in it apply
    /// to its paths, unless [`AnchorConstraints::Ignore`] is set.
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

    /// The anchor of a name and the DER of a SubjectPublicKeyInfo.
    #[must_use]
    pub const fn from_name_and_key(name: Name<'a>, spki: &'a [u8]) -> Self {
        Self {
            name,
            spki,
            certificate: None,
        }
    }

    /// The anchor's name.
    #[must_use]
    pub const fn name(&self) -> &Name<'a> {
        &self.name
    }

    /// The anchor's certificate, if it was made from one.
    #[must_use]
    pub const fn certificate(&self) -> Option<&Certificate<'a>> {
        self.certificate.as_ref()
    }

    pub(super) fn extensions(&self) -> Option<&Extensions<'a>> {
        self.certificate.as_ref().map(Certificate::extensions)
    }
}

/// What the certificate of a trust anchor counts for, beyond its name and its key.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum AnchorConstraints {
    /// All that it says of paths: period of validity, keyUsage, basicConstraints with the length of the path, name
    /// constraints, policies and their constraints, purposes, and critical extensions that are not known (RFC 5937 §3).
    #[default]
    Apply,
    /// Nothing: the bare name and key of RFC 5280 §6.1.1 (d).
    Ignore,
}

/// An anchor of the caller that could not be read.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct SkippedAnchor {
    /// Its place in the list, counted from 1.
    pub position: usize,
    /// Why.
    pub error: Error,
}

/// Reads a list of anchors. One that cannot be read is no reason to do without the others: it is skipped.
///
/// # Errors
/// [`Code::CertificateMalformed`] if there are anchors, and none of them can be read.
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
            format!(
                "trust anchor {}: {}; no trust anchor can be read",
                first.position,
                first.error.message()
            ),
        )),
        _ => Ok((anchors, skipped)),
    }
}

/// Says in a refusal that anchors were skipped, where a path to one of them might have been accepted.
pub(crate) fn mention_skipped(error: Error, skipped: &[SkippedAnchor]) -> Error {
    // That there was too much to do came before any of them.
    let (Some(first), false) = (skipped.first(), error.code() == Code::PathBudgetExhausted) else {
        return error;
    };
    let more = match skipped.len() {
        1 => String::new(),
        count => format!(" (and {} more)", count - 1),
    };
    error.with_note(&format!(
        "trust anchor {}{more} cannot be read and was ignored: {}",
        first.position,
        first.error.message()
    ))
}
