//! ID token validation (OpenID Connect Core 1.0 §3.1.3.7): form, key and signature. `claims.rs` checks the
//! claims.

use alloc::{string::String, vec::Vec};
use core::fmt;

use super::claims::{self, Context};
use super::jwk::KeySet;
use super::jws::{self, Compact};
use super::options::IdTokenOptions;
use crate::code::Code;
use crate::error::Error;
use crate::report::Report;
use crate::signature::{self, EcdsaForm, Message};
use crate::text::text;

/// A valid ID token. `Debug` does not show the claims.
#[derive(Clone)]
pub struct VerifiedIdToken {
    header: String,
    claims: String,
    report: Report,
}

impl fmt::Debug for VerifiedIdToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("VerifiedIdToken").finish_non_exhaustive()
    }
}

impl VerifiedIdToken {
    /// The JSON text of the header, as signed.
    #[must_use]
    pub fn header(&self) -> &str {
        &self.header
    }

    /// The JSON text of the claims, as signed.
    #[must_use]
    pub fn claims(&self) -> &str {
        &self.claims
    }

    /// The steps of the verification, including the skipped ones.
    #[must_use]
    pub const fn report(&self) -> &Report {
        &self.report
    }
}

/// Verifies a compact ID token with a key of the JWK Set `keys`.
///
/// `jku`, `x5u`, `jwk` and `x5c` in the header are ignored: `kid` selects one of the given keys, and nothing
/// adds a key. `typ` may be absent or `JWT`. The signature is verified before any claim is read. The steps
/// run in the order of the report, and the first failure ends the verification.
///
/// # Errors
/// Each failure has its own code and the report up to it. [`Code::OptionsInvalid`] if an option is outside
/// its limits; the token has not been read in that case.
pub fn verify_id_token(
    token: &str,
    keys: &str,
    options: &IdTokenOptions<'_>,
) -> Result<VerifiedIdToken, Error> {
    options.check()?;
    let mut report = Report::default();

    report.step(
        "size",
        "honnin: maxTokenBytes",
        check_size(token, options),
        |()| text![token.len(), " bytes; the limit is ", options.max_token_bytes],
    )?;
    let jws = report.step(
        "compact-form",
        "RFC 7515 §7.1",
        Compact::parse(token),
        |_| "three parts in canonical base64url",
    )?;
    let header = jws::object(&jws.header, "header");
    let header = report.step(
        "header",
        "RFC 7515 §4",
        header,
        |_| "a JSON object without duplicate members",
    )?;
    let critical = jws::refuse_critical(&header);
    report.step(
        "critical-header",
        "RFC 7515 §4.1.11",
        critical,
        |()| "neither crit nor b64",
    )?;
    report.step("type", "RFC 7519 §5.1", jws::is_typed_jwt(&header), |typed| {
        if *typed { "JWT" } else { "no typ" }
    })?;
    let algorithm = jws::algorithm(&header, options.algorithms);
    let algorithm = report.step(
        "algorithm",
        "OpenID Connect Core 1.0 §3.1.3.7 (7)",
        algorithm,
        |algorithm| text![algorithm.as_str(), ", one of the allowed algorithms"],
    )?;
    let set = report.step("key-set", "RFC 7517 §5", KeySet::parse(keys), |set| {
        text!["keys in the set: ", set.len(), "; none is private or symmetric"]
    })?;
    let kid = jws::key_id(&header);
    let key = kid.clone().and_then(|kid| set.select(kid, algorithm));
    let key = report.step("key", "RFC 7517 §4", key, |key| {
        let chosen = if matches!(kid, Ok(Some(_))) {
            "selected by kid"
        } else {
            "the only suitable key"
        };
        text![chosen, "; ", key.bits(), " bits"]
    })?;
    let verified = signature::verify(
        algorithm.scheme(),
        &key,
        Message::Data(jws.signing_input),
        &jws.signature,
        EcdsaForm::Raw,
    );
    report.step(
        "signature",
        "OpenID Connect Core 1.0 §3.1.3.7 (6)",
        verified,
        |()| text!["verified with this key (", algorithm.scheme().as_str(), ")"],
    )?;
    let claims = jws::object(&jws.payload, "claims");
    let claims = report.step(
        "claims",
        "RFC 7519 §7.2 (10)",
        claims,
        |_| "a JSON object without duplicate members",
    )?;
    claims::check(
        &Context {
            claims: &claims,
            algorithm,
            options,
        },
        &mut report,
    )?;

    Ok(VerifiedIdToken {
        header: verbatim(jws.header)?,
        claims: verbatim(jws.payload)?,
        report,
    })
}

fn check_size(token: &str, options: &IdTokenOptions<'_>) -> Result<(), Error> {
    if token.len() > options.max_token_bytes {
        return Err(Error::new(
            Code::TokenTooLarge,
            text![
                "the token has ",
                token.len(),
                " bytes; the limit is ",
                options.max_token_bytes
            ],
        ));
    }
    Ok(())
}

/// The text as received. It was read strictly, so all readers see the same contents.
fn verbatim(text: Vec<u8>) -> Result<String, Error> {
    String::from_utf8(text).map_err(|_| Error::new(Code::JsonMalformed, "the token is not UTF-8"))
}
