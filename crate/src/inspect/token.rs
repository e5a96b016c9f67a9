//! Describes JOSE tokens and keys.

use alloc::{string::String, vec::Vec};

use crate::base64::{self, Form};

use super::describe::{listed, text};
use super::field::Fields;
use super::{Kind, format};
use crate::code::Code;
use crate::error::Error;
use crate::json::{self, Object, Value};
use crate::text::text;

/// The maximum size of a token or JWK Set in bytes.
const MAX_BYTES: usize = 1 << 20;

/// Claims that are Unix times in seconds.
const TIMES: &[&str] = &["exp", "nbf", "iat", "auth_time", "updated_at"];
/// Claims without personal data.
const IMPERSONAL: &[&str] = &[
    "iss",
    "aud",
    "azp",
    "exp",
    "nbf",
    "iat",
    "auth_time",
    "nonce",
    "at_hash",
    "c_hash",
    "acr",
    "amr",
    "typ",
    "scope",
];
/// Public members of a JWK.
const PUBLIC: &[&str] = &[
    "kty", "use", "key_ops", "alg", "kid", "x5u", "x5c", "x5t", "x5t#S256", "crv", "x", "y", "n", "e",
];

fn too_large() -> Error {
    Error::new(
        Code::InputTooLarge,
        "the token or JWK Set is too large to inspect",
    )
}

/// A compact JWS or JWE.
pub(super) fn compact(token: &str) -> Result<(Kind, Fields), Error> {
    if token.len() > MAX_BYTES {
        return Err(too_large());
    }
    let parts: Vec<&[u8]> = token.as_bytes().split(|byte| *byte == b'.').collect();
    let header = parts.first().copied().unwrap_or_default();
    let header = decode(header)?;
    let mut fields = Fields::default();
    fields.group("Header", members(&header, false)?);
    match parts.as_slice() {
        [_, payload, signature] => {
            let payload_bytes = decode(payload)?;
            match members(&payload_bytes, true) {
                Ok(claims) => fields.group("Claims", claims),
                Err(_) => fields.add("Payload", text![payload_bytes.len(), " bytes, not JSON"]),
            }
            let signature = decode(signature)?.len();
            fields.add("Signature", text![signature, " bytes, not verified"]);
            Ok((Kind::Jws, fields))
        }
        [_, key, _, ciphertext, _] => {
            let (key, ciphertext) = (decode(key)?.len(), decode(ciphertext)?.len());
            fields.add("Encrypted key", text![key, " bytes"]);
            fields.add(
                "Ciphertext",
                text![ciphertext, " bytes; its content is not readable"],
            );
            Ok((Kind::Jwe, fields))
        }
        _ => Err(format::unknown("it is neither a JWS nor a JWE")),
    }
}

fn decode(part: &[u8]) -> Result<Vec<u8>, Error> {
    base64::decode(part, Form::Url)
        .ok_or_else(|| Error::new(Code::TokenMalformed, "a part of the token is not base64url"))
}

/// The members of a JSON object: a header, or claims, which may be personal.
fn members(bytes: &[u8], claims: bool) -> Result<Fields, Error> {
    let value = json::parse(bytes)?;
    let object = value
        .as_object()
        .ok_or_else(|| Error::new(Code::TokenMalformed, "the header or payload is not a JSON object"))?;
    Ok(listed(object.iter(), |fields, (name, value)| {
        fields.add(&text(name), show(name, value));
        fields.personal_if(claims && !IMPERSONAL.contains(&name));
    }))
}

fn show(name: &str, value: &Value<'_>) -> String {
    match value {
        Value::Null => "null".into(),
        Value::Bool(value) => String::from(if *value { "true" } else { "false" }),
        Value::Number(number) => match number.parse::<i64>() {
            // Later times cannot be shown as dates.
            Ok(seconds) if TIMES.contains(&name) && (0..253_402_300_800).contains(&seconds) => {
                text![number, " (", super::describe::time(seconds), ")"]
            }
            _ => text(number),
        },
        Value::String(value) => text(value),
        Value::Array(elements) => {
            let shown: Vec<String> = elements
                .iter()
                .take(super::describe::MAX_LISTED)
                .map(|element| match element {
                    Value::Array(_) | Value::Object(_) => "…".into(),
                    plain => show("", plain),
                })
                .collect();
            text(&shown.join(", "))
        }
        Value::Object(object) => text![object.iter().len(), " members"],
    }
}

/// A JWK Set or a JWK.
pub(super) fn json(input: &str) -> Result<(Kind, Fields), Error> {
    if input.len() > MAX_BYTES {
        return Err(too_large());
    }
    let value = json::parse(input.as_bytes())?;
    let object = value
        .as_object()
        .ok_or_else(|| format::unknown("the JSON text is neither a JWK nor a JWK Set"))?;
    if let Some(keys) = object.get("keys").and_then(Value::as_array) {
        let described = listed(keys.iter(), |fields, key| match key.as_object() {
            Some(key) => fields.group("Key", describe_key(key)),
            None => fields.say("Key", "not a JSON object"),
        });
        return Ok((Kind::JwkSet, described));
    }
    if object.get("kty").is_some() {
        return Ok((Kind::Jwk, describe_key(object)));
    }
    Err(format::unknown("the JSON text is neither a JWK nor a JWK Set"))
}

/// Public members with their values. Of other members, only their presence.
fn describe_key(key: &Object<'_>) -> Fields {
    listed(key.iter(), |fields, (name, value)| {
        let said = if PUBLIC.contains(&name) {
            show(name, value)
        } else {
            "hidden: it may be secret".into()
        };
        fields.add(&text(name), said);
    })
}
