#![doc = include_str!("../README.md")]
//!
//! # Modules
//!
//! Each module depends only on those after it: `wasm` (JavaScript bindings) → [`boundary`] (text and bytes
//! in, text out) → [`package`] (a signature with its evidence in one file) → [`signer`] (a signature with its
//! certificate) → [`jpki`] (the certificates of the card) → [`cms`] (signed messages) → [`x509`]
//! (certificates, paths, revocation) → [`signature`] (the algorithms) → [`der`]. [`boundary`] also uses
//! [`jose`] (JWK, JWS, ID tokens), [`pem`] and [`inspect`](mod@inspect) (descriptions of any input). [`jose`]
//! uses [`signature`] and [`json`] (the strict reader); [`inspect`](mod@inspect) uses [`jpki`] and [`json`].
//! All modules use [`Code`], [`Error`] and [`Report`].

#![cfg_attr(not(test), no_std)]

#[macro_use]
extern crate alloc;
#[cfg(not(target_family = "wasm"))]
extern crate std;

#[macro_use]
mod hidden;

mod base64;
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
mod sort;
mod text;
#[cfg(all(feature = "wasm", target_arch = "wasm32"))]
mod wasm;
// It leaves out algorithms, and only the options at the boundary refuse them.
#[cfg(all(feature = "id-token", not(target_arch = "wasm32")))]
compile_error!("the feature id-token is for the small WebAssembly module alone");
pub mod x509;

pub use code::Code;
pub use error::Error;
pub use report::{Note, Report, Status, Step};
