//! [`super::verify_certificate`].

use super::certificate_options::{CertificateInput, Verification};
use super::evidence::Requests;
use super::found::Found;
use super::input::{CERTIFICATE, Input};
use super::members::{Members, missing, with_members};
use super::{accepted, refused, refused_with};
use crate::error::Error;
use crate::jpki::verify_card_certificate;
use crate::json::Json;
use crate::report::Report;
use crate::x509;

pub(super) fn verify_certificate(options: &str, bytes: &[u8]) -> String {
    let outcome = with_members(options, |members| {
        let input = Input::new(bytes, members)?;
        let certificate = input
            .document(members, "certificate", CERTIFICATE)?
            .ok_or_else(|| missing("certificate"))?;
        with_certificate_options(members, &input, |settings, requests| {
            judge(&certificate, settings, |found, report| {
                accepted(|json| {
                    found.write(json);
                    json.name("report").report(report);
                    requests.write(json);
                })
            })
        })
    });
    outcome.unwrap_or_else(|error| refused(&error))
}

/// Reads the options about certificates, which have to be all that is left, and hands them to `call`.
pub(super) fn with_certificate_options(
    members: &Members<'_, '_>,
    input: &Input<'_>,
    call: impl FnOnce(Verification<'_>, &Requests<'_>) -> Result<String, Error>,
) -> Result<String, Error> {
    let read = CertificateInput::read(members, input)?;
    members.refuse_others()?;
    let requests = read.requests();
    let outcome = read.with(&requests, |settings| call(settings, &requests));
    Ok(outcome.unwrap_or_else(|error| refused_with(&error, |json: &mut Json| requests.write(json))))
}

/// Verifies a certificate and hands what was found to `say`.
pub(super) fn judge(
    certificate: &[u8],
    settings: Verification<'_>,
    say: impl FnOnce(&Found<'_>, &Report) -> String,
) -> Result<String, Error> {
    match settings {
        Verification::Path(options) => {
            let path = x509::verify_certificate(certificate, options)?;
            Ok(say(&Found::path(&path, options), &path.report))
        }
        Verification::Card(options) => {
            let card = verify_card_certificate(certificate, options)?;
            let found = Found::card(&card, certificate, options.anchors);
            Ok(say(&found, &card.report))
        }
    }
}
