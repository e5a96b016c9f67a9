//! [`super::verify_signature`].

use alloc::borrow::Cow;
use alloc::string::String;

use super::answer::{accepted, report};
use super::certificate::with_certificate_options;
use super::certificate_options::now;
use super::exported::exported;
use super::found::{Found, write_not_checked};
use super::input::{CERTIFICATE, Input, PUBLIC_KEY};
use super::limits;
use super::members::{Members, invalid, missing};
use crate::error::Error;
use crate::jose::public_key_from_jwk;
use crate::json::Value;
use crate::report::Report;
use crate::signature::{EcdsaForm, KeyType, Message, PublicKey, Scheme};
use crate::signer;
use crate::x509::SignedBy;

const FORMS: &[(&str, EcdsaForm)] = &[("der", EcdsaForm::Der), ("raw", EcdsaForm::Raw)];

/// The expected signer.
enum Signer<'a> {
    Certificate(Cow<'a, [u8]>),
    Key(PublicKey),
}

/// Verifies a signature. The options are `signature`, `scheme`, `data` or `digest`, and either `certificate`
/// (with the options of [`super::verify_certificate`], unless `path` is `not-checked`) or `publicKey`.
#[must_use]
pub fn verify_signature(options: &str, bytes: &[u8]) -> String {
    exported(options, bytes, &|members, input| {
        let signed = read(members, input)?;
        let certificate = match signer_of(members, input, signed.scheme)? {
            Signer::Certificate(certificate) => certificate,
            Signer::Key(key) => {
                alone(members)?;
                return Ok(without_path(&signed, &signed.verify_with_key(&key)?));
            }
        };
        if members.word("path", &[("not-checked", ())])?.is_some() {
            alone(members)?;
            return Ok(without_path(
                &signed,
                &signed.verify_with_certificate(&certificate)?,
            ));
        }
        with_certificate_options(members, input, &|rules, requests| {
            let verified = signer::verify_signature(&signed, &certificate, rules)?;
            Ok(accepted(|json| {
                json.name("scheme").string(signed.scheme.as_str());
                if let Some(found) = Found::of(&verified.certificate, &certificate, rules) {
                    found.write(json);
                }
                requests.write(json);
                report(json.name("report"), &verified.report);
            }))
        })
    })
}

/// Reads the options of a verification without a path.
fn alone(members: &Members<'_, '_>) -> Result<(), Error> {
    now(members)?;
    limits::read(members)?;
    members.refuse_others()
}

fn without_path(signed: &SignedBy<'_>, steps: &Report) -> String {
    accepted(|json| {
        json.name("scheme").string(signed.scheme.as_str());
        write_not_checked(json);
        report(json.name("report"), steps);
    })
}

fn signer_of<'a>(members: &Members<'_, '_>, input: &Input<'a>, scheme: Scheme) -> Result<Signer<'a>, Error> {
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
        (Some(_), Some(_)) => Err(invalid("give either certificate or publicKey, not both")),
        (None, None) => Err(invalid("give either certificate or publicKey")),
    }
}

/// Reads one signature.
fn read<'a>(members: &Members<'_, '_>, input: &Input<'a>) -> Result<SignedBy<'a>, Error> {
    let scheme: Scheme = members.required_string("scheme")?.parse()?;
    let form = members.word("ecdsaForm", FORMS)?;
    if form.is_some() && scheme.key_type() == KeyType::Rsa {
        return Err(invalid(
            "ecdsaForm applies to ECDSA only; leave it out for an RSA signature",
        ));
    }
    let data = input.bytes(members, "data")?;
    let digest = input.bytes(members, "digest")?;
    let message = match (data, digest) {
        (Some(data), None) => Message::Data(data),
        (None, Some(digest)) => Message::Digest(digest),
        (Some(_), Some(_)) => return Err(invalid("give either data or digest, not both")),
        (None, None) => return Err(invalid("give either data or digest")),
    };
    let signature = input.bytes(members, "signature")?;
    let mut signed = SignedBy::new(scheme, message, signature.ok_or_else(|| missing("signature"))?);
    signed.form = form.unwrap_or(EcdsaForm::Der);
    Ok(signed)
}
