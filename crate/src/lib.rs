//! honnin (本人): verify what Japan's デジタル認証サービス and the My Number Card send.
//!
//! Verification is pure: bytes, options and a time go in; a result with its [`Report`] or a typed [`Error`] comes out.
//! Nothing here reads a clock, does I/O, uses randomness or keeps state.
//!
//! Modules, each depending only on those named after it:
//! `wasm` (JavaScript bindings) → [`boundary`] (text and bytes in, text out) → [`jose`] (JWK, JWS, ID token) → [`signature`]
//! (the algorithms) and [`json`] (the strict reader); `boundary` → [`package`] (a signature with its evidence in one file),
//! [`inspect`](mod@inspect) (what a blob is) → [`jpki`] (the card's certificates) → [`cms`] (signed messages) → [`x509`]
//! (certificates, paths, revocation) → [`signature`], [`der`]; all use `error` and `report`.

#[macro_use]
mod hidden;

pub mod boundary;
pub mod cms;
mod code;
pub mod der;
mod error;
pub mod inspect;
pub mod jose;
pub mod jpki;
pub mod json;
pub mod package;
mod report;
pub mod signature;
pub mod signer;
#[cfg(all(feature = "wasm", target_arch = "wasm32"))]
mod wasm;
pub mod x509;

pub use code::Code;
pub use error::Error;
pub use report::{Note, Report, Status, Step};
