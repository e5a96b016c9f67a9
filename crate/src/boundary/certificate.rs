//! [`super::verify_certificate`].

use alloc::string::String;

use super::answer::{accepted, refused_with, report};
use super::certificate_options::CertificateInput;
use super::evidence::Requests;
use super::exported::exported;
use super::found::Found;
use super::input::{CERTIFICATE, Input};
use super::members::{Members, missing};
use crate::error::Error;
use crate::json::Json;
use crate::signer::Rules;

/// Verifies a certificate. The options are `certificate`, `anchors`, `now` (Unix time in seconds), and either
/// a `profile` of the My Number Card or the inputs of RFC 5280 §6.1.1. With `revocation.ask`, the result
/// lists in `missing` the revocation evidence that you can fetch.
#[must_use]
pub fn verify_certificate(options: &str, bytes: &[u8]) -> String {
    exported(options, bytes, &|members, input| {
        let certificate = input
            .document(members, "certificate", CERTIFICATE)?
            .ok_or_else(|| missing("certificate"))?;
        with_certificate_options(members, input, &|rules, requests| {
            let verified = rules.verify_certificate(&certificate)?;
            Ok(accepted(|json| {
                if let Some(found) = Found::of(&verified.judgement, &certificate, rules) {
                    found.write(json);
                }
                requests.write(json);
                report(json.name("report"), &verified.report);
            }))
        })
    })
}

/// Reads the certificate options, refuses all others, and calls `call`.
pub(super) fn with_certificate_options(
    members: &Members<'_, '_>,
    input: &Input<'_>,
    call: &dyn Fn(&Rules<'_>, &Requests<'_>) -> Result<String, Error>,
) -> Result<String, Error> {
    let read = CertificateInput::read(members, input)?;
    members.refuse_others()?;
    let requests = read.requests();
    let outcome = read.with(&requests, &|rules| call(rules, &requests));
    Ok(outcome.unwrap_or_else(|error| refused_with(&error, |json: &mut Json| requests.write(json))))
}
