//! The candidates for the certificate of a signer.

use alloc::{string::String, vec::Vec};

use super::attributes::SignedAttributes;
use super::message::{Enclosed, Identifier, SignerInfo};
use super::signing_certificate::SigningCertificate;
use super::unique::{MAX_BYTES, unique};
use crate::code::Code;
use crate::error::Error;
use crate::signature::Hash;
use crate::text::text;
use crate::x509::{Certificate, Outline, same_name};

/// The certificates in the message and in the options, without duplicates.
pub(super) struct Candidates<'a> {
    readable: Vec<Certificate<'a>>,
    unreadable: Vec<(&'a [u8], Error)>,
    /// The remaining cost of name comparisons and certificate hashes, for all signers together.
    comparisons: u32,
}

impl<'a> Candidates<'a> {
    pub(super) fn new(enclosed: &Enclosed<'a>, further: &[&'a [u8]], comparisons: u32) -> Self {
        let (mut readable, mut unreadable) = (Vec::new(), Vec::new());
        for der in unique([&enclosed.certificates, further].concat()) {
            match Certificate::from_der(der) {
                Ok(certificate) => readable.push(certificate),
                Err(error) => unreadable.push((der, error)),
            }
        }
        Self {
            readable,
            unreadable,
            comparisons,
        }
    }

    /// Whether the attribute names this certificate. The cost is counted as in the search.
    pub(super) fn check(
        &mut self,
        named: &SigningCertificate<'_>,
        certificate: &Certificate<'_>,
    ) -> Result<Hash, Error> {
        named.check(certificate, &mut self.comparisons)
    }

    /// The one certificate that matches the signer identifier, at any position in the message. If several
    /// match, a signed attribute may select one.
    pub(super) fn named(&mut self, signer: &SignerInfo<'_>) -> Result<&Certificate<'a>, Error> {
        let identifier = &signer.identifier;
        let mut found = Vec::new();
        for certificate in &self.readable {
            let named = match identifier {
                Identifier::IssuerAndSerial(issuer, serial) => {
                    certificate.serial() == *serial
                        && same_name(&mut self.comparisons, certificate.issuer(), issuer)?
                }
                Identifier::KeyIdentifier(key) => {
                    certificate.extensions().subject_key_identifier == Some(*key)
                }
            };
            if named {
                found.push(certificate);
            }
        }
        if found.len() > 1 {
            let attributes = signer.attributes().ok().flatten();
            let named: Vec<_> = attributes
                .iter()
                .flat_map(SignedAttributes::signing_certificates)
                .collect();
            let mut meant = Vec::new();
            for certificate in found {
                if !named.is_empty() && is_meant(certificate, &named, &mut self.comparisons)? {
                    meant.push(certificate);
                }
            }
            found = meant;
            if found.len() != 1 {
                return Err(Error::new(
                    Code::SignerCertificateAmbiguous,
                    "several different certificates match the signer identifier",
                ));
            }
        }
        match found.first() {
            Some(certificate) => Ok(certificate),
            None => Err(not_found(&self.unreadable, identifier, &mut self.comparisons)),
        }
    }
}

/// Whether every attribute that names the signer's certificate names this one.
fn is_meant(
    certificate: &Certificate<'_>,
    named: &[&SigningCertificate<'_>],
    comparisons: &mut u32,
) -> Result<bool, Error> {
    for named in named {
        match named.check(certificate, comparisons) {
            Ok(_) => {}
            Err(error) if error.code() == Code::PathBudgetExhausted => return Err(error),
            Err(_) => return Ok(false),
        }
    }
    Ok(true)
}

/// The certificate may be present but unreadable, which must not be reported as missing.
fn not_found(unreadable: &[(&[u8], Error)], identifier: &Identifier<'_>, comparisons: &mut u32) -> Error {
    for (der, error) in unreadable {
        match is_named(der, identifier, comparisons) {
            Ok(false) => {}
            Ok(true) => {
                return Error::new(
                    error.code(),
                    text![
                        "cannot read the certificate that matches the signer identifier: ",
                        error.message()
                    ],
                );
            }
            Err(exhausted) => return exhausted,
        }
    }
    let why = "no certificate matches the signer identifier; give the signer's certificate";
    let unread = match unreadable.len() {
        0 => String::new(),
        count => text![" (certificates that cannot be read: ", count, ")"],
    };
    Error::new(Code::SignerCertificateNotFound, text![why, unread])
}

/// Whether a certificate that cannot be read as a whole matches the identifier, by its readable fields.
fn is_named(der: &[u8], identifier: &Identifier<'_>, comparisons: &mut u32) -> Result<bool, Error> {
    if der.len() > MAX_BYTES {
        return Ok(false);
    }
    match identifier {
        Identifier::IssuerAndSerial(issuer, serial) => match Outline::of(der) {
            Some(outline) if outline.serial == *serial => same_name(comparisons, &outline.issuer, issuer),
            _ => Ok(false),
        },
        Identifier::KeyIdentifier(key) => Outline::has_key_identifier(der, key, comparisons),
    }
}
