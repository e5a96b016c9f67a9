//! The functions that JavaScript calls. Options as JSON and one buffer of bytes go in, a result as JSON comes
//! out. Nothing is decided here: each function reads options, calls a function that is also public in Rust,
//! and writes its result.
//!
//! ```json
//! {"ok":true,"header":{},"claims":{},"report":{"steps":[{"id":"","status":"","reference":"","detail":""}]}}
//! {"ok":false,"code":"nonce-mismatch","message":"","report":{"steps":[]}}
//! ```
//!
//! Options refer to bytes in the buffer as `[offset, length]`, and to texts that must be PEM as `{"text":
//! [offset, length]}`. Members have their JavaScript names. A member with another name is an error, so that a
//! misspelled option cannot disable a check.

mod answer;
mod certificate;
mod certificate_options;
mod describe;
mod digest;
mod evidence;
mod exported;
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
pub use id_token::{verify_id_token, verify_id_token_briefly};
pub use input::DEFAULT_INPUT_BYTES;
pub use inspect::inspect;
pub use signature::verify_signature;
pub use signed_data::verify_signed_data;
pub use signed_package::{choose_evidence, read_signed_package, verify_signed_package};
