//! The one error type and its stable codes.

use std::borrow::Cow;
use std::fmt;

use crate::report::Report;

macro_rules! codes {
    ($($(#[$doc:meta])* $name:ident = $text:literal,)*) => {
        /// What was wrong: a stable name, the same in Rust, in JavaScript and in the documentation.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        pub enum Code { $($(#[$doc])* $name,)* }

        impl Code {
            /// Every code.
            pub const ALL: &'static [Code] = &[$(Code::$name,)*];

            /// The code as it is documented, in kebab-case.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self { $(Code::$name => $text,)* }
            }
        }
    };
}

codes! {
    /// An option is missing, of the wrong type, or contradicts another.
    OptionsInvalid = "options-invalid",

    /// Not a compact JWS (three parts of canonical base64url, RFC 7515 §7.1), its header or claims are not objects or the
    /// header lacks its `alg`, or `typ` says that it is another kind of token.
    TokenMalformed = "token-malformed",
    /// Larger than the caller allows.
    TokenTooLarge = "token-too-large",
    /// Not JSON as RFC 8259 and RFC 7493 (I-JSON) have it, or nested too deeply. (Of the token: options and key sets have
    /// their own codes.)
    JsonMalformed = "json-malformed",
    /// A JSON object has two members of one name (RFC 7515 §4, RFC 7519 §4).
    JsonDuplicateMember = "json-duplicate-member",
    /// The header has `crit` or `b64` (RFC 7515 §4.1.11, RFC 7797).
    CriticalHeaderUnsupported = "critical-header-unsupported",
    /// The header's algorithm is not one that the caller allows.
    AlgorithmNotAllowed = "algorithm-not-allowed",
    /// An algorithm that this verifier does not implement.
    AlgorithmUnsupported = "algorithm-unsupported",

    /// Not a JWK Set (RFC 7517 §5), not strict JSON, or larger than the bounds.
    KeySetMalformed = "key-set-malformed",
    /// The JWK Set holds a private or symmetric key, which must never be published.
    KeySetContainsSecret = "key-set-contains-secret",
    /// No key of the set has the token's `kid`; or the token has none and no key fits.
    KeyNotFound = "key-not-found",
    /// More than one key fits.
    KeyAmbiguous = "key-ambiguous",
    /// Type, curve, `use`, `key_ops` or `alg` of the key do not agree with the algorithm.
    KeyUnsuitable = "key-unsuitable",
    /// The key's numbers are not a key: off the curve, zero, of the wrong length.
    KeyMalformed = "key-malformed",
    /// An RSA modulus or exponent outside the bounds (2048 to 8192 bits; odd, 3 to 2³²).
    KeySizeUnsupported = "key-size-unsupported",
    /// The signature is not one of this key over these bytes.
    SignatureMismatch = "signature-mismatch",

    /// A claim that must be there is not.
    ClaimMissing = "claim-missing",
    /// A claim is of the wrong type or out of range.
    ClaimMalformed = "claim-malformed",
    /// `iss` is not the expected issuer.
    IssuerMismatch = "issuer-mismatch",
    /// `aud` does not name this client, or names others that are not trusted.
    AudienceMismatch = "audience-mismatch",
    /// `azp` is not this client, or is missing where several audiences ask for it.
    AuthorizedPartyMismatch = "authorized-party-mismatch",
    /// `exp` has passed.
    TokenExpired = "token-expired",
    /// `nbf` has not come yet.
    TokenNotYetValid = "token-not-yet-valid",
    /// `iat` lies in the future.
    TokenIssuedInFuture = "token-issued-in-future",
    /// `iat` is longer ago than the caller allows.
    TokenTooOld = "token-too-old",
    /// `nonce` is not that of the authorization request.
    NonceMismatch = "nonce-mismatch",
    /// `at_hash` is not the hash of the access token.
    AccessTokenHashMismatch = "access-token-hash-mismatch",
    /// `auth_time` is longer ago than `max_age` allows.
    AuthenticationTooOld = "authentication-too-old",
    /// `acr` is none of those asked for.
    AcrMismatch = "acr-mismatch",
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// A refusal: what was wrong, what to do about it, and the steps up to it. Holds no personal data.
#[derive(Clone, Debug)]
pub struct Error {
    code: Code,
    message: Cow<'static, str>,
    report: Report,
}

impl Error {
    /// An error with an empty report. The message says what was wrong and what to do.
    pub fn new(code: Code, message: impl Into<Cow<'static, str>>) -> Self {
        Self {
            code,
            message: message.into(),
            report: Report::default(),
        }
    }

    /// The same error with the steps that led to it.
    #[must_use]
    pub fn with_report(mut self, report: Report) -> Self {
        self.report = report;
        self
    }

    /// The stable code.
    #[must_use]
    pub fn code(&self) -> Code {
        self.code
    }

    /// What was wrong and what to do, in English.
    #[must_use]
    pub fn message(&self) -> &str {
        &self.message
    }

    /// The steps made so far; the last one is the one that failed.
    #[must_use]
    pub fn report(&self) -> &Report {
        &self.report
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.code, self.message)
    }
}

impl std::error::Error for Error {}
