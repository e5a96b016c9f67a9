//! [`super::verify_signature`].

use std::borrow::Cow;

use super::certificate::{judge, with_certificate_options};
use super::certificate_options::now;
use super::found::write_not_checked;
use super::input::{CERTIFICATE, Input, PUBLIC_KEY};
use super::limits;
use super::members::{Members, invalid, missing, with_members};
use super::{accepted, refused};
use crate::error::{Code, Error};
use crate::jose::public_key_from_jwk;
use crate::json::Value;
use crate::report::Report;
use crate::signature::{EcdsaForm, KeyType, Message, PublicKey, Scheme, verify};
use crate::x509::{Certificate, KeyUsage};

const FORMS: &[(&str, EcdsaForm)] = &[("der", EcdsaForm::Der), ("raw", EcdsaForm::Raw)];

/// One signature, read.
struct Signature<'a> {
    scheme: Scheme,
    form: EcdsaForm,
    message: Message<'a>,
    signature: &'a [u8],
}

/// Whose it should be.
enum Signer<'a> {
    Certificate(Cow<'a, [u8]>),
    Key(PublicKey),
}

pub(super) fn verify_signature(options: &str, bytes: &[u8]) -> String {
    let outcome = with_members(options, |members| {
        let input = Input::new(bytes, members)?;
        let signature = Signature::read(members, &input)?;
        let certificate = match signer(members, &input, signature.scheme)? {
            Signer::Certificate(certificate) => certificate,
            Signer::Key(key) => {
                alone(members)?;
                return by_key(&signature, &key);
            }
        };
        if members.word("path", &[("not_checked", ())])?.is_some() {
            alone(members)?;
            return by_certificate_alone(&signature, &certificate);
        }
        with_certificate_options(members, &input, |settings, requests| {
            let mut report = Report::default();
            signature.check_with(&certificate, &mut report)?;
            let before = report.clone();
            judge(&certificate, settings, |found, steps| {
                report.append(steps);
                accepted(|json| {
                    json.name("scheme").string(signature.scheme.as_str());
                    found.write(json);
                    json.name("report").report(&report);
                    requests.write(json);
                })
            })
            .map_err(|error| {
                let mut whole = before;
                whole.append(error.report());
                error.with_report(whole)
            })
        })
    });
    outcome.unwrap_or_else(|error| refused(&error))
}

/// The options where no path is looked for.
fn alone(members: &Members<'_, '_>) -> Result<(), Error> {
    now(members)?;
    limits::read(members)?;
    members.refuse_others()
}

fn by_key(signature: &Signature<'_>, key: &PublicKey) -> Result<String, Error> {
    let mut report = Report::default();
    signature.check(key, "the key that was handed over", &mut report)?;
    report.skipped(
        "path",
        "RFC 5280 §6.1",
        "there is no certificate: whose key it is, the caller knows",
    );
    Ok(without_path(signature, &report))
}

fn by_certificate_alone(signature: &Signature<'_>, certificate: &[u8]) -> Result<String, Error> {
    let mut report = Report::default();
    signature.check_with(certificate, &mut report)?;
    report.skipped(
        "path",
        "RFC 5280 §6.1",
        "not checked, as the caller asked: nobody vouches for the certificate",
    );
    Ok(without_path(signature, &report))
}

fn without_path(signature: &Signature<'_>, report: &Report) -> String {
    accepted(|json| {
        json.name("scheme").string(signature.scheme.as_str());
        write_not_checked(json);
        json.name("report").report(report);
    })
}

fn signer<'a>(members: &Members<'_, '_>, input: &Input<'a>, scheme: Scheme) -> Result<Signer<'a>, Error> {
    let certificate = input.document(members, "certificate", CERTIFICATE)?;
    let key = match members.get("publicKey") {
        Some(Value::Object(jwk)) if jwk.get("text").is_none() => Some(public_key_from_jwk(jwk, scheme)?),
        Some(_) => {
            let spki = input.document(members, "publicKey", PUBLIC_KEY)?;
            spki.map(|spki| PublicKey::from_spki(&spki)).transpose()?
        }
        None => None,
    };
    match (certificate, key) {
        (Some(certificate), None) => Ok(Signer::Certificate(certificate)),
        (None, Some(key)) => Ok(Signer::Key(key)),
        (Some(_), Some(_)) => Err(invalid("certificate and publicKey are two ways to say one thing")),
        (None, None) => Err(invalid("certificate or publicKey is missing")),
    }
}

impl<'a> Signature<'a> {
    fn read(members: &Members<'_, '_>, input: &Input<'a>) -> Result<Self, Error> {
        let scheme: Scheme = members.required_string("scheme")?.parse()?;
        let form = members.word("ecdsaForm", FORMS)?;
        if form.is_some() && scheme.key_type() == KeyType::Rsa {
            return Err(invalid("ecdsaForm says nothing about a signature with RSA"));
        }
        let data = input.bytes(members, "data")?;
        let digest = input.bytes(members, "digest")?;
        let message = match (data, digest) {
            (Some(data), None) => Message::Data(data),
            (None, Some(digest)) => Message::Digest(digest),
            (Some(_), Some(_)) => return Err(invalid("data and digest are two ways to say one thing")),
            (None, None) => return Err(invalid("data or digest is missing")),
        };
        let signature = input.bytes(members, "signature")?;
        Ok(Self {
            scheme,
            form: form.unwrap_or(EcdsaForm::Der),
            message,
            signature: signature.ok_or_else(|| missing("signature"))?,
        })
    }

    fn check_with(&self, certificate: &[u8], report: &mut Report) -> Result<(), Error> {
        const USAGE: (&str, &str) = ("signer-key-usage", "RFC 5280 §4.2.1.3");
        let read = Certificate::from_der(certificate)
            .map_err(|error| report.failed("certificate", "RFC 5280 §4.1", error))?;
        let allowed = read.extensions().key_usage.is_none_or(|usage| {
            usage.contains(KeyUsage::DIGITAL_SIGNATURE) || usage.contains(KeyUsage::NON_REPUDIATION)
        });
        if !allowed {
            let error = Error::new(
                Code::KeyUsageMissing,
                "keyUsage of the certificate allows neither digitalSignature nor nonRepudiation",
            );
            return Err(report.failed(USAGE.0, USAGE.1, error));
        }
        report.passed(USAGE.0, USAGE.1, "the certificate's key may sign documents");
        let key = PublicKey::from_spki(read.spki())
            .map_err(|error| report.failed("public-key", "RFC 5280 §4.1.2.7", error))?;
        self.check(&key, "the certificate's key", report)
    }

    fn check(&self, key: &PublicKey, whose: &str, report: &mut Report) -> Result<(), Error> {
        let reference = reference(self.scheme);
        verify(self.scheme, key, self.message, self.signature, self.form)
            .map_err(|error| report.failed("signature", reference, error))?;
        report.passed(
            "signature",
            reference,
            format!("{}, made with {whose}", self.scheme),
        );
        Ok(())
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
