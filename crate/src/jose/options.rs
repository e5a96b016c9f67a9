//! The options of the ID token verification.

use core::fmt;

use super::algorithm::Algorithm;
use super::numeric_date::NumericDate;
use crate::code::Code;
use crate::error::Error;

/// The default clock tolerance in seconds.
pub const DEFAULT_CLOCK_TOLERANCE: u32 = 60;
/// The maximum clock tolerance in seconds.
pub const MAX_CLOCK_TOLERANCE: u32 = 600;
/// The default maximum size of a token in bytes.
pub const DEFAULT_MAX_TOKEN_BYTES: usize = 65_536;

/// The options of the ID token verification. `Debug` shows neither the nonce nor the access token.
#[derive(Clone)]
#[non_exhaustive]
pub struct IdTokenOptions<'a> {
    /// The expected `iss`, compared byte by byte.
    pub issuer: &'a str,
    /// The client ID, which `aud` must contain.
    pub client_id: &'a str,
    /// The `nonce` of the authorization request; `None` if the request had none.
    pub nonce: Option<&'a str>,
    /// The verification time.
    pub now: NumericDate,
    /// The access token that was issued with the ID token. If set, `at_hash` must be present and match it.
    pub access_token: Option<&'a str>,
    /// The allowed values of `alg`. The default is [`Algorithm::Es256`] alone.
    pub algorithms: &'a [Algorithm],
    /// The clock tolerance in seconds, at most [`MAX_CLOCK_TOLERANCE`].
    pub clock_tolerance: u32,
    /// The maximum time in seconds since `auth_time` (the `max_age` of the request); `None` skips the check.
    pub max_age: Option<u32>,
    /// The maximum time in seconds since `iat`; `None` skips the check.
    pub max_token_age: Option<u32>,
    /// The accepted values of `acr`; `None` skips the check. An empty list is an error.
    pub acr_values: Option<&'a [&'a str]>,
    /// Audiences that `aud` may contain in addition to the client ID.
    pub trusted_audiences: &'a [&'a str],
    /// The maximum size of the token in bytes.
    pub max_token_bytes: usize,
}

impl fmt::Debug for IdTokenOptions<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("IdTokenOptions")
            .field("issuer", &self.issuer)
            .field("client_id", &self.client_id)
            .field("now", &self.now)
            .field("algorithms", &self.algorithms)
            .finish_non_exhaustive()
    }
}

impl<'a> IdTokenOptions<'a> {
    /// The required options; all others have their defaults.
    #[must_use]
    pub const fn new(issuer: &'a str, client_id: &'a str, nonce: Option<&'a str>, now: NumericDate) -> Self {
        Self {
            issuer,
            client_id,
            nonce,
            now,
            access_token: None,
            algorithms: &[Algorithm::Es256],
            clock_tolerance: DEFAULT_CLOCK_TOLERANCE,
            max_age: None,
            max_token_age: None,
            acr_values: None,
            trusted_audiences: &[],
            max_token_bytes: DEFAULT_MAX_TOKEN_BYTES,
        }
    }

    /// Rejects options that would make a check meaningless.
    pub(super) fn check(&self) -> Result<(), Error> {
        let wrong = if self.issuer.is_empty() {
            "issuer is empty"
        } else if self.client_id.is_empty() {
            "clientId is empty"
        } else if self.nonce == Some("") {
            "nonce is empty; use null if the authorization request had no nonce"
        } else if self.algorithms.is_empty() {
            "algorithms is empty"
        } else if self.acr_values.is_some_and(<[&str]>::is_empty) {
            "acrValues is empty, so no acr would be accepted; leave it out to skip the check"
        } else if self.clock_tolerance > MAX_CLOCK_TOLERANCE {
            "clockTolerance is more than 600 seconds"
        } else if self
            .access_token
            .is_some_and(|token| token.is_empty() || !token.is_ascii())
        {
            "accessToken is empty or not ASCII"
        } else {
            return Ok(());
        };
        Err(Error::new(Code::OptionsInvalid, wrong))
    }
}
