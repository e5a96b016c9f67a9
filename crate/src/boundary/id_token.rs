//! Options and result of [`super::verify_id_token`].

use alloc::{string::String, vec::Vec};

use super::answer::{accepted, refused, report};
use super::members::{Members, invalid, missing, with_members};
use crate::error::Error;
use crate::jose::{self, Algorithm, IdTokenOptions, NumericDate};
use crate::json::Value;

const MAX_TOKEN_BYTES: u32 = 1_048_576;

/// Verifies an ID token. The arguments are the compact token, the JSON text of a JWK Set, and the options of
/// [`crate::jose::IdTokenOptions`] as a JSON object with names in camelCase.
///
/// `issuer`, `clientId`, `now` (Unix time in seconds) and `nonce` (a string, or null if the authorization
/// request had none) are required. `accessToken`, `algorithms`, `clockTolerance`, `maxAge`, `maxTokenAge`,
/// `acrValues`, `trustedAudiences` and `maxTokenBytes` are optional.
#[must_use]
pub fn verify_id_token(token: &str, keys: &str, options: &str) -> String {
    answer(token, keys, options, true)
}

/// Like [`verify_id_token`], but an acceptance has no report. Writing it takes up to a tenth of the time, and few callers
/// read it: [`verify_id_token`] with the same arguments returns it. A refusal has its report.
#[must_use]
pub fn verify_id_token_briefly(token: &str, keys: &str, options: &str) -> String {
    answer(token, keys, options, false)
}

fn answer(token: &str, keys: &str, options: &str, reports: bool) -> String {
    let outcome = with_members(options, |members| {
        with_options(members, |options| jose::verify_id_token(token, keys, options))
    });
    match outcome {
        Ok(verified) => accepted(|json| {
            // The header and the claims were read strictly, so their texts are inserted as received.
            json.name("header").verbatim(verified.header());
            json.name("claims").verbatim(verified.claims());
            if reports {
                report(json.name("report"), verified.report());
            }
        }),
        Err(error) => refused(&error),
    }
}

/// Calls `call` with the options in the members.
fn with_options<T>(
    members: &Members<'_, '_>,
    call: impl FnOnce(&IdTokenOptions<'_>) -> Result<T, Error>,
) -> Result<T, Error> {
    let issuer = members.required_string("issuer")?;
    let client_id = members.required_string("clientId")?;
    let nonce = match members.get("nonce") {
        Some(Value::String(nonce)) => Some(nonce.as_ref()),
        Some(Value::Null) => None,
        _ => {
            return Err(invalid(
                "nonce must be a string, or null if the authorization request had no nonce",
            ));
        }
    };
    let now = match members.get("now") {
        None => return Err(missing("now")),
        Some(Value::Number(number)) => NumericDate::from_json(number),
        Some(_) => None,
    };
    let now = now.ok_or_else(|| invalid("now must be a Unix time in seconds"))?;

    let names = members.strings("algorithms")?;
    let mut algorithms: Vec<Algorithm> = Vec::new();
    for name in names.iter().flatten() {
        algorithms.push(name.parse()?);
    }
    if cfg!(feature = "id-token") && algorithms.iter().any(|one| *one != Algorithm::Es256) {
        return Err(invalid("this module verifies ES256 alone; load the whole module"));
    }
    let acr_values = members.strings("acrValues")?;
    let trusted_audiences = members.strings("trustedAudiences")?.unwrap_or_default();

    let mut options = IdTokenOptions::new(issuer, client_id, nonce, now);
    options.access_token = members.string("accessToken")?;
    if names.is_some() {
        options.algorithms = &algorithms;
    }
    if let Some(tolerance) = members.integer("clockTolerance")? {
        options.clock_tolerance = tolerance;
    }
    options.max_age = members.integer("maxAge")?;
    options.max_token_age = members.integer("maxTokenAge")?;
    options.acr_values = acr_values.as_deref();
    options.trusted_audiences = &trusted_audiences;
    if let Some(bytes) = members.integer("maxTokenBytes")? {
        if bytes > MAX_TOKEN_BYTES {
            return Err(invalid("maxTokenBytes is more than 1 MiB"));
        }
        options.max_token_bytes = bytes as usize;
    }
    members.refuse_others()?;
    call(&options)
}
