//! JOSE: JWK Sets (RFC 7517), compact JWS (RFC 7515), and ID tokens (OpenID Connect Core 1.0).

mod algorithm;
mod base64url;
mod claims;
mod id_token;
mod jwk;
mod jws;
mod numeric_date;
mod options;

pub use algorithm::Algorithm;
pub use id_token::{VerifiedIdToken, verify_id_token};
pub use jwk::{MAX_KEY_SET_BYTES, MAX_KEYS, public_key_from_jwk};
pub use numeric_date::NumericDate;
pub use options::{DEFAULT_CLOCK_TOLERANCE, DEFAULT_MAX_TOKEN_BYTES, IdTokenOptions, MAX_CLOCK_TOLERANCE};
