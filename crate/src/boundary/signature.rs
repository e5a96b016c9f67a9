//! [`super::verify_signature`].

use std::borrow::Cow;

use super::certificate::{judge, with_certificate_options};
use super::certificate_options::now;
use super::found::write_not_checked;
use super::input::{CERTIFICATE, Input, PUBLIC_KEY};
use super::limits;
use super::members::{Members, invalid, missing, with_members};
use super::{accepted, refused};
use crate::error::Error;
use crate::jose::public_key_from_jwk;
use crate::json::Value;
use crate::report::Report;
use crate::signature::{EcdsaForm, KeyType, Message, PublicKey, Scheme};
use crate::x509::{SignedBy, check_signature};

const FORMS: &[(&str, EcdsaForm)] = &[("der", EcdsaForm::Der), ("raw", EcdsaForm::Raw)];

/// Whose it should be.
enum Signer<'a> {
    Certificate(Cow<'a, [u8]>),
    Key(PublicKey),
}

pub(super) fn verify_signature(options: &str, bytes: &[u8]) -> String {
    let outcome = with_members(options, |members| {
        let input = Input::new(bytes, members)?;
        let signature = read(members, &input)?;
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
            .map_err(|error| before.before(error))
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

fn by_key(signature: &SignedBy<'_>, key: &PublicKey) -> Result<String, Error> {
    let mut report = Report::default();
    check_signature(signature, key, "the key that was handed over", &mut report)?;
    report.skipped(
        "path",
        "RFC 5280 §6.1",
        "there is no certificate: whose key it is, the caller knows",
    );
    Ok(without_path(signature, &report))
}

fn by_certificate_alone(signature: &SignedBy<'_>, certificate: &[u8]) -> Result<String, Error> {
    let mut report = Report::default();
    signature.check_with(certificate, &mut report)?;
    report.skipped(
        "path",
        "RFC 5280 §6.1",
        "not checked, as the caller asked: nobody vouches for the certificate",
    );
    Ok(without_path(signature, &report))
}

fn without_path(signature: &SignedBy<'_>, report: &Report) -> String {
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

/// One signature.
fn read<'a>(members: &Members<'_, '_>, input: &Input<'a>) -> Result<SignedBy<'a>, Error> {
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
    Ok(SignedBy {
        scheme,
        form: form.unwrap_or(EcdsaForm::Der),
        message,
        signature: signature.ok_or_else(|| missing("signature"))?,
    })
}
