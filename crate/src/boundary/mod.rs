//! What JavaScript calls: options as JSON and one buffer of bytes in, the answer as JSON out. No decisions are made here.
//!
//! ```json
//! {"ok":true,"header":{},"claims":{},"report":{"steps":[{"id":"","status":"","reference":"","detail":""}]}}
//! {"ok":false,"code":"nonce-mismatch","message":"","report":{"steps":[]}}
//! ```
//!
//! Bytes stand in the options as `[offset, length]` in the buffer, texts that have to be PEM as
//! `{"text": [offset, length]}`. Members have the names that they have in JavaScript. A member of another name is
//! refused, so that a slip of the pen does not leave a check out.

mod certificate;
mod certificate_options;
mod describe;
mod digest;
mod evidence;
mod found;
mod holder;
mod id_token;
mod input;
mod inspect;
mod limits;
mod members;
mod pem;
mod profile_options;
mod revocation_options;
mod signature;
mod signed_data;
mod signed_package;

use crate::error::Error;
use crate::json::Json;

pub use input::DEFAULT_INPUT_BYTES;

/// Verifies an ID token: the compact token, the text of a JWK Set, and the options of
/// [`crate::jose::IdTokenOptions`] as a JSON object with names in camelCase.
///
/// `issuer`, `clientId`, `now` (seconds since 1970) and `nonce` (a string, or null if none was sent) must be there;
/// `accessToken`, `algorithms`, `clockTolerance`, `maxAge`, `maxTokenAge`, `acrValues`, `trustedAudiences` and
/// `maxTokenBytes` may be.
#[must_use]
pub fn verify_id_token(token: &str, keys: &str, options: &str) -> String {
    id_token::verify_id_token(token, keys, options)
}

/// Verifies a certificate: `certificate`, `anchors`, `now`, and either a `profile` of the My Number Card or the settings of
/// RFC 5280 §6.1.1. With `revocation.ask`, the answer says in `missing` what evidence would help.
#[must_use]
pub fn verify_certificate(options: &str, bytes: &[u8]) -> String {
    certificate::verify_certificate(options, bytes)
}

/// Verifies a signature: `signature`, `scheme`, `data` or `digest`, and `certificate` (with the options of
/// [`verify_certificate`], unless `path` is `not_checked`) or `publicKey`.
#[must_use]
pub fn verify_signature(options: &str, bytes: &[u8]) -> String {
    signature::verify_signature(options, bytes)
}

/// Verifies a CMS SignedData message: `message`, `content` or `contentDigests` where the signature is detached, and the
/// options of [`verify_certificate`]. Answers and refusals say in `signers` how each signer fared.
#[must_use]
pub fn verify_signed_data(options: &str, bytes: &[u8]) -> String {
    signed_data::verify_signed_data(options, bytes)
}

/// Reads the holder's data in a `certificate`, without verifying it.
#[must_use]
pub fn read_holder(options: &str, bytes: &[u8]) -> String {
    holder::read_holder(options, bytes)
}

/// Tells what `input` (bytes or text) is and describes it, without verifying anything; the answer has the description of
/// [`crate::inspect::Inspection::to_json`] as `inspection`.
#[must_use]
pub fn inspect(options: &str, bytes: &[u8]) -> String {
    inspect::inspect(options, bytes)
}

/// Reads a signed `package` (text) strictly, without verifying anything; the answer has it, word for word, as `package`.
#[must_use]
pub fn read_signed_package(options: &str, bytes: &[u8]) -> String {
    signed_package::read_signed_package(options, bytes)
}

/// Verifies a signed `package` (text) for the `digest` of its document, and `size` where it is known, with the options of
/// [`verify_certificate`], of which `revocation` has `require` and `clockSkew` only. `at` says the time to verify for in
/// place of the evidence's; `timestamp` has `anchors` and `intermediates` of those to believe about time.
#[must_use]
pub fn verify_signed_package(options: &str, bytes: &[u8]) -> String {
    signed_package::verify_signed_package(options, bytes)
}

/// Chooses the evidence for a package among `crls` and `ocspResponses`, for a `certificate` and the options of
/// [`verify_certificate`], of whose `revocation` it takes `clockSkew`, `crlMaxAge`, `ocspMaxAge` and `ocspNonce`. The answer
/// has `certificate` and `evidence` as a package has them; the evidence is empty if nothing settles it.
#[must_use]
pub fn choose_evidence(options: &str, bytes: &[u8]) -> String {
    signed_package::choose_evidence(options, bytes)
}

/// Hashes long data piece by piece: `hash` is `sha256`, `sha384` or `sha512`, `data` the next piece, `state` what the
/// answer before had as `state` (base64 there, bytes here). With `last`, the answer has `digest` instead.
#[must_use]
pub fn digest(options: &str, bytes: &[u8]) -> String {
    digest::digest(options, bytes)
}

fn accepted(members: impl FnOnce(&mut Json)) -> String {
    let mut json = Json::default();
    json.object(|json| {
        json.name("ok").verbatim("true");
        members(json);
    });
    json.into_text()
}

fn refused(error: &Error) -> String {
    refused_with(error, |_| {})
}

fn refused_with(error: &Error, members: impl FnOnce(&mut Json)) -> String {
    let mut json = Json::default();
    json.object(|json| {
        json.name("ok").verbatim("false");
        refusal(json, error);
        members(json);
    });
    json.into_text()
}

/// The members of a refusal, inside of an object.
fn refusal(json: &mut Json, error: &Error) {
    json.name("code").string(error.code().as_str());
    json.name("message").string(error.message());
    json.name("report").report(error.report());
}
