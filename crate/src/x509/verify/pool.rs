//! The candidate certificates for a path.

use alloc::vec::Vec;

use super::budget::Budget;
use crate::code::Code;
use crate::error::Error;
use crate::sort::sort;
use crate::x509::{Certificate, Limits, Name, Outline, cost::exhausted};

/// The intermediate certificates, indexed by subject name.
pub(super) struct Pool<'a> {
    /// Sorted by the hash of the name.
    entries: Vec<(u64, &'a [u8])>,
    pub(super) unreadable: Vec<Unreadable<'a>>,
}

/// A certificate that cannot be read. It must not be reported as missing.
pub(super) struct Unreadable<'a> {
    /// Its subject, if that can be read.
    subject: Option<Name<'a>>,
    error: Error,
}

impl<'a> Pool<'a> {
    pub(super) fn new(certificates: &[&'a [u8]], limits: &Limits) -> Result<Self, Error> {
        if certificates.len() > limits.intermediates {
            return Err(exhausted("intermediates"));
        }
        let (mut entries, mut unreadable) = (Vec::new(), Vec::new());
        for der in certificates {
            if der.len() > limits.certificate_bytes {
                let error = Error::new(
                    Code::CertificateMalformed,
                    "the certificate is too large; raise the limit on certificate bytes to use it",
                );
                unreadable.push(Unreadable { subject: None, error });
                continue;
            }
            match Certificate::from_der(der) {
                Ok(certificate) => entries.push((certificate.subject().digest(), *der)),
                Err(error) => unreadable.push(Unreadable {
                    subject: Outline::of(der).map(|outline| outline.subject),
                    error,
                }),
            }
        }
        sort(&mut entries);
        entries.dedup();
        Ok(Self { entries, unreadable })
    }

    /// The error of the certificate with this name that cannot be read, if there is one.
    pub(super) fn unreadable_of(
        &self,
        name: &Name<'_>,
        budget: &mut Budget,
    ) -> Result<Option<&Error>, Error> {
        for unreadable in &self.unreadable {
            if let Some(subject) = &unreadable.subject
                && budget.same_name(subject, name)?
            {
                return Ok(Some(&unreadable.error));
            }
        }
        Ok(None)
    }

    /// The certificates whose subject may be `name`: the hashes of the names are equal.
    pub(super) fn maybe_named(&self, name: &Name<'_>) -> &[(u64, &'a [u8])] {
        let digest = name.digest();
        let start = self.entries.partition_point(|(entry, _)| *entry < digest);
        let (_, from) = self.entries.split_at(start);
        let length = from.partition_point(|(entry, _)| *entry == digest);
        from.split_at(length).0
    }
}

/// How well a candidate matches the authorityKeyIdentifier of the certificate, worst first.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Fit {
    /// The identifiers differ.
    OtherKey,
    /// An identifier is missing.
    Silent,
    /// The identifiers match.
    SameKey,
}

pub(super) fn key_fit(wanted: Option<&[u8]>, found: Option<&[u8]>) -> Fit {
    match (wanted, found) {
        (Some(wanted), Some(found)) if wanted == found => Fit::SameKey,
        (Some(_), Some(_)) => Fit::OtherKey,
        _ => Fit::Silent,
    }
}
