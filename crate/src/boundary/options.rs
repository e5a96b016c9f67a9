//! Reading options. Nothing is ignored, nothing converted.

use crate::error::{Code, Error};
use crate::jose::{Algorithm, IdTokenOptions, NumericDate};
use crate::json::{self, Object, Value};

const MAX_OPTIONS_BYTES: usize = 1_048_576;
const MAX_TOKEN_BYTES: u32 = 1_048_576;

/// Hands the options that the text describes to `call`.
pub(super) fn with_id_token_options<T>(
    text: &str,
    call: impl FnOnce(&IdTokenOptions<'_>) -> Result<T, Error>,
) -> Result<T, Error> {
    if text.len() > MAX_OPTIONS_BYTES {
        return Err(invalid("the options are larger than 1 MiB"));
    }
    let value = json::parse(text.as_bytes())
        .map_err(|error| Error::new(Code::OptionsInvalid, format!("the options: {}", error.message())))?;
    let Value::Object(members) = &value else {
        return Err(invalid("the options are not a JSON object"));
    };

    let issuer = string(members, "issuer")?.ok_or_else(|| invalid("issuer is missing"))?;
    let client_id = string(members, "clientId")?.ok_or_else(|| invalid("clientId is missing"))?;
    let nonce = match members.get("nonce") {
        Some(Value::String(nonce)) => Some(nonce.as_ref()),
        Some(Value::Null) => None,
        _ => return Err(invalid("nonce must be a string, or null if none was sent")),
    };
    let now = match members.get("now") {
        Some(Value::Number(number)) => NumericDate::from_json(number),
        _ => None,
    };
    let now = now.ok_or_else(|| invalid("now must be a time in seconds since 1970"))?;

    let algorithms = strings(members, "algorithms")?;
    let algorithms: Option<Vec<Algorithm>> = algorithms
        .map(|names| names.into_iter().map(str::parse).collect())
        .transpose()?;
    let acr_values = strings(members, "acrValues")?.unwrap_or_default();
    let trusted_audiences = strings(members, "trustedAudiences")?.unwrap_or_default();

    let mut options = IdTokenOptions::new(issuer, client_id, nonce, now);
    options.access_token = string(members, "accessToken")?;
    if let Some(algorithms) = &algorithms {
        options.algorithms = algorithms;
    }
    if let Some(tolerance) = integer(members, "clockTolerance")? {
        options.clock_tolerance = tolerance;
    }
    options.max_age = integer(members, "maxAge")?;
    options.max_token_age = integer(members, "maxTokenAge")?;
    options.acr_values = &acr_values;
    options.trusted_audiences = &trusted_audiences;
    if let Some(bytes) = integer(members, "maxTokenBytes")? {
        if bytes > MAX_TOKEN_BYTES {
            return Err(invalid("maxTokenBytes is more than 1 MiB"));
        }
        options.max_token_bytes = bytes as usize;
    }
    refuse_unknown(members)?;
    call(&options)
}

const NAMES: &[&str] = &[
    "issuer",
    "clientId",
    "nonce",
    "now",
    "accessToken",
    "algorithms",
    "clockTolerance",
    "maxAge",
    "maxTokenAge",
    "acrValues",
    "trustedAudiences",
    "maxTokenBytes",
];

fn refuse_unknown(members: &Object<'_>) -> Result<(), Error> {
    let Some((name, _)) = members.iter().find(|(name, _)| !NAMES.contains(name)) else {
        return Ok(());
    };
    let printable = name.len() <= 40 && name.bytes().all(|byte| byte.is_ascii_alphanumeric());
    Err(Error::new(
        Code::OptionsInvalid,
        format!("there is no option named {}", if printable { name } else { "so" }),
    ))
}

fn invalid(message: &'static str) -> Error {
    Error::new(Code::OptionsInvalid, message)
}

fn of_another_type(name: &'static str, wanted: &str) -> Error {
    Error::new(Code::OptionsInvalid, format!("{name} must be {wanted}"))
}

fn string<'a>(members: &'a Object<'_>, name: &'static str) -> Result<Option<&'a str>, Error> {
    match members.get(name) {
        None => Ok(None),
        Some(Value::String(text)) => Ok(Some(text)),
        Some(_) => Err(of_another_type(name, "a string")),
    }
}

fn strings<'a>(members: &'a Object<'_>, name: &'static str) -> Result<Option<Vec<&'a str>>, Error> {
    let Some(value) = members.get(name) else {
        return Ok(None);
    };
    let texts = value
        .as_array()
        .and_then(|elements| elements.iter().map(Value::as_str).collect());
    texts
        .map(Some)
        .ok_or_else(|| of_another_type(name, "an array of strings"))
}

/// Digits only: JSON's other ways to write an integer do not come from `JSON.stringify`.
fn integer(members: &Object<'_>, name: &'static str) -> Result<Option<u32>, Error> {
    match members.get(name) {
        None => Ok(None),
        Some(Value::Number(digits)) if digits.bytes().all(|byte| byte.is_ascii_digit()) => digits
            .parse()
            .map(Some)
            .map_err(|_| of_another_type(name, "a number below 2^32")),
        Some(_) => Err(of_another_type(name, "a whole number that is not negative")),
    }
}
