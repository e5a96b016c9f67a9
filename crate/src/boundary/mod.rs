//! What JavaScript calls: options as JSON and one buffer of bytes in, the answer as JSON out. Nothing is decided here:
//! every function reads options, calls a function that Rust callers can call too, and writes its result.
//!
//! ```json
//! {"ok":true,"header":{},"claims":{},"report":{"steps":[{"id":"","status":"","reference":"","detail":""}]}}
//! {"ok":false,"code":"nonce-mismatch","message":"","report":{"steps":[]}}
//! ```
//!
//! Bytes stand in the options as `[offset, length]` in the buffer, texts that have to be PEM as
//! `{"text": [offset, length]}`. Members have the names that they have in JavaScript. A member of another name is
//! refused, so that a misspelled option does not switch a check off.

mod answer;
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
mod profile_options;
mod revocation_options;
mod signature;
mod signed_data;
mod signed_package;

pub use certificate::verify_certificate;
pub use digest::digest;
pub use holder::read_holder;
pub use id_token::verify_id_token;
pub use input::DEFAULT_INPUT_BYTES;
pub use inspect::inspect;
pub use signature::verify_signature;
pub use signed_data::verify_signed_data;
pub use signed_package::{choose_evidence, read_signed_package, verify_signed_package};
