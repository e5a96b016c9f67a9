//! Parsed revocation evidence, and the reasons why it does not settle a status.

use alloc::vec::Vec;

use crate::error::Error;
use crate::sort::sort_by_key;
use crate::x509::{Crl, Limits, OcspResponse, cost::exhausted};

/// Parsed evidence.
pub(super) struct Evidence<'e> {
    pub(super) crls: Vec<Crl<'e>>,
    pub(super) responses: Vec<OcspResponse<'e>>,
    /// The error of the first CRL or OCSP response that cannot be read.
    pub(super) unreadable: Option<Error>,
    /// Whether the bytes live longer than the verification.
    pub(super) lasting: bool,
}

impl<'e> Evidence<'e> {
    pub(super) fn new(
        crls: &[&'e [u8]],
        responses: &[&'e [u8]],
        limits: &Limits,
        lasting: bool,
    ) -> Result<Self, Error> {
        if crls.len() > limits.evidence || responses.len() > limits.evidence {
            return Err(exhausted("CRLs or OCSP responses"));
        }
        let mut unreadable = None;
        let mut keep_error = |error| {
            unreadable.get_or_insert(error);
        };
        let mut crls: Vec<_> = crls
            .iter()
            .filter_map(|der| Crl::from_der(der).map_err(&mut keep_error).ok())
            .collect();
        // The newest comes first: an older CRL without an entry for the certificate must not settle its
        // status.
        sort_by_key(&mut crls, |crl: &Crl<'_>| core::cmp::Reverse(crl.age()));
        let responses = responses
            .iter()
            .filter_map(|der| OcspResponse::from_der(der).map_err(&mut keep_error).ok())
            .collect();
        Ok(Self {
            crls,
            responses,
            unreadable,
            lasting,
        })
    }

    pub(super) fn is_empty(&self) -> bool {
        self.crls.is_empty() && self.responses.is_empty() && self.unreadable.is_none()
    }
}

/// Why evidence does not settle the status. Problems with evidence about the certificate take precedence over
/// others.
#[derive(Default)]
pub(super) struct Problems {
    concerned: Option<Error>,
    other: Option<Error>,
    /// Whether the certificate may be revoked. No "good" from other evidence outweighs that.
    doubtful: bool,
    contested: bool,
}

impl Problems {
    pub(super) fn concerning(&mut self, error: Error) {
        self.concerned.get_or_insert(error);
    }

    pub(super) const fn doubt(&mut self) {
        self.doubtful = true;
    }

    pub(super) const fn is_doubtful(&self) -> bool {
        self.doubtful
    }

    /// A statement says that the certificate is revoked, but its signer is not authorized on this path. It may be
    /// on another path.
    pub(super) const fn contest(&mut self) {
        self.contested = true;
    }

    pub(super) const fn is_contested(&self) -> bool {
        self.contested
    }

    pub(super) fn other(&mut self, error: Error) {
        self.other.get_or_insert(error);
    }

    /// Why the status is not known.
    pub(super) fn into_reason(self) -> Option<Error> {
        self.concerned.or(self.other)
    }
}
