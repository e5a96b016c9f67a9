//! The compact serialization of a JWS (RFC 7515 §3.1) and its header.

use alloc::vec::Vec;

use super::algorithm::Algorithm;
use super::base64url;
use crate::code::Code;
use crate::error::Error;
use crate::json::{self, Object, Value};
use crate::text::text;

/// A parsed compact JWS. Nothing in it is verified.
pub(super) struct Compact<'a> {
    /// The bytes that the signature covers.
    pub(super) signing_input: &'a [u8],
    pub(super) header: Vec<u8>,
    pub(super) payload: Vec<u8>,
    pub(super) signature: Vec<u8>,
}

impl<'a> Compact<'a> {
    pub(super) fn parse(token: &'a str) -> Result<Self, Error> {
        let malformed = |message: &'static str| Error::new(Code::TokenMalformed, message);
        let token = token.as_bytes();
        // Splitting a `str` takes several times the code.
        let mut parts = token.split(|byte| *byte == b'.');
        let (Some(header), Some(payload), Some(signature), None) =
            (parts.next(), parts.next(), parts.next(), parts.next())
        else {
            return Err(malformed(
                "the token does not have three parts; a token with five parts is encrypted, which is not supported",
            ));
        };
        let signing_input = token.get(..header.len() + 1 + payload.len()).unwrap_or_default();
        let decode = |part| base64url::decode(part);
        match (decode(header), decode(payload), decode(signature)) {
            (Some(header), Some(payload), Some(signature)) => Ok(Self {
                signing_input,
                header,
                payload,
                signature,
            }),
            _ => Err(malformed(
                "a part of the token is not canonical base64url without padding",
            )),
        }
    }
}

/// Reads a JSON text that must be an object. `what` names it in error messages.
pub(super) fn object<'a>(text: &'a [u8], what: &str) -> Result<Object<'a>, Error> {
    match json::parse(text) {
        Ok(Value::Object(object)) => Ok(object),
        Ok(_) => Err(Error::new(
            Code::TokenMalformed,
            text!["the ", what, " of the token is not a JSON object"],
        )),
        Err(error) => Err(Error::new(
            error.code(),
            text!["the ", what, " of the token is malformed: ", error.message()],
        )),
    }
}

/// Neither extension is supported (RFC 7515 §4.1.11, RFC 7797 §6).
pub(super) fn refuse_critical(header: &Object<'_>) -> Result<(), Error> {
    if header.get("crit").is_some() || header.get("b64").is_some() {
        return Err(Error::new(
            Code::CriticalHeaderUnsupported,
            "the header has crit or b64, which are not supported",
        ));
    }
    Ok(())
}

/// The algorithm in the header, if it is one of the allowed algorithms.
pub(super) fn algorithm(header: &Object<'_>, allowed: &[Algorithm]) -> Result<Algorithm, Error> {
    let Some(name) = header.get("alg").and_then(Value::as_str) else {
        return Err(Error::new(
            Code::TokenMalformed,
            "alg in the header is missing or not a string",
        ));
    };
    let found = allowed
        .iter()
        .copied()
        .find(|algorithm| algorithm.as_str() == name);
    found.ok_or_else(|| {
        let mut message = text!["alg in the header is not one of the allowed algorithms: "];
        for (at, algorithm) in allowed.iter().enumerate() {
            message.push_str(if at > 0 { ", " } else { "" });
            message.push_str(algorithm.as_str());
        }
        Error::new(Code::AlgorithmNotAllowed, message)
    })
}

/// Whether `typ` in the header is JWT. Another type is an error, such as that of an access token (RFC 9068
/// §2.1) or a logout token.
pub(super) fn is_typed_jwt(header: &Object<'_>) -> Result<bool, Error> {
    match header.get("typ") {
        None => Ok(false),
        Some(Value::String(typ))
            if typ.eq_ignore_ascii_case("JWT") || typ.eq_ignore_ascii_case("application/jwt") =>
        {
            Ok(true)
        }
        Some(_) => Err(Error::new(
            Code::TokenMalformed,
            "typ in the header is not JWT: the token is not an ID token",
        )),
    }
}

/// The key ID in the header.
pub(super) fn key_id<'a>(header: &'a Object<'_>) -> Result<Option<&'a str>, Error> {
    match header.get("kid") {
        None => Ok(None),
        Some(Value::String(kid)) => Ok(Some(kid)),
        Some(_) => Err(Error::new(
            Code::TokenMalformed,
            "kid in the header is not a string",
        )),
    }
}
