//! A signature and the certificate whose key made it.

use super::certificate::Certificate;
use super::extensions::KeyUsage;
use crate::code::Code;
use crate::error::Error;
use crate::report::Report;
use crate::signature::{EcdsaForm, Message, PublicKey, Scheme, verify};

/// A signature, read.
#[derive(Clone, Copy)]
pub(crate) struct SignedBy<'a> {
    pub(crate) scheme: Scheme,
    pub(crate) form: EcdsaForm,
    pub(crate) message: Message<'a>,
    pub(crate) signature: &'a [u8],
}

impl SignedBy<'_> {
    /// Whether the certificate's key made it, and may sign documents. Who vouches for the certificate is another question.
    pub(crate) fn check_with(&self, certificate: &[u8], report: &mut Report) -> Result<(), Error> {
        let read = Certificate::from_der(certificate)
            .map_err(|error| report.failed("certificate", "RFC 5280 §4.1", error))?;
        let oddities = read.oddities();
        if oddities.are_there() {
            report.passed(
                "certificate-encoding",
                "ITU-T X.690 §11.2.2, §11.5",
                format!("not quite DER, and without doubt: {}", oddities.as_str()),
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
                "keyUsage of the certificate allows neither digitalSignature nor nonRepudiation",
            ))
        };
        report.step(
            "signer-key-usage",
            "RFC 5280 §4.2.1.3",
            allowed,
            |()| "the certificate's key may sign documents",
        )?;
        let key = PublicKey::from_spki(read.spki())
            .map_err(|error| report.failed("public-key", "RFC 5280 §4.1.2.7", error))?;
        check_signature(self, &key, "the certificate's key", report)
    }
}

/// Whether this key made it.
pub(crate) fn check_signature(
    signed: &SignedBy<'_>,
    key: &PublicKey,
    whose: &str,
    report: &mut Report,
) -> Result<(), Error> {
    let made = verify(signed.scheme, key, signed.message, signed.signature, signed.form);
    report.step("signature", reference(signed.scheme), made, |()| {
        format!("{}, made with {whose}", signed.scheme)
    })
}

const fn reference(scheme: Scheme) -> &'static str {
    match scheme {
        Scheme::RsaPkcs1Bare => "RFC 8017 §9.2, without the DigestInfo",
        Scheme::RsaPssSha256 | Scheme::RsaPssSha384 | Scheme::RsaPssSha512 => "RFC 8017 §8.1.2",
        Scheme::EcdsaP256Sha256 | Scheme::EcdsaP384Sha384 => "FIPS 186-5 §6.4.2",
        _ => "RFC 8017 §8.2.2",
    }
}
