//! The checks of the claims of an ID token: one function for each requirement, run in order.

use alloc::borrow::Cow;
use alloc::{string::String, vec::Vec};

use super::algorithm::Algorithm;
use super::base64url;
use super::numeric_date::{Duration, NumericDate};
use super::options::IdTokenOptions;
use crate::code::Code;
use crate::error::Error;
use crate::json::{Object, Value};
use crate::report::{Note, Report};
use crate::text::text;

/// The input of the checks.
pub(super) struct Context<'a> {
    pub(super) claims: &'a Object<'a>,
    pub(super) algorithm: Algorithm,
    pub(super) options: &'a IdTokenOptions<'a>,
}

type Rule = fn(&Context<'_>) -> Result<Note, Error>;

const RULES: &[(&str, &str, Rule)] = &[
    ("issuer", "OpenID Connect Core 1.0 §3.1.3.7 (2)", issuer),
    ("audience", "OpenID Connect Core 1.0 §3.1.3.7 (3)", audience),
    (
        "authorized-party",
        "OpenID Connect Core 1.0 §3.1.3.7 (4) (5)",
        authorized_party,
    ),
    ("subject", "OpenID Connect Core 1.0 §2", subject),
    ("expiration", "OpenID Connect Core 1.0 §3.1.3.7 (9)", expiration),
    ("not-before", "RFC 7519 §4.1.5", not_before),
    ("issued-at", "RFC 7519 §4.1.6", issued_at),
    ("token-age", "OpenID Connect Core 1.0 §3.1.3.7 (10)", token_age),
    ("nonce", "OpenID Connect Core 1.0 §3.1.3.7 (11)", nonce),
    (
        "access-token-hash",
        "OpenID Connect Core 1.0 §3.1.3.8",
        access_token_hash,
    ),
    (
        "authentication-context",
        "OpenID Connect Core 1.0 §3.1.3.7 (12)",
        authentication_context,
    ),
    (
        "authentication-time",
        "OpenID Connect Core 1.0 §3.1.3.7 (13)",
        authentication_time,
    ),
];

pub(super) fn check(context: &Context<'_>, report: &mut Report) -> Result<(), Error> {
    for (id, reference, rule) in RULES {
        report.step(id, reference, rule(context), Note::clone)?;
    }
    Ok(())
}

fn passed(detail: impl Into<Cow<'static, str>>) -> Result<Note, Error> {
    Ok(Note::passed(detail))
}

fn refused(code: Code, message: impl Into<Cow<'static, str>>) -> Result<Note, Error> {
    Err(Error::new(code, message))
}

impl<'a> Context<'a> {
    fn string(&self, name: &'static str) -> Result<Option<&'a str>, Error> {
        match self.claims.get(name) {
            None => Ok(None),
            Some(Value::String(text)) => Ok(Some(text)),
            Some(_) => Err(Error::new(Code::ClaimMalformed, text![name, " is not a string"])),
        }
    }

    fn time(&self, name: &'static str) -> Result<Option<NumericDate>, Error> {
        let malformed = |what: &str| Error::new(Code::ClaimMalformed, text![name, " is not ", what]);
        match self.claims.get(name) {
            None => Ok(None),
            Some(Value::Number(number)) => NumericDate::from_json(number)
                .map(Some)
                .ok_or_else(|| malformed("a NumericDate between the years 1970 and 9999")),
            Some(_) => Err(malformed("a number")),
        }
    }

    fn tolerance(&self) -> Duration {
        Duration::from_seconds(self.options.clock_tolerance)
    }

    /// The time from `time` until now; negative if `time` is in the future.
    fn ago(&self, time: NumericDate) -> Duration {
        self.options.now.since(time)
    }

    /// Whether the time is further in the future than the clock tolerance.
    fn is_ahead(&self, time: NumericDate) -> bool {
        time.since(self.options.now) > self.tolerance()
    }

    /// The remedy for messages about a clock difference.
    fn clocks(&self) -> String {
        text![
            "(tolerance: ",
            self.options.clock_tolerance,
            " s); compare your clock with the issuer's"
        ]
    }
}

fn required<T>(claim: Option<T>, name: &str) -> Result<T, Error> {
    claim.ok_or_else(|| Error::new(Code::ClaimMissing, text![name, " is missing"]))
}

fn issuer(context: &Context<'_>) -> Result<Note, Error> {
    if required(context.string("iss")?, "iss")? != context.options.issuer {
        return refused(
            Code::IssuerMismatch,
            "iss does not match the expected issuer exactly",
        );
    }
    passed("iss matches the expected issuer exactly")
}

/// The audiences of an `aud`, which is a string or an array of strings.
fn audiences<'a>(context: &Context<'a>) -> Result<Vec<&'a str>, Error> {
    let audiences = match required(context.claims.get("aud"), "aud")? {
        Value::String(audience) => Some(vec![audience.as_ref()]),
        several => several.as_strings(),
    };
    audiences.ok_or_else(|| {
        Error::new(
            Code::ClaimMalformed,
            "aud is neither a string nor an array of strings",
        )
    })
}

fn audience(context: &Context<'_>) -> Result<Note, Error> {
    let options = context.options;
    let audiences = audiences(context)?;
    if !audiences.contains(&options.client_id) {
        return refused(Code::AudienceMismatch, "aud does not contain the client ID");
    }
    if audiences
        .iter()
        .any(|other| *other != options.client_id && !options.trusted_audiences.contains(other))
    {
        return refused(
            Code::AudienceMismatch,
            "aud contains another audience that is not trusted",
        );
    }
    passed("aud contains the client ID and no untrusted audience")
}

fn authorized_party(context: &Context<'_>) -> Result<Note, Error> {
    match context.string("azp")? {
        Some(party) if party == context.options.client_id => passed("azp is the client ID"),
        Some(_) => refused(Code::AuthorizedPartyMismatch, "azp is not the client ID"),
        None if audiences(context)?.len() > 1 => refused(
            Code::AuthorizedPartyMismatch,
            "aud has several audiences, but azp is missing",
        ),
        None => Ok(Note::skipped("no azp; aud has one audience")),
    }
}

fn subject(context: &Context<'_>) -> Result<Note, Error> {
    let subject = required(context.string("sub")?, "sub")?;
    // Control characters are ASCII, but no identifier contains them, and they split logs and headers.
    let is_text = |byte: u8| (b' '..=b'~').contains(&byte);
    if subject.is_empty() || subject.len() > 255 || !subject.bytes().all(is_text) {
        return refused(
            Code::ClaimMalformed,
            "sub must be 1 to 255 printable ASCII characters",
        );
    }
    passed("1 to 255 printable ASCII characters")
}

fn expiration(context: &Context<'_>) -> Result<Note, Error> {
    let expires = required(context.time("exp")?, "exp")?;
    let ago = context.ago(expires);
    if ago >= context.tolerance() {
        let seconds = ago.in_seconds();
        return refused(
            Code::TokenExpired,
            text!["the token expired ", seconds, " s ago ", context.clocks()],
        );
    }
    passed(if context.options.now < expires {
        text!["expires in ", ago.in_seconds(), " s"]
    } else {
        text!["expired ", ago.in_seconds(), " s ago, within the tolerance"]
    })
}

fn not_before(context: &Context<'_>) -> Result<Note, Error> {
    let Some(begins) = context.time("nbf")? else {
        return Ok(Note::skipped("no nbf"));
    };
    if context.is_ahead(begins) {
        let seconds = context.ago(begins).in_seconds();
        return refused(
            Code::TokenNotYetValid,
            text!["nbf is ", seconds, " s in the future ", context.clocks()],
        );
    }
    passed("nbf is not in the future")
}

fn issued_at(context: &Context<'_>) -> Result<Note, Error> {
    let issued = required(context.time("iat")?, "iat")?;
    let seconds = context.ago(issued).in_seconds();
    if context.is_ahead(issued) {
        return refused(
            Code::TokenIssuedInFuture,
            text!["iat is ", seconds, " s in the future ", context.clocks()],
        );
    }
    passed(if issued > context.options.now {
        text!["iat is ", seconds, " s in the future, within the tolerance"]
    } else {
        text!["issued ", seconds, " s ago"]
    })
}

fn token_age(context: &Context<'_>) -> Result<Note, Error> {
    let Some(allowed) = context.options.max_token_age else {
        return Ok(Note::skipped("no maximum token age is set"));
    };
    let age = context.ago(required(context.time("iat")?, "iat")?);
    if age > Duration::from_seconds(allowed).plus(context.tolerance()) {
        return refused(
            Code::TokenTooOld,
            text![
                "the token was issued ",
                age.in_seconds(),
                " s ago; the maximum age is ",
                allowed,
                " s ",
                context.clocks()
            ],
        );
    }
    passed(text![
        "within the maximum age of ",
        allowed,
        " s plus the tolerance"
    ])
}

fn nonce(context: &Context<'_>) -> Result<Note, Error> {
    let nonce = context.string("nonce")?;
    let Some(sent) = context.options.nonce else {
        return Ok(Note::skipped("the authorization request had no nonce"));
    };
    if required(nonce, "nonce")? != sent {
        return refused(
            Code::NonceMismatch,
            "nonce does not match the authorization request",
        );
    }
    passed("nonce matches the authorization request")
}

/// `at_hash` is optional in the code flow, but the service sends it. If an access token is given, a missing
/// `at_hash` is an error, so that its absence cannot disable the check.
fn access_token_hash(context: &Context<'_>) -> Result<Note, Error> {
    let found = context.string("at_hash")?;
    let Some(token) = context.options.access_token else {
        return Ok(Note::skipped("the access token was not given"));
    };
    let digest = context.algorithm.scheme().hash().digest(token.as_bytes());
    let (half, _) = digest.split_at_checked(digest.len() / 2).unwrap_or_default();
    // Each value has one text, so equal bytes are equal texts.
    if base64url::decode(required(found, "at_hash")?.as_bytes()).as_deref() != Some(half) {
        return refused(
            Code::AccessTokenHashMismatch,
            "at_hash does not match the access token: the two tokens do not belong together",
        );
    }
    passed("at_hash matches the access token")
}

fn authentication_context(context: &Context<'_>) -> Result<Note, Error> {
    let acr = context.string("acr")?;
    // The `acr_values` of the request are unknown here. Only the values in the options are checked.
    let Some(accepted) = context.options.acr_values else {
        return Ok(Note::skipped("no accepted acr values are set"));
    };
    if !accepted.contains(&required(acr, "acr")?) {
        return refused(Code::AcrMismatch, "acr is not one of the accepted values");
    }
    passed("acr is one of the accepted values")
}

fn authentication_time(context: &Context<'_>) -> Result<Note, Error> {
    let time = context.time("auth_time")?;
    let Some(allowed) = context.options.max_age else {
        return Ok(Note::skipped("no maximum authentication age (max_age) is set"));
    };
    let time = required(time, "auth_time")?;
    let ago = context.ago(time);
    let seconds = ago.in_seconds();
    if context.is_ahead(time) {
        return refused(
            Code::ClaimMalformed,
            text!["auth_time is ", seconds, " s in the future ", context.clocks()],
        );
    }
    if ago > Duration::from_seconds(allowed).plus(context.tolerance()) {
        return refused(
            Code::AuthenticationTooOld,
            text![
                "the user authenticated ",
                seconds,
                " s ago; the maximum age is ",
                allowed,
                " s ",
                context.clocks()
            ],
        );
    }
    passed(text![
        "within the maximum age of ",
        allowed,
        " s plus the tolerance"
    ])
}
