#![doc = include_str!("../README.md")]
//!
//! # Modules
//!
//! Each depends only on those named after it: `wasm` (JavaScript bindings) → [`boundary`] (text and bytes in, text out) →
//! [`package`] (a signature with its evidence in one file) → [`signer`] (a signature with its certificate) → [`jpki`] (the
//! card's certificates) → [`cms`] (signed messages) → [`x509`] (certificates, paths, revocation) → [`signature`] (the
//! algorithms) → [`der`]. Beside these, [`boundary`] uses [`jose`] (JWK, JWS, ID token), which uses [`signature`] and [`json`]
//! (the strict reader), [`pem`], and [`inspect`](mod@inspect) (what a blob is), which uses [`jpki`] and [`json`]. All use [`Code`],
//! [`Error`] and [`Report`].

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
pub mod pem;
mod report;
pub mod signature;
pub mod signer;
#[cfg(all(feature = "wasm", target_arch = "wasm32"))]
mod wasm;
pub mod x509;

pub use code::Code;
pub use error::Error;
pub use report::{Note, Report, Status, Step};
