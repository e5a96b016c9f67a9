//! The options of ID token verification.

use std::fmt;

use super::algorithm::Algorithm;
use super::numeric_date::NumericDate;
use crate::code::Code;
use crate::error::Error;

/// Seconds by which clocks may differ, if the caller does not say.
pub const DEFAULT_CLOCK_TOLERANCE: u32 = 60;
/// The most that the tolerance may be, in seconds.
pub const MAX_CLOCK_TOLERANCE: u32 = 600;
/// Bytes that a token may have, if the caller does not say.
pub const DEFAULT_MAX_TOKEN_BYTES: usize = 65_536;

/// The options of ID token verification. `Debug` shows neither nonce nor access token.
#[derive(Clone)]
#[non_exhaustive]
pub struct IdTokenOptions<'a> {
    /// The expected `iss`, compared byte by byte.
    pub issuer: &'a str,
    /// This client, which `aud` must name.
    pub client_id: &'a str,
    /// The `nonce` of the authorization request; `None` if none was sent.
    pub nonce: Option<&'a str>,
    /// The time of the verification.
    pub now: NumericDate,
    /// The access token that came with the ID token. If given, `at_hash` must be there and be its hash.
    pub access_token: Option<&'a str>,
    /// The algorithms that the header may name. [`Algorithm::Es256`] alone by default.
    pub algorithms: &'a [Algorithm],
    /// Seconds by which the clocks may differ, at most [`MAX_CLOCK_TOLERANCE`].
    pub clock_tolerance: u32,
    /// Seconds since `auth_time`, as asked for by `max_age`; `None` to skip the check.
    pub max_age: Option<u32>,
    /// Seconds since `iat`; `None` to skip the check.
    pub max_token_age: Option<u32>,
    /// The values of which `acr` must be one; `None` to skip the check. An empty list is refused.
    pub acr_values: Option<&'a [&'a str]>,
    /// Audiences that `aud` may name in addition to this client.
    pub trusted_audiences: &'a [&'a str],
    /// Bytes that the token may have.
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
    /// The options that have no default; all others at theirs.
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

    /// What would make a check void is refused rather than followed.
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
