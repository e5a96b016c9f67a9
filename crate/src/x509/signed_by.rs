//! A signature, verified with a key or a certificate.

use super::certificate::Certificate;
use super::extensions::KeyUsage;
use crate::code::Code;
use crate::error::Error;
use crate::report::Report;
use crate::signature::{EcdsaForm, Message, PublicKey, Scheme, verify};
use crate::text::text;

/// The step for the certification path.
const PATH: (&str, &str) = ("path", "RFC 5280 §6.1");

/// A signature and its message.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct SignedBy<'a> {
    /// The signature scheme.
    pub scheme: Scheme,
    /// The form of an ECDSA signature. Ignored for RSA.
    pub form: EcdsaForm,
    /// The message, or its digest.
    pub message: Message<'a>,
    /// The signature.
    pub signature: &'a [u8],
}

impl<'a> SignedBy<'a> {
    /// A signature of this message. An ECDSA signature is DER, unless you set `form`.
    #[must_use]
    pub const fn new(scheme: Scheme, message: Message<'a>, signature: &'a [u8]) -> Self {
        Self {
            scheme,
            form: EcdsaForm::Der,
            message,
            signature,
        }
    }

    /// Verifies the signature with a public key that you trust.
    ///
    /// # Errors
    /// As for [`verify`].
    pub fn verify_with_key(&self, key: &PublicKey) -> Result<Report, Error> {
        let mut report = Report::default();
        self.check_signature(key, "the given public key", &mut report)?;
        report.skipped(
            PATH.0,
            PATH.1,
            "no certificate given: the owner of the key is not checked",
        );
        Ok(report)
    }

    /// Verifies the signature with the key of a certificate. Only keyUsage of the certificate is checked: no
    /// path is built, and nothing is trusted. [`crate::signer::verify_signature`] verifies both.
    ///
    /// # Errors
    /// - [`Code::CertificateMalformed`], [`Code::KeyUsageMissing`]
    /// - as for [`PublicKey::from_spki`] and [`verify`]
    pub fn verify_with_certificate(&self, certificate: &[u8]) -> Result<Report, Error> {
        let mut report = Report::default();
        self.check_with(certificate, &mut report)?;
        report.skipped(
            PATH.0,
            PATH.1,
            "not checked, as requested: the certificate is not verified",
        );
        Ok(report)
    }

    /// Checks that the signature matches the key of the certificate, and that the key may sign documents. The
    /// certificate itself is not verified.
    pub(crate) fn check_with(&self, certificate: &[u8], report: &mut Report) -> Result<(), Error> {
        let read = Certificate::from_der(certificate)
            .map_err(|error| report.failed("certificate", "RFC 5280 §4.1", error))?;
        let oddities = read.oddities();
        if oddities.are_there() {
            report.passed(
                "certificate-encoding",
                "ITU-T X.690 §11.2.2, §11.5",
                text!["not strictly DER, but unambiguous: ", oddities.as_str()],
            );
        }
        let allowed = read.extensions().key_usage.is_none_or(|usage| {
            usage.contains(KeyUsage::DIGITAL_SIGNATURE) || usage.contains(KeyUsage::NON_REPUDIATION)
        });
        let allowed = if allowed {
            Ok(())
        } else {
            Err(Error::new(
                Code::KeyUsageMissing,
                "keyUsage of the certificate has neither digitalSignature nor nonRepudiation",
            ))
        };
        report.step(
            "signer-key-usage",
            "RFC 5280 §4.2.1.3",
            allowed,
            |()| "keyUsage allows signing documents",
        )?;
        let key = PublicKey::from_spki(read.spki())
            .map_err(|error| report.failed("public-key", "RFC 5280 §4.1.2.7", error))?;
        self.check_signature(&key, "the certificate's key", report)
    }

    fn check_signature(&self, key: &PublicKey, whose: &str, report: &mut Report) -> Result<(), Error> {
        let made = verify(self.scheme, key, self.message, self.signature, self.form);
        report.step("signature", reference(self.scheme), made, |()| {
            text![self.scheme, ", verified with ", whose]
        })
    }
}

const fn reference(scheme: Scheme) -> &'static str {
    match scheme {
        Scheme::RsaPkcs1Bare => "RFC 8017 §9.2, without the DigestInfo",
        Scheme::RsaPssSha256 | Scheme::RsaPssSha384 | Scheme::RsaPssSha512 => "RFC 8017 §8.1.2",
        Scheme::EcdsaP256Sha256 | Scheme::EcdsaP384Sha384 => "FIPS 186-5 §6.4.2",
        _ => "RFC 8017 §8.2.2",
    }
}
